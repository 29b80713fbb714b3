"""The occasion of a brief: which meeting it is for, when it is posted, and from when on people add to it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

import msgspec

from bot.domain.groups import Group, ended, resting
from bot.domain.hours import from_local, to_local
from bot.domain.meetings import last_meeting, next_meetings
from bot.domain.nations import previous_working_day
from bot.domain.rounds import A_DAY_LATE, Round, called_off, coming_round, digest_to_come, week_name

CLOSING_HOUR = "16:00"
"""Of a question or a review on a day that is no brief's, since somebody chose it or no brief is near; and on a
group's last day."""

AFTER_DIGEST = timedelta(hours=4)
FROM_A_WEEK_BEFORE = timedelta(days=7)


class Occasion(msgspec.Struct, frozen=True, kw_only=True):
    """`name` is the week of the meeting, as its round's. The brief goes from `at` on and not from `until` on.
    `since` is when the group last met. `digest` is the round whose digest comes before it, if there is one;
    `waits`: for that one, which is still to go. `is_open`: people can add to it.
    """

    name: str
    meeting_at: datetime
    at: datetime
    until: datetime
    since: datetime
    digest: Round | None
    waits: bool
    is_open: bool


def next_occasion(group: Group, rounds: Iterable[Round], now: datetime) -> Occasion | None:
    """Of the next meeting, as the meetings now are: a skipped one has none. None for a group that rests then."""
    planned, meeting_at = next_meetings(group.rhythm, group.zone, now, 1)[0]
    if resting(group, meeting_at):
        return None
    eve = previous_working_day(to_local(meeting_at, group.zone).date(), group.nation)
    usual = from_local(eve, group.rhythm.brief_at, group.zone)
    name = week_name(planned)
    known = list(rounds)
    # that day's digest may be set for a later hour than the brief, which then waits for it
    last_digest = from_local(eve, max(group.rhythm.brief_at, group.rhythm.digest_at), group.zone)
    round = _digest_before(group, known, name, last_digest)
    waits = round is not None and round.digest_at <= now and digest_to_come(round, group.trouble, now)
    at = usual
    # a digest that had nothing to say is not waited for, also where it had later
    if round and not round.late_at and (round.digested_at or not round.digested):
        at = max(usual, _in_time(round) + AFTER_DIGEST)
    # before its check-ins a meeting has no round yet, and its digest is to come all the same
    awaited = round
    if round is None:
        coming = coming_round(group, max(known, key=lambda one: one.name, default=None), now)
        awaited = _digest_before(group, [coming], name, last_digest)
    opens_at = _in_time(awaited) if awaited else usual - FROM_A_WEEK_BEFORE
    last = last_meeting(group.rhythm, group.zone, now)
    return Occasion(
        name=name,
        meeting_at=meeting_at,
        at=at,
        until=min(at + A_DAY_LATE, meeting_at),
        since=last[1] if last else group.set_up_at,
        digest=round,
        waits=waits,
        is_open=not waits and now >= opens_at,
    )


def before_end(group: Group, at: datetime) -> datetime:
    """`at`, or in the afternoon of the group's last day, where it would have ended by then."""
    if group.ends_on is None or not ended(group, at):
        return at
    return from_local(group.ends_on - timedelta(days=1), CLOSING_HOUR, group.zone)


def _digest_before(group: Group, rounds: Iterable[Round], name: str, until: datetime) -> Round | None:
    """The meeting's own round; where rounds are weekly, the last whose digest comes in the week until then."""

    def before(round: Round) -> bool:
        if round.planned_meeting is not None:
            return round.name == name
        return until - FROM_A_WEEK_BEFORE < round.digest_at <= until

    found = (one for one in rounds if before(one) and not called_off(one, group))
    return max(found, key=lambda one: one.digest_at, default=None)


def _in_time(round: Round) -> datetime:
    return round.digest_at if round.late_at else round.digested_at or round.digest_at
