"""One look at one group: open the round that is due, count silence, put in the outbox what should go now.

Every step can be done again: a crash anywhere in between, or two bots at once, change nothing.
"""

from __future__ import annotations

from datetime import datetime, timedelta

import structlog
from msgspec.structs import replace

from bot.domain.checkins import CheckIn, after_round, closed
from bot.domain.due import Plan
from bot.domain.groups import Group
from bot.domain.outbox import Due
from bot.domain.people import Leader
from bot.domain.posted import owed
from bot.domain.resting import asking_rests
from bot.domain.rounds import Round, called_off, present, round_due
from bot.domain.snapshot import MATTERS, GroupSnapshot, Section
from bot.ports import Deps, Store, StoreDown
from bot.usecases import (
    brief,
    checkin,
    identity,
    inquiry,
    objections,
    organisations,
    pulse,
    purpose,
    review,
    rounds,
    second_account,
)
from bot.usecases.absence import take_out
from bot.usecases.calls import call_helpers
from bot.usecases.digest import follow_help, for_late_words, rewritten
from bot.usecases.follow_up import LONGEST_PRESS
from bot.usecases.groups import enlist
from bot.usecases.retention import daily_pass
from bot.usecases.routing import route_asks
from bot.usecases.stored import if_there
from bot.usecases.together import together
from scheduler import erasure
from scheduler.kinds import plan
from scheduler.ledger import within_the_week
from scheduler.members import look_at_members

NEEDS = Section.ROUNDS | MATTERS | Section.CHANGES | Section.ATTENTION | Section.BRIEFS
"""Of the group that is looked at, besides its people, its check-ins and the digests to correct."""

AFTER_A_FAULT = timedelta(minutes=5)

FOR_A_PLACE = timedelta(hours=1)
"""Between looks for a place in somebody's week: one that was to be another group's may be free by then."""

WHILE_AWAKE = (route_asks, call_helpers)
"""Not while asking rests: whoever they choose would hear nothing, and somebody be told that nobody said yes."""
ALSO_AT_REST = (inquiry.move_on, purpose.move_on, review.move_on, pulse.move_on)
"""They close what is open, and say themselves what waits while the group rests."""

log = structlog.get_logger()


async def look_at_group(due: Due, group_id: str, deps: Deps) -> None:
    """A group that can't be planned, for a bug or a damaged record, does not stop the others. Raises StoreDown."""
    now = deps.now()
    try:
        next_at = await plan_group(group_id, deps, now)
        if next_at:
            next_at = min(next_at, await look_at_members(group_id, deps, now))
    except StoreDown:
        raise
    except Exception:
        log.exception("a group can't be planned", group=group_id)
        next_at = now + AFTER_A_FAULT
    # Last: who dies anywhere before this leaves the lease of the look, which ends in ten seconds, and the group is
    # planned again. An earlier look that somebody asked for meanwhile stands (`done.lua`).
    await deps.store.due.done(due, group_id, next_at)


async def plan_group(group_id: str, deps: Deps, now: datetime) -> datetime | None:
    """Returns when the group is next worth a look; None for a group that is no more.

    The sequence: load the group; bring it up to date, which seldom changes anything, and load it again where it
    did; load its people; plan; add to the outbox.
    """
    store = deps.store
    snapshot, listed = await together(store.snapshots.group(group_id, NEEDS), store.index.lists(group_id))
    # Before all that goes by who is in it; each goes on where somebody who died half-way left off.
    for goes_on in (second_account.go_on, identity.go_on):
        if snapshot and await goes_on(deps, snapshot, now):
            snapshot = await store.snapshots.group(group_id, NEEDS)
    # Loaded again, rather than patched: what stands may be another bot's, who looked at the same group.
    if snapshot and await _bring_up_to_date(snapshot, deps, now):
        snapshot = await store.snapshots.group(group_id, NEEDS)
    if snapshot is None:
        return None
    # Whoever set it up died before it stood in the list of all groups, or an older Between had none. It is looked
    # at all the same, by the index of looks; the doctor, and an installation's end, go by the list.
    if not listed:
        await enlist(store, group_id)
    group, leaders = await take_out(deps, snapshot.group, snapshot.leaders, now)
    snapshot = await _with_people(replace(snapshot, group=group, leaders=leaders), store, now)
    snapshot = await checkin.follow_hours(store, snapshot, now)
    snapshot = await brief.follow(store, snapshot, now)
    found = plan(snapshot, now)
    for person_id in found.unreadable:
        log.warning("a leader's zone or nation is not known", person=person_id, group=group_id)
    # The ledgers first, then the outbox, and only then (in our caller) the next look: who dies in between has it
    # planned again, and every entry is added once by its name.
    entries = await within_the_week(snapshot, found, deps, now)
    if entries:
        await store.outbox.add(entries)
    held_back = len(entries) < len(found.entries)
    return min(found.look_again_at, now + FOR_A_PLACE) if held_back else found.look_again_at


