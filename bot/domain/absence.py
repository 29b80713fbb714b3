"""Who is gone without a word: noticed, asked, taken out where they can't be asked, and back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum

from msgspec.structs import replace

from bot.domain.groups import MessageRef
from bot.domain.people import Absence, AbsenceReason, Departure, Leader


class Presence(StrEnum):
    """Where Slack says that somebody is. UNTOLD: it would not say, or not in time; that stands in nobody's way."""

    IN_CHANNEL = "in_channel"
    OUTSIDE = "outside"
    CLOSED = "closed"
    BOT = "bot"
    UNTOLD = "untold"


STRAIGHT_BACK = timedelta(minutes=10)
"""Somebody who comes back to the channel within it is asked nothing."""

ASKED_FOR = timedelta(days=10)
"""How long we try to ask them. After that they could not be."""


def absent(leader: Leader, reason: AbsenceReason, now: datetime) -> Leader:
    """Seen to be gone. What is known already stays; but a closed account is more than an empty chair.

    Somebody whom the group kept by an objection stays, until they have been seen to be about again.
    """
    departure = leader.departure
    kept_by_objection = departure and departure.objected_by is not None and departure.reason is reason
    if not leader.in_group or kept_by_objection:
        return leader
    known = leader.absence
    if known and (known.reason is reason or known.reason is AbsenceReason.LEFT_SLACK):
        return leader
    return replace(leader, absence=Absence(reason=reason, since=now))


def seen_again(leader: Leader) -> Leader:
    """In the channel, with an account: as before, and whatever was objected to is over."""
    if not leader.in_group or (leader.absence is None and leader.departure is None):
        return leader
    return replace(leader, absence=None, departure=None)


def asked(leader: Leader, question: MessageRef, now: datetime) -> Leader:
    """The question went out, as that message. Nothing, where they are back."""
    return _noting(leader, asked_at=now, question=question)


def question_of(leader: Leader) -> MessageRef | None:
    """The message that asks them whether they leave the group too, as long as it does."""
    return leader.absence.question if leader.absence else None


def unreached(leader: Leader) -> Leader:
    """Slack would not take the message that asks them."""
    return _noting(leader, unreachable=True)


def _noting(leader: Leader, **what: object) -> Leader:
    return replace(leader, absence=replace(leader.absence, **what)) if leader.absence else leader


def cannot_be_asked(leader: Leader, now: datetime) -> bool:
    """Whether they are to be taken out: they have no account, or could not be reached with the question."""
    absence = leader.absence
    if absence is None or not leader.in_group:
        return False
    never_reached = absence.asked_at is None and now >= absence.since + ASKED_FOR
    return absence.reason is AbsenceReason.LEFT_SLACK or absence.unreachable or never_reached


def taken_out(leader: Leader, now: datetime, called: dict[str, str]) -> Leader:
    """`called`: how they are called in the news of it."""
    if not cannot_be_asked(leader, now):
        return leader
    assert leader.absence is not None
    departure = Departure(at=now, reason=leader.absence.reason, called=called)
    return replace(leader, left_at=now, absence=None, departure=departure)


def gone_by_own_wish(leader: Leader, now: datetime, called: dict[str, str]) -> Leader:
    """By a press of theirs, so no reason is told. Nothing, where they have left. `called`: as in `taken_out`."""
    if not leader.in_group:
        return leader
    return replace(leader, left_at=now, absence=None, departure=Departure(at=now, called=called))


def kept(leader: Leader, by: str, called: dict[str, str]) -> Leader:
    """Somebody objects to their being taken out: they are in the group as before."""
    departure = leader.departure
    if departure is None or departure.reason is None or leader.in_group:
        return leader
    return replace(
        leader, left_at=None, departure=replace(departure, objected_by=by, called=called | departure.called)
    )


def present(leaders: Mapping[str, Leader]) -> set[str]:
    """The person ids of everybody who has not left, those who are absent among them."""
    return {id_ for id_, leader in leaders.items() if leader.in_group}
