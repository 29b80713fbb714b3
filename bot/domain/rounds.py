"""Rounds: the check-ins of a whole group, as they follow from its meetings; and which of them count now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta

import msgspec

from bot.domain.groups import ChannelTrouble, Group, paused, resting
from bot.domain.hours import from_local, next_allowed, to_local
from bot.domain.meetings import (
    apart_over_a_fortnight,
    meeting_at,
    meetings,
    next_meetings,
    planned_from,
)
from bot.domain.nations import next_working_day, previous_working_day, working_day_from, working_day_until
from bot.domain.questions import question_for

SHORTEST_WINDOW = timedelta(hours=24)
"""A round, and a check-in that comes late, is only begun while its window has this long left."""

A_DAY_LATE = timedelta(days=1)
"""How late a digest, or the capture after a meeting, is still worth posting."""

NOTICE = timedelta(hours=4)
"""For whoever was asked already, when a meeting moves forward: answers stay open at least this long."""

_EASTERNMOST = timedelta(hours=14)
_SOON = timedelta(days=10)


class Round(msgspec.Struct, frozen=True, kw_only=True):
    """One check-in for the whole group. `name` is an ISO week (`2026-W48`) and never changes, even when the
    meeting moves; so a prompt that went out is not sent again. `number` counts a group's rounds from 1.

    `opens_on` is the day leaders are asked, each at their own hour. `closes_at` and `digest_at` are UTC.
    `meeting_at` is UTC, and None for a round with no meeting soon after it. `question` is a question's
    reference, or words of the group's own. `planned_meeting` is None for weekly rounds, whose times don't follow a
    meeting. `digested_at` is when its digest was posted; None where nothing was to say, or before December 2026.
    `pulse_closed_at` is when its pulse became bands (see `pulse_days`); `bot_asked_at` when its digest asked what
    leaders think of the bot, `bot_closed_at` when that closed, and `stop_offered` whether half would do without it.
    `late_at`: from when on its digest goes, which had nothing to say in time, for words that came since. `held_up`:
    Slack would not have it in the channel, for a reason that can end. `can_help`: what its posted digest
    offers help with, commitments and asks by their ids, and whether that was still wanted when last looked at.
    `unconfirmed_at`: since when nobody can tell whether its digest is in the channel; `told_unconfirmed`: that was
    said; `attempt` counts how often somebody had it posted again (see `unconfirmed`).
    """

    group_id: str
    name: str
    opens_on: date
    closes_at: datetime
    digest_at: datetime
    meeting_at: datetime | None
    question: str
    number: int = 1
    planned_meeting: date | None = None
    digested: bool = False
    counted: bool = False
    digested_at: datetime | None = None
    pulse_closed_at: datetime | None = None
    bot_asked_at: datetime | None = None
    bot_closed_at: datetime | None = None
    stop_offered: bool = False
    late_at: datetime | None = None
    held_up: bool = False
    can_help: dict[str, bool] = {}
    unconfirmed_at: datetime | None = None
    told_unconfirmed: bool = False
    attempt: int = 0


def news_until(round: Round, trouble: ChannelTrouble | None) -> datetime:
    """Until when the round's digest is still worth posting: a day late, if the bot was down for it. Where it was
    the channel that let nothing be posted, until the meeting: leaders have gone on sharing words for it. That the
    channel takes posts again is when it goes, so the round remembers why it did not."""
    late = round.digest_at + A_DAY_LATE
    held_up = round.held_up or (trouble is not None and trouble.since < late)
    return max(late, round.meeting_at) if held_up and round.meeting_at else late


def round_due(group: Group, latest: Round | None, now: datetime) -> Round | None:
    """The round to open now, if one should be open by now and is not.

    Never one whose window has less than 24 hours left, nor a name at or before `latest`'s. One round at a time:
    while the digest of `latest` is still to be posted (a day late at most), the next one waits.
    """
    if resting(group, now):
        return None
    coming = coming_round(group, latest, now)
    return coming if opens_at(coming) <= now and not _waiting(group, latest, now) else None


def next_opening(group: Group, latest: Round | None, now: datetime) -> datetime:
    """When the next round opens, or `now` if one is due. Where it waits for a digest: when it waits no longer."""
    opening = opens_at(coming_round(group, latest, now))
    if group.paused_until and paused(group, now):
        return max(opening, from_local(group.paused_until, "00:00", group.zone))
    if latest and opening <= now and _waiting(group, latest, now):
        return news_until(latest, group.trouble)
    return max(opening, now)


def _waiting(group: Group, latest: Round | None, now: datetime) -> bool:
    if latest is None or called_off(latest, group):
        return False
    return digest_to_come(latest, group.trouble, now)


def digest_to_come(round: Round, trouble: ChannelTrouble | None, now: datetime) -> bool:
    """Whether its digest, that is due or late, will still be posted: words that come now are in it. Not where it
    may stand there already."""
    return not round.digested and round.unconfirmed_at is None and now < news_until(round, trouble)


def called_off(round: Round, group: Group) -> bool:
    """Whether its meeting won't be: no check-in for it, and no digest."""
    return round.planned_meeting is not None and round.planned_meeting in group.rhythm.skipped


