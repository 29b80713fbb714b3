"""Erase me: asked for by a press, and then done by looks at the groups, each of which goes on where the last ended.

See `bot.domain.erasure` for the sequence. Every step may be done twice, by two bots at once, without harm.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import AsyncExitStack
from datetime import datetime
from typing import Any

import msgspec
import structlog

from bot.domain import erasure, inquiry
from bot.domain.groups import Group, MessageRef
from bot.domain.inquiry_days import corrected_from
from bot.domain.ledger import all_counted
from bot.domain.people import Person
from bot.domain.personal_data import RECORDS, Rights, Where
from bot.domain.snapshot import GroupSnapshot
from bot.ports import Deps, Store
from bot.usecases.follow_up import LONGEST_PRESS, look_after
from bot.usecases.installation import forget_installer
from bot.usecases.personal_data import collection, kinds_in
from bot.usecases.stored import if_there
from bot.usecases.together import together

log = structlog.get_logger()


async def groups_of(store: Store, person_id: str) -> list[Group]:
    """Every group that may hold something of them."""
    found = await store.groups.many(await store.index.groups_ever(person_id))
    return list(found.values())


async def being_erased(store: Store, person: Person) -> bool:
    """From the press on: their own record says so only once they are gone from every group."""
    return bool(person.erasure) or any(person.id in one.erasing for one in await groups_of(store, person.id))


async def ask_to_erase(store: Store, person_id: str, now: datetime, *, left: bool) -> None:
    """From here on it is done, whatever becomes of us: the first note that is stored has all the others written.
    Their Slack account leads nowhere from now on, so that somebody new can join with it at once.

    The sequence: a note in each of their groups, then their accounts are unlinked, then the groups are looked at.
    """
    async with AsyncExitStack() as looks:
        for group in await groups_of(store, person_id):
            await looks.enter_async_context(look_after(store, group.id, now))
            await store.groups.change(
                group.id, lambda one: one and erasure.note(one, person_id, left=left, now=now)
            )
        # after the notes: whoever dies before the first of them has changed nothing, and their account still leads
        # to them, to press again
        await unlink(store, person_id)


async def unlink(store: Store, person_id: str) -> None:
    """They stand in no group of theirs any more, and none of their accounts leads to them: their next press is a
    stranger's. Stopped half-way it is done again."""
    person, groups = await store.people.get(person_id), await groups_of(store, person_id)
    for group in groups:
        # the list of groups they were ever in keeps it: by that whoever goes on finds all of them (`groups_of`)
        await store.index.leave(person_id, group.id)
    if person:
        places = {group.place.team_id for group in groups}
        # pairs from before they were noted are guessed, from every workspace in which we may have met the account
        # (`index.unlink`)
        told = {team for one in person.accounts.values() for team in (one.team_id, one.enterprise_id) if team}
        await store.index.unlink(person.identities, {*places, *told, person.reach.via_team}, person_id)


async def take_out_all(deps: Deps, snapshot: GroupSnapshot, now: datetime) -> bool:
    """Whoever is being erased is taken out of this group's records. Whether anything was written."""
    due = {id_: one for id_, one in snapshot.group.erasing.items() if one.gone_at is None}
    for person_id, one in due.items():
        await _tell_others(deps, person_id, one.left, now)
        # Before their records go, and outside of what backups hold: should an old one be restored, the next start
        # finds them there, and they are erased again.
        await deps.erasures.note(erasure.hashed(person_id), left=one.left, at=now)
        await _take_out(deps, snapshot, person_id, one.left, now)
        # last that they are gone, from which the next look goes on; an earlier press may still write for them: the
        # look after that finds what it wrote
        if abs(now - one.at) < LONGEST_PRESS:
            await deps.store.due.look_at(snapshot.group.id, one.at + LONGEST_PRESS)
        else:
            await deps.store.groups.change(snapshot.group.id, if_there(erasure.gone, person_id, now))
    return bool(due)


