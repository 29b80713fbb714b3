"""The brief, in the channel before a meeting. Kept as it was drawn before it goes, so that what is stored is what
was posted."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from bot.domain.channel_days import Turn
from bot.domain.due import Event, Occurrence, Upcoming, post
from bot.domain.groups import MessageRef
from bot.domain.outbox import Entry, Kind
from bot.domain.snapshot import GroupSnapshot
from bot.ports import Deps
from bot.usecases import brief, digest
from bot.views.brief import brief_message
from scheduler.outbox.messages import Drop, OutgoingMessage
from scheduler.recipients import snapshot_of

KIND = Kind.BRIEF
IN_HOURS, COUNTED = False, None
TURN = Turn.BESIDE


def due(snapshot: GroupSnapshot, now: datetime) -> Iterator[Occurrence]:
    """Where there is something to say. While the digest before it is still to go, nothing: the group is looked at
    once that went."""
    occasion, group = brief.occasion_of(snapshot, now), snapshot.group
    if occasion is None or occasion.waits or occasion.at >= occasion.until:
        return
    if snapshot.silent:
        yield Occurrence(at=occasion.at)  # a mere look: somebody may be about again by then, by any press
    stored = snapshot.briefs.get(occasion.name)
    if (stored and stored.posted) or not brief.lines_to_post(snapshot, occasion, now):
        return
    what = Upcoming(event=Event.BRIEF, of=group.name)
    yield post(KIND, group, occasion.at, round=occasion.name, lasts=occasion.until - occasion.at, what=what)


async def compose(entry: Entry, deps: Deps, now: datetime) -> OutgoingMessage | Drop:
    """Draws the brief and keeps it so, with words that a press has just changed as they are by now. Dropped where
    nothing is left to say; as stale where the meeting moved, or the digest before it has yet to go."""
    snapshot = await digest.up_to_date(deps, await snapshot_of(entry, deps, brief.NEEDS), now)
    occasion = brief.occasion_of(snapshot, now)
    if occasion is None or occasion.name != entry.round:
        return Drop("the group does not meet then")
    if occasion.waits or not occasion.at <= now < occasion.until:
        return Drop("the meeting has moved", stale=True)
    drawn = await brief.draw(deps.store, snapshot, occasion, now)
    if drawn is None:
        return Drop("nothing to say")
    return OutgoingMessage(brief_message(drawn, zone=snapshot.group.zone), place=snapshot.group.place)


async def sent(entry: Entry, ref: MessageRef, deps: Deps, now: datetime) -> None:  # noqa: ARG001
    """Where it stands, in the brief. Until then it counts as drawn and not posted, and is worth posting until they
    meet."""
    await brief.posted(deps, entry.group_id, entry.round, ref)
