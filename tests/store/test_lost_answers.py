"""The line breaks after Redis did as asked, before we heard so: nothing is done twice or claimed falsely."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import msgspec
import pytest
from redis import Redis

from bot.domain.people import Leader
from bot.ports import StoreDown
from bot.storage import RedisStore
from bot.store import schemas
from bot.store.codec import encode
from bot.store.record_key import RecordKey
from tests.master_keys import store_at
from tests.store.leaders import NOW, SAM_AT_THE_TRUST, SAM_IN_SLACK, WALK, noted
from tests.store.wire import Wire, wire


@pytest.fixture
async def shaky(store: RedisStore, redis_url: str, tmp_path: Path) -> AsyncIterator[tuple[Wire, RedisStore]]:
    """A second bot whose line can break; `store` sees what really happened."""
    async with wire(redis_url.removeprefix("unix://"), tmp_path) as (line, url):
        bot = store_at(url)
        await bot.people.get("sam")  # the greetings are said, and the script is known
        await bot.commitments.change("g0", "warm", lambda _: WALK)
        await bot.keyring.encode(
            schemas.COMMITMENT, WALK, RecordKey("b:{g:g7}:commitments", "c1")
        )  # g7 has its key
        yield line, bot
        await bot.close()


def one_more(before: Leader | None) -> Leader:
    leader = before or SAM_AT_THE_TRUST
    return msgspec.structs.replace(leader, silent_rounds=leader.silent_rounds + 1)


async def test_a_count_whose_answer_was_lost_counts_once(store: RedisStore, shaky: tuple[Wire, RedisStore]) -> None:
    line, bot = shaky
    line.lose_answer_to(b"EVALSHA")
    told = await bot.leaders.change("g7", "sam", one_more)
    assert line.lost == 1
    assert told == await store.leaders.get("g7", "sam") == one_more(None)


async def test_an_erasure_whose_answer_was_lost_is_known_to_be_done(
    store: RedisStore, shaky: tuple[Wire, RedisStore]
) -> None:
    line, bot = shaky
    await store.leaders.change("g7", "sam", one_more)
    line.lose_answer_to(b"EVALSHA")
    assert await bot.leaders.change("g7", "sam", lambda _: None) is None
    assert await store.leaders.get("g7", "sam") is None


async def test_when_it_can_not_be_known_sam_is_not_told_that_it_was_saved(
    store: RedisStore, redis_url: str, shaky: tuple[Wire, RedisStore]
) -> None:
    """Ours went in, its answer was lost, and somebody wrote over it before we could look."""
    line, bot = shaky
    other = Redis.from_url(redis_url)

    line.lose_answer_to(b"EVALSHA")
    line.when_lost = lambda: other.hset(
        "b:{g:g7}:commitments", "c1", encode(schemas.COMMITMENT, noted("Amir", None), "his")
    )
    with pytest.raises(StoreDown, match="ours may not be saved"):
        await bot.commitments.change("g7", "c1", lambda before: noted("Jo", before))
    other.close()


async def test_a_line_that_breaks_again_and_again_is_given_up(
    store: RedisStore, shaky: tuple[Wire, RedisStore]
) -> None:
    line, bot = shaky
    line.lose_answer_to(b"EVALSHA", times=99)
    with pytest.raises(StoreDown, match="is it running"):
        await bot.leaders.change("g7", "sam", one_more)
    assert line.lost == 2


async def test_a_lost_answer_to_a_question_is_not_asked_again_behind_our_back(
    shaky: tuple[Wire, RedisStore],
) -> None:
    line, bot = shaky
    line.lose_answer_to(b"HGET")
    with pytest.raises(StoreDown):
        await bot.people.get("sam")
    assert line.lost == 1
    assert await bot.people.get("sam") is None


async def test_the_index_may_be_told_twice(shaky: tuple[Wire, RedisStore]) -> None:
    line, bot = shaky
    line.lose_answer_to(b"SET")
    with pytest.raises(StoreDown):
        await bot.index.put_person(SAM_IN_SLACK, "sam")
    assert await bot.index.put_person(SAM_IN_SLACK, "another") == "sam"
    line.lose_answer_to(b"ZADD")
    with pytest.raises(StoreDown):
        await bot.index.join("sam", "g7", NOW)
    await bot.index.join("sam", "g7", NOW)
    assert await bot.index.groups_of("sam") == ["g7"]
