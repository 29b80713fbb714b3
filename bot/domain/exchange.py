"""What of a group's asks and offers stands open, and whose attention it wants."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from bot.domain.asks import Ask
from bot.domain.matters import Matter, MatterCode
from bot.domain.offers import ENDS_SOON, Offer
from bot.domain.snapshot import GroupSnapshot


def open_asks(snapshot: GroupSnapshot, now: datetime) -> list[Ask]:
    """Those that are put to everyone, the oldest first, of who is in the group."""
    here = snapshot.active()
    found = [one for one in snapshot.asks.values() if one.open(now) and not one.quiet and one.by in here]
    return sorted(found, key=lambda one: (one.opened_at or one.at, one.id))


def own_asks(snapshot: GroupSnapshot, person_id: str, now: datetime) -> list[Ask]:
    """Those of theirs that are open, quiet or not; the oldest first."""
    mine = [one for one in snapshot.asks.values() if one.by == person_id and one.open(now)]
    return sorted(mine, key=lambda one: (one.at, one.id))


def ask_matters(snapshot: GroupSnapshot, now: datetime) -> Iterator[Matter]:
    """Each who is asked quietly, from their wave on and for as long as the asking goes on."""
    here = snapshot.active()
    for stored in snapshot.asks.values():
        if not (stored.quiet and stored.open(now) and stored.by in here):
            continue
        answered = {one.by for one in stored.yeses} | {one.by for one in stored.known}
        for wave in stored.waves:
            for routed in wave.routed:
                if routed.to in here and routed.to not in answered and not routed.excluded:
                    yield Matter(
                        code=MatterCode.ASK,
                        person_id=routed.to,
                        subject=stored.id,
                        since=wave.at,
                        until=stored.until,
                    )


def shown_offers(snapshot: GroupSnapshot, now: datetime) -> list[Offer]:
    """*What people can lend*: what is for everyone to see, the newest first, of who is in the group."""
    here = snapshot.active()
    found = [one for one in snapshot.offers.values() if one.open(now) and one.shown and one.by in here]
    return sorted(found, key=lambda one: (one.renewed_at, one.id), reverse=True)


def own_offers(snapshot: GroupSnapshot, person_id: str, now: datetime) -> list[Offer]:
    """Those of theirs that are open, shown or not; the oldest first."""
    mine = [one for one in snapshot.offers.values() if one.by == person_id and one.open(now)]
    return sorted(mine, key=lambda one: (one.at, one.id))


def offer_matters(snapshot: GroupSnapshot, now: datetime) -> Iterator[Matter]:  # noqa: ARG001 (every sort's shape)
    """Whoever made one is asked, a week before it ends, whether it still stands."""
    here = snapshot.active()
    for stored in snapshot.offers.values():
        if stored.ended_at is None and stored.by in here:
            yield Matter(
                code=MatterCode.OFFER_ENDS,
                person_id=stored.by,
                subject=f"{stored.id}.{stored.renewed_at:%Y%m%d}",
                since=stored.until - ENDS_SOON,
                until=stored.until,
            )
