"""Taking a workspace's channels out of records, whatever holds them."""

from __future__ import annotations

from typing import Any

import msgspec

from bot.domain.groups import MessageRef
from bot.domain.installation import Installation
from bot.domain.people import Person

CHANNEL_GONE = "gone"
"""In place of a channel's id that we no longer hold."""


def without_channels(value: Any, gone: Installation) -> Any:
    """The same, with no channel in any message that stands there by the installation that is gone. The very same
    object where there is none."""
    if isinstance(value, MessageRef):
        held = gone.serves(value.team_id) and value.channel != CHANNEL_GONE
        return msgspec.structs.replace(value, channel=CHANNEL_GONE) if held else value
    if isinstance(value, msgspec.Struct):
        changed = {
            name: new
            for name in value.__struct_fields__
            if (new := without_channels(old := getattr(value, name), gone)) is not old
        }
        return msgspec.structs.replace(value, **changed) if changed else value
    if isinstance(value, tuple):
        new_ones = tuple(without_channels(one, gone) for one in value)
        return new_ones if any(new is not old for new, old in zip(new_ones, value, strict=True)) else value
    if isinstance(value, dict):
        new_dict = {key: without_channels(one, gone) for key, one in value.items()}
        return new_dict if any(new_dict[key] is not value[key] for key in value) else value
    return value


def without_dms(person: Person, gone: Installation) -> Person:
    """Nobody can write or delete in those that were its bot's. The very same object where there is none."""
    dms = tuple(one for one in person.dms if not gone.serves(one.via_team))
    reach = person.reach
    if reach.dm_channel and gone.serves(reach.via_team):
        reach = msgspec.structs.replace(reach, dm_channel=None)
    same = (dms, reach) == (person.dms, person.reach)
    return person if same else msgspec.structs.replace(person, dms=dms, reach=reach)
