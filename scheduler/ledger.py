"""The week is a person's: a group's wishes go into the ledgers of its leaders, and what they choose may be sent.

Whoever looks at a group first writes its wishes (compare-and-set), then chooses from the ledger as it is by then,
and only then adds to the outbox. All groups choose from the same wishes, so each picks the same, whichever looks
first. Looking again changes nothing, so whoever dies anywhere leaves the rest to the next look. Where two look at
once, one may not know the other's newest wish: a place is taken when a message goes (`outbox.limits`), and there
are two.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from bot.domain.checkins import at_their_hour
from bot.domain.due import Occurrence, Plan
from bot.domain.hours import to_local
from bot.domain.ledger import (
    Claim,
    Ledger,
    Wish,
    asked_today,
    asks_of,
    choose,
    held_over,
    later_will_do,
    noted,
    week_of,
)
from bot.domain.outbox import Entry, Kind
from bot.domain.people import Person
from bot.domain.rhythm import Rhythm
from bot.domain.snapshot import GroupSnapshot
from bot.ports import Deps, Store
from bot.usecases.routing import another_has_the_week, wish_of
from bot.usecases.together import together
from scheduler.asking import matters_of
from scheduler.kinds import KINDS, coming_check_ins

A_WEEK = timedelta(weeks=1)

Taken = Mapping[tuple[str, str], frozenset[str]]
"""What counts in a person's week: names by the person's id and the week."""


async def within_the_week(snapshot: GroupSnapshot, found: Plan, deps: Deps, now: datetime) -> list[Entry]:
    """Of what is due, what there is a place for in the week of whom it is for. Raises StoreDown."""
    store, group_id = deps.store, snapshot.group.id
    # 1. Whom it concerns: who is in several groups, at each look, and whoever something is due to that counts.
    people = {id_: snapshot.people[id_] for id_ in snapshot.active() if id_ not in found.unreadable}
    groups = await store.index.groups_of_all(people)
    several = [id_ for id_, ids in groups.items() if {*ids} - {group_id}]
    counted = {entry.name: entry for entry in found.entries if KINDS[entry.kind].COUNTED}
    asked = {*several, *(entry.person_id for entry in counted.values())}
    # in their order, at each look the same
    concerned = {id_: person for id_, person in people.items() if id_ in asked}
    if not concerned:
        return list(found.entries)
    # 2. What this group would like to send them, and what they have been sent.
    coming = _coming(snapshot, found, concerned, several, now)
    wishes = _wishes(coming, concerned, now)
    spans = [(id_, week_of(who, now)) for id_, who in concerned.items()]
    taken = await store.allowance.taken([*spans, *((id_, week_of(people[id_], now - A_WEEK)) for id_ in several)])
    await _keep_turns(store, coming, {id_: people[id_] for id_ in several}, now)
    # 3. The wishes of all their groups, ours written among them. Who is in one group has its wishes alone.
    own = {id_: Ledger(wishes={group_id: wishes[id_]}, queue=(group_id,)) for id_ in concerned}
    stored = await store.ledgers.many(several)
    ledgers = own | await _write(store, group_id, wishes, {id_: groups[id_] for id_ in several}, stored, taken)
    new = [id_ for id_ in several if group_id not in stored.get(id_, Ledger()).wishes]
    unheard = {other for id_ in new for other in groups[id_] if other not in ledgers[id_].wishes}
    # asked once, when we are new ourselves, so that no two groups ask each other for ever
    for other in sorted(unheard):
        await store.due.look_at(other, now)
    # 4. What the week has a place for: chosen, not waiting for another day, or there already.
    may_go = {name for id_, week in spans for name in choose(ledgers[id_], people[id_], taken[id_, week], now)}
    may_go -= await _beside_a_check_in(store, counted, ledgers, concerned, taken, snapshot.group.rhythm, now)
    # on their way, or gone: adding them again does nothing
    may_go |= {name for span in spans for name in taken[span]}
    return [entry for entry in found.entries if entry.name not in counted or entry.name in may_go]


async def _beside_a_check_in(
    store: Store,
    counted: Mapping[str, Entry],
    ledgers: Mapping[str, Ledger],
    people: Mapping[str, Person],
    taken: Taken,
    rhythm: Rhythm,
    now: datetime,
) -> set[str]:
    """Names of letters that wait: for another day, since somebody has a check-in on this one, of any of their
    groups, and on the next for their hour; for another week, since in this they are asked for something else."""
    letters = [entry for entry in counted.values() if KINDS[entry.kind].COUNTED is Claim.LETTER]

    async def waits(entry: Entry) -> bool:
        person = people.get(entry.person_id)
        if person is None:
            return False
        # on its last day too, where that hour is not past its end
        if held_over(entry.due_at, person, now) and now < at_their_hour(person, rhythm, now) < entry.expires_at:
            return True
        if not later_will_do(entry.expires_at, person, now):
            return False
        gone = taken[person.id, week_of(person, now)]
        return (
            asked_today(ledgers[person.id], person, gone, now)
            or await _was_asked(store, person, gone, now)
            or await another_has_the_week(store, person, matters_of(entry), now)
        )

    found = await together(*(waits(entry) for entry in letters))
    return {entry.name for entry, waiting in zip(letters, found, strict=True) if waiting}


async def _was_asked(store: Store, person: Person, gone: frozenset[str], now: datetime) -> bool:
    """Whether one of the check-ins that they have been sent this week came today."""
    today = to_local(now, person.zone).date()
    for name in gone:
        kind, group_id, round, *_ = [*name.split(":"), "", ""]
        if kind == Kind.CHECK_IN:
            stored = await store.checkins.get(group_id, person.id, round=round)
            asked_at = stored.asked_at if stored else None  # none yet of one that is on its way
            if asked_at is None or to_local(asked_at, person.zone).date() == today:
                return True
    return False


def _coming(
    snapshot: GroupSnapshot, found: Plan, people: Mapping[str, Person], several: list[str], now: datetime
) -> list[Occurrence]:
    """The check-ins of the coming round are among them, so that nothing takes their place before it has
    opened; but of who is in one group only, where all that is due is a check-in, and nothing comes before it."""
    outranked = {
        entry.person_id for entry in found.entries if KINDS[entry.kind].COUNTED not in (None, Claim.CHECK_IN)
    }
    ahead = {id_: person for id_, person in people.items() if id_ in several or id_ in outranked}
    return [*found.occurrences, *(coming_check_ins(snapshot, ahead, now) if ahead else ())]


async def _keep_turns(
    store: Store, coming: Iterable[Occurrence], people: Mapping[str, Person], now: datetime
) -> None:
    """What somebody waits for, and could not go in the week it was planned for, takes its place in the next as
    soon as it is to go then: what is planned later, in whichever group, comes after it."""
    first: dict[tuple[str, str], datetime] = {}
    for one in coming:
        entry, at = one.entry, max(one.at, now)
        if entry and entry.person_id and entry.person_id in people and KINDS[entry.kind].COUNTED:
            for wish in filter(None, map(wish_of, matters_of(entry))):
                key = entry.person_id, wish
                first[key] = min(at, first.get(key, at))
    weeks = [(id_, asks_of(week_of(people[id_], at)), wish) for (id_, wish), at in first.items()]
    await together(*(store.allowance.take(id_, week, wish, 1) for id_, week, wish in weeks))


def _wishes(
    coming: Iterable[Occurrence], people: Mapping[str, Person], now: datetime
) -> dict[str, tuple[Wish, ...]]:
    """By person."""
    wishes: dict[str, dict[str, Wish]] = defaultdict(dict)
    for one in coming:
        entry = one.entry
        if entry and entry.person_id and entry.person_id in people and (claim := KINDS[entry.kind].COUNTED):
            at = one.at if one.at > now else entry.due_at  # the same at each look
            wishes[entry.person_id][entry.name] = Wish(name=entry.name, claim=claim, at=at, until=entry.expires_at)
    return {id_: tuple(wishes[id_].values()) for id_ in people}


async def _write(
    store: Store,
    group_id: str,
    wishes: Mapping[str, tuple[Wish, ...]],
    groups: Mapping[str, list[str]],
    stored: Mapping[str, Ledger],
    taken: Taken,
) -> dict[str, Ledger]:
    """The ledgers of those who are in several groups; written only where something has changed."""

    async def write(id_: str) -> Ledger:
        gone = {name for (whose, _), names in taken.items() if whose == id_ for name in names}

        def decide(before: Ledger | None) -> Ledger:
            return noted(before, group_id, wishes[id_], groups=groups[id_], taken=gone)

        known = stored.get(id_)
        if known is not None and decide(known) == known:
            return known
        written = await store.ledgers.change(id_, decide)
        assert written is not None
        return written

    return dict(zip(groups, await together(*map(write, groups)), strict=True))
