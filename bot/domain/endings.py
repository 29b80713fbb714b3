"""How a commitment ended, in its maker's words: who else tends it may say more after that, and ends nothing."""

from __future__ import annotations

from collections.abc import Iterator

from bot.domain.commitments import Commitment, Progress


def endings(commitment: Commitment) -> Iterator[Progress]:
    """Each line that ended it, and what its maker added then; oldest first. Until November 2026 whoever tended it
    could end it."""
    over = False
    for line in commitment.history:
        later = next((taken for taken in commitment.taken_up if taken.at > line.at), None)
        mine = line.by == (later.of if later else commitment.made_by)  # whose it was at that moment
        if line.state.open:
            over = over and not mine
        elif mine or not over:
            over = True
            yield line


def ending(commitment: Commitment) -> Progress | None:
    """The last word of how it ended; None where it is open."""
    if commitment.state.open:
        return None
    return next((line for line in reversed([*endings(commitment)]) if line.state is commitment.state), None)
