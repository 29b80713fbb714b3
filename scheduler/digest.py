"""The digest. Kept as it was drawn before it goes, so that what is stored is what was posted."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from bot.domain.channel_days import Turn
from bot.domain.checkins import NUDGE_GRACE
from bot.domain.due import Event, Occurrence, Upcoming, post
from bot.domain.groups import MessageRef, ended
from bot.domain.outbox import Entry, Kind
from bot.domain.rounds import called_off, news_until
from bot.domain.snapshot import GroupSnapshot
from bot.ports import Deps
from bot.usecases import digest
from bot.views.digest import digest_message
from scheduler.outbox.messages import Drop, OutgoingMessage
from scheduler.recipients import round_of, snapshot_of

KIND = Kind.DIGEST
IN_HOURS, COUNTED = False, None
TURN = Turn.BESIDE


def due(snapshot: GroupSnapshot, now: datetime) -> Iterator[Occurrence]:
    """Of the latest round, and of the one before it: where the latest was opened early for somebody's words, that
    one's digest may still have to go."""
    group = snapshot.group
    for round in (snapshot.round, snapshot.previous):
        if round is None or round.digested or called_off(round, group) or ended(group, now):
            continue
        lasts = news_until(round, group.trouble) - round.digest_at
        yield Occurrence(at=round.closes_at, what=Upcoming(event=Event.CLOSING, of=group.name))
        yield post(
            KIND,
            group,
            round.digest_at,
            round=round.name,
            lasts=lasts,
            what=Upcoming(event=Event.DIGEST, of=group.name),
        )
        if round.digest_at <= now < round.digest_at + lasts:  # the next round waits: see soon whether it went
            yield Occurrence(at=now + NUDGE_GRACE)


async def compose(entry: Entry, deps: Deps, now: datetime) -> OutgoingMessage | Drop:
    snapshot = await snapshot_of(entry, deps, digest.NEEDS)
    round = round_of(entry, snapshot)
    if called_off(round, snapshot.group) or ended(snapshot.group, now):
        return Drop("the group does not meet for it")
    drawn = await digest.draw(deps.store, snapshot, round, now)
    if drawn is None:
        return Drop("nothing to say")
    return OutgoingMessage(digest_message(drawn, zone=snapshot.group.zone), place=snapshot.group.place)


async def sent(entry: Entry, ref: MessageRef, deps: Deps, now: datetime) -> None:
    await digest.posted(deps, entry.group_id, entry.round or "", ref, now)
