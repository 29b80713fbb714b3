"""How long words are kept: twelve months, the personal lane three, what was learnt as long as the group. Gone
through once a day, group by group."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TypeVar

from msgspec.structs import replace

from bot.domain import attention
from bot.domain.commitments import Commitment
from bot.domain.digest import Digest
from bot.domain.groups import Group
from bot.domain.introductions import last_moved
from bot.domain.learning import Learnt
from bot.domain.learnt import learnt_from
from bot.domain.pulse import name_of_bots, without
from bot.domain.pulse_days import without_close
from bot.domain.purpose import without_asked
from bot.domain.rounds import week_name
from bot.domain.snapshot import GroupSnapshot, Section
from bot.domain.twenty_minutes import without_old_ticks
from bot.ports import GroupCollection, Store
from bot.usecases.stored import if_there, unless_changed

RETENTION = timedelta(days=366)
PERSONAL_RETENTION = timedelta(days=92)
EVERY = timedelta(days=1)

FORGOTTEN = (
    Section.ROUNDS
    | Section.COMMITMENTS
    | Section.BRIEFS
    | Section.CHANGES
    | Section.ORGANISATIONS
    | Section.INTRODUCTIONS
    | Section.INQUIRIES
    | Section.REVIEWS
    | Section.PURPOSE
    | Section.ASKS
    | Section.OFFERS
    | Section.ATTENTION
)
"""Of a group, what is past its time one day."""

T = TypeVar("T")


async def daily_pass(store: Store, group: Group, now: datetime) -> bool:
    """Whether it was done: once a day, and never under a legal hold. It is noted after it was: whoever dies in the
    midst leaves it to the next look."""
    # abs: a clock that was far ahead, and was put right, would else keep the pass from coming for as long
    if group.held or (group.forgot_at and abs(now - group.forgot_at) < EVERY):
        return False
    await forget_old(store, group.id, now, since=group.forgot_at)
    await store.groups.change(
        group.id,
        lambda stored: (
            stored
            and replace(
                stored,
                forgot_at=now,
                # without accounts that were announced before: whoever answers from one still does
                second_accounts=tuple(one for one in stored.second_accounts if one.at >= now - RETENTION),
            )
        ),
    )
    return True


async def forget_old(store: Store, group_id: str, now: datetime, *, since: datetime | None = None) -> None:
    """Drops what is past its time. Stopped half-way, or done twice, it does no harm: the round goes last. `since`:
    up to then it was gone through, so the personal lanes of what was old by then are gone."""
    kept = await store.snapshots.group(group_id, FORGOTTEN)
    if kept is None:
        return
    done = since - PERSONAL_RETENTION - EVERY if since else None
    for name, round in sorted(kept.rounds.items()):
        if round.closes_at < now - RETENTION:
            await _forget_round(store, group_id, name)
        elif round.closes_at < now - PERSONAL_RETENTION and not (done and round.closes_at < done):
            await _forget_personal(store, group_id, name)
    for id_, commitment in kept.commitments.items():
        if _long_closed(commitment, now):
            # before it goes: what was said to be learnt from it stays as long as the group
            if found := tuple(one for one in learnt_from(commitment) if one.words):
                await store.learnt.change(group_id, id_, unless_changed(None, Learnt(learnings=found)))
            # looked at again as it is deleted: its maker may have taken it up since it was read
            await store.commitments.change(
                group_id, id_, lambda stored: stored if not _long_closed(stored, now) else None
            )
    await _forget_the_rest(store, kept, now)


async def _forget_the_rest(store: Store, kept: GroupSnapshot, now: datetime) -> None:
    """Of every other kind of record, what is past its time."""
    oldest, group_id = now - RETENTION, kept.group.id
    for name in kept.briefs:
        if name < week_name(oldest.date()):
            await store.briefs.change(group_id, name, lambda _: None)
    await _keep(store.changes, group_id, kept.changes, lambda one: one if one.at >= oldest else None)
    posts = kept.organisation_posts
    await _keep(store.organisation_posts, group_id, posts, lambda one: one if one.at >= oldest else None)
    # twelve months after something last happened with one; half-days that were ticked and have passed, at once
    await _keep(
        store.introductions,
        group_id,
        kept.introductions,
        lambda one: without_old_ticks(one, now) if last_moved(one) >= oldest else None,
    )
    await _forget_inquiries(store, kept, now)
    for name, round in kept.rounds.items():
        if without_close(kept, round, now):
            await store.pulses.change(group_id, name, lambda _: None)
            # gone through once; and whom it was put to is forgotten, as where it closes
            await store.rounds.change(group_id, name, if_there(replace, pulse_closed_at=now))
    for id_, review in kept.reviews.items():
        if review.settled:  # what was placed went with its day; should a save have come later, it goes here
            await store.placings.drop(group_id, round=id_)
    await _keep(
        store.reviews, group_id, kept.reviews, lambda one: one if (one.closed_at or now) >= oldest else None
    )
    # of the purpose what changes were asked for; its wordings are kept for as long as the group
    await _keep(store.purposes, group_id, kept.purposes, lambda one: without_asked(one, oldest))
    # after their end: by a press, or by their date
    await _keep(store.asks, group_id, kept.asks, lambda one: one if (one.ended_at or one.until) >= oldest else None)
    await _keep(
        store.offers, group_id, kept.offers, lambda one: one if (one.ended_at or one.until) >= oldest else None
    )
    # what was put to whom, and what they passed on: eight weeks, also of who is written to no more
    await _keep(store.attention, group_id, kept.attention, lambda one: attention.kept(one, now))


async def _keep(
    records: GroupCollection[T], group_id: str, kept: dict[str, T], decide: Callable[[T], T | None]
) -> None:
    """Each as `decide` says, None for one that goes. Decided again as it is written: it may have changed since."""
    for id_, one in kept.items():
        if decide(one) != one:
            await records.change(group_id, id_, lambda stored: stored and decide(stored))


async def _forget_inquiries(store: Store, kept: GroupSnapshot, now: datetime) -> None:
    """Twelve months after it closed, or after it was asked where it never opened; its answers first. Those of one
    that was taken back went with that; should a save have come later, it goes here."""
    group_id = kept.group.id
    for id_, one in kept.inquiries.items():
        last = one.closed_at or (one.at if one.waits else now)
        past = last < now - RETENTION
        # as with a review: an earlier press may have saved its answer after they were dropped
        if past or one.taken_back_at:
            await store.inquiry_answers.drop(group_id, round=id_)
        if past:
            await store.inquiries.change(group_id, id_, lambda _: None)


async def forget_unshown(store: Store, group_id: str, person_id: str) -> None:
    """With somebody's leaving, what they answered or placed where that has not had its day."""
    # their record says already that they have left: a look that begins from here on counts them out (`_close`)
    for id_, one in (await store.inquiries.all(group_id)).items():
        if one.under_way:
            await store.inquiry_answers.change(group_id, person_id, lambda _: None, round=id_)
    for id_, review in (await store.reviews.all(group_id)).items():
        if review.under_way:
            await store.placings.change(group_id, person_id, lambda _: None, round=id_)
    for name, pulse in (await store.pulses.all(group_id)).items():
        if person_id in pulse.answers:
            await store.pulses.change(group_id, name, lambda stored: without(stored, person_id))


