"""What a leader is promised, looked at once more when a DM goes: their hours, and two a week over all kinds. And
what the channel is promised when a post goes: one a day."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.domain.channel_days import MEASURED, ONE_AFTER_THE_OTHER, Turn, claimed, must_wait
from bot.domain.due import when_to_send
from bot.domain.ledger import DMS_A_WEEK, week_of
from bot.domain.outbox import CHANGES, Entry
from bot.domain.people import Person
from bot.ports import Deps
from scheduler.outbox.messages import Drop, MessageKind, OutgoingMessage, Reschedule

STILL_AN_ANSWER = timedelta(hours=1)
"""What answers a press but has had to wait for longer keeps to their hours too."""


async def another_has_the_day(
    entry: Entry, kind: MessageKind, outgoing: OutgoingMessage, deps: Deps, now: datetime
) -> Drop | None:
    """Planning knew of a day for it; another post may have gone meanwhile, so the group is looked at again."""
    if kind.TURN is None and outgoing.place and entry.in_channel and not outgoing.place.thread:
        raise ValueError(f"A post in the channel comes by its day: {entry.kind} has no TURN.")
    if kind.TURN is not Turn.WAITS:
        return None
    group = await deps.store.groups.get(entry.group_id)
    return Drop("another post has the day", stale=True) if group and must_wait(group, entry, now) else None


async def unseen(entry: Entry, deps: Deps) -> bool:
    """Whether it would go to a channel that others read since the group was set up, before anybody has looked."""
    if not entry.in_channel or entry.kind in CHANGES:
        return False
    # Read anew for each post: the channel may have been shared a moment ago, and what goes there is read by others.
    group = await deps.store.groups.get(entry.group_id)
    return group is not None and group.trouble is not None and group.trouble.unseen


async def held_back(
    entry: Entry, kind: MessageKind, outgoing: OutgoingMessage, deps: Deps, now: datetime
) -> Reschedule | Drop | None:
    """None: it may go now, and from here on counts towards the leader's week, or has the channel's day. Of a DM the
    person is looked at as they were when it was drawn."""
    if not entry.person_id:
        return await _day_claimed(entry, kind, outgoing, deps, now)
    person = outgoing.person or await deps.store.people.get(entry.person_id)
    if person is None:
        return Drop("they are not with us any more")
    # Hours before the week: what has to wait till morning must not hold a place meanwhile.
    if held := await _outside_hours(entry, kind, person, deps, now):
        return held
    # Planning knew of a place; it may have been given to another meanwhile, so the group is looked at again. From
    # here on the place is ours by our name: who dies before the mark comes back to the same one.
    if kind.COUNTED and not await deps.store.allowance.take(
        person.id, week_of(person, now), entry.name, DMS_A_WEEK
    ):
        return Drop("they have had two messages this week", stale=True)
    return None


async def _day_claimed(
    entry: Entry, kind: MessageKind, outgoing: OutgoingMessage, deps: Deps, now: datetime
) -> Reschedule | None:
    """Two bots, or one that is slow, may each have a post for today that knows nothing of the other: the second
    waits until the first is noted, and is drawn anew, so that it is added to that. Nothing gives a claim back: it
    runs out."""
    if kind.TURN not in MEASURED or outgoing.place is None or outgoing.beside:
        return None
    # Compare-and-set on the group: of two posts that come to this line at once, one finds the other's claim.
    group = await deps.store.groups.change(entry.group_id, lambda one: one and claimed(one, entry, now))
    if group is None or (group.day_claim and group.day_claim.by == entry.name):
        return None
    return Reschedule(now + ONE_AFTER_THE_OTHER)


async def _outside_hours(
    entry: Entry, kind: MessageKind, person: Person, deps: Deps, now: datetime
) -> Reschedule | Drop | None:
    by_itself = kind.IN_HOURS or now >= entry.due_at + STILL_AN_ANSWER
    snapshot = await deps.store.snapshots.group(entry.group_id) if by_itself else None
    if snapshot is None:
        return None
    moment = when_to_send(entry, person, snapshot.group.rhythm, now)
    if moment is None:
        return Drop("it would come outside their hours, or too late", stale=True)
    return Reschedule(moment) if moment > now else None


async def give_back(entry: Entry, deps: Deps, now: datetime) -> None:
    """It was surely not sent, so it does not count: not in this week, nor in the one it was taken in."""
    if not entry.person_id:
        return
    # A moment in each week from when it was due; now too, which a clock that was stepped may have put before that.
    moments = [now, entry.due_at]
    while (later := moments[-1] + timedelta(weeks=1)) < now:
        moments.append(later)
    if person := await deps.store.people.get(entry.person_id):
        # Nobody notes in which week it was taken: giving back what was never taken changes nothing, so all are
        # asked.
        for week in {week_of(person, moment) for moment in moments}:
            await deps.store.allowance.give_back(person.id, week, entry.name)
