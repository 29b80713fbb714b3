"""Inquiries: put to all, answered alone, shown together on their day, withdrawn, put under headings."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime

from msgspec.structs import replace

from bot.domain import headings, inquiry, inquiry_days
from bot.domain.attention import end
from bot.domain.called import called_now
from bot.domain.groups import ended, resting
from bot.domain.hours import to_local
from bot.domain.inquiry import Grouping, Inquiry, InquiryAnswer, Otherwise
from bot.domain.matters import MatterCode
from bot.domain.open_until import waits_until, who_could
from bot.domain.problems import Problem, ProblemCode, only_own, require
from bot.domain.put_to_all import require_not_ended
from bot.domain.snapshot import GroupSnapshot, Membership
from bot.ports import Deps, Store
from bot.usecases.existing import change_and_look
from bot.usecases.follow_up import look_after
from bot.usecases.open_until import bring_on
from bot.usecases.people import reset_silence
from bot.usecases.together import together

Decide = Callable[[Inquiry], Inquiry]


def find(snapshot: GroupSnapshot, id_: str) -> Inquiry:
    """Raises Problem where there is none, and where it was taken back."""
    found = require(snapshot.inquiries.get(id_), ProblemCode.INQUIRY_GONE)
    if found.taken_back_at:
        raise Problem(ProblemCode.INQUIRY_TAKEN_BACK)
    return found


async def add(
    deps: Deps, member: Membership, id_: str, question: str, day: date | None, now: datetime
) -> tuple[Membership, Inquiry, datetime | None]:
    """Under the id its form was opened with, so that a form sent twice asks once; and when it opens, None where
    another has its turn first. The asker as they are then, with all that was asked by then: of two who ask at once
    one waits. It opens when the group is looked at. Raises Problem."""
    snapshot, by = member.snapshot, member.person.id
    require_not_ended(snapshot.group, now)
    others = snapshot.inquiries.values()
    async with look_after(deps.store, snapshot.group.id, now):
        added = await deps.store.inquiries.change(
            snapshot.group.id,
            id_,
            lambda stored: stored or inquiry.ask(others, id=id_, by=by, question=question, day=day, now=now),
            seen=snapshot.versions,
        )
    await reset_silence(deps, member)
    assert added is not None
    only_own(added.by, by)  # an id that somebody else's form was given: a forged press
    # not the snapshot: another may have been asked meanwhile, and have its turn first
    known = {**await deps.store.inquiries.all(snapshot.group.id), id_: added}
    after = replace(member, snapshot=replace(snapshot, inquiries=known))
    following = inquiry_days.next_to_open(known.values(), snapshot.group, snapshot.active())
    if not added.waits:
        return after, added, added.opened_at
    return after, added, max(following[0], now) if following and following[1].id == id_ else None


async def take_back(deps: Deps, member: Membership, id_: str, now: datetime) -> Membership:
    """One that waits its turn is gone; one that is open closes, and every answer is deleted unread. Twice is once.
    The asker as they are then. Raises Problem for another's, and for one whose answers are shown.

    The sequence: the question's record, then the answers. Whoever dies between leaves them to the look that is
    asked for before, which deletes them before the post says so (`_drop_held_back`).
    """
    snapshot, by = member.snapshot, member.person.id
    async with look_after(deps.store, snapshot.group.id, now):
        left = await deps.store.inquiries.change(
            snapshot.group.id, id_, lambda stored: inquiry.take_back(stored, by, now)
        )
        # after its record: an answer that is saved from here on finds it closed, and is taken out by whoever saved
        # it
        if left and not left.settled:
            await _drop_held_back(deps.store, snapshot.group.id, left)
    others = {key: one for key, one in snapshot.inquiries.items() if key != id_}
    return replace(member, snapshot=replace(snapshot, inquiries={**others, id_: left} if left else others))


async def own_answer(store: Store, member: Membership, id_: str) -> InquiryAnswer | None:
    """Their own, of a question that is open; None where they gave none."""
    return await store.inquiry_answers.get(member.snapshot.group.id, member.person.id, round=id_)


async def answer(
    deps: Deps, member: Membership, id_: str, text: str, named: bool, otherwise: Otherwise, now: datetime
) -> None:
    """Their own, or other words for it. It ends the matter for them as *Not now* would, and nobody looks at the
    group for it: nothing that others could see tells who answered. Raises Problem from its day on.

    The sequence: the answer, then a look whether the question was taken back meanwhile, in which case it is taken
    out again: whoever took it back may have deleted what there was before this came.
    """
    # by the moment of the press: answers are read half a minute after their day (`UNDER_WAY`), so that one which
    # came in time is saved by then
    if not find(member.snapshot, id_).open(now):
        raise Problem(ProblemCode.INQUIRY_CLOSED)
    group_id, by = member.snapshot.group.id, member.person.id
    new = InquiryAnswer(id=deps.new_id(), text=text, at=now, named=named, otherwise=otherwise)
    matter = f"{MatterCode.INQUIRY}.{id_}"
    await deps.store.inquiry_answers.change(group_id, by, lambda before: inquiry.answer(before, new), round=id_)
    # read after the save: whoever takes the question back closes its record before they delete, so one of the two
    # sees the other
    stored = await deps.store.inquiries.get(group_id, id_)
    if stored is None or stored.taken_back_at:
        await deps.store.inquiry_answers.change(group_id, by, lambda _: None, round=id_)
        raise Problem(ProblemCode.INQUIRY_TAKEN_BACK)
    # after the answer: who dies in between is asked once more, and changes what they wrote
    await together(
        deps.store.attention.change(group_id, by, lambda one: end(one, by, matter, now)),
        reset_silence(deps, member),
    )


async def take_out(deps: Deps, member: Membership, id_: str, now: datetime) -> None:
    """Their own answer, while nobody sees it: until its day, and in a pause after that. As if it had not been
    written. Raises Problem else."""
    one = find(member.snapshot, id_)
    if not (one.open(now) or waits_until(one, member.snapshot.group, now)):
        raise Problem(ProblemCode.INQUIRY_CLOSED)
    await deps.store.inquiry_answers.change(member.snapshot.group.id, member.person.id, lambda _: None, round=id_)


async def withdraw(deps: Deps, member: Membership, id_: str, now: datetime) -> Membership:
    """Their own answer, after it was shown: its words are gone from the sheets at once. Twice is once.

    The sequence: the question's record, so that the thread is corrected whatever becomes of us; then the words.
    """
    stored, own = find(member.snapshot, id_), await own_answer(deps.store, member, id_)
    if stored.closed_at is None:
        raise Problem(ProblemCode.INQUIRY_SEALED)
    if own is None:
        return member
    gone_from = inquiry_days.corrected_from(member.snapshot, now)
    after = await _changed(deps, member, id_, now, lambda one: inquiry.withdraw(one, own.id, now, gone_from))
    # no screen loads it from here on (`shown`), also where we die before it is deleted
    await deps.store.inquiry_answers.change(member.snapshot.group.id, member.person.id, lambda _: None, round=id_)
    return after


async def put_together(
    deps: Deps, member: Membership, id_: str, key: str, heading: str, ids: tuple[str, ...], now: datetime
) -> Membership:
    """`key`: chosen as the form opened, so that it counts once."""
    new = Grouping(id=key, heading=heading, answers=ids, by=member.person.id, at=now)
    return await _changed(deps, member, id_, now, lambda one: headings.put_together(one, new))


async def shown(store: Store, group_id: str, stored: Inquiry) -> dict[str, str]:
    """The words of each that was shown and stands, by its id. Nothing is loaded before that."""
    if stored.closed_at is None or not stored.answers:
        return {}
    kept = await store.inquiry_answers.all(group_id, round=stored.id)
    texts = {one.id: one.text for one in kept.values()}
    texts |= {one.id: one.text for one in stored.answers if one.text}
    return {one.id: texts[one.id] for one in inquiry.standing(stored) if one.id in texts}


async def _changed(deps: Deps, member: Membership, id_: str, now: datetime, decide: Decide) -> Membership:
    """The reader as they are then."""
    snapshot, gone = member.snapshot, ProblemCode.INQUIRY_GONE
    changed = await change_and_look(deps, deps.store.inquiries, member, id_, decide, gone, now)
    return replace(member, snapshot=replace(snapshot, inquiries={**snapshot.inquiries, id_: changed}))


# -- the calendar ----------------------------------------------------------------------------------


async def move_on(deps: Deps, snapshot: GroupSnapshot, now: datetime) -> bool:
    """Closes what has had its day, moves a day with its brief, opens the next. Whether anything was written.

    Done twice, or stopped half-way, it comes to the same: the order of the answers is stored once, and what is held
    back goes after that at each look until it is gone.
    """
    group, store = snapshot.group, deps.store
    changed = await bring_on(
        snapshot,
        snapshot.inquiries,
        store.inquiries,
        now,
        close=lambda one: _close(deps, snapshot, one, now),
        delete_hidden=lambda one: _drop_held_back(store, group.id, one),
    )
    for one in snapshot.inquiries.values():
        if inquiry.let_go(one, now) != one:
            await store.inquiries.change(group.id, one.id, lambda stored: stored and inquiry.let_go(stored, now))
            changed = True
    following = inquiry_days.first_waiting(snapshot)
    # not in the same look that closed one: this snapshot still shows that as open
    if following and following[0] <= now and not changed and not resting(group, now):
        rounds, asker = snapshot.rounds.values(), following[1].by
        called = called_now(await store.people.many([asker]), snapshot.leaders, asker)
        await store.inquiries.change(
            group.id, following[1].id, lambda one: one and inquiry_days.opened(one, group, rounds, now, called)
        )
        changed = True
    return changed


async def _close(deps: Deps, snapshot: GroupSnapshot, one: Inquiry, now: datetime) -> None:
    """The sequence: read, store the order, then delete what is not shown. Whoever dies before the last leaves what
    was held back for the next look."""
    store, group = deps.store, snapshot.group
    # read now: no look loads what others wrote before its day, and whoever pressed in time has saved it
    kept, people = await together(
        store.inquiry_answers.all(group.id, round=one.id), store.people.many(snapshot.leaders)
    )
    here = {id_ for id_, leader in snapshot.leaders.items() if leader.active}
    answers: Mapping[str, InquiryAnswer] = {id_: answer for id_, answer in kept.items() if id_ in here}
    could = who_could(snapshot.leaders, people, to_local(now, group.zone).date())
    called = called_now(people, snapshot.leaders, *answers)
    # of two looks at once the second finds it closed, and shows those whom the first one counted
    closed = await store.inquiries.change(
        group.id,
        one.id,
        lambda stored: stored and inquiry.closed(stored, answers, could, now, called, unshown=ended(group, now)),
    )
    if closed:
        await _drop_held_back(store, group.id, closed)


async def _drop_held_back(store: Store, group_id: str, closed: Inquiry) -> None:
    there = {one.id for one in inquiry.standing(closed)}
    for person_id, answer in (await store.inquiry_answers.all(group_id, round=closed.id)).items():
        if answer.id not in there:
            await store.inquiry_answers.change(group_id, person_id, lambda _: None, round=closed.id)
    # last: until it is noted, each look deletes what is left
    await store.inquiries.change(group_id, closed.id, lambda one: one and replace(one, settled=True))
