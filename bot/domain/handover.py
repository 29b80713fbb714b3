"""A handover: what whoever comes new should find on one screen. Shared things only."""

from __future__ import annotations

from collections.abc import Iterable

from bot.domain.absence import present
from bot.domain.commitments import Commitment
from bot.domain.people import Leader
from bot.domain.snapshot import GroupSnapshot
from bot.domain.tending import held_by_nobody


def spoke_before(leaders: Iterable[Leader], leader: Leader) -> list[Leader]:
    """Who spoke for their organisation and has left the group; the newest first."""
    organisation = leader.organisation.casefold()
    if not organisation:
        return []
    gone = [
        (one.left_at, one.person_id, one)
        for one in leaders
        if one.left_at and one.organisation.casefold() == organisation and one.person_id != leader.person_id
    ]
    # leaders have no order of their own, so the first two decide
    return [one for _, _, one in sorted(gone, key=lambda each: each[:2], reverse=True)]


def open_for(snapshot: GroupSnapshot, organisation: str) -> list[Commitment]:
    """All that is open: what somebody of the organisation left that nobody holds; what its people made or tend;
    then the rest. Each the oldest first."""
    here = present(snapshot.leaders)

    def place(one: Commitment) -> tuple[bool, bool, object, str]:
        own = of_organisation(snapshot, one, organisation)
        return not own, not (own and held_by_nobody(one, here)), one.made_at, one.id

    return sorted((one for one in snapshot.commitments.values() if one.state.open), key=place)


def of_organisation(snapshot: GroupSnapshot, commitment: Commitment, organisation: str) -> bool:
    """Whether somebody who speaks for it made or tends it, or spoke for it until they left."""
    if not organisation:
        return False
    people = (commitment.made_by, *commitment.tenders)
    spoken = [snapshot.leaders[id_].organisation for id_ in people if id_ in snapshot.leaders]
    return organisation.casefold() in (one.casefold() for one in spoken)
