"""Asks: what somebody is after, put quietly to at most three people at a time, or to everyone.

Whoever is asked quietly says yes, names somebody, or nothing at all. A no is not stored with the ask: it ends the
matter for whoever said it, in a record of their own, and what follows is by the calendar alone. So nobody can tell
a no from silence, from somebody away, or from somebody who was never asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from enum import StrEnum

import msgspec
from msgspec.structs import replace

from bot.domain.news import News, NewsCode, with_news
from bot.domain.people import AskClaim, Leader
from bot.domain.problems import Problem, ProblemCode, only_own, require

ASK_LASTS = timedelta(days=30)

CLAIM_LASTS = timedelta(minutes=1)
"""Whoever saves an ask has done so by then, or is dead."""

WAVES_APART = timedelta(days=7)
MOST_WAVES = 2
"""A week after the last nobody more is asked quietly, whatever happened."""

LATE = timedelta(days=1)
"""A wave that is planned later than this, since asking rested or we were down, has its week from then on."""

MOST_AT_A_TIME = 3


class AskState(StrEnum):
    OPEN = "open"
    GOT_IT = "got_it"
    WITHDRAWN = "withdrawn"


class Routed(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who is asked, and the words of theirs that it rests on: a `matching.Source` and the record's id,
    joined by a dot (`plate.2026-W48.organisation`, `commitment.c1`). `excluded`: they take a place, and are not
    asked."""

    to: str
    rests_on: str = ""
    excluded: bool = False


class Wave(msgspec.Struct, frozen=True, kw_only=True):
    """Up to three who are asked at once. `at` is by the calendar, unless it was planned `LATE`."""

    at: datetime
    routed: tuple[Routed, ...]


class Yes(msgspec.Struct, frozen=True, kw_only=True):
    """`passed_over`: the asker pressed *Not now*. `introduced`: both said yes."""

    by: str
    at: datetime
    introduced: bool = False
    passed_over: bool = False


class KnowsSomeone(msgspec.Struct, frozen=True, kw_only=True):
    """A line in the name of whoever was asked; nobody else is written to."""

    by: str
    words: str
    at: datetime


class Ask(msgspec.Struct, frozen=True, kw_only=True):
    """`quiet` until it is put to everyone. `thanked` is by name, at *Got it*. `ended_at`: when it was over, by a
    press."""

    id: str
    by: str
    what: str
    at: datetime
    quiet: bool = True
    opened_at: datetime | None = None
    state: AskState = AskState.OPEN
    ended_at: datetime | None = None
    thanked: str = ""
    waves: tuple[Wave, ...] = ()
    yeses: tuple[Yes, ...] = ()
    known: tuple[KnowsSomeone, ...] = ()
    news: tuple[News, ...] = ()

    @property
    def until(self) -> datetime:
        """Thirty days after it was made; quiet or not."""
        return self.at + ASK_LASTS

    def open(self, now: datetime) -> bool:
        """Not got, not taken back, and before `until`."""
        return self.state is AskState.OPEN and now < self.until


def ask(asks: Iterable[Ask], *, id: str, by: str, what: str, quiet: bool, now: datetime) -> Ask:
    """A new one; the same again where the form was sent twice. Raises Problem where it says nothing, and for a
    second quiet one."""
    others = [one for one in asks if one.by == by and one.id != id]
    if not what:
        raise Problem(ProblemCode.ASK_EMPTY, "what")
    if quiet and any(one.quiet and one.open(now) for one in others):
        raise Problem(ProblemCode.ASKED_QUIETLY_ALREADY, "how")
    return Ask(id=id, by=by, what=what, at=now, quiet=quiet, opened_at=None if quiet else now)


def claimed(leader: Leader, id_: str, asks: Mapping[str, Ask], now: datetime) -> Leader:
    """That ask is to be theirs which is put quietly, unless another is or was about to be a moment ago: `ask_claim`
    says which. `asks`: the group's, as they are."""
    last = leader.ask_claim
    if last and last.id != id_:
        saved = asks.get(last.id)
        # not there yet, it may be about to be saved; `abs`: by a bot whose clock is ahead of ours
        if (saved.quiet and saved.open(now)) if saved else abs(now - last.at) < CLAIM_LASTS:
            return leader
    return replace(leader, ask_claim=AskClaim(id=id_, at=now))


def put_to_everyone(stored: Ask, by: str, now: datetime) -> Ask:
    """From now on it stands for all to see; pressed again, the first moment stands. Raises Problem where it is not
    theirs, or over."""
    only_own(stored.by, by)
    if not stored.open(now):
        raise Problem(ProblemCode.ASK_GONE)
    return stored if not stored.quiet else replace(stored, quiet=False, opened_at=now)


def got_it(stored: Ask, by: str, thanks: str, now: datetime) -> Ask:
    """It is over: `thanks` is the person id of whoever helped, or empty."""
    only_own(stored.by, by)
    if stored.state is not AskState.OPEN:
        return stored
    return replace(stored, state=AskState.GOT_IT, ended_at=now, thanked=thanks)


def withdraw(stored: Ask, by: str, now: datetime) -> Ask:
    """Its asker takes it back. One that is over stays as it ended. Raises Problem where it is not theirs."""
    only_own(stored.by, by)
    if stored.state is not AskState.OPEN:
        return stored
    return replace(stored, state=AskState.WITHDRAWN, ended_at=now)


