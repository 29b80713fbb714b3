"""A moment as it stands in what comes back to us: an entry's subject, a button's payload."""

from __future__ import annotations

from datetime import UTC, datetime

_FORM = "%Y%m%d%H%M%S%f"
_LENGTH = 20


def written(at: datetime) -> str:
    """In UTC, with nothing left out: what is read back is compared with what is stored, and a close may fall within
    a second, four hours after somebody pressed."""
    return f"{at.astimezone(UTC):{_FORM}}"


def to_the_second(at: datetime) -> str:
    """As an entry's subject tells one such fact of somebody's from the next; compared, and never read back."""
    return f"{at:%Y%m%dT%H%M%S}"


def to_the_microsecond(at: datetime) -> str:
    """The same of facts of which there may be several in a second."""
    return f"{at:%Y%m%dT%H%M%S%f}"


def read(text: str) -> datetime:
    """Raises ValueError for what is no moment."""
    if len(text) != _LENGTH or not (text.isascii() and text.isdigit()):
        raise ValueError(text)
    # strptime takes twenty times as long, and each message that asks is read thrice
    return datetime.fromisoformat(f"{text[:8]}T{text[8:14]}.{text[14:]}+00:00")
