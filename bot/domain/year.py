"""A group's year, in numbers and bands: commitments by where they stood, themes, talks, the pulse where it was
shown. Pure, and about nobody: only `held_by` counts one person's own, for that person.

A year is the month that is under way and the eleven before it, by the group's clock. What has ended is kept for
longer than that (`usecases.retention`), so nothing that was held in a year is missing from it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime

import msgspec

from bot.domain.commitments import Commitment, Progress, State
from bot.domain.common_words import COMMON
from bot.domain.felt import named_in
from bot.domain.groups import Group
from bot.domain.hours import from_local, to_local
from bot.domain.introductions import SHOWN_FROM, Introduction, Talk
from bot.domain.pulse import Pulse, Spread
from bot.domain.put_to import TakenUp
from bot.domain.questions import OF_THE_BOT, WORKING
from bot.domain.rounds import Round
from bot.domain.spelling import tidy
from bot.domain.tags import folded, known
from bot.domain.tending import last_touched

MONTHS = 12

_WORD = re.compile(r"[^\W_]+")
_OWNER = re.compile(r"([^\W_]+)['\u2019]s\b")
_TITLES = frozenset(("dr", "mr", "mrs", "ms", "miss", "prof", "professor", "sir", "dame", "lord", "lady"))
_BESIDE_A_NAME = _TITLES.union(COMMON.split())


class Month(msgspec.Struct, frozen=True, kw_only=True):
    """What was held in one: each commitment once, where it stood as the month ended, or stands now. What was done
    or let go is counted in that month alone."""

    first: date
    held: dict[State, int]

    @property
    def total(self) -> int:
        """How many commitments were held in it."""
        return sum(self.held.values())


class Theme(msgspec.Struct, frozen=True, kw_only=True):
    """How many commitments of the year carry a tag, by where they stand."""

    tag: str
    open: int = 0
    done: int = 0
    let_go: int = 0

    @property
    def total(self) -> int:
        """How many commitments carry it."""
        return self.open + self.done + self.let_go


class ShownPulse(msgspec.Struct, frozen=True, kw_only=True):
    """As a digest showed it on that day: bands, no number. `question` is a reference."""

    question: str
    day: date
    spread: tuple[Spread, ...]


class Year(msgspec.Struct, frozen=True, kw_only=True):
    """`stand`: all that was held in it, by where it stands now, or ended. `untagged`: how many of these carry no
    tag that is a theme. `talks`: introductions that led to a talk, 0 while there are fewer than three."""

    group: str
    today: date
    months: tuple[Month, ...]
    stand: dict[State, int]
    themes: tuple[Theme, ...] = ()
    untagged: int = 0
    talks: int = 0
    pulses: tuple[ShownPulse, ...] = ()

    @property
    def since(self) -> date:
        """The first day of the first of its twelve months, by the group's clock."""
        return self.months[0].first


def year_of(
    group: Group,
    commitments: Collection[Commitment],
    introductions: Iterable[Introduction],
    pulses: Mapping[str, Pulse],
    rounds: Iterable[Round],
    names: Iterable[str],
    now: datetime,
) -> Year:
    """`pulses` are by their names. `names`: of everybody who is or was in the group, so that a tag which names
    one of them is no theme."""
    firsts = months_until(to_local(now, group.zone).date(), to_local(group.set_up_at, group.zone).date())
    since = from_local(firsts[0], "00:00", group.zone)
    held = held_since(commitments, since)
    themes, untagged = themes_of(held, names)
    told = [states_of(one) for one in held]
    return Year(
        group=group.name,
        today=to_local(now, group.zone).date(),
        months=tuple(_month(told, first, group.zone, now) for first in firsts),
        stand=dict(Counter(one.state for one in held)),
        themes=themes,
        untagged=untagged,
        talks=talks_since(introductions, since),
        pulses=shown_pulses(pulses, rounds, group, since),
    )


