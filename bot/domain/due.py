"""Due: what a group should send now, and when it is next worth a look. Planning twice gives the same names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from enum import StrEnum

import msgspec

from bot.domain.checkins import (
    LAST_HOURS,
    NUDGE_GRACE,
    CheckIn,
    CheckInState,
    closed,
    gone_quiet,
    may_prompt,
    nudge_at,
    prompt_at,
    prompt_expires_at,
    reminder_expires_at,
    reminder_missed,
)
from bot.domain.groups import Group
from bot.domain.hours import next_allowed
from bot.domain.meetings import last_meeting, next_meetings
from bot.domain.outbox import Entry, Kind, dm_name
from bot.domain.people import Leader, Person, first_name
from bot.domain.problems import Problem
from bot.domain.rhythm import A_DAY_LATE, Rhythm, Round, capture_at, next_opening, week_name

LONGEST_SLEEP = timedelta(hours=24)


class Event(StrEnum):
    """What the demo's clock can go forward to."""

    NEXT_ROUND = "next_round"
    CLOSING = "closing"
    CHECK_IN = "check_in"
    NUDGE = "nudge"
    DIGEST = "digest"
    CAPTURE = "capture"
    ANOTHER_DAY = "another_day"


class Upcoming(msgspec.Struct, frozen=True, kw_only=True):
    """`of` is the group's name, or the person's it is for."""

    event: Event
    of: str = ""


class Coming(msgspec.Struct, frozen=True, kw_only=True):
    """Something that may become due at `at`; `what` is it for the demo's clock, and None for a mere look."""

    at: datetime
    what: Upcoming | None = None
    entry: Entry | None = None


ANOTHER_DAY = Upcoming(event=Event.ANOTHER_DAY)


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """What a group should send now. `look_again_at` is after now and at most 24 hours away.

    `next_at` and `next_what` say what happens next, however far away: for the demo's clock. `unreadable` are the
    people left out because their zone or nation is not known to us: one for the log. `missed` are those whose
    *Later today* won't come any more.
    """

    entries: tuple[Entry, ...]
    look_again_at: datetime
    next_at: datetime
    next_what: Upcoming
    unreadable: tuple[str, ...] = ()
    missed: tuple[str, ...] = ()


def plan(
    group: Group,
    leaders: Mapping[str, Leader],
    people: Mapping[str, Person],
    latest: Round | None,
    checkins: Mapping[str, CheckIn],
    now: datetime,
    before: Round | None = None,
) -> Plan:
    """What is due for the group at `now`, and when to look again. All mappings are by person id.

    `latest` is the group's latest round, opened and saved (see `rhythm.round_due`), and `checkins` its check-ins.
    `before` is the round before it: where `latest` was opened early for somebody's words, its digest may still
    have to go.
    """
    coming = [*_of_group(group, leaders, latest, now)]
    coming.extend(_of_digest(group, before, now))
    coming.extend(_of_promises(checkins))
    unreadable = []
    for id_, leader in leaders.items():
        if latest is None or id_ not in people or not leader.active:
            continue
        try:
            coming.extend(_of_leader(group, leader, people[id_], latest, checkins.get(id_), now))
        except Problem:
            unreadable.append(id_)
    due = tuple(one.entry for one in coming if one.entry and one.at <= now < one.entry.expires_at)
    tomorrow = Coming(at=now + LONGEST_SLEEP, what=ANOTHER_DAY)
    ahead = sorted((one for one in coming if one.at > now), key=lambda one: one.at)
    following = next((one for one in ahead if one.what), tomorrow)
    return Plan(
        entries=due,
        look_again_at=min(one.at for one in (*ahead[:1], tomorrow)),
        next_at=following.at,
        next_what=following.what or ANOTHER_DAY,
        unreadable=tuple(unreadable),
        missed=tuple(id_ for id_, checkin in checkins.items() if reminder_missed(checkin, now)),
    )


def _of_group(group: Group, leaders: Mapping[str, Leader], latest: Round | None, now: datetime) -> Iterator[Coming]:
    yield Coming(at=next_opening(group, latest, now), what=Upcoming(event=Event.NEXT_ROUND, of=group.name))
    yield from _of_digest(group, latest, now)
    if any(leader.active for leader in leaders.values()):
        yield from _captures(group, now)


