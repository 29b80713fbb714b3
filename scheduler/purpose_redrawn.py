"""The post of a wording that is settled, without its buttons; a reply whose words changed or were withdrawn.

An entry's subject is as in `purpose_posts`.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from msgspec.structs import replace

from bot.domain.due import Occurrence, post
from bot.domain.groups import MessageRef
from bot.domain.outbox import Entry, Kind
from bot.domain.snapshot import ANNOUNCEMENTS, GroupSnapshot
from bot.ports import Deps
from bot.usecases import purpose_posts
from bot.usecases.retention import RETENTION
from bot.views.announcements import announcement_at
from bot.views.purpose import change_message, purpose_message
from scheduler.correction import next_try
from scheduler.outbox.messages import Drop, OutgoingMessage
from scheduler.recipients import snapshot_of

KIND = Kind.PURPOSE_REDRAWN
IN_HOURS, COUNTED = False, None
TURN = None


def due(snapshot: GroupSnapshot, now: datetime) -> Iterator[Occurrence]:
    """Each message of a wording that shows fewer changes than it has had: for a year, a day after a refusal."""
    for one in snapshot.purpose.wordings:
        # Each message of it: what it is about, and since when it may read otherwise.
        messages = [(purpose_posts.POST, one.stood_at or one.ended_at or one.opens_at, one.post)]
        messages += [(asked.id, asked.withdrawn_at or asked.at, asked.reply) for asked in one.asked]
        for part, since, message in messages:
            if message.posted and message.changes > message.drawn:
                at, subject = next_try(since, f"{one.id}.{part}.{message.changes}", message.refused_at)
                if now < at + RETENTION:
                    yield post(KIND, snapshot.group, at, subject=subject, lasts=RETENTION)


async def compose(entry: Entry, deps: Deps, now: datetime) -> OutgoingMessage | Drop:  # noqa: ARG001
    """Dropped where it is kept no more, or shows as much already."""
    snapshot = await snapshot_of(entry, deps, ANNOUNCEMENTS)
    id_, part, shows = purpose_posts.about(entry)
    one, message = snapshot.purpose.find(id_), purpose_posts.found(snapshot.purpose, entry)
    if one is None or message is None or message.posted is None:
        return Drop("it is no longer kept")
    if message.drawn >= shows:
        return Drop("it is as it should be")
    asked = next((each for each in one.asked if each.id == part), None)
    if asked:
        drawn = change_message(snapshot, one, asked)
    else:
        drawn = announcement_at(snapshot, message.posted, purpose_message(snapshot, one))
    return OutgoingMessage(drawn, replaces=replace(message.posted, channel=snapshot.group.place.channel))


async def sent(entry: Entry, ref: MessageRef, deps: Deps, now: datetime) -> None:  # noqa: ARG001
    """How many changes it shows; the most stands, and no refusal with it."""
    await purpose_posts.redrawn(deps, entry)
