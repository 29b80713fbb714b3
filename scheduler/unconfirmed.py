"""Nobody can tell whether a digest is in the channel, or the announcement of a change: said to whoever looks after
the rhythm, who can look there and have it posted again, or to whoever made the change."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from msgspec.structs import replace

from bot.domain.due import STILL_NEWS, Occurrence, dm, in_hours
from bot.domain.groups import MessageRef, ended
from bot.domain.ledger import Claim
from bot.domain.moments import to_the_second
from bot.domain.outbox import Entry, Kind
from bot.domain.rounds import news_until
from bot.domain.snapshot import GroupSnapshot, Section
from bot.domain.unconfirmed import may_post_again
from bot.ports import Deps
from bot.usecases.stored import if_there
from bot.views.unconfirmed import unconfirmed_change, unconfirmed_digest
from scheduler.outbox.messages import Drop, OutgoingMessage
from scheduler.recipients import leader_of, round_of

KIND = Kind.UNCONFIRMED
IN_HOURS, COUNTED = True, Claim.LETTER
TURN = None


def due(snapshot: GroupSnapshot, now: datetime) -> Iterator[Occurrence]:
    """Where `unconfirmed_at` is set and was not told. Of a digest to the convenor, or the first active leader where
    there is none, while it is news; of a change to whoever made it, for ten days."""
    group = snapshot.group
    for round in (snapshot.round, snapshot.previous):
        if round and round.unconfirmed_at and not round.told_unconfirmed and may_post_again(round, group, now):
            until = news_until(round, group.trouble)
            yield from _told(snapshot, snapshot.keeper, round.unconfirmed_at, until, now, round=round.name)
    for change in snapshot.changes.values():
        if change.unconfirmed_at and not change.told_unconfirmed:
            until = change.unconfirmed_at + STILL_NEWS
            yield from _told(snapshot, change.by, change.unconfirmed_at, until, now, subject=change.id)


def _told(
    snapshot: GroupSnapshot,
    to: str,
    since: datetime,
    until: datetime,
    now: datetime,
    *,
    round: str = "",
    subject: str = "",
) -> Iterator[Occurrence]:
    """In their hours; to nobody once the group has ended, or they have left."""
    group, leader = snapshot.group, snapshot.active().get(to)
    if leader and not ended(group, now):
        named, person = f"{subject}{to_the_second(since)}", snapshot.people[to]
        found = dm(KIND, group, person, since, until, round=round, subject=subject, named=named)
        yield from in_hours(found, snapshot, person, now, back=leader)


async def compose(entry: Entry, deps: Deps, now: datetime) -> OutgoingMessage | Drop:
    """Dropped where somebody had the digest posted again, or it is no news any more."""
    to = await leader_of(entry, deps, Section.NAMES | Section.ROUNDS)
    if isinstance(to, Drop):
        return to
    if not entry.round:
        return OutgoingMessage(unconfirmed_change(to.snapshot), person=to.person)
    if not may_post_again(round_of(entry, to.snapshot), to.snapshot.group, now):
        return Drop("it is posted again, or no news any more")
    return OutgoingMessage(unconfirmed_digest(to.snapshot, entry.round), person=to.person)


async def sent(entry: Entry, ref: MessageRef, deps: Deps, now: datetime) -> None:  # noqa: ARG001
    """`told_unconfirmed` of the round, or of the change."""
    told, store = if_there(replace, told_unconfirmed=True), deps.store
    if entry.round:
        await store.rounds.change(entry.group_id, entry.round, told)
    else:
        await store.changes.change(entry.group_id, entry.subject, told)
