"""A commitment's own life: its first step's day, letting go, what was just added, and where it began."""

from __future__ import annotations

import pytest

from tests.handlers.conftest import forge, last_payload
from tests.stage import Stage
from tests.stories.holding import WALK, card, commit, for_you, history, say_more

RING = "ring the housing lead"
PICKED = f"You picked Friday 27 November for “{RING}”. How did it go?"


@pytest.fixture
async def carers(stage: Stage) -> Stage:
    """Sam, Jo, Amir, Margaret. Jo will walk the ward, and on Friday ring the housing lead."""
    await stage.gather("Jo", "Amir", "Margaret")
    await commit(stage, "Jo", **{"First step": RING, "On which day": "2026-11-27"})
    return stage


# -- the first step's day ----------------------------------------------------------------


async def test_the_day_stands_on_the_card_and_jo_is_asked_on_her_next_working_morning(carers: Stage) -> None:
    assert f"First step: {RING}, Friday" in await card(carers, "Sam")
    await carers.at("2026-11-27 18:00")
    assert PICKED not in "\n".join(carers.sent("Jo"))
    await carers.at("2026-11-30 09:10")
    letter = carers.newest("Jo", PICKED)  # her next check-in is more than a week away
    assert "[It happened] [Another day] [Not now]" in carers.shown(letter)
    assert PICKED not in "\n".join(carers.sent("Amir"))
    await carers.person("Jo").press(letter, "It happened")
    await carers.settle()
    assert "[It happened]" not in carers.shown(letter)
    assert "Noted, and in its history." in carers.shown(letter)
    assert "Say more" not in carers.shown(letter), "there is no such button on it"


@pytest.mark.slow
async def test_a_third_one_is_asked_about_in_the_next_week_at_jos_hour_though_it_is_its_last_day(
    stage: Stage,
) -> None:
    await stage.gather("Jo")
    for what in ("ring", "write", "walk"):
        await commit(stage, "Jo", f"Begin to {what}", **{"First step": what, "On which day": "2026-11-30"})
    await stage.at("2026-12-01 09:05")
    first = stage.dm("Jo")
    assert first.count("You picked Monday 30 November") == 4, "two, and in its notification"
    await stage.at("2026-12-07 08:55")
    assert stage.dm("Jo") == first
    await stage.at("2026-12-07 09:05")
    assert "You picked Monday 30 November for" in stage.dm("Jo")
    assert stage.dm("Jo") != first


@pytest.mark.slow
async def test_her_answer_in_words_leaves_the_question_below_it_though_sam_is_asked_the_same(stage: Stage) -> None:
    """An answer loads the name of who gives it alone."""
    await stage.gather("Jo")
    for name in ("Sam", "Jo"):
        await commit(stage, name, **{"First step": RING, "On which day": "2026-12-08"})
    await stage.at("2026-12-09 10:00")
    await stage.answer("Jo", organisation="Both wards ask now.")
    assert "Both wards ask now." in stage.dm("Jo")
    assert f"You picked Tuesday 8 December for “{RING}”. How did it go?" in stage.dm("Jo")


@pytest.mark.slow
async def test_it_happened_is_a_line_in_its_history_and_pressed_twice_is_one(carers: Stage) -> None:
    await carers.at("2026-11-30 09:10")
    await for_you(carers, "Jo")
    await carers.person("Jo").press_in_modal("It happened")
    await carers.again("Jo")
    assert "Nothing waits for you" in carers.modal("Jo")
    assert f"{RING}, Friday 27 November. It happened." in await card(carers, "Sam")
    told = await history(carers, "Sam")
    assert told.count(f"“{RING}” happened.") == 1


