"""Where a record lies."""

from __future__ import annotations

from typing import NamedTuple

FIELD = "record"
"""Of a hash that holds one record."""


class RecordKey(NamedTuple):
    """Where one record lies: every record is a field of a hash, so that one script serves them all. Its text is
    what a record is sealed for, so it stays as it is."""

    key: str
    field: str

    def __str__(self) -> str:
        return f"{self.key} {self.field}"