def months_until(today: date, begun: date) -> list[date]:
    """The first days of the year's months, the oldest first; none before the group began."""
    number = today.year * 12 + today.month - 1
    firsts = [date(n // 12, n % 12 + 1, 1) for n in range(number - MONTHS + 1, number + 1)]
    return [first for first in firsts if first >= begun.replace(day=1)] or [today.replace(day=1)]


# -- commitments -----------------------------------------------------------------------------------


def states_of(commitment: Commitment) -> list[tuple[datetime, State]]:
    """Where it stood, from when: the oldest first, as its maker of the time said. Others who tend it say how it
    goes for them, which moves nothing. It ends with where it stands, also where its history does not tell how it
    came there."""
    taken = commitment.taken_up
    maker = taken[0].of if taken else commitment.made_by
    found = [(commitment.made_at, State.MOVING)]
    lines: list[Progress | TakenUp] = [*commitment.history, *taken]
    for line in sorted(lines, key=lambda one: one.at):
        state = found[-1][1]
        if isinstance(line, TakenUp):
            maker = line.by
            # who takes it up has not called for help
            state = State.TENDING if state is State.STUCK else state
        elif line.by == maker:
            state = line.state
        if state is not found[-1][1]:
            found.append((line.at, state))
    if found[-1][1] is not commitment.state:
        found.append((max(last_touched(commitment), found[-1][0]), commitment.state))
    return found


def held_since(commitments: Iterable[Commitment], since: datetime) -> list[Commitment]:
    """All but what had ended before."""
    return [one for one in commitments if one.state.open or states_of(one)[-1][0] >= since]


def held_by(commitments: Iterable[Commitment], person_id: str, year: Year, group: Group) -> dict[State, int]:
    """One person's own of the year, by where they stand: for that person alone."""
    since = from_local(year.since, "00:00", group.zone)
    own = [one for one in commitments if one.made_by == person_id]
    return dict(Counter(one.state for one in held_since(own, since)))


def _month(told: Iterable[Sequence[tuple[datetime, State]]], first: date, zone: str, now: datetime) -> Month:
    """`told`: of each commitment, where it stood from when."""
    since = from_local(first, "00:00", zone)
    following = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    until = from_local(following, "00:00", zone)
    held: Counter[State] = Counter()
    for states in told:
        # None where it was not made yet
        before = next((one for one in reversed(states) if one[0] < until), None)
        stood = before if until <= now else states[-1]
        if stood and (stood[1].open or stood[0] >= since):
            held[stood[1]] += 1
    return Month(first=first, held=dict(held))


# -- themes, talks, the pulse ----------------------------------------------------------------------


def themes_of(held: Sequence[Commitment], names: Iterable[str]) -> tuple[tuple[Theme, ...], int]:
    """What most carry comes first; and how many carry none of them. A tag in which somebody of the group is named
    is no theme."""
    every = [tidy(name) for name in names]
    spelt = {key: tag for tag in known(held) if not _of_somebody(tidy(key := folded(tag)), every)}
    counts: dict[str, Counter[str]] = {}
    untagged = 0
    for one in held:
        keys = {folded(tag) for tag in one.tags} & set(spelt)
        untagged += not keys
        for key in keys:
            counts.setdefault(key, Counter())["open" if one.state.open else one.state.value] += 1
    themes = [Theme(tag=spelt[key], **counted) for key, counted in counts.items()]
    return tuple(sorted(themes, key=lambda theme: (-theme.total, folded(theme.tag)))), untagged


def _of_somebody(tag: str, names: Sequence[str]) -> bool:
    """Whether it is an account's name, a first name stands in it, or another name where nothing else tells what it
    is about: *Young carers* is a theme also beside a Sam Young, and *Young's rota* is not. All of it tidy."""
    if tag.startswith("@") or named_in(tag, "", {name: name for name in names}):
        return True
    parts = {part for name in names for part in _WORD.findall(name) if len(part) > 1}
    owners = set(_OWNER.findall(tag))
    telling = [word for word in _WORD.findall(tag) if len(word) > 1 and word not in _BESIDE_A_NAME]
    return bool(owners & parts) or (bool(telling) and parts.issuperset(telling))


def talks_since(introductions: Iterable[Introduction], since: datetime) -> int:
    """How many led to a talk, as the group may know it: 0 while there are fewer than three."""
    said = [
        min((answer.at for answer in one.answers.values() if answer.talk is Talk.WE_DID), default=None)
        for one in introductions
    ]
    number = sum(at is not None and at >= since for at in said)
    return number if number >= SHOWN_FROM else 0


def shown_pulses(
    pulses: Mapping[str, Pulse], rounds: Iterable[Round], group: Group, since: datetime
) -> tuple[ShownPulse, ...]:
    """Those that a digest has shown, the oldest first, each with that digest's day. Of an open one, or of one with
    too few answers, nothing."""
    digests = [one.digested_at for one in rounds if one.digested_at]
    found = []
    for one in pulses.values():
        closed_at = one.closed_at
        at = min((digest for digest in digests if closed_at and digest >= closed_at), default=None)
        if at and at >= since and one.spread:
            day = to_local(at, group.zone).date()
            found.append(ShownPulse(question=one.question, day=day, spread=one.spread))
    order = (WORKING.reference, OF_THE_BOT.reference)
    return tuple(sorted((one for one in found if one.question in order), key=lambda one: (one.day, one.question)))
