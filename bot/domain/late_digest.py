"""The digest that had nothing to say in time, and that the first words before the meeting make due after all; and
the one that never went."""

from __future__ import annotations

from datetime import datetime

from bot.domain.groups import Group
from bot.domain.hours import next_allowed
from bot.domain.rounds import Round, called_off, digest_to_come


def unsaid(round: Round, now: datetime) -> bool:
    """Whether its digest had nothing to say, and its meeting is still ahead: words that come now are in time."""
    return silent(round) and round.meeting_at is not None and now < round.meeting_at


def silent(round: Round) -> bool:
    """Whether its digest had its turn before a meeting, and nothing to say."""
    said = round.digested_at is not None or round.unconfirmed_at is not None
    return round.digested and not said and round.meeting_at is not None


def late_digest_at(round: Round, group: Group, now: datetime) -> datetime:
    """When the digest of a round that is `unsaid` goes for words that come now: in the group's hours, and where
    those begin too late for the meeting, at once."""
    rhythm = group.rhythm
    at = next_allowed(now, group.zone, group.nation, rhythm.hours_from, rhythm.hours_to)
    at = round.late_at or at
    return at if round.meeting_at is None or at < round.meeting_at else now


def went(round: Round) -> bool:
    """Whether the group was told of its words, as far as there were any, or may have been. Not where we were down
    for its digest, nor where its meeting was called off."""
    posted = round.digested_at is not None or round.late_at is None
    return round.unconfirmed_at is not None or (round.digested and posted)


def never_went(round: Round, group: Group, now: datetime) -> bool:
    """Whether the group will not be told of them either."""
    to_come = digest_to_come(round, group.trouble, now) or unsaid(round, now)
    return not went(round) and (called_off(round, group) or not to_come)
