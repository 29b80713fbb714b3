"""When an inquiry opens and closes, and whose attention it wants meanwhile."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta

from msgspec.structs import replace

from bot.domain import channel_days
from bot.domain.attention import MATTERS_KEPT
from bot.domain.groups import Group, ended, resting
from bot.domain.hours import from_local, must_be_future, to_local
from bot.domain.inquiry import Inquiry
from bot.domain.matters import Matter, MatterCode
from bot.domain.nations import working_day, working_day_from
from bot.domain.occasion import CLOSING_HOUR, before_end, next_occasion
from bot.domain.open_until import UNDER_WAY, Open
from bot.domain.problems import Problem, ProblemCode
from bot.domain.resting import asked_first
from bot.domain.rounds import NOTICE, SHORTEST_WINDOW, Round, capture_at, coming_round, opens_at
from bot.domain.snapshot import GroupSnapshot

FURTHEST = timedelta(weeks=8) - timedelta(days=1)
"""How long it may be open: what was put to whom is kept a little longer than that."""

LEAST_TIME = timedelta(hours=12)
"""To answer, where somebody chose the day."""

WHERE_NO_BRIEF = timedelta(days=7)
"""A group whose next briefs are all too far away, or none, closes it then."""

OFFERED_IN = 3
"""The number of the round in which the bot offers a question itself."""


def check_day(day: date, group: Group, now: datetime, field: str) -> date:
    """Raises Problem for a day that leaves too little time, or too much, and for one on which nobody is written
    to."""
    today = to_local(now, group.zone).date()
    must_be_future(day, today, field)
    if from_local(day, CLOSING_HOUR, group.zone) > now + FURTHEST:
        raise Problem(ProblemCode.INQUIRY_TOO_LONG, field)
    if not working_day(day, group.nation):
        raise Problem(ProblemCode.DAY_OFF, field, day=day, today=today)
    return day


def default_close(group: Group, rounds: Iterable[Round], now: datetime) -> tuple[datetime, str]:
    """When the next brief goes that leaves a day for answers, and the name of its meeting. Where there is none
    within reach, on a working day a week on and no name; where the group ends before, on its last day."""
    known = list(rounds)
    found = next_occasion(group, known, now)
    if found and found.at < now + SHORTEST_WINDOW:
        found = next_occasion(group, known, found.meeting_at + timedelta(minutes=1))
    if found is None or found.at > now + FURTHEST:
        day = working_day_from(to_local(now + WHERE_NO_BRIEF, group.zone).date(), group.nation)
        return before_end(group, from_local(day, CLOSING_HOUR, group.zone)), ""
    return found.at, found.name


def opens_from(inquiries: Iterable[Inquiry], group: Group) -> datetime | None:
    """From when on the next one may open: on the working day after the last closed, so that no two posts come at
    once; one that was taken back has posted nothing since it opened. None while one is under way."""
    known = list(inquiries)
    if any(one.under_way for one in known):
        return None
    ends = (one.opened_at if one.taken_back_at else one.closed_at for one in known)
    last = max((at for at in ends if at), default=None)
    return capture_at(last, group) if last else group.set_up_at


def next_to_open(
    inquiries: Iterable[Inquiry], group: Group, here: Iterable[str]
) -> tuple[datetime, Inquiry] | None:
    """The oldest that waits, of somebody who is in the group, and from when on it may open: not on a day on which
    the channel has had its post."""
    known, people = list(inquiries), {*here}
    at = opens_from(known, group)
    waiting = [one for one in known if one.waits and one.by in people]
    if at is None or not waiting:
        return None
    first = min(waiting, key=lambda one: (one.at, one.id))
    return channel_days.opens_from(group, max(at, first.at)), first


def first_waiting(snapshot: GroupSnapshot) -> tuple[datetime, Inquiry] | None:
    """The one that opens next, as `next_to_open`; nobody's name need be loaded."""
    here = [id_ for id_, leader in snapshot.leaders.items() if leader.active]
    return next_to_open(snapshot.inquiries.values(), snapshot.group, here)


