"""A second account of somebody's: a code is shown in one and entered in the other; the first says whose it is.

The sequence: the code is taken, which one of several who enter it can; what was entered waits for ten minutes for
the first account's yes, and nothing is put together before. On the yes each group of the second person notes that
it is to become the first (see `bot.usecases.identity`), then each group of the first that its channel is to hear of
it, then the account leads to the first. Whoever dies before the first note changed nothing, and the same press may
come again; after it, a look at that group does the rest. An objection is noted, and a look undoes it.
"""

from __future__ import annotations

from contextlib import AsyncExitStack
from datetime import datetime
from hashlib import sha256

import msgspec

from bot.domain import identity as domain
from bot.domain.called import one_called
from bot.domain.groups import Group
from bot.domain.identity import Entered
from bot.domain.people import Person, SlackIdentity
from bot.domain.problems import Problem, ProblemCode
from bot.domain.second_account import Joining, SecondAccount
from bot.domain.snapshot import GroupSnapshot, Membership
from bot.ports import Deps, Store
from bot.usecases.erasure import groups_of
from bot.usecases.follow_up import LONGEST_PRESS, look_after
from bot.usecases.identity import announce, forget, hang_on, note
from bot.usecases.reach import follow

CODE, ENTERED = "identity", "second"


async def show_code(store: Store, person_id: str, code: str) -> None:
    """Whoever enters this code in another account of theirs is the same person, once they say so in this one."""
    await store.tickets.issue(CODE, code, domain.CODE_LIFE, says=person_id)


async def enter_code(deps: Deps, who: SlackIdentity, typed: str) -> None:
    """Whoever showed it is asked; nothing else is changed. Raises Problem at the field. The sequence: a try is
    taken; the code is used up; then what was entered waits."""
    store = deps.store
    account = sha256(who.key.encode()).hexdigest()[:20]  # a key of Redis names nobody's account for this
    # each slot is taken by one alone, so that five tries at once are five
    for number in range(domain.MOST_TRIES):
        if await store.locks.acquire(f"code.{account}.{number}", domain.CODE_LIFE):
            break
    else:
        raise Problem(ProblemCode.CODE_TRIES, "code")
    # used up by this, whoever entered it: should we die from here on, a new code is shown
    person_id = await store.tickets.redeem(CODE, domain.as_code(typed)) or "-"
    first = await store.people.get(person_id)
    if first is None or first.erasure:
        raise Problem(ProblemCode.CODE_WRONG, "code")
    if await store.index.person(who) == person_id:
        raise Problem(ProblemCode.CODE_SAME, "code")
    await _must_be_free(store, await store.index.person(who), "code")
    installation = await store.installations.get(who.team_id)
    entered = Entered(id=deps.new_id(), who=who, workspace=installation.name if installation else "")
    said = msgspec.json.encode(entered).decode()
    # under the id of whoever showed it: of two that are entered the later one waits, and a yes names the account it
    # was read for
    await store.tickets.issue(ENTERED, person_id, domain.CODE_LIFE, says=said)


async def entered(store: Store, person_id: str) -> Entered | None:
    """In which account somebody's code was entered, while it waits for their answer."""
    said = await store.tickets.look(ENTERED, person_id)
    return msgspec.json.decode(said, type=Entered) if said else None


async def decline(store: Store, person_id: str) -> None:
    """The first account's no: what was entered waits no more, and nothing was put together."""
    await store.tickets.redeem(ENTERED, person_id)


async def confirm(deps: Deps, person: Person, which: str, now: datetime) -> Person:
    """Both accounts are theirs from now on. Pressed again, it goes on with the same. Raises Problem."""
    store, found = deps.store, await entered(deps.store, person.id)
    # a second press, after it was done
    if any(domain.which(one) == which for one in person.identities):
        return person
    if found is None or found.which != which:
        raise Problem(ProblemCode.CODE_ANSWERED)
    second = await store.index.person(found.who)
    second = None if second == person.id else second
    await _must_be_free(store, second, into=person.id)
    account = SecondAccount(
        id=found.id,
        at=now,
        person_id=person.id,
        name=person.name,
        team_id=found.who.team_id,
        user_id=found.who.user_id,
        workspace=found.workspace,
    )
    async with AsyncExitStack() as looks:
        # from the first of these notes on it will be done: each look has the others noted, and announces it
        for group in await groups_of(store, second) if second else []:
            await looks.enter_async_context(look_after(deps.store, group.id, now))
            await note(store, group.id, second or "", Joining(into=person.id, at=now, account=account))
        # before the account leads to the first: where the second is in no group, this is all that a look goes on
        # from
        await announce(deps, account, now)
        await hang_on(deps, person.id, second, found.who)
        # last: as long as what was entered waits, the same press may come again
        await store.tickets.redeem(ENTERED, person.id)
    return await store.people.get(person.id) or person


