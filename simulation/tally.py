"""Counts while the play goes on: what reached whom, when, in how many words; and what should not have."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.domain.channel_days import MEASURED
from bot.domain.outbox import Kind
from bot.views.asks import INTRODUCE
from scheduler.kinds import KINDS
from simulation.cast import Leader
from simulation.sealed import Sealed
from simulation.shown import SOMEBODY, Shown, Way
from simulation.words import Written, is_private, is_sealed, marks

YES_TOLD = re.compile(rf'"action_id": "{INTRODUCE}:([^"]+)"')
HOURS = range(8, 18)
LONDON = ZoneInfo("Europe/London")
"""Where the groups are."""
BUTTON = re.compile(r"\[[^\]]*\]")
WORD = re.compile(r"[^\W_]+(?:['’&.-][^\W_]+)*")

CheckIn = tuple[str, str, str]
"""A person's id, a group's and a round."""
Week = tuple[str, int, int]
"""A person's id, and a week on their own wall."""


def unasked(kind: Kind) -> bool:
    """Whether the table of kinds counts it in somebody's week."""
    return bool(KINDS[kind].COUNTED)


@dataclass
class Presence:
    """From when to when somebody is in any group, and on which days they are away."""

    leader: Leader
    joined: datetime
    left: datetime | None = None
    away: list[tuple[datetime, date]] = field(default_factory=list)

    def is_away(self, at: datetime) -> bool:
        return any(since <= at and _wall(self.leader, at).date() < until for since, until in self.away)


@dataclass
class Tally:
    """Everything that the table is made of."""

    written: Written
    sealed: Sealed
    people: dict[str, Presence] = field(default_factory=dict)
    weeks: Counter[Week] = field(default_factory=Counter)
    words: dict[Kind, list[int]] = field(default_factory=lambda: defaultdict(list))
    asked: set[CheckIn] = field(default_factory=set)
    answered: dict[CheckIn, tuple[str, int]] = field(default_factory=dict)
    """Of those: how it was answered first, and with how many taps."""
    reached: set[str] = field(default_factory=set)
    """Marks that somebody besides their author was shown."""
    digests: dict[str, datetime] = field(default_factory=dict)
    """The newest of each channel."""
    leaked: list[str] = field(default_factory=list)
    stale: list[str] = field(default_factory=list)
    """Shown to others after their author had changed them or pulled them back."""
    doubled: list[str] = field(default_factory=list)
    untimely: list[str] = field(default_factory=list)
    asks: int = 0
    posts: Counter[tuple[str, date]] = field(default_factory=Counter)
    """In a channel on a day of its group's, beyond the panel, the digest and the brief."""
    found: set[str] = field(default_factory=set)
    """Asks, by their ids, whose asker was told of somebody's yes."""
    _sent: set[str] = field(default_factory=set)

    def add(self, shown: Shown) -> None:
        self._add_marks(shown)
        self.sealed.add(shown)
        if shown.way in (Way.DM, Way.POST):
            self._once(shown)
        if shown.entry is None:
            return
        kind = shown.entry.kind
        self.words[kind].append(count_words(shown.screen()))
        if kind is Kind.DIGEST:
            self.digests[shown.channel] = shown.at
        if shown.way is Way.POST and KINDS[kind].TURN in MEASURED:
            self.posts[shown.channel, shown.at.astimezone(LONDON).date()] += 1
        if kind is Kind.CHECK_IN:
            self.asked.add((shown.to, shown.entry.group_id, shown.entry.round))
        if shown.way is Way.DM:
            self.found |= {ask.partition(".")[0] for ask in YES_TOLD.findall(shown.raw)}
        if shown.way is Way.DM and unasked(kind):
            self._add_unasked(shown, kind)

    def joined(self, leader: Leader, at: datetime) -> None:
        self.people.setdefault(leader.id, Presence(leader, at))

    def leader_weeks(self, until: datetime) -> list[Week]:
        """Every week in which somebody was in a group, on their own wall."""
        return [week for one in self.people.values() for week in _weeks(one, one.left or until)]

    def _add_marks(self, shown: Shown) -> None:
        for mark in marks(shown.raw):
            mine = shown.to == self.written.authors[mark]
            if is_sealed(mark):
                continue
            if not is_private(mark):
                if not mine and shown.to != SOMEBODY:
                    self.reached.add(mark)
                    self._still_there(mark, shown)
            elif shown.in_message or not mine:
                self.leaked.append(f"{mark} in a {shown.way} to {shown.to} at {shown.at}")

    def _still_there(self, mark: str, shown: Shown) -> None:
        since = self.written.withdrawn.get(mark)
        if since and shown.at > since:
            self.stale.append(f"{mark}, withdrawn at {since}, in a {shown.way} to {shown.to} at {shown.at}")

    def _once(self, shown: Shown) -> None:
        """The same message twice: by the id it carries, by what it is called, or by its words on one day."""
        if shown.entry is None:
            return
        name, words = shown.entry.name, f"{shown.to} {shown.at.date()}: {shown.text}"
        known = {
            f"id {shown.delivery_id}": shown.delivery_id,
            f"name {name}": name,
            f"words {words}": shown.way is Way.DM,
        }
        again = [identity for identity, there in known.items() if there and identity in self._sent]
        if again:
            self.doubled.append(f"{name} at {shown.at}, by its {again[0]}")
        self._sent |= {identity for identity, there in known.items() if there}

    def _add_unasked(self, shown: Shown, kind: Kind) -> None:
        whose = self.people[shown.to]
        wall = _wall(whose.leader, shown.at)
        self.weeks[_week(whose.leader, shown.at)] += 1
        what = f"{kind} to {whose.leader.name} at {wall}"
        if whose.is_away(shown.at):
            self.untimely.append(f"{what}, who is away")
        if whose.left and shown.at > whose.left:
            self.untimely.append(f"{what}, who has left")
        if wall.hour not in HOURS or wall.isoweekday() > 5:
            self.untimely.append(f"{what}, outside their hours")


def count_words(screen: str) -> int:
    """Those of a message as it reads: without its first line, which the notification says, and its buttons."""
    return len(WORD.findall(BUTTON.sub("", "\n".join(screen.splitlines()[1:]))))


def _wall(leader: Leader, at: datetime) -> datetime:
    return at.astimezone(ZoneInfo(leader.zone))


def _week(leader: Leader, at: datetime) -> Week:
    year, week, _ = _wall(leader, at).isocalendar()
    return leader.id, year, week


def _weeks(one: Presence, until: datetime) -> list[Week]:
    first, last = _wall(one.leader, one.joined).date().toordinal(), _wall(one.leader, until).date().toordinal()
    calendar = [date.fromordinal(day).isocalendar() for day in range(first, last)]
    return [(one.leader.id, *pair) for pair in dict.fromkeys((year, week) for year, week, _ in calendar)]