def taken(round: Round, now: datetime) -> bool:
    """Whether the digest has taken the round's words: posted, or past the time to post it."""
    return round.digested or now >= max(round.closes_at, round.digest_at)


def meets_on(round: Round, group: Group) -> date | None:
    """The day of its meeting, on the group's clock."""
    return to_local(round.meeting_at, group.zone).date() if round.meeting_at else None


def opens_at(round: Round) -> datetime:
    """The first moment of `opens_on` anywhere, so that a leader in Auckland is asked on that same day."""
    return datetime(round.opens_on.year, round.opens_on.month, round.opens_on.day, tzinfo=UTC) - _EASTERNMOST


def coming_round(group: Group, latest: Round | None, now: datetime) -> Round:
    """The first round after `latest` that can still be answered."""
    number = latest.number + 1 if latest else 1
    of_rhythm = _weekly if apart_over_a_fortnight(group.rhythm.meeting) else _by_meetings
    return next(
        one
        for one in of_rhythm(group, now, number)
        if (latest is None or one.name > latest.name) and one.closes_at - now >= SHORTEST_WINDOW
    )


def rounds_after(group: Group, latest: Round | None, now: datetime, count: int) -> list[Round]:
    """The `count` rounds that follow `latest`, or a group's first ones, as the rhythm is now."""
    found: list[Round] = []
    for _ in range(count):
        latest = coming_round(group, latest, now)
        found.append(latest)
    return found


def _by_meetings(group: Group, now: datetime, number: int) -> Iterator[Round]:
    """A round for each meeting, in the order they were planned; from those that may have moved to be ahead."""
    today = to_local(now, group.zone).date()
    # a meeting planned for a day that is past may have moved to be ahead
    earliest = min([today, *(move.planned for move in group.rhythm.moved if move.to >= today)])
    for planned in planned_from(group.rhythm.meeting, earliest):
        if planned in group.rhythm.skipped:
            continue
        meeting = meeting_at(group.rhythm, group.zone, planned)
        closes_at, digest_at = _before_meeting(group, meeting)
        yield Round(
            group_id=group.id,
            name=week_name(planned),
            opens_on=_opens_on(group, meeting, closes_at),
            closes_at=closes_at,
            digest_at=digest_at,
            meeting_at=meeting,
            question=question_for(group, number),
            number=number,
            planned_meeting=planned,
        )


def _opens_on(group: Group, meeting: datetime, closes_at: datetime) -> date:
    day = to_local(meeting, group.zone).date() - timedelta(days=group.rhythm.checkin_days_before)
    day = working_day_until(day, group.nation)
    while day >= to_local(closes_at, group.zone).date():
        day = previous_working_day(day, group.nation)
    return day


def _before_meeting(group: Group, meeting: datetime) -> tuple[datetime, datetime]:
    """When a round closes and its digest goes out: the two working days before the day of the meeting."""
    digest_day = previous_working_day(to_local(meeting, group.zone).date(), group.nation)
    closes_day = previous_working_day(digest_day, group.nation)
    rhythm = group.rhythm
    return from_local(closes_day, rhythm.hours_to, group.zone), from_local(digest_day, rhythm.digest_at, group.zone)


