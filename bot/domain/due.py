"""Due: what may be sent when, as occurrences with names. Each message kind finds its own; planning twice gives
the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from enum import StrEnum

import msgspec

from bot.domain.checkins import back_on, closed, may_prompt
from bot.domain.groups import Group
from bot.domain.hours import next_allowed, to_local
from bot.domain.outbox import CHANGES, Entry, Kind, dm_name
from bot.domain.people import Leader, Person
from bot.domain.resting import asking_rests
from bot.domain.rhythm import Rhythm
from bot.domain.rounds import A_DAY_LATE, Round, called_off
from bot.domain.snapshot import GroupSnapshot
from bot.domain.trouble import holds_changes

LONGEST_SLEEP = timedelta(hours=24)

STILL_NEWS = timedelta(days=10)
"""How long a message that follows from a press is worth sending, if Slack or the bot was down meanwhile."""

LAST_CHANCE = timedelta(hours=1)
"""So long before a post is news no longer it is tried once more, though the next try would come later."""


class Event(StrEnum):
    """What the demo's clock can go forward to."""

    NEXT_ROUND = "next_round"
    CLOSING = "closing"
    CHECK_IN = "check_in"
    NUDGE = "nudge"
    LETTER = "letter"
    DIGEST = "digest"
    BRIEF = "brief"
    CAPTURE = "capture"
    ANOTHER_DAY = "another_day"


class Upcoming(msgspec.Struct, frozen=True, kw_only=True):
    """`of` is the group's name, or the person's it is for."""

    event: Event
    of: str = ""


ANOTHER_DAY = Upcoming(event=Event.ANOTHER_DAY)


class Occurrence(msgspec.Struct, frozen=True, kw_only=True):
    """Something that may become due at `at`; `what` is it for the demo's clock, and None for a mere look."""

    at: datetime
    what: Upcoming | None = None
    entry: Entry | None = None


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """What a group should send now. `look_again_at` is after now and at most 24 hours away.

    `next_at` and `next_what` say what happens next, however far away: for the demo's clock. `unreadable` are the
    people left out because their zone or nation is not known to us: one for the log. `occurrences` are all that
    were found, due or not.
    """

    entries: tuple[Entry, ...]
    look_again_at: datetime
    next_at: datetime
    next_what: Upcoming
    unreadable: tuple[str, ...] = ()
    occurrences: tuple[Occurrence, ...] = ()


def planned(found: Iterable[Occurrence], now: datetime) -> Plan:
    """Which of those found are due now, and when the next one is."""
    occurrences = tuple(found)
    due = tuple(one.entry for one in occurrences if one.entry and one.at <= now < one.entry.expires_at)
    tomorrow = Occurrence(at=now + LONGEST_SLEEP, what=ANOTHER_DAY)
    ahead = sorted((one for one in occurrences if one.at > now), key=lambda one: one.at)
    following = next((one for one in ahead if one.what), tomorrow)
    return Plan(
        entries=due,
        look_again_at=min(one.at for one in (*ahead[:1], tomorrow)),
        next_at=following.at,
        next_what=following.what or ANOTHER_DAY,
        occurrences=occurrences,
    )


def still_due(entry: Entry, found: Iterable[Occurrence], now: datetime) -> bool:
    """Whether an entry that was planned is still so by what is due now (`found`): by then, and about the same."""
    now_due = (one.entry for one in found if one.entry and one.entry.due_at <= now)
    return any((one.name, one.subject) == (entry.name, entry.subject) for one in now_due)


def post(
    kind: Kind,
    group: Group,
    due_at: datetime,
    *,
    round: str = "",
    subject: str = "",
    named: str | None = None,
    lasts: timedelta = A_DAY_LATE,
    what: Upcoming | None = None,
) -> Occurrence:
    """A message in the group's channel, worth sending until it is `lasts` late. While nothing can be posted
    there, it waits for the next try, and is tried a last time before it is news no longer. Its name, by which it
    goes once, says its round and its `subject`, or in place of that what it is `named`."""
    about = [kind.value, group.id, round, subject if named is None else named]
    entry = Entry(
        name=":".join(part for part in about if part),
        kind=kind,
        group_id=group.id,
        team_id=group.place.team_id,
        due_at=due_at,
        expires_at=due_at + lasts,
        round=round,
        subject=subject,
    )
    held = group.trouble if kind not in CHANGES or holds_changes(group) else None
    if held is None:
        return Occurrence(at=due_at, what=what, entry=entry)
    last = entry.expires_at - LAST_CHANCE
    tried_last = held.tried_at is not None and held.tried_at >= last
    next_try = held.try_at if held.try_at < entry.expires_at or tried_last else last
    return Occurrence(at=max(due_at, next_try), what=what, entry=entry)


def dm(
    kind: Kind,
    group: Group,
    person: Person,
    due_at: datetime,
    expires_at: datetime,
    *,
    round: str = "",
    subject: str = "",
    named: str = "",
    what: Upcoming | None = None,
) -> Occurrence:
    """A message to one leader. Its name says what it is `named`. Where that is not said: of a round nothing more,
    so that it goes once in it; of none the `subject`."""
    of_round = dm_name(kind, group.id, round, person.id) + (f":{named}" if named else "")
    name = of_round if round else f"{kind}:{group.id}:{person.id}:{named or subject}"
    entry = Entry(
        name=name,
        kind=kind,
        group_id=group.id,
        team_id=person.reach.via_team,
        due_at=due_at,
        expires_at=expires_at,
        person_id=person.id,
        round=round,
        subject=subject,
    )
    return Occurrence(at=due_at, what=what, entry=entry)


def open_round(snapshot: GroupSnapshot, now: datetime) -> Round | None:
    """The round that leaders may be asked about now."""
    round, group = snapshot.round, snapshot.group
    if round is None or closed(round, now) or called_off(round, group):
        return None
    return None if asking_rests(group, now) else round


def in_their_hours(
    found: Occurrence, snapshot: GroupSnapshot, person: Person, leader: Leader, now: datetime
) -> Iterator[Occurrence]:
    """As `in_hours`, if they may be asked about the round by then: they are not away, paused or silent."""
    round = snapshot.round
    for one in in_hours(found, snapshot, person, now):
        if round and may_prompt(person, leader, round, one.at):
            yield one


def in_hours(
    found: Occurrence, snapshot: GroupSnapshot, person: Person, now: datetime, *, back: Leader | None = None
) -> Iterator[Occurrence]:
    """The same at the moment when it may go, in the hours of whom it is for, if it is still worth sending by then.
    `back`: nor before that leader is back."""
    assert found.entry is not None
    moment = when_to_send(found.entry, person, snapshot.group.rhythm, now)
    if moment and (back is None or to_local(moment, person.zone).date() >= back_on(person, back)):
        yield msgspec.structs.replace(found, at=moment)


def when_to_send(entry: Entry, person: Person, rhythm: Rhythm, now: datetime) -> datetime | None:
    """When a DM may go that is due or late: not before its time, in the person's hours; None if by then it has
    expired. For the sender too: what waited in a queue past the end of their hours is put back until then."""
    moment = max(entry.due_at, now)
    moment = next_allowed(moment, person.zone, person.nation, rhythm.hours_from, rhythm.hours_to)
    return moment if moment < entry.expires_at else None