@pytest.mark.slow
async def test_another_day_is_recorded_in_jos_words_and_she_is_asked_again_after_it(carers: Stage) -> None:
    await carers.at("2026-11-30 09:10")
    await for_you(carers, "Jo")
    await carers.person("Jo").press_in_modal("Another day")
    refused = await carers.send("Jo", {"Which day?": "2026-11-26"})
    assert refused == {"first_day": "Thursday 26 November is in the past. Please pick a later day."}
    assert await carers.send("Jo", {"Which day?": "2026-12-02", "What changed?": "She was away."}) is None
    told = await history(carers, "Sam")
    assert (
        f"Jo (Riverside Hospitals Trust) changed the step. It was: “{RING}, Friday 27 November” She was away."
        in told
    )
    assert not [word for word in ("late", "overdue", "missed") if word in told]
    assert "Nothing waits for you" in await for_you(carers, "Jo")
    await carers.at("2026-12-03 09:10")
    assert f"You picked Wednesday 2 December for “{RING}”" in await for_you(carers, "Jo")


@pytest.mark.slow
async def test_another_day_picked_in_a_message_leaves_nothing_to_press_there(carers: Stage) -> None:
    await carers.at("2026-12-09 09:30")  # the next check-in; the question was a letter's by then
    asked = carers.newest("Jo", PICKED)
    await carers.person("Jo").press(asked, "Another day")
    await carers.send("Jo", {"Which day?": "2026-12-21"})
    assert PICKED not in carers.shown(asked)
    assert "The day is Monday 21 December now. I'll ask you on the morning after it." in carers.shown(asked)


@pytest.mark.slow
async def test_somebody_else_who_presses_it_changes_nothing(carers: Stage) -> None:
    await carers.at("2026-11-30 09:10")
    await for_you(carers, "Jo")
    await carers.person("Jo").press_in_modal("It happened")
    await carers.again("Jo", by="Amir")
    assert (await history(carers, "Sam")).count("happened.") == 1


@pytest.mark.slow
async def test_a_late_press_on_a_day_that_has_changed_says_so(carers: Stage) -> None:
    await carers.at("2026-12-09 09:30")
    asked = carers.newest("Jo", PICKED)
    await carers.person("Jo").press(asked, "It happened")
    assert await say_more(carers, "Jo", **{"The next step's day": "2026-12-21"}) is None
    payload_day = "You picked Friday"
    assert payload_day not in await for_you(carers, "Jo")
    await carers.at("2026-12-22 10:00")
    assert "You picked Monday 21 December for “Walk the ward" in await for_you(carers, "Jo")


async def test_words_of_three_thousand_and_one_characters_are_refused_at_their_field(carers: Stage) -> None:
    await carers.at("2026-11-30 09:10")
    await for_you(carers, "Jo")
    await carers.person("Jo").press_in_modal("Another day")
    assert await carers.send("Jo", {"Which day?": "2026-12-02"}) is None
    payload = last_payload(carers, "view_submission")
    payload["view"]["state"]["values"]["why"]["why"]["value"] = "x" * 3001
    ack = await forge(carers, payload)
    assert ack.json["errors"] == {"why": "That's 3,001 characters; 500 is the most I can keep here."}


# -- untouched, and taken out ------------------------------------------------------------


@pytest.mark.slow
async def test_untouched_for_two_rounds_it_may_be_let_go_in_a_form(stage: Stage) -> None:
    await stage.gather("Jo", "Amir")
    await commit(stage, "Jo")
    for day in ("2026-11-25", "2026-12-09"):
        await stage.at(f"{day} 09:30")
        assert "[Stuck, want help] [Say more…]" in stage.shown(stage.newest("Jo", "[Nothing new]"))
        await stage.press("Jo", "Nothing new")
    await stage.at("2026-12-23 09:30")
    asked = stage.newest("Jo", "[Let it go…]")
    assert "[Say more…] [Let it go…]" in stage.shown(asked)
    await stage.person("Jo").press(asked, "Let it go…")
    assert "What did we learn?" in stage.modal("Jo")
    await stage.person("Jo").close(everything=True)
    assert "Let go" not in await card(stage, "Amir")
    await stage.person("Jo").press(asked, "Let it go…")
    assert await stage.send("Jo", {"What did we learn?": "Evenings suit nobody."}) is None
    assert "let go. Evenings suit nobody." in await history(stage, "Amir")


