"""Check-ins: one leader's part of a round, from the prompt to an answer, a skip, or silence."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from enum import StrEnum

import msgspec
from msgspec.structs import replace

from bot.domain.groups import MessageRef
from bot.domain.hours import from_local, next_allowed, to_local
from bot.domain.nations import working_day_from
from bot.domain.people import Leader, Person
from bot.domain.problems import Problem, ProblemCode
from bot.domain.rhythm import Rhythm
from bot.domain.rounds import SHORTEST_WINDOW, Round

LAST_HOURS = timedelta(hours=4)
"""No nudge falls in this last part of a window."""

NUDGE_GRACE = timedelta(minutes=15)
"""A nudge, or a *Later today*, that was missed for longer than this is never sent."""

SILENT_ROUNDS = 2
"""After this many in a row, one message asks what suits; then silence."""


class CheckInState(StrEnum):
    WAITING = "waiting"
    REMIND_LATER = "later"
    ANSWERED = "answered"
    SKIPPED = "skipped"
    AWAY = "away"


class Drawn(msgspec.Struct, frozen=True, kw_only=True):
    """What a message that asks shows: until when it says that answers count, and since when it says so. None where
    it asks no more, since the next round has begun. `first` is until when it said so at first, where that is known;
    `meets_on` the day of the meeting that it names, likewise. `owed_at`: when Slack would not have it redrawn
    after a press; None where it was since. `resting`: no *Later today* stands in it, since nobody is asked for now.
    """

    closes_at: datetime | None
    at: datetime
    first: datetime | None = None
    meets_on: date | None = None
    owed_at: datetime | None = None
    resting: bool = False


class CheckIn(msgspec.Struct, frozen=True, kw_only=True):
    """A leader's part of a round. `ask_again_at` is when *Later today* comes, in place of the nudge.

    `messages` are the DMs that ask (check-in, then nudge): a press on either answers for the one check-in. `drawn`
    says of each, in their order, what it shows; of those that an older version sent it is not known.
    `shared`: words were saved for its round, and not only *Nothing new* pressed or said how a commitment goes."""

    person_id: str
    round: str
    state: CheckInState = CheckInState.WAITING
    asked_at: datetime | None = None
    ask_again_at: datetime | None = None
    nudged_at: datetime | None = None
    messages: tuple[MessageRef, ...] = ()
    drawn: tuple[Drawn, ...] = ()
    shared: bool = False


def closed(round: Round, now: datetime) -> bool:
    """Whether answers have closed: from that very moment on. Words shared later still count as an answer."""
    return now >= round.closes_at


def may_prompt(person: Person, leader: Leader, round: Round, now: datetime) -> bool:
    """May they be sent anything about this round now? Hours are another matter: see `hours.next_allowed`.

    A leader who wants it lighter is asked in every other round."""
    if not leader.active or leader.quiet or leader.joined_at > now or leaves_out(leader, round):
        return False
    return to_local(now, person.zone).date() >= back_on(person, leader)


def leaves_out(leader: Leader, round: Round) -> bool:
    """Whether they are not asked in it because they want it lighter."""
    return leader.lighter and round.number % 2 == leader.skips_odd


def lightened(leader: Leader, latest: Round | None) -> Leader:
    """In every other round from now on: the next one is left out, so that it is lighter at once."""
    return replace(leader, lighter=True, skips_odd=latest is not None and latest.number % 2 == 0)


def back_on(person: Person, leader: Leader) -> date:
    """The first day on which they may be sent anything, neither away nor paused; long ago if they are neither."""
    return max(person.away_until or date.min, leader.paused_until or date.min)


def prompt_at(person: Person, leader: Leader, round: Round, rhythm: Rhythm) -> datetime | None:
    """When they are asked: at their hour on their first working day from the round's opening day on (UTC).

    Who joined, or is back, later than that is asked at their hour on their next working day, while the window
    has 24 hours left; else None. A first day that leaves less, for their zone or their holidays, still counts,
    as long as a nudge could: four hours."""
    usual = first_hour(person, rhythm, round.opens_on)
    joined = to_local(leader.joined_at, person.zone).date()
    start = max(round.opens_on, joined, back_on(person, leader))
    first = first_hour(person, rhythm, start)
    if first < leader.joined_at:
        first = first_hour(person, rhythm, max(start, joined + timedelta(days=1)))
    needed = LAST_HOURS if first == usual else SHORTEST_WINDOW
    return first if round.closes_at - first >= needed else None


def next_prompt(person: Person, leader: Leader, coming: Iterable[Round], rhythm: Rhythm) -> datetime | None:
    """When they are next asked, in the first of the `coming` rounds that asks them; None if in none of those."""
    for round in coming:
        if leaves_out(leader, round):
            continue
        if moment := prompt_at(person, leader, round, rhythm):
            return moment
    return None


def first_hour(person: Person, rhythm: Rhythm, day: date) -> datetime:
    """Their hour on their first working day from that day on."""
    hour = hour_kept(person.hour, rhythm)
    return from_local(working_day_from(day, person.nation), hour, person.zone)


def at_their_hour(person: Person, rhythm: Rhythm, now: datetime) -> datetime:
    """Of this day of theirs."""
    return from_local(to_local(now, person.zone).date(), hour_kept(person.hour, rhythm), person.zone)


def hour_kept(hour: str, rhythm: Rhythm) -> str:
    """At which hour they are asked: an hour of theirs outside the group's hours becomes the first of the hours."""
    return hour if rhythm.hours_from <= hour < rhythm.hours_to else rhythm.hours_from


