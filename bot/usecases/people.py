"""People: joining, settings, being away, leaving. Joining is consent, and only a press of one's own does it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import AsyncExitStack
from datetime import date, datetime
from functools import partial

from msgspec.structs import replace

from bot.domain.about import About, as_before, told
from bot.domain.absence import gone_by_own_wish, seen_again
from bot.domain.called import one_called
from bot.domain.checkins import hour_kept, lightened, woken
from bot.domain.drawn import asks_no_more
from bot.domain.groups import Group
from bot.domain.ledger import without_group
from bot.domain.organisations import last_told, speaking_for
from bot.domain.people import Leader, Person, Reach, SlackIdentity, reached
from bot.domain.problems import Problem, ProblemCode, require
from bot.domain.snapshot import GroupSnapshot, Membership
from bot.ports import Deps, Profile, Store
from bot.usecases.follow_up import look_after
from bot.usecases.installation import own_first
from bot.usecases.names import check_name, look_again, organisation_of
from bot.usecases.reach import note_account
from bot.usecases.retention import forget_unshown
from bot.usecases.snapshot import load_snapshot

Tell = Callable[[Person, About], Person]


async def known(store: Store, who: SlackIdentity) -> Person | None:
    """By any of the account's pairs; None for a stranger."""
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


async def known_again(deps: Deps, who: SlackIdentity, others: Iterable[SlackIdentity]) -> bool:
    """Slack gave somebody another id, as it does when a workspace joins an Enterprise Grid, and says which `others`
    are the same person's. Whether we know one of them: then we know the new one, and write to it."""
    for other in others:
        if person_id := await deps.store.index.person(other):
            renumber = partial(_renumbered, who=who, former=other.user_id)
            await deps.store.people.change(person_id, renumber)
            # last: as long as the new id leads to nobody, their next press asks Slack again and does all of this
            await deps.store.index.put_person(who, person_id)
            return True
    return False


def _renumbered(person: Person | None, who: SlackIdentity, former: str) -> Person | None:
    if person is None:
        return None
    identities = tuple(dict.fromkeys([*person.identities, *who.each()[:1]]))
    before = [one.key for one in person.identities if one.user_id == former != who.user_id]
    renumbered = tuple(dict.fromkeys([*person.renumbered, *before]))
    reach = replace(person.reach, user_id=who.user_id, dm_channel=None)
    return reached(replace(person, identities=identities, renumbered=renumbered), reach)


async def enrol(deps: Deps, who: SlackIdentity, via_team: str, about: About, tell: Tell) -> Person:
    """The person behind a Slack identity, made on their first press; `tell` says what of `about` is news of
    somebody who is known already. The sequence: their id, by the identity; then their record."""
    # the id first: of two presses at once each brings one, and both go on with the one that stands; whoever dies
    # before the record leaves that id to the next press
    person_id = await deps.store.index.put_person(who, deps.new_id())
    new = Person(
        id=person_id,
        name=about.name,
        zone=about.zone,
        nation=about.nation,
        identities=who.each()[:1],
        reach=Reach(via_team=await own_first(deps, who, via_team), user_id=who.user_id),
        hour=about.hour,
    )
    person = await deps.store.people.change(person_id, lambda stored: tell(stored or new, about))
    assert person is not None
    return person


