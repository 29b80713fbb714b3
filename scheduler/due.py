"""One look at one group: open the round that is due, count silence, put in the outbox what should go now.

Every step can be done again: a crash anywhere in between, or two bots at once, change nothing.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import datetime, timedelta

import structlog
from msgspec.structs import replace

from bot.domain.checkins import CheckIn, after_round, closed, reminder_missed
from bot.domain.due import Upcoming
from bot.domain.groups import Group
from bot.domain.outbox import Due
from bot.domain.people import Leader
from bot.domain.rounds import Round, present, retimed, round_due
from bot.domain.snapshot import GroupSnapshot
from bot.ports import Deps, Store, StoreDown
from bot.usecases import allowance
from bot.usecases.digest import rewritten
from bot.usecases.follow_up import LONGEST_PRESS
from bot.usecases.groups import enlist
from bot.usecases.retention import forget_old
from scheduler.kinds import plan

AFTER_A_FAULT = timedelta(minutes=5)

log = structlog.get_logger()


async def look_at_group(due: Due, group_id: str, deps: Deps) -> None:
    """A group that can't be planned, for a bug or a damaged record, does not stop the others. Raises StoreDown."""
    now = deps.now()
    try:
        next_at = await plan_group(group_id, deps, now)
    except StoreDown:
        raise
    except Exception:
        log.exception("a group can't be planned", group=group_id)
        next_at = now + AFTER_A_FAULT
    await deps.store.due.done(due, group_id, next_at)


async def plan_group(group_id: str, deps: Deps, now: datetime) -> datetime | None:
    """Returns when the group is next worth a look; None for a group that is no more."""
    store = deps.store
    group, listed = await asyncio.gather(store.groups.get(group_id), store.index.lists(group_id))
    if group is None:
        return None
    if not listed:
        await enlist(store, group_id)
    latest, previous = await _current_rounds(group, deps, now)
    group = await _corrected(group, deps, now)
    snapshot = await _snapshot(group, latest, previous, store)
    found = plan(snapshot, now)
    if found.missed and latest:
        await _release_missed(latest, snapshot.checkins, deps, now)
    for person_id in found.unreadable:
        log.warning("a leader's zone or nation is not known", person=person_id, group=group_id)
    if found.entries:
        await store.outbox.add(found.entries)
    return found.look_again_at


async def coming(group: Group, store: Store, now: datetime) -> tuple[datetime, Upcoming]:
    """When something happens next in a group, and what it is; changes nothing. For the demo's clock."""
    latest, previous = _last_two(await store.rounds.all(group.id), group, now)
    found = plan(await _snapshot(group, latest, previous, store), now)
    return found.next_at, found.next_what


async def _snapshot(group: Group, latest: Round | None, previous: Round | None, store: Store) -> GroupSnapshot:
    """All that the kinds of messages look at."""
    leaders = await store.leaders.all(group.id)
    digests = {name: await store.digests.get(group.id, name) for name in group.to_correct}
    return GroupSnapshot(
        group=group,
        leaders=leaders,
        people=await store.people.many(id_ for id_, leader in leaders.items() if leader.active),
        round=latest,
        previous=previous,
        checkins=await store.checkins.all(group.id, round=latest.name) if latest else {},
        previous_checkins=await store.checkins.all(group.id, round=previous.name) if previous else {},
        changes=await store.changes.all(group.id),
        digests={name: digest for name, digest in digests.items() if digest},
    )


async def _corrected(group: Group, deps: Deps, now: datetime) -> Group:
    """Digests that may show words that have changed, as they should read now.

    A press notes the digest first, and then changes the words. So one that shows them as they are is only
    forgotten when no press that noted it can be under way any more.
    """
    done = []
    for name, noted_at in group.to_correct.items():
        digest = await rewritten(deps.store, group.id, name, now)
        if (digest is None or not digest.owed) and abs(now - noted_at) >= LONGEST_PRESS:
            done.append((name, noted_at))
    if not done:
        return group

    def without(stored: Group | None) -> Group | None:
        left = {name: at for name, at in stored.to_correct.items() if (name, at) not in done} if stored else {}
        return stored and replace(stored, to_correct=left)

    return await deps.store.groups.change(group.id, without) or group


async def _current_rounds(group: Group, deps: Deps, now: datetime) -> tuple[Round | None, Round | None]:
    """The latest round, opened if it is time to, its times as the meetings now are, and the one before it; the
    silence of both counted once they have closed.
    """
    store = deps.store
    latest, before = _last_two(await store.rounds.all(group.id), group, now)
    if latest and not latest.digested:
        latest = await _retimed(latest, group, store, now)
    for one in (before, latest):
        if one and closed(one, now) and not one.counted:
            await _count_silence(one, deps, now)
    new = round_due(group, latest, now)
    if new is None:
        return latest, before
    await forget_old(store, group.id, now)
    return await store.rounds.change(group.id, new.name, lambda old: old or new), latest


def _last_two(rounds: Mapping[str, Round], group: Group, now: datetime) -> tuple[Round | None, Round | None]:
    latest, before = [*present(rounds.values(), group, now), None, None][:2]
    return latest, before


async def _retimed(latest: Round, group: Group, store: Store, now: datetime) -> Round | None:
    if retimed(latest, group, now) == latest:
        return latest
    return await store.rounds.change(group.id, latest.name, lambda old: old and retimed(old, group, now))


async def _release_missed(round: Round, checkins: Mapping[str, CheckIn], deps: Deps, now: datetime) -> None:
    for checkin in checkins.values():
        if reminder_missed(checkin, now):
            await allowance.release_missed(deps, round.group_id, checkin, now)


async def _count_silence(round: Round, deps: Deps, now: datetime) -> None:
    """Each leader once, even if this stops half-way: their record says for which round they were counted."""
    store = deps.store
    checkins = await store.checkins.all(round.group_id, round=round.name)
    await _release_missed(round, checkins, deps, now)
    for id_, leader in (await store.leaders.all(round.group_id)).items():
        if leader.active and leader.counted_round < round.name:
            await _count(id_, round, checkins.get(id_), store)
    await store.rounds.change(round.group_id, round.name, lambda old: old and replace(old, counted=True))


async def _count(id_: str, round: Round, checkin: CheckIn | None, store: Store) -> None:
    def counted(leader: Leader | None) -> Leader | None:
        if leader is None or leader.counted_round >= round.name:
            return leader
        return replace(after_round(leader, checkin), counted_round=round.name)

    await store.leaders.change(round.group_id, id_, counted)