def _of_digest(group: Group, round: Round | None, now: datetime) -> Iterator[Coming]:
    if round is None or round.digested:
        return
    yield Coming(at=round.closes_at, what=Upcoming(event=Event.CLOSING, of=group.name))
    yield _post(Kind.DIGEST, group, round.name, round.digest_at)
    if round.digest_at <= now < round.digest_at + A_DAY_LATE:  # the next round waits: see soon whether it went
        yield Coming(at=now + NUDGE_GRACE)


def _of_promises(checkins: Mapping[str, CheckIn]) -> Iterator[Coming]:
    """A *Later today* that has not come by then is missed, and its place in the week is somebody else's."""
    for checkin in checkins.values():
        if until := reminder_expires_at(checkin):
            yield Coming(at=until)


def _captures(group: Group, now: datetime) -> Iterator[Coming]:
    """Named after the week of their meeting: a later round may have opened by then."""
    last = last_meeting(group.rhythm, group.zone, now)
    coming = next_meetings(group.rhythm, group.zone, now, 1)
    for planned, meeting in [last, *coming] if last else coming:
        if meeting > group.set_up_at:
            yield _post(Kind.CAPTURE, group, week_name(planned), capture_at(meeting, group))


def _post(kind: Kind, group: Group, round: str, due_at: datetime) -> Coming:
    entry = Entry(
        name=f"{kind}:{group.id}:{round}",
        kind=kind,
        group_id=group.id,
        team_id=group.place.team_id,
        due_at=due_at,
        expires_at=due_at + A_DAY_LATE,
        round=round,
    )
    return Coming(at=due_at, what=Upcoming(event=Event(kind), of=group.name), entry=entry)


def _of_leader(
    group: Group, leader: Leader, person: Person, round: Round, checkin: CheckIn | None, now: datetime
) -> Iterator[Coming]:
    """At most one thing: their check-in (or the one message after two silent rounds), or their nudge."""
    if closed(round, now):
        return
    found = _prompt(group, leader, person, round, checkin) or _nudge(group, person, round, checkin)
    if found is None or found.entry is None:
        return
    moment = when_to_send(found.entry, person, group.rhythm, now)
    if moment and may_prompt(person, leader, round, moment):
        yield msgspec.structs.replace(found, at=moment)


def _prompt(group: Group, leader: Leader, person: Person, round: Round, checkin: CheckIn | None) -> Coming | None:
    if checkin and (checkin.asked_at or checkin.state is not CheckInState.WAITING):
        return None
    if leader.hushed_round == round.name:
        return None
    due_at = prompt_at(person, leader, round, group.rhythm)
    if due_at is None:
        return None
    kind = Kind.QUIET if gone_quiet(leader) else Kind.CHECK_IN
    entry = _dm(kind, group, person, round, due_at, prompt_expires_at(due_at, round))
    return Coming(at=due_at, what=Upcoming(event=Event.CHECK_IN, of=first_name(person.name)), entry=entry)


def _nudge(group: Group, person: Person, round: Round, checkin: CheckIn | None) -> Coming | None:
    due_at = nudge_at(person, checkin, round, group.rhythm) if checkin else None
    if due_at is None:
        return None
    if checkin and checkin.state is CheckInState.REMIND_LATER:
        kind, expires_at = Kind.REMIND_LATER, due_at + NUDGE_GRACE
    else:
        kind, expires_at = Kind.NUDGE, min(due_at + NUDGE_GRACE, round.closes_at - LAST_HOURS)
    entry = _dm(kind, group, person, round, due_at, expires_at)
    # no name: who has not answered is shown to nobody
    return Coming(at=due_at, what=Upcoming(event=Event.NUDGE), entry=entry)


def _dm(kind: Kind, group: Group, person: Person, round: Round, due_at: datetime, expires_at: datetime) -> Entry:
    return Entry(
        name=dm_name(kind, group.id, round.name, person.id),
        kind=kind,
        group_id=group.id,
        team_id=person.reach.via_team,
        due_at=due_at,
        expires_at=expires_at,
        person_id=person.id,
        round=round.name,
    )


def when_to_send(entry: Entry, person: Person, rhythm: Rhythm, now: datetime) -> datetime | None:
    """When a DM may go that is due or late: not before its time, in the person's hours; None if by then it has
    expired. For the sender too: what waited in a queue past the end of their hours is put back until then."""
    moment = max(entry.due_at, now)
    moment = next_allowed(moment, person.zone, person.nation, rhythm.hours_from, rhythm.hours_to)
    return moment if moment < entry.expires_at else None
