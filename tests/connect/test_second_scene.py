"""`between demo --connect`, played: one of each workspace joins and goes through all of it, side by side."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from playground.__main__ import CONNECTED, playing
from playground.acts import PersonCannot
from tests.backstage import hurry
from tests.connect.conftest import CHARITY, COUNCIL, HOSPITALS
from tests.connect.leaving import leave_and_erase
from tests.free_port import free_port
from tests.promises.watch import screens_of
from tests.stage import ACK_TIMEOUT_S, Stage
from tests.stories.test_my_data import files, read

pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore:BasicAuth is deprecated:DeprecationWarning"),
    pytest.mark.timeout(240),
]

FOR_ALL, FOR_ONE = "Three beds a night wait for a grandson to come home", "I sleep badly."


@dataclass(frozen=True)
class Newcomer:
    """In the channel and not in the group. `by` is the workspace whose bot writes to them; `helps` has an ask."""

    name: str
    organisation: str
    team: str
    by: str
    helps: str

    @property
    def words(self) -> str:
        return f"{FOR_ALL}, says {self.name}"


MARGARET = Newcomer("Margaret", "Riverside Police", COUNCIL, COUNCIL, helps="Jo")
PRIYA = Newcomer("Priya", "Riverside Hospitals Trust", HOSPITALS, HOSPITALS, helps="Aoife")
TOMASZ = Newcomer("Tomasz", "Young Carers Together", CHARITY, COUNCIL, helps="Sam")
THREE = (MARGARET, PRIYA, TOMASZ)
"""The host's own; one whose workspace has Between too; one whose workspace has not."""


@pytest.fixture
async def scene(tmp_path: Path) -> AsyncIterator[Stage]:
    """Five past nine on Thursday 26 November; the meeting is in a week."""
    async with playing(free_port(), tmp_path / "demo", CONNECTED, beating=False) as (pg, demo):
        assert demo.bot
        pg.world.ack_timeout_s = ACK_TIMEOUT_S
        hurry(demo.bot.deps.store)
        yield Stage(pg, demo.bot, demo.world.clock)


async def test_one_of_each_workspace_goes_through_all_of_it(scene: Stage) -> None:
    await they_join(scene)
    await scene.at("2026-11-27 09:05")
    for one in THREE:
        await checks_in(scene, one)
    for one in THREE:
        await helps(scene, one)
    await scene.at("2026-11-27 09:40")
    await they_are_introduced(scene)
    await scene.at("2026-12-02 10:05")
    digest = scene.shown(scene.digest())
    assert all(one.words in digest for one in THREE)
    assert FOR_ONE not in digest
    await only_who_has_commands_reads_of_them(scene)
    for one in THREE:
        await exports(scene, one)
        await leave_and_erase(scene, one.name, FOR_ONE)
    await nothing_is_left_of_them(scene)


async def they_join(stage: Stage) -> None:
    for one in THREE:
        await stage.join(one.name, one.organisation)
    for one in THREE:
        assert stage.person(one.name).user.team_id == one.team
        [welcome] = stage.dms(one.name)
        assert welcome.team_id == one.by
        assert f"You speak for {one.organisation}." in stage.shown(welcome)


async def checks_in(stage: Stage, one: Newcomer) -> None:
    assert f"Morning {one.name}. Young carers meets Thursday." in stage.dm(one.name)
    await stage.answer(one.name, **{f"For {one.organisation}": one.words, "For me": FOR_ONE})
    assert one.words in stage.dm(one.name)
    assert FOR_ONE not in stage.dm(one.name)


async def helps(stage: Stage, one: Newcomer) -> None:
    """With the ask of somebody in another workspace."""
    who = stage.person(one.name)
    await stage.press_more(one.name, "Open now")
    assert who.modal
    blocks = who.modal.blocks
    theirs = next(i for i, block in enumerate(blocks) if f"{one.helps} (" in str(block))
    button = next(each for each in blocks[theirs + 1]["elements"] if each["text"]["text"] == "I can help")
    await who.press_in_modal("I can help", button["value"])
    assert "You said you can help." in stage.modal(one.name)
    await who.close(everything=True)
    await stage.settle()


async def they_are_introduced(stage: Stage) -> None:
    """Each pair in one conversation, which no export of one workspace holds alone: the host's bot opens it."""
    for one in THREE:
        assert f"{one.name} ({one.organisation}) may have it" in stage.dm(one.helps)
        await stage.press(one.helps, "Introduce us")
        await stage.person(one.helps).close(everything=True)
    await stage.at("2026-11-27 12:00")
    several = [channel for channel in stage.pg.world.channels.values() if channel.is_mpim]
    ids = [{stage.person(name).id for name in (one.name, one.helps)} for one in THREE]
    assert sorted(map(sorted, ids)) == sorted(sorted(set(one.members) - {"U0BETWEEN"}) for one in several)
    for channel in several:
        [said] = channel.messages.values()
        assert "you both said yes" in stage.shown(said)


async def only_who_has_commands_reads_of_them(stage: Stage) -> None:
    for one in (MARGARET, PRIYA):
        await stage.person(one.name).command("/plate", where="young-carers")
        assert one.words in stage.modal(one.name)
        await stage.person(one.name).close(everything=True)
    with pytest.raises(PersonCannot):
        await stage.person("Tomasz").command("/plate", where="young-carers")
    shown = screens_of(stage, "Tomasz")
    assert not [one for one in shown if any(name in one for name in ("/plate", "/commit", "/between"))]


async def exports(stage: Stage, one: Newcomer) -> None:
    await stage.press_more(one.name, "Change my settings")
    await stage.person(one.name).press_in_modal("My data")
    assert await stage.person(one.name).submit() is None
    await stage.settle()
    await stage.person(one.name).close(everything=True)
    found = files(stage, one.name)
    assert set(found) == {"between-my-data.csv", "between-my-data.json"}
    assert all(one.words in read(file) and FOR_ONE not in read(file) for file in found.values())


async def nothing_is_left_of_them(stage: Stage) -> None:
    await stage.at("2026-12-02 12:00")
    store = stage.bot.deps.store
    names = {person.name for person in (await store.people.many(await store.index.people())).values()}
    assert names == {"Sam", "Jo", "Aoife", "Desmond", "Wei"}
    assert not [post for post in stage.posts() if FOR_ALL in stage.shown(post)]
    assert [stage.dms(one.name) for one in THREE] == [[], [], []]
