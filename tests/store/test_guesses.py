"""A change begins from what a glance has read, and never rests on it alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from bot.storage import RedisStore
from tests.store.leaders import WALK, noted, plate
from tests.store.packets import WEEK, Packets


def said(words: str) -> Callable[[Any], Any]:
    """Their words, after those that were there."""
    return lambda there: plate((there.organisation.text if there else "") + words)


@pytest.mark.parametrize("who", ["sam", "amir"])
@pytest.mark.parametrize("known_from", ["get", "all"])
async def test_a_change_of_what_was_read_goes_one_way(
    store: RedisStore, sent: Packets, who: str, known_from: str
) -> None:
    glance = store.glance()
    await (glance.plates.get("g7", who, round=WEEK) if known_from == "get" else glance.plates.all("g7", round=WEEK))
    await glance.commitments.change("g7", "c1", lambda _: WALK)
    before = len(sent.sent)
    told = await glance.plates.change("g7", who, said(" and more"), round=WEEK)
    assert len(sent.sent) == before + 1
    assert told == await store.plates.get("g7", who, round=WEEK)
    assert told == plate("words and more" if who == "sam" else " and more")


async def test_a_change_of_what_others_changed_meanwhile_decides_anew(store: RedisStore, sent: Packets) -> None:
    glance = store.glance()
    await glance.plates.get("g7", "sam", round=WEEK)
    await store.plates.change("g7", "sam", said(", changed"), round=WEEK)
    told = await glance.plates.change("g7", "sam", said(" twice"), round=WEEK)
    assert told == await store.plates.get("g7", "sam", round=WEEK) == plate("words, changed twice")


async def test_nothing_to_change_is_never_believed_of_what_was_read_before(
    store: RedisStore, sent: Packets
) -> None:
    glance = store.glance()
    await glance.plates.get("g7", "sam", round=WEEK)
    await store.plates.change("g7", "sam", said(", changed"), round=WEEK)
    assert await glance.plates.change("g7", "sam", lambda _: plate("words"), round=WEEK) == plate("words")
    assert await store.plates.get("g7", "sam", round=WEEK) == plate("words")


async def test_a_refusal_is_never_believed_of_what_was_read_before(store: RedisStore, sent: Packets) -> None:
    glance = store.glance()
    assert await glance.commitments.get("g7", "c1") is None
    await store.commitments.change("g7", "c1", lambda _: WALK)

    def if_there(there: Any) -> Any:
        if there is None:
            raise LookupError
        return noted("done", there)

    assert await glance.commitments.change("g7", "c1", if_there) == noted("done", WALK)


async def test_two_changes_in_a_row_are_both_there(store: RedisStore, sent: Packets) -> None:
    glance = store.glance()
    await glance.plates.all("g7", round=WEEK)
    await glance.plates.change("g7", "sam", said(" one"), round=WEEK)
    await glance.plates.change("g7", "sam", said(" two"), round=WEEK)
    assert await store.plates.get("g7", "sam", round=WEEK) == plate("words one two")


async def test_what_was_dropped_is_not_what_a_change_begins_from(store: RedisStore, sent: Packets) -> None:
    glance = store.glance()
    await glance.plates.all("g7", round=WEEK)
    await glance.plates.drop("g7", round=WEEK)
    assert await glance.plates.change("g7", "sam", said("anew"), round=WEEK) == plate("anew")
