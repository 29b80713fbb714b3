"""Names: nobody takes one that reads or looks like another leader's of a group of theirs, or an organisation's."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable

from msgspec.structs import replace

from bot.domain.names import NOBODYS, apart, bare, taken
from bot.domain.organisations import as_listed, listed
from bot.domain.problems import Problem, ProblemCode
from bot.domain.snapshot import GroupSnapshot
from bot.ports import Store
from bot.usecases.snapshot import load_snapshot

STEPPING_BACK_S = (0.1, 0.2, 0.4)
"""Seconds between looks for whether the other has stepped back: together far below the three of a form."""


async def check_name(store: Store, person_id: str, name: str, here: GroupSnapshot | None = None) -> None:
    """Raises Problem where a name is, or looks like, another leader's `here` or in any group of theirs, since it is
    the same in all of them; theirs too who left or are called otherwise now, for their words stand in it; an
    organisation's of those groups, or ours. Whoever keeps the name they have is let be where they are already."""
    person = await store.people.get(person_id) if person_id else None
    new = person is None or person.name != name
    if new and (whose := taken(name, NOBODYS) or taken(bare(name), NOBODYS)):
        raise Problem(ProblemCode.NAME_NO_PERSONS, "name", name=whose)
    # a name that stays the same was looked for when it was chosen
    theirs = await store.index.groups_of(person_id) if person and new else []
    groups = [here] if here and (new or person_id not in here.active()) else []
    groups += [await load_snapshot(store, id_) for id_ in theirs if here is None or id_ != here.group.id]
    for snapshot in groups:
        require_free(name, person_id, snapshot, "" if snapshot is here else snapshot.group.name)


def organisation_of(typed: str, person_id: str, snapshot: GroupSnapshot) -> str:
    """The entry of the group's list that it is, or a new one. Raises Problem where a new one reads or looks like
    another leader's name, or ours: a line of the digest begins with it."""
    organisation, entries = as_listed(typed, snapshot.leaders), listed(snapshot.leaders)
    others = [one.name for id_, one in snapshot.people.items() if id_ in snapshot.leaders and id_ != person_id]
    if organisation not in entries:
        require_organisation(organisation, others, "other_organisation" if entries else "organisation_name")
    return organisation


def require_organisation(organisation: str, others: Iterable[str], field: str) -> None:
    """Raises Problem. `others`: leaders' names."""
    if whose := taken(organisation, (*NOBODYS, *others)):
        raise Problem(ProblemCode.ORGANISATION_A_PERSONS, field, name=whose)


async def look_again(store: Store, person_id: str, name: str, group_id: str) -> GroupSnapshot:
    """Once it is theirs. Of two who took one name at the same moment each wrote before they look, so at least one
    sees the other. Where both do, whoever joined later steps back at once, and the other waits for that; where it
    is in vain, the other had looked before. Raises Problem for whoever is to step back."""
    for seconds in STEPPING_BACK_S:
        snapshot = await load_snapshot(store, group_id)
        # of one moment the ids decide
        order = {id_: (leader.joined_at, id_) for id_, leader in snapshot.leaders.items()}
        sooner = {id_: one for id_, one in snapshot.leaders.items() if order[id_] <= order[person_id]}
        require_free(name, person_id, replace(snapshot, leaders=sooner))
        try:
            require_free(name, person_id, snapshot)
        except Problem:
            await asyncio.sleep(seconds)
        else:
            return snapshot
    snapshot = await load_snapshot(store, group_id)
    require_free(name, person_id, snapshot)
    return snapshot


def require_free(name: str, person_id: str, snapshot: GroupSnapshot, group: str = "") -> None:
    """Raises Problem. `group`: its name, where it is another than the one that somebody presses in."""
    others = [bare(snapshot.people[id_].name) for id_ in snapshot.active() if id_ != person_id]
    known = [one for id_, one in snapshot.people.items() if id_ in snapshot.leaders and id_ != person_id]
    gone = [bare(name) for one in known for name in (one.name, *one.former_names)]
    for code, names in ((ProblemCode.NAME_TAKEN, others), (ProblemCode.NAME_LEFT_BEHIND, gone)):
        if whose := taken(bare(name), names):
            raise Problem(code, "name", name=whose, example=apart(whose, others + gone), group=group)
    theirs = listed(snapshot.leaders)
    if whose := taken(name, theirs) or taken(bare(name), theirs):
        raise Problem(ProblemCode.NAME_NO_PERSONS, "name", name=whose)