async def _tell_others(deps: Deps, person_id: str, left: bool, now: datetime) -> None:
    """Whoever pressed may have died before all groups were noted."""
    for group in await groups_of(deps.store, person_id):
        if person_id not in group.erasing:
            async with look_after(deps.store, group.id, now):
                await deps.store.groups.change(
                    group.id, lambda one: one and erasure.note(one, person_id, left=left, now=now)
                )
    await unlink(deps.store, person_id)


# -- out of a group's records ------------------------------------------------------------------------


async def _take_out(deps: Deps, snapshot: GroupSnapshot, person_id: str, left: bool, now: datetime) -> None:
    """The sequence: what its records know of our messages to them; their answers; all else; what the channel shows
    is noted for correction."""
    store, group = deps.store, snapshot.group
    messages, files = await _messages(store, group.id, person_id)
    # first: the records that know where these stand go next, and then nobody could delete them
    await store.groups.change(group.id, lambda one: one and erasure.with_messages(one, person_id, messages, files))
    names = {
        Where.IN_ROUND: sorted(await store.rounds.all(group.id)),
        Where.IN_INQUIRY: sorted(await store.inquiries.all(group.id)),
        Where.IN_REVIEW: sorted(await store.reviews.all(group.id)),
    }
    for id_ in names[Where.IN_INQUIRY]:  # before the answers go, whose ids say which of them are withdrawn
        await _withdraw_answer(store, snapshot, person_id, id_, left, now)
    for rights in kinds_in(Where.IN_GROUP):
        for key, record in (await collection(store, rights).all(group.id)).items():
            await _erase(store, group, rights, person_id, left, now, key, record)
    for where, under in names.items():
        for rights in kinds_in(where):
            for name in under:
                record = await collection(store, rights).get(group.id, person_id, round=name)
                await _erase(store, group, rights, person_id, left, now, person_id, record, round=name)
    digests = await store.digests.all(group.id)
    erase = RECORDS[Group].erase

    def without(stored: Group | None) -> Group | None:
        if stored is None:
            return None
        noted = msgspec.structs.replace(stored, to_correct={**stored.to_correct, **dict.fromkeys(digests, now)})
        erased: Group = erase(noted, person_id, left, now)
        return erased

    await store.index.leave(person_id, group.id)
    await store.groups.change(group.id, without)


async def _erase(
    store: Store,
    group: Group,
    rights: Rights,
    person_id: str,
    left: bool,
    now: datetime,
    key: str,
    record: Any,
    *,
    round: str = "",
) -> None:
    """Under a legal hold the record as it was is sealed before it is changed."""
    # nothing of theirs, or an earlier look took it out
    if record is None or rights.erase(record, person_id, left, now) == record:
        return
    where: dict[str, Any] = {"round": round} if round else {}
    if group.held:
        said = msgspec.json.encode(record).decode()
        as_it_was = erasure.Sealed(
            person_id=person_id, collection=rights.collection, key=key, round=round, record=said
        )
        # the first one stands: a second look finds the record changed already
        await store.sealed.change(group.id, as_it_was.id, lambda stored: stored or as_it_was)
    # of what stands now, since it may be a record of several: others go on changing it while somebody is taken out
    await collection(store, rights).change(
        group.id, key, lambda stored: stored and rights.erase(stored, person_id, left, now), **where
    )


async def _withdraw_answer(
    store: Store, snapshot: GroupSnapshot, person_id: str, id_: str, left: bool, now: datetime
) -> None:
    """Of a question that had its day the thread is corrected too."""
    group_id = snapshot.group.id
    gone_from = None if left else corrected_from(snapshot, now)
    if own := await store.inquiry_answers.get(group_id, person_id, round=id_):
        await store.inquiries.change(
            group_id,
            id_,
            lambda stored: (
                inquiry.author_erased(stored, own, gone_from, now) if stored and stored.closed_at else stored
            ),
        )


