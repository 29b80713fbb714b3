"""What the entry of a message that asks says: which matters ride on it, and until when answers are said to count.

It says that or does not go, so that what is noted as shown is what was drawn, though the meeting moves while it is
on its way, or whoever sent it died before that was noted.
"""

from __future__ import annotations

from datetime import datetime

from bot.domain import moments
from bot.domain.outbox import Entry

UNTIL = "until."


def subject_of(matter: str, closes_at: datetime) -> str:
    """`matter` is one id, or empty; `closes_at` is kept to the microsecond."""
    return ",".join(part for part in (matter, UNTIL + moments.written(closes_at)) if part)


def matters_of(entry: Entry) -> list[str]:
    """The ids of the matters that an entry is to put."""
    return [part for part in _parts(entry) if not part.startswith(UNTIL)]


def shows(entry: Entry) -> datetime | None:
    """Until when it says that answers count; None for an entry from before that was said."""
    said = next((part.removeprefix(UNTIL) for part in _parts(entry) if part.startswith(UNTIL)), "")
    return moments.read(said) if said else None


def _parts(entry: Entry) -> list[str]:
    return [part for part in entry.subject.split(",") if part]
