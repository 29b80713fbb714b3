"""What others did with what is somebody's own: joined in, can help, suggests words. An answer, so not counted."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from msgspec.structs import replace

from bot.domain.checkins import back_on
from bot.domain.due import STILL_NEWS, Occurrence, dm, when_to_send
from bot.domain.groups import MessageRef
from bot.domain.hours import from_local, to_local
from bot.domain.news import news_for, told
from bot.domain.outbox import Entry, Kind
from bot.domain.people import Leader, Person
from bot.domain.snapshot import GroupSnapshot, Section
from bot.ports import Deps
from bot.usecases.follow_up import LONGEST_PRESS
from bot.usecases.together import together
from bot.views.news import news
from scheduler.outbox.messages import Drop, OutgoingMessage
from scheduler.recipients import leader_of

KIND = Kind.NEWS
IN_HOURS, COUNTED = True, None


def due(snapshot: GroupSnapshot, now: datetime) -> Iterator[Occurrence]:
    """The first at once, inside their hours; what follows on the same day together, on their next day."""
    for id_, leader in snapshot.active().items():
        untold = news_for(snapshot.commitments.values(), id_)
        if not untold or id_ not in snapshot.people:
            continue
        person, (commitment, first) = snapshot.people[id_], untold[0]
        at = max(first.at, _next_day(person, leader))
        subject = f"{commitment.id}.{commitment.news.index(first)}"
        found = dm(KIND, snapshot.group, person, at, at + STILL_NEWS, subject=subject)
        assert found.entry is not None
        if moment := when_to_send(found.entry, person, snapshot.group.rhythm, now):
            yield replace(found, at=moment)


def _next_day(person: Person, leader: Leader) -> datetime:
    """The morning after the last such message, or of the day they are back."""
    after = leader.news_at and to_local(leader.news_at, person.zone).date() + timedelta(days=1)
    days = [day for day in (after, back_on(person, leader)) if day and day.year > 1]
    return from_local(max(days), person.hour, person.zone) if days else leader.joined_at


async def compose(entry: Entry, deps: Deps, now: datetime) -> OutgoingMessage | Drop:  # noqa: ARG001
    to = await leader_of(entry, deps, Section.NAMES | Section.COMMITMENTS)
    if isinstance(to, Drop):
        return to
    untold = news_for(to.snapshot.commitments.values(), to.person.id)
    if not untold:
        return Drop("they know by now")
    return OutgoingMessage(news(to.snapshot, untold), person=to.person)


async def sent(entry: Entry, ref: MessageRef, deps: Deps, now: datetime) -> None:  # noqa: ARG001
    """What came while it was drawn may not be in it, so it is told again rather than never."""
    assert entry.person_id is not None
    id_, to = entry.person_id, await leader_of(entry, deps, Section.COMMITMENTS)
    if isinstance(to, Drop):
        return
    until = max(now - LONGEST_PRESS, _first(entry, to.snapshot))
    heard = {commitment.id for commitment, _ in news_for(to.snapshot.commitments.values(), id_)}
    await together(
        *(
            deps.store.commitments.change(entry.group_id, one, lambda stored: stored and told(stored, id_, until))
            for one in heard
        )
    )
    await deps.store.leaders.change(entry.group_id, id_, lambda stored: stored and replace(stored, news_at=now))


def _first(entry: Entry, snapshot: GroupSnapshot) -> datetime:
    """When that happened which the entry is named after."""
    id_, _, number = (entry.subject or "").rpartition(".")
    return snapshot.commitments[id_].news[int(number)].at
