"""Our hello in a channel that has a group: its green button is to go."""

from __future__ import annotations

from datetime import datetime

from msgspec.structs import replace

from bot.domain.groups import Hello
from bot.domain.outbox import Entry
from bot.ports import Store
from bot.usecases.follow_up import look_after
from bot.usecases.stored import if_there


async def pressed(store: Store, group_id: str, hello: Hello) -> None:
    """Its button is still there: a look at the group changes it."""
    async with look_after(store, group_id, hello.pressed_at):
        await store.groups.change(group_id, if_there(replace, hello=hello))


async def not_redrawn(store: Store, entry: Entry, now: datetime) -> None:
    """Slack would not have it changed; it is tried again."""
    await store.groups.change(
        entry.group_id,
        if_there(lambda one: replace(one, hello=one.hello and replace(one.hello, refused_at=now))),
    )


async def redrawn(store: Store, entry: Entry) -> None:
    """It reads as it should, or is gone."""
    await store.groups.change(
        entry.group_id,
        if_there(lambda one: one if one.hello and one.hello.post.ts != entry.subject else replace(one, hello=None)),
    )
