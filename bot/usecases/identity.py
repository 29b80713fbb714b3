"""Two accounts of one human become one person: a look at each group does it, and goes on where the last one ended.

The sequence, once `bot.usecases.second_account` has noted in each group of the second person that it is to become
the first: a look at such a group notes it where it is not noted yet, has the second's accounts lead to the first,
moves the group's records, and has it announced. Whoever dies anywhere leaves that note. It stays until no press of
before can be under way any more, which may write for the second, and until all groups have come so far: then the
second is forgotten, and the notes go last.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from msgspec.structs import replace

from bot.domain import identity as domain
from bot.domain.groups import Group
from bot.domain.ledger import all_counted
from bot.domain.people import Person, SlackIdentity, all_dms
from bot.domain.personal_data import Rights, Where
from bot.domain.second_account import Joining, SecondAccount
from bot.domain.snapshot import GroupSnapshot
from bot.ports import Deps, Store
from bot.usecases.erasure import groups_of
from bot.usecases.follow_up import LONGEST_PRESS, look_after
from bot.usecases.personal_data import collection, kinds_in
from bot.usecases.reach import follow
from bot.usecases.stored import if_there


async def note(store: Store, group_id: str, second: str, joining: Joining) -> None:
    """In one group: `second` is to become another, and since when that is so. Twice is as once."""
    # the first note stands: its moment says until when an earlier press may be under way
    noted = if_there(lambda one: replace(one, joining={second: joining} | one.joining))
    await store.groups.change(group_id, noted)


async def hang_on(deps: Deps, first: str, second: str | None, *more: SlackIdentity) -> None:
    """The second's accounts lead to the first from now on. The sequence: the first's record; the index; then where
    they are written to."""
    store = deps.store
    # none after the second was forgotten, for a look that comes back: its accounts lead to the first by then
    before = await store.people.get(second) if second else None
    accounts = [one for each in more for one in each.each()[:1]] if before is None else [*before.identities]
    groups = await groups_of(store, second) if second else []

    def hung(person: Person | None) -> Person | None:
        if person is None:
            return None
        told = {**(before.accounts if before else {}), **person.accounts}
        dms = (*person.dms, *(all_dms(before) if before else ()))
        hanging = domain.with_identity(person, *accounts, was=second or "")
        return replace(hanging, accounts=told, dms=tuple(dict.fromkeys(dms)))

    # the record before the index: should we die in between, presses of that account still write for the second, and
    # a look moves that too
    person = await store.people.change(first, hung)
    if person is None:  # they were erased meanwhile
        return
    if second:
        teams = {group.place.team_id for group in groups} | ({before.reach.via_team} if before else set())
        await store.index.unlink(accounts, teams, second)
    # after they were unlinked: an entry of the index that leads to somebody stays as it is
    for who in accounts:
        await store.index.put_person(who, first)
    await follow(deps, person, groups[0].place.team_id if groups else person.reach.via_team)


async def write_here(deps: Deps, person_id: str, who: SlackIdentity) -> Person | None:
    """They are written to in this account from now on, whatever the rule would say."""

    def chosen(person: Person | None) -> Person | None:
        here = next((one for one in person.identities if one.user_id == who.user_id), None) if person else None
        return replace(person, write_to=here.key) if person and here else person

    person = await deps.store.people.change(person_id, chosen)
    if person:
        await follow(deps, person, person.reach.via_team)
    # read anew, since `follow` has written it
    return await deps.store.people.get(person_id)


async def announce(deps: Deps, account: SecondAccount, now: datetime) -> None:
    """In every group of theirs, once in each."""
    for group in await groups_of(deps.store, account.person_id):
        # each look that goes on comes by here: asking for a look where it stands already would never end
        if all(one.id != account.id for one in group.second_accounts):
            async with look_after(deps.store, group.id, now):
                await deps.store.groups.change(group.id, lambda one: one and domain.announced(one, account))


# -- a look at a group ---------------------------------------------------------------------------


async def go_on(deps: Deps, snapshot: GroupSnapshot, now: datetime) -> bool:
    """Whoever is becoming another is so in this group, after it. Whether anything was written."""
    for second, joining in snapshot.group.joining.items():
        if not joining.moved:
            await _become(deps, snapshot.group, second, joining, now)
        elif await _moved_everywhere(deps.store, snapshot.group.id, second):
            await _end(deps.store, snapshot.group.id, second, now)
    return bool(snapshot.group.joining)


async def _become(deps: Deps, group: Group, second: str, joining: Joining, now: datetime) -> None:
    store, first = deps.store, joining.into
    others = [one for one in await groups_of(store, second) if one.id != group.id]
    for one in others:  # whoever pressed may have died before all were noted
        if second not in one.joining and await store.people.get(second):
            async with look_after(deps.store, one.id, now):
                await note(store, one.id, second, joining)
    # the accounts before the records: presses write for the first from here on, and there is less to move the next
    # time
    await hang_on(deps, first, second)
    await _move(store, group, second, first)
    await store.index.join(first, group.id, joining.at)
    # joining noted that they were ever in it, which also holds for who has left
    leader = await store.leaders.get(group.id, first)
    if leader is None or not leader.in_group:
        await store.index.leave(first, group.id)
    await store.index.leave(second, group.id)
    if joining.account:
        await announce(deps, joining.account, now)
    # an earlier press may still write for the second: the note stays, and the look after that finds what it wrote
    if abs(now - joining.at) < LONGEST_PRESS:
        return await deps.store.due.look_at(group.id, joining.at + LONGEST_PRESS)
    # before the others are looked at: of two looks that end at once, in two groups, one finds both moved
    await store.groups.change(group.id, lambda stored: stored and domain.moved(stored, second))
    if await _moved_everywhere(store, group.id, second):
        await _end(store, group.id, second, now)
    return None


async def _moved_everywhere(store: Store, group_id: str, second: str) -> bool:
    """Whether their other groups have no record of the second any more."""
    others = [one for one in await groups_of(store, second) if second in one.joining and one.id != group_id]
    return all(one.joining[second].moved for one in others)


async def _end(store: Store, group_id: str, second: str, now: datetime) -> None:
    """Nothing is left of the second; then the notes go, this group's last: until then its next look does all of it
    again."""
    others = [one.id for one in await groups_of(store, second) if one.id != group_id]
    await forget(store, second, now)
    for id_ in (*others, group_id):
        await store.groups.change(id_, lambda stored: stored and domain.ended(stored, second))


async def _move(store: Store, group: Group, second: str, first: str) -> None:
    """Every record of the group. A record that changes hands is written first, then taken from where it was."""
    # `joining` is not renamed: it names the second, and the next look goes on from it
    renamed = if_there(
        lambda one: replace(domain.renamed(replace(one, joining={}), second, first), joining=one.joining)
    )
    await store.groups.change(group.id, renamed)
    for rights in kinds_in(Where.IN_GROUP):
        for key in await collection(store, rights).all(group.id):
            await _move_one(store, group.id, rights, key, second, first)
    names = {
        Where.IN_ROUND: [*await store.rounds.all(group.id)],
        Where.IN_INQUIRY: [*await store.inquiries.all(group.id)],
        Where.IN_REVIEW: [*await store.reviews.all(group.id)],
    }
    for where, under in names.items():
        for rights in kinds_in(where):
            for name in under:
                await _move_one(store, group.id, rights, second, second, first, round=name)


async def _move_one(
    store: Store, group_id: str, rights: Rights, key: str, second: str, first: str, *, round: str = ""
) -> None:
    where: dict[str, Any] = {"round": round} if round else {}
    kept = collection(store, rights)
    record = await kept.get(group_id, key, **where)
    after = record and domain.tidied(domain.renamed(record, second, first))
    if record is None or after == record:
        return
    new_key = domain.renamed(key, second, first) if after is None or not hasattr(after, "id") else after.id
    if new_key == key:
        await kept.change(
            group_id, key, lambda one: one and domain.tidied(domain.renamed(one, second, first)), **where
        )
        return
    # written before it is deleted: whoever dies in between has both put together again, which adds nothing
    if after is not None:
        await kept.change(
            group_id, new_key, lambda one: domain.combined(one, after) if one is not None else after, **where
        )
    # what an earlier press has written since it was read stays, and the next look moves it
    await kept.change(group_id, key, lambda one: None if one == record else one, **where)


async def forget(store: Store, second: str, now: datetime) -> None:
    """Nothing leads to the second any more."""
    for rights in kinds_in(Where.OF_PERSON):
        await collection(store, rights).change(second, lambda _: None)
    await store.index.forget(second, all_counted(now.date()))
    await store.destroy_person_key(second)
