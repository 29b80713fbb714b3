"""The tests' fortnight: Young carers, asked at nine on a Friday, before they meet on Thursday 3 December."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import UTC, datetime

from bot.domain.people import SlackIdentity
from bot.domain.plate import Answer, Audience, Plate
from bot.storage import RedisStore
from scheduler.kinds import KINDS
from tests.clock import Clock
from tests.domain import young_carers
from tests.scheduler.loopback import Loopback
from tests.scheduler.postroom import Bot
from tests.scheduler.postroom import bot as a_bot

FRIDAY = datetime(2026, 11, 27, 8, 59, tzinfo=UTC)
"""The working day before five days before the meeting of Thursday 3 December: Young carers are asked at nine."""

ROUND = "2026-W49"

SLACK_USERS = {name: SlackIdentity(team_id="T1", user_id=f"U-{name}") for name in ("sam", "jo")}
SAM, JO = SLACK_USERS["sam"], SLACK_USERS["jo"]

EXPECTED = [
    "checkin:g7:2026-W49:jo",
    "checkin:g7:2026-W49:sam",
    "digest:g7:2026-W49",
    "nudge:g7:2026-W49:jo",
    "nudge:g7:2026-W49:sam",
]
"""Of the kinds `kinds.ROUND`, until the meeting. That nothing stands there twice is asked of all kinds."""


async def young_carers_in(bot: Bot) -> None:
    await bot.store.groups.change("g7", lambda _: young_carers.group())
    for name in ("sam", "jo"):
        await bot.store.people.change(name, lambda _, name=name: young_carers.person(name))
        await bot.store.leaders.change("g7", name, lambda _, name=name: young_carers.leader(name))
    await bot.store.due.look_at("g7", bot.clock.now())


async def carers_of(store: RedisStore) -> Bot:
    """Young carers on the Friday when they are asked, with the kinds of every day; Sam and Jo can press. In an
    emptied store, since each death begins anew."""
    await store.connection.client.flushall()
    clock, ids = Clock(FRIDAY), itertools.count(1)
    carers = a_bot(store, Loopback(clock.now), clock)
    carers.kinds = KINDS
    carers.deps = replace(carers.deps, new_id=lambda: f"n{next(ids)}")
    await young_carers_in(carers)
    for name, user in SLACK_USERS.items():
        await store.index.put_person(user, name)
        await store.index.join(name, "g7", FRIDAY)
    return carers


async def live(bot: Bot, until: datetime) -> None:
    """From one due moment to the next."""
    await bot.tick()
    while (at := await bot.store.due.next_at()) and at < until:
        if at > bot.clock.now():
            bot.clock.move_to(at)
        await bot.tick()


async def shared(bot: Bot) -> None:
    """Sam and Jo share a word each on Monday, and the digest goes out on Wednesday at ten."""
    await live(bot, datetime(2026, 11, 30, 7, tzinfo=UTC))
    for name in ("sam", "jo"):
        words = Answer(text=f"Word of {name}.", audience=Audience.GROUP)
        plate = Plate(person_id=name, round=ROUND, organisation=words)
        await bot.store.plates.change("g7", name, lambda _, plate=plate: plate, round=ROUND)


async def live_to(bot: Bot, moment: datetime) -> None:
    """From one due moment to the next, and then it is that moment."""
    await live(bot, moment)
    bot.clock.move_to(moment)
    await bot.tick()