def prompt_expires_at(due_at: datetime, round: Round) -> datetime:
    """Until when a check-in that was missed is still sent: while the window has 24 hours left, and for one
    whose own time leaves less, within the hour."""
    return max(round.closes_at - SHORTEST_WINDOW, due_at + timedelta(hours=1))


def nudge_at(person: Person, checkin: CheckIn, round: Round, rhythm: Rhythm) -> datetime | None:
    """When the one reminder comes (UTC): in their hours, when as much of their window has gone as the group chose.
    Or *Later today*.

    None where there is none: answered, skipped, away, nudged already, or in the window's last four hours."""
    if checkin.asked_at is None or checkin.nudged_at is not None:
        return None
    if checkin.state is CheckInState.REMIND_LATER:
        return checkin.ask_again_at
    if checkin.state is not CheckInState.WAITING:
        return None
    gone = checkin.asked_at + (round.closes_at - checkin.asked_at) * rhythm.nudge_percent / 100
    moment = _allowed(person, gone, rhythm)
    return moment if round.closes_at - moment > LAST_HOURS else None


def reminder_missed(checkin: CheckIn, now: datetime) -> bool:
    """Whether *Later today* was promised and its time has gone by: it won't come any more."""
    return checkin.ask_again_at is not None and now >= checkin.ask_again_at + NUDGE_GRACE


def reminder_at(person: Person, now: datetime, round: Round, rhythm: Rhythm) -> datetime | None:
    """When *Later today* asks again (UTC): in three hours, or the next morning of their hours.

    None where that is less than an hour before the round closes, or on a day they are away."""
    moment = _allowed(person, now + timedelta(hours=3), rhythm)
    return moment if _worth_asking(person, round, moment) else None


def rescheduled(checkin: CheckIn, person: Person, round: Round, rhythm: Rhythm) -> CheckIn:
    """*Later today* of somebody whose clock or holidays have changed, or who goes away: at the first moment of
    theirs from the time that was promised; not at all where that is less than an hour before the round closes, or
    on a day they are away."""
    if checkin.state is not CheckInState.REMIND_LATER or checkin.nudged_at or checkin.ask_again_at is None:
        return checkin
    moment = _allowed(person, checkin.ask_again_at, rhythm)
    return replace(checkin, ask_again_at=moment if _worth_asking(person, round, moment) else None)


def _worth_asking(person: Person, round: Round, moment: datetime) -> bool:
    away = person.away_until is not None and to_local(moment, person.zone).date() < person.away_until
    return not away and round.closes_at - moment >= timedelta(hours=1)


def _allowed(person: Person, moment: datetime, rhythm: Rhythm) -> datetime:
    return next_allowed(moment, person.zone, person.nation, rhythm.hours_from, rhythm.hours_to)


def asked(checkin: CheckIn, now: datetime, message: MessageRef) -> CheckIn:
    """The check-in's DM went out. Said again for the same message, nothing changes."""
    return replace(checkin, asked_at=checkin.asked_at or now, messages=_with(checkin.messages, message))


