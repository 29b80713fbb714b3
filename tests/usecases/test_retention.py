"""What is kept how long, by the clock of fourteen months: a pass a day, and each day looked at from the outside."""

from __future__ import annotations

from datetime import timedelta

import pytest
from msgspec.structs import replace

from bot.domain.asks import Ask
from bot.domain.brief import Brief
from bot.domain.commitments import Commitment, FirstStep, State, make, progress, reword
from bot.domain.digest import Digest, PlateLine
from bot.domain.erasure import hold, lift
from bot.domain.plate import Answer, Audience, Plate
from bot.domain.rounds import Round, week_name
from bot.domain.second_account import SecondAccount
from bot.usecases.retention import daily_pass
from tests.usecases.conftest import MONDAY, House

WEEK = timedelta(weeks=1)
TWELVE_MONTHS = timedelta(days=366)
THREE_MONTHS = timedelta(days=92)
ROUNDS = 60


def at(number: int) -> timedelta:
    return WEEK * number


async def a_round(house: House, number: int) -> None:
    """Sam writes in both lanes, and a digest says so."""
    closes = MONDAY + at(number) + timedelta(days=3)
    name, group = week_name(closes.date()), house.group_id
    made = Round(
        group_id=group,
        name=name,
        opens_on=(MONDAY + at(number)).date(),
        closes_at=closes,
        digest_at=closes,
        meeting_at=None,
        question="matters_most",
        number=number + 1,
        digested=True,
        counted=True,
    )
    words = Answer(text="words", audience=Audience.GROUP)
    line = PlateLine(person_id="p1", name="Sam", organisation="Council", organisation_lane="words", me_lane="words")
    digest = Digest(
        group_id=group,
        round=name,
        group_name="Young carers",
        composed_at=closes,
        question="",
        plates=(line,),
    )
    store = house.deps.store
    await store.rounds.change(group, name, lambda _: made)
    plate = Plate(person_id="p1", round=name, organisation=words, me=words, question=words)
    await store.plates.change(group, "p1", lambda _: plate, round=name)
    await store.digests.change(group, name, lambda _: digest)
    await store.briefs.change(group, name, lambda _: Brief(group_id=group, round=name))


def ended(id_: str, state: State, note: str = "") -> Commitment:
    made = make(id=id_, by="p1", what="Walk", part="", first_step=FirstStep(), benefit="", now=MONDAY)
    return progress(made, by="p1", state=state, now=MONDAY, note=note)


async def pass_over(house: House, days: int) -> bool:
    group = await house.deps.store.groups.get(house.group_id)
    assert group is not None
    return await daily_pass(house.deps.store, group, MONDAY + timedelta(days=days))


@pytest.fixture
async def year(house: House) -> House:
    for number in range(ROUNDS):
        await a_round(house, number)
    return house


@pytest.mark.slow
async def test_each_day_of_fourteen_months_each_lane_is_kept_as_long_as_it_was_said_and_no_longer(
    year: House,
) -> None:
    store, group = year.deps.store, year.group_id
    for days in range(430):
        await pass_over(year, days)
        if days % 15:
            continue
        now, rounds = MONDAY + timedelta(days=days), await store.rounds.all(group)
        digests, briefs = await store.digests.all(group), await store.briefs.all(group)
        for number in range(ROUNDS):
            closes = MONDAY + at(number) + timedelta(days=3)
            name = week_name(closes.date())
            plate = await store.plates.get(group, "p1", round=name)
            kept, personal = closes >= now - TWELVE_MONTHS, closes >= now - THREE_MONTHS
            assert (name in rounds, name in digests, plate is not None) == (kept, kept, kept), (days, name)
            if plate:
                assert (plate.me is not None, plate.organisation is not None) == (personal, True), (days, name)
                assert bool(digests[name].plates[0].me_lane) == personal
            if now - closes < TWELVE_MONTHS - WEEK:
                assert name in briefs
            if now - closes > TWELVE_MONTHS + WEEK:
                assert name not in briefs


async def test_what_ended_goes_after_twelve_months_and_what_was_learnt_stays_with_the_group(house: House) -> None:
    store, group = house.deps.store, house.group_id
    again = reword(
        ended("changed", State.CHANGED), by="p1", what="Ride", part="", first_step=FirstStep(), benefit="",
        now=MONDAY, why="Too far to walk.",
    )  # fmt: skip
    kept = {
        "done": ended("done", State.DONE, "It went."),
        "let_go": ended("let_go", State.LET_GO),
        "learnt": ended("learnt", State.LET_GO, "Nobody had the keys."),
        "changed": progress(again, by="p1", state=State.DONE, now=MONDAY),
        "open": ended("open", State.STUCK),
    }
    for id_, one in kept.items():
        await store.commitments.change(group, id_, lambda _, one=one: one)
    ask = Ask(id="a1", by="p1", what="A van", at=MONDAY)
    await store.asks.change(group, "a1", lambda _: ask)
    await pass_over(house, 366)
    assert set(await store.commitments.all(group)) == set(kept)
    await pass_over(house, 367)
    assert set(await store.commitments.all(group)) == {"open"}
    assert set(await store.learnt.all(group)) == {"learnt", "changed"}
    await pass_over(house, 366 + 29)
    assert set(await store.asks.all(group)) == {"a1"}
    await pass_over(house, 366 + 31)
    assert set(await store.asks.all(group)) == set()


async def test_it_is_gone_through_once_a_day_however_often_it_is_looked_at(house: House) -> None:
    assert await pass_over(house, 1)
    assert not await pass_over(house, 1)
    assert await pass_over(house, 2)


async def test_under_a_legal_hold_nothing_goes_until_it_is_lifted(year: House) -> None:
    store, group = year.deps.store, year.group_id
    await store.groups.change(group, lambda one: one and hold(one, MONDAY))
    assert not await pass_over(year, 400)
    assert len(await store.rounds.all(group)) == ROUNDS
    await store.groups.change(group, lambda one: one and lift(one, MONDAY))
    assert await pass_over(year, 400)
    assert len(await store.rounds.all(group)) < ROUNDS


async def test_a_look_at_the_group_does_it(house: House) -> None:
    await a_round(house, 0)
    old = next(iter(await house.deps.store.rounds.all(house.group_id)))
    await house.deps.store.groups.change(house.group_id, lambda one: one and replace(one, forgot_at=None))
    await house.look(MONDAY + timedelta(days=400))
    assert old not in await house.deps.store.rounds.all(house.group_id)


async def test_an_account_that_was_announced_is_named_for_twelve_months(house: House) -> None:
    told = SecondAccount(id="a1", at=MONDAY, person_id="p1", name="Sam", team_id="T1", user_id="U9", done=True)
    await house.deps.store.groups.change(house.group_id, lambda one: one and replace(one, second_accounts=(told,)))
    for days, kept in ((366, (told,)), (368, ())):
        await pass_over(house, days)
        group = await house.deps.store.groups.get(house.group_id)
        assert group is not None
        assert group.second_accounts == kept
