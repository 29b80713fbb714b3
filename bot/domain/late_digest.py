"""The digest that had nothing to say in time, and that the first words before the meeting make due after all."""

from __future__ import annotations

from datetime import datetime

from bot.domain.groups import Group
from bot.domain.hours import next_allowed
from bot.domain.rounds import Round


def unsaid(round: Round, now: datetime) -> bool:
    """Whether its digest had nothing to say, and its meeting is still ahead: words that come now are in time."""
    silent = round.digested and round.digested_at is None
    return silent and round.meeting_at is not None and now < round.meeting_at


def late_digest_at(round: Round, group: Group, now: datetime) -> datetime:
    """When the digest of a round that is `unsaid` goes for words that come now: in the group's hours, and where
    those begin too late for the meeting, at once."""
    rhythm = group.rhythm
    at = next_allowed(now, group.zone, group.nation, rhythm.hours_from, rhythm.hours_to)
    at = round.late_at or at
    return at if round.meeting_at is None or at < round.meeting_at else now
