"""Letters that Slack would not have redrawn after a press: with what is left to answer in them, or nothing.

An entry's subject is `<ts>.<since>`: which message, and since when that is owed.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from bot.domain import moments
from bot.domain.attention import owe, owed, put_in
from bot.domain.due import STILL_NEWS, Occurrence, dm
from bot.domain.groups import MessageRef
from bot.domain.matter_kinds import still
from bot.domain.outbox import Entry, Kind
from bot.domain.snapshot import MATTERS, GroupSnapshot, Section
from bot.ports import Deps
from bot.views.letter import answered, letter
from bot.views.matters import SAID_OVER
from scheduler.outbox.messages import Drop, OutgoingMessage
from scheduler.recipients import leader_of

KIND = Kind.LETTER_REDRAWN
IN_HOURS, COUNTED = False, None
TURN = None


def due(snapshot: GroupSnapshot, now: datetime) -> Iterator[Occurrence]:  # noqa: ARG001 (every kind's shape)
    for id_, one in snapshot.attention.items():
        person = snapshot.people.get(id_)
        if person is None or snapshot.member(id_, absent=True) is None:
            continue
        for message, since in owed(one).items():
            subject = f"{message.ts}.{moments.written(since)}"
            yield dm(KIND, snapshot.group, person, since, since + STILL_NEWS, subject=subject)


async def compose(entry: Entry, deps: Deps, now: datetime) -> OutgoingMessage | Drop:
    to = await leader_of(entry, deps, Section.NAMES | MATTERS | Section.OWN, absent=True)
    if isinstance(to, Drop):
        return to
    stored, ts = to.snapshot.attention.get(to.person.id), (entry.subject or "").rpartition(".")[0]
    message = next((one for one in (owed(stored) if stored else ()) if one.ts == ts), None)
    if message is None:
        return Drop("it is not kept, or was redrawn")
    left = still(to.snapshot, to.person.id, put_in(stored, [message]), now)
    drawn = letter(to.snapshot, to.person, left, now) if left else answered(to.snapshot, SAID_OVER)
    return OutgoingMessage(drawn, replaces=message)


async def sent(entry: Entry, ref: MessageRef, deps: Deps, now: datetime) -> None:  # noqa: ARG001
    assert entry.person_id is not None
    await deps.store.attention.change(
        entry.group_id, entry.person_id, lambda stored: stored and owe(stored, ref, None)
    )