def _weekly(group: Group, now: datetime, number: int) -> Iterator[Round]:
    """A round for each week from this one on that has two working days for it before its Friday."""
    today = to_local(now, group.zone).date()
    monday = today - timedelta(days=today.weekday())
    while True:
        made = _round_of_week(group, monday, number)
        if made:
            yield made
        monday += timedelta(weeks=1)


def _round_of_week(group: Group, monday: date, number: int) -> Round | None:
    opens_on = working_day_from(monday + timedelta(days=min(2, group.rhythm.checkin_weekday)), group.nation)
    closes_on = working_day_until(monday + timedelta(days=3), group.nation)
    if opens_on >= closes_on:
        return None
    digest_on = working_day_from(monday + timedelta(days=4), group.nation)
    round = Round(
        group_id=group.id,
        name=week_name(monday),
        opens_on=opens_on,
        closes_at=from_local(closes_on, group.rhythm.hours_to, group.zone),
        digest_at=from_local(digest_on, group.rhythm.digest_at, group.zone),
        meeting_at=None,
        question=question_for(group, number),
        number=number,
    )
    return msgspec.structs.replace(round, meeting_at=_meeting_soon(group, opens_at(round)))


def _meeting_soon(group: Group, since: datetime) -> datetime | None:
    meeting = next_meetings(group.rhythm, group.zone, since, 1)[0][1]
    return meeting if meeting - since <= _SOON else None


def week_name(day: date) -> str:
    """The ISO week of a day, as rounds are named: `2026-W48`. Names sort as their weeks do."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02}"


def retimed(round: Round, group: Group, now: datetime) -> Round:
    """The round with its times as the group's rhythm and meetings now are. Its name stays, and once it has begun
    its opening day too: for a meeting that moved after prompts went out, nobody is asked again and answers are
    kept. A round never closes in the past; one that has closed stays closed: its digest comes sooner, not later.
    """
    planned = round.planned_meeting and _own_meeting(round, group)
    if planned is None:
        since = now if round.planned_meeting else opens_at(round)
        return msgspec.structs.replace(round, meeting_at=_meeting_soon(group, since))
    meeting = meeting_at(group.rhythm, group.zone, planned)
    closes_at, digest_at = _before_meeting(group, meeting)
    if round.closes_at <= now:
        closes_at, digest_at = round.closes_at, min(digest_at, round.digest_at)
    # whoever was asked can answer for four hours on, in the group's hours, where the meeting has moved forward past
    # the usual close, and not beyond the meeting; once that has been set as `closes_at` it stays
    rhythm = group.rhythm
    later = next_allowed(now + NOTICE, group.zone, group.nation, rhythm.hours_from, rhythm.hours_to)
    closes_at = max(closes_at, min(max(now, min(later, meeting)), round.closes_at))
    digest_at = max(digest_at, closes_at, min(now, round.digest_at))
    return msgspec.structs.replace(
        round,
        planned_meeting=planned,
        opens_on=round.opens_on if opens_at(round) <= now else _opens_on(group, meeting, closes_at),
        meeting_at=meeting,
        closes_at=closes_at,
        digest_at=round.digest_at if round.digested else digest_at,
    )


def _own_meeting(round: Round, group: Group) -> date | None:
    """The meeting planned for the round's week: the same one, or what a new recurrence put in its place."""
    year, week = round.name.split("-W")
    monday = date.fromisocalendar(int(year), int(week), 1)
    own = meetings(group.rhythm.meeting, monday, monday + timedelta(days=6))
    return own[0] if own else None


def capture_at(meeting: datetime, group: Group) -> datetime:
    """When the group is asked what was said at a meeting: the working day after it, at the digest's hour."""
    day = next_working_day(to_local(meeting, group.zone).date(), group.nation)
    return from_local(day, group.rhythm.digest_at, group.zone)


def present(rounds: Iterable[Round], group: Group, now: datetime) -> list[Round]:
    """The rounds up to now, the latest first, with the coming one where it was opened early for somebody's words.

    Nothing is ever opened beyond the first round that can still be answered, whatever came before it.
    """
    ordered = sorted(rounds, key=lambda one: one.name, reverse=True)
    if not ordered or opens_at(ordered[0]) <= now:
        return ordered
    furthest = coming_round(group, None, now).name
    return [one for one in ordered if one.name <= furthest or opens_at(one) <= now]
