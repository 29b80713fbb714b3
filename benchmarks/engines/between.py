"""Between's own outbox: planned, claimed, marked as sending, “sent”, marked as sent, finished."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from benchmarks.engines.timed import Handled, main
from bot.app import freeze_startup_objects
from bot.domain.channel_days import Turn
from bot.domain.groups import MessageRef, Place
from bot.domain.outbox import Entry, Kind
from bot.ports import Deps, Message
from bot.storage import RedisStore
from scheduler.outbox.messages import OutgoingMessage
from scheduler.tick import tick

WORKSPACES = 1000
WORDS = Message(text="Two minutes?", blocks=())


def entry(number: int, now: datetime) -> Entry:
    return Entry(
        name=f"panel:g{number}:2026-W48",
        kind=Kind.PANEL,
        group_id=f"g{number}",
        team_id=f"T{number % WORKSPACES}",
        due_at=now,
        expires_at=now + timedelta(days=1),
    )


class Fixed:
    """Composes the same words for everybody, so that only what carries them is measured."""

    KIND = Kind.PANEL
    IN_HOURS, COUNTED, TURN = False, None, Turn.BESIDE

    def __init__(self, handled: Handled) -> None:
        self._handled = handled

    async def compose(self, entry: Entry, deps: Deps, now: datetime) -> OutgoingMessage:
        return OutgoingMessage(WORDS, place=Place(team_id=entry.team_id, channel=f"D{entry.group_id}"))

    async def sent(self, entry: Entry, ref: MessageRef, deps: Deps, now: datetime) -> None:
        self._handled.one()


class NoSlack:
    """Takes every message and does nothing with it."""

    async def post(self, place: Place, message: Message, *, delivery_id: str) -> MessageRef:
        return MessageRef(team_id=place.team_id, channel=place.channel, ts="1.0")


async def prepare(url: str, tasks: int, handled: Handled) -> Callable[[], Awaitable[None]]:
    now = datetime.now(UTC)
    store = RedisStore.at(url)
    await store.outbox.add([entry(number, now) for number in range(tasks)])
    messenger: Any = NoSlack()
    deps = Deps(store=store, messenger=messenger, now=lambda: now, new_id=lambda: "n1")

    freeze_startup_objects()  # as a bot does that has started

    async def work() -> None:
        await tick(deps, {Kind.PANEL: Fixed(handled)})
        await store.close()

    return work


if __name__ == "__main__":
    main(prepare)
