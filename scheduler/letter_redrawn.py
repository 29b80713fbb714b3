"""Letters that Slack would not have redrawn after a press, and those in which somebody else has ended what they
ask: with what is left to answer in them, or nothing. And those that still ask something as the group ends: they are
owed what they asked, should it go on.

An entry's subject is `<ts>.<since>`: which message, and since when that is owed; `<ts>.gone<n>`: so many of its
matters are over; or `<ts>.<since>.<k>`: the group has ended since then, after so many announced changes, as it may
end more than once.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from bot.domain import moments
from bot.domain.attention import Attention, owe, owed, put_in, rode
from bot.domain.due import STILL_NEWS, Occurrence, dm
from bot.domain.groups import MessageRef, ended
from bot.domain.hours import from_local
from bot.domain.matter_kinds import gone, still
from bot.domain.outbox import Entry, Kind
from bot.domain.people import Person
from bot.domain.snapshot import MATTERS, GroupSnapshot, Section
from bot.ports import Deps
from bot.usecases.matters import in_check_in
from bot.usecases.stored import if_there
from bot.views.letter import answered, letter
from bot.views.matters import SAID_ENDED, SAID_OVER
from scheduler.outbox.messages import Drop, OutgoingMessage
from scheduler.recipients import leader_of

KIND = Kind.LETTER_REDRAWN
IN_HOURS, COUNTED = False, None
TURN = None
GONE = "gone"


def due(snapshot: GroupSnapshot, now: datetime) -> Iterator[Occurrence]:
    """Each message that is owed what a press did, for ten days. Once the group has ended, each that still asks
    something, for ten days from that day's beginning."""
    group = snapshot.group
    if group.ends_on and ended(group, now):
        yield from _after_the_end(snapshot, from_local(group.ends_on, "00:00", group.zone), now)
        return
    over = gone(snapshot, now)
    for person, one in _reached(snapshot):
        for message, since in owed(one).items():
            subject = f"{message.ts}.{moments.written(since)}"
            yield dm(KIND, snapshot.group, person, since, since + STILL_NEWS, subject=subject)
        check_ins = _check_ins(snapshot, one)
        for message, number in over.get(person.id, {}).items():
            if message not in check_ins:
                subject = f"{message.ts}.{GONE}{number}"
                yield dm(KIND, snapshot.group, person, now, now + STILL_NEWS, subject=subject)


def _after_the_end(snapshot: GroupSnapshot, at: datetime, now: datetime) -> Iterator[Occurrence]:
    if now >= at + STILL_NEWS:
        return
    for person, one in _reached(snapshot):
        alive = {one.put[matter.id].message for matter in still(snapshot, person.id, one.put, now)}
        letters = (alive | {*owed(one)}) - _check_ins(snapshot, one)
        for message in sorted(letters, key=lambda message: message.ts):
            subject = f"{message.ts}.{moments.written(at)}.{len(snapshot.changes)}"
            yield dm(KIND, snapshot.group, person, at, at + STILL_NEWS, subject=subject)


def _check_ins(snapshot: GroupSnapshot, attention: Attention) -> set[MessageRef]:
    """What is known to be one, below which `redrawn` takes away what is over: those of the last two rounds, and
    older ones that were found to be."""
    asked = (snapshot.previous_checkins, snapshot.checkins)
    recent = [checkins[attention.person_id] for checkins in asked if attention.person_id in checkins]
    older = {one.message for one in attention.put.values() if one.rode}
    return older | {message for checkin in recent for message in checkin.messages}


def _reached(snapshot: GroupSnapshot) -> Iterator[tuple[Person, Attention]]:
    """What was put to whoever is in the group, be they in its channel or not."""
    for id_, one in snapshot.attention.items():
        person = snapshot.people.get(id_)
        if person and snapshot.member(id_, absent=True):
            yield person, one


async def compose(entry: Entry, deps: Deps, now: datetime) -> OutgoingMessage | Drop:
    """With the matters that are left in it, or a sentence that it is over. Dropped where it was redrawn, where the
    group has ended or goes on otherwise than when it was planned, and where it is a check-in, which `redrawn` looks
    after."""
    to = await leader_of(entry, deps, Section.NAMES | MATTERS | Section.OWN, absent=True)
    if isinstance(to, Drop):
        return to
    stored = to.snapshot.attention.get(to.person.id)
    stops = _stops(entry)
    if stops != ended(to.snapshot.group, now):
        return Drop("the group goes on, or has ended by now")
    anew = stops or f".{GONE}" in entry.subject
    kept = {put.message for put in stored.put.values() if anew or put.owed_at} if stored else ()
    ts = ".".join(entry.subject.split(".")[:2])
    message = next((one for one in kept if one.ts == ts), None)
    if message is None:
        return Drop("it is not kept, or was redrawn")
    if anew and await in_check_in(deps.store, to, message):
        # so that it is not planned, looked up and dropped at each look at the group, for weeks
        await deps.store.attention.change(entry.group_id, entry.person_id, if_there(rode, message))
        return Drop("it is a check-in")
    if stops:
        return OutgoingMessage(answered(to.snapshot, SAID_ENDED), replaces=message)
    left = still(to.snapshot, to.person.id, put_in(stored, [message]), now)
    drawn = letter(to.snapshot, to.person, left, now) if left else answered(to.snapshot, SAID_OVER)
    return OutgoingMessage(drawn, replaces=message)


async def sent(entry: Entry, ref: MessageRef, deps: Deps, now: datetime) -> None:
    """In `attention`: that message is owed nothing, but what a press did since this was planned. After the group's
    end it is owed what it asked, should that go on."""
    stops = _stops(entry)

    def noted(stored: Attention | None) -> Attention | None:
        since = owed(stored).get(ref) if stored else None
        if stored is None or (since and not stops and f"{ref.ts}.{moments.written(since)}" != entry.subject):
            return stored
        return owe(stored, ref, now if stops else None)

    await deps.store.attention.change(entry.group_id, entry.person_id, noted)


def _stops(entry: Entry) -> bool:
    return entry.subject.count(".") > 2  # the ts has one of its own
