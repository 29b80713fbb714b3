"""Slack would not have a posted digest changed: said to those whose words there are no longer what they share."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from msgspec.structs import replace

from bot.domain.correction import refusals
from bot.domain.due import STILL_NEWS, Occurrence, dm
from bot.domain.groups import MessageRef
from bot.domain.outbox import Entry, Kind
from bot.domain.snapshot import GroupSnapshot, Section
from bot.ports import Deps
from bot.views.trouble import not_corrected
from scheduler.outbox.messages import Drop, OutgoingMessage
from scheduler.recipients import leader_of

KIND = Kind.UNCORRECTED
IN_HOURS, COUNTED = False, None
"""It answers what they changed."""


def due(snapshot: GroupSnapshot, now: datetime) -> Iterator[Occurrence]:  # noqa: ARG001 (every kind's shape)
    active = snapshot.active()
    for digest in snapshot.digests.values():
        for id_, since in sorted(refusals(digest).items()):
            if id_ in active and id_ not in digest.refusal_told:
                until = since + STILL_NEWS
                person, subject = snapshot.people[id_], f"{digest.round}.{digest.corrections}"
                yield dm(KIND, snapshot.group, person, since, until, subject=subject)


async def compose(entry: Entry, deps: Deps, now: datetime) -> OutgoingMessage | Drop:  # noqa: ARG001
    to = await leader_of(entry, deps, Section.NAMES | Section.DIGESTS)
    if isinstance(to, Drop):
        return to
    digest = to.snapshot.digests.get(_round_of(entry))
    if digest is None or entry.person_id not in refusals(digest):
        return Drop("it is corrected by now")
    return OutgoingMessage(not_corrected(to.snapshot, digest), person=to.person)


async def sent(entry: Entry, ref: MessageRef, deps: Deps, now: datetime) -> None:  # noqa: ARG001
    assert entry.person_id is not None
    told = entry.person_id
    await deps.store.digests.change(
        entry.group_id,
        _round_of(entry),
        lambda stored: stored and replace(stored, refusal_told=tuple({*stored.refusal_told, told})),
    )


def _round_of(entry: Entry) -> str:
    return (entry.subject or "").partition(".")[0]