def nudged(checkin: CheckIn, now: datetime, message: MessageRef) -> CheckIn:
    """The one reminder went out."""
    return replace(checkin, nudged_at=checkin.nudged_at or now, messages=_with(checkin.messages, message))


def shown_in(checkin: CheckIn, message: MessageRef) -> CheckIn:
    """A message that asks nothing stands in its place."""
    return replace(checkin, messages=_with(checkin.messages, message))


def _with(messages: tuple[MessageRef, ...], message: MessageRef) -> tuple[MessageRef, ...]:
    return messages if message in messages else (*messages, message)


def answered(checkin: CheckIn, *, shared: bool = False) -> CheckIn:
    """They answered, be it late, after *Skip this one* or while away: words that are saved are an answer."""
    shared = shared or checkin.shared
    if checkin.state is CheckInState.ANSWERED and checkin.shared is shared:
        return checkin
    return replace(checkin, state=CheckInState.ANSWERED, ask_again_at=None, shared=shared)


def skipped(checkin: CheckIn, round: Round, now: datetime) -> CheckIn:
    """They skip this one; an answer already given stays. Raises Problem once the round has closed."""
    return _put_off(checkin, round, now, CheckInState.SKIPPED, None)


def reopened(checkin: CheckIn, round: Round, now: datetime) -> CheckIn:
    """They took back the one thing they had said, so that it waits for an answer again. Raises Problem once the
    round has closed."""
    if closed(round, now):
        raise Problem(ProblemCode.CHECKIN_CLOSED)
    return replace(checkin, state=CheckInState.WAITING) if checkin.state is CheckInState.ANSWERED else checkin


def gone_away(checkin: CheckIn, round: Round, now: datetime) -> CheckIn:
    """They are away; an answer already given stays. Raises Problem once the round has closed."""
    return _put_off(checkin, round, now, CheckInState.AWAY, None)


def postponed(checkin: CheckIn, round: Round, now: datetime, ask_again_at: datetime | None) -> CheckIn:
    """*Later today*, with `reminder_at`'s moment; None, or a nudge already sent, means they are not asked again.

    Pressed twice, the first press stands; an answer already given stays. Raises Problem once answers closed."""
    if checkin.state is CheckInState.REMIND_LATER and not closed(round, now):
        return checkin
    return _put_off(checkin, round, now, CheckInState.REMIND_LATER, None if checkin.nudged_at else ask_again_at)


def _put_off(
    checkin: CheckIn, round: Round, now: datetime, state: CheckInState, ask_again_at: datetime | None
) -> CheckIn:
    # pressed again after the close it is no fault, but for *Later today*, which can't be kept any more
    if checkin.state is CheckInState.ANSWERED or checkin.state is state is not CheckInState.REMIND_LATER:
        return checkin
    if closed(round, now):
        raise Problem(ProblemCode.CHECKIN_CLOSED)
    return replace(checkin, state=state, ask_again_at=ask_again_at)


def unasked(checkin: CheckIn) -> bool:
    """Nothing was asked and nothing done: what may stand in its place is the message after two silent rounds."""
    return checkin.asked_at is None and checkin.state is CheckInState.WAITING


def silent(checkin: CheckIn) -> bool:
    """Asked, and neither answered, skipped nor away. Shown to nobody: it only makes us ask less."""
    return checkin.asked_at is not None and checkin.state in (CheckInState.WAITING, CheckInState.REMIND_LATER)


def after_round(leader: Leader, checkin: CheckIn | None) -> Leader:
    """The leader once their round has closed: silent rounds counted, or begun anew by any sign from them."""
    if checkin is None or unasked(checkin):
        return leader
    if silent(checkin):
        return replace(leader, silent_rounds=leader.silent_rounds + 1)
    return woken(leader)


def gone_quiet(leader: Leader) -> bool:
    """Are they due the one message after two silent rounds?"""
    return leader.silent_rounds >= SILENT_ROUNDS and not leader.quiet


def hushed(leader: Leader, round: str = "") -> Leader:
    """That one message went out, in place of the round's check-in: nothing more until they do something, and even
    then not in this round. Who did something before this was noted, or noted again, is not silent any more."""
    return replace(leader, quiet=leader.quiet or gone_quiet(leader), hushed_round=round)


def woken(leader: Leader) -> Leader:
    """They did something: asked again as before."""
    return replace(leader, quiet=False, silent_rounds=0)
