"""Margaret has left the only group she was in: what is kept of her is hers still, from wherever she can press."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from tests.stage import Stage
from tests.stories.test_my_data import files, read

HERS = "The custody suite is full."


@pytest.fixture
async def gone(stage: Stage) -> Stage:
    await stage.gather("Jo", "Margaret")
    await stage.at("2026-11-25 09:00")
    await stage.answer("Margaret", organisation=HERS)
    await stage.person("Margaret").press(stage.dms("Margaret")[0], "Leave")
    await stage.settle()
    await stage.at("2026-11-25 12:00")
    return stage


async def from_her_messages(stage: Stage) -> None:
    await stage.press("Margaret", "My data")


async def from_home(stage: Stage) -> None:
    await stage.person("Margaret").open_home()
    await stage.settle()
    assert "You're in no group now." in stage.home("Margaret")
    await stage.person("Margaret").press_home("My data")


async def by_command(stage: Stage) -> None:
    margaret = stage.person("Margaret")
    await margaret.command("/between", where=margaret.dm())
    await stage.settle()
    note = [one for one in every_message(stage) if one.ephemeral_to == margaret.id][-1]
    await margaret.press(note, "My data")


async def from_the_channel(stage: Stage) -> None:
    margaret = stage.person("Margaret")
    await margaret.press(stage.panel(), "More")
    await margaret.press_in_modal("My data")


def every_message(stage: Stage) -> list:  # type: ignore[type-arg]
    return [one for channel in stage.pg.world.channels.values() for one in channel.messages.values()]


WAYS = pytest.mark.parametrize("way", [from_her_messages, from_home, by_command, from_the_channel])


@pytest.mark.slow
@WAYS
async def test_she_reads_it_and_gets_it_in_files(gone: Stage, way) -> None:  # type: ignore[no-untyped-def]
    await way(gone)
    await gone.person("Margaret").press_in_modal("Read it here")
    assert HERS in gone.modal("Margaret")
    await gone.person("Margaret").close()
    before = len(gone.dms("Margaret"))
    assert await gone.person("Margaret").submit() is None
    await gone.settle()
    found = files(gone, "Margaret")
    assert HERS in read(found["between-my-data.json"])
    assert len(gone.dms("Margaret")) == before + 2  # the message, and the files under it
    await gone.at("2026-12-09 12:00")
    assert len(gone.dms("Margaret")) == before + 2  # and nothing else ever


async def test_she_erases_herself_from_home(gone: Stage) -> None:
    margaret = gone.person("Margaret")
    await margaret.open_home()
    await gone.settle()
    await margaret.press_home("Erase me")
    assert "You are out of Young carers then" in gone.modal("Margaret")
    assert await margaret.submit() is None
    await gone.settle()
    await gone.at("2026-11-25 13:00")
    people = await gone.bot.deps.store.people.many(await gone.bot.deps.store.index.people())
    assert "Margaret" not in {one.name for one in people.values()}
    assert gone.dms("Margaret") == []
    await margaret.open_home()
    await gone.settle()
    assert "You're in no group now." not in gone.home("Margaret")


async def test_files_she_asked_for_and_then_erased_come_to_nobody(gone: Stage) -> None:
    await from_home(gone)
    margaret = gone.person("Margaret")
    assert await margaret.submit() is None
    await margaret.close(everything=True)
    await margaret.press_home("Erase me")
    assert await margaret.submit() is None
    await gone.settle()
    await gone.at("2026-11-25 13:00")
    assert gone.dms("Margaret") == []


async def test_somebody_who_was_never_in_one_is_offered_nothing_to_erase(gone: Stage) -> None:
    amir = gone.person("Amir")
    await amir.open_home()
    await gone.settle()
    assert "My data" not in gone.home("Amir")
    await amir.command("/between", where=amir.dm())
    await gone.settle()
    assert "Erase me" not in "\n".join(gone.notes("Amir"))


async def test_where_the_group_has_ended_the_files_come_too(gone: Stage) -> None:
    store = gone.bot.deps.store
    (group_id,) = await store.index.groups()
    await store.groups.change(group_id, lambda one: one and replace(one, ends_on=date(2026, 11, 25)))
    await gone.at("2026-11-26 12:00")
    for name in ("Jo", "Margaret"):
        await gone.person(name).open_home()
        await gone.settle()
        await (from_home(gone) if name == "Margaret" else gone.press_more(name, "Change my settings", "My data"))
        assert await gone.person(name).submit() is None
        await gone.settle()
        assert set(files(gone, name)) == {"between-my-data.csv", "between-my-data.json"}


@pytest.mark.slow
async def test_pressed_twice_and_late_they_come_once(gone: Stage) -> None:
    await from_her_messages(gone)
    assert await gone.person("Margaret").submit() is None
    await gone.again("Margaret")
    await gone.settle()
    assert len([one for one in gone.dms("Margaret") if one.more.get("files")]) == 1
    await gone.at("2027-06-01 12:00")
    await from_her_messages(gone)
    assert await gone.person("Margaret").submit() is None
    await gone.settle()
    assert len([one for one in gone.dms("Margaret") if one.more.get("files")]) == 2
