"""Two accounts of one human: a code proves both, and then both hang on one person.

The sequence: the code is taken, which one of several who enter it can; then each group of the second person notes
that it is to become the first, and a look at the group does the rest, as often as it takes: whoever dies anywhere
leaves that note. A note stays until no press of before can be under way any more: it may write for the second.
"""

from __future__ import annotations

from contextlib import AsyncExitStack
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from msgspec.structs import replace

from bot.domain import identity as domain
from bot.domain.groups import Group, Joining
from bot.domain.people import Person, SlackIdentity
from bot.domain.personal_data import Rights, Where
from bot.domain.problems import Problem, ProblemCode
from bot.domain.rounds import week_name
from bot.domain.snapshot import GroupSnapshot
from bot.ports import Deps, Store
from bot.usecases.erasure import COUNTED_WEEKS
from bot.usecases.follow_up import LONGEST_PRESS, look_after
from bot.usecases.personal_data import collection, kinds_in
from bot.usecases.reach import follow

CODE = "identity"


async def show_code(store: Store, person_id: str, code: str) -> None:
    """Whoever enters this code in another account of theirs is the same person."""
    await store.tickets.issue(CODE, code, domain.CODE_LIFE, says=person_id)


async def enter_code(deps: Deps, who: SlackIdentity, typed: str, now: datetime) -> Person:
    """Returns the person whom both accounts are from now on. Raises Problem at the field."""
    store = deps.store
    account = sha256(who.key.encode()).hexdigest()[:20]  # a key of Redis names nobody's account for this
    for number in range(domain.MOST_TRIES):
        if await store.locks.acquire(f"code.{account}.{number}", domain.CODE_LIFE):
            break
    else:
        raise Problem(ProblemCode.CODE_TRIES, "code")
    first = await store.people.get(person_id := await store.tickets.redeem(CODE, domain.as_code(typed)) or "-")
    second = await store.index.person(who)
    if first is None or first.erasure:
        raise Problem(ProblemCode.CODE_WRONG, "code")
    if second == person_id:
        raise Problem(ProblemCode.CODE_SAME, "code")
    groups = await _groups_of(store, second) if second else []
    busy = any(one.into == second for group in groups for one in group.joining.values())
    if busy or any(group.held or second in group.erasing for group in groups):
        raise Problem(ProblemCode.CODE_HELD, "code")
    async with AsyncExitStack() as looks:
        for group in groups:
            await looks.enter_async_context(look_after(deps, group.id, now))
            await _note(store, group.id, second or "", person_id, now)
        await _hang_on(deps, person_id, second, who)
    return await store.people.get(person_id) or first


async def _groups_of(store: Store, person_id: str) -> list[Group]:
    return list((await store.groups.many(await store.index.groups_ever(person_id))).values())


async def _note(store: Store, group_id: str, second: str, first: str, now: datetime) -> None:
    def noted(group: Group | None) -> Group | None:
        if group is None or second in group.joining:
            return group
        return replace(group, joining={**group.joining, second: Joining(into=first, at=now)})

    await store.groups.change(group_id, noted)


async def _hang_on(deps: Deps, first: str, second: str | None, *more: SlackIdentity) -> None:
    """The second's accounts lead to the first from now on."""
    store = deps.store
    before = await store.people.get(second) if second else None
    accounts = [one for each in more for one in each.each()[:1]] if before is None else [*before.identities]
    groups = await _groups_of(store, second) if second else []

    def hung(person: Person | None) -> Person | None:
        if person is None:
            return None
        told = {**(before.accounts if before else {}), **person.accounts}
        return replace(domain.with_identity(person, *accounts, was=second or ""), accounts=told)

    person = await store.people.change(first, hung)
    if second:
        teams = {group.place.team_id for group in groups} | ({before.reach.via_team} if before else set())
        await store.index.unlink(accounts, teams, second)
    for who in accounts:
        await store.index.put_person(who, first)
    if person:
        await follow(deps, person, groups[0].place.team_id if groups else person.reach.via_team)


async def write_here(deps: Deps, person_id: str, who: SlackIdentity) -> Person | None:
    """They are written to in this account from now on, whatever the rule would say."""

    def chosen(person: Person | None) -> Person | None:
        here = next((one for one in person.identities if one.user_id == who.user_id), None) if person else None
        return replace(person, write_to=here.key) if person and here else person

    person = await deps.store.people.change(person_id, chosen)
    if person:
        await follow(deps, person, person.reach.via_team)
    return await deps.store.people.get(person_id)


# -- a look at a group ---------------------------------------------------------------------------


async def go_on(deps: Deps, snapshot: GroupSnapshot, now: datetime) -> bool:
    """Whoever is becoming another is so in this group, after it. Whether anything was written."""
    for second, joining in snapshot.group.joining.items():
        await _become(deps, snapshot.group, second, joining, now)
    return bool(snapshot.group.joining)


async def _become(deps: Deps, group: Group, second: str, joining: Joining, now: datetime) -> None:
    store, first = deps.store, joining.into
    others = [one for one in await _groups_of(store, second) if one.id != group.id]
    for one in others:  # whoever pressed may have died before all were noted
        if second not in one.joining and await store.people.get(second):
            async with look_after(deps, one.id, now):
                await _note(store, one.id, second, first, joining.at)
    await _hang_on(deps, first, second)
    await _move(store, group, second, first)
    await store.index.join(first, group.id, joining.at)
    leader = await store.leaders.get(group.id, first)
    if leader is None or not leader.in_group:
        await store.index.leave(first, group.id)
    await store.index.leave(second, group.id)
    if abs(now - joining.at) < LONGEST_PRESS:
        return await deps.store.due.look_at(group.id, joining.at + LONGEST_PRESS)

    def done(stored: Group | None) -> Group | None:
        left = {id_: one for id_, one in stored.joining.items() if id_ != second} if stored else {}
        return stored and replace(domain.renamed(replace(stored, joining={}), second, first), joining=left)

    await store.groups.change(group.id, done)
    if not any(second in one.joining for one in await _groups_of(store, second)):
        await _forget(store, second, now)
    return None


async def _move(store: Store, group: Group, second: str, first: str) -> None:
    """Every record of the group. What is another's now is written first and then taken from where it was."""

    def in_group(stored: Group | None) -> Group | None:
        joining = stored.joining if stored else {}
        return stored and replace(domain.renamed(replace(stored, joining={}), second, first), joining=joining)

    await store.groups.change(group.id, in_group)
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
    if after is not None:
        await kept.change(
            group_id, new_key, lambda one: domain.combined(one, after) if one is not None else after, **where
        )
    await kept.change(group_id, key, lambda _: None, **where)


async def _forget(store: Store, second: str, now: datetime) -> None:
    """Nothing leads to the second any more."""
    for rights in kinds_in(Where.OF_PERSON):
        await collection(store, rights).change(second, lambda _: None)
    await store.index.forget(second, [week_name(now.date() + timedelta(weeks=ahead)) for ahead in COUNTED_WEEKS])
    await store.destroy_person_key(second)
