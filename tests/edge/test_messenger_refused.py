"""What Slack refuses, or does not answer: each says what to do."""

from __future__ import annotations

from datetime import timedelta

import aiohttp
import pytest

from bot.domain.groups import MessageRef, Place
from bot.ports import send_guard
from bot.slack.messenger import SlackMessenger
from tests.edge.awkward import hang_up, no, ok, page
from tests.edge.conftest import CARERS, TEAM, only_riverside
from tests.edge.saying import FORM, JOIN, refusal_of, saying


@pytest.fixture
async def carers(slack):
    """The young carers' channel, with the bot in it."""
    await slack.person("Sam").invite_bot("#young-carers")
    return slack.world.channel("C0CARERS")


async def test_a_channel_without_the_bot_is_refused_for_good(messenger):
    refusal = await refusal_of(messenger.post(CARERS, saying("Hello?"), delivery_id="d"))
    assert (refusal.code, refusal.permanent, refusal.in_doubt) == ("not_in_channel", True, False)


async def test_a_message_that_is_gone_can_not_be_changed(messenger, carers):
    gone = MessageRef(team_id=TEAM, channel="C0CARERS", ts="1.000001")
    refusal = await refusal_of(messenger.update(gone, saying("Too late.")))
    assert (refusal.code, refusal.permanent) == ("message_not_found", True)


async def test_a_button_pressed_long_ago_can_not_be_answered(slack, messenger, carers):
    ref = await messenger.post(CARERS, saying("Join us.", JOIN), delivery_id="panel")
    sam, message = slack.person("Sam"), slack.world.channels[ref.channel].messages[ref.ts]
    url = sam.response_url(sam.app(), carers, message)
    slack.world.clock.advance(timedelta(minutes=31))
    refusal = await refusal_of(messenger.reply(url, saying("You are in.")))
    assert (refusal.code, refusal.permanent) == ("expired_url", True)


async def test_a_trigger_works_once(slack, messenger):
    sam = slack.person("Sam")
    trigger = sam.trigger(sam.app())
    await messenger.open_form(TEAM, trigger, FORM)
    assert (await refusal_of(messenger.open_form(TEAM, trigger, FORM))).permanent


async def test_without_the_scope_we_can_not_look(slack, messenger):
    dm = Place(team_id=TEAM, channel=await messenger.open_dm(TEAM, "U0SAM"))
    slack.world.apps["A0BETWEEN"].installs[TEAM].scopes.remove("im:history")
    refusal = await refusal_of(messenger.find(dm, delivery_id="d", since=slack.world.clock.now()))
    assert (refusal.code, refusal.permanent) == ("missing_scope", True)


async def test_a_workspace_without_between_is_never_spoken_to_with_anothers_token(slack, messenger):
    elsewhere = Place(team_id="T0ELSEWHERE", channel="C0CARERS")
    refusal = await refusal_of(messenger.post(elsewhere, saying("Hello?"), delivery_id="d"))
    assert (refusal.code, refusal.permanent) == ("not_installed", True)
    assert slack.world.traffic.calls == []


REFUSALS = [
    # how Slack answers, code, permanent, in doubt, seconds to wait
    (no("channel_not_found"), "channel_not_found", True, False, None),
    (no("is_archived"), "is_archived", True, False, None),
    (no("user_disabled"), "user_disabled", True, False, None),
    (no("invalid_blocks"), "invalid_blocks", True, False, None),
    (no("invalid_auth"), "invalid_auth", False, False, None),
    (no("a_code_of_tomorrow"), "a_code_of_tomorrow", False, False, None),
    (no("ratelimited", 429, Retry_After="7"), "ratelimited", False, False, 7.0),
    (no("ratelimited", 429), "ratelimited", False, False, 30.0),
    (no("ratelimited", 429, Retry_After="soon"), "ratelimited", False, False, 30.0),
    (no("ratelimited"), "ratelimited", False, False, 30.0),
    (page("slow down", 429, "text/plain"), "ratelimited", False, False, 30.0),
    (no("fatal_error"), "fatal_error", False, True, None),
    (no("internal_error", 500), "internal_error", False, True, None),
    (page("<h1>Bad gateway</h1>", 502), "http_502", False, True, None),
    (page("upstream error", 503, "text/plain"), "http_503", False, True, None),
    (page("welcome to our wifi", 200), "bad_answer", False, True, None),
    (page("welcome to our wifi", 200, "text/plain"), "bad_answer", False, True, None),
    (page("[1, 2]", 200, "application/json"), "bad_answer", False, True, None),
    (page("{", 200, "application/json"), "bad_answer", False, True, None),
    (page("", 200, "application/json"), "bad_answer", False, True, None),
    (page("<h1>Forbidden</h1>", 403), "http_403", False, False, None),
    (page("<h1>Request timeout</h1>", 408), "http_408", False, True, None),
    (hang_up, "connection_lost", False, True, None),
]


