"""A bot that dies as somebody objects: the next press, or the next look, finds what was objected to."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from msgspec.structs import replace

from bot.domain.absence import absent, taken_out
from bot.domain.groups import MessageRef
from bot.domain.people import AbsenceReason, Leader
from bot.ports import Deps
from bot.storage import RedisStore
from bot.usecases import absence, groups
from tests.members import as_leader
from tests.scheduler.dead_presses import each_death
from tests.scheduler.fortnight import JO, SAM, live_to
from tests.scheduler.postroom import Bot

pytestmark = pytest.mark.slow


async def test_an_objection_that_died_is_noted_by_the_next_press(store: RedisStore) -> None:
    async def press(deps: Deps, now: datetime) -> object:
        by = await as_leader(deps, SAM, "g7")
        return await groups.object_to(deps, by, next(iter(await deps.store.changes.all("g7"))), now)

    async for bot in each_death(store, press, ticking=False, before=moved_by_jo):
        await press(bot.deps, bot.clock.now())
        [change] = (await store.changes.all("g7")).values()
        group = await store.groups.get("g7")
        assert change.objected_by == "sam"
        assert group
        assert group.rhythm.moved == ()


async def test_the_panel_shows_what_an_objection_that_died_has_undone(store: RedisStore) -> None:
    async def press(deps: Deps, now: datetime) -> object:
        by = await as_leader(deps, SAM, "g7")
        return await groups.object_to(deps, by, next(iter(await deps.store.changes.all("g7"))), now)

    async def moved_and_shown(bot: Bot) -> None:
        panel = MessageRef(team_id="T1", channel="C1", ts="1.0")
        await store.groups.change("g7", lambda one: one and replace(one, panel=panel, panel_shows=one.settings))
        await moved_by_jo(bot)
        await live_to(bot, bot.clock.now() + timedelta(minutes=5))

    async for bot in each_death(store, press, ticking=False, before=moved_and_shown):
        await live_to(bot, bot.clock.now() + timedelta(minutes=5))
        group = await store.groups.get("g7")
        assert group
        assert group.panel_shows == group.settings


async def test_whoever_is_kept_by_an_objection_that_died_has_the_group_among_theirs(store: RedisStore) -> None:
    async def press(deps: Deps, now: datetime) -> object:
        return await absence.object_to(deps, await as_leader(deps, JO, "g7"), "sam", now)

    kept = 0
    async for bot in each_death(store, press, ticking=False, before=sam_taken_out):
        await live_to(bot, bot.clock.now() + timedelta(minutes=5))
        sam = await store.leaders.get("g7", "sam")
        assert sam
        assert not sam.in_group or await store.index.groups_of("sam") == ["g7"]
        kept += sam.in_group
    assert kept


async def sam_taken_out(bot: Bot) -> None:
    now = bot.clock.now()

    def gone(leader: Leader | None) -> Leader | None:
        return leader and taken_out(absent(leader, AbsenceReason.LEFT_SLACK, now), now, {})

    await bot.store.leaders.change("g7", "sam", gone)
    await bot.store.index.leave("sam", "g7")


async def moved_by_jo(bot: Bot) -> None:
    by = await as_leader(bot.deps, JO, "g7")
    await groups.move_meeting(bot.deps, by, date(2026, 12, 3), date(2026, 12, 4), "14:00", bot.clock.now())
