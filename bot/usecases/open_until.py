"""What each answers alone until a day, brought on by the calendar."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime

from bot.domain.inquiry_days import put_off
from bot.domain.open_until import Open, close_due, followed
from bot.domain.snapshot import GroupSnapshot
from bot.ports import GroupCollection
from bot.usecases.stored import unless_changed


async def bring_on(
    snapshot: GroupSnapshot,
    ones: Mapping[str, Open],
    records: GroupCollection[Open],
    now: datetime,
    *,
    close: Callable[[Open], Awaitable[None]],
    delete_hidden: Callable[[Open], Awaitable[None]],
) -> bool:
    """Each that has had its day is closed, each whose day is the brief's moves with it, and one that could not be
    put in the channel has a later one. Whether anything was written.

    `delete_hidden` deletes what is not shown of one that has closed: again at each look until that is noted, so
    that whoever dies in `close` leaves nothing behind.
    """
    changed = False
    for id_, one in ones.items():
        # Whoever closed it died before the last step. That counts as no change: nothing is planned by what was held
        # back.
        if one.closed_at and not one.settled:
            await delete_hidden(one)
        later = put_off(one, snapshot.group, snapshot.rounds.values(), now)
        # Not what has just been put off: it closes on its later day, which the next look reads.
        if later == one and close_due(one, snapshot.group, now):
            await close(one)
            changed = True
        elif (new := followed(later, snapshot.group, snapshot.rounds.values(), now)) != one:
            # Only over what this look has read: its asker may have taken it back meanwhile, or another look have
            # closed it.
            await records.change(snapshot.group.id, id_, unless_changed(one, new))
            changed = True
    return changed
