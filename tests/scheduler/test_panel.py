"""The panel says how things stand, also where they change while it is on its way."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date, timedelta

from msgspec.structs import replace

from bot.domain.groups import MessageRef, Place
from bot.ports import Message
from bot.storage import RedisStore
from bot.usecases import groups
from scheduler.kinds import KINDS
from tests.clock import Clock
from tests.members import as_leader
from tests.scheduler.fortnight import FRIDAY, SAM, SLACK_USERS, young_carers_in
from tests.scheduler.loopback import Loopback
from tests.scheduler.postroom import Bot
from tests.scheduler.postroom import bot as a_bot

THURSDAY = date(2026, 12, 3)


@dataclass
class Pressed(Loopback):
    """Somebody presses while the panel is on its way: Slack has it, and we do not know it yet."""

    meanwhile: Callable[[], Awaitable[None]] | None = None

    async def post(self, place: Place, message: Message, *, delivery_id: str) -> MessageRef:
        ref = await super().post(place, message, delivery_id=delivery_id)
        await self._press(message)
        return ref

    async def update(self, ref: MessageRef, message: Message) -> None:
        await super().update(ref, message)
        await self._press(message)

    async def _press(self, message: Message) -> None:
        press = self.meanwhile
        if press and "Set up by" in message.text:
            self.meanwhile = None
            await press()


async def moved(bot: Bot, to: date) -> None:
    by = await as_leader(bot.deps, SAM, "g7")
    await groups.move_meeting(bot.deps, by, THURSDAY, to, "14:00", bot.clock.now())


async def pressed(store: RedisStore) -> tuple[Bot, Pressed]:
    """Young carers on a Friday, before their panel is posted."""
    clock = Clock(FRIDAY)
    slack = Pressed(clock.now)
    bot = a_bot(store, slack, clock)
    bot.kinds = KINDS
    await young_carers_in(bot)
    for name, user in SLACK_USERS.items():
        await store.index.put_person(user, name)
        await store.index.join(name, "g7", FRIDAY)
    await store.groups.change("g7", lambda stored: stored and replace(stored, panel_at=None))
    return bot, slack


async def panel_of(bot: Bot, slack: Pressed) -> str:
    """As it stands in Slack some minutes later."""
    for _ in range(3):
        await bot.after(timedelta(minutes=1))
    assert slack.meanwhile is None
    group = await bot.store.groups.get("g7")
    assert group
    assert group.panel
    return slack.stands[group.panel.ts]


async def test_a_meeting_moved_while_the_panel_is_posted_stands_in_it(store: RedisStore) -> None:
    bot, slack = await pressed(store)
    slack.meanwhile = lambda: moved(bot, date(2026, 12, 10))
    await bot.tick()
    assert "next Thursday 10 December" in await panel_of(bot, slack)


async def test_a_meeting_moved_while_the_panel_is_changed_stands_in_it(store: RedisStore) -> None:
    bot, slack = await pressed(store)
    await bot.tick()
    await moved(bot, date(2026, 12, 9))
    slack.meanwhile = lambda: moved(bot, date(2026, 12, 10))
    assert "next Thursday 10 December" in await panel_of(bot, slack)
