"""What others did with what is somebody's own: joined in, can help, suggests words, ended what they joined in with.
An answer, so not counted."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from msgspec.structs import replace

from bot.domain.asks import Ask, asked_of, next_step_at
from bot.domain.checkins import back_on
from bot.domain.commitments import Commitment
from bot.domain.due import STILL_NEWS, Occurrence, dm, in_hours
from bot.domain.groups import MessageRef
from bot.domain.hours import from_local, to_local
from bot.domain.matching import Source
from bot.domain.news import News, NewsCode, told
from bot.domain.outbox import Entry, Kind
from bot.domain.people import Leader, Person
from bot.domain.snapshot import GroupSnapshot, Section
from bot.domain.still_news import still_news
from bot.ports import Deps
from bot.usecases.follow_up import LONGEST_PRESS
from bot.usecases.together import together
from bot.views.matching import near_words
from bot.views.news import MOST, more_to_come, news
from scheduler.outbox.messages import Drop, OutgoingMessage
from scheduler.recipients import leader_of

KIND = Kind.NEWS
IN_HOURS, COUNTED = True, None
TURN = None

MOMENT = "%Y%m%dT%H%M%S%f"
"""How an entry says when its news happened, beside its number: that changes as other news is taken back, and a name
goes once."""

Untold = tuple[Commitment | Ask, News]

SECTIONS = Section.COMMITMENTS | Section.ASKS | Section.OFFERS


def due(snapshot: GroupSnapshot, now: datetime) -> Iterator[Occurrence]:
    """The first at once, inside their hours; what follows on the same day together, on their next day."""
    for ask in snapshot.asks.values():
        if step := next_step_at(ask, now):
            yield Occurrence(at=step)  # a mere look: it may be news by then
    for id_, leader in snapshot.active().items():
        if id_ not in snapshot.people:
            continue
        person = snapshot.people[id_]
        untold = _in_time(still_news(snapshot, id_, now), person, leader, now)
        if not untold:
            continue
        record, first = untold[0]
        at = max(first.at, _next_day(person, leader))
        subject = f"{record.id}.{record.news.index(first)}.{first.at:{MOMENT}}"
        found = dm(KIND, snapshot.group, person, at, at + STILL_NEWS, subject=subject)
        yield from in_hours(found, snapshot, person, now)


def _in_time(untold: list[Untold], person: Person, leader: Leader, now: datetime) -> list[Untold]:
    """Without what could not be told for so long that it is news no more, so that nothing newer waits for it:
    somebody had left, and is here again."""
    day = _next_day(person, leader)
    return [(record, one) for record, one in untold if now < max(one.at, day) + STILL_NEWS]


def _next_day(person: Person, leader: Leader) -> datetime:
    """The morning after the last such message, or of the day they are back."""
    after = leader.news_at and to_local(leader.news_at, person.zone).date() + timedelta(days=1)
    days = [day for day in (after, back_on(person, leader)) if day and day.year > 1]
    return from_local(max(days), person.hour, person.zone) if days else leader.joined_at


async def compose(entry: Entry, deps: Deps, now: datetime) -> OutgoingMessage | Drop:
    """All that they were not told, also what came since it was planned. Dropped where that is nothing."""
    to = await leader_of(entry, deps, Section.NAMES | SECTIONS)
    if isinstance(to, Drop):
        return to
    untold = _in_time(_told_now(to.snapshot, to.person.id, now), to.person, to.leader, now)
    if not untold:
        return Drop("they know by now")
    quotes = await _quotes(to.snapshot, untold, deps, now)
    return OutgoingMessage(news(to.snapshot, untold, quotes), person=to.person)


def _told_now(snapshot: GroupSnapshot, person_id: str, now: datetime) -> list[Untold]:
    """Not an end that may be undone yet: it is to be told later."""
    untold = still_news(snapshot, person_id, now)
    return [(record, one) for record, one in untold if one.code is not NewsCode.ENDED or one.at <= now]


async def sent(entry: Entry, ref: MessageRef, deps: Deps, now: datetime) -> None:  # noqa: ARG001
    """What came while it was drawn may not be in it, so it is told again rather than never."""
    id_, to = entry.person_id, await leader_of(entry, deps, SECTIONS)
    if isinstance(to, Drop):
        return
    untold = _in_time(_told_now(to.snapshot, id_, now), to.person, to.leader, now)
    until = max(now - LONGEST_PRESS, _first(entry, to.snapshot) or now - LONGEST_PRESS)
    if more_to_come(untold):
        until, untold = min(until, untold[MOST - 1][1].at), untold[:MOST]
    store, heard = deps.store, [record for record, _ in untold]
    commitments = {record.id for record in heard if isinstance(record, Commitment)}
    asks = {record.id for record in heard if isinstance(record, Ask)}
    await together(
        *(
            store.commitments.change(entry.group_id, one, lambda stored: stored and told(stored, id_, until))
            for one in commitments
        ),
        *(
            store.asks.change(entry.group_id, one, lambda stored: stored and told(stored, id_, until))
            for one in asks
        ),
    )
    await deps.store.leaders.change(entry.group_id, id_, lambda stored: stored and replace(stored, news_at=now))


def _first(entry: Entry, snapshot: GroupSnapshot) -> datetime | None:
    """When that happened which the entry is named after; None where its record has been taken out meanwhile."""
    id_, number, *moment = entry.subject.split(".")
    record = snapshot.commitments.get(id_) or snapshot.asks.get(id_)
    if record is None:
        return None
    if not moment:  # planned before December 2026
        return record.news[int(number)].at if int(number) < len(record.news) else None
    return next((one.at for one in record.news if f"{one.at:{MOMENT}}" == moment[0]), None)


async def _quotes(
    snapshot: GroupSnapshot, untold: list[Untold], deps: Deps, now: datetime
) -> dict[tuple[str, str], str]:
    """What each yes to an ask rests on, as its asker may read it: of a plate, as it stands now."""
    found = {}
    for ask, one in untold:
        if not isinstance(ask, Ask) or one.code is not NewsCode.ASK_YES or one.by not in asked_of(ask):
            continue
        rests_on = asked_of(ask)[one.by].rests_on
        sort, _, id_ = rests_on.partition(".")
        round = id_.partition(".")[0]
        plate = (
            await deps.store.plates.get(snapshot.group.id, one.by, round=round) if sort == Source.PLATE else None
        )
        found[ask.id, one.by] = near_words(snapshot, rests_on, plate, ask.what, one.by, now)
    return found
