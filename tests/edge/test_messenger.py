"""Between speaks to Slack: what is posted is found again, and each refusal says what to do next."""

from __future__ import annotations

from datetime import timedelta

import pytest
from structlog.testing import capture_logs

from bot.domain.groups import MessageRef, Place
from tests.edge.awkward import no, ok
from tests.edge.conftest import CARERS, TEAM
from tests.edge.saying import FORM, HOME, JOIN, TODAY, refusal_of, saying


@pytest.fixture
async def carers(slack):
    """The young carers' channel, with the bot in it."""
    await slack.person("Sam").invite_bot("#young-carers")
    return slack.world.channel("C0CARERS")


async def test_amir_reads_what_was_posted_once_and_without_previews(slack, messenger, carers):
    ref = await messenger.post(CARERS, saying("Morning <!channel> http://example.org"), delivery_id="digest:g1:W48")
    assert slack.person("Amir").last("#young-carers").ts == ref.ts
    (call,) = slack.world.traffic.calls_of("chat.postMessage")
    assert (call.args["unfurl_links"], call.args["unfurl_media"], call.args["parse"]) == (False, False, "none")
    assert "link_names" not in call.args


async def test_what_was_posted_is_found_by_its_delivery_id(slack, messenger):
    dm = Place(team_id=TEAM, channel=await messenger.open_dm(TEAM, "U0SAM"))
    await messenger.post(dm, saying("Morning Sam."), delivery_id="checkin:1")
    ref = await messenger.post(dm, saying("Still time."), delivery_id="nudge:1")
    since = slack.world.clock.now()
    assert await messenger.find(dm, delivery_id="nudge:1", since=since) == ref
    assert await messenger.find(dm, delivery_id="nudge:2", since=since) is None


async def test_what_was_posted_long_before_is_not_taken_for_it(slack, messenger):
    dm = Place(team_id=TEAM, channel=await messenger.open_dm(TEAM, "U0SAM"))
    await messenger.post(dm, saying("Morning Sam."), delivery_id="checkin:1")
    later = slack.world.clock.now() + timedelta(minutes=1)
    assert await messenger.find(dm, delivery_id="checkin:1", since=later) is None


async def test_a_dm_is_the_same_however_often_it_is_opened(messenger):
    assert await messenger.open_dm(TEAM, "U0PRIYA") == await messenger.open_dm(TEAM, "U0PRIYA")


async def test_a_conversation_of_several_is_the_same_however_often_and_in_whichever_order(slack, messenger):
    first = await messenger.open_group_dm(TEAM, ["U0SAM", "U0PRIYA"])
    assert await messenger.open_group_dm(TEAM, ["U0PRIYA", "U0SAM"]) == first
    assert len(slack.world.channels[first].members) == 3


async def test_without_its_scope_a_conversation_of_several_can_not_be_opened(slack, messenger):
    slack.world.apps["A0BETWEEN"].installs[TEAM].scopes.remove("mpim:write")
    refusal = await refusal_of(messenger.open_group_dm(TEAM, ["U0SAM", "U0PRIYA"]))
    assert (refusal.code, refusal.permanent) == ("missing_scope", True)


async def test_a_message_is_changed_and_keeps_its_delivery_id(slack, messenger):
    dm = Place(team_id=TEAM, channel=await messenger.open_dm(TEAM, "U0SAM"))
    ref = await messenger.post(dm, saying("Two minutes?"), delivery_id="checkin:1")
    await messenger.update(ref, saying("Thanks, Sam."))
    assert slack.person("Sam").last(dm.channel).text == "Thanks, Sam."
    assert await messenger.find(dm, delivery_id="checkin:1", since=slack.world.clock.now()) == ref


async def test_a_whisper_reaches_one_person_alone(slack, messenger, carers):
    await messenger.post_ephemeral(CARERS, "U0SAM", saying("Only you see this."))
    assert slack.person("Sam").last("#young-carers").text == "Only you see this."
    assert "Only you see this." not in [message.text for message in slack.person("Amir").sees("#young-carers")]


