"""How long words are kept: twelve months, the personal lane three, what was learnt as long as the group. Gone
through once a day, group by group."""

from __future__ import annotations

from datetime import datetime, timedelta

from msgspec.structs import replace

from bot.domain.asks import Ask
from bot.domain.attention import kept
from bot.domain.commitments import Commitment
from bot.domain.digest import Digest
from bot.domain.groups import Group
from bot.domain.inquiry import Inquiry
from bot.domain.introductions import Introduction, last_moved
from bot.domain.learning import Learnt
from bot.domain.learnt import learnt_from
from bot.domain.offers import Offer
from bot.domain.plate import Plate
from bot.domain.pulse import name_of_bots, without
from bot.domain.purpose import PURPOSE_ID, Purpose, without_asked
from bot.domain.review import Review
from bot.domain.rounds import week_name
from bot.domain.twenty_minutes import without_old_ticks
from bot.ports import Store

RETENTION = timedelta(days=366)
PERSONAL_RETENTION = timedelta(days=92)
EVERY = timedelta(days=1)


def pass_due(group: Group, now: datetime) -> bool:
    """Once a day; never under a legal hold."""
    return not group.held and (group.forgot_at is None or abs(now - group.forgot_at) >= EVERY)


async def daily_pass(store: Store, group: Group, now: datetime) -> bool:
    """Whether it was done. It is noted after it was: whoever dies in the midst leaves it to the next look."""
    if not pass_due(group, now):
        return False
    await forget_old(store, group.id, now, since=group.forgot_at)
    await store.groups.change(group.id, lambda stored: stored and _gone_through(stored, now))
    return True


def _gone_through(group: Group, now: datetime) -> Group:
    """Without accounts that were announced before: whoever answers from one still does."""
    recent = tuple(one for one in group.second_accounts if one.at >= now - RETENTION)
    return replace(group, forgot_at=now, second_accounts=recent)


async def forget_old(store: Store, group_id: str, now: datetime, *, since: datetime | None = None) -> None:
    """Drops what is past its time. Stopped half-way, or done twice, it does no harm: the round goes last. `since`:
    up to then it was gone through, so the personal lanes of what was old by then are gone."""
    done = since - PERSONAL_RETENTION - EVERY if since else None
    for name, round in sorted((await store.rounds.all(group_id)).items()):
        if round.closes_at < now - RETENTION:
            await _forget_round(store, group_id, name)
        elif round.closes_at < now - PERSONAL_RETENTION and not (done and round.closes_at < done):
            await _forget_personal(store, group_id, name)
    for id_, commitment in (await store.commitments.all(group_id)).items():
        if _long_closed(commitment, now):
            await keep_learnt(store, group_id, commitment)
            await store.commitments.change(
                group_id, id_, lambda stored: stored if not _long_closed(stored, now) else None
            )
    await _forget_posts(store, group_id, now)


async def keep_learnt(store: Store, group_id: str, commitment: Commitment) -> None:
    """Before it goes: what was said to be learnt from it stays as long as the group. Done twice, it is the same."""
    if found := tuple(one for one in learnt_from(commitment) if one.words):
        await store.learnt.change(group_id, commitment.id, lambda stored: stored or Learnt(learnings=found))


async def _forget_posts(store: Store, group_id: str, now: datetime) -> None:
    """Changes of settings, posts of who speaks for whom, and briefs."""
    oldest = week_name((now - RETENTION).date())
    for name in await store.briefs.all(group_id):
        if name < oldest:
            await store.briefs.change(group_id, name, lambda _: None)
    for id_, change in (await store.changes.all(group_id)).items():
        if change.at < now - RETENTION:
            await store.changes.change(group_id, id_, lambda _: None)
    for id_, post in (await store.organisation_posts.all(group_id)).items():
        if post.at < now - RETENTION:
            await store.organisation_posts.change(group_id, id_, lambda _: None)
    await _forget_introductions(store, group_id, now)
    await _forget_inquiries(store, group_id, now)
    await _forget_reviews(store, group_id, now)
    await _forget_asked_changes(store, group_id, now)
    await _forget_asks(store, group_id, now)
    await _forget_put(store, group_id, now)


