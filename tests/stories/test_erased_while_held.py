"""Jo is in two groups, and a legal hold stands on one: what she is told, and which of our messages to her stay."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bot.domain.erasure import hashed
from bot.domain.snapshot import Section
from bot.holding import held
from bot.storage import RedisStore
from bot.store.erasures import ErasureFile
from bot.usecases import erasure
from scheduler import erased
from tests.stage import Stage
from tests.stories.erasing import everything_in, ids
from tests.stories.test_my_data import send_files, settings_of
from tests.stories.test_second_group import FLOODS, opens_set_up


@pytest.fixture
async def two(stage: Stage, store: RedisStore) -> Stage:
    """Young carers, and Floods, on which a hold stands; she has read a welcome and been asked in either, and been
    sent her data."""
    await stage.gather("Jo", "Amir")
    await opens_set_up(stage, "Sam")
    assert await stage.send("Sam", FLOODS) is None
    await stage.person("Jo").press(stage.posts("general")[-1], "Join")
    assert await stage.send("Jo", {}) is None
    await stage.at("2026-11-25 09:10")
    await send_files(stage, "Jo")
    await stage.person("Jo").close(everything=True)
    said, done = await held(store, "Floods", lift=False, now=stage.clock.now())
    assert done, said
    await stage.at("2026-11-25 12:00")
    return stage


def of(stage: Stage, group: str) -> list[str]:
    return [shown for shown in map(stage.shown, stage.dms("Jo")) if group in shown]


def about(stage: Stage, group: str) -> list[str]:
    """But for what brought her files: it bears the name of one of the two, and speaks of both."""
    return [one for one in of(stage, group) if "what I keep of you" not in one]


def files(stage: Stage) -> list[str]:
    return [one["title"] for message in stage.dms("Jo") for one in message.more.get("files", ())]


@pytest.mark.slow
async def test_the_messages_of_the_other_group_are_deleted_and_those_of_the_held_one_when_it_is_lifted(
    two: Stage, store: RedisStore
) -> None:
    jo, kept = (await ids(two))["Jo"], of(two, "Floods")
    assert kept
    assert of(two, "Young carers")
    await settings_of(two, "Jo", "Erase me")
    before = two.modal("Jo")
    assert await two.person("Jo").submit() is None
    for said in (before, two.modal("Jo")):
        assert "A legal hold stands on Floods: there your words are hidden from everybody at once" in said
        assert "Until then my messages to you about it stay" in said
    await two.at("2026-11-25 12:30")
    assert of(two, "Floods") == kept
    assert about(two, "Young carers") == []
    assert files(two), "what speaks of both stays"
    assert await store.people.get(jo), "and is to be deleted yet"
    await held(store, "Floods", lift=True, now=two.clock.now())
    await two.at("2026-11-25 13:00")
    assert two.dms("Jo") == []
    assert jo not in str(await everything_in(store))


@pytest.mark.slow
async def test_while_the_hold_stands_neither_group_is_looked_at_again_for_her(
    two: Stage, store: RedisStore
) -> None:
    """It may stand for years."""
    await settings_of(two, "Jo", "Erase me")
    assert await two.person("Jo").submit() is None
    await two.at("2026-11-25 12:30")
    for id_ in await store.index.groups():
        assert not await looks_within_minutes(two, id_)


async def looks_within_minutes(stage: Stage, group_id: str) -> bool:
    snapshot = await stage.bot.deps.store.snapshots.group(group_id, Section.NOTHING)
    assert snapshot
    return [*erased.due(snapshot, stage.clock.now())] != []


@pytest.mark.slow
async def test_where_the_hold_moves_to_the_other_group_the_rest_is_deleted_as_each_ends(
    two: Stage, store: RedisStore
) -> None:
    jo = (await ids(two))["Jo"]
    await settings_of(two, "Jo", "Erase me")
    assert await two.person("Jo").submit() is None
    await two.at("2026-11-25 12:30")
    await held(store, "Young carers", lift=False, now=two.clock.now())
    await two.at("2026-11-25 13:00")
    assert of(two, "Floods"), "both are held"
    await held(store, "Floods", lift=True, now=two.clock.now())
    await two.at("2026-11-25 13:30")
    assert about(two, "Floods") == []
    assert files(two)
    await held(store, "Young carers", lift=True, now=two.clock.now())
    await two.at("2026-11-25 14:00")
    assert two.dms("Jo") == []
    assert jo not in str(await everything_in(store))


@pytest.mark.slow
async def test_a_start_meanwhile_finds_nobody_to_erase_again(two: Stage, tmp_path: Path) -> None:
    """She is being erased: no backup brought her back."""
    jo, now = (await ids(two))["Jo"], two.clock.now()
    await settings_of(two, "Jo", "Erase me")
    assert await two.person("Jo").submit() is None
    await two.at("2026-11-25 12:30")
    known = ErasureFile(tmp_path / "data-erasures.txt")
    await known.note(hashed(jo), left=False, at=now)
    assert await erasure.erase_again(replace(two.bot.deps, erasures=known), now) == 0
