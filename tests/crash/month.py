"""A month in four groups, as facts; and what each leader is due in it, told without any outbox."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import count
from zlib import crc32

from bot.domain.checkins import CheckIn, answered, postponed, reminder_at, skipped, woken
from bot.domain.groups import Group, Place
from bot.domain.outbox import Entry, Kind
from bot.domain.people import Leader, Person, Reach, SlackIdentity
from bot.domain.plate import Audience, PlateWords, Words
from bot.domain.rhythm import Recurrence, Rhythm
from bot.domain.rounds import Round
from bot.ports import Deps, StoreDown
from bot.storage import RedisStore
from bot.usecases import checkin, plate
from scheduler.outbox.entries import delivery_id
from tests.crash.slack import TEAM
from tests.domain.young_carers import Life
from tests.members import as_leader
from tests.scheduler.postroom import Death, Killed, Mortal

BEGIN = datetime(2026, 10, 30, 0, tzinfo=UTC)
END = datetime(2026, 12, 2, 0, tzinfo=UTC)

ZONES = (("Europe/London", "GB"), ("America/New_York", "US"), ("Asia/Kolkata", ""), ("Pacific/Auckland", ""))
HABITS = ("answers", "is silent", "skips", "answers the nudge", "asks later", "is silent")

NOTHING = Words(text="", audience=Audience.GROUP)


def _words(round: str) -> PlateWords:
    """Other ones in each round: what was said before is no news, and no reason for a digest."""
    said = Words(text=f"Young carers in {round}", audience=Audience.GROUP)
    return PlateWords(organisation=said, me=NOTHING, question=NOTHING)


def groups() -> list[Group]:
    return [_group(number, *where) for number, where in enumerate(ZONES)]


def _group(number: int, zone: str, nation: str) -> Group:
    meeting = Recurrence(every="weeks", interval=1, weekday=number % 5, at="14:00", anchor=date(2026, 10, 5))
    return Group(
        id=f"g{number}",
        name=f"Group {number}",
        place=Place(team_id=TEAM, channel=f"C{number}"),
        zone=zone,
        nation=nation,
        rhythm=Rhythm(meeting=meeting),
        set_up_by=f"g{number}p0",
        set_up_at=BEGIN - timedelta(days=200),
        convenor=None,
        panel_at=BEGIN - timedelta(days=200),
    )


def people(group: Group) -> list[Person]:
    return [_person(f"{group.id}p{number}", group) for number in range(len(HABITS))]


def _person(id_: str, group: Group) -> Person:
    return Person(
        id=id_,
        name=f"{id_.capitalize()} Tester",
        zone=group.zone,
        nation=group.nation,
        identities=(_who(id_),),
        reach=Reach(via_team=TEAM, user_id=f"U-{id_}"),
    )


def leader(person: Person) -> Leader:
    joined_at = BEGIN - timedelta(days=100)
    return Leader(person_id=person.id, organisation="The Trust", joined_at=joined_at, welcomed_at=joined_at)


def habit(person_id: str) -> str:
    return HABITS[int(person_id[-1])]


def reacted(there: CheckIn, kind: Kind, round: Round, now: datetime, person: Person, rhythm: Rhythm) -> CheckIn:
    """What the leader does as soon as the message is there."""
    does = habit(there.person_id)
    if does == "asks later" and kind is Kind.CHECK_IN:
        return postponed(there, round, now, reminder_at(person, now, round, rhythm))
    if does == "skips" and kind is Kind.CHECK_IN:
        return skipped(there, round, now)
    if (does, kind) in (("answers", Kind.CHECK_IN), ("answers the nudge", Kind.NUDGE)):
        return answered(there)
    return there


class Oracle(Life):
    """What is due, from the facts and the domain's pure functions alone; whatever is due goes at once."""

    def _send(self, entry: Entry, now: datetime) -> None:
        new = entry.name not in self.sent
        super()._send(entry, now)
        if new and self.latest and entry.person_id and entry.person_id in self.checkins:
            there, person = self.checkins[entry.person_id], self.people[entry.person_id]
            after = reacted(there, entry.kind, self.latest, now, person, self.group.rhythm)
            self.checkins[entry.person_id] = after
            if after != there:
                self.leaders[person.id] = woken(self.leaders[person.id])


def due(end: datetime = END) -> dict[tuple[str, str], str]:
    """Names of all that is due by `end`, by channel and delivery id."""
    found = {}
    for group in groups():  # all of a group speak for one organisation, so a digest has one reply
        everybody = people(group)
        life = Oracle(group, everybody, [leader(person) for person in everybody])
        for name in life.live(BEGIN, end):
            kind, _, rest = name.partition(":")
            names = (name, f"{Kind.DIGEST_REPLY}:{rest}:0") if kind == Kind.DIGEST else (name,)
            found.update({(_channel(one, group), delivery_id(one)): one for one in names})
    return found


def _channel(name: str, group: Group) -> str:
    person = name.rsplit(":", 1)[-1]
    return f"D-U-{person}" if person.startswith(f"{group.id}p") else group.place.channel


async def put_facts(store: RedisStore) -> None:
    for group in groups():
        await store.groups.change(group.id, lambda _, group=group: group)
        for person in people(group):
            await store.people.change(person.id, lambda _, person=person: person)
            await store.leaders.change(group.id, person.id, lambda _, person=person: leader(person))
            await store.index.put_person(person.identities[0], person.id)
            await store.index.join(person.id, group.id, BEGIN)
        await store.due.look_at(group.id, BEGIN)


async def react(store: RedisStore, name: str, now: datetime) -> bool:
    """A leader saw the message of that name, and presses something. Bots die in the midst of some presses, each at
    a call of its own; whoever saw nothing come of it presses again. False: Redis was gone, so they try again."""
    chance, number = crc32(name.encode()), count(1)
    deps = Deps(store=store, messenger=None, now=lambda: now, new_id=lambda: f"n{next(number)}")  # type: ignore[arg-type]
    death = Death(1 + chance % 30, after=bool(chance & 64))
    try:
        with suppress(Killed):
            await _press(replace(deps, store=Mortal(store, death)), name, now)
        await _press(deps, name, now)
    except StoreDown:
        return False
    return True


async def _press(deps: Deps, name: str, now: datetime) -> None:
    kind, group_id, round, *person = name.split(":")
    does = (habit(person[0]), Kind(kind)) if person else None
    if does in (("answers", Kind.CHECK_IN), ("answers the nudge", Kind.NUDGE)):
        await plate.share_plate(deps, await as_leader(deps, _who(person[0]), group_id), round, _words(round), now)
    elif does == ("skips", Kind.CHECK_IN):
        await checkin.skip(deps, await as_leader(deps, _who(person[0]), group_id), round, now)
    elif does == ("asks later", Kind.CHECK_IN):
        await checkin.remind_later(deps, await as_leader(deps, _who(person[0]), group_id), round, now)


def _who(person_id: str) -> SlackIdentity:
    return SlackIdentity(team_id=TEAM, user_id=f"U-{person_id}")