async def join(
    deps: Deps,
    who: SlackIdentity,
    via_team: str,
    group_id: str,
    about: About,
    now: datetime,
    profile: Profile | None = None,
) -> GroupSnapshot:
    """Joins, or joins again. Twice is once; the first DM goes once for each joining. Raises Problem where the name
    is somebody else's in a group of theirs. The sequence: look, write, look again (`look_again`). Whoever dies in
    between leaves two of one name, as may have been before: the one who changes it next is refused."""
    snapshot = await load_snapshot(deps.store, group_id, who=who)
    await check_name(deps.store, snapshot.viewer, about.name, snapshot)
    organisation = organisation_of(about.organisation, snapshot.viewer, snapshot)
    was = await known(deps.store, who)
    await _check_hour(deps.store, about.hour, snapshot.group, was)
    person = await enrol(deps, who, via_team, about, told)
    if profile:
        await note_account(deps, person.id, who, profile)
    before = snapshot.leaders.get(person.id)
    announced = last_told(before) if before else ""
    new = Leader(
        person_id=person.id, organisation=organisation, joined_at=now, unannounced_since=now, announced=announced
    )
    async with look_after(deps.store, group_id, now):
        await take_part(deps.store, group_id, new)
        if snapshot.viewer in snapshot.active():
            return await load_snapshot(deps.store, group_id)
        try:
            return await look_again(deps.store, person.id, about.name, group_id)
        except Problem:
            # out again, and called as before; unless something of theirs was saved in between
            await deps.store.leaders.change(group_id, person.id, lambda one: before if one == new else one)
            await deps.store.index.leave(person.id, group_id)
            if was:
                await deps.store.people.change(person.id, lambda p: p and as_before(p, about, was))
            raise


async def take_part(store: Store, group_id: str, new: Leader) -> None:
    """In this group from now on, with their own settings as they are. The sequence: their record; the list of their
    groups."""
    # the record first: by it they are in, and the first DM is owed, which puts the group among theirs should we die
    # in between (`sent` in `scheduler/welcome.py`)
    await store.leaders.change(group_id, new.person_id, lambda stored: _taking_part(stored, new))
    await store.index.join(new.person_id, group_id, new.joined_at)


def _taking_part(stored: Leader | None, new: Leader) -> Leader:
    """Joining twice is once; somebody who was gone from the channel is back, as they were."""
    if stored is None or not stored.in_group:
        return new
    return stored if stored.active else seen_again(replace(stored, organisation=new.organisation))


async def change_about(deps: Deps, member: Membership, about: About, now: datetime) -> Membership:
    """Raises Problem where their new name is somebody else's in a group of theirs. The sequence: look, the person,
    look again as in `join`, then whom they speak for here."""
    snapshot, id_ = member.snapshot, member.person.id
    await check_name(deps.store, id_, about.name, snapshot)
    organisation = organisation_of(about.organisation, id_, snapshot)
    await _check_hour(deps.store, about.hour, snapshot.group, member.person)
    async with look_after(deps.store, snapshot.group.id, now):
        # two records, and each holds by itself: whoever dies in between has a new name and speaks for whom they
        # did, and the same form does the rest
        person = await deps.store.people.change(
            id_, lambda p: told(p, about) if p else None, seen=snapshot.versions
        )
        try:
            for group_id in await deps.store.index.groups_of(id_) if about.name != member.person.name else ():
                await look_again(deps.store, id_, about.name, group_id)
        except Problem:
            await deps.store.people.change(id_, lambda p: p and as_before(p, about, member.person))
            raise
        leader = await change_leader(
            deps.store,
            snapshot,
            id_,
            lambda leader: replace(speaking_for(leader, organisation, now), lighter=about.lighter),
        )
    assert person is not None
    assert leader is not None
    people, leaders = {**snapshot.people, id_: person}, {**snapshot.leaders, id_: leader}
    return Membership(snapshot=replace(snapshot, people=people, leaders=leaders), person=person, leader=leader)


async def _check_hour(store: Store, hour: str, group: Group, person: Person | None) -> None:
    """One hour holds in all their groups, so each of them must keep it. Raises Problem at the field."""
    ids = await store.index.groups_of(person.id) if person else []
    others = await store.groups.many(id_ for id_ in ids if id_ != group.id)
    for one in (group, *others.values()):
        if hour_kept(hour, one.rhythm) != hour:
            start, end = one.rhythm.hours_from, one.rhythm.hours_to
            raise Problem(ProblemCode.HOUR_OUTSIDE, "hour", hour=hour, start=start, end=end)


