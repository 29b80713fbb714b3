"""What the entry of a message that asks says: which matters ride on it, and until when answers are said to count.

It says that or does not go, so that what is noted as shown is what was drawn, though the meeting moves while it is
on its way, or whoever sent it died before that was noted.
"""

from __future__ import annotations

from datetime import UTC, datetime

from bot.domain.outbox import Entry

UNTIL = "until."
_MOMENT = "%Y%m%d%H%M%S%f"


def moment(at: datetime) -> str:
    """As it stands in an entry: in UTC, with nothing left out. What is read back is compared with what is stored,
    and a close may fall within a second, four hours after somebody pressed."""
    return f"{at.astimezone(UTC):{_MOMENT}}"


def read_moment(text: str) -> datetime:
    return datetime.strptime(text, _MOMENT).replace(tzinfo=UTC)


def subject_of(matter: str, closes_at: datetime) -> str:
    return ",".join(part for part in (matter, UNTIL + moment(closes_at)) if part)


def matters_of(entry: Entry) -> list[str]:
    """The ids of the matters that an entry is to put."""
    return [part for part in _parts(entry) if not part.startswith(UNTIL)]


def shows(entry: Entry) -> datetime | None:
    """Until when it says that answers count; None for an entry of before that was said."""
    said = next((part for part in _parts(entry) if part.startswith(UNTIL)), None)
    return read_moment(said.removeprefix(UNTIL)) if said else None


def shows_other(entry: Entry, closes_at: datetime) -> bool:
    said = shows(entry)
    return said is not None and moment(said) != moment(closes_at)


def _parts(entry: Entry) -> list[str]:
    return [part for part in (entry.subject or "").split(",") if part]
