"""A clock that stands still until a test moves it."""

from __future__ import annotations

from datetime import datetime, timedelta


class Clock:
    def __init__(self, at: datetime) -> None:
        self._at = at

    def now(self) -> datetime:
        return self._at

    def move_to(self, at: datetime) -> None:
        """Only forwards, as with any other clock."""
        if at < self._at:
            raise ValueError(f"it is {self._at} already")
        self._at = at

    def move_by(self, span: timedelta) -> None:
        self.move_to(self._at + span)
