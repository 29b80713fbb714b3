"""A legal hold of a group, which forbids to delete."""

from __future__ import annotations

from datetime import datetime

import msgspec


class Hold(msgspec.Struct, frozen=True, kw_only=True):
    """Whoever runs the server has to keep all that is there, by law. The channel is told of it, and of its end."""

    since: datetime
    lifted_at: datetime | None = None
    told_at: datetime | None = None
    end_told_at: datetime | None = None
