"""What wants somebody's attention, in bad luck: put once, whoever dies; one damaged record stops nobody else."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, date, datetime, timedelta

import pytest
from msgspec.structs import replace

from bot.domain.asks import Ask, Routed, Wave
from bot.domain.attention import put
from bot.domain.commitments import Commitment, FirstStep, Progress, State
from bot.domain.groups import MessageRef
from bot.domain.ledger import week_of
from bot.domain.news import News, NewsCode
from bot.domain.outbox import Kind
from bot.domain.plate import Answer, Audience, Plate
from bot.domain.put_to import Call
from bot.storage import RedisStore
from bot.usecases.calls import call_helpers
from bot.usecases.routing import route_asks
from scheduler import checkin, redrawn
from scheduler.due import NEEDS
from scheduler.news import MOMENT, sent
from scheduler.outbox.messages import Drop
from tests.domain import young_carers
from tests.scheduler.deaths import calls
from tests.scheduler.fortnight import ROUND, carers_of, live_to
from tests.scheduler.postroom import Bot, Death, Killed, doomed, entry

MORNING = datetime(2026, 11, 27, 9, 30, tzinfo=UTC)
"""Friday, when both have been asked."""

MONDAY = datetime(2026, 11, 30, 12, tzinfo=UTC)
REF = MessageRef(team_id="T2", channel="D-T2-U-sam", ts="1.0")


def asked(at: datetime, **more: object) -> Ask:
    wave = Wave(at=at, routed=(Routed(to="sam", rests_on="plate.2026-W49.organisation"),))
    known = {"id": "a1", "by": "jo", "what": "a van", "at": at, "waves": (wave,)}
    return Ask(**known | more)  # type: ignore[arg-type]


async def friday(store: RedisStore) -> Bot:
    bot = await carers_of(store)
    await live_to(bot, MORNING)
    return bot


async def keep(bot: Bot, one: Ask) -> None:
    await bot.store.asks.change("g7", one.id, lambda _: one)
    await bot.store.due.look_at("g7", bot.clock.now())


@pytest.mark.dies
async def test_a_letter_comes_once_wherever_the_bot_dies(store: RedisStore) -> None:
    for step in calls(7):
        for after in (False, True):
            bot = await friday(store)
            await keep(bot, asked(MORNING))
            await live_to(bot, MONDAY - timedelta(hours=4))
            bot.clock.move_to(MONDAY)
            death = Death(step, after=after)
            with suppress(Killed, BaseExceptionGroup):
                await doomed(bot, death).tick()
            await bot.after(timedelta(seconds=15))
            await live_to(bot, MONDAY + timedelta(days=1))
            letters = [text for _, text in bot.slack.to("sam") if "a van" in text]
            assert len(letters) == 1, (step, after)
            attention = await bot.store.attention.get("g7", "sam")
            assert attention and list(attention.put) == ["ask.a1"], (step, after)  # noqa: PT018
            if not death.came:
                return


async def test_what_a_letter_has_put_does_not_ride_on_a_check_in_that_was_late(store: RedisStore) -> None:
    bot = await friday(store)
    await keep(bot, asked(MORNING))
    late = entry(
        Kind.CHECK_IN, "late", MORNING, person_id="sam", round=ROUND, subject="ask.a1", lasts=timedelta(days=3)
    )
    first = await checkin.compose(late, bot.deps, MORNING)
    assert not isinstance(first, Drop)
    assert "a van" in str(first.message.blocks)
    await bot.store.attention.change("g7", "sam", lambda _: put(None, "sam", ["ask.a1"], REF, MORNING))
    again = await checkin.compose(late, bot.deps, MORNING)
    assert not isinstance(again, Drop)
    assert "a van" not in str(again.message.blocks)


async def test_a_check_in_that_is_drawn_anew_keeps_what_rides_on_it(store: RedisStore) -> None:
    """The meeting has moved; Sam has not answered yet."""
    bot = await carers_of(store)
    await keep(bot, asked(MORNING - timedelta(hours=2)))
    await live_to(bot, MORNING)
    attention = await bot.store.attention.get("g7", "sam")
    assert attention
    assert list(attention.put) == ["ask.a1"]
    anew = entry(Kind.REDRAWN, "anew", MORNING, person_id="sam", round=ROUND, subject="0.0")
    drawn = await redrawn.compose(anew, bot.deps, MORNING)
    assert not isinstance(drawn, Drop)
    assert "a van" in str(drawn.message.blocks)


@pytest.mark.parametrize("damaged", ["zone", "nation"])
async def test_a_leader_of_an_unknown_zone_keeps_nobody_else_from_being_asked(
    store: RedisStore, damaged: str
) -> None:
    """Jo picked a day for a first step, and somebody asks quietly."""
    bot = await carers_of(store)
    unknown = {"zone": "Mars/Phobos"} if damaged == "zone" else {"nation": "IN-XX"}
    await bot.store.people.change("jo", lambda _: young_carers.person("jo", **unknown))  # type: ignore[arg-type]
    step = FirstStep(what="Ring", day=date(2026, 11, 26))
    held = Commitment(
        id="c1", what="Walk", made_by="jo", made_at=MORNING - timedelta(days=3), tenders=("jo",), first_step=step
    )
    await bot.store.commitments.change("g7", "c1", lambda _: held)
    await bot.store.asks.change("g7", "a1", lambda _: asked(MORNING - timedelta(days=1), by="sam", waves=()))
    await live_to(bot, MORNING)
    assert len(bot.slack.to("sam")) == 1


async def test_news_is_told_once_though_its_commitment_was_taken_out_as_it_went(store: RedisStore) -> None:
    bot = await friday(store)
    news = News(code=NewsCode.JOINED, to="sam", by="jo", at=MORNING)
    kept = Commitment(id="c2", what="Sit", made_by="sam", made_at=MORNING, tenders=("sam",), news=(news,))
    await bot.store.commitments.change("g7", "c2", lambda _: kept)
    await sent(entry(Kind.NEWS, "n", MORNING, person_id="sam", subject="c1.0"), REF, bot.deps, MORNING)
    after = await bot.store.leaders.get("g7", "sam")
    assert after
    assert after.news_at == MORNING


@pytest.mark.parametrize("which", ["0", f"0.{MORNING:{MOMENT}}"])
async def test_sam_is_told_once_whether_the_entry_counts_his_news_as_it_did_or_names_its_moment(
    store: RedisStore, which: str
) -> None:
    bot = await friday(store)
    news = News(code=NewsCode.JOINED, to="sam", by="jo", at=MORNING)
    kept = Commitment(id="c2", what="Sit", made_by="sam", made_at=MORNING, tenders=("sam", "jo"), news=(news,))
    await bot.store.commitments.change("g7", "c2", lambda _: kept)
    await sent(entry(Kind.NEWS, "n", MORNING, person_id="sam", subject=f"c2.{which}"), REF, bot.deps, MORNING)
    after = await bot.store.commitments.get("g7", "c2")
    assert after
    assert [one.told for one in after.news] == [True]


async def test_whoever_another_bot_did_not_choose_may_be_asked_for_something_else_this_week(
    store: RedisStore,
) -> None:
    """Two bots plan one wave; Sam's words changed in between, so one would ask Sam and the other had not."""
    bot = await friday(store)
    words = Answer(text="We lend a van.", audience=Audience.GROUP)
    plate = Plate(person_id="sam", round=ROUND, organisation=words)
    await bot.store.plates.change("g7", "sam", lambda _: plate, round=ROUND)
    await bot.store.asks.change("g7", "a1", lambda _: asked(MORNING, waves=()))
    seen = await bot.store.snapshots.group("g7", NEEDS)
    assert seen
    planned = replace(asked(MORNING), waves=(Wave(at=MORNING, routed=()),))
    await bot.store.asks.change("g7", "a1", lambda _: planned)  # the other was quicker
    await route_asks(bot.deps, seen, MORNING)
    assert await bot.store.asks.get("g7", "a1") == planned
    week = f"asks-{week_of(young_carers.person(), MORNING)}"
    assert (await bot.store.allowance.taken([("sam", week)]))["sam", week] == frozenset()


