"""People: joining, settings, being away, leaving. Joining is consent, and only a press of one's own does it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import AsyncExitStack
from datetime import date, datetime

import msgspec

from bot.domain.groups import Group
from bot.domain.ledger import without_group
from bot.domain.people import About, Leader, Person, Reach, SlackIdentity
from bot.domain.problems import Problem, ProblemCode
from bot.domain.snapshot import GroupSnapshot
from bot.ports import Deps, Store
from bot.usecases.follow_up import look_after
from bot.usecases.snapshot import load_snapshot

Tell = Callable[[Person, About], Person]


class NotJoined(Problem):
    """Somebody who is not in the group wished for something that its leaders can do."""

    def __init__(self, group_id: str) -> None:
        super().__init__(ProblemCode.NOT_JOINED)
        self.group_id = group_id


class Membership(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody in a group of theirs, with everybody in it."""

    snapshot: GroupSnapshot
    person: Person
    leader: Leader


async def require_member(
    store: Store, who: SlackIdentity, group_id: str, only: Iterable[str] | None = None
) -> Membership:
    """Raises Problem for an unknown group, NotJoined for somebody who is not in it.

    `only`: whose names are needed, themselves among them; see `load_circle`.
    """
    await store.ahead(group_id, who=who)
    snapshot, person_id = await load_snapshot(store, group_id, only), await store.index.person(who)
    leader = snapshot.active().get(person_id) if person_id else None
    if leader is None:
        raise NotJoined(group_id)
    return Membership(snapshot=snapshot, person=snapshot.people[leader.person_id], leader=leader)


async def known(store: Store, who: SlackIdentity) -> Person | None:
    person_id = await store.index.person(who)
    return await store.people.get(person_id) if person_id else None


async def remembered(store: Store, who: SlackIdentity, group_id: str = "") -> About | None:
    """What somebody has said of themselves already, for a form to begin with: the organisation they spoke for in
    this group, else in the one they joined last. None for somebody new.
    """
    person = await known(store, who)
    if person is None:
        return None
    ids = [group_id, *reversed(await store.index.groups_of(person.id))]
    spoke = [await store.leaders.get(id_, person.id) for id_ in ids if id_]
    organisation = next((leader.organisation for leader in spoke if leader), "")
    return About(
        name=person.name, organisation=organisation, zone=person.zone, nation=person.nation, hour=person.hour
    )


async def enrol(deps: Deps, who: SlackIdentity, via_team: str, about: About, tell: Tell) -> Person:
    """The person behind a Slack identity, made on their first press; `tell` says what of `about` is news of
    somebody who is known already."""
    person_id = await deps.store.index.put_person(who, deps.new_id())
    new = Person(
        id=person_id,
        name=about.name,
        zone=about.zone,
        nation=about.nation,
        identities=(who,),
        reach=Reach(via_team=via_team, user_id=who.user_id),
        hour=about.hour,
    )
    person = await deps.store.people.change(person_id, lambda stored: tell(stored or new, about))
    assert person is not None
    return person


async def join(
    deps: Deps, who: SlackIdentity, via_team: str, group_id: str, about: About, now: datetime
) -> GroupSnapshot:
    """Joins, or joins again after leaving. Twice is once; the first DM goes out once for each joining."""
    snapshot = await load_snapshot(deps.store, group_id)
    person = await enrol(deps, who, via_team, about, told)
    return await take_part(deps, snapshot, person, about.organisation, now)


async def take_part(
    deps: Deps, snapshot: GroupSnapshot, person: Person, organisation: str, now: datetime
) -> GroupSnapshot:
    """In this group from now on, with their own settings as they are."""
    group_id = snapshot.group.id
    new = Leader(person_id=person.id, organisation=organisation, joined_at=now)
    async with look_after(deps, group_id, now):
        await deps.store.leaders.change(
            group_id, person.id, lambda stored: stored if stored and stored.active else new
        )
        await deps.store.index.join(person.id, group_id, now)
    return await load_snapshot(deps.store, group_id)