async def go_away(deps: Deps, who: SlackIdentity, until: date | None, now: datetime) -> Person:
    """Away until that day in every group; None is being back. Raises Problem for somebody in no group.

    The sequence: in each group a look is asked for, and they are silent no more; then the day; then all are looked
    at.
    """
    person_id = await deps.store.index.person(who)
    if not person_id:
        raise Problem(ProblemCode.IN_NO_GROUP)
    async with AsyncExitStack() as looks:
        for group_id in await deps.store.index.groups_of(person_id):
            # all of them are looked at once more when the person has been changed
            await looks.enter_async_context(look_after(deps.store, group_id, now))
            await deps.store.leaders.change(group_id, person_id, lambda stored: stored and woken(stored))
        # last: who dies before it is not away, and presses again; only that they are silent no more has been noted
        person = await deps.store.people.change(person_id, lambda p: replace(p, away_until=until) if p else None)
    return require(person, ProblemCode.IN_NO_GROUP)


async def leave(deps: Deps, member: Membership, now: datetime) -> Membership:
    """No more messages from this moment; the channel is told by a look at the group, whatever becomes of us. A
    convenor who leaves leaves the role open for anyone.

    The sequence: their record; the list and the ledger of their groups; the role; what they answered alone; last
    what their check-in shows.
    """
    group_id, person_id = member.snapshot.group.id, member.person.id
    async with look_after(deps.store, group_id, now):
        # the record first: from then on nothing is sent to them, whatever becomes of the rest
        await change_leader(
            deps.store, member.snapshot, person_id, lambda one: gone_by_own_wish(one, now, one_called(member))
        )
        # should we die from here on: the announcement takes the group from their list (`scheduler/departure.py`), a
        # look opens the role (`absence.take_out`), and what they answered alone is counted no more
        await deps.store.index.leave(person_id, group_id)
        await deps.store.ledgers.change(person_id, lambda ledger: ledger and without_group(ledger, group_id))
        await open_role(deps.store, group_id, person_id)
        await forget_unshown(deps.store, group_id, person_id)
        if latest := max(member.snapshot.own_checkins, default=None):
            await deps.store.checkins.change(
                group_id, person_id, lambda stored: stored and asks_no_more(stored, now), round=latest
            )
    return member


async def open_role(store: Store, group_id: str, of: str) -> Group | None:
    """Nobody looks after the rhythm, if that person did."""
    # only as it stands now: it may have been handed on since the snapshot
    return await store.groups.change(
        group_id, lambda group: replace(group, convenor=None) if group and group.convenor == of else group
    )


async def lighten(deps: Deps, member: Membership, now: datetime) -> Leader:
    """As they are then."""
    latest = member.snapshot.latest_round(now)
    await _suits(deps, member, lambda one: lightened(one, latest))
    return lightened(member.leader, latest)


async def keep_as_is(deps: Deps, member: Membership) -> None:
    """They are heard from, and that is all: asked again as before."""
    await _suits(deps, member, lambda one: one)


async def pause(deps: Deps, member: Membership, until: date, now: datetime) -> None:
    """Nobody asks them in this group before the day `until`, in their zone; they are heard from."""
    async with look_after(deps.store, member.snapshot.group.id, now):
        await _suits(deps, member, lambda one: replace(one, paused_until=until))


async def reset_silence(deps: Deps, member: Membership) -> None:
    """They did something, so they are not silent: the count begins again."""
    # mostly they were not silent, and a press is one write less
    if member.leader.quiet or member.leader.silent_rounds:
        await change_leader(deps.store, member.snapshot, member.person.id, woken)


async def change_leader(
    store: Store, snapshot: GroupSnapshot, person_id: str, decide: Callable[[Leader], Leader]
) -> Leader | None:
    """One compare-and-set, which begins from the snapshot; None where they are no leader of the group."""
    return await store.leaders.change(
        snapshot.group.id, person_id, lambda stored: stored and decide(stored), seen=snapshot.versions
    )


async def _suits(deps: Deps, member: Membership, decide: Callable[[Leader], Leader]) -> None:
    await change_leader(deps.store, member.snapshot, member.person.id, lambda one: woken(decide(one)))