async def _forget_round(store: Store, group_id: str, name: str) -> None:
    await store.plates.drop(group_id, round=name)
    await store.checkins.drop(group_id, round=name)
    await store.digests.change(group_id, name, lambda _: None)
    for pulse in (name, name_of_bots(name)):
        await store.pulses.change(group_id, pulse, lambda _: None)
    # last: as long as the round stands, the next pass finds what is left of it
    await store.rounds.change(group_id, name, lambda _: None)


async def _forget_personal(store: Store, group_id: str, name: str) -> None:
    """The personal lane, whoever could see it, also where it stood in the digest we keep."""
    for person_id, plate in (await store.plates.all(group_id, round=name)).items():
        if plate.me:
            await store.plates.change(
                group_id, person_id, lambda stored: stored and replace(stored, me=None), round=name
            )

    def without_me_lanes(digest: Digest | None) -> Digest | None:
        if digest is None:
            return None
        lines = [replace(line, me_lane="") for line in digest.plates]
        return replace(digest, plates=tuple(line for line in lines if line.organisation_lane or line.question))

    await store.digests.change(group_id, name, without_me_lanes)


def _long_closed(commitment: Commitment | None, now: datetime) -> bool:
    if commitment is None or commitment.state.open:
        return False
    last = commitment.history[-1].at if commitment.history else commitment.made_at
    return last < now - RETENTION
