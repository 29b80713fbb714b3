"""Through whose eyes a screen is drawn: their zone, and the names they see for ids."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo


@dataclass(frozen=True, slots=True)
class Viewer:
    """One person looking. `people` and `channels` map ids to the names shown for them."""

    me: str = ""
    zone: tzinfo = UTC
    now: datetime = datetime(2000, 1, 1, tzinfo=UTC)
    people: Mapping[str, str] = field(default_factory=dict)
    channels: Mapping[str, str] = field(default_factory=dict)
    bots: frozenset[str] = frozenset()
    unmet: frozenset[str] = frozenset()
    """Whom menus do not offer: people of workspaces never connected to the viewer's, and those who left."""

    def local(self, unix: float) -> datetime:
        """That instant on this person's own clock."""
        return datetime.fromtimestamp(unix, self.zone)

    def channel_called(self, name: str) -> str | None:
        """The id of the channel with this name, if they can see one."""
        return next((id_ for id_, known in self.channels.items() if known == name), None)
