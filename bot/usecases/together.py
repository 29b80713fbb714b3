"""Several changes at once, none of which is still under way when it is said how they ended."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from typing import Any


async def together(*changes: Awaitable[Any]) -> list[Any]:
    """What each gave, in their order. Where one fails the others have ended before that is raised: nothing is
    written after somebody was told that it can't be saved, nor beside their next try. Raises the first fault."""
    if len(changes) == 1:  # with no task of its own
        return [await changes[0]]
    # Not a TaskGroup, which cancels the others at the first fault: a change that is cut off may have been written
    # all the same, and nobody could say.
    ended = await asyncio.gather(*changes, return_exceptions=True)
    for fault in ended:
        if isinstance(fault, BaseException):
            raise fault
    return ended
