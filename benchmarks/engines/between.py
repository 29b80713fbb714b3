"""Between's own outbox carrying a DM: planned, claimed, marked as sending, “sent”, marked as sent, finished.

A DM is what it carries most: twenty check-ins to one post in the channel (`between_in_channel`)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from benchmarks.engines.timed import Handled, main
from bot.app import freeze_startup_objects
from bot.domain.channel_days import Turn
from bot.domain.groups import MessageRef, Place
from bot.domain.outbox import Entry, Kind
from bot.domain.people import Person, Reach
from bot.ports import Deps, Message
from bot.storage import RedisStore
from scheduler.outbox.messages import MessageKind, OutgoingMessage
from scheduler.tick import tick

WORKSPACES = 1000
WORDS = Message(text="Two minutes?", blocks=())


def entry(number: int, now: datetime, kind: Kind, person_id: str | None = None) -> Entry:
    return Entry(
        name=f"{kind}:g{number}:2026-W48",
        kind=kind,
        group_id=f"g{number}",
        team_id=f"T{number % WORKSPACES}",
        person_id=person_id,
        due_at=now,
        expires_at=now + timedelta(days=1),
    )


class Fixed:
    """Composes the same words for everybody, so that only what carries them is measured."""

    KIND = Kind.WELCOME
    IN_HOURS, COUNTED = False, None
    TURN: Turn | None = None

    def __init__(self, handled: Handled) -> None:
        self._handled = handled

    async def compose(self, entry: Entry, deps: Deps, now: datetime) -> OutgoingMessage:
        id_ = entry.person_id
        reach = Reach(via_team=entry.team_id, user_id=f"U{id_}", dm_channel=f"D{id_}")
        sam = Person(id=id_, name="Sam", zone="Europe/London", nation="GB", identities=(), reach=reach)
        return OutgoingMessage(WORDS, person=sam)

    async def sent(self, entry: Entry, ref: MessageRef, deps: Deps, now: datetime) -> None:
        self._handled.one()


class NoSlack:
    """Takes every message and does nothing with it."""

    async def post(self, place: Place, message: Message, *, delivery_id: str) -> MessageRef:
        return MessageRef(team_id=place.team_id, channel=place.channel, ts="1.0")


async def prepare(url: str, tasks: int, handled: Handled) -> Callable[[], Awaitable[None]]:
    now = datetime.now(UTC)
    entries = [entry(number, now, Kind.WELCOME, f"p{number}") for number in range(tasks)]
    return await carrying(url, entries, now, Fixed(handled))


async def carrying(
    url: str, entries: list[Entry], now: datetime, kind: MessageKind
) -> Callable[[], Awaitable[None]]:
    """Puts them in the outbox; what comes back carries them."""
    store = RedisStore.at(url)
    await store.outbox.add(entries)
    messenger: Any = NoSlack()
    deps = Deps(store=store, messenger=messenger, now=lambda: now, new_id=lambda: "n1")

    freeze_startup_objects()  # as a bot does that has started

    async def work() -> None:
        await tick(deps, {kind.KIND: kind})
        await store.close()

    return work


if __name__ == "__main__":
    main(prepare)
