"""Every noun of a group or a person; `INSTALLATION` is of a workspace, and is tested by itself."""

from __future__ import annotations

from typing import Any

from bot.store import schemas
from bot.store.codec import Schema

NOUNS: list[Schema[Any]] = [
    one for one in vars(schemas).values() if isinstance(one, Schema) and one is not schemas.INSTALLATION
]