async def test_home_is_shown(slack, messenger):
    await messenger.show_home(TEAM, "U0SAM", HOME)
    assert slack.person("Sam").home() is not None


async def test_a_form_is_opened_once_a_press_changed_and_covered(slack, messenger):
    sam = slack.person("Sam")
    view_id = await messenger.open_form(TEAM, sam.trigger(sam.app()), FORM)
    await messenger.update_form(TEAM, view_id, FORM | {"callback_id": "plate-2"})
    assert (sam.modal.id, sam.modal.callback_id) == (view_id, "plate-2")
    pushed = await messenger.push_form(TEAM, sam.trigger(sam.app(), sam.modal), FORM)
    assert sam.modal.id == pushed != view_id


async def test_a_press_is_answered_where_it_was_pressed(slack, messenger, carers):
    ref = await messenger.post(CARERS, saying("Join us.", JOIN), delivery_id="panel")
    sam, message = slack.person("Sam"), slack.world.channels[ref.channel].messages[ref.ts]
    url = sam.response_url(sam.app(), carers, message)
    await messenger.reply(url, saying("You are in."))
    assert sam.last(carers).text == "You are in."
    assert slack.person("Amir").last(carers).text == "Join us."
    await messenger.reply(url, saying("All are in."), replace=True)
    assert slack.person("Amir").last(carers).text == "All are in."


async def test_slack_suggests_a_name_and_a_zone(messenger):
    profile = await messenger.profile(TEAM, "U0PRIYA")
    assert (profile.name, profile.zone) == ("Priya Raman", "Asia/Kolkata")


async def test_of_somebody_slack_does_not_show_we_know_nothing(messenger):
    profile = await messenger.profile(TEAM, "U0NOBODY")
    assert (profile.name, profile.zone) == ("", "")


async def test_of_a_stranger_little_may_be_known(awkward, messenger_at):
    awkward.answers = [ok(user={"id": "U9", "name": "lee", "profile": {}})]
    profile = await messenger_at(awkward.url).profile(TEAM, "U9")
    assert (profile.name, profile.zone) == ("lee", "")


async def test_on_grid_slack_names_every_id_of_one_person(awkward, messenger_at):
    lee = {"id": "U9", "team_id": "T1", "enterprise_user": {"id": "W9", "enterprise_id": "E1", "teams": ["T2"]}}
    awkward.answers = [ok(user=lee), ok(user_id_map={"W9": "U9"}), ok()]
    told = (await messenger_at(awkward.url).profile(TEAM, "W9")).identities
    assert {(one.team_id, one.user_id) for one in told} == {
        (t, i) for t in ("T1", "T2", "E1") for i in ("U9", "W9")
    }
    assert [await messenger_at(awkward.url).former_id(TEAM, "W9") for _ in range(2)] == ["U9", ""]


async def test_a_long_history_is_read_page_by_page_and_a_no_is_only_said_of_all_of_it(awkward, messenger_at):
    ours = {"event_type": "between_delivery", "event_payload": {"id": "d"}}
    first = ok(messages=[{"ts": "9.0"}], response_metadata={"next_cursor": "more"})
    dm, since = Place(team_id=TEAM, channel="D1"), TODAY
    awkward.answers = [first, ok(messages=[{"ts": "8.0", "metadata": ours}])]
    found = await messenger_at(awkward.url).find(dm, delivery_id="d", since=since)
    assert found == MessageRef(team_id=TEAM, channel="D1", ts="8.0")
    awkward.answers = [first]
    refusal = await refusal_of(messenger_at(awkward.url).find(dm, delivery_id="d", since=since))
    assert (refusal.code, refusal.permanent) == ("too_much_history", False)


async def test_the_log_tells_what_was_refused_but_not_what_was_said(awkward, messenger_at):
    awkward.answers = [no("is_archived")]
    with capture_logs() as lines:
        await refusal_of(messenger_at(awkward.url).post(CARERS, saying("Between us"), delivery_id="d"))
    assert [(line["method"], line["team"], line["code"]) for line in lines] == [
        ("chat.postMessage", TEAM, "is_archived")
    ]
    assert "Between us" not in str(lines)
    assert "xoxb" not in str(lines)
