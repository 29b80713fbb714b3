"""*My data*: what Jo reads of herself on pages, and gets in files; and what is in neither."""

from __future__ import annotations

import csv
import io
import json

import pytest

from playground.faults import Fault
from playground.files import File
from tests.stage import Stage
from tests.stories.data_files import files

FOR_HER = "I sleep badly."
FOR_ALL = "Beds are full again."


@pytest.fixture
async def carers(stage: Stage) -> Stage:
    await stage.gather("Jo", "Amir")
    await stage.at("2026-11-25 09:00")
    await stage.answer("Jo", organisation=FOR_ALL, me=FOR_HER)
    return stage


async def settings_of(stage: Stage, name: str, button: str = "My data") -> None:
    await stage.press_more(name, "Change my settings")
    await stage.person(name).press_in_modal(button)
    await stage.settle()


async def send_files(stage: Stage, name: str, *, private: bool = False) -> None:
    await settings_of(stage, name)
    if private:
        await stage.person(name).fill("In the files", ["with"])
    assert await stage.person(name).submit() is None
    await stage.settle()


def read(file: File) -> str:
    assert file.content is not None
    return file.content.decode("utf-8-sig")


async def test_she_reads_everything_on_pages_that_only_she_sees(carers: Stage) -> None:
    await settings_of(carers, "Jo")
    assert "may be able to export them" in carers.modal("Jo")
    assert "A link" not in carers.modal("Jo")  # no browser reaches this bot
    await carers.person("Jo").press_in_modal("Read it here")
    page = carers.modal("Jo")
    for words in (FOR_ALL, FOR_HER, "just you", "Young carers", "Your time zone", "Riverside Hospitals Trust"):
        assert words in page
    assert "Amir" not in page


async def test_two_files_come_under_a_message_and_hold_nothing_that_is_just_for_her(carers: Stage) -> None:
    await send_files(carers, "Jo")
    assert "Noted. The files come in our conversation" in carers.modal("Jo")
    found = files(carers, "Jo")
    assert set(found) == {"between-my-data.csv", "between-my-data.json"}
    for file in found.values():
        assert FOR_ALL in read(file)
        assert FOR_HER not in read(file)
    rows = list(csv.DictReader(io.StringIO(read(found["between-my-data.csv"]))))
    assert {"Group", "Date", "What", "About", "Words", "For"} == set(rows[0])
    records = json.loads(read(found["between-my-data.json"]))["Records"]
    assert {"Group": "Young carers", "What": "You speak for", "Words": "Riverside Hospitals Trust"} in records
    assert "Read it here" in carers.shown(carers.newest("Jo", "You asked for what I keep of you"))


async def test_with_what_is_just_for_her_where_she_ticks_it(carers: Stage) -> None:
    await send_files(carers, "Jo", private=True)
    assert FOR_HER in read(files(carers, "Jo")["between-my-data.json"])
    assert FOR_HER not in "".join(carers.sent("Jo"))


async def test_pressed_twice_they_come_once(carers: Stage) -> None:
    await send_files(carers, "Jo")
    await carers.again("Jo")
    await carers.at("2026-11-25 09:30")
    assert len([one for one in carers.dms("Jo") if one.more.get("files")]) == 1


async def test_without_the_scope_the_message_says_so_and_the_pages_are_there(carers: Stage) -> None:
    for install in next(iter(carers.pg.world.apps.values())).installs.values():
        install.scopes.remove("files:write")
    await send_files(carers, "Jo")
    said = carers.shown(carers.newest("Jo", "You asked for what I keep of you"))
    assert "Slack takes no files from me here" in said
    await carers.person("Jo").close(everything=True)
    await carers.press("Jo", "Read it here")
    assert FOR_HER in carers.modal("Jo")


async def test_where_slacks_answer_is_lost_the_files_are_there_once_at_most(carers: Stage) -> None:
    carers.pg.world.faults.order(Fault("lost"), method="files.completeUploadExternal")
    await send_files(carers, "Jo")
    await carers.at("2026-11-25 12:00")
    assert len([one for one in carers.dms("Jo") if one.more.get("files")]) == 1


async def test_nobody_else_reads_hers(carers: Stage) -> None:
    await settings_of(carers, "Jo")
    await carers.person("Jo").press_in_modal("Read it here")
    await carers.again("Jo", by="Amir")
    assert carers.person("Amir").modal is None or FOR_HER not in carers.modal("Amir")


@pytest.mark.slow
async def test_what_would_give_away_anothers_no_is_in_no_export(carers: Stage) -> None:
    """Amir wishes not to be put together with Jo, and passes on what she asks for."""
    await settings_of(carers, "Amir", "Not with…")
    await carers.person("Amir").close(everything=True)
    store = carers.bot.deps.store
    (group,) = await store.index.groups()
    ids = {(await store.people.get(id_)).name: id_ for id_ in await store.index.people()}  # type: ignore[union-attr]
    from bot.domain.exclusions import exclude

    await store.exclusions.change(
        group, ids["Amir"], lambda stored: exclude(stored, ids["Amir"], ids["Jo"], carers.clock.now())
    )
    await send_files(carers, "Jo", private=True)
    for file in files(carers, "Jo").values():
        assert "Amir" not in read(file)
    await send_files(carers, "Amir", private=True)
    assert "Not with" in read(files(carers, "Amir")["between-my-data.json"])


async def test_who_has_left_reads_it_all_the_same(carers: Stage) -> None:
    await carers.press_more("Jo", "Leave")
    await carers.person("Jo").close(everything=True)
    await carers.settle()
    await carers.press("Jo", "My data")
    assert "My organisation's words" not in carers.modal("Jo")
    await carers.person("Jo").press_in_modal("Read it here")
    for words in (FOR_ALL, FOR_HER, "Young carers"):
        assert words in carers.modal("Jo")
    assert "Amir" not in carers.modal("Jo")
