"""Messages that ask and are out of date: drawn anew with the day the meeting has moved to, and until when answers
count; without the meeting, *Skip this one* and *Undo* once they have closed; and without their buttons once the
next round has begun, where the meeting won't be, or once the group has ended. And those that Slack would not have
redrawn after a press, and those below which stands what somebody else has ended.

An entry's subject is `<n>.<since>.<until>.<k>.<day>.<rests>`: the n-th message of the check-in, which has shown
what it shows since then (or `gone<m>`: below it so many matters are over), is to say that answers count until then,
or `over`, and that they meet that day. It does that or nothing, so that what is noted as shown is what was sent,
though the meeting moves while it is on its way. `k`: after so many announced changes of the group, since a meeting
may move to and fro. `rests`: without the hour of a *Later today*, as nobody is asked for now. Changing a message
tells nobody, so this keeps to no hours and is not counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import NamedTuple

from bot.domain import moments
from bot.domain.checkins import CheckIn, CheckInState, unasked
from bot.domain.drawn import drawn, moved, out_of_date
from bot.domain.due import STILL_NEWS, Occurrence, dm
from bot.domain.groups import MessageRef, ended
from bot.domain.hours import from_local
from bot.domain.matter_kinds import gone
from bot.domain.outbox import Entry, Kind
from bot.domain.people import AbsenceReason
from bot.domain.resting import later_holds, reminder_over_at
from bot.domain.rounds import Round, called_off, meets_on, opens_at
from bot.domain.snapshot import MATTERS, GroupSnapshot, Membership, Section
from bot.domain.tending import spoken_since
from bot.ports import Deps, Message
from bot.usecases.matters import riding
from bot.usecases.plate import PlateContext, plate_context
from bot.views.checkin import check_in, checkin_status, not_in_channel, over
from bot.views.quiet import quiet
from scheduler.outbox.messages import Drop, OutgoingMessage
from scheduler.recipients import leader_of, round_of

KIND = Kind.REDRAWN
IN_HOURS, COUNTED = False, None
TURN = None
OVER = "over"
RESTING = "resting"

ASKING = (CheckInState.WAITING, CheckInState.REMIND_LATER)
NEEDS = Section.NAMES | Section.OWN | MATTERS


class Subject(NamedTuple):
    """Of an entry: its parts as above, in that order. The later ones are empty in an entry from before they were
    said."""

    number: str = ""
    since: str = ""
    until: str = ""
    changes: str = ""
    day: str = ""
    rests: str = ""

    @property
    def place(self) -> int:
        """Of the message in its check-in, from 0."""
        return int(self.number or 0)

    @property
    def meets_on(self) -> date | None:
        """The day that it is to name; None where it names none."""
        return date.fromisoformat(self.day) if self.day else None


def due(snapshot: GroupSnapshot, now: datetime) -> Iterator[Occurrence]:
    """Each message of a check-in that shows another close, day or *Later today* than it should, or is owed what a
    press did, or what somebody else ended: of the latest round, and of the one before it once the latest has begun.
    For ten days, or until the meeting."""
    round, group = snapshot.round, snapshot.group
    if group.ends_on and ended(group, now):
        # Of everybody, answered or not: nothing that they could press is taken any more.
        at = from_local(group.ends_on, "00:00", group.zone)
        both = (round, snapshot.checkins), (snapshot.previous, snapshot.previous_checkins)
        for one, checkins in both:
            if one:
                yield from _each(snapshot, one, checkins.values(), None, at, at + STILL_NEWS)
        return
    if round and called_off(round, group):
        yield from _asking(snapshot, round, None, now, now + STILL_NEWS)
    elif round:  # also while nobody is asked: then it promises no *Later today*
        until = max(round.closes_at, now) + STILL_NEWS
        yield from _asking(snapshot, round, round.closes_at, now, until)
        yield from _closed(snapshot, round, until)
        yield from _without_what_is_gone(snapshot, round, now, until)
    before, latest = snapshot.previous, snapshot.round
    if before and latest and opens_at(latest) <= now:
        until = opens_at(latest) + STILL_NEWS
        yield from _each(snapshot, before, snapshot.previous_checkins.values(), None, opens_at(latest), until)


def _asking(
    snapshot: GroupSnapshot, round: Round, closes_at: datetime | None, at: datetime, until: datetime
) -> Iterator[Occurrence]:
    """Of who has not answered, or whose answer Slack would not have shown; and of who left the channel, who can't
    press, be it answered or not: their buttons go, and come back with them. So they do where the meeting is called
    off, and comes back as somebody objects."""
    for checkin in snapshot.checkins.values():
        member = snapshot.member(checkin.person_id, absent=True)
        away = member is not None and _away(member)
        back = any(one.closes_at is None for one in checkin.drawn)
        if away or back or any(shows.owed_at for shows in checkin.drawn) or checkin.state in ASKING:
            over_at = reminder_over_at(checkin)
            promised = over_at if over_at and over_at <= at else None
            if over_at and not promised:
                yield Occurrence(at=over_at)
            stands = None if away else closes_at
            yield from _each(snapshot, round, [checkin], stands, at, until, asked_until=promised)


def _closed(snapshot: GroupSnapshot, round: Round, until: datetime) -> Iterator[Occurrence]:
    """Of who did not answer, and of who tapped: once answers have closed nothing is skipped or taken back, and the
    meeting is not named, which may move without them."""
    closes_at = round.closes_at
    for checkin in snapshot.checkins.values():
        said = spoken_since(snapshot.commitments.values(), checkin.person_id, checkin.asked_at)
        only_tapped = checkin.state is CheckInState.ANSWERED and not checkin.shared
        # the one message after two silent rounds asks for no answer by then
        if checkin.asked_at and (said or only_tapped or checkin.state in ASKING):
            yield from _each(snapshot, round, [checkin], closes_at, closes_at, until, asked_until=closes_at)


def _without_what_is_gone(
    snapshot: GroupSnapshot, round: Round, now: datetime, until: datetime
) -> Iterator[Occurrence]:
    """Of those below which stands what somebody else, or its day, has ended: once for each that has."""
    for person_id, messages in gone(snapshot, now).items():
        checkin = snapshot.checkins.get(person_id)
        below = messages[checkin.messages[0]] if checkin and checkin.messages else 0
        if checkin and below:
            yield from _each(snapshot, round, [checkin], round.closes_at, now, until, over=below)


def _each(
    snapshot: GroupSnapshot,
    round: Round,
    checkins: Iterable[CheckIn],
    closes_at: datetime | None,
    at: datetime,
    until: datetime,
    *,
    asked_until: datetime | None = None,
    over: int = 0,
) -> Iterator[Occurrence]:
    """One for each message that shows another close than `closes_at`, or was drawn before `asked_until`; or for the
    first alone, below which so many matters are `over`."""
    for checkin in checkins:
        person = snapshot.people.get(checkin.person_id)
        if person is None or snapshot.member(checkin.person_id, absent=closes_at is None) is None:
            continue
        day = None if at >= round.closes_at else meets_on(round, snapshot.group)
        holds = later_holds(snapshot, checkin, round, at) if closes_at else None
        rests = RESTING if holds is False else ""
        shows, changes = moments.written(closes_at) if closes_at else OVER, len(snapshot.changes)
        old = out_of_date(checkin, closes_at, day, holds, asked_until)
        since_then = [(index, moments.written(since) if since else "0") for index, since in old]
        for index, since in [(0, f"gone{over}")] if over else since_then:
            subject = ".".join(Subject(f"{index}", since, shows, f"{changes}", f"{day or ''}", rests))
            # a round's DM has one name in a round; a message that is drawn anew has one each time
            yield dm(KIND, snapshot.group, person, at, until, round=round.name, subject=subject, named=subject)


def _away(member: Membership) -> bool:
    absence = member.leader.absence
    return absence is not None and absence.reason is AbsenceReason.LEFT_CHANNEL


async def compose(entry: Entry, deps: Deps, now: datetime) -> OutgoingMessage | Drop:
    """What the entry says it shows, or a Drop: see above. Dropped too where *lighter* or *pause* was chosen in it,
    which says when they are asked next."""
    member = await leader_of(entry, deps, NEEDS, round=entry.round, absent=True)
    if isinstance(member, Drop):
        return member
    round = round_of(entry, member.snapshot)
    context = plate_context(member, round)
    says = _subject(entry)
    if context.checkin is None or says.place >= len(context.checkin.messages):
        return Drop("that message is not kept")
    if says.until not in ("", OVER if _away(member) else _shows(member.snapshot, round, now)):
        return Drop("it is to show another time by now, or what it shows already")
    # It shows neither where nothing was put off.
    holds = later_holds(member.snapshot, context.checkin, round, now)
    if holds is not None and says.rests != ("" if holds else RESTING):
        return Drop("asking rests by now, or goes on")
    if says.meets_on not in (None, meets_on(round, member.snapshot.group)):
        return Drop("the meeting has moved since")
    message = _drawn(member, context, round, says.place, now)
    if message is None:
        return Drop("they said what suits, and it says when they are asked next")
    return OutgoingMessage(message, replaces=context.checkin.messages[says.place])


def _drawn(member: Membership, context: PlateContext, round: Round, index: int, now: datetime) -> Message | None:
    """What that message of the check-in says by now; None where it may stay as it is."""
    snapshot, person, checkin = context.snapshot, context.person, context.checkin
    assert checkin is not None
    if _is_over(snapshot, round, now):
        words = context.plate if index == 0 else None  # once is enough: the nudge need not say them too
        stops = ended(snapshot.group, now)
        return over(snapshot, person, round, words, quiet=member.leader.quiet, ended=stops)
    if _away(member):
        return not_in_channel(snapshot, person)
    # The one message after two silent rounds stood in the check-in's place, and goes on doing so.
    if unasked(checkin) and member.leader.hushed_round == round.name:
        return quiet(snapshot, person, member.leader, round, now) if member.leader.quiet else None
    matter = riding(context, now) if index == 0 else None  # a nudge carries nothing
    if checkin.state is CheckInState.WAITING and now < round.closes_at:
        return check_in(
            snapshot,
            person,
            round,
            last=context.last,
            mine=context.tended,
            now=now,
            asked_at=checkin.asked_at,
            until=round.closes_at if moved(checkin, index, round.closes_at) else None,
            matter=matter,
        )
    plate, mine = context.plate, context.tended
    return checkin_status(snapshot, person, round, checkin, plate=plate, mine=mine, now=now, matter=matter)


async def sent(entry: Entry, ref: MessageRef, deps: Deps, now: datetime) -> None:  # noqa: ARG001
    """In the check-in: what that message shows, since now. Nothing is owed to it any more, but what a press did
    since this was planned."""
    snapshot = await deps.store.snapshots.load(entry.group_id, Section.ROUNDS)
    round = snapshot.rounds.get(entry.round) if snapshot else None
    if snapshot is None or round is None:
        return
    says = _subject(entry)
    until, index = says.until or _shows(snapshot, round, now), says.place
    closes_at = None if until == OVER else moments.read(until)

    def noted(stored: CheckIn | None) -> CheckIn | None:
        if stored is None:
            return None
        owed_at = stored.drawn[index].owed_at if index < len(stored.drawn) else None
        if owed_at and moments.written(owed_at) == says.since:
            owed_at = None
        resting = says.rests == RESTING
        return drawn(stored, index, closes_at, now, says.meets_on, resting=resting, owed_at=owed_at)

    await deps.store.checkins.change(entry.group_id, entry.person_id, noted, round=round.name)


def _shows(snapshot: GroupSnapshot, round: Round, now: datetime) -> str:
    return OVER if _is_over(snapshot, round, now) else moments.written(round.closes_at)


def _is_over(snapshot: GroupSnapshot, round: Round, now: datetime) -> bool:
    latest = snapshot.latest_round(now)
    off = called_off(round, snapshot.group) or ended(snapshot.group, now)
    return off or (latest is not None and latest.name != round.name)


def _subject(entry: Entry) -> Subject:
    return Subject(*entry.subject.split(".")[: len(Subject._fields)])
