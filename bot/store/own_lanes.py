"""Lanes that are *just me*: sealed with their author's key, inside a plate that lies with the group."""

from __future__ import annotations

from msgspec.structs import replace

from bot.domain.plate import ME_LANE, ORGANISATION_LANE, QUESTION, Audience, Plate, of
from bot.store.codec import OwnPart

_LANES = (ORGANISATION_LANE, ME_LANE, QUESTION)


def _split(plate: Plate) -> tuple[Plate, Plate | None]:
    own = {lane: answer for lane in _LANES if (answer := of(plate, lane)) and answer.audience is Audience.ME}
    if not own:
        return plate, None
    return replace(plate, **dict.fromkeys(own)), Plate(person_id=plate.person_id, round=plate.round, **own)


OWN_LANES = OwnPart(
    _split,
    lambda plate, own: replace(plate, **{lane: answer for lane in _LANES if (answer := of(own, lane))}),
)