async def change_about(deps: Deps, who: SlackIdentity, group_id: str, about: About, now: datetime) -> Membership:
    member = await require_member(deps.store, who, group_id)
    async with look_after(deps, group_id, now):
        await deps.store.people.change(member.person.id, lambda p: told(p, about) if p else None)
        await change_leader(
            deps.store,
            group_id,
            member.person.id,
            lambda leader: msgspec.structs.replace(leader, organisation=about.organisation, lighter=about.lighter),
        )
    return await require_member(deps.store, who, group_id)


async def go_away(deps: Deps, who: SlackIdentity, until: date | None, now: datetime) -> Person:
    """Away until that day in every group; None is being back. Raises Problem for somebody in no group."""
    person_id = await deps.store.index.person(who) or ""
    async with AsyncExitStack() as looks:
        for group_id in await deps.store.index.groups_of(person_id) if person_id else ():
            await looks.enter_async_context(look_after(deps, group_id, now))
            await reset_silence(deps.store, group_id, person_id)
        person = await deps.store.people.change(
            person_id, lambda p: msgspec.structs.replace(p, away_until=until) if p else None
        )
    if person is None:
        raise Problem(ProblemCode.IN_NO_GROUP)
    return person


async def leave(deps: Deps, who: SlackIdentity, group_id: str, now: datetime) -> Membership:
    """No more messages from this moment. A convenor who leaves leaves the role open for anyone."""
    member = await require_member(deps.store, who, group_id)
    person_id = member.person.id
    await change_leader(
        deps.store, group_id, person_id, lambda leader: msgspec.structs.replace(leader, left_at=now)
    )
    await deps.store.index.leave(person_id, group_id)
    await deps.store.ledgers.change(person_id, lambda ledger: ledger and without_group(ledger, group_id))

    def without(group: Group | None) -> Group | None:
        if group and group.convenor == person_id:
            return msgspec.structs.replace(group, convenor=None)
        return group

    await deps.store.groups.change(group_id, without)
    return member


async def lighten(deps: Deps, who: SlackIdentity, group_id: str) -> Membership:
    return await _suits(deps, who, group_id, lambda one: msgspec.structs.replace(one, lighter=True))


async def keep_as_is(deps: Deps, who: SlackIdentity, group_id: str) -> Membership:
    return await _suits(deps, who, group_id, lambda one: one)


async def pause(deps: Deps, who: SlackIdentity, group_id: str, until: date, now: datetime) -> Membership:
    async with look_after(deps, group_id, now):
        return await _suits(deps, who, group_id, lambda one: msgspec.structs.replace(one, paused_until=until))


async def reset_silence(store: Store, group_id: str, person_id: str) -> None:
    """They did something, so they are not silent: the count begins again."""
    leader = await store.leaders.get(group_id, person_id)
    if leader and (leader.quiet or leader.silent_rounds):
        await change_leader(store, group_id, person_id, _not_silent)


async def change_leader(store: Store, group_id: str, person_id: str, decide: Callable[[Leader], Leader]) -> None:
    await store.leaders.change(group_id, person_id, lambda stored: decide(stored) if stored else None)


async def _suits(deps: Deps, who: SlackIdentity, group_id: str, decide: Callable[[Leader], Leader]) -> Membership:
    member = await require_member(deps.store, who, group_id)
    await change_leader(deps.store, group_id, member.person.id, lambda one: _not_silent(decide(one)))
    return member


def _not_silent(leader: Leader) -> Leader:
    return msgspec.structs.replace(leader, quiet=False, silent_rounds=0)


def told(person: Person, about: About) -> Person:
    """With what they now say of themselves."""
    return msgspec.structs.replace(person, name=about.name, zone=about.zone, nation=about.nation, hour=about.hour)


def only_named(person: Person, about: About) -> Person:
    """Somebody's own clock is theirs, whatever group they set up."""
    return msgspec.structs.replace(person, name=about.name)