async def test_so_it_is_with_whoever_another_bot_did_not_choose_to_help(store: RedisStore) -> None:
    bot = await friday(store)
    words = Answer(text="Walk the ward, we did.", audience=Audience.GROUP)
    plate = Plate(person_id="sam", round=ROUND, organisation=words)
    await bot.store.plates.change("g7", "sam", lambda _: plate, round=ROUND)
    since = MORNING - timedelta(minutes=11)
    held = Commitment(
        id="c1",
        what="Walk the ward",
        made_by="jo",
        made_at=MORNING,
        tenders=("jo",),
        state=State.STUCK,
        history=(Progress(at=since, by="jo", state=State.STUCK),),
    )
    await bot.store.commitments.change("g7", "c1", lambda _: held)
    seen = await bot.store.snapshots.group("g7", NEEDS)
    assert seen
    called = replace(held, calls=(Call(by="jo", since=since, at=MORNING, routed=()),))
    await bot.store.commitments.change("g7", "c1", lambda _: called)  # the other was quicker
    assert await call_helpers(bot.deps, seen, MORNING)
    assert await bot.store.commitments.get("g7", "c1") == called
    week = f"asks-{week_of(young_carers.person(), MORNING)}"
    assert (await bot.store.allowance.taken([("sam", week)]))["sam", week] == frozenset()


async def test_nobodys_week_is_taken_for_who_was_stuck_and_has_left(store: RedisStore) -> None:
    bot = await friday(store)
    words = Answer(text="Walk the ward, we did.", audience=Audience.GROUP)
    plate = Plate(person_id="sam", round=ROUND, organisation=words)
    await bot.store.plates.change("g7", "sam", lambda _: plate, round=ROUND)
    stuck = Progress(at=MORNING - timedelta(minutes=11), by="jo", state=State.STUCK)
    held = Commitment(
        id="c1",
        what="Walk the ward",
        made_by="jo",
        made_at=MORNING,
        tenders=("jo",),
        state=State.STUCK,
        history=(stuck,),
    )
    await bot.store.commitments.change("g7", "c1", lambda _: held)
    await bot.store.leaders.change("g7", "jo", lambda one: one and replace(one, left_at=MORNING))
    seen = await bot.store.snapshots.group("g7", NEEDS)
    assert seen
    assert not await call_helpers(bot.deps, seen, MORNING)
    assert await bot.store.commitments.get("g7", "c1") == held
