"""Two writers on one record: both are heard."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from contextlib import suppress
from typing import Any

import msgspec
import pytest
from redis import Redis

from bot.domain.people import Leader
from bot.ports import StoreDown
from bot.storage import RedisStore
from bot.store import compare_and_set, schemas
from bot.store.codec import encode
from bot.store.compare_and_set import TRIES
from tests.master_keys import store_at
from tests.store.leaders import SAM, SAM_AT_THE_TRUST, noted, plate


def one_more(before: Leader | None) -> Leader:
    leader = before or SAM_AT_THE_TRUST
    return msgspec.structs.replace(leader, silent_rounds=leader.silent_rounds + 1)


async def count(store: RedisStore) -> int:
    leader = await store.leaders.get("g7", "sam")
    return leader.silent_rounds if leader else 0


async def together(*all_of_them: Coroutine[Any, Any, Any]) -> None:
    async with asyncio.TaskGroup() as group:
        for each in all_of_them:
            group.create_task(each)


async def test_a_hundred_counts_at_once_are_a_hundred(store: RedisStore) -> None:
    await together(*(store.leaders.change("g7", "sam", one_more) for _ in range(100)))
    assert await count(store) == 100


async def test_two_bots_counting_against_each_other_lose_none(store: RedisStore, redis_url: str) -> None:
    other = store_at(redis_url)

    async def fifty(bot: RedisStore) -> None:
        for _ in range(50):
            await bot.leaders.change("g7", "sam", one_more)

    await together(fifty(store), fifty(other))
    await other.close()
    assert await count(store) == 100


async def test_jo_and_amir_each_add_a_line_and_both_lines_stay(store: RedisStore, redis_url: str) -> None:
    other = store_at(redis_url)
    await together(
        store.commitments.change("g7", "c1", lambda before: noted("Jo: booked", before)),
        other.commitments.change("g7", "c1", lambda before: noted("Amir: can drive", before)),
    )
    await other.close()
    walk = await store.commitments.get("g7", "c1")
    assert walk is not None
    assert {line.note for line in walk.history} == {"Jo: booked", "Amir: can drive"}


async def test_two_who_decide_the_same_from_the_same_are_still_two(store: RedisStore, redis_url: str) -> None:
    """Equal records are not equal bytes: else the second writer would take the first's write for its own."""
    other = Redis.from_url(redis_url)
    overtaken = False

    def overtaken_once(before: Leader | None) -> Leader:
        nonlocal overtaken
        if not overtaken:
            overtaken = True
            other.hset("b:{g:g7}:leaders", "sam", encode(schemas.LEADER, one_more(before), "other"))
        return one_more(before)

    await store.leaders.change("g7", "sam", overtaken_once)
    other.close()
    assert await count(store) == 2


async def test_two_first_answers_at_once_do_not_hide_each_other(store: RedisStore) -> None:
    seen: list[bool] = []

    def mine(words: str) -> Callable[[Any], Any]:
        def decide(before: Any) -> Any:
            seen.append(before is None)
            return plate(words if before is None else before.organisation.text + words)

        return decide

    await together(*(store.plates.change("g7", "sam", mine(words), round="2026-W48") for words in ("a", "b")))
    both = await store.plates.get("g7", "sam", round="2026-W48")
    assert both is not None
    assert both.organisation is not None
    assert sorted(both.organisation.text) == ["a", "b"]


@pytest.mark.slow
async def test_somebody_who_never_gets_a_turn_is_told(
    store: RedisStore, redis_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However long so many turns take: whether that was too long is the next test's question."""
    monkeypatch.setattr(compare_and_set, "CHANGE_TIMEOUT_S", 3600)
    other = Redis.from_url(redis_url)
    turns = 0

    def always_second(before: Leader | None) -> Leader:
        nonlocal turns
        turns += 1
        other.hset("b:{g:g7}:leaders", "sam", encode(schemas.LEADER, one_more(before), "other"))
        return one_more(before)

    with pytest.raises(StoreDown, match="changed by others"):
        await store.leaders.change("g7", "sam", always_second)
    other.close()
    assert await count(store) == turns == TRIES


async def test_somebody_whose_turn_takes_too_long_is_told(
    store: RedisStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(compare_and_set, "CHANGE_TIMEOUT_S", 0)
    with pytest.raises(StoreDown, match=r"took too long to change .*leaders sam"):
        await store.leaders.change("g7", "sam", one_more)
    assert await store.leaders.all("g7") == {}


async def test_a_leader_who_stopped_waiting_leaves_no_words_for_the_next(store: RedisStore) -> None:
    """A cancelled call must not leave its answer on a line that somebody else is given."""
    for name in ("sam", "jo"):
        await store.people.change(name, lambda _, name=name: msgspec.structs.replace(SAM, id=name))  # type: ignore[misc]
    for turn in range(60):
        waiting = asyncio.get_running_loop().create_task(store.people.get("sam"))
        for _ in range(turn % 6):
            await asyncio.sleep(0)
        waiting.cancel()
        with suppress(asyncio.CancelledError):
            await waiting
        jo = await store.people.get("jo")
        assert jo is not None
        assert jo.id == "jo"