async def test_what_was_added_is_read_as_others_will_read_it_changed_and_taken_out(stage: Stage) -> None:
    await stage.gather("Jo", "Amir")
    jo = stage.person("Jo")
    await jo.command("/commit", WALK, "young-carers")
    assert await jo.submit() is None
    assert "This is how everyone in the group reads it:" in stage.modal("Jo")
    assert "Tended by Jo (Riverside Hospitals Trust)." in stage.modal("Jo")
    await jo.press_in_modal("Change")
    await jo.fill("What will you do?", "Walk both wards")
    assert await jo.submit() is None
    assert "*Walk both wards*" in stage.modal("Jo")
    await jo.press_in_modal("Take it out")
    assert "It is gone" in stage.modal("Jo")
    assert "Walk both wards" in stage.modal("Jo")
    assert "Nothing here yet." in await card(stage, "Amir")


async def test_what_somebody_joined_in_with_is_not_taken_out(stage: Stage) -> None:
    await stage.gather("Jo", "Amir")
    jo = stage.person("Jo")
    await jo.command("/commit", WALK, "young-carers")
    assert await jo.submit() is None
    await card(stage, "Amir")
    await stage.person("Amir").press_in_modal("Join in")
    await stage.settle()
    await jo.press_in_modal("Take it out")
    await stage.settle()
    assert "Others have a part in this one by now." in stage.modal("Jo")
    assert WALK in await card(stage, "Amir")


async def test_what_is_taken_out_goes_from_a_digest_that_holds_it_too(stage: Stage) -> None:
    await stage.gather("Jo", "Amir")
    jo = stage.person("Jo")
    await jo.command("/commit", WALK, "young-carers")
    assert await jo.submit() is None
    await stage.at("2026-12-01 12:00")
    digest = stage.newest("Sam", "[Read it all]")
    assert WALK in stage.shown(digest)
    await jo.press_in_modal("Take it out")
    await stage.settle()
    assert WALK not in stage.shown(digest)


# -- from a message ----------------------------------------------------------------------

SHORTCUT = "Make this a commitment"


async def test_a_message_begins_a_commitment_for_whoever_pressed_alone(stage: Stage) -> None:
    await stage.gather("Jo", "Amir")
    said = await stage.person("Amir").say("#young-carers", "@jo.lindqvist & the lead: ring by <5")
    await stage.person("Jo").shortcut(SHORTCUT, said)
    assert "What will you do? *: [@Jo & the lead: ring by <5]" in stage.modal("Jo")
    assert stage.person("Amir").modal is None
    assert await stage.person("Jo").submit() is None
    assert "Tended by Jo (Riverside Hospitals Trust)." in stage.modal("Jo")


async def test_a_long_message_fills_the_form_and_no_more(stage: Stage) -> None:
    await stage.gather("Jo")
    said = await stage.person("Jo").say("#young-carers", "word " * 600)
    await stage.person("Jo").shortcut(SHORTCUT, said)
    view = stage.person("Jo").modal
    assert view
    assert len(view.values["what"]["what"]["value"]) <= 500
    assert await stage.person("Jo").submit() is None


async def test_somebody_who_has_not_joined_is_offered_to_join(stage: Stage) -> None:
    await stage.gather("Jo")
    said = await stage.person("Jo").say("#young-carers", "Ring the lead")
    await stage.person("Wei").shortcut(SHORTCUT, said)
    assert "Join" in stage.modal("Wei")


async def test_outside_every_groups_channel_somebody_of_no_group_hears_how_to_begin(stage: Stage) -> None:
    await stage.gather("Jo")
    said = await stage.person("Wei").say("#general", "Ring the lead")
    await stage.person("Wei").shortcut(SHORTCUT, said)
    assert stage.person("Wei").modal is None
    assert stage.notes("Wei")
    await stage.person("Jo").shortcut(SHORTCUT, said)  # the only group she is in
    assert "[Ring the lead]" in stage.modal("Jo")