def say_yes(stored: Ask, by: str, now: datetime) -> Ask:
    """*Yes, introduce us*, or *I can help* with one that is put to everyone: the asker hears of it at once."""
    only_asked(stored, by, now)
    if any(one.by == by for one in stored.yeses):
        return stored
    said = replace(stored, yeses=(*stored.yeses, Yes(by=by, at=now)))
    return with_news(said, NewsCode.ASK_YES, [stored.by], by, now)


def know_someone(stored: Ask, by: str, words: str, now: datetime) -> Ask:
    """A line to the asker, in the name of whoever was asked."""
    only_asked(stored, by, now)
    if not words:
        raise Problem(ProblemCode.LINE_EMPTY, "words")
    if any((one.by, one.words) == (by, words) for one in stored.known):
        return stored
    # one line each: the last they sent is what they would say
    others = tuple(one for one in stored.known if one.by != by)
    said = replace(stored, known=(*others, KnowsSomeone(by=by, words=words, at=now)))
    return with_news(said, NewsCode.ASK_KNOWS, [stored.by], by, now)


def answer_yes(stored: Ask, by: str, of: str, *, introduced: bool) -> Ask:
    """The asker's own answer to a yes: only two of them make an introduction, from which the other hears of it.
    Nobody hears of a *Not now*."""
    only_own(stored.by, by)
    found = require(next((one for one in stored.yeses if one.by == of), None), ProblemCode.ASK_GONE)
    if found.introduced:
        return stored
    new = replace(found, introduced=introduced, passed_over=not introduced)
    return replace(stored, yeses=tuple(new if one.by == of else one for one in stored.yeses))


def wave_due(stored: Ask, now: datetime) -> datetime | None:
    """When the next wave is due, by the calendar alone: at once, and once more a week later; None where none is."""
    if not stored.quiet or not stored.open(now) or len(stored.waves) >= MOST_WAVES:
        return None
    return stored.waves[-1].at + WAVES_APART if stored.waves else stored.at


def with_wave(stored: Ask, number: int, routed: Iterable[Routed], now: datetime) -> Ask:
    """Its `number`th wave (from 0), whom it goes to; planned once."""
    due = wave_due(stored, now)
    if due is None or len(stored.waves) != number:
        return stored
    # not a moment ago: when somebody looked would tell nothing, and two bots that plan the same one plan it alike
    wave = Wave(at=due if now < due + LATE else now, routed=tuple(routed)[:MOST_AT_A_TIME])
    return replace(stored, waves=(*stored.waves, wave))


def next_step_at(stored: Ask, now: datetime) -> datetime | None:
    """When something follows for it by the calendar, after `now`: its next wave, or the end of the quiet asking."""
    if not stored.quiet or not stored.open(now):
        return None
    at = wave_due(stored, now) or _quiet_ends_at(stored)
    return at if at and at > now else None


def _quiet_ends_at(stored: Ask) -> datetime | None:
    """A week after the last wave; None before that was planned."""
    return stored.waves[-1].at + WAVES_APART if len(stored.waves) >= MOST_WAVES else None


def quiet_end_due(stored: Ask, now: datetime) -> bool:
    """Whether its asker is to hear that nobody said yes: on the fourteenth day, whatever happened till then; later
    where it was put to people later."""
    told = any(one.code is NewsCode.ASK_ENDED for one in stored.news)
    ends_at = _quiet_ends_at(stored)
    over = ends_at is not None and now >= ends_at
    return stored.quiet and stored.open(now) and over and not stored.yeses and not told


def end_quietly(stored: Ask) -> Ask:
    """Its asker is owed the news that nobody said yes. The ask itself goes on: it may be put to everyone."""
    # by the calendar, whenever it was looked at
    at = _quiet_ends_at(stored)
    assert at is not None
    return replace(stored, news=(*stored.news, News(code=NewsCode.ASK_ENDED, to=stored.by, by="", at=at)))


def put_apart(stored: Ask, one: str, other: str) -> Ask:
    """Neither of two is asked for the other any more, as if excluded when it was planned. A yes that was said
    stands."""
    if stored.by not in (one, other):
        return stored
    to = other if stored.by == one else one
    if to not in asked_of(stored) or to in [yes.by for yes in stored.yeses]:
        return stored
    waves = [replace(wave, routed=without(wave.routed, to)) for wave in stored.waves]
    return replace(stored, waves=tuple(waves))


def without(routed: Iterable[Routed], to: str) -> tuple[Routed, ...]:
    """With that one excluded: the place is taken, and nobody is asked."""
    return tuple(replace(one, excluded=True) if one.to == to else one for one in routed)


def asked_of(stored: Ask) -> dict[str, Routed]:
    """Whom it was put to, by person id."""
    return {routed.to: routed for wave in stored.waves for routed in wave.routed if not routed.excluded}


def only_asked(stored: Ask, by: str, now: datetime) -> None:
    """Raises Problem where it is over, and for somebody whom it was not put to."""
    if not stored.open(now) or stored.by == by:
        raise Problem(ProblemCode.ASK_GONE)
    if stored.quiet and by not in asked_of(stored):
        raise Problem(ProblemCode.ASK_GONE)
