"""Answering by typing, where the installer chose it: one question, one press, and nothing kept before it."""

from __future__ import annotations

import pytest

from bot.domain.commitments import Commitment
from bot.domain.people import SlackIdentity
from bot.domain.plate import Audience, Plate
from bot.domain.typed import Choice, Typed
from bot.views import typed as screens
from playground.actor import PersonCannot
from playground.faults import Fault
from playground.messages import Message
from playground.traffic import ApiCall
from tests.promises.watch import screens_of
from tests.stage import Stage

WORRY = "I worry about the winter."
BEDS = "Beds are full again."
ORGANISATION = "For Riverside Hospitals Trust"


async def carers(stage: Stage, when: str = "2026-11-25 10:00") -> None:
    """Jo's check-in has come, and waits."""
    await stage.gather("Jo")
    stage.let_them_type()
    await stage.at(when)


async def id_of(stage: Stage, name: str) -> str:
    who = stage.person(name).user
    return await stage.bot.deps.store.index.person(SlackIdentity(team_id=who.team_id, user_id=who.id)) or ""


async def group_id(stage: Stage) -> str:
    [found] = await stage.bot.deps.store.index.groups()
    return found


async def plate_of(stage: Stage, name: str = "Jo") -> Plate | None:
    """In the newest round."""
    store, group = stage.bot.deps.store, await group_id(stage)
    return await store.plates.get(group, await id_of(stage, name), round=max(await store.rounds.all(group)))


async def on_her_plate(stage: Stage) -> str:
    """What everyone sees of Jo's organisation."""
    plate = await plate_of(stage)
    assert plate is not None
    assert plate.organisation is not None
    assert plate.organisation.audience is Audience.GROUP
    return plate.organisation.text


async def commitments(stage: Stage) -> list[Commitment]:
    return [*(await stage.bot.deps.store.commitments.all(await group_id(stage))).values()]


async def noted(stage: Stage) -> Typed | None:
    return await stage.bot.deps.store.typed.get(await id_of(stage, "Jo"))


def edit(stage: Stage, message: Message, text: str) -> None:
    """As its author edits it in Slack: the app hears of that too."""
    channel = stage.pg.world.channels[message.channel_id]
    before = {"ts": message.ts, "text": message.text}
    message.text = text
    stage.pg.courier.events.changed(channel, message, before)


def delete(stage: Stage, message: Message) -> None:
    channel = stage.pg.world.channels[message.channel_id]
    del channel.messages[message.ts]
    stage.pg.courier.events.deleted(channel, {"ts": message.ts, "text": message.text})


async def everything_stored(stage: Stage) -> str:
    client = stage.bot.deps.store.connection.client  # type: ignore[attr-defined]
    return str([await client.dump(key) async for key in client.scan_iter(count=1000)])


async def test_without_the_installers_choice_nobody_can_type_and_nothing_is_heard(stage: Stage) -> None:
    await stage.gather("Jo")
    await stage.at("2026-11-25 10:00")
    with pytest.raises(PersonCannot):
        await stage.type("Jo", BEDS)
    assert "message" not in {d.payload.get("event", {}).get("type") for d in stage.pg.world.traffic.deliveries}


async def test_jo_is_asked_once_and_nothing_is_kept_but_where_her_message_stands(stage: Stage) -> None:
    await carers(stage)
    before = len(stage.dms("Jo"))
    message = await stage.type("Jo", BEDS)
    assert len(stage.dms("Jo")) == before + 1
    asked = stage.dm("Jo")
    assert "Keep this, for *Young carers*?" in asked
    assert all(f"[{one}]" in asked for one in ("On my plate", "For me, just me", "A commitment", "No"))
    assert "Slack's already" in asked
    assert BEDS not in asked
    kept = await noted(stage)
    assert kept is not None
    assert (kept.asked, kept.choice) == (message.ts, None)
    assert await plate_of(stage) is None
    assert "Beds" not in await everything_stored(stage)


async def test_it_is_said_once_that_slack_has_what_is_typed(stage: Stage) -> None:
    await carers(stage)
    await stage.type("Jo", BEDS)
    await stage.type("Jo", "And again.")
    assert "Keep this" in stage.dm("Jo")
    assert "Slack's already" not in stage.dm("Jo")


async def test_on_my_plate_keeps_it_for_everyone_shows_who_sees_it_and_answers_the_check_in(stage: Stage) -> None:
    await carers(stage)
    await stage.type("Jo", BEDS)
    await stage.press("Jo", "On my plate")
    assert await on_her_plate(stage) == BEDS
    card = stage.dm("Jo")
    assert "Saved for *Young carers*." in card
    assert BEDS in card
    assert "Everyone: 2 leaders of 2 organisations" in card
    assert "[Pull it back]" in card
    assert all("[Skip this one]" not in stage.shown(message) for message in stage.dms("Jo"))
    await stage.at("2026-11-27 10:00")
    assert BEDS in stage.shown(stage.posts()[-1])


