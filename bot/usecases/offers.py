"""Offers: making one, changing it, renewing it, taking it back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from bot.domain import offers
from bot.domain.offers import Offer
from bot.domain.problems import Problem, ProblemCode, only_own
from bot.domain.snapshot import Membership
from bot.ports import Deps
from bot.usecases.existing import change_existing
from bot.usecases.people import reset_silence


def find(member: Membership, id_: str) -> Offer:
    """Raises Problem where there is none, and for somebody else's: what is only matched is shown to nobody."""
    found = member.snapshot.offers.get(id_)
    if found is None or found.ended_at:
        raise Problem(ProblemCode.OFFER_GONE)
    only_own(found.by, member.person.id)
    return found


async def save(deps: Deps, member: Membership, id_: str, what: str, shown: bool, now: datetime) -> Offer:
    """Under the id its form was opened with, so that a form sent twice offers once."""
    snapshot, by = member.snapshot, member.person.id
    saved = await deps.store.offers.change(
        snapshot.group.id,
        id_,
        lambda stored: offers.offer(stored, id=id_, by=by, what=what, shown=shown, now=now),
        seen=snapshot.versions,
    )
    # No look at the group, here and below: nobody is written to for an offer. It is found when somebody asks next.
    await reset_silence(deps, member)
    assert saved is not None
    return saved


async def renew(deps: Deps, member: Membership, id_: str, now: datetime) -> Offer:
    """For sixty days from `now`. Raises Problem where it is not theirs, or is no more."""
    return await _changed(deps, member, id_, lambda stored: offers.renew(stored, member.person.id, now))


async def take_back(deps: Deps, member: Membership, id_: str, now: datetime) -> Offer:
    """Taken back again, nothing changes. Raises Problem where it is not theirs, or is no more."""
    return await _changed(deps, member, id_, lambda stored: offers.take_back(stored, member.person.id, now))


async def _changed(deps: Deps, member: Membership, id_: str, decide: Callable[[Offer], Offer]) -> Offer:
    changed = await change_existing(deps.store.offers, member, id_, decide, ProblemCode.OFFER_GONE)
    await reset_silence(deps, member)
    return changed
