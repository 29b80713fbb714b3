"""Who somebody is, and where: put once, and the first stands."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from bot.domain.groups import Place
from bot.domain.people import SlackIdentity
from bot.storage import RedisStore
from tests.store.leaders import CHANNEL, NOW, SAM_IN_SLACK


async def test_sam_pressing_two_buttons_at_once_becomes_one_person(store: RedisStore) -> None:
    told = await asyncio.gather(*(store.index.put_person(SAM_IN_SLACK, f"p{n}") for n in range(20)))
    assert len(set(told)) == 1
    assert await store.index.person(SAM_IN_SLACK) == told[0]


async def test_the_same_user_id_in_another_workspace_is_somebody_else(store: RedisStore) -> None:
    await store.index.put_person(SAM_IN_SLACK, "sam")
    assert await store.index.person(SlackIdentity(team_id="T-COUNCIL", user_id="U-SAM")) is None


async def test_a_channel_holds_one_group(store: RedisStore) -> None:
    assert await store.index.group(CHANNEL) is None
    assert await store.index.put_group(CHANNEL, "g7") == "g7"
    assert await store.index.put_group(CHANNEL, "g8") == "g7"
    assert await store.index.group(CHANNEL) == "g7"
    assert await store.index.group(Place(team_id="T-OTHER", channel=CHANNEL.channel)) == "g7"


async def test_groups_come_in_the_order_sam_joined_them(store: RedisStore) -> None:
    await store.index.join("sam", "g9", NOW)
    await store.index.join("sam", "g1", NOW + timedelta(days=1))
    await store.index.join("sam", "g9", NOW + timedelta(days=2))
    assert await store.index.groups_of("sam") == ["g9", "g1"]


async def test_sam_who_left_and_came_back_joined_last(store: RedisStore) -> None:
    await store.index.join("sam", "g9", NOW)
    await store.index.join("sam", "g1", NOW + timedelta(days=1))
    await store.index.leave("sam", "g9")
    assert await store.index.groups_of("sam") == ["g1"]
    await store.index.join("sam", "g9", NOW + timedelta(days=2))
    assert await store.index.groups_of("sam") == ["g1", "g9"]


async def test_leaving_what_one_is_not_in_is_fine(store: RedisStore) -> None:
    await store.index.leave("sam", "g7")
    assert await store.index.groups_of("sam") == []


@pytest.mark.parametrize("odd", ["", "U}1", "U{1", "U 1", "U:1"])
async def test_an_id_that_would_bend_the_key_is_refused(store: RedisStore, odd: str) -> None:
    with pytest.raises(ValueError, match="can't be part of a key"):
        await store.index.put_person(SlackIdentity(team_id="T1", user_id=odd), "sam")


async def test_a_group_that_sam_left_is_among_those_sam_was_ever_in(store: RedisStore) -> None:
    for group in ("g9", "g1"):
        await store.index.join("sam", group, NOW)
    await store.index.leave("sam", "g9")
    assert await store.index.groups_of("sam") == ["g1"]
    assert await store.index.groups_ever("sam") == ["g1", "g9"]
    assert await store.index.groups_ever("jo") == []


async def test_everybody_who_pressed_is_among_all_people_once(store: RedisStore) -> None:
    assert await store.index.people() == []
    for _ in range(2):
        await store.index.put_person(SAM_IN_SLACK, "sam")
        await store.index.join("jo", "g1", NOW)
    assert await store.index.people() == ["jo", "sam"]


async def test_a_group_is_among_all_groups_once_it_is_listed(store: RedisStore) -> None:
    await store.index.put_group(CHANNEL, "g7")
    assert not await store.index.lists("g7")
    for _ in range(2):
        await store.index.list_group("g7")
    assert await store.index.lists("g7")
    assert await store.index.groups() == ["g7"]


async def test_sam_whom_an_older_version_joined_was_in_that_group(store: RedisStore) -> None:
    await store.connection.client.zadd("b:{p:sam}:groups", {"g7": NOW.timestamp()})
    assert await store.index.groups_ever("sam") == ["g7"]


async def test_the_groups_of_many_are_found_together(store: RedisStore) -> None:
    assert await store.index.groups_of_all([]) == {}
    for person, group in (("sam", "g9"), ("sam", "g1"), ("jo", "g1")):
        await store.index.join(person, group, NOW)
    found = await store.index.groups_of_all(["sam", "amir", "jo"])
    assert found == {"sam": ["g1", "g9"], "amir": [], "jo": ["g1"]}
