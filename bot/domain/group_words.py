"""What the forms say of a group: as it is set up, and as its settings are changed."""

from __future__ import annotations

from datetime import date

import msgspec

from bot.domain.rhythm import Recurrence


class GroupWords(msgspec.Struct, frozen=True, kw_only=True):
    """What a form says of a group. `convenor`: a person id, or empty. `first`: the next meeting, if not planned."""

    name: str
    zone: str
    nation: str
    meeting: Recurrence
    convenor: str = ""
    nudge: bool = True
    first: date | None = None


class SetUpWords(msgspec.Struct, frozen=True, kw_only=True):
    """The group, and who sets it up and joins by the same press. `zone`: their own; empty where it is known."""

    group: GroupWords
    name: str
    organisation: str
    zone: str = ""