def would_open(snapshot: GroupSnapshot, now: datetime) -> datetime | None:
    """When one that is asked now opens; None where others have their turn first."""
    inquiries, group = snapshot.inquiries.values(), snapshot.group
    at = opens_from(inquiries, group)
    if at is None or ahead_of(None, inquiries, snapshot.active()):
        return None
    return channel_days.opens_from(group, max(at, now))


def ahead_of(one: Inquiry | None, inquiries: Iterable[Inquiry], here: Iterable[str]) -> int:
    """How many have their turn before one that waits, or before a new one; none of them of who has left."""
    people = {*here}
    waiting = [other for other in inquiries if other.waits and other.by in people and other != one]
    before = [other for other in waiting if one is None or (other.at, other.id) < (one.at, one.id)]
    return len(before) + sum(other.under_way for other in inquiries)


def opened(
    inquiry: Inquiry,
    group: Group,
    rounds: Iterable[Round],
    now: datetime,
    called: dict[str, str] | None = None,
) -> Inquiry:
    """Under way from now on, its asker `called` so. A day that was chosen and leaves no time is the brief's."""
    if not inquiry.waits:
        return inquiry
    chosen = from_local(inquiry.day, CLOSING_HOUR, group.zone) if inquiry.day else None
    if chosen and chosen >= now + LEAST_TIME:
        return replace(inquiry, opened_at=now, closes_at=chosen, called=called or {})
    closes_at, round = default_close(group, rounds, now)
    return replace(inquiry, opened_at=now, closes_at=closes_at, round=round, called=called or {})


def put_off(one: Open, group: Group, rounds: Iterable[Round], now: datetime) -> Open:
    """One that could not be put in the channel before its day, so that nobody could answer, has a later one: while
    Slack would not have it, or we were down. Not for ever: it is no news any more."""
    begun = one.opened_at if isinstance(one, Inquiry) else one.at
    if one.posted or not one.under_way or begun is None or one.closes_at is None or now >= begun + FURTHEST:
        return one
    if now < one.closes_at - NOTICE or resting(group, now):
        return one
    closes_at, name = default_close(group, rounds, now)
    return replace(one, closes_at=closes_at, round=name, changes=one.changes + 1, waits_until=None)


def next_step_at(snapshot: GroupSnapshot) -> Iterator[datetime]:
    """When something follows by the calendar."""
    if following := first_waiting(snapshot):
        yield following[0]
    for one in snapshot.inquiries.values():
        if one.under_way and one.closes_at:
            yield one.closes_at + UNDER_WAY
        yield from (shown.gone_from for shown in one.answers if shown.gone_from)


def corrected_from(snapshot: GroupSnapshot, now: datetime) -> datetime:
    """When an answer that is withdrawn now goes from the thread: with the coming digest, so that it is not plain
    from the moment who withdrew."""
    group, latest = snapshot.group, snapshot.latest_round(now)
    if ended(group, now):
        return now
    if latest and not latest.digested and latest.digest_at > now:
        return latest.digest_at
    return coming_round(group, latest, now).digest_at


# -- matters ---------------------------------------------------------------------------------------


def inquiry_matters(snapshot: GroupSnapshot, now: datetime) -> Iterator[Matter]:
    """Each leader, while it is open and in the channel. Whoever answers ends it for themselves, as by *Not now*: so
    nobody's answer is looked for here."""
    for one in snapshot.inquiries.values():
        if one.open(now) and one.posted and one.opened_at and one.closes_at:
            until = min(one.closes_at, one.opened_at + MATTERS_KEPT)
            for id_ in snapshot.active():
                yield Matter(
                    code=MatterCode.INQUIRY,
                    person_id=id_,
                    subject=one.id,
                    since=one.opened_at,
                    until=until,
                    own=id_ == one.by,
                )


def offer_matters(snapshot: GroupSnapshot, now: datetime) -> Iterator[Matter]:
    """In a new group's third round, to whoever looks after the rhythm, where nobody has put a question yet."""
    latest, to = snapshot.latest_round(now), asked_first(snapshot, now)
    if latest is None or latest.number != OFFERED_IN or snapshot.inquiries or to is None:
        return
    yield Matter(
        code=MatterCode.INQUIRY_OFFER,
        person_id=to,
        subject=latest.name,
        since=opens_at(latest),
        until=latest.closes_at,
    )
