"""A posted digest whose words were edited or pulled back, or whose buttons are over: changed to match.

An entry's subject is `<n>.<k>`: it is there to show the correction that follows the n-th, as the k-th change of the
message. Each change has a name of its own, since a slow one may come over a later one and must then be done again.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from msgspec.structs import replace

from bot.domain import help_wanted
from bot.domain.digest import Correctable
from bot.domain.due import Occurrence, post
from bot.domain.groups import MessageRef
from bot.domain.outbox import Entry, Kind
from bot.domain.posted import redrawn
from bot.domain.snapshot import GroupSnapshot, Section
from bot.ports import Deps
from bot.usecases import digest
from bot.usecases.follow_up import LONGEST_PRESS
from bot.usecases.retention import RETENTION
from bot.views.digest import digest_message, nothing_left
from scheduler.outbox.messages import Drop, OutgoingMessage
from scheduler.recipients import snapshot_of

KIND = Kind.CORRECTION
IN_HOURS, COUNTED = False, None
TURN = None

TRY_AGAIN = timedelta(days=1)
"""After Slack would not have the message changed."""


def due(snapshot: GroupSnapshot, now: datetime) -> Iterator[Occurrence]:
    """Each digest that is noted in `group.to_correct` and `behind`, for a year; and looks: when an ask that a
    digest offers help with ends, and when the press that noted a digest must be over."""
    yield from (Occurrence(at=at) for at in help_wanted.next_end(snapshot, now))
    for name, noted_at in snapshot.group.to_correct.items():
        yield Occurrence(at=noted_at + LONGEST_PRESS)
        kept = snapshot.digests.get(name)
        if kept is None or not kept.behind:
            continue
        at, subject = change_of(kept, kept.corrected_at or kept.composed_at)
        yield post(KIND, snapshot.group, at, round=name, subject=subject, lasts=RETENTION)


def change_of(message: Correctable, corrected_at: datetime) -> tuple[datetime, str]:
    """When a message that is behind is changed, and which change that is."""
    return next_try(corrected_at, f"{message.corrections - 1}.{message.redrawn}", message.refused_at)


def next_try(at: datetime, subject: str, refused_at: datetime | None) -> tuple[datetime, str]:
    """When a change is tried: `at`, and not before a while after Slack would not have it; each try has a subject of
    its own."""
    if refused_at is None:
        return at, subject
    return max(at, refused_at + TRY_AGAIN), f"{subject}.{refused_at:%Y%m%d%H%M%S}"


async def compose(entry: Entry, deps: Deps, now: datetime) -> OutgoingMessage | Drop:
    """The digest as its leaders' words are now, kept so first. Dropped where it is kept no more, or its message
    shows that correction already; where nothing is left, a sentence says so in its place."""
    kept = await digest.rewritten(deps.store, entry.group_id, entry.round, now)
    if kept is None or kept.posted is None:
        return Drop("the digest is no longer kept")
    if kept.corrections <= after(entry):
        return Drop("its words are as they were")
    group = (await snapshot_of(entry, deps, Section.NOTHING)).group
    # else all that it was posted with has been taken back
    stands = any((kept.felt, kept.commitments, kept.asks, kept.pulses, kept.plates))
    message = digest_message(kept, zone=group.zone) if stands else nothing_left(kept)
    return OutgoingMessage(message, replaces=replace(kept.posted, channel=group.place.channel))


async def sent(entry: Entry, ref: MessageRef, deps: Deps, now: datetime) -> None:  # noqa: ARG001
    """That its message shows at least that correction; newer ones keep it owed."""
    await deps.store.digests.change(
        entry.group_id, entry.round, lambda stored: stored and redrawn(stored, after(entry))
    )


def after(entry: Entry) -> int:
    """An entry from before they were counted has an id alone, and is to be shown whatever it says."""
    number, _, id_ = entry.subject.partition(".")
    return int(number) if id_ else -1
