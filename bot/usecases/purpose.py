"""The purpose: drafted, put to all, what each says of it, and that it stands."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from msgspec.structs import replace

from bot.domain import drafting, purpose, purpose_days
from bot.domain.attention import end
from bot.domain.called import one_called
from bot.domain.drafting import Draft
from bot.domain.groups import resting
from bot.domain.hours import to_local
from bot.domain.matters import MatterCode
from bot.domain.purpose import PURPOSE_ID, Purpose
from bot.domain.put_to_all import require_not_ended
from bot.domain.snapshot import GroupSnapshot, Membership, Section
from bot.ports import Deps
from bot.usecases.follow_up import look_after
from bot.usecases.people import reset_silence
from bot.usecases.together import together

NEEDS = Section.NAMES | Section.PURPOSE
SIGHT = NEEDS | Section.COMMITMENTS

Decide = Callable[[Purpose], Purpose]


async def draft(deps: Deps, member: Membership, id_: str, base: str, words: Draft, now: datetime) -> Membership:
    """Under the id its form was opened with, so that a form sent twice drafts once. Raises Problem at the field."""
    snapshot = member.snapshot
    require_not_ended(snapshot.group, now)

    # by what stands: another wording may have been put to all since the form was opened
    def decide(stored: Purpose) -> Purpose:
        return drafting.draft(
            stored,
            words,
            id=id_,
            by=member.person.id,
            base=base,
            opens_at=purpose_days.opens_at(stored, snapshot.group, now),
            leaders=snapshot.leaders,
            now=now,
            called=one_called(member),
        )

    return await _changed(deps, member, decide, now)


async def can_live(deps: Deps, member: Membership, id_: str, now: datetime) -> Membership:
    """The sequence, as in `ask_change`: what they say, then that they are asked no more. Raises Problem where it is
    settled, or the group has ended."""
    require_not_ended(member.snapshot.group, now)
    by = member.person.id
    after = await _changed(deps, member, lambda one: purpose.can_live(one, id_, by, now), now)
    await _end_matter(deps, member, id_, now)
    return after


async def ask_change(deps: Deps, member: Membership, id_: str, key: str, text: str, now: datetime) -> Membership:
    """A reply under the wording follows, and it wants their attention no more. Other words of theirs take the place
    of the first, whose `key` stays. Raises Problem where it is settled, or the group has ended."""
    require_not_ended(member.snapshot.group, now)
    by, joined_at, called = member.person.id, member.leader.joined_at, one_called(member)
    after = await _changed(
        deps,
        member,
        lambda one: purpose.ask_change(
            one, id_, key=key, by=by, joined_at=joined_at, text=text, now=now, called=called
        ),
        now,
    )
    await _end_matter(deps, member, id_, now)
    return after


async def withdraw_change(deps: Deps, member: Membership, id_: str, now: datetime) -> Membership:
    """Its reply is redrawn without their words. Raises Problem where the wording is settled."""
    by = member.person.id
    return await _changed(deps, member, lambda one: purpose.withdraw_change(one, id_, by, now), now)


async def take_back(deps: Deps, member: Membership, id_: str, now: datetime) -> Membership:
    """By its author, while it is under way. Raises Problem."""
    by = member.person.id
    return await _changed(deps, member, lambda one: purpose.take_back(one, id_, by, now), now)


async def _end_matter(deps: Deps, member: Membership, id_: str, now: datetime) -> None:
    """Wherever they said it, they are not asked again."""
    # after it is saved: who dies in between is asked once more, and says the same again
    group_id, by = member.snapshot.group.id, member.person.id
    matter = f"{MatterCode.PURPOSE}.{id_}"
    await deps.store.attention.change(group_id, by, lambda one: end(one, by, matter, now))


async def _changed(deps: Deps, member: Membership, decide: Decide, now: datetime) -> Membership:
    """The reader as they are then; the group is looked at, since its post or a reply may follow."""
    snapshot = member.snapshot
    async with look_after(deps.store, snapshot.group.id, now):
        changed, _ = await together(
            deps.store.purposes.change(
                snapshot.group.id, PURPOSE_ID, lambda one: decide(one or Purpose()), seen=snapshot.versions
            ),
            reset_silence(deps, member),
        )
    assert changed is not None
    return replace(member, snapshot=replace(snapshot, purposes={PURPOSE_ID: changed}))


async def move_on(deps: Deps, snapshot: GroupSnapshot, now: datetime) -> bool:
    """What is under way stands, or is laid aside, where it is time to; in a pause its post says that it waits.
    Whether anything was written. Done twice, or by two bots at once, it comes to the same: the moment is kept with
    the wording, once."""
    group, leaders = snapshot.group, snapshot.leaders
    today = to_local(now, group.zone).date()

    def decide(stored: Purpose) -> Purpose:
        after = purpose_days.at_rest(stored, group, now)
        return after if resting(group, now) else purpose.moved_on(after, leaders, now, today)

    # mostly nothing is due, and a look is one write less
    if decide(snapshot.purpose) == snapshot.purpose:
        return False
    # decided again on what stands: a change that was asked for since the snapshot keeps a wording from standing
    await deps.store.purposes.change(group.id, PURPOSE_ID, lambda one: one and decide(one))
    return True