async def test_just_me_is_kept_for_jo_alone_and_stands_in_no_message(stage: Stage) -> None:
    await carers(stage)
    await stage.type("Jo", WORRY)
    await stage.press("Jo", "For me, just me")
    plate = await plate_of(stage)
    assert plate is not None
    assert plate.me is not None
    assert (plate.me.text, plate.me.audience) == (WORRY, Audience.ME)
    assert "One answer just for you." in stage.dm("Jo")
    await stage.at("2026-11-27 10:00")
    assert all(WORRY not in screen for name in ("Jo", "Sam") for screen in screens_of(stage, name))


async def test_a_commitment_is_made_once_however_often_it_is_pressed(stage: Stage) -> None:
    await carers(stage)
    await stage.type("Jo", "Call the schools")
    await stage.press("Jo", "A commitment")
    card = stage.dm("Jo")
    assert "Call the schools" in card
    assert "Everyone: 2 leaders" in card
    await stage.again("Jo")
    [made] = await commitments(stage)
    assert (made.what, made.made_by) == ("Call the schools", await id_of(stage, "Jo"))
    await stage.press("Jo", "Change its words")
    assert "Call the schools" in stage.modal("Jo")


async def test_no_keeps_nothing(stage: Stage) -> None:
    await carers(stage)
    await stage.type("Jo", BEDS)
    await stage.press("Jo", "No")
    assert "I keep nothing of it." in stage.dm("Jo")
    assert await plate_of(stage) is None
    assert "Beds" not in await everything_stored(stage)


async def test_a_second_message_is_added_under_the_first_and_a_press_sent_twice_adds_once(stage: Stage) -> None:
    await carers(stage)
    for words in (BEDS, "Two nurses left."):
        await stage.type("Jo", words)
        await stage.press("Jo", "On my plate")
        await stage.again("Jo")
    assert await on_her_plate(stage) == f"{BEDS}\nTwo nurses left."


async def test_what_she_said_in_the_form_stays_and_nothing_of_last_time_comes_along(stage: Stage) -> None:
    await carers(stage)
    await stage.answer("Jo", **{ORGANISATION: "From the form.", "For me": WORRY})
    await stage.type("Jo", BEDS)
    await stage.press("Jo", "On my plate")
    assert await on_her_plate(stage) == f"From the form.\n{BEDS}"
    plate = await plate_of(stage)
    assert plate is not None
    assert plate.me is not None
    assert plate.me.audience is Audience.ME
    await stage.at("2026-12-09 10:00")
    await stage.type("Jo", "A new week.")
    await stage.press("Jo", "On my plate")
    assert await on_her_plate(stage) == "A new week."
    plate = await plate_of(stage)
    assert plate is not None
    assert plate.me is None


async def test_words_for_everyone_are_never_put_beside_private_ones(stage: Stage) -> None:
    await carers(stage)
    await stage.answer("Jo", **{ORGANISATION: "Not for them.", "Everyone sees:": []})  # type: ignore[arg-type]
    before = await plate_of(stage)
    await stage.type("Jo", BEDS)
    await stage.press("Jo", "On my plate")
    assert "is just for you, so I don't add" in stage.notes("Jo")[-1]
    assert await plate_of(stage) == before
    assert "[On my plate]" in stage.dm("Jo"), "and she may choose again"


async def test_an_edit_asks_nothing_anew_and_the_choice_keeps_what_stands_then(stage: Stage) -> None:
    await carers(stage)
    message = await stage.type("Jo", "Bedz")
    before = len(stage.dms("Jo"))
    edit(stage, message, BEDS)
    await stage.settle()
    assert len(stage.dms("Jo")) == before
    await stage.press("Jo", "On my plate")
    assert await on_her_plate(stage) == BEDS


async def test_of_a_message_that_is_gone_nothing_is_kept_and_jo_is_told(stage: Stage) -> None:
    await carers(stage)
    message = await stage.type("Jo", BEDS)
    before = len(stage.dms("Jo"))
    delete(stage, message)
    await stage.settle()
    assert len(stage.dms("Jo")) == before
    await stage.press("Jo", "On my plate")
    assert "I find no words of yours there any more" in stage.notes("Jo")[-1]
    assert await plate_of(stage) is None


@pytest.mark.parametrize(
    ("button", "length", "most"), [("On my plate", 3001, "3,000"), ("A commitment", 501, "500")]
)
async def test_what_is_too_long_is_never_cut_and_can_be_shortened_where_it_stands(
    stage: Stage, button: str, length: int, most: str
) -> None:
    await carers(stage)
    message = await stage.type("Jo", "x" * length)
    assert ("It is 3,001 characters" in stage.dm("Jo")) == (length > 3000)
    await stage.press("Jo", button)
    assert f"{length:,} characters; {most} is the most" in stage.notes("Jo")[-1]
    assert (await plate_of(stage), await commitments(stage)) == (None, [])
    edit(stage, message, "Shorter")
    await stage.press("Jo", button)
    assert "Shorter" in stage.dm("Jo")


