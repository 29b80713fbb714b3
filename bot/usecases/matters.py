"""What wants a leader's attention: *Not now*, and why they were written to."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from msgspec.structs import replace

from bot.domain import attention as domain
from bot.domain.absence import present
from bot.domain.attention import Attention, end, owe, put_in
from bot.domain.commitments import Commitment
from bot.domain.groups import MessageRef
from bot.domain.ledger import week_of
from bot.domain.matter_kinds import for_you, is_over_for, named, still, waiting_for
from bot.domain.matters import Matter, MatterCode
from bot.domain.outbox import Kind
from bot.domain.snapshot import LOOK_BACK, GroupSnapshot, Membership
from bot.domain.stuck import stuck_by
from bot.domain.why import Explained, Written
from bot.ports import Deps, Store
from bot.usecases.follow_up import look_after
from bot.usecases.people import reset_silence
from bot.usecases.plate import PlateContext
from bot.usecases.together import together

WEEKS_EXPLAINED = 4


async def not_now(deps: Deps, member: Membership, id_: str, now: datetime) -> bool:
    """Whether it ends by that: on a screen that was not drawn anew they may have said yes before."""
    person_id, snapshot = member.person.id, member.snapshot
    if is_over_for(snapshot, person_id, id_, now):
        await reset_silence(deps, member)
        return False
    await together(
        deps.store.attention.change(
            snapshot.group.id, person_id, lambda stored: end(stored, person_id, id_, now), seen=snapshot.versions
        ),
        reset_silence(deps, member),
    )
    return True


async def want(deps: Deps, member: Membership, sort: MatterCode, *, again: bool) -> Attention:
    """*No more of these*: none of that sort in this group; or `again`. Kept with what was put to them alone."""
    person_id, snapshot = member.person.id, member.snapshot
    stored: Attention
    stored, _ = await together(
        deps.store.attention.change(
            snapshot.group.id,
            person_id,
            lambda before: domain.want(before, person_id, sort, again=again),
            seen=snapshot.versions,
        ),
        reset_silence(deps, member),
    )
    return stored


async def owe_redraw(deps: Deps, member: Membership, message: MessageRef, now: datetime) -> None:
    """Slack would not have a letter redrawn after a press: whoever looks at the group next does that."""
    group_id = member.snapshot.group.id
    async with look_after(deps.store, group_id, now):
        await deps.store.attention.change(
            group_id, member.person.id, lambda stored: stored and owe(stored, message, now)
        )


def mine(member: Membership, now: datetime) -> list[Matter]:
    """What the leader can answer now."""
    return for_you(member.snapshot, member.person.id, now)


async def explain(deps: Deps, member: Membership, now: datetime) -> Explained:
    """Why they were written to in the last four weeks, in any of their groups, and what waits."""
    person, store = member.person, deps.store
    spans = [(person.id, week_of(person, now - timedelta(weeks=ago))) for ago in range(WEEKS_EXPLAINED)]
    taken, ledger, ids = await together(
        store.allowance.taken(dict.fromkeys(spans)), store.ledgers.get(person.id), store.index.groups_of(person.id)
    )
    names = {id_: group.name for id_, group in (await store.groups.many(ids)).items()}
    written = [one for _, week in dict.fromkeys(spans) for one in _written(week, taken[person.id, week], names)]
    gone = {name for some in taken.values() for name in some}
    wishes = [wish for some in (ledger.wishes if ledger else {}).values() for wish in some]
    # What has gone is no wish any more, though it stands in the ledger until one of their groups is looked at next.
    held = {wish.name for wish in wishes if wish.at <= now < wish.until} - gone
    unput = waiting_for(member.snapshot, now).get(person.id, ())
    waiting = [one for one in unput if one.since <= now]
    return Explained(
        written=tuple(written),
        held_back=tuple(_written(week_of(person, now), held, names)),
        waiting=tuple(waiting),
    )


def _written(week: str, entries: Iterable[str], names: dict[str, str]) -> list[Written]:
    """From the entries' names: the kind, the group's id, and what they were about."""
    split = [name.split(":") for name in sorted(entries)]
    return [
        Written(week=week, kind=Kind(kind), group=names.get(group_id, ""))
        for kind, group_id, *_ in split
        if kind in list(Kind)
    ]


def riding(context: PlateContext, now: datetime) -> Matter | None:
    """What rides on a check-in that was sent, as long as it can be answered."""
    if context.checkin is None:
        return None
    snapshot, person_id = context.snapshot, context.person.id
    ids = put_in(snapshot.attention.get(person_id), context.checkin.messages)
    return next(iter(still(snapshot, person_id, ids, now)), None)


async def in_check_in(store: Store, member: Membership, message: MessageRef) -> bool:
    """Whether a message of ours to them is a check-in; also of a round further back than a press loads, since a
    matter may live for weeks."""
    of_round, snapshot = store.checkins, member.snapshot
    rounds = sorted(snapshot.rounds, reverse=True)[: LOOK_BACK + 1]
    kept = await together(*(of_round.get(snapshot.group.id, member.person.id, round=name) for name in rounds))
    return any(message in one.messages for one in kept if one)


def named_beside(snapshot: GroupSnapshot, tended: Iterable[Commitment], matters: Iterable[str]) -> set[str]:
    """Whom a check-in names: who helps or is stuck with what its leader tends, and whom the matter that rides on
    it is about."""
    here = present(snapshot.leaders)
    beside = {id_ for commitment in tended for id_ in (*commitment.helpers, *stuck_by(commitment, here))}
    return beside | named(snapshot, matters)


async def with_names(store: Store, context: PlateContext, matter: Matter | None) -> PlateContext:
    """With those whom its check-in names, on which that matter rides. Everybody, in a group of two hundred, would
    be most of what an answer costs."""
    snapshot = context.snapshot
    ids = named_beside(snapshot, context.tended, [matter.id] if matter else []) - snapshot.people.keys()
    if not ids:
        return context
    people = await store.people.many(sorted(ids))
    return replace(context, snapshot=replace(snapshot, people=snapshot.people | people))
