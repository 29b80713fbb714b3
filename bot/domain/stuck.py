"""Who is stuck with a commitment and wants help, and since when."""

from __future__ import annotations

from collections.abc import Container
from datetime import datetime

from bot.domain.commitments import Commitment, State


def stuck_by(commitment: Commitment, here: Container[str]) -> list[str]:
    """Who is stuck with it and wants help, the longest first: anybody who tends it may be, in their own name, as
    long as they are `here`, in the group."""
    if not commitment.state.open:
        return []
    since = {id_: stuck_since(commitment, id_) for id_ in commitment.tenders if id_ in here}
    return sorted((id_ for id_, at in since.items() if at), key=lambda id_: since[id_] or commitment.made_at)


def stuck_since(commitment: Commitment, by: str) -> datetime | None:
    """Since when somebody has been stuck with it, in their last words on it; None where they are not."""
    since = None
    for line in reversed(commitment.history):
        if line.by != by:
            continue
        if line.state is not State.STUCK:
            break
        since = line.at
    return since
