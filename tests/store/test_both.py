"""Sam's words, and that he has answered, are written as one where nobody wrote in between; else in that order."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from msgspec.structs import replace
from redis import Redis

from bot.domain.checkins import CheckIn, CheckInState
from bot.domain.plate import Plate
from bot.domain.snapshot import Section
from bot.ports import StoreDown
from bot.storage import RedisStore
from bot.store.compare_and_set import Versions
from bot.store.record_key import RecordKey
from tests.master_keys import store_at
from tests.store.leaders import CARERS, SAM_IN_SLACK, plate
from tests.store.packets import WEEK, Packets
from tests.store.wire import Wire, wire

WORDS = plate("Beds")
WAITING = CheckIn(person_id="sam", round=WEEK)
ANSWERED = replace(WAITING, state=CheckInState.ANSWERED)


@pytest.fixture
async def asked(store: RedisStore) -> RedisStore:
    """Sam was asked, and has said nothing yet."""
    await store.groups.change("g7", lambda _: CARERS)
    await store.index.put_person(SAM_IN_SLACK, "sam")
    await store.checkins.change("g7", "sam", lambda _: WAITING, round=WEEK)
    await store.plates.change("g7", "jo", lambda _: replace(WORDS, person_id="jo"), round=WEEK)
    # Sam's own key is there, as after any first answer of his.
    await store.plates.change("g7", "sam", lambda _: WORDS, round="2026-W40")
    return store


async def seen_by(store: RedisStore) -> Versions:
    """What Sam's press loads."""
    snapshot = await store.snapshots.load("g7", Section.OWN, who=SAM_IN_SLACK, round=WEEK)
    assert snapshot is not None
    versions: Versions = snapshot.versions
    return versions


async def answer(store: RedisStore, seen: Versions) -> tuple[Plate | None, CheckIn | None]:
    return await store.change_both(
        store.plates.to_change("g7", "sam", lambda before: before or WORDS, round=WEEK),
        store.checkins.to_change("g7", "sam", lambda _: ANSWERED, round=WEEK),
        seen=seen,
    )


async def stands(store: RedisStore) -> tuple[Plate | None, CheckIn | None]:
    return (
        await store.plates.get("g7", "sam", round=WEEK),
        await store.checkins.get("g7", "sam", round=WEEK),
    )


async def test_one_packet_holds_both(asked: RedisStore, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = await seen_by(asked)
    packets = Packets(asked, monkeypatch)
    assert await answer(asked, seen) == (WORDS, ANSWERED)
    assert [[command[0] for command in packet] for packet in packets.sent] in (
        [["EVALSHA"]],
        [["EVALSHA"], ["EVAL"]],
    )
    assert await stands(asked) == (WORDS, ANSWERED)


async def test_where_another_wrote_the_words_meanwhile_theirs_are_built_upon(asked: RedisStore) -> None:
    seen, theirs = await seen_by(asked), plate("From his phone")
    await asked.plates.change("g7", "sam", lambda _: theirs, round=WEEK)
    assert await answer(asked, seen) == (theirs, ANSWERED)
    assert await stands(asked) == (theirs, ANSWERED)


async def test_where_another_changed_only_the_second_neither_is_written_by_what_was_seen(asked: RedisStore) -> None:
    seen, noted = await seen_by(asked), replace(WAITING, state=CheckInState.SKIPPED)
    await asked.checkins.change("g7", "sam", lambda _: noted, round=WEEK)
    said: list[CheckIn | None] = []

    def decide(before: CheckIn | None) -> CheckIn:
        said.append(before)
        return ANSWERED

    await asked.change_both(
        asked.plates.to_change("g7", "sam", lambda before: before or WORDS, round=WEEK),
        asked.checkins.to_change("g7", "sam", decide, round=WEEK),
        seen=seen,
    )
    assert said[0] == WAITING
    assert said[-1] == noted
    assert await stands(asked) == (WORDS, ANSWERED)


async def test_words_said_again_where_he_has_answered_already_leave_the_second_as_it_is(asked: RedisStore) -> None:
    await answer(asked, await seen_by(asked))
    first = await asked.connection.ask(*raw_checkin())
    more = plate("Beds and vans")
    found = await asked.change_both(
        asked.plates.to_change("g7", "sam", lambda _: more, round=WEEK),
        asked.checkins.to_change("g7", "sam", lambda before: before and ANSWERED, round=WEEK),
        seen=await seen_by(asked),
    )
    assert found == (more, ANSWERED)
    assert await asked.connection.ask(*raw_checkin()) == first


def raw_checkin() -> tuple[str, ...]:
    key = RecordKey(f"b:{{g:g7}}:checkins:{WEEK}", "sam")
    return (key.key, "HGET", *key)


async def test_where_the_first_is_refused_the_second_is_not_written(asked: RedisStore) -> None:
    def refuse(_: Plate | None) -> Plate:
        raise ValueError("not these words")

    with pytest.raises(ValueError, match="not these words"):
        await asked.change_both(
            asked.plates.to_change("g7", "sam", refuse, round=WEEK),
            asked.checkins.to_change("g7", "sam", lambda _: ANSWERED, round=WEEK),
            seen=await seen_by(asked),
        )
    assert await stands(asked) == (None, WAITING)


@pytest.fixture
async def shaky(asked: RedisStore, redis_url: str, tmp_path: Path) -> AsyncIterator[tuple[Wire, RedisStore]]:
    """A second bot, whose line can break."""
    async with wire(redis_url.removeprefix("unix://"), tmp_path) as (line, url):
        bot = store_at(url)
        await answer(bot, await seen_by(bot))  # the scripts are known
        await asked.plates.change("g7", "sam", lambda _: None, round=WEEK)
        await asked.checkins.change("g7", "sam", lambda _: WAITING, round=WEEK)
        yield line, bot
        await bot.close()


async def test_both_whose_answer_was_lost_are_known_to_be_done(
    asked: RedisStore, shaky: tuple[Wire, RedisStore]
) -> None:
    line, bot = shaky
    seen = await seen_by(bot)
    line.lose_answer_to(b"EVALSHA")
    assert await answer(bot, seen) == (WORDS, ANSWERED)
    assert line.lost == 1
    assert await stands(asked) == (WORDS, ANSWERED)


async def test_where_it_can_not_be_known_sam_is_not_told_that_it_was_saved(
    redis_url: str, asked: RedisStore, shaky: tuple[Wire, RedisStore]
) -> None:
    """Ours went in, its answer was lost, and his phone wrote over one of them before we could look."""
    line, bot = shaky
    seen = await seen_by(bot)
    line.lose_answer_to(b"EVALSHA")
    other = Redis.from_url(redis_url)
    line.when_lost = lambda: other.hdel(f"b:{{g:g7}}:checkins:{WEEK}", "sam")
    with pytest.raises(StoreDown, match="ours may not be saved"):
        await answer(bot, seen)
    other.close()
