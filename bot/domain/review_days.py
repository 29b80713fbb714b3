"""When a review begins and closes, and whose attention it wants."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from msgspec.structs import replace

from bot.domain.attention import MATTERS_KEPT
from bot.domain.channel_days import ONE_AFTER_THE_OTHER
from bot.domain.groups import Group, resting
from bot.domain.hours import from_local, to_local
from bot.domain.inquiry import LEAST_WHO_COULD
from bot.domain.inquiry_days import default_close, first_waiting
from bot.domain.matters import Matter, MatterCode
from bot.domain.meetings import last_meeting
from bot.domain.nations import next_working_day, working_day
from bot.domain.occasion import CLOSING_HOUR
from bot.domain.open_until import UNDER_WAY
from bot.domain.problems import Problem, ProblemCode
from bot.domain.put_to_all import require_not_resting
from bot.domain.review import LEAST_OPEN, Review, in_order, under_way
from bot.domain.rounds import capture_at
from bot.domain.snapshot import GroupSnapshot

QUARTER = timedelta(weeks=13)
STOP_LASTS = timedelta(weeks=4)
"""How long its maker may be asked whether to stop one."""


def id_of_day(group: Group, now: datetime) -> str:
    """At most one begins a day, since none closes on the day it began: two who start one at once start the same."""
    return f"{to_local(now, group.zone).date():%Y%m%d}"


def start(snapshot: GroupSnapshot, *, id: str, by: str, day: date | None, now: datetime) -> Review:
    """A new one; the one under way where there is one. Raises Problem where there is nothing to place, where
    nothing could be shown of it, where the group rests, and for a form whose review had its day."""
    running = under_way(snapshot.reviews.values())
    if running:
        return running
    require_not_resting(snapshot.group, now)
    if id in snapshot.reviews:
        raise Problem(ProblemCode.REVIEW_CLOSED, "until")
    if not in_order(snapshot.commitments.values()):
        raise Problem(ProblemCode.REVIEW_OF_NOTHING, "until")
    if len(snapshot.active()) < LEAST_WHO_COULD:
        raise Problem(ProblemCode.REVIEW_TOO_FEW, "until")
    if day:
        return Review(id=id, by=by, at=now, closes_at=from_local(day, CLOSING_HOUR, snapshot.group.zone))
    return replace(by_itself(snapshot, now), id=id, by=by)


def by_itself(snapshot: GroupSnapshot, now: datetime) -> Review:
    """One that nobody started: until the brief's day."""
    closes_at, name = default_close(snapshot.group, snapshot.rounds.values(), now)
    return Review(id=id_of_day(snapshot.group, now), at=now, closes_at=closes_at, round=name)


def begins_at(snapshot: GroupSnapshot, now: datetime) -> datetime | None:
    """When the next begins by itself, `now` or later: a quarter after the last, at the digest's hour of a working
    day on which nothing else is posted. None where none would."""
    group = snapshot.group
    here = [id_ for id_, leader in snapshot.leaders.items() if leader.active]
    too_few = len(here) < LEAST_WHO_COULD or len(in_order(snapshot.commitments.values())) < LEAST_OPEN
    if too_few or under_way(snapshot.reviews.values()) or resting(group, now):
        return None
    last = max((one.closed_at for one in snapshot.reviews.values() if one.closed_at), default=group.set_up_at)
    day = to_local(max(now, capture_at(last + QUARTER, group)), group.zone).date()
    # the channel gets another post of ours then: a question to all, or the capture after a meeting
    moments = [at for one in snapshot.inquiries.values() for at in (one.opened_at, one.closed_at) if at]
    met = last_meeting(group.rhythm, group.zone, now)
    moments += [capture_at(met[1], group)] if met else []
    busy = {to_local(at, group.zone).date() for at in moments}
    while (
        not working_day(day, group.nation)
        or day in busy
        or now >= from_local(day, CLOSING_HOUR, group.zone)  # it begins by four in the afternoon, or on another day
    ):
        day = next_working_day(day, group.nation)
    return max(now, from_local(day, group.rhythm.digest_at, group.zone))


def next_step_at(snapshot: GroupSnapshot, now: datetime) -> Iterator[datetime]:
    """When something follows by the calendar."""
    if begins := begins_at(snapshot, now):
        yield begins
    yield from (one.closes_at + UNDER_WAY for one in snapshot.reviews.values() if one.under_way)


def put_from(review: Review, snapshot: GroupSnapshot) -> datetime:
    """When it may be put in the channel: behind a question that waits for its day, whose asker was told the day."""
    question = first_waiting(snapshot)
    behind = question[0] + ONE_AFTER_THE_OTHER if question else review.at
    return behind if review.at < behind < review.closes_at else review.at


# -- matters ---------------------------------------------------------------------------------------


def review_matters(snapshot: GroupSnapshot, now: datetime) -> Iterator[Matter]:
    """Each leader, while it is open and in the channel. Whoever places any ends it for themselves, as by *Not
    now*."""
    for one in snapshot.reviews.values():
        if one.open(now) and one.posted:
            until = min(one.closes_at, one.at + MATTERS_KEPT)
            for id_ in snapshot.active():
                yield Matter(
                    code=MatterCode.REVIEW,
                    person_id=id_,
                    subject=one.id,
                    since=one.at,
                    until=until,
                    own=id_ == one.by,
                )


def stop_matters(snapshot: GroupSnapshot, now: datetime) -> Iterator[Matter]:  # noqa: ARG001
    """The maker of what somebody suggests to stop, while it is open and theirs."""
    active = snapshot.active()
    for review in snapshot.reviews.values():
        for stop in review.stops:
            c = snapshot.commitments.get(stop.commitment_id)
            if c and c.state.open and c.made_by in active:
                yield Matter(
                    code=MatterCode.REVIEW_STOP,
                    person_id=c.made_by,
                    subject=f"{c.id}.{review.id}",
                    since=stop.at,
                    until=stop.at + STOP_LASTS,
                    own=c.made_by == stop.by,
                )


def stopper(snapshot: GroupSnapshot, subject: str) -> tuple[str, ...]:
    """Of the matter `<commitment>.<review>`: who suggested to stop it; nobody, where that is on record no more."""
    commitment_id, _, id_ = subject.partition(".")
    stored = snapshot.reviews.get(id_)
    return tuple(one.by for one in stored.stops if one.commitment_id == commitment_id) if stored else ()
