"""A press as a use case sees it: who pressed, and their group with all that any press may need."""

from __future__ import annotations

from bot.domain.people import SlackIdentity
from bot.domain.snapshot import Membership, Section
from bot.ports import Deps
from bot.usecases.snapshot import require_member

ALL = Section.NAMES | Section.OWN | Section.COMMITMENTS | Section.CHANGES | Section.DIGESTS


async def as_leader(deps: Deps, who: SlackIdentity, group_id: str, round: str = "") -> Membership:
    """Raises Problem for somebody who is not in the group."""
    return await require_member(deps.store, who, group_id, ALL, round=round)