async def coming(group_id: str, store: Store, now: datetime) -> Plan | None:
    """What a group is to send, as it stands; changes nothing. For the demo's clock, and the doctor."""
    snapshot = await store.snapshots.group(group_id, NEEDS)
    return plan(await _with_people(snapshot, store, now), now) if snapshot else None


async def _with_people(snapshot: GroupSnapshot, store: Store, now: datetime) -> GroupSnapshot:
    """With all else that the kinds of messages look at."""
    latest, previous = _last_two(snapshot, now)
    whole = await store.snapshots.rest(
        snapshot,
        Section.CHECKINS,
        round=latest.name if latest else "",
        # and who asked for what is theirs, which has not come yet: also where they have left
        names=[
            id_
            for id_, leader in snapshot.leaders.items()
            if leader.in_group or (leader.data_request and leader.data_request.sent_at is None)
        ],
        digests={*snapshot.group.to_correct, *brief.digests_needed(snapshot, now)},
    )
    before = await store.checkins.all(whole.group.id, round=previous.name) if previous else {}
    return replace(whole, round=latest, previous=previous, previous_checkins=before)


async def _bring_up_to_date(snapshot: GroupSnapshot, deps: Deps, now: datetime) -> bool:
    """The latest round opened if it is time to, its times as the meetings now are; the silence of the latest two
    counted once they have closed; digests as they should read; what can still be objected to; asks, and what is
    stuck, put to whoever is next; inquiries and reviews opened and closed; the purpose moved on; pulses closed.
    Whether any was written."""
    store, group = deps.store, snapshot.group
    latest, before = _last_two(snapshot, now)
    ahead = latest is not None and (not latest.digested or now < (latest.meeting_at or now))
    moved = latest is not None and ahead and await rounds.follow_meeting(store, group, latest, now)
    if latest and moved:
        latest = await store.rounds.get(group.id, latest.name)
    late = [one for one in (before, latest) if one and await for_late_words(store, snapshot, one, now)]
    silent = [one for one in (before, latest) if one and closed(one, now) and not one.counted]
    for one in silent:
        await _count_silence(one, snapshot, store, now)
    new = round_due(group, latest, now)
    erased = await erasure.go_on(deps, snapshot, now)
    forgot = await daily_pass(store, group, now)
    if new:
        # By its name (`2026-W48`): two bots that open the same round open it once, and the first one's times stay.
        await store.rounds.change(group.id, new.name, lambda old: old or new)
    noted = await follow_help(store, snapshot, now)
    await _correct(noted, deps, now)
    listed = await organisations.list_once(store, snapshot, now)
    shut = await objections.shut_or_open(deps, snapshot, now)
    wrote = [bool(one) for one in (moved, late, silent, new, erased, forgot, noted.to_correct, listed, shut)]
    for move_on in ALSO_AT_REST if asking_rests(group, now) else (*WHILE_AWAKE, *ALSO_AT_REST):
        wrote.append(await move_on(deps, snapshot, now))
    return any(wrote)


async def _correct(group: Group, deps: Deps, now: datetime) -> None:
    """Digests that may show words that have changed, as they should read now.

    A press notes the digest first, and then changes the words. So one that shows them as they are is only
    forgotten when no press that noted it can be under way any more.
    """
    done = []
    for name, noted_at in group.to_correct.items():
        digest = await rewritten(deps.store, group.id, name, now)
        # By the clock's distance either way: one that was ahead and is put right must not keep the note for ever.
        if (digest is None or not owed(digest, now)) and abs(now - noted_at) >= LONGEST_PRESS:
            done.append((name, noted_at))

    def without(stored: Group | None) -> Group | None:
        # Only the very note that we saw: a press may have noted the same digest again since, and changes words
        # next.
        left = {name: at for name, at in stored.to_correct.items() if (name, at) not in done} if stored else {}
        return stored and replace(stored, to_correct=left)

    if done:
        await deps.store.groups.change(group.id, without)


def _last_two(snapshot: GroupSnapshot, now: datetime) -> tuple[Round | None, Round | None]:
    latest, before = [*present(snapshot.rounds.values(), snapshot.group, now), None, None][:2]
    return latest, before


async def _count_silence(round: Round, snapshot: GroupSnapshot, store: Store, now: datetime) -> None:
    """Each leader once, even if this stops half-way: their record says for which round they were counted."""
    checkins = await store.checkins.all(round.group_id, round=round.name)
    resting = called_off(round, snapshot.group) or asking_rests(snapshot.group, now)
    for id_, leader in ({} if resting else snapshot.leaders).items():
        if leader.active and leader.counted_round < round.name:
            counted = if_there(_counted, checkins.get(id_), round.name)
            await store.leaders.change(round.group_id, id_, counted)
    # After all of them: who dies half-way leaves the round uncounted, and those who were counted say so themselves.
    await store.rounds.change(round.group_id, round.name, lambda old: old and replace(old, counted=True))


def _counted(leader: Leader, checkin: CheckIn | None, round: str) -> Leader:
    return leader if leader.counted_round >= round else replace(after_round(leader, checkin), counted_round=round)
