"""Passing a commitment on: to up to three people, or to whoever can take it. The first yes has it.

Each is asked as a matter. Who said *Not now* is in their own record alone, so that its maker can't tell that from
silence.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from msgspec.structs import replace

from bot.domain.commitments import Commitment
from bot.domain.matters import Matter, MatterCode
from bot.domain.put_to import PassedOn
from bot.domain.snapshot import GroupSnapshot

WHOEVER = ""
"""In place of somebody's id: whoever can take it."""

MOST_ASKED = 3

ASKED_FOR = timedelta(weeks=6)


def pass_on(commitment: Commitment, *, to: Sequence[str], now: datetime) -> Commitment:
    """By its maker; to nobody, they keep it."""
    since = {one.to: one.at for one in commitment.passing}
    wanted = [id_ for id_ in dict.fromkeys(to) if id_ != commitment.made_by]
    if WHOEVER in wanted:
        wanted = [WHOEVER]
    return replace(
        commitment, passing=tuple(PassedOn(to=id_, at=since.get(id_, now)) for id_ in wanted[:MOST_ASKED])
    )


def may_take_up(commitment: Commitment, person_id: str) -> bool:
    """Whether it is passed on to them."""
    return commitment.state.open and any(one.to in (WHOEVER, person_id) for one in commitment.passing)


def passing_matters(snapshot: GroupSnapshot, now: datetime) -> Iterator[Matter]:  # noqa: ARG001 (every sort's shape)
    """Until somebody says yes, or its maker leaves, ends it, or keeps it. Each is asked once by whoever holds it,
    however often they pass it on and to whom."""
    here = snapshot.active()
    for commitment in snapshot.commitments.values():
        if not commitment.state.open or commitment.made_by not in here:
            continue
        for passed in commitment.passing:
            for id_ in here if passed.to == WHOEVER else [passed.to]:
                if id_ in here and id_ != commitment.made_by:
                    yield Matter(
                        code=MatterCode.PASSED_ON,
                        person_id=id_,
                        subject=f"{commitment.id}.{len(commitment.taken_up)}",
                        since=passed.at,
                        until=passed.at + ASKED_FOR,
                    )
