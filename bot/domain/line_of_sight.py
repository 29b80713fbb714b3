"""The line of sight: my part → the commitment → the aim it serves → whose life gets better."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from bot.domain.commitments import Commitment
from bot.domain.purpose import Aim, Purpose


class LineOfSight(msgspec.Struct, frozen=True, kw_only=True):
    """`part` only to whose it is. `still`: the aim is one of those that stand; else it is as it was. What nobody
    said is empty."""

    commitment: Commitment
    part: str = ""
    aim: str = ""
    still: bool = True
    benefit: str = ""


def aim_served(commitment: Commitment, purpose: Purpose) -> tuple[Aim, bool] | None:
    """The aim that a commitment serves, and whether it stands: its words as they are now, or as they last were."""
    if not commitment.serves:
        return None
    standing = purpose.standing
    for wording in reversed(purpose.wordings):
        if wording.stood_at and (aim := next((a for a in wording.aims if a.id == commitment.serves), None)):
            return aim, wording is standing
    return None


def line_of_sight(commitment: Commitment, purpose: Purpose, viewer: str) -> LineOfSight:
    """As `viewer` sees it: the part is its maker's alone. `still`: the aim stands in the purpose as it is now; True
    too where the commitment serves none."""
    found = aim_served(commitment, purpose)
    return LineOfSight(
        commitment=commitment,
        part=commitment.part if commitment.made_by == viewer else "",
        aim=found[0].text if found else "",
        still=found is None or found[1],
        benefit=commitment.benefit,
    )


def in_sight(commitments: Iterable[Commitment], purpose: Purpose, viewer: str) -> list[LineOfSight]:
    """Of those that name an aim, or whose life gets better."""
    lines = [line_of_sight(one, purpose, viewer) for one in commitments]
    return [line for line in lines if line.aim or line.benefit]


def serving(commitments: Iterable[Commitment], aim: Aim) -> list[Commitment]:
    """The open commitments that serve an aim, oldest first."""
    found = [one for one in commitments if one.serves == aim.id and one.state.open]
    return sorted(found, key=lambda one: (one.made_at, one.id))
