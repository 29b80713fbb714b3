"""Tokens that end: renewed in time, by one process, and by nobody twice."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from bot.app import Between
from playground.traffic import ApiCall
from tests.connect.conftest import HOSPITALS, Browser
from tests.stage import Stage

pytestmark = pytest.mark.filterwarnings("ignore:BasicAuth is deprecated:DeprecationWarning")


@pytest.fixture
async def rotating(stage: Stage, browser: Browser) -> Stage:
    stage.pg.world.app("Between").token_rotation = True
    await browser.install("U0JO")
    return stage


def renewals(stage: Stage) -> list[ApiCall]:
    log = [one for one in stage.pg.world.traffic.log if isinstance(one, ApiCall)]
    return [one for one in log if one.method == "oauth.v2.access" and one.args.get("grant_type") == "refresh_token"]


def given(stage: Stage) -> str:
    return stage.pg.world.app("Between").installs[HOSPITALS].bot_token


async def test_a_token_is_renewed_two_hours_before_its_end(rotating: Stage) -> None:
    first = given(rotating)
    assert await rotating.bot.book.tokens(HOSPITALS) == first
    rotating.clock.advance(timedelta(hours=9, minutes=59))
    assert await rotating.bot.book.tokens(HOSPITALS) == first
    rotating.clock.advance(timedelta(minutes=2))
    assert await rotating.bot.book.tokens(HOSPITALS) == given(rotating) != first
    assert len(renewals(rotating)) == 1
    stored = await rotating.bot.deps.store.installations.get(HOSPITALS)
    assert stored is not None
    assert stored.tokens.bot == given(rotating)


async def test_two_processes_and_many_calls_renew_it_once(rotating: Stage, beside: Between) -> None:
    await beside.book.tokens(HOSPITALS)
    rotating.clock.advance(timedelta(hours=10, minutes=1))
    books = [rotating.bot.book, beside.book] * 10
    tokens = set(await asyncio.gather(*(book.tokens(HOSPITALS) for book in books)))
    assert len(renewals(rotating)) == 1
    assert given(rotating) in tokens
    assert len(tokens) <= 2, "who did not renew it goes on with the one of before, which still works"


async def test_after_its_end_the_others_wait_for_the_one_who_renews(rotating: Stage, beside: Between) -> None:
    await beside.book.tokens(HOSPITALS)
    rotating.clock.advance(timedelta(hours=13))
    books = [rotating.bot.book, beside.book] * 10
    assert set(await asyncio.gather(*(book.tokens(HOSPITALS) for book in books))) == {given(rotating)}
    assert len(renewals(rotating)) == 1


async def test_jos_plate_opens_the_day_after(rotating: Stage) -> None:
    await rotating.gather("Jo")
    await rotating.at("2026-11-24 10:00")
    await rotating.person("Jo").command("/plate", where="young-carers")
    assert "For Riverside Hospitals Trust: []" in rotating.modal("Jo")


async def test_a_refresh_token_that_slack_will_not_take_is_said_to_whoever_runs_it(rotating: Stage) -> None:
    rotating.pg.world.app("Between").installs[HOSPITALS].refresh_token = "another"
    rotating.clock.advance(timedelta(hours=10, minutes=1))
    assert await rotating.bot.book.tokens(HOSPITALS) == given(rotating), "it works for two hours more"
    stored = await rotating.bot.deps.store.installations.get(HOSPITALS)
    assert stored is not None
    assert stored.renewal_refused == "invalid_refresh_token"


async def test_who_dies_while_renewing_leaves_it_to_the_next(rotating: Stage) -> None:
    """The lock stands, as the dead one left it, until its time is over."""
    store = rotating.bot.deps.store
    rotating.clock.advance(timedelta(hours=10, minutes=1))
    first = given(rotating)
    assert await store.locks.acquire(HOSPITALS, timedelta(milliseconds=300))
    assert await rotating.bot.book.tokens(HOSPITALS) == first
    await asyncio.sleep(0.4)
    assert await rotating.bot.book.tokens(HOSPITALS) == given(rotating) != first
