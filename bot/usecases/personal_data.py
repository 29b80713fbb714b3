"""My data: all that is kept of somebody, read from every kind of record there is; and asking for it in a file."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import msgspec
from msgspec.structs import replace

from bot.domain.items import Item
from bot.domain.people import DataRequest, Leader, Person, SlackIdentity
from bot.domain.personal_data import RECORDS, Rights, Where
from bot.domain.problems import Problem
from bot.domain.reach import installed_by
from bot.domain.snapshot import Membership, Section
from bot.ports import Deps, Store
from bot.usecases.follow_up import look_after
from bot.usecases.people import change_leader
from bot.usecases.snapshot import load_snapshot
from bot.usecases.together import together


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """What is kept of somebody, with the name of the group it is kept in, if any; and the names of whoever it
    names, by their id."""

    items: tuple[tuple[str, Item], ...]
    names: dict[str, str] = {}


async def kept_of(store: Store, person_id: str) -> Found:
    """Everything, in every group they are or were in. Changes nothing."""
    found: list[tuple[str, Item]] = []
    for rights in kinds_in(Where.OF_PERSON):
        if record := await collection(store, rights).get(person_id):
            found += [("", item) for item in rights.export(record, person_id)]
    person = await store.people.get(person_id)
    for one in (await store.installations.all() if person else {}).values():
        if person and installed_by(person.identities, one):
            found += [("", item) for item in RECORDS[type(one)].export(one, one.installed_by)]
    for group_id in await store.index.groups_ever(person_id):
        group = await store.groups.get(group_id)
        if group is None:
            continue
        some = RECORDS[type(group)].export(group, person_id)
        found += [(group.name, item) for item in [*some, *await _in_group(store, group_id, person_id)]]
    ids = {id_ for _, item in found for id_ in item.people}
    people = await store.people.many(sorted(ids))
    return Found(items=tuple(found), names={id_: one.name for id_, one in people.items()})


def kinds_in(where: Where) -> list[Rights]:
    """Every kind of record that lies there, and what of it is whose."""
    return [rights for rights in RECORDS.values() if rights.where is where]


def collection(store: Store, rights: Rights) -> Any:
    """Where the records of a kind lie; a test holds that each has one."""
    return getattr(store, rights.collection)


async def _in_group(store: Store, group_id: str, person_id: str) -> list[Item]:
    kinds = kinds_in(Where.IN_GROUP)
    all_of = await together(*(collection(store, rights).all(group_id) for rights in kinds))
    by_kind = dict(zip((rights.collection for rights in kinds), all_of, strict=True))
    items = [
        item
        for rights in kinds
        for record in by_kind[rights.collection].values()
        for item in rights.export(record, person_id)
    ]
    # what lies under a round, a question or a review by the person's id
    for where, of in ((Where.IN_ROUND, "rounds"), (Where.IN_INQUIRY, "inquiries"), (Where.IN_REVIEW, "reviews")):
        for rights in kinds_in(where):
            own = (collection(store, rights).get(group_id, person_id, round=name) for name in sorted(by_kind[of]))
            kept = [record for record in await together(*own) if record]
            items += [item for record in kept for item in rights.export(record, person_id)]
    words = {id_: one.what for id_, one in by_kind["commitments"].items()}
    return [replace(item, about=words.get(item.about, item.about)) for item in items]


async def keeper_of(store: Store, person: Person, who: SlackIdentity, group_id: str) -> Membership | None:
    """Where somebody's wish for their files is noted: the group that they pressed in, else one they were ever in,
    also where they have left it. None for somebody who was in none."""
    for id_ in [*([group_id] if group_id else []), *reversed(await store.index.groups_ever(person.id))]:
        try:
            snapshot = await load_snapshot(store, id_, Section.NAMES, who=who)
        except Problem:
            continue
        if leader := snapshot.leaders.get(person.id):
            return Membership(snapshot=snapshot, person=person, leader=leader)
    return None


async def ask_for(deps: Deps, member: Membership, new: DataRequest) -> None:
    """A request is a fact, and the files follow from it by a look at the group. The newest stands, unless it is the
    same as one that waits."""
    async with look_after(deps.store, member.snapshot.group.id, new.at):
        await change_leader(deps.store, member.snapshot, member.person.id, lambda one: _asking(one, new))


def _asking(leader: Leader, new: DataRequest) -> Leader:
    before = leader.data_request
    waits = before is not None and before.sent_at is None
    same = waits and before is not None and (before.private, before.organisation) == (new.private, new.organisation)
    if same:
        return leader
    # the channel is owed the news of it, though they ask for something else by then
    return replace(leader, data_request=new, organisation_request=leader.asked_of_organisation)


async def note_request(store: Store, group_id: str, person_id: str, asked_at: datetime, **noted: Any) -> None:
    """How far the request of that moment is, if it is known still."""

    def with_it(leader: Leader | None) -> Leader | None:
        # they may have asked anew since, and how far the earlier one came says nothing of that
        if leader is None:
            return None
        new, before = leader.data_request, leader.organisation_request
        if new and new.at == asked_at:
            return replace(leader, data_request=replace(new, **noted))
        if before and before.at == asked_at:
            return replace(leader, organisation_request=replace(before, **noted))
        return leader

    await store.leaders.change(group_id, person_id, with_it)
