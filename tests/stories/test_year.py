"""*Our year* to whoever asks: commitments, themes, talks and the pulse; nothing by person, but to that person."""

from __future__ import annotations

import pytest

from tests.promises.watch import screens_of
from tests.stage import Stage
from tests.stories.inquiring import EIGHT

SECRET = "zanzibar"
YEAR = ("What for", "See our year")


@pytest.fixture
async def carers(stage: Stage) -> Stage:
    """Sam of the Council, Jo and Priya of the Trust, Amir of Fire & Rescue, on a Tuesday."""
    await stage.gather("Jo", "Priya", "Amir")
    await stage.at("2026-11-24 09:00")
    return stage


async def commit(stage: Stage, name: str, what: str, tags: str = "") -> dict[str, str] | None:
    await stage.person(name).command("/commit", "", "young-carers")
    return await stage.send(name, {"What will you do?": what, "Tags": tags})


async def year(stage: Stage, name: str) -> str:
    await stage.press_more(name, *YEAR)
    shown = stage.modal(name)
    await stage.person(name).close(everything=True)
    return shown


async def test_the_groups_own_tags_are_typed_once_and_then_stand_beside_the_form(carers: Stage) -> None:
    assert await commit(carers, "Jo", "Keep four beds.", "Short breaks, beds") is None
    await carers.person("Sam").command("/commit", "", "young-carers")
    assert "In use here: beds and Short breaks." in carers.modal("Sam")
    refused = await carers.send("Sam", {"What will you do?": "Walk the ward.", "Tags": "a, b, c"})
    assert refused == {"tags": "2 tags are the most. Which of them say best what it is about?"}
    assert await carers.send("Sam", {"Tags": "SHORT BREAKS"}) is None
    await carers.press_more("Amir", "See commitments")
    assert carers.modal("Amir").count("Tags: Short breaks") == 2


async def test_who_asks_reads_the_groups_year_and_their_own_part_and_nobody_elses(carers: Stage) -> None:
    await commit(carers, "Jo", "Keep four beds.", "beds")
    await commit(carers, "Jo", "Ring each school.", "schools")
    await commit(carers, "Sam", "One number to ring.", "beds")
    await commit(carers, "Amir", "Lend a van.", "Jo")
    jo = await year(carers, "Jo")
    assert "We held 4 commitments. Open now: 4 moving." in jo
    assert "*Yours, as only you are shown:* 2 moving." in jo
    assert "What we tagged most often: beds (2) and schools (1). 1 commitment without a theme." in jo
    assert "Nov 2026 ████ 4" in jo
    assert "Introductions that led to a talk are counted from three on." in jo
    assert "No answers to a pulse were shown in this time." in jo
    assert "*Yours, as only you are shown:* 1 moving." in await year(carers, "Sam")
    assert "*Yours, as only you are shown:* none in this time." in await year(carers, "Priya")
    assert not [name for name in ("Jo", "Sam", "Amir", "Priya") if name in jo]


async def test_no_word_that_was_just_for_somebody_and_no_name_stands_in_the_year(carers: Stage) -> None:
    await carers.at("2026-11-25 09:00")
    await carers.press("Amir", "Answer")
    fields = {"For me": SECRET, "For Riverside Fire & Rescue": f"{SECRET}, and more", "everyone_sees": []}
    assert await carers.send("Amir", fields) is None
    await commit(carers, "Amir", "Lend a van.", "transport")
    for name in ("Amir", "Jo"):
        shown = await year(carers, name)
        assert SECRET not in shown
        assert not [one for one in ("Amir", "Jo", "Sam", "Priya", "Riverside") if one in shown]
    assert not [one for one in screens_of(carers, "Jo") if SECRET in one]


@pytest.mark.slow
async def test_the_pulse_stands_in_the_year_once_a_digest_has_shown_it(stage: Stage) -> None:
    await stage.gather(*EIGHT)
    await stage.at("2026-12-09 12:00")
    for name in ("Jo", "Amir", "Margaret", "Wei", "Priya"):
        asked = [one for one in stage.dms(name) if "[Choose]" in stage.shown(one)]
        await stage.person(name).press(asked[-1], "Choose")
        await stage.person(name).press_in_modal("In parts")
        await stage.settle()
        await stage.person(name).close(everything=True)
    await stage.answer("Sam", **{"For Riverside Council": "New rota."})
    open_ = await year(stage, "Sam")
    await stage.at("2026-12-10 18:01")
    closed = await year(stage, "Sam")
    await stage.at("2026-12-11 10:01")
    told = await year(stage, "Sam")
    for shown in (open_, closed):
        assert "No answers to a pulse were shown in this time." in shown
    assert "Answers were shown once. On 11 December we said: nearly all “In parts”." in told
    assert "In parts      ████ nearly all" in told
    assert not [one for one in EIGHT if one in told]
