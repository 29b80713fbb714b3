"""The tests' fortnight: Young carers, asked at nine on a Friday, before they meet on Thursday 3 December."""

from __future__ import annotations

from datetime import UTC, datetime

from scheduler.tick import next_due
from tests.domain import young_carers
from tests.scheduler.postroom import Bot

FRIDAY = datetime(2026, 11, 27, 8, 59, tzinfo=UTC)
"""The working day before five days before the meeting of Thursday 3 December: Young carers are asked at nine."""

EXPECTED = [
    "checkin:g7:2026-W49:jo",
    "checkin:g7:2026-W49:sam",
    "digest:g7:2026-W49",
    "nudge:g7:2026-W49:jo",
    "nudge:g7:2026-W49:sam",
]


async def young_carers_in(bot: Bot) -> None:
    await bot.store.groups.change("g7", lambda _: young_carers.group())
    for name in ("sam", "jo"):
        await bot.store.people.change(name, lambda _, name=name: young_carers.person(name))
        await bot.store.leaders.change("g7", name, lambda _, name=name: young_carers.leader(name))
    await bot.store.due.look_at("g7", bot.clock.now())


async def live(bot: Bot, until: datetime) -> None:
    """From one due moment to the next."""
    await bot.tick()
    while (at := await next_due(bot.store)) and at < until:
        if at > bot.clock.now():
            bot.clock.move_to(at)
        await bot.tick()