async def _must_be_free(store: Store, second: str | None, field: str | None = None, *, into: str = "") -> None:
    """Nothing else is under way with what is kept of the second. `into`: of whom it may be under way already."""
    groups = await groups_of(store, second) if second else []
    busy = any(one.into == second for group in groups for one in group.joining.values())
    busy |= any(group.joining[second].into != into for group in groups if second in group.joining)
    if busy or any(group.held or second in group.erasing for group in groups):
        raise Problem(ProblemCode.CODE_HELD, field)


async def object_to(deps: Deps, by: Membership, id_: str, now: datetime) -> SecondAccount:
    """That account answers for them no more; what was put together stays. Raises Problem."""
    group_id = by.snapshot.group.id

    def objected(stored: Group | None) -> Group | None:
        found = next((one for one in stored.second_accounts if one.id == id_), None) if stored else None
        if stored is None or found is None:
            raise Problem(ProblemCode.CHANGE_GONE)
        # of two who object at once the first is named
        noted = {"objected_by": by.person.id, "called": one_called(by)}
        return stored if found.objected_by else domain.with_account(stored, id_, **noted)

    async with look_after(deps.store, group_id, now):
        group = await deps.store.groups.change(group_id, objected)
    assert group is not None
    return next(one for one in group.second_accounts if one.id == id_)


# -- a look at a group ---------------------------------------------------------------------------


async def go_on(deps: Deps, snapshot: GroupSnapshot, now: datetime) -> bool:
    """What presses noted here, and may have died before they did it. Whether anything was written."""
    wrote = False
    for one in snapshot.group.second_accounts:
        if not one.done:
            await _do(deps, snapshot.group, one, now)
        elif one.objected_by and not one.undone:
            await _undo(deps, snapshot.group, one, now)
        else:
            continue
        wrote = True
    return wrote


async def _do(deps: Deps, group: Group, one: SecondAccount, now: datetime) -> None:
    store, first, who = deps.store, one.person_id, SlackIdentity(team_id=one.team_id, user_id=one.user_id)
    await announce(deps, one, now)
    second = await store.index.person(who)
    second = None if second == first else second
    await hang_on(deps, first, second, who)
    person = await store.people.get(first)
    # by whose they were, and not by the account, which leads to the first from the press on
    for was in person.was if person else ():
        if not await store.index.groups_ever(was):  # else the note in those does it
            await forget(store, was, now)
    await store.groups.change(group.id, lambda stored: stored and domain.with_account(stored, one.id, done=True))


async def _undo(deps: Deps, group: Group, one: SecondAccount, now: datetime) -> None:
    """Once nothing is being put together any more, which would bring it back."""
    store, who = deps.store, SlackIdentity(team_id=one.team_id, user_id=one.user_id)
    groups = await groups_of(store, one.person_id)
    if any(joining.into == one.person_id for each in groups for joining in each.joining.values()):
        await store.due.look_at(group.id, now + LONGEST_PRESS)
        return
    person = await store.people.change(
        one.person_id, lambda stored: stored and domain.without_identity(stored, who)
    )
    # their only account stays theirs; else whoever died before the index finds the record done, and goes on here
    if person and all(left.key != who.key for left in person.identities):
        teams = {each.place.team_id for each in groups} | {person.reach.via_team}
        await store.index.unlink([who], teams, person.id)
        await follow(deps, person, person.reach.via_team)
    # last: until it is noted, each look does all of this again
    await store.groups.change(group.id, lambda stored: stored and domain.with_account(stored, one.id, undone=True))