@pytest.mark.parametrize(
    ("answer", "code", "permanent", "in_doubt", "wait"), REFUSALS, ids=[row[1] for row in REFUSALS]
)
async def test_every_way_of_saying_no_says_what_to_do(
    awkward, messenger_at, answer, code, permanent, in_doubt, wait
):
    awkward.answers = [answer]
    refusal = await refusal_of(messenger_at(awkward.url).post(CARERS, saying("Hello"), delivery_id="d"))
    assert (refusal.code, refusal.permanent, refusal.in_doubt, refusal.retry_after) == (
        code,
        permanent,
        in_doubt,
        wait,
    )
    assert awkward.taken == ["chat.postMessage"], "sent once, whatever came back"


async def test_a_slack_that_does_not_answer_in_time_leaves_us_in_doubt(awkward):
    awkward.answers = [awkward.never]
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=None, sock_read=0.05)) as hasty:
        messenger = SlackMessenger(hasty, only_riverside, awkward.url)
        refusal = await refusal_of(messenger.post(CARERS, saying("Hello"), delivery_id="d"))
    assert (refusal.code, refusal.in_doubt) == ("timeout", True)


async def test_where_nobody_listens_it_was_surely_not_sent(messenger_at, unused_tcp_port):
    messenger = messenger_at(f"http://127.0.0.1:{unused_tcp_port}/api/")
    refusal = await refusal_of(messenger.post(CARERS, saying("Hello"), delivery_id="d"))
    assert (refusal.code, refusal.permanent, refusal.in_doubt) == ("connection_lost", False, False)


async def test_what_took_too_long_until_the_connection_stood_is_not_written_to_it(awkward, messenger_at):
    """The machine slept meanwhile. Surely not sent, and no reason to wait; the next one goes."""
    awkward.answers = [ok(channel="C0CARERS", ts="1.0")]
    messenger = messenger_at(awkward.url)
    before = send_guard.set(lambda: False)
    refusal = await refusal_of(messenger.post(CARERS, saying("Hello"), delivery_id="d"))
    send_guard.reset(before)
    assert (refusal.code, refusal.permanent, refusal.in_doubt, refusal.retry_after) == (
        "held_too_long",
        False,
        False,
        0.0,
    )
    assert awkward.taken == []
    await messenger.post(CARERS, saying("Hello"), delivery_id="d")
    assert awkward.taken == ["chat.postMessage"]


@pytest.mark.parametrize(
    ("answer", "code", "permanent"),
    [
        (page("expired_url", 404, "text/plain"), "expired_url", True),
        (page('{"ok":false,"error":"used_url"}', 404, "application/json"), "used_url", True),
        (page("<h1>Not found</h1>", 404), "http_404", False),
        (page("<h1>Oh</h1>", 500), "http_500", False),
        (hang_up, "connection_lost", False),
    ],
)
async def test_an_answer_to_a_press_may_be_refused_too(awkward, messenger_at, answer, code, permanent):
    awkward.answers = [answer]
    refusal = await refusal_of(messenger_at(awkward.url).reply(awkward.url, saying("You are in.")))
    assert (refusal.code, refusal.permanent) == (code, permanent)
