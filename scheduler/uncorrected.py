"""Slack would not have a posted digest or brief changed, or nothing in its channel: said to those whose words there
are no longer what they share. An entry's subject is `<round>.<n>`, and `<round>.<n>.brief` of a brief."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TypeVar

from msgspec.structs import replace

from bot.domain.brief import Brief
from bot.domain.digest import Correctable, Digest
from bot.domain.due import STILL_NEWS, Occurrence, dm
from bot.domain.groups import Group, MessageRef
from bot.domain.outbox import Entry, Kind
from bot.domain.posted import refusals
from bot.domain.snapshot import GroupSnapshot, Section
from bot.domain.trouble import holds_changes, told_too_late
from bot.ports import Deps
from bot.views.trouble import brief_not_corrected, not_corrected
from scheduler.outbox.messages import Drop, OutgoingMessage
from scheduler.recipients import leader_of

Post = TypeVar("Post", Digest, Brief)

KIND = Kind.UNCORRECTED
BRIEF = "brief"
IN_HOURS, COUNTED = False, None
TURN = None
"""It answers what they changed."""


def due(snapshot: GroupSnapshot, now: datetime) -> Iterator[Occurrence]:  # noqa: ARG001 (every kind's shape)
    """To each whose words stand in a digest, a reply or a brief as they no longer share them, where Slack refused
    the change or the channel takes none: for ten days from that, once for each correction."""
    for digest in snapshot.digests.values():
        yield from _owed(snapshot, digest, (digest, *digest.replies), f"{digest.round}.{digest.corrections}")
    for brief in snapshot.briefs.values():
        yield from _owed(snapshot, brief, (brief,), f"{brief.round}.{brief.corrections}.{BRIEF}")


def _owed(
    snapshot: GroupSnapshot, post: Digest | Brief, messages: tuple[Correctable, ...], subject: str
) -> Iterator[Occurrence]:
    """To each whose words stand in one of its messages and who does not know yet."""
    active, group = snapshot.active(), snapshot.group
    for id_, since in sorted(_standing(group, post, *messages).items()):
        if id_ not in active or id_ in post.refusal_told or told_too_late(group, snapshot.people[id_]):
            continue
        yield dm(KIND, group, snapshot.people[id_], since, since + STILL_NEWS, subject=subject)


def _standing(group: Group, post: Digest | Brief, *messages: Correctable) -> dict[str, datetime]:
    """Whose words stand there, and since when Slack lets nothing be changed."""
    held = group.trouble if holds_changes(group) else None
    since = max(held.since, post.corrected_at or held.since) if held else None
    return refusals(*messages, held_since=since)


async def compose(entry: Entry, deps: Deps, now: datetime) -> OutgoingMessage | Drop:  # noqa: ARG001
    """Dropped where the message, or all of theirs in it, is corrected by now."""
    to = await leader_of(entry, deps, Section.NAMES | Section.DIGESTS | Section.BRIEFS)
    if isinstance(to, Drop):
        return to
    if entry.subject.endswith(f".{BRIEF}"):
        brief = to.snapshot.briefs.get(_round_of(entry))
        if brief is None or entry.person_id not in _standing(to.snapshot.group, brief, brief):
            return Drop("it is corrected by now")
        return OutgoingMessage(brief_not_corrected(to.snapshot, brief), person=to.person)
    digest = to.snapshot.digests.get(_round_of(entry))
    if digest is None or entry.person_id not in _standing(to.snapshot.group, digest, digest, *digest.replies):
        return Drop("it is corrected by now")
    return OutgoingMessage(not_corrected(to.snapshot, digest), person=to.person)


async def sent(entry: Entry, ref: MessageRef, deps: Deps, now: datetime) -> None:  # noqa: ARG001
    """In the digest or brief: this person knows, until all of it is corrected."""
    told, store = entry.person_id, deps.store
    if entry.subject.endswith(f".{BRIEF}"):
        await store.briefs.change(entry.group_id, _round_of(entry), lambda stored: stored and _told(stored, told))
    else:
        await store.digests.change(entry.group_id, _round_of(entry), lambda stored: stored and _told(stored, told))


def _told(post: Post, person_id: str) -> Post:
    return replace(post, refusal_told=tuple({*post.refusal_told, person_id}))


def _round_of(entry: Entry) -> str:
    return entry.subject.partition(".")[0]
