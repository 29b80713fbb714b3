"""The group that the tests of time know: Young carers, its leaders, and a fortnight lived in fast motion."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

from hypothesis import HealthCheck, settings
from msgspec.structs import replace

from bot.domain.checkins import CheckIn, after_round, asked, hushed, nudged
from bot.domain.due import Plan
from bot.domain.groups import Group, MessageRef, Place
from bot.domain.hours import from_local, to_local
from bot.domain.nations import working_day
from bot.domain.outbox import Entry, Kind
from bot.domain.people import Leader, Person, Reach, SlackIdentity
from bot.domain.problems import Problem
from bot.domain.rhythm import Recurrence, Rhythm
from bot.domain.rounds import Round, round_due
from bot.domain.snapshot import GroupSnapshot
from bot.domain.zones import Zone
from bot.views.problem_sentences import said
from scheduler.kinds import KINDS, plan
from scheduler.outbox.messages import MessageKind

unhurried = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])

THURSDAYS = Recurrence(every="weeks", interval=2, weekday=3, at="14:00", anchor=date(2026, 11, 5))
FIRST_THURSDAYS = Recurrence(every="months", interval=1, weekday=3, at="14:00", anchor=date(2026, 9, 3), nth=1)
A_MESSAGE = MessageRef(team_id="T1", channel="D1", ts="1.0")


def at(day: str, clock: str = "00:00") -> datetime:
    """A moment by UTC's own clock."""
    return datetime.fromisoformat(f"{day}T{clock}+00:00")


def group(
    meeting: Recurrence = THURSDAYS, *, zone: str = "Europe/London", nation: str = "GB", **more: Any
) -> Group:
    return Group(
        id="g7",
        name="Young carers",
        place=Place(team_id="T1", channel="C1"),
        zone=zone,
        nation=nation,
        rhythm=Rhythm(meeting=meeting, **more),
        set_up_by="sam",
        set_up_at=at("2026-01-05"),
        convenor=None,
        panel_at=at("2026-01-05"),
    )


def person(id_: str = "sam", zone: str = "Europe/London", nation: str = "GB", **more: Any) -> Person:
    return Person(
        id=id_,
        name=f"{id_.capitalize()} Tester",
        zone=zone,
        nation=nation,
        identities=(SlackIdentity(team_id="T1", user_id=f"U-{id_}"),),
        reach=Reach(via_team="T2", user_id=f"U-{id_}"),
        **more,
    )


def leader(id_: str = "sam", **more: Any) -> Leader:
    known = {"person_id": id_, "organisation": "The Trust", "joined_at": at("2026-01-05")} | more
    return Leader(**{"welcomed_at": known["joined_at"]} | known)


def opened(of: Group, now: datetime, latest: Round | None = None) -> Round:
    """The round that is due, which the test is sure of."""
    due = round_due(of, latest, now)
    assert due is not None
    return due


def snapshot_of(
    of: Group,
    leaders: dict[str, Leader],
    people: dict[str, Person],
    latest: Round | None,
    checkins: dict[str, CheckIn],
    previous: Round | None = None,
) -> GroupSnapshot:
    """A group as the planner sees it."""
    return GroupSnapshot(
        group=of,
        leaders=leaders,
        people=people,
        round=latest,
        previous=previous,
        checkins=checkins,
    )


class Life:
    """A group living on: rounds open, what is due is sent at once, nobody ever answers unless the test says so."""

    def __init__(
        self,
        of: Group,
        people: list[Person],
        leaders: list[Leader] | None = None,
        *,
        kinds: Mapping[Kind, MessageKind] = KINDS,
    ) -> None:
        self.group, self.kinds = of, kinds
        self.people = {one.id: one for one in people}
        self.leaders = {one.person_id: one for one in leaders or [leader(one.id) for one in people]}
        self.latest: Round | None = None
        self.rounds: list[Round] = []
        self.checkins: dict[str, CheckIn] = {}
        self.sent: dict[str, datetime] = {}
        self.looks = 0

    def snapshot(self) -> GroupSnapshot:
        return snapshot_of(self.group, self.leaders, self.people, self.latest, self.checkins)

    def look(self, now: datetime) -> Plan:
        """What the scheduler does at each look: again at once while it changes anything."""
        self.looks += 1
        before = None
        while before != (before := (self.latest, tuple(self.sent))):
            self._close(now)
            self._open(now)
            planned = plan(self.snapshot(), now, self.kinds)
            for entry in planned.entries:
                self._send(entry, now)
        return planned

    def live(self, start: datetime, until: datetime, every: timedelta | None = None) -> dict[str, datetime]:
        """Look when told to, and besides `every` so often. Gives the names sent and when."""
        now = start
        while now < until:
            again = self.look(now).look_again_at
            now = min(again, now + every) if every else again
        return self.sent

    def _open(self, now: datetime) -> None:
        due = round_due(self.group, self.latest, now)
        if due:
            self.latest, self.checkins = due, {}
            self.rounds.append(due)

    def _close(self, now: datetime) -> None:
        if self.latest and not self.latest.counted and now >= self.latest.closes_at:
            self.leaders = {id_: after_round(one, self.checkins.get(id_)) for id_, one in self.leaders.items()}
            self.latest = replace(self.latest, counted=True)

    def _send(self, entry: Entry, now: datetime) -> None:
        if entry.name in self.sent:
            return
        self.sent[entry.name] = now
        if entry.kind is Kind.DIGEST and self.latest:
            self.latest = replace(self.latest, digested=True)
        if entry.person_id and entry.round:
            checkin = self.checkins.get(entry.person_id, CheckIn(person_id=entry.person_id, round=entry.round))
            if entry.kind is Kind.QUIET:
                self.leaders[entry.person_id] = hushed(self.leaders[entry.person_id])
            else:
                went = asked if entry.kind is Kind.CHECK_IN else nudged
                self.checkins[entry.person_id] = went(checkin, now, A_MESSAGE)


def utc(moment: datetime) -> str:
    """A moment as the tables below write it."""
    return f"{moment.astimezone(UTC):%a %d %b %H:%M}"


def sentence(wish: Callable[[], object]) -> str:
    """What the person is told: the sentence of the problem, or nothing where there is none."""
    try:
        wish()
    except Problem as problem:
        return said(problem)
    return ""


def within_hours(now: datetime, where: Zone, nation: str, start: str, end: str) -> bool:
    """Is it a working day there, from `start` on and before `end` (`HH:MM` on the wall)?"""
    day = to_local(now, where).date()
    return working_day(day, nation) and from_local(day, start, where) <= now < from_local(day, end, where)
