"""Reviews: started, placed in alone, shown as bands on their day; then one may be suggested to stop."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from msgspec.structs import replace

from bot.domain import review, review_days
from bot.domain.attention import end
from bot.domain.called import one_called
from bot.domain.groups import ended
from bot.domain.hours import to_local
from bot.domain.matters import MatterCode
from bot.domain.open_until import waits_until, who_could
from bot.domain.problems import Problem, ProblemCode, require
from bot.domain.put_to_all import require_not_ended
from bot.domain.review import Placing, Placings, Review, Stop
from bot.domain.snapshot import GroupSnapshot, Membership, Section
from bot.ports import Deps, Store
from bot.usecases.existing import change_and_look
from bot.usecases.follow_up import look_after
from bot.usecases.open_until import bring_on
from bot.usecases.people import reset_silence
from bot.usecases.together import together

NEEDS = Section.NAMES | Section.ROUNDS | Section.COMMITMENTS | Section.REVIEWS
"""Of a snapshot, for all that follows but what ends a matter."""


def find(snapshot: GroupSnapshot, id_: str) -> Review:
    """Raises Problem where there is none."""
    return require(snapshot.reviews.get(id_), ProblemCode.REVIEW_GONE)


async def start(deps: Deps, member: Membership, id_: str, day: date | None, now: datetime) -> Review:
    """Under the id its form was opened with; where one is under way, that one. It is posted when the group is
    looked at."""
    snapshot = member.snapshot
    new = review_days.start(snapshot, id=id_, by=member.person.id, day=day, now=now)
    if new.id in snapshot.reviews:
        return new
    new = replace(new, called=one_called(member))
    async with look_after(deps.store, snapshot.group.id, now):
        kept = await deps.store.reviews.change(snapshot.group.id, new.id, lambda stored: stored or new)
    await reset_silence(deps, member)
    assert kept is not None
    return kept


async def own_placings(store: Store, member: Membership, id_: str) -> dict[str, Placing]:
    """By the commitment's id, of a review that is open; empty where they placed none."""
    kept = await store.placings.get(member.snapshot.group.id, member.person.id, round=id_)
    return kept.placed if kept else {}


async def place(deps: Deps, member: Membership, id_: str, placed: Mapping[str, Placing], now: datetime) -> None:
    """Their own, in place of what they placed before. It ends the matter for them as *Not now* would, and nobody
    looks at the group for it: nothing that others could see tells who placed any. Raises Problem from its day on.

    The sequence: what they placed, then a look whether it was closed meanwhile, in which case it is taken out
    again: whoever closed it may have deleted what there was before this came.
    """
    if not find(member.snapshot, id_).open(now):
        raise Problem(ProblemCode.REVIEW_CLOSED)
    review.check_placings(placed, member.snapshot.commitments)
    group_id, by = member.snapshot.group.id, member.person.id
    new = Placings(at=now, placed=dict(placed))
    await deps.store.placings.change(group_id, by, lambda _: new, round=id_)
    # read after the save: whoever closes it notes that before they delete, so one of the two sees the other
    stored = await deps.store.reviews.get(group_id, id_)
    if stored is None or stored.closed_at:
        await deps.store.placings.change(group_id, by, lambda _: None, round=id_)
        raise Problem(ProblemCode.REVIEW_CLOSED)
    matter = f"{MatterCode.REVIEW}.{id_}"
    # after it is saved: who dies in between is asked once more, and places the same
    await together(
        deps.store.attention.change(group_id, by, lambda one: end(one, by, matter, now)),
        reset_silence(deps, member),
    )


async def take_out(deps: Deps, member: Membership, id_: str, now: datetime) -> None:
    """What they placed, while nobody sees it: until its day, and in a pause after that. As if it had not
    been. Raises Problem else."""
    one = find(member.snapshot, id_)
    if not (one.open(now) or waits_until(one, member.snapshot.group, now)):
        raise Problem(ProblemCode.REVIEW_CLOSED)
    await deps.store.placings.change(member.snapshot.group.id, member.person.id, lambda _: None, round=id_)


async def suggest_stop(deps: Deps, member: Membership, id_: str, commitment_id: str, now: datetime) -> Review:
    """Its maker is asked as a matter, and decides alone. Raises Problem where they have left meanwhile, or the
    group has ended."""
    require_not_ended(member.snapshot.group, now)
    maker = member.snapshot.commitments.get(commitment_id)
    if maker and maker.made_by not in member.snapshot.active():
        raise Problem(ProblemCode.REVIEW_NOT_TO_STOP, "stop")
    new = Stop(commitment_id=commitment_id, by=member.person.id, at=now)
    commitments, gone = member.snapshot.commitments, ProblemCode.REVIEW_GONE
    return await change_and_look(
        deps, deps.store.reviews, member, id_, lambda one: review.suggest_stop(one, new, commitments), gone, now
    )


# -- the calendar ----------------------------------------------------------------------------------


async def move_on(deps: Deps, snapshot: GroupSnapshot, now: datetime) -> bool:
    """Closes what has had its day, moves a day with its brief, begins the quarterly one. Whether anything was
    written. Done twice, or stopped half-way, it comes to the same: the bands are stored once, and what was placed
    goes after that at each look until it is gone."""
    group, store = snapshot.group, deps.store
    changed = await bring_on(
        snapshot,
        snapshot.reviews,
        store.reviews,
        now,
        close=lambda one: _close(deps, snapshot, one, now),
        delete_hidden=lambda one: _drop_placings(store, group.id, one),
    )
    begins = review_days.begins_at(snapshot, now)
    if changed or begins is None or begins > now:
        return changed
    # its id is of the day, so of two looks at once both begin the same one
    own = review_days.by_itself(snapshot, now)
    await store.reviews.change(group.id, own.id, lambda stored: stored or own)
    return True


async def _close(deps: Deps, snapshot: GroupSnapshot, one: Review, now: datetime) -> None:
    """The sequence: read, store the bands, then delete what was placed. Whoever dies before the last leaves that
    for the next look."""
    store, group = deps.store, snapshot.group
    # read now: nobody else loads what was placed, and whoever pressed in time has saved it (`UNDER_WAY`)
    kept, people = await together(store.placings.all(group.id, round=one.id), store.people.many(snapshot.leaders))
    here = {id_ for id_, leader in snapshot.leaders.items() if leader.active}
    placings = {id_: each for id_, each in kept.items() if id_ in here}
    could = who_could(snapshot.leaders, people, to_local(now, group.zone).date()) | {*placings}
    commitments, over = snapshot.commitments.values(), ended(group, now)
    # of two looks at once the second finds it closed, and the bands of the first stand
    after = await store.reviews.change(
        group.id,
        one.id,
        lambda stored: stored and review.closed(stored, placings.values(), could, commitments, now, unshown=over),
    )
    if after:
        await _drop_placings(store, group.id, after)


async def _drop_placings(store: Store, group_id: str, closed: Review) -> None:
    await store.placings.drop(group_id, round=closed.id)
    # last: until it is noted, each look deletes again
    await store.reviews.change(group_id, closed.id, lambda one: one and replace(one, settled=True))
