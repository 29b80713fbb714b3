"""Who would be glad to hear: up to three leaders that a commitment's maker names. They get its progress as news."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from bot.domain.commitments import Commitment, Progress
from bot.domain.matters import Matter, MatterCode
from bot.domain.news import UNDO_TIME
from bot.domain.snapshot import GroupSnapshot

MOST_NAMED = 3

NEWS_FOR = timedelta(weeks=6)
"""So long that it is put with a check-in: news alone is no reason for a letter."""


def glad_matters(snapshot: GroupSnapshot, now: datetime) -> Iterator[Matter]:  # noqa: ARG001 (every sort's shape)
    """The latest line that says something, to whoever did not say it themselves."""
    here = snapshot.active()
    for commitment in snapshot.commitments.values():
        line = latest(commitment) if commitment.glad else None
        for id_ in commitment.glad if line else ():
            if line and id_ in here and id_ not in commitment.tenders and id_ != line.by:
                since = line.at + UNDO_TIME
                yield Matter(
                    code=MatterCode.GLAD,
                    person_id=id_,
                    subject=f"{commitment.id}.{line.at:%Y%m%d%H%M%S}",
                    since=since,
                    until=since + NEWS_FOR,
                )


def latest(commitment: Commitment) -> Progress | None:
    """The last line of progress with words or another state; that it was made is none."""
    states: dict[str, object] = {}
    found = None
    for line in commitment.history:
        # the first line says that it was made; of whoever has said nothing yet any other is news
        if (
            line.by in states and (line.note or line.noticed or line.step or states[line.by] is not line.state)
        ) or (line.by not in states and line is not commitment.history[0]):
            found = line
        states[line.by] = line.state
    return found


def heard_from(snapshot: GroupSnapshot, subject: str) -> tuple[str, ...]:
    """Whom the matter names."""
    commitment = snapshot.commitments.get(subject.split(".")[0])
    line = latest(commitment) if commitment else None
    return (line.by,) if line else ()
