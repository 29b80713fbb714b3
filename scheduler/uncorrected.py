"""Slack would not have a posted digest or brief changed: said to those whose words there are no longer what they
share. An entry's subject is `<round>.<n>`, and `<round>.<n>.brief` of a brief."""

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
from bot.views.trouble import brief_not_corrected, not_corrected
from scheduler.outbox.messages import Drop, OutgoingMessage
from scheduler.recipients import leader_of

KIND = Kind.UNCORRECTED
BRIEF = "brief"
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

    for brief in snapshot.briefs.values():
        if not brief.refused or brief.refused_at is None or not brief.behind:
            continue
        for id_ in brief.uncorrected:
            if id_ in active and id_ not in brief.refusal_told:
                until = brief.refused_at + STILL_NEWS
                person, subject = snapshot.people[id_], f"{brief.round}.{brief.corrections}.{BRIEF}"
                yield dm(KIND, snapshot.group, person, brief.refused_at, until, subject=subject)


async def compose(entry: Entry, deps: Deps, now: datetime) -> OutgoingMessage | Drop:  # noqa: ARG001
    to = await leader_of(entry, deps, Section.NAMES | Section.DIGESTS | Section.BRIEFS)
    if isinstance(to, Drop):
        return to
    if _of_brief(entry):
        brief = to.snapshot.briefs.get(_round_of(entry))
        if brief is None or not brief.refused or not brief.behind:
            return Drop("it is corrected by now")
        return OutgoingMessage(brief_not_corrected(to.snapshot, brief), person=to.person)
    digest = to.snapshot.digests.get(_round_of(entry))
    if digest is None or entry.person_id not in refusals(digest):
        return Drop("it is corrected by now")
    return OutgoingMessage(not_corrected(to.snapshot, digest), person=to.person)


async def sent(entry: Entry, ref: MessageRef, deps: Deps, now: datetime) -> None:  # noqa: ARG001
    assert entry.person_id is not None
    told = entry.person_id
    if _of_brief(entry):
        await deps.store.briefs.change(
            entry.group_id,
            _round_of(entry),
            lambda stored: stored and replace(stored, refusal_told=tuple({*stored.refusal_told, told})),
        )
        return
    await deps.store.digests.change(
        entry.group_id,
        _round_of(entry),
        lambda stored: stored and replace(stored, refusal_told=tuple({*stored.refusal_told, told})),
    )


def _of_brief(entry: Entry) -> bool:
    return (entry.subject or "").endswith(f".{BRIEF}")


def _round_of(entry: Entry) -> str:
    return (entry.subject or "").partition(".")[0]
