"""A reply under a digest whose words were edited or pulled back: changed to match, as the digest itself is.

An entry's subject is `<reply>.<n>.<k>`: the reply's number, and the rest as in `correction`.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from msgspec.structs import replace

from bot.domain.due import Occurrence, post
from bot.domain.groups import MessageRef
from bot.domain.outbox import Entry, Kind, reply_number
from bot.domain.posted import redrawn
from bot.domain.snapshot import GroupSnapshot, Section
from bot.ports import Deps
from bot.usecases import digest
from bot.usecases.retention import RETENTION
from bot.views.digest_reply import reply_message
from scheduler.correction import change_of
from scheduler.outbox.messages import Drop, OutgoingMessage
from scheduler.recipients import snapshot_of

KIND = Kind.REPLY_CORRECTION
IN_HOURS, COUNTED = False, None
TURN = None


def due(snapshot: GroupSnapshot, now: datetime) -> Iterator[Occurrence]:  # noqa: ARG001 (every kind's shape)
    """Each reply that is `behind`, under a digest that is noted in `group.to_correct`: for a year."""
    for name in snapshot.group.to_correct:
        kept = snapshot.digests.get(name)
        if kept is None or kept.corrected_at is None:
            continue
        for number, reply in enumerate(kept.replies):
            if reply.behind:
                at, change = change_of(reply, kept.corrected_at)
                subject = f"{number}.{change}"
                yield post(KIND, snapshot.group, at, round=name, subject=subject, lasts=RETENTION)


async def compose(entry: Entry, deps: Deps, now: datetime) -> OutgoingMessage | Drop:
    """Dropped where the digest or that reply is kept no more, or it shows that correction already."""
    kept, number = await digest.rewritten(deps.store, entry.group_id, entry.round, now), reply_number(entry)
    if kept is None or number is None or (posted := kept.replies[number].posted) is None:
        return Drop("the digest is no longer kept")
    if kept.replies[number].corrections <= _after(entry):
        return Drop("its words are as they were")
    group = (await snapshot_of(entry, deps, Section.NOTHING)).group
    return OutgoingMessage(reply_message(kept, number), replaces=replace(posted, channel=group.place.channel))


async def sent(entry: Entry, ref: MessageRef, deps: Deps, now: datetime) -> None:  # noqa: ARG001
    """That the reply shows at least that correction; newer ones keep it owed."""
    await deps.store.digests.change(
        entry.group_id,
        entry.round,
        lambda stored: stored and redrawn(stored, _after(entry), reply_number(entry)),
    )


def _after(entry: Entry) -> int:
    return int(entry.subject.split(".")[1])
