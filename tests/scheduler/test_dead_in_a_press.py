"""A bot dies at any call of a press: what was saved brings what was promised, though nobody presses again."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, datetime, timedelta

import pytest
from msgspec.structs import replace

from bot.domain.about import About
from bot.domain.checkins import CheckInState
from bot.domain.installation import Installation
from bot.domain.people import SlackIdentity
from bot.ports import Deps
from bot.storage import RedisStore
from bot.usecases import checkin, groups, installation, people
from bot.usecases.installation_upkeep import look_after_installations
from tests.members import as_leader
from tests.scheduler.dead_presses import MORNING, each_death, on_monday
from tests.scheduler.fortnight import ROUND, SAM, live, live_to
from tests.scheduler.postroom import Bot, DeathAt, Killed, doomed

pytestmark = pytest.mark.slow

AMIR = SlackIdentity(team_id="T1", user_id="U-amir")
ABOUT = About(name="Amir", organisation="Fire", zone="Europe/London", nation="GB", hour="09:00")


@pytest.fixture
async def monday(store: RedisStore) -> Bot:
    return await on_monday(store)


@pytest.mark.parametrize("ticking", [False, True], ids=["alone", "beside another bot"])
async def test_later_today_comes_if_it_was_saved(store: RedisStore, ticking: bool) -> None:
    async def press(deps: Deps, now: datetime) -> object:
        return await checkin.remind_later(deps, await as_leader(deps, SAM, "g7"), ROUND, now)

    came = 0
    async for bot in each_death(store, press, ticking=ticking):
        there = await bot.store.checkins.get("g7", "sam", round=ROUND)
        await live_to(bot, bot.clock.now() + timedelta(hours=8))
        if there and there.state is CheckInState.REMIND_LATER:
            came += 1
            assert [at for at, text in bot.slack.to("sam") if "later" in text] == [there.ask_again_at]
    assert came > 1


@pytest.mark.parametrize("ticking", [False, True], ids=["alone", "beside another bot"])
async def test_a_meeting_that_moved_is_announced_once_and_one_that_did_not_is_not(
    store: RedisStore, ticking: bool
) -> None:
    async def press(deps: Deps, now: datetime) -> object:
        return await groups.move_meeting(
            deps, await as_leader(deps, SAM, "g7"), date(2026, 12, 3), date(2026, 12, 4), "14:00", now
        )

    moved = 0
    async for bot in each_death(store, press, ticking=ticking):
        await live_to(bot, bot.clock.now() + timedelta(minutes=5))
        group = await bot.store.groups.get("g7")
        assert group
        told = [text for text in bot.slack.texts if "moves to" in text]
        assert len(told) == len(group.rhythm.moved)
        moved += len(told)
    assert moved > 1


async def test_who_loses_a_workspace_is_owed_a_word_though_the_bot_that_heard_of_it_died(store: RedisStore) -> None:
    async def press(deps: Deps, now: datetime) -> object:
        return await installation.left_workspace(deps, "E1", "T2", now)

    left = 0
    async for bot in each_death(store, press, ticking=False, before=jo_of_a_county):
        county = await store.installations.get("E1")
        assert county
        await look_after_installations(bot.deps, bot.clock.now())
        jo = await store.leaders.get("g7", "jo")
        assert jo
        assert bool(jo.unserved_since) is ("T2" not in county.teams)
        left += bool(jo.unserved_since)
    assert left > 1


async def jo_of_a_county(bot: Bot) -> None:
    """Between speaks with Jo by her county's installation, and in the channel by another."""
    one = Installation(key="T1", name="Wye", bot_id="B1", bot_user_id="U1", installed_at=bot.clock.now())
    county = replace(one, key="E1", name="County", org_wide=True, teams=("T2", "T3"))
    for each in (one, county):
        await bot.store.installations.change(each.key, lambda _, each=each: each)
    hers = SlackIdentity(team_id="T2", user_id="U-jo")
    await bot.store.people.change("jo", lambda jo: jo and replace(jo, identities=(*jo.identities, hers)))


async def test_a_meeting_moved_again_after_a_death_is_announced_once(monday: Bot) -> None:
    async def press(deps: Deps) -> object:
        now = monday.clock.now()
        return await groups.move_meeting(
            deps, await as_leader(deps, SAM, "g7"), date(2026, 12, 3), date(2026, 12, 4), "14:00", now
        )

    with suppress(Killed):
        await press(doomed(monday, DeathAt("look_at", 2)).deps)
    await press(monday.deps)
    await live_to(monday, MORNING + timedelta(minutes=5))
    assert len([text for text in monday.slack.texts if "moves to" in text]) == 1


