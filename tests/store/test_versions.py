"""A change begins from what a snapshot has read, and never rests on it alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from bot.domain.snapshot import GroupSnapshot, Section
from bot.storage import RedisStore
from tests.store.leaders import SAM_IN_SLACK, WALK, noted, plate
from tests.store.packets import WEEK, Packets


def said(words: str) -> Callable[[Any], Any]:
    """Their words, after those that were there."""
    return lambda there: plate((there.organisation.text if there else "") + words)


async def seen(store: RedisStore, sections: Section = Section.OWN | Section.COMMITMENTS) -> GroupSnapshot:
    snapshot = await store.snapshots.load("g7", sections, who=SAM_IN_SLACK, round=WEEK)
    assert snapshot is not None
    return snapshot


async def change(store: RedisStore, snapshot: GroupSnapshot, decide: Callable[[Any], Any]) -> Any:
    return await store.plates.change("g7", "sam", decide, round=WEEK, seen=snapshot.versions)


@pytest.mark.parametrize("sections", [Section.OWN, Section.ROUNDS | Section.PLATES])
async def test_a_change_of_what_was_read_takes_one_round_trip(
    store: RedisStore, sent: Packets, sections: Section
) -> None:
    snapshot = await seen(store, sections)
    await store.leaders.get("g7", "sam")
    before = len(sent.sent)
    told = await change(store, snapshot, said(" and more"))
    assert len(sent.sent) == before + 1
    assert told == await store.plates.get("g7", "sam", round=WEEK) == plate("words and more")


async def test_what_was_not_there_is_made_in_one_round_trip(store: RedisStore, sent: Packets) -> None:
    snapshot = await seen(store)
    before = len(sent.sent)
    told = await store.commitments.change("g7", "c1", lambda stored: stored or WALK, seen=snapshot.versions)
    assert len(sent.sent) == before + 1
    assert told == await store.commitments.get("g7", "c1") == WALK


async def test_a_change_of_what_others_changed_meanwhile_decides_anew(store: RedisStore, sent: Packets) -> None:
    snapshot = await seen(store)
    await store.plates.change("g7", "sam", said(", changed"), round=WEEK)
    told = await change(store, snapshot, said(" twice"))
    assert told == await store.plates.get("g7", "sam", round=WEEK) == plate("words, changed twice")


async def test_nothing_to_change_is_never_believed_of_what_was_read_before(
    store: RedisStore, sent: Packets
) -> None:
    snapshot = await seen(store)
    await store.plates.change("g7", "sam", said(", changed"), round=WEEK)
    assert await change(store, snapshot, lambda _: plate("words")) == plate("words")
    assert await store.plates.get("g7", "sam", round=WEEK) == plate("words")


async def test_a_refusal_is_never_believed_of_what_was_read_before(store: RedisStore, sent: Packets) -> None:
    snapshot = await seen(store)
    await store.commitments.change("g7", "c1", lambda _: WALK)

    def if_there(there: Any) -> Any:
        if there is None:
            raise LookupError
        return noted("done", there)

    told = await store.commitments.change("g7", "c1", if_there, seen=snapshot.versions)
    assert told == noted("done", WALK)


async def test_two_changes_in_a_row_are_both_there(store: RedisStore, sent: Packets) -> None:
    snapshot = await seen(store)
    await change(store, snapshot, said(" one"))
    await change(store, snapshot, said(" two"))
    assert await store.plates.get("g7", "sam", round=WEEK) == plate("words one two")


async def test_what_was_dropped_is_not_what_a_change_begins_from(store: RedisStore, sent: Packets) -> None:
    snapshot = await seen(store)
    await store.plates.drop("g7", round=WEEK)
    assert await change(store, snapshot, said("anew")) == plate("anew")


async def test_what_was_not_read_is_read_first(store: RedisStore, sent: Packets) -> None:
    snapshot = await seen(store, Section.NOTHING)
    assert await change(store, snapshot, said(" and more")) == plate("words and more")
