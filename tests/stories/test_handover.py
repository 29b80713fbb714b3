"""A leader changes: whoever comes for the same organisation finds on one screen what they come into."""

from __future__ import annotations

import pytest

from tests.promises.watch import screens_of
from tests.stage import Stage
from tests.stories import reviewing
from tests.stories.purposes import BETTER, SENTENCE, draft, live_with
from tests.stories.test_learnt import FORMS, LEARNT, let_go
from tests.stories.test_year import commit

SECRET = "zanzibar"
STAND = "See where things stand"


@pytest.fixture
async def carers(stage: Stage) -> Stage:
    """Sam of the Council, Jo of the Trust, Amir of Fire & Rescue, on a Tuesday."""
    await stage.gather("Jo", "Amir")
    await stage.at("2026-11-24 09:00")
    return stage


async def leave(stage: Stage, name: str) -> None:
    await stage.person(name).press(stage.dms(name)[0], "Leave")
    await stage.settle()


async def test_priya_follows_jo_for_the_trust_and_takes_up_what_jo_left(carers: Stage) -> None:
    await carers.at("2026-11-25 09:00")
    await carers.press("Jo", "Answer")
    kept = {"For me": SECRET, "For Riverside Hospitals Trust": f"{SECRET}, and more", "everyone_sees": []}
    assert await carers.send("Jo", kept) is None
    await commit(carers, "Amir", "Lend a van.")
    await commit(carers, "Jo", "Keep four beds.")
    await leave(carers, "Jo")
    await carers.join("Priya", "Riverside Hospitals Trust")
    welcome = carers.dm("Priya")
    assert f"[Answer] [Tell me more] [{STAND}] [Leave] [More]" in welcome
    await carers.person("Priya").press(carers.dms("Priya")[0], STAND)
    await carers.settle()
    shown = carers.modal("Priya")
    assert "Before you spoke for Riverside Hospitals Trust: Jo (until 25 November)." in shown
    assert shown.index("Keep four beds.") < shown.index("Lend a van.")
    assert (
        "Moving, of Riverside Hospitals Trust. Held by nobody, since Jo (Riverside Hospitals Trust) has left."
        in shown
    )
    assert "Moving. Tended by Amir (Riverside Fire & Rescue)." in shown
    assert "Nothing was let go or reshaped yet." in shown
    assert shown.index("Riverside Hospitals Trust: Priya") < shown.index("Riverside Council: Sam")
    assert not [one for one in screens_of(carers, "Priya") if SECRET in one]
    await carers.person("Priya").press_in_modal("Take it up")
    await carers.settle()
    assert "== Where things stand ==" in carers.modal("Priya"), "she reads on where she was"
    assert "Moving, of Riverside Hospitals Trust. Tended by Priya (Riverside Hospitals Trust)." in carers.modal(
        "Priya"
    )


async def test_who_comes_for_an_organisation_that_nobody_left_is_offered_their_settings(carers: Stage) -> None:
    await carers.join("Wei", "Millrace Housing")
    assert "[Answer] [Tell me more] [Change my settings] [Leave] [More]" in carers.dm("Wei")
    await leave(carers, "Wei")
    await carers.join("Wei", "Millrace Housing")
    assert STAND not in carers.dm("Wei"), "nobody follows themselves"
    await carers.press_more("Wei", "What for", STAND)
    shown = carers.modal("Wei")
    assert "Before you" not in shown
    assert "No commitment is open just now." in shown
    assert "Not said yet." in shown


@pytest.mark.slow
async def test_it_says_what_we_are_here_for_now_and_then_and_what_was_learnt(stage: Stage) -> None:
    await stage.gather("Jo", "Amir", "Margaret")
    await commit(stage, "Amir", FORMS)
    # the channel gets one post a day: other words go there on the day after those have come to stand
    for sentence, posted, day in (
        (SENTENCE, "2026-11-24 12:00", "2026-12-02 12:00"),
        (BETTER, "2026-12-03 12:00", "2026-12-11 12:00"),
    ):
        await draft(stage, "Jo", sentence)
        await stage.at(posted)
        await live_with(stage, "Sam", "Amir", "Margaret", sentence=sentence)
        await stage.at(day)
    await let_go(stage)
    await stage.press_more("Margaret", "What for", STAND)
    shown = stage.modal("Margaret")
    assert f"{BETTER}\nIt has stood since" in shown
    assert f"Until then: “{SENTENCE}”" in shown
    assert f"• {FORMS}: {LEARNT}" in shown
    assert "[What we are here for]" in shown
    assert "[What we learnt]" in shown
    assert "[People]" in shown


@pytest.mark.slow
async def test_words_that_are_under_way_beside_those_that_stand_are_open_too(carers: Stage) -> None:
    await draft(carers, "Jo", SENTENCE)
    await live_with(carers, "Sam", "Amir")
    await carers.at("2026-12-02 12:00")
    await draft(carers, "Jo", BETTER)
    await carers.press_more("Amir", "What for", STAND)
    assert f"Other words are under way: “{BETTER}”" in carers.modal("Amir")


async def test_what_was_reshaped_without_a_word_on_why_says_what_it_was(carers: Stage) -> None:
    await commit(carers, "Amir", "Lend a van.")
    await carers.at("2026-11-26 09:00")
    await carers.press_more("Amir", "See commitments", "Change its words")
    assert await carers.send("Amir", {"What will you do?": "Lend two vans."}) is None
    await carers.press_more("Sam", "What for", STAND)
    assert "• Lend two vans: it was “Lend a van.”" in carers.modal("Sam")


@pytest.mark.slow
async def test_a_review_that_is_open_is_named_until_its_day(stage: Stage) -> None:
    await reviewing.gather(stage)
    await reviewing.start(stage)
    await stage.at("2026-11-24 12:00")
    await stage.press_more("Wei", "What for", STAND)
    assert "A review is open: which of our commitments should grow, and which should we stop?" in stage.modal("Wei")
    await stage.person("Wei").close(everything=True)
    await stage.at(reviewing.AFTER)
    await stage.at("2026-12-04 16:05")
    await stage.press_more("Wei", "What for", STAND)
    assert "A review is open" not in stage.modal("Wei")
