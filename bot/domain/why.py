"""Why somebody was written to: what counted in their weeks, and what waits."""

from __future__ import annotations

import msgspec

from bot.domain.matters import Matter
from bot.domain.outbox import Kind


class Written(msgspec.Struct, frozen=True, kw_only=True):
    """One message that counted in somebody's week; `group` is its name, empty where they are in it no more."""

    week: str
    kind: Kind
    group: str


class Explained(msgspec.Struct, frozen=True, kw_only=True):
    """What counted in somebody's last weeks, the newest week first; the kinds that wait for a place in one; and
    what waits to be put to them in the group they asked from."""

    written: tuple[Written, ...]
    held_back: tuple[Written, ...]
    waiting: tuple[Matter, ...]
