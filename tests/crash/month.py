"""A month in four groups, as facts; and what each leader is due in it, told without any outbox."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from msgspec.structs import replace

from bot.domain.checkins import CheckIn, answered, skipped
from bot.domain.groups import Group, Place
from bot.domain.outbox import Entry, Kind
from bot.domain.people import Leader, Person, Reach, SlackIdentity
from bot.domain.plate import Answer, Audience, Plate
from bot.domain.rhythm import Recurrence, Rhythm, Round
from bot.ports import StoreDown
from bot.store.entries import delivery_id
from bot.store.redis import RedisStore
from tests.crash.slack import TEAM
from tests.domain.young_carers import Life

BEGIN = datetime(2026, 10, 30, 0, tzinfo=UTC)
END = datetime(2026, 12, 2, 0, tzinfo=UTC)

ZONES = (("Europe/London", "GB"), ("America/New_York", "US"), ("Asia/Kolkata", ""), ("Pacific/Auckland", ""))
HABITS = ("answers", "is silent", "skips", "answers the nudge", "answers", "is silent")


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
    )


def people(group: Group) -> list[Person]:
    return [_person(f"{group.id}p{number}", group) for number in range(len(HABITS))]


def _person(id_: str, group: Group) -> Person:
    return Person(
        id=id_,
        name=f"{id_.capitalize()} Tester",
        zone=group.zone,
        nation=group.nation,
        identities=(SlackIdentity(team_id=TEAM, user_id=f"U-{id_}"),),
        reach=Reach(via_team=TEAM, user_id=f"U-{id_}"),
    )


def leader(person: Person) -> Leader:
    return Leader(person_id=person.id, organisation="The Trust", joined_at=BEGIN - timedelta(days=100))


def habit(person_id: str) -> str:
    return HABITS[int(person_id[-1])]


def reacted(there: CheckIn, kind: Kind, round: Round, now: datetime) -> CheckIn:
    """What the leader does as soon as the message is there."""
    does = habit(there.person_id)
    if does == "skips" and kind is Kind.CHECK_IN:
        return skipped(there, round, now)
    if (does, kind) in (("answers", Kind.CHECK_IN), ("answers the nudge", Kind.NUDGE)):
        return answered(there, round, now)
    return there


class Oracle(Life):
    """What is due, from the facts and the domain's pure functions alone; whatever is due goes at once."""

    def _send(self, entry: Entry, now: datetime) -> None:
        new = entry.name not in self.sent
        super()._send(entry, now)
        if new and self.latest and entry.person_id and entry.person_id in self.checkins:
            there = self.checkins[entry.person_id]
            self.checkins[entry.person_id] = reacted(there, entry.kind, self.latest, now)


def due(end: datetime = END) -> dict[tuple[str, str], str]:
    """Names of all that is due by `end`, by channel and delivery id."""
    found = {}
    for group in groups():
        everybody = people(group)
        life = Oracle(group, everybody, [leader(person) for person in everybody])
        for name in life.live(BEGIN, end):
            found[_channel(name, group), delivery_id(name)] = name
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
        await store.due.look_at(group.id, BEGIN)


async def react(store: RedisStore, name: str, now: datetime) -> bool:
    """A leader saw the message of that name. False: Redis was gone, so they try again."""
    kind, group_id, round_name, *person = name.split(":")
    if not person:
        return True
    try:
        round = await store.rounds.get(group_id, round_name)
        assert round
        new = CheckIn(person_id=person[0], round=round_name)
        there = await store.checkins.change(
            group_id, person[0], lambda old: reacted(old or new, Kind(kind), round, now), round=round_name
        )
        if there and there.state == "answered":
            await store.plates.change(group_id, person[0], lambda _: _plate(new, now), round=round_name)
    except StoreDown:
        return False
    return True


def _plate(checkin: CheckIn, now: datetime) -> Plate:
    words = Answer(text="Young carers", audience=Audience.GROUP, changed_at=now)
    plate = Plate(person_id=checkin.person_id, round=checkin.round, shared_at=now)
    return replace(plate, organisation=words)
