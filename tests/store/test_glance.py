"""A glance asks once for what many want to know, and never believes what it read before a write of its own."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

import pytest

from bot.ports import BadRecord, StoreDown
from bot.storage import RedisStore
from tests.store.leaders import CHANNEL, JO, NOW, SAM, SAM_AT_THE_TRUST, SAM_IN_SLACK, WALK, plate
from tests.store.packets import WEEK, Packets


async def turns(count: int = 5) -> None:
    for _ in range(count):
        await asyncio.sleep(0)


def task(call: Coroutine[Any, Any, Any]) -> asyncio.Task[Any]:
    return asyncio.get_running_loop().create_task(call)


async def test_many_who_want_to_know_the_same_ask_once(store: RedisStore, sent: Packets) -> None:
    glance = store.glance()
    assert await asyncio.gather(*(glance.people.get("sam") for _ in range(20))) == [SAM] * 20
    assert await glance.people.get("sam") == SAM
    assert await glance.people.get("nobody") is None
    assert await glance.people.get("nobody") is None
    assert sent.sent == [[("HGET", "b:{p:sam}:person", "record")], [("HGET", "b:{p:nobody}:person", "record")]]


async def test_whoever_comes_while_it_is_asked_waits_along(store: RedisStore, sent: Packets) -> None:
    glance = store.glance()
    sent.open.clear()
    first = task(glance.people.get("sam"))
    await turns()
    second = task(glance.people.get("sam"))
    await turns()
    sent.open.set()
    assert await asyncio.gather(first, second) == [SAM, SAM]
    assert len(sent.sent) == 1


async def test_what_is_asked_in_one_turn_goes_in_one_packet_and_fields_of_a_hash_as_one(
    store: RedisStore, sent: Packets
) -> None:
    glance = store.glance()
    told = await asyncio.gather(
        glance.plates.get("g7", "sam", round=WEEK),
        glance.index.person(SAM_IN_SLACK),
        glance.plates.get("g7", "jo", round=WEEK),
        glance.plates.get("g7", "amir", round=WEEK),
        glance.leaders.all("g7"),
    )
    assert told[:4] == [plate("words"), "sam", plate("words"), None]
    (packet,) = sent.sent
    assert ("HMGET", f"b:{{g:g7}}:plates:{WEEK}", "sam", "jo", "amir") in packet
    assert len(packet) == 3


async def test_many_asks_only_for_those_it_does_not_know(store: RedisStore, sent: Packets) -> None:
    glance = store.glance()
    await glance.people.get("sam")
    assert await glance.people.many(["sam", "jo", "nobody"]) == {"sam": SAM, "jo": JO}
    assert [command[1] for command in sent.sent[1]] == ["b:{p:jo}:person", "b:{p:nobody}:person"]
    assert await glance.people.many(["jo", "sam"]) == {"jo": JO, "sam": SAM}
    assert len(sent.sent) == 2


async def test_one_leader_is_known_from_all_of_them(store: RedisStore, sent: Packets) -> None:
    glance = store.glance()
    leaders = await glance.leaders.all("g7")
    assert await glance.leaders.get("g7", "sam") == leaders["sam"]
    assert await glance.leaders.get("g7", "amir") is None
    assert await glance.leaders.all("g7") == leaders
    assert len(sent.sent) == 1


async def test_whoever_empties_what_they_got_takes_it_from_nobody_else(store: RedisStore, sent: Packets) -> None:
    glance = store.glance()
    (await glance.leaders.all("g7")).clear()
    (await glance.people.many(["sam"])).clear()
    await glance.index.join("sam", "g7", NOW)
    (await glance.index.groups_of("sam")).clear()
    assert list(await glance.leaders.all("g7")) == ["jo", "sam"]
    assert await glance.people.many(["sam"]) == {"sam": SAM}
    assert await glance.index.groups_of("sam") == ["g7"]


WRITES: dict[str, Callable[[Any], Coroutine[Any, Any, Any]]] = {
    "change": lambda glance: glance.commitments.change("g7", "c1", lambda _: WALK),
    "a change of nothing": lambda glance: glance.people.change("jo", lambda there: there),
    "drop": lambda glance: glance.plates.drop("g7", round="2026-W01"),
    "put_person": lambda glance: glance.index.put_person(SAM_IN_SLACK, "sam"),
    "put_group": lambda glance: glance.index.put_group(CHANNEL, "g7"),
    "join": lambda glance: glance.index.join("sam", "g7", NOW),
    "leave": lambda glance: glance.index.leave("sam", "g9"),
}


@pytest.mark.parametrize("write", WRITES.values(), ids=WRITES.keys())
async def test_after_a_write_of_its_own_everything_is_read_anew(
    store: RedisStore, write: Callable[[Any], Coroutine[Any, Any, Any]]
) -> None:
    glance = store.glance()
    await store.people.change("jo", lambda _: JO)
    assert await glance.people.get("sam") is None
    assert await glance.leaders.all("g7") == {}
    await store.people.change("sam", lambda _: SAM)
    await store.leaders.change("g7", "sam", lambda _: SAM_AT_THE_TRUST)
    assert await glance.people.get("sam") is None
    await write(glance)
    assert await glance.people.get("sam") == SAM
    assert await glance.leaders.get("g7", "sam") == SAM_AT_THE_TRUST


async def test_what_was_read_while_a_write_was_under_way_is_not_believed_after_it(
    store: RedisStore, sent: Packets
) -> None:
    glance = store.glance()
    sent.open.clear()
    writing = task(glance.commitments.change("g7", "c1", lambda _: WALK))
    await turns()
    reading = task(glance.commitments.get("g7", "c1"))
    await turns()
    sent.open.set()
    assert (await asyncio.gather(writing, reading))[0] == WALK
    assert await glance.commitments.get("g7", "c1") == WALK


async def test_a_change_that_fails_forgets_too(store: RedisStore, sent: Packets) -> None:
    glance = store.glance()
    assert await glance.people.get("sam") == SAM

    def no(_: object) -> None:
        raise ValueError("not today")

    with pytest.raises(ValueError, match="not today"):
        await glance.people.change("jo", no)
    await store.people.change("sam", lambda _: JO)
    assert await glance.people.get("sam") == JO


async def test_a_failure_is_told_to_all_who_waited_and_not_remembered(store: RedisStore, sent: Packets) -> None:
    glance = store.glance()
    sent.fault = StoreDown("gone")
    told = await asyncio.gather(*(glance.people.get("sam") for _ in range(3)), return_exceptions=True)
    assert [str(each) for each in told] == ["gone"] * 3
    assert len(sent.sent) == 1
    sent.fault = None
    assert await glance.people.get("sam") == SAM


async def test_what_is_damaged_fails_only_those_who_need_it(store: RedisStore, sent: Packets) -> None:
    await store.connection.client.hset("b:{p:jo}:person", "record", "{broken")
    await store.connection.client.set("b:{g:g7}:rounds", "somebody else's")
    glance = store.glance()
    jo, rounds, sam = await asyncio.gather(
        glance.people.get("jo"), glance.rounds.all("g7"), glance.people.get("sam"), return_exceptions=True
    )
    assert sam == SAM
    assert isinstance(jo, BadRecord)
    assert str(rounds).startswith("b:{g:g7}:rounds holds something that Between did not write")
    assert len(sent.sent) == 1


@pytest.mark.parametrize("wait", range(6))
async def test_whoever_is_stopped_the_others_are_answered(store: RedisStore, sent: Packets, wait: int) -> None:
    for stopped in range(4):
        glance = store.glance()
        asked = ("sam", "sam", "jo", "sam")
        tasks = [task(glance.people.get(name)) for name in asked]
        await turns(wait)
        tasks[stopped].cancel()
        told = await asyncio.gather(*tasks, return_exceptions=True)
        rest = [name for number, name in enumerate(asked) if number != stopped]
        assert [one.id for number, one in enumerate(told) if number != stopped] == rest
        assert await glance.people.many(["sam", "jo"]) == {"sam": SAM, "jo": JO}


async def test_everybody_stopped_leaves_nothing_that_waits(store: RedisStore, sent: Packets) -> None:
    glance = store.glance()
    sent.open.clear()
    tasks = [task(glance.people.get("sam")) for _ in range(3)]
    await turns()
    for one in tasks:
        one.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    sent.open.set()
    assert await glance.people.get("sam") == SAM


async def test_a_glance_at_a_glance_is_a_new_one(store: RedisStore, sent: Packets) -> None:
    """For whoever has waited for Slack meanwhile."""
    first = store.glance()
    await first.people.get("sam")
    await store.people.change("sam", lambda _: JO)
    assert await first.people.get("sam") == SAM
    assert await first.glance().people.get("sam") == JO
