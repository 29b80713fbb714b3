"""An organisation's export: Jo asks for what the Trust's leaders have shared; the group hears of it."""

from __future__ import annotations

import csv
import io

import pytest

from bot.domain import shared
from bot.views.organisation_data import SHARED_HEADINGS
from playground.faults import Fault
from tests.stage import Stage
from tests.stories.test_my_data import files, read, settings_of


async def shared_by_the_trust(stage: Stage) -> None:
    """Jo and Priya speak for the Trust, Amir for Fire & Rescue; the digest of Tuesday is out."""
    await stage.gather("Jo", "Priya", "Amir")
    await stage.at("2026-11-25 09:00")
    await stage.answer("Jo", organisation="Beds are full.", me="I sleep badly.")
    await stage.answer("Priya", organisation="The ward is short of nurses.")
    await stage.answer("Amir", organisation="The night shift is thin.")
    await stage.person("Priya").command("/commit", "Ring the housing lead", "young-carers")
    assert await stage.person("Priya").submit() is None
    await stage.person("Priya").close(everything=True)
    await stage.person("Priya").command("/between", "ask Somebody quiet", "young-carers")
    assert await stage.person("Priya").submit() is None
    await stage.settle()
    await stage.person("Priya").close(everything=True)
    await stage.at("2026-12-02 12:00")


async def ask(stage: Stage) -> None:
    await settings_of(stage, "Jo")
    await stage.person("Jo").press_in_modal("My organisation's words…")
    assert "The group's channel is told that you asked." in stage.modal("Jo")
    assert await stage.person("Jo").submit() is None
    await stage.settle()


@pytest.mark.slow
async def test_it_holds_what_jo_can_read_already_and_the_group_is_told(stage: Stage) -> None:
    await shared_by_the_trust(stage)
    await ask(stage)
    await stage.at("2026-12-02 12:10")
    told = stage.announced()
    assert "Jo (Riverside Hospitals Trust) has asked for a file of what leaders who speak for" in told
    found = files(stage, "Jo")
    assert set(found) == {"between-shared.csv", "between-shared.json"}
    for file in found.values():
        said = read(file)
        for words in ("Beds are full.", "The ward is short of nurses.", "Ring the housing lead", "Priya"):
            assert words in said
        for words in ("I sleep badly.", "The night shift is thin.", "Somebody quiet"):
            assert words not in said


@pytest.mark.slow
async def test_where_slack_takes_no_message_to_her_she_reads_it_on_pages(stage: Stage) -> None:
    await shared_by_the_trust(stage)
    stage.pg.world.faults.order(Fault("outage", seconds=86_400), channel=stage.dms("Jo")[0].channel_id)
    await ask(stage)
    assert "Where no message comes, you read it here." in stage.modal("Jo")
    await stage.person("Jo").press_in_modal("Read it here")
    assert "The ward is short of nurses." in stage.modal("Jo")


@pytest.mark.slow
async def test_its_headings_speak_of_others_in_whole_words(stage: Stage) -> None:
    """Jo reads what Priya, too, has shared: none of it is said to be hers."""
    await shared_by_the_trust(stage)
    await ask(stage)
    await stage.at("2026-12-02 12:10")
    (pages,) = [read(file) for name, file in files(stage, "Jo").items() if name.endswith("csv")]
    assert {row["What"] for row in csv.DictReader(io.StringIO(pages))} == {
        "On the plate, the organisation",
        "A commitment",
        "How they said it goes",
    }


def test_all_that_can_be_shared_has_a_heading() -> None:
    assert set(SHARED_HEADINGS) == shared.SHARED


@pytest.mark.slow
async def test_without_files_it_is_read_on_pages(stage: Stage) -> None:
    await shared_by_the_trust(stage)
    for install in next(iter(stage.pg.world.apps.values())).installs.values():
        install.scopes.remove("files:write")
    await ask(stage)
    await stage.person("Jo").close(everything=True)
    await stage.at("2026-12-02 12:10")
    await stage.press("Jo", "Read it here")
    page = stage.modal("Jo")
    assert "The ward is short of nurses." in page
    assert "The night shift is thin." not in page
    assert "I sleep badly." not in page


@pytest.mark.slow
async def test_sent_twice_the_group_hears_once(stage: Stage) -> None:
    await shared_by_the_trust(stage)
    await ask(stage)
    await stage.again("Jo")
    await stage.at("2026-12-02 12:30")
    assert len([post for post in stage.posts() if "has asked for a file" in stage.shown(post)]) == 1
