"""What follows from a save: somebody looks at the group, and finds what is now to be sent."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta

from bot.ports import Store

GUARD = timedelta(seconds=15)
"""How much later somebody looks all the same, should whoever saves die half-way: by then the press has
ended."""

LONGEST_PRESS = timedelta(seconds=30)
"""A press has ended by then, or its bot is dead: Slack waits three seconds, and Redis is given few more."""


@asynccontextmanager
async def look_after(store: Store, group_id: str, now: datetime) -> AsyncIterator[None]:
    """Around a save: what it brings about is found by a look at the group, which sends what follows from the facts.

    Asked for before the save, to come a little later, should we die half-way; and again after it, to come at
    once.
    """
    # Not for now: a look that comes before the save finds nothing to send, and nobody would look again.
    await store.due.look_at(group_id, now + GUARD)
    # No `finally` around it: whoever was refused saved nothing, and where it is not known whether anything stands
    # the look that was asked for before finds out.
    yield
    # The sooner of the two counts (`look_at.lua`), so mostly a press brings one look.
    await store.due.look_at(group_id, now)