async def _messages(store: Store, group_id: str, person_id: str) -> tuple[tuple[MessageRef, ...], tuple[str, ...]]:
    """Ours to them that the group's records know of, and files."""
    rounds = sorted(await store.rounds.all(group_id))
    checkins = await together(*(store.checkins.get(group_id, person_id, round=name) for name in rounds))
    attention = await store.attention.get(group_id, person_id)
    met = [one for one in (await store.introductions.all(group_id)).values() if person_id in one.people]
    found = [ref for one in checkins if one for ref in one.messages]
    found += [put.message for put in attention.put.values()] if attention else []
    leader = await store.leaders.get(group_id, person_id)
    asked = (leader.data_request, leader.organisation_request) if leader else ()
    files = tuple(id_ for one in asked if one for id_ in one.files)
    return tuple(dict.fromkeys([*found, *(ref for one in met for ref in one.messages)])), files


# -- the person ----------------------------------------------------------------------------------------


async def gone_everywhere(deps: Deps, person_id: str, looked_at: Group, now: datetime) -> list[Group]:
    """The groups they were erased from, once they are gone from every one; none while a legal hold stands on each.
    From then on it is noted with them which messages of ours are to be deleted. `looked_at` is one of them, also
    where the index has forgotten them by now."""
    found = {one.id: one for one in [looked_at, *await groups_of(deps.store, person_id)]}
    groups = [one for one in found.values() if person_id in one.erasing]
    if any(one.erasing[person_id].gone_at is None for one in groups) or all(one.held for one in groups):
        return []
    # each look comes by here, and goes on with what is left to delete; it begins anew only where a legal hold came
    # or ended
    await deps.store.people.change(person_id, lambda one: one and erasure.begun(one, groups, now))
    return groups


async def wait(store: Store, person_id: str, groups: Iterable[Group], *, done: bool) -> None:
    """Notes whether all is done that the legal hold on one of these allows."""
    groups = list(groups)
    free = [one for one in groups if not one.held and one.erasing[person_id].waits != done]
    for group in free:
        await store.groups.change(group.id, lambda one: one and erasure.waiting(one, person_id, done))
    if done and free:
        held = sum(one.held for one in groups)
        log.info("somebody was erased, but for what a legal hold keeps", groups=len(groups), held=held)


async def forget(deps: Deps, person_id: str, groups: Iterable[Group], now: datetime) -> None:
    """Deletes their own records, their key, their sealed records and the messages that wait for them; last, the
    notes that they are being erased."""
    store, groups = deps.store, list(groups)
    await unlink(store, person_id)
    person = await store.people.get(person_id)
    # while their record names their accounts: whoever goes on after a death may find no record, and then this was
    # done
    await forget_installer(store, person.identities if person else (), now)
    for rights in kinds_in(Where.OF_PERSON):
        await collection(store, rights).change(person_id, lambda _: None)
    # copies that were made before, in a file or a backup, hold the wrapped key still (0017)
    await store.destroy_person_key(person_id)
    for group in groups:
        for id_, sealed in (await store.sealed.all(group.id)).items():
            if sealed.person_id == person_id:
                await store.sealed.change(group.id, id_, lambda _: None)
    await store.index.forget(person_id, all_counted(now.date()))
    await store.delivery.forget(person_id)
    for group in groups:
        # until these notes are gone, the next look does all of it again
        await store.groups.change(group.id, lambda one: one and erasure.forgotten(one, person_id))
    log.info("somebody was erased", groups=len(groups))


# -- after a restore -----------------------------------------------------------------------------------


async def erase_again(deps: Deps, now: datetime) -> int:
    """At each start: whoever was erased, and is there again since a backup was restored, is erased again. Not who
    is being erased still: a legal hold may keep them for long."""
    known = await deps.erasures.all()
    if not known:
        return 0
    again = 0
    for person_id in await deps.store.index.people():
        left = known.get(erasure.hashed(person_id))
        # the list of all people has ids without a record: of who never pressed to the end
        if left is None or not await deps.store.people.get(person_id):
            continue
        groups = await groups_of(deps.store, person_id)
        if not groups or any(person_id not in one.erasing for one in groups):
            # two bots may start at once: of two notes in a group the first stands
            await ask_to_erase(deps.store, person_id, now, left=left)
            again += 1
    return again
