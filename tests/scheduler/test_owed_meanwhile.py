"""What a press came to owe while a message was being redrawn is owed still: its words are not in what was sent."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.domain import moments
from bot.domain.attention import Attention, Put, owed
from bot.domain.checkins import CheckIn, Drawn
from bot.domain.groups import MessageRef
from bot.domain.outbox import Kind
from scheduler import letter_redrawn, redrawn
from tests.scheduler.fortnight import FRIDAY, ROUND
from tests.scheduler.postroom import Bot, entry

REF = MessageRef(team_id="T2", channel="D-T2-U-sam", ts="9.0")
THEN = FRIDAY + timedelta(seconds=5)


async def letter_owed_at(bot: Bot, at: datetime) -> datetime | None:
    """Once a redrawing of before `at` is noted."""
    put = {"ask.a1": Put(at=FRIDAY, message=REF, owed_at=at)}
    await bot.store.attention.change("g7", "sam", lambda _: Attention(person_id="sam", put=put))
    subject = f"{REF.ts}.{moments.written(FRIDAY)}"
    one = entry(Kind.LETTER_REDRAWN, f"letter_redrawn:{at}", FRIDAY, person_id="sam", subject=subject)
    await letter_redrawn.sent(one, REF, bot.deps, FRIDAY)
    stored = await bot.store.attention.get("g7", "sam")
    return owed(stored).get(REF) if stored else None


async def test_a_letter(carers: Bot) -> None:
    assert await letter_owed_at(carers, FRIDAY) is None
    assert await letter_owed_at(carers, THEN) == THEN


async def check_in_owed_at(bot: Bot, at: datetime) -> datetime | None:
    """Once a redrawing of before `at` is noted."""
    shows = Drawn(closes_at=FRIDAY, at=FRIDAY, first=FRIDAY, owed_at=at)
    one = CheckIn(person_id="sam", round=ROUND, messages=(REF,), drawn=(shows,))
    await bot.store.checkins.change("g7", "sam", lambda _: one, round=ROUND)
    subject = f"0.{moments.written(FRIDAY)}.{moments.written(FRIDAY)}.0.."
    due = entry(Kind.REDRAWN, f"redrawn:{at}", FRIDAY, person_id="sam", round=ROUND, subject=subject)
    await redrawn.sent(due, REF, bot.deps, FRIDAY)
    stored = await bot.store.checkins.get("g7", "sam", round=ROUND)
    return stored.drawn[0].owed_at if stored else None


async def test_a_check_in(carers: Bot) -> None:
    await carers.tick()
    assert await check_in_owed_at(carers, FRIDAY) is None
    assert await check_in_owed_at(carers, THEN) == THEN