async def _forget_asks(store: Store, group_id: str, now: datetime) -> None:
    """Asks and offers, twelve months after their end: by a press, or by their date."""
    oldest = now - RETENTION

    def kept_ask(stored: Ask | None) -> Ask | None:
        return stored if stored and (stored.ended_at or stored.until) >= oldest else None

    def kept_offer(stored: Offer | None) -> Offer | None:
        return stored if stored and (stored.ended_at or stored.until) >= oldest else None

    for id_, ask in (await store.asks.all(group_id)).items():
        if kept_ask(ask) is None:
            await store.asks.change(group_id, id_, kept_ask)
    for id_, offer in (await store.offers.all(group_id)).items():
        if kept_offer(offer) is None:
            await store.offers.change(group_id, id_, kept_offer)


async def _forget_put(store: Store, group_id: str, now: datetime) -> None:
    """What was put to whom, and what they passed on: eight weeks, also of who is written to no more."""
    for id_, one in (await store.attention.all(group_id)).items():
        if kept(one, now) != one:
            await store.attention.change(group_id, id_, lambda stored: stored and kept(stored, now))


async def _forget_introductions(store: Store, group_id: str, now: datetime) -> None:
    """Twelve months after something last happened with one; half-days that were ticked and have passed, at once."""

    def kept_one(stored: Introduction | None) -> Introduction | None:
        if stored is None or last_moved(stored) < now - RETENTION:
            return None
        return without_old_ticks(stored, now)

    for id_, one in (await store.introductions.all(group_id)).items():
        if kept_one(one) != one:
            await store.introductions.change(group_id, id_, kept_one)


async def _forget_inquiries(store: Store, group_id: str, now: datetime) -> None:
    """Twelve months after it closed, or after it was asked where it never opened; its answers first. Those of one
    that was taken back went with that; should a save have come later, it goes here."""

    def past(one: Inquiry) -> bool:
        last = one.closed_at or (one.at if one.waits else now)
        return last < now - RETENTION

    for id_, one in (await store.inquiries.all(group_id)).items():
        if past(one) or one.taken_back_at:
            await store.inquiry_answers.drop(group_id, round=id_)
        if past(one):
            await store.inquiries.change(group_id, id_, lambda _: None)


async def _forget_reviews(store: Store, group_id: str, now: datetime) -> None:
    """Twelve months after its day. What was placed went with that; should a save have come later, it goes here."""

    def kept(stored: Review | None) -> Review | None:
        return stored if stored and (stored.closed_at or now) >= now - RETENTION else None

    for id_, one in (await store.reviews.all(group_id)).items():
        if one.settled:
            await store.placings.drop(group_id, round=id_)
        if kept(one) is None:
            await store.reviews.change(group_id, id_, kept)


async def _forget_asked_changes(store: Store, group_id: str, now: datetime) -> None:
    """Of the purpose's wordings, which themselves are kept for as long as the group."""

    def kept_of(stored: Purpose | None) -> Purpose | None:
        return stored and without_asked(stored, now - RETENTION)

    found = await store.purposes.get(group_id, PURPOSE_ID)
    if found and kept_of(found) != found:
        await store.purposes.change(group_id, PURPOSE_ID, kept_of)


async def forget_unshown(store: Store, group_id: str, person_id: str) -> None:
    """With somebody's leaving, what they answered or placed where that has not had its day."""
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
    await store.rounds.change(group_id, name, lambda _: None)


async def _forget_personal(store: Store, group_id: str, name: str) -> None:
    """The personal lane, whoever could see it, also where it stood in the digest we keep."""
    for person_id, plate in (await store.plates.all(group_id, round=name)).items():
        if plate.me:
            await store.plates.change(group_id, person_id, _without_me, round=name)
    await store.digests.change(group_id, name, _without_me_lanes)


def _without_me(plate: Plate | None) -> Plate | None:
    return replace(plate, me=None) if plate else None


def _without_me_lanes(digest: Digest | None) -> Digest | None:
    if digest is None:
        return None
    kept = [replace(line, me_lane="") for line in digest.plates]
    return replace(digest, plates=tuple(line for line in kept if line.organisation_lane or line.question))


def _long_closed(commitment: Commitment | None, now: datetime) -> bool:
    if commitment is None or commitment.state.open:
        return False
    last = commitment.history[-1].at if commitment.history else commitment.made_at
    return last < now - RETENTION
