"""Answering by typing, where the installer chose it: one question, one press, and nothing kept before it."""

from __future__ import annotations

import pytest

from bot.domain.plate import Audience
from bot.domain.typed import Choice, Typed
from bot.views import typed as screens
from playground.actor import PersonCannot
from playground.faults import Fault
from tests.promises.watch import screens_of
from tests.stage import Stage
from tests.stories.typing_to_between import (
    BEDS,
    ORGANISATION,
    WORRY,
    carers,
    commitments,
    edit,
    everything_stored,
    id_of,
    noted,
    on_her_plate,
    plate_of,
)


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
    assert "Everyone in the group, and whoever reads its channel, sees your plate" in asked
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
    assert BEDS in stage.shown(stage.digest())


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


@pytest.mark.slow
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
