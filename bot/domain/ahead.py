"""Who is already ahead of us: what leaders chose to say of it, credited to their organisation, with a way to go and
see."""

from __future__ import annotations

from datetime import UTC, datetime

import msgspec

from bot.domain.offers import Offer
from bot.domain.problems import ProblemCode, require
from bot.domain.questions import Question, question_of
from bot.domain.snapshot import GroupSnapshot

VISIT = "visit"
"""How the id of an offer begins that was made here."""


class Ahead(msgspec.Struct, frozen=True, kw_only=True):
    """`by` said it for `organisation`. `about`: the commitment it was said of, or empty where it answers the
    round's question. Its `id` has no dots."""

    id: str
    by: str
    organisation: str
    text: str
    at: datetime
    about: str = ""


def already_ahead(snapshot: GroupSnapshot) -> list[Ahead]:
    """Of those who are in the group, the newest first: answers to *Who is already ahead?* that stand in a digest,
    and what was said of a commitment by who ticked that it may stand here."""
    answered = [
        Ahead(
            id=f"{digest.round}-{line.person_id}",
            by=line.person_id,
            organisation=line.organisation,
            text=line.question,
            at=digest.composed_at,
        )
        for digest in snapshot.digests.values()
        if digest.posted is not None and question_of(digest.question).id == Question.ALREADY_AHEAD
        for line in digest.plates
        if line.question
    ]
    said = [
        Ahead(
            # no dot in it: a payload's subject is cut at dots
            id=f"{c.id}-{line.at.astimezone(UTC):%Y%m%d%H%M%S}-{line.by}",
            by=line.by,
            organisation=leader.organisation,
            text=line.noticed,
            at=line.at,
            about=c.what,
        )
        for c in snapshot.commitments.values()
        for line in c.history
        if line.may_show and line.noticed and (leader := snapshot.leaders.get(line.by))
    ]
    here = snapshot.active()
    found = [one for one in (*answered, *said) if one.by in here]
    return sorted(found, key=lambda one: (one.at, one.id), reverse=True)


def find(snapshot: GroupSnapshot, id_: str) -> Ahead:
    """Raises Problem where it is gone: pulled back, or of somebody who has left."""
    return require(next((one for one in already_ahead(snapshot) if one.id == id_), None), ProblemCode.AHEAD_GONE)


def visit_offered(snapshot: GroupSnapshot, one: Ahead, now: datetime) -> Offer | None:
    """What whoever said it offers with it, for everyone to see."""
    mine = [offer for offer in snapshot.offers.values() if offer.by == one.by and _with(offer, one)]
    return next((offer for offer in mine if offer.shown and offer.open(now)), None)


def visit_id(snapshot: GroupSnapshot, one: Ahead) -> str:
    """Of an offer to make with it: the one that stands, or after those that were taken back."""
    mine = [offer for offer in snapshot.offers.values() if _with(offer, one)]
    return f"{VISIT}-{one.id}-{sum(offer.ended_at is not None for offer in mine)}"


def _with(offer: Offer, one: Ahead) -> bool:
    return offer.id.rpartition("-")[0] == f"{VISIT}-{one.id}"
