"""Margaret's account is closed, so no button is hers. She writes to whoever runs the server, and is erased."""

from __future__ import annotations

import pytest

from bot.domain.erasure import hold
from bot.erasing import erased, gone
from bot.storage import RedisStore
from tests.stage import Stage, also
from tests.stories.erasing import everything_in, ids, the_group
from tests.stories.holding import commit

FOR_ALL, FOR_HER = "Four cars are off the road.", "I sleep badly."
MADE = "Ring the garages"


@pytest.fixture
async def closed(stage: Stage) -> Stage:
    await stage.gather("Jo", "Margaret")
    await stage.at("2026-11-24 09:00")
    await commit(stage, "Margaret", MADE)
    await stage.at("2026-11-25 09:00")
    await stage.answer("Margaret", organisation=FOR_ALL, me=FOR_HER)
    await stage.at("2026-11-27 10:05")
    stage.pg.world.user("Margaret").deleted = True
    await stage.at("2026-11-28 12:00")
    return stage


async def test_who_is_in_no_group_any_more_is_listed_and_nobody_else(closed: Stage, store: RedisStore) -> None:
    her = (await ids(closed))["Margaret"]
    told = await gone(store)
    assert f"  {her}  Margaret, Riverside Police (Young carers; Slack account closed)" in told
    assert "Jo" not in told
    assert "between erase ID" in told


async def test_while_all_are_in_a_group_there_is_nobody_to_list(stage: Stage, store: RedisStore) -> None:
    await stage.gather("Jo")
    assert await gone(store) == "Everybody whose data is kept is in a group: they press Erase me themselves."


@pytest.mark.slow
async def test_nothing_of_her_is_left(closed: Stage, store: RedisStore) -> None:
    her = (await ids(closed))["Margaret"]
    said, done = await erased(store, her, left=False, now=closed.clock.now())
    assert (said, done) == (
        "Margaret is being erased from Young carers, by the bot that runs or the next that starts.",
        True,
    )
    await closed.at("2026-11-28 12:30")
    everything = str(await everything_in(store))
    assert [trace for trace in (her, FOR_ALL, FOR_HER, MADE, "'Margaret'") if trace in everything] == []
    posts = "\n".join(closed.shown(one) for one in closed.posts())
    assert FOR_ALL not in posts
    assert "Somebody who was in this group has had what they shared here erased." in posts
    assert closed.dms("Margaret") == []
    assert "Everybody whose data is kept is in a group" in await gone(store)


@pytest.mark.slow
async def test_while_no_bot_runs_nothing_is_erased_and_the_next_that_starts_does_it(
    closed: Stage, store: RedisStore
) -> None:
    her = (await ids(closed))["Margaret"]
    await erased(store, her, left=False, now=closed.clock.now())
    assert FOR_HER in str(await everything_in(store)), "none has looked yet"
    async with also(closed) as next_bot:
        await next_bot.at("2026-11-28 12:30")
    everything = str(await everything_in(store))
    assert [trace for trace in (her, FOR_ALL, FOR_HER, MADE) if trace in everything] == []


@pytest.mark.slow
async def test_what_she_leaves_stays_without_her_name(closed: Stage, store: RedisStore) -> None:
    her = (await ids(closed))["Margaret"]
    await erased(store, her, left=True, now=closed.clock.now())
    await closed.at("2026-11-28 12:30")
    (kept,) = (await store.commitments.all((await the_group(closed)).id)).values()
    assert kept.what == MADE
    assert her not in str(await everything_in(store))


async def test_under_a_legal_hold_she_is_hidden_and_whoever_asked_for_it_is_told(
    closed: Stage, store: RedisStore
) -> None:
    her, group = (await ids(closed))["Margaret"], await the_group(closed)
    await store.groups.change(group.id, lambda one: one and hold(one, closed.clock.now()))
    said, done = await erased(store, her, left=False, now=closed.clock.now())
    assert done
    assert "A legal hold stands on Young carers: there they are hidden, and erased when it is lifted." in said
    assert "Until then Between's messages to them about it stay" in said


async def test_nobody_is_erased_who_can_press_it_themselves(closed: Stage, store: RedisStore) -> None:
    jo = (await ids(closed))["Jo"]
    for id_, why in ((jo, "Jo is in a group"), ("nobody", "Nobody is kept by the id 'nobody'")):
        said, done = await erased(store, id_, left=False, now=closed.clock.now())
        assert not done
        assert why in said
    await closed.at("2026-11-28 12:30")
    assert jo in (await ids(closed)).values()


@pytest.mark.slow
async def test_asked_twice_she_is_erased_once(closed: Stage, store: RedisStore) -> None:
    her = (await ids(closed))["Margaret"]
    await erased(store, her, left=False, now=closed.clock.now())
    said, done = await erased(store, her, left=False, now=closed.clock.now())
    assert not done
    assert "being erased" in said
