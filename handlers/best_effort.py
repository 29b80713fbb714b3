"""What follows a save and may fail: redrawing a message, never the words themselves. Where that is a check-in or a
letter, it is owed then (`owe_redraw`)."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable

import structlog

from bot.domain.channel_days import post_at
from bot.domain.groups import Group, MessageRef
from bot.ports import Deps, Message, SlackRefused, StoreDown

log = structlog.get_logger()

BEST_EFFORT_TIMEOUT_S = 0.9
"""Seconds: Slack waits three for its answer, the save came first, and a Home may follow a message."""


async def best_effort(call: Awaitable[object]) -> bool:
    """Whether it was done. What was saved stays saved, so a fault is only logged."""
    try:
        async with asyncio.timeout(BEST_EFFORT_TIMEOUT_S):
            await call
    except SlackRefused:
        return False  # logged where Slack was called: one payload may ask for several, and none doubles the log
    except (StoreDown, TimeoutError) as error:
        log.info("not redrawn", error=str(error) or type(error).__name__)
        return False
    return True


async def redraw_older(deps: Deps, group: Group, ref: MessageRef | None, alone: Message) -> None:
    """A post in the channel of which it is not kept what else it tells: of an older Between, or of long ago. All
    others are drawn anew by a look at the group (`channel.redrawn_after`)."""
    if ref and post_at(group, ref) is None:
        await best_effort(deps.messenger.update(ref, alone))
