"""*Stuck, want help*: a few who may be able to help are asked, ten minutes after it was said and not undone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from msgspec.structs import replace

from bot.domain.asks import Routed, without
from bot.domain.commitments import Commitment
from bot.domain.matters import Matter, MatterCode
from bot.domain.news import UNDO_TIME
from bot.domain.put_to import Call
from bot.domain.snapshot import GroupSnapshot
from bot.domain.stuck import stuck_by, stuck_since

CALLED_WITHIN = timedelta(days=3)
"""What has been stuck for longer, and nobody was asked about it, is old news: it stands under Open now."""

ASKED_FOR = timedelta(weeks=2)


def call_at(commitment: Commitment, by: str) -> datetime | None:
    """When helpers are to be chosen for somebody who is stuck with it; None where they were, or are not stuck."""
    since = stuck_since(commitment, by) if by in stuck_by(commitment, (by,)) else None
    if since is None or any((one.by, one.since) == (by, since) for one in commitment.calls):
        return None
    return since + UNDO_TIME


def calls_due(commitment: Commitment, now: datetime) -> list[str]:
    """Whose calls are to be planned now."""
    due = {id_: call_at(commitment, id_) for id_ in stuck_by(commitment, commitment.tenders)}
    return [id_ for id_, at in due.items() if at and at <= now < at + CALLED_WITHIN]


def coming_calls(snapshot: GroupSnapshot, now: datetime) -> Iterator[datetime]:
    """When the group is worth a look, for calls that are not due yet."""
    here = snapshot.active()
    for commitment in snapshot.commitments.values():
        for id_ in stuck_by(commitment, here):
            at = call_at(commitment, id_)
            if at and at > now:
                yield at


def with_call(commitment: Commitment, by: str, to: Sequence[Routed], now: datetime) -> Commitment:
    """Planned once, whoever is quicker; not where it was undone meanwhile."""
    since = stuck_since(commitment, by)
    if since is None or by not in calls_due(commitment, now):
        return commitment
    return replace(commitment, calls=(*commitment.calls, Call(by=by, since=since, at=now, routed=tuple(to))))


def call_matters(snapshot: GroupSnapshot, now: datetime) -> Iterator[Matter]:  # noqa: ARG001 (every sort's shape)
    """For as long as it is stuck, and they have not said that they can help."""
    here = snapshot.active()
    for commitment in snapshot.commitments.values():
        stuck, known = stuck_by(commitment, here), {*commitment.tenders, *commitment.helpers}
        for call in commitment.calls:
            if call.by not in stuck or stuck_since(commitment, call.by) != call.since:
                continue
            for routed in call.routed:
                if routed.to in here and routed.to not in known and not routed.excluded:
                    yield Matter(
                        code=MatterCode.STUCK,
                        person_id=routed.to,
                        subject=f"{commitment.id}.{call.by}.{call.since:%Y%m%d%H%M%S}",
                        since=call.at,
                        until=call.at + ASKED_FOR,
                    )


def call_of(commitment: Commitment, person_id: str, by: str) -> Call | None:
    """The latest for `by` that they were asked in."""
    mine = (one for one in reversed(commitment.calls) if any(each.to == person_id for each in one.routed))
    return next((one for one in mine if one.by == by), None)


def put_apart(commitment: Commitment, one: str, other: str) -> Commitment:
    """Neither of two is asked any more to help the other; who said that they can help stays so."""
    pairs = ((one, other), (other, one))
    found = [(call, to) for call in commitment.calls for by, to in pairs if call.by == by]
    if not any(each.to == to and not each.excluded for call, to in found for each in call.routed):
        return commitment
    to_of = dict(pairs)
    calls = [
        replace(call, routed=without(call.routed, to_of[call.by])) if call.by in to_of else call
        for call in commitment.calls
    ]
    return replace(commitment, calls=tuple(calls))
