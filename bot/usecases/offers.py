"""Offers: making one, changing it, renewing it, taking it back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from bot.domain import offers
from bot.domain.offers import Offer
from bot.domain.problems import Problem, ProblemCode
from bot.domain.snapshot import Membership
from bot.ports import Deps
from bot.usecases.people import reset_silence


def find(member: Membership, id_: str) -> Offer:
    """Raises Problem where there is none, and for somebody else's: what is only matched is shown to nobody."""
    found = member.snapshot.offers.get(id_)
    if found is None or found.ended_at:
        raise Problem(ProblemCode.OFFER_GONE)
    if found.by != member.person.id:
        raise Problem(ProblemCode.NOT_YOURS)
    return found


async def save(deps: Deps, member: Membership, id_: str, what: str, shown: bool, now: datetime) -> Offer:
    """Under the id its form was opened with, so that a form sent twice offers once."""
    by = member.person.id
    return await _change(
        deps, member, id_, lambda stored: offers.offer(stored, id=id_, by=by, what=what, shown=shown, now=now)
    )


async def renew(deps: Deps, member: Membership, id_: str, now: datetime) -> Offer:
    return await _change(deps, member, id_, lambda stored: offers.renew(_there(stored), member.person.id, now))


async def take_back(deps: Deps, member: Membership, id_: str, now: datetime) -> Offer:
    return await _change(deps, member, id_, lambda stored: offers.take_back(_there(stored), member.person.id, now))


def _there(stored: Offer | None) -> Offer:
    if stored is None:
        raise Problem(ProblemCode.OFFER_GONE)
    return stored


async def _change(deps: Deps, member: Membership, id_: str, decide: Callable[[Offer | None], Offer]) -> Offer:
    snapshot = member.snapshot
    changed = await deps.store.offers.change(snapshot.group.id, id_, decide, seen=snapshot.versions)
    await reset_silence(deps, member)
    assert changed is not None
    return changed
