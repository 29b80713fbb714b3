"""Whether anybody can still object to what was announced: kept up at each look at a group, so that no post offers
what would be refused."""

from __future__ import annotations

from datetime import datetime

from msgspec.structs import replace

from bot.domain.change import can_object
from bot.domain.channel_days import posts_of
from bot.domain.outbox import Kind
from bot.domain.snapshot import GroupSnapshot
from bot.ports import Deps
from bot.usecases.channel import redrawn_after
from bot.usecases.stored import if_there


async def shut_or_open(deps: Deps, snapshot: GroupSnapshot, now: datetime) -> bool:
    """Each change that a day's post tells: shut once it has been or was changed again, and open again where what
    came after it was objected to. Whether any was; its post is drawn anew."""
    group, any_was = snapshot.group, False
    for post in posts_of(group):
        for told in post.told:
            kind, _, id_ = told.partition(":")
            change = snapshot.changes.get(id_) if kind == Kind.CHANGE else None
            if change is None or change.objected_by:
                continue
            shut = not can_object(group, change, snapshot.changes, now)
            if shut != change.shut:
                async with redrawn_after(deps, group.id, post.post, now):
                    await deps.store.changes.change(group.id, id_, if_there(replace, shut=shut))
                any_was = True
    return any_was
