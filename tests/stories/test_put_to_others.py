"""What is put to others: taking up what Jo passes on, and news of it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.stage import Stage
from tests.stories.holding import A_LINE, WALK, card, commit, for_you, history, say_more


@pytest.fixture
async def carers(stage: Stage) -> Stage:
    """Sam, Jo, Amir, Margaret. Jo will walk the ward."""
    await stage.gather("Jo", "Amir", "Margaret")
    await commit(stage, "Jo")
    return stage


# -- passing it on -----------------------------------------------------------------------

OFFERED = f"Jo (Riverside Hospitals Trust) would pass on “{WALK}”. Would you take it up?"


async def test_passed_on_to_two_the_first_yes_has_it_and_jo_hears(carers: Stage) -> None:
    chosen = ["Amir (Riverside Fire & Rescue)", "Margaret (Riverside Police)"]
    assert await say_more(carers, "Jo", **{"Pass it on": chosen}) is None
    assert OFFERED not in await for_you(carers, "Sam")
    assert OFFERED in await for_you(carers, "Amir")
    assert OFFERED in await for_you(carers, "Margaret")
    await carers.person("Amir").press_in_modal("Take it up")
    await carers.settle()
    assert "Nothing waits for you" in carers.modal("Amir")
    await carers.person("Margaret").press_in_modal("Take it up")
    assert "Somebody holds this one" in carers.modal("Margaret")
    await carers.at("2026-11-24 10:00")
    assert f"Amir (Riverside Fire & Rescue) has taken up “{WALK}”. It is theirs now." in carers.dm("Jo")
    assert "Amir (Riverside Fire & Rescue) took it up from Jo" in await history(carers, "Sam")
    assert "Jo (Riverside Hospitals Trust) made it." in await history(carers, "Sam")
    assert "[Change its words]" in await card(carers, "Amir")
    assert "[Change its words]" not in await card(carers, "Jo")


async def test_below_their_check_in_the_second_yes_reads_why_not_and_cannot_be_pressed_once_more(
    carers: Stage,
) -> None:
    chosen = ["Amir (Riverside Fire & Rescue)", "Margaret (Riverside Police)"]
    assert await say_more(carers, "Jo", **{"Pass it on": chosen}) is None
    await carers.at("2026-11-25 09:05")
    margarets = carers.dms("Margaret")[-1]
    await carers.person("Amir").press(carers.dms("Amir")[-1], "Take it up")
    await carers.person("Margaret").press(margarets, "Take it up")  # before hers was drawn anew
    await carers.settle()
    assert "Somebody holds this one" in carers.notes("Margaret")[-1]
    assert OFFERED not in carers.dm("Margaret")
    assert "[Nothing new]" in carers.dm("Margaret")


async def test_who_took_it_up_is_not_told_that_they_picked_the_day_that_jo_picked(stage: Stage) -> None:
    await stage.gather("Jo", "Amir")
    await commit(stage, "Jo", **{"First step": "ring", "On which day": "2026-11-25"})
    assert await say_more(stage, "Jo", **{"Pass it on": ["Amir (Riverside Fire & Rescue)"]}) is None
    await for_you(stage, "Amir")
    await stage.person("Amir").press_in_modal("Take it up")
    await stage.at("2026-11-26 09:30")
    assert "The day for “ring” was Wednesday 25 November. How did it go?" in await for_you(stage, "Amir")
    await stage.person("Amir").press_in_modal("Another day")
    assert await stage.send("Amir", {"Which day?": "2026-11-26"}) is None
    await stage.at("2026-11-27 09:30")
    assert "You picked Thursday 26 November for “ring”. How did it go?" in await for_you(stage, "Amir")


async def test_who_took_it_up_after_its_day_is_not_asked_how_that_went(stage: Stage) -> None:
    await stage.gather("Jo", "Amir")
    await commit(stage, "Jo", **{"First step": "ring", "On which day": "2026-11-25"})
    assert await say_more(stage, "Jo", **{"Pass it on": ["Amir (Riverside Fire & Rescue)"]}) is None
    await stage.at("2026-11-26 09:30")
    await for_you(stage, "Amir")
    await stage.person("Amir").press_in_modal("Take it up")
    await stage.settle()
    assert "Nothing waits for you" in stage.modal("Amir")
    await stage.person("Amir").close(everything=True)
    assert await say_more(stage, "Amir", **{"The next step's day": "2026-11-27"}) is None
    await stage.at("2026-11-30 09:30")
    assert "You picked Friday 27 November for “ring”. How did it go?" in await for_you(stage, "Amir")


async def test_before_a_new_groups_first_round_what_can_wait_comes_with_the_check_in(carers: Stage) -> None:
    assert await say_more(carers, "Jo", **{"Pass it on": ["Amir (Riverside Fire & Rescue)"]}) is None
    await carers.at("2026-11-25 08:59")
    assert OFFERED not in "\n".join(map(carers.shown, carers.dms("Amir")))
    await carers.at("2026-11-25 09:00")
    assert "Two minutes?" in carers.shown(carers.newest("Amir", OFFERED))


@pytest.mark.slow
async def test_who_said_not_now_is_shown_to_nobody(carers: Stage) -> None:
    assert await say_more(carers, "Jo", **{"Pass it on": ["Amir (Riverside Fire & Rescue)"]}) is None
    before = await card(carers, "Jo"), await history(carers, "Jo")
    await for_you(carers, "Amir")
    await carers.person("Amir").press_in_modal("Not now")
    await carers.settle()
    assert (await card(carers, "Jo"), await history(carers, "Jo")) == before
    assert "Nothing waits for you" in await for_you(carers, "Jo")
    await carers.at("2026-12-04 18:00")
    assert "Amir" not in "\n".join(line for line in carers.sent("Jo") if WALK in line)


@pytest.mark.slow
@pytest.mark.parametrize("between", ["named", "kept"])
async def test_who_said_not_now_is_not_asked_anew_as_jo_passes_it_on_to_whoever_can(
    carers: Stage, between: str
) -> None:
    assert await say_more(carers, "Jo", **{"Pass it on": ["Amir (Riverside Fire & Rescue)"]}) is None
    await for_you(carers, "Amir")
    await carers.person("Amir").press_in_modal("Not now")
    await carers.settle()
    if between == "kept":
        assert await say_more(carers, "Jo", **{"Pass it on": []}) is None
    carers.clock.advance(timedelta(minutes=1))
    assert await say_more(carers, "Jo", **{"Pass it on": ["Whoever can take it"]}) is None
    assert "Nothing waits for you" in await for_you(carers, "Amir")
    assert OFFERED in await for_you(carers, "Margaret")
    await carers.person("Margaret").press_in_modal("Take it up")
    await carers.settle()
    await carers.person("Margaret").close(everything=True)
    assert await say_more(carers, "Margaret", **{"Pass it on": ["Amir (Riverside Fire & Rescue)"]}) is None
    assert "Margaret (Riverside Police) would pass on" in await for_you(carers, "Amir")


@pytest.mark.parametrize("how", ["keeps it", "lets it go", "leaves"])
async def test_passing_on_ends_when_jo_keeps_it_closes_it_or_leaves(carers: Stage, how: str) -> None:
    assert await say_more(carers, "Jo", **{"Pass it on": ["Whoever can take it"]}) is None
    assert OFFERED in await for_you(carers, "Sam")
    if how == "keeps it":
        assert await say_more(carers, "Jo", **{"Pass it on": []}) is None
    elif how == "lets it go":
        assert await say_more(carers, "Jo", **{"It is": "Let go"}) is None
    else:
        await carers.person("Jo").press(carers.dms("Jo")[0], "Leave")
        await carers.settle()
    await carers.person("Sam").press_in_modal("Take it up")
    await carers.settle()
    if how == "leaves":  # held by nobody by then, so it is anybody's to take up
        assert "Sam (Riverside Council) took it up" in await history(carers, "Amir")
    else:
        late = "Somebody holds this one" if how == "keeps it" else "This one has been let go"
        assert late in carers.modal("Sam")
        assert "Nothing waits" in await for_you(carers, "Sam")


# -- who'd be glad to hear ---------------------------------------------------------------


@pytest.mark.slow
async def test_who_is_glad_to_hear_gets_the_line_until_they_want_no_more(stage: Stage) -> None:
    await stage.gather("Jo", "Amir", "Margaret")
    await commit(stage, "Jo", **{"Who'd be glad to hear how it goes?": ["Amir (Riverside Fire & Rescue)"]})
    assert await say_more(stage, "Jo", **{A_LINE: "They rang."}) is None
    assert "Nothing waits" in await for_you(stage, "Amir")
    await stage.at("2026-11-23 09:30")
    assert f"Jo (Riverside Hospitals Trust) on “{WALK}”: moving. “They rang.”" in await for_you(stage, "Amir")
    assert "Nothing waits" in await for_you(stage, "Margaret")
    await stage.person("Amir").press_in_modal("No more of these")
    await stage.settle()
    assert "Nothing waits" in stage.modal("Amir")
    assert await say_more(stage, "Jo", **{A_LINE: "Again."}) is None
    await stage.at("2026-12-18 12:00")
    assert "Again." not in await for_you(stage, "Amir")
    assert "“Again.”" not in "\n".join(stage.sent("Amir"))


@pytest.mark.slow
async def test_news_that_found_no_check_in_goes_without_a_letter_of_its_own(stage: Stage) -> None:
    """Each check-in of six weeks takes a first step with it; then the news is simply gone."""
    await stage.gather("Jo", "Amir")
    await commit(stage, "Jo", **{"Who'd be glad to hear how it goes?": ["Amir (Riverside Fire & Rescue)"]})
    assert await say_more(stage, "Jo", **{A_LINE: "They rang."}) is None
    for day in ("2026-11-24", "2026-12-08", "2026-12-22"):
        await commit(stage, "Amir", f"Ring on {day}", **{"First step": "ring", "On which day": day})
    for morning in ("2026-11-25", "2026-12-09", "2026-12-23"):
        await stage.at(f"{morning} 09:05")
        assert "They rang." in await for_you(stage, "Amir")
        await stage.person("Amir").close(everything=True)
        await stage.press("Amir", "Nothing new")
    await stage.at("2027-01-05 18:00")
    assert "They rang." not in "\n".join(stage.sent("Amir"))


async def test_who_wanted_no_more_of_it_finds_the_way_back_where_it_was_pressed(stage: Stage) -> None:
    await stage.gather("Jo", "Amir")
    await commit(stage, "Jo", **{"Who'd be glad to hear how it goes?": ["Amir (Riverside Fire & Rescue)"]})
    assert await say_more(stage, "Jo", **{A_LINE: "They rang."}) is None
    await stage.at("2026-11-23 09:30")
    assert "Hear it again" not in await for_you(stage, "Amir")
    await stage.person("Amir").press_in_modal("No more of these")
    await stage.settle()
    assert "You hear no news of others' commitments in Young carers." in stage.modal("Amir")
    await stage.person("Amir").press_in_modal("Hear it again")
    await stage.settle()
    assert "They rang." in stage.modal("Amir")
    assert "Hear it again" not in stage.modal("Amir")
