"""Who tends a commitment, who is stuck with it, and who can help, each in a line."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bot.domain.absence import present
from bot.domain.commitments import Commitment
from bot.domain.snapshot import GroupSnapshot
from bot.domain.stuck import stuck_by
from bot.views.words import called, first_of, listed, listed_within, one_line

MOST_TENDERS = 8
"""Named on a card, so that a commitment which everybody tends does not fill it."""


def tenders_line(name: Callable[[str], str], tenders: Sequence[str]) -> str:
    """Who tends it, by name; of many, the first."""
    names = [one_line(name(id_), 165) for id_ in tenders[:MOST_TENDERS]]
    left = len(tenders) - len(names)
    return listed([*names, f"{left} more"] if left else names)


def stuck_line(snapshot: GroupSnapshot, c: Commitment, but: str) -> str:
    """Who else is stuck with it and wants help, in their own name, whatever its maker says of it."""
    stuck = [first_of(snapshot, id_) for id_ in stuck_by(c, present(snapshot.leaders)) if id_ != but]
    return f"{listed_within(stuck, 120)} {'is' if len(stuck) == 1 else 'are'} stuck with it." if stuck else ""


def helpers_line(snapshot: GroupSnapshot, c: Commitment) -> str:
    """Who said they can help and is in the group still, by name: they chose to be seen."""
    here = present(snapshot.leaders)
    helpers = [called(snapshot, id_) for id_ in c.helpers if id_ in here]
    return f"{listed_within(helpers, 300)} can help." if helpers else ""
