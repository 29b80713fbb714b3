"""All groups, all people, and every group somebody was ever in: known without looking through the whole store."""

from __future__ import annotations

from datetime import timedelta

from bot.storage import RedisStore
from bot.store import keys
from bot.usecases import people
from scheduler.due import plan_group
from tests.usecases.conftest import MONDAY, House

TUESDAY = MONDAY + timedelta(days=1)


async def listed(house: House) -> tuple[list[str], set[str], dict[str, list[str]]]:
    """All groups, all people by name, and the groups each was ever in."""
    index, store = house.deps.store.index, house.deps.store
    found = await store.people.many(await index.people())
    ever = {one.name: await index.groups_ever(id_) for id_, one in found.items()}
    return await index.groups(), {one.name for one in found.values()}, ever


async def test_who_set_a_group_up_who_joined_it_and_who_left_are_all_known(house: House) -> None:
    await people.leave(house.deps, await house.member("Jo"), TUESDAY)
    mine = [house.group_id]
    assert await listed(house) == (mine, {"Sam", "Jo"}, {"Sam": mine, "Jo": mine})


async def test_a_look_at_a_group_of_an_older_version_lists_it_and_all_who_were_ever_in_it(
    house: House, store: RedisStore
) -> None:
    await people.leave(house.deps, await house.member("Jo"), TUESDAY)
    before = await listed(house)
    await forget(store)
    assert (await listed(house))[:2] == ([], set())
    for _ in range(2):
        await plan_group(house.group_id, house.deps, TUESDAY)
    assert await listed(house) == before


async def test_a_look_that_died_half_way_is_taken_up_by_the_next(house: House, store: RedisStore) -> None:
    before = await listed(house)
    await forget(store)
    await store.index.was_in((await house.snapshot()).group.set_up_by, house.group_id)
    await plan_group(house.group_id, house.deps, TUESDAY)
    assert await listed(house) == before


async def forget(store: RedisStore) -> None:
    """As the store was before there were such lists."""
    ids = await store.index.people()
    client = store.connection.client
    await client.delete(keys.everything("groups"))
    await client.delete(keys.everything("people"))
    for id_ in ids:
        await client.delete(keys.of_person(id_, "groups_ever"))