@pytest.mark.parametrize("ticking", [False, True], ids=["alone", "beside another bot"])
async def test_who_has_joined_is_welcomed_once_and_found_again(store: RedisStore, ticking: bool) -> None:
    async def press(deps: Deps, now: datetime) -> object:
        return await people.join(deps, AMIR, "T1", "g7", ABOUT, now)

    joined = 0
    async for bot in each_death(store, press, ticking=ticking):
        await live_to(bot, bot.clock.now() + timedelta(minutes=5))
        id_ = await bot.store.index.person(AMIR)
        there = await bot.store.leaders.get("g7", id_) if id_ else None
        assert len(bot.slack.to("amir")) == bool(there)
        assert await bot.store.index.groups_of(id_ or "nobody") == ["g7"] * bool(there)
        joined += bool(there)
    assert joined > 1


@pytest.mark.parametrize("ticking", [False, True], ids=["alone", "beside another bot"])
async def test_who_has_left_is_announced_once_and_the_role_is_open(store: RedisStore, ticking: bool) -> None:
    async def press(deps: Deps, now: datetime) -> object:
        return await people.leave(deps, await as_leader(deps, SAM, "g7"), now)

    left = 0
    async for bot in each_death(store, press, ticking=ticking):
        await live_to(bot, bot.clock.now() + timedelta(minutes=5))
        there, group = await bot.store.leaders.get("g7", "sam"), await bot.store.groups.get("g7")
        assert there
        assert group
        told = [text for text in bot.slack.texts if "has left the group" in text]
        assert len(told) == (not there.in_group)
        assert there.in_group or group.convenor is None
        left += len(told)
    assert left > 1


async def test_two_presses_of_join_at_once_are_one_joining(monday: Bot) -> None:
    """The second is a second later, and had looked before the first was saved."""
    change = monday.store.leaders.change

    async def slow(*args: object, **more: object) -> object:
        monday.store.leaders.change = change  # type: ignore[method-assign]
        monday.clock.move_by(timedelta(seconds=1))
        await people.join(monday.deps, AMIR, "T1", "g7", ABOUT, monday.clock.now())
        return await change(*args, **more)  # type: ignore[arg-type]

    monday.store.leaders.change = slow  # type: ignore[method-assign, assignment]
    await people.join(monday.deps, AMIR, "T1", "g7", ABOUT, monday.clock.now())
    await live_to(monday, MORNING + timedelta(minutes=5))
    assert len(monday.slack.to("amir")) == 1


async def test_a_press_that_slept_for_an_hour_is_announced_all_the_same(monday: Bot) -> None:
    """By then its announcement had been dropped, since no group held the change."""
    change = monday.store.groups.change

    async def slow(*args: object, **more: object) -> object:
        await live_to(monday, MORNING + timedelta(hours=1))
        return await change(*args, **more)  # type: ignore[arg-type]

    monday.store.groups.change = slow  # type: ignore[method-assign, assignment]
    await groups.move_meeting(
        monday.deps, await as_leader(monday.deps, SAM, "g7"), date(2026, 12, 3), date(2026, 12, 4), "14:00", MORNING
    )
    await monday.tick()
    assert len([text for text in monday.slack.texts if "moves to" in text]) == 1


async def test_a_change_waits_for_the_group_to_hold_it(monday: Bot) -> None:
    """Another bot is so quick that it takes the announcement up before the change is saved."""
    change, told = monday.store.groups.change, []

    async def slow(*args: object, **more: object) -> object:
        await monday.tick()
        told.extend(monday.slack.texts)
        return await change(*args, **more)  # type: ignore[arg-type]

    monday.store.groups.change = slow  # type: ignore[method-assign, assignment]
    before = len(monday.slack.posted)
    sam, now = await as_leader(monday.deps, SAM, "g7"), monday.clock.now()
    await groups.move_meeting(monday.deps, sam, date(2026, 12, 3), date(2026, 12, 4), "14:00", now)
    assert len(told) == before
    await live(monday, MORNING + timedelta(minutes=1))
    assert len([text for text in monday.slack.texts if "moves to" in text]) == 1


async def test_whoever_slack_calls_otherwise_is_written_to_by_that_id_after_their_next_press(
    store: RedisStore,
) -> None:
    now_called = SlackIdentity(team_id="T1", user_id="W-sam")

    async def press(deps: Deps, _: datetime) -> object:
        if await deps.store.index.person(now_called):
            return None
        return await people.known_again(deps, now_called, [SAM])

    async for bot in each_death(store, press, ticking=False):
        await press(bot.deps, bot.clock.now())
        assert await store.index.person(now_called) == "sam"
        sam = await store.people.get("sam")
        assert sam
        assert sam.reach.user_id == "W-sam"
        assert sam.renumbered == (SAM.key,)
