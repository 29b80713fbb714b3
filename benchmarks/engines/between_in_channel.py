"""Between's own outbox carrying a post in a channel. Its group is read before it goes, since others may have come
to read the channel, and after, since the channel takes posts again."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

from benchmarks.engines import between
from benchmarks.engines.timed import Handled, main
from bot.domain.channel_days import Turn
from bot.domain.groups import Place
from bot.domain.outbox import Entry, Kind
from bot.ports import Deps
from scheduler.outbox.messages import OutgoingMessage


class Fixed(between.Fixed):
    KIND = Kind.PANEL
    TURN = Turn.BESIDE

    async def compose(self, entry: Entry, deps: Deps, now: datetime) -> OutgoingMessage:
        return OutgoingMessage(between.WORDS, place=Place(team_id=entry.team_id, channel=f"C{entry.group_id}"))


async def prepare(url: str, tasks: int, handled: Handled) -> Callable[[], Awaitable[None]]:
    now = datetime.now(UTC)
    entries = [between.entry(number, now, Kind.PANEL) for number in range(tasks)]
    return await between.carrying(url, entries, now, Fixed(handled))


if __name__ == "__main__":
    main(prepare)