async def test_where_slack_lets_nothing_be_read_jo_is_told_and_her_question_stays(stage: Stage) -> None:
    await carers(stage)
    await stage.type("Jo", BEDS)
    install = next(iter(stage.person("Jo").app().installs.values()))
    scopes = install.scopes
    install.scopes = [one for one in scopes if one != "im:history"]
    await stage.press("Jo", "On my plate")
    assert "doesn't let me read what is typed here, so nothing was kept" in stage.notes("Jo")[-1]
    install.scopes = scopes
    [forbidden] = [call for call in stage.pg.world.traffic.refusals if call.refusal == "missing_scope"]
    forbidden.refusal = "as it was meant to"  # any other in a story is a fault
    await stage.press("Jo", "On my plate")
    assert "Saved for *Young carers*." in stage.dm("Jo")


@pytest.mark.parametrize("fault", ["fatal_before", "ratelimited"])
async def test_where_slack_has_a_bad_minute_the_same_press_works_after_it(stage: Stage, fault: str) -> None:
    await carers(stage)
    await stage.type("Jo", BEDS)
    stage.pg.world.faults.order(Fault(fault, seconds=1), times=1, method="conversations.history")
    await stage.press("Jo", "On my plate")
    assert "doesn't let me read that again just now, so nothing was kept" in stage.notes("Jo")[-1]
    assert await plate_of(stage) is None


async def test_the_newest_question_takes_the_place_of_one_that_waits(stage: Stage) -> None:
    await carers(stage)
    await stage.type("Jo", WORRY)
    await stage.type("Jo", BEDS)
    waiting = [message for message in stage.dms("Jo") if "[On my plate]" in stage.shown(message)]
    assert len(waiting) == 1
    assert sum(screens.SUPERSEDED in stage.shown(message) for message in stage.dms("Jo")) == 1
    await stage.press("Jo", "On my plate")
    assert await on_her_plate(stage) == BEDS


async def test_what_was_answered_is_left_as_it_is_when_she_types_again(stage: Stage) -> None:
    await carers(stage)
    await stage.type("Jo", BEDS)
    await stage.press("Jo", "On my plate")
    await stage.type("Jo", "And another.")
    assert screens.SUPERSEDED not in str([stage.shown(message) for message in stage.dms("Jo")])
    assert any("Saved for *Young carers*." in stage.shown(message) for message in stage.dms("Jo"))


async def test_no_is_not_believed_of_what_is_kept_already(stage: Stage) -> None:
    """Slack would not change the message, so its buttons are there still."""
    await carers(stage)
    await stage.type("Jo", BEDS)
    stage.pg.world.faults.order(Fault("fatal_before"), times=1, method="chat.update")
    stage.pg.world.faults.order(Fault("error_before"), times=1, method="response_url")
    await stage.press("Jo", "On my plate")
    assert (await noted(stage) or Typed()).choice is Choice.PLATE
    await stage.press("Jo", "No")
    assert "That is kept already." in stage.notes("Jo")[-1]


async def test_typed_while_asleep_is_answered_at_once_and_counts_for_no_week(stage: Stage) -> None:
    """Late in the evening: she spoke first."""
    await carers(stage, "2026-11-25 23:30")
    for number in range(3):
        await stage.type("Jo", f"Thought {number}")
    assert "[On my plate]" in stage.dm("Jo")


async def test_when_slack_will_not_have_the_question_it_is_not_tried_again_and_she_types_again(
    stage: Stage,
) -> None:
    await carers(stage)
    before = len(stage.dms("Jo"))
    stage.pg.world.faults.order(Fault("fatal_before"), times=1, method="chat.postMessage")
    await stage.type("Jo", BEDS)
    await stage.settle()
    assert len(stage.dms("Jo")) == before
    await stage.type("Jo", BEDS)
    assert len(stage.dms("Jo")) == before + 1


async def test_a_lost_answer_of_slacks_leads_to_no_second_question(stage: Stage) -> None:
    await carers(stage)
    before = len(stage.dms("Jo"))
    stage.pg.world.faults.order(Fault("lost"), times=1, method="chat.postMessage")
    await stage.type("Jo", BEDS)
    await stage.settle()
    assert len(stage.dms("Jo")) == before + 1
    await stage.press("Jo", "On my plate")
    assert "Saved for *Young carers*." in stage.dm("Jo")


async def test_her_message_is_read_again_alone(stage: Stage) -> None:
    await carers(stage)
    message = await stage.type("Jo", BEDS)
    await stage.press("Jo", "On my plate")
    calls = [one for one in stage.pg.world.traffic.log if isinstance(one, ApiCall)]
    [read] = [call for call in calls if call.method == "conversations.history"]
    assert {key: str(read.args[key]) for key in ("oldest", "latest", "limit")} == {
        "oldest": message.ts,
        "latest": message.ts,
        "limit": "1",
    }
