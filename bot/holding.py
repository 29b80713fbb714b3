"""Legal holds, as whoever runs the server sets and lifts them: beside a bot that runs, or without one."""

from __future__ import annotations

from datetime import datetime

from bot.domain import erasure
from bot.open_store import readable
from bot.ports import Store
from bot.settings import CannotStart, Settings


async def hold(settings: Settings, called: str, *, lift: bool, now: datetime) -> tuple[str, bool]:
    """What to tell whoever asked, and whether it was done."""
    try:
        async with readable(settings) as store:
            return await held(store, called, lift=lift, now=now)
    except CannotStart as error:
        return str(error), False


async def held(store: Store, called: str, *, lift: bool, now: datetime) -> tuple[str, bool]:
    """The bot looks at the group at once, or when it next starts, and tells its channel."""
    groups = await store.groups.many(await store.index.groups())
    found = [groups[called]] if called in groups else []
    found = found or [one for one in groups.values() if one.name.casefold() == called.casefold()]
    if len(found) != 1:
        several = ", ".join(f"{one.id} ({one.name})" for one in found)
        if several:
            return f"Several groups are called so. Say which by its id: {several}.", False
        return f"There is no group called {called!r}. Say its id, or its name as in Slack.", False
    (group,) = found
    decide = erasure.lift if lift else erasure.hold
    await store.groups.change(group.id, lambda one: one and decide(one, now))
    await store.due.look_at(group.id, now)
    if lift:
        return f"The legal hold on {group.name} is lifted. Its channel is told; erasing is completed.", True
    return f"A legal hold stands on {group.name}. Its channel is told; nothing of it is deleted meanwhile.", True
