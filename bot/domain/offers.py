"""Offers: a person, a room, data, ten minutes that somebody could lend; for all to see, or only to be matched."""

from __future__ import annotations

from datetime import datetime, timedelta

import msgspec
from msgspec.structs import replace

from bot.domain.problems import Problem, ProblemCode, only_own

OFFER_LASTS = timedelta(days=60)
ENDS_SOON = timedelta(days=7)
"""Before its end whoever made it is asked whether it still stands."""


class Offer(msgspec.Struct, frozen=True, kw_only=True):
    """`shown`: for everyone to see; otherwise it is never quoted. It lasts from `renewed_at`. `ended_at`: when it
    was taken back."""

    id: str
    by: str
    what: str
    at: datetime
    renewed_at: datetime
    shown: bool = True
    ended_at: datetime | None = None

    @property
    def until(self) -> datetime:
        """Sixty days from when it was made, or last renewed."""
        return self.renewed_at + OFFER_LASTS

    def open(self, now: datetime) -> bool:
        """Not taken back, and before `until`."""
        return self.ended_at is None and now < self.until


def offer(stored: Offer | None, *, id: str, by: str, what: str, shown: bool, now: datetime) -> Offer:
    """A new one, or one of theirs in other words, which stands anew where it had run out meanwhile. Raises Problem
    where it says nothing, or was taken back."""
    if not what:
        raise Problem(ProblemCode.OFFER_EMPTY, "what")
    if stored is None:
        return Offer(id=id, by=by, what=what, at=now, renewed_at=now, shown=shown)
    only_own(stored.by, by)
    if stored.ended_at:
        raise Problem(ProblemCode.OFFER_GONE)
    since = stored.renewed_at if stored.open(now) else now
    return replace(stored, what=what, shown=shown, renewed_at=since)


def renew(stored: Offer, by: str, now: datetime) -> Offer:
    """For another sixty days; also one that has run out meanwhile, but not one that was taken back."""
    only_own(stored.by, by)
    if stored.ended_at:
        raise Problem(ProblemCode.OFFER_GONE)
    return replace(stored, renewed_at=now)


def take_back(stored: Offer, by: str, now: datetime) -> Offer:
    """By its maker. Taken back again, the first moment stands. Raises Problem where it is not theirs."""
    only_own(stored.by, by)
    return stored if stored.ended_at else replace(stored, ended_at=now)
