"""How an entry leaves a delivery: sent, dropped, put off, or set aside where the fault is ours.

Only after the lease is known to be ours, or the message to be in Slack. What others rely on is noted before the
entry leaves, so that whoever dies in between has it done again, and nothing here is wrong when done twice.
"""

from __future__ import annotations

from datetime import timedelta

import structlog

from bot.domain.channel_days import MEASURED
from bot.domain.groups import MessageRef
from bot.domain.outbox import Outcome, Status
from bot.usecases import channel, introductions, refused
from bot.usecases.follow_up import GUARD
from scheduler.outbox import limits, refusals
from scheduler.outbox.messages import DeliveryContext, Drop, Reschedule

# With `backoff` before each, half a minute in all: what is still wrong then is a bug, or a damaged record.
MOST_FAULTS = 5

AFTER_A_DM = timedelta(minutes=1)
"""When a group is looked at again after a DM of its round: what follows from it (the nudge) is hours away, and one
look serves for all that go in that minute."""

log = structlog.get_logger()


async def after(context: DeliveryContext, ref: MessageRef, *, edited: bool = False) -> None:
    """It is in Slack. The group is looked at again before the entry leaves, since what comes next may follow
    from this (the nudge after the check-in)."""
    entry, deps = context.claimed.entry, context.deps
    # Each of these may have been done by somebody who died after it; all are the same the second time.
    await context.kind.sent(entry, ref, context.of_claim, context.now)
    if context.kind.TURN in MEASURED:
        await channel.told(deps, entry, ref, context.now)
    if entry.in_channel:
        posted = not edited and entry.kind not in refused.IN_THREADS
        await channel.opened(deps.store, entry.group_id, context.now, posted=posted)
    # Before `finish`: who dies here is taken up, and does all of this again. After it nobody would.
    if entry.round:
        soon = AFTER_A_DM if entry.person_id else timedelta(0)
        await deps.store.due.look_at(entry.group_id, context.now + soon)
    await deps.store.delivery.finish(context.claimed, Outcome(status=Status.SENT, sent=ref))


async def not_now(context: DeliveryContext, why: Drop | Reschedule) -> None:
    """Dropped, or put off until the moment that a Reschedule says."""
    if isinstance(why, Drop):
        await drop(context, why)
    else:
        await context.deps.store.delivery.put_off(context.claimed, why.until)


async def drop(context: DeliveryContext, drop: Drop) -> None:
    """It leaves, and may be planned again. Looking at once at a group whose times have changed makes no loop: what
    is planned by its times as they are is not stale."""
    entry, deps = context.claimed.entry, context.deps
    again = drop.stale and (entry.round or entry.in_channel)
    log.info("not sent", entry=entry.name, reason=drop.reason)
    if drop.stale and context.now >= entry.expires_at:
        await introductions.not_together(deps, entry, context.now, sure=True)
    # Before it leaves, or a place would be held by a message that is no more. Twice gives back once.
    await limits.give_back(entry, deps, context.now)
    if again:
        # Should we die before the look below. Not for now: until the entry has left, planning it anew adds nothing.
        await deps.store.due.look_at(entry.group_id, context.now + GUARD)
    await deps.store.delivery.finish(context.claimed, Outcome(status=Status.DROPPED, why=drop.reason))
    if again:
        await deps.store.due.look_at(entry.group_id, context.now)


async def our_fault(context: DeliveryContext, error: Exception) -> None:
    """A bug, or a record that can't be read: try again, and set it aside the fifth time, so the rest goes on."""
    claimed, delivery = context.claimed, context.deps.store.delivery
    why = refusals.said(error)
    log.exception("an entry can't be delivered", entry=claimed.entry.name, faults=claimed.faults + 1)
    # It arrived: only what follows from it can't be noted. A dead letter would say that it did not arrive.
    if claimed.faults + 1 >= MOST_FAULTS and claimed.sent:
        await delivery.finish(claimed, Outcome(status=Status.SENT, sent=claimed.sent, why=why))
        return
    if claimed.faults + 1 >= MOST_FAULTS:
        await refused.given_up(context.deps, claimed.entry, "our_fault")
        await delivery.dead_letter(claimed, why)
        return
    # With its mark, if it has one: the fault may have come after the post.
    wait = refusals.backoff(claimed.faults)
    await delivery.put_back(claimed, context.now, after=wait, keep_mark=True, count="faults")
