"""Asks, offers and who passed: for how long they are kept."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.domain.asks import AskState
from bot.domain.attention import MATTERS_KEPT
from bot.domain.offers import Offer
from bot.usecases.retention import RETENTION, forget_old
from tests.stage import Stage
from tests.stories.asking import jo_asks, person_id, the_ask, the_group
from tests.stories.test_asks import carers

__all__ = ["carers"]

SECOND = timedelta(seconds=1)


@pytest.mark.slow
async def test_asks_and_offers_are_forgotten_twelve_months_after_their_end(carers: Stage) -> None:
    await jo_asks(carers)
    group, store = await the_group(carers), carers.bot.deps.store
    until = (await the_ask(carers)).until
    await forget_old(store, group, until + RETENTION)
    assert (await the_ask(carers)).state is AskState.OPEN
    await forget_old(store, group, until + RETENTION + SECOND)
    assert await store.asks.all(group) == {}


async def test_an_offer_is_forgotten_twelve_months_after_it_ran_out(carers: Stage) -> None:
    group, store, at = await the_group(carers), carers.bot.deps.store, carers.clock.now()
    one = Offer(id="o1", by="amir", what="A van.", at=at, renewed_at=at)
    await store.offers.change(group, "o1", lambda _: one)
    await forget_old(store, group, one.until + RETENTION)
    assert await store.offers.all(group) == {"o1": one}
    await forget_old(store, group, one.until + RETENTION + SECOND)
    assert await store.offers.all(group) == {}


async def test_that_amir_passed_is_forgotten_after_eight_weeks(carers: Stage) -> None:
    await jo_asks(carers)
    await carers.at("2026-11-26 09:30")
    await carers.press("Amir", "Not me")
    group, store, amir = await the_group(carers), carers.bot.deps.store, await person_id(carers, "Amir")
    stored = await store.attention.get(group, amir)
    assert stored
    assert stored.ended
    await forget_old(store, group, carers.clock.now() + MATTERS_KEPT + SECOND)
    after = await store.attention.get(group, amir)
    assert after
    assert (after.put, after.ended) == ({}, {})
