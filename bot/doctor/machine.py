"""The machine: Python, zone data, and the clock against somebody else's."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.doctor.findings import Finding, mend, note, well

Clock = Callable[[], datetime]
OLDEST = (3, 11)
PROBES = (
    ("Europe/London", datetime(2026, 7, 1, 12, tzinfo=UTC), timedelta(hours=1)),
    ("Europe/London", datetime(2026, 12, 1, 12, tzinfo=UTC), timedelta(0)),
    ("Asia/Kolkata", datetime(2026, 7, 1, 12, tzinfo=UTC), timedelta(hours=5, minutes=30)),
    ("Pacific/Auckland", datetime(2026, 12, 1, 12, tzinfo=UTC), timedelta(hours=13)),
)
"""Places and moments whose distance from UTC is known; wrong zone data fails at one of them."""

SKEW = timedelta(seconds=30)
"""Slack refuses to be answered, and we refuse Slack, when clocks are five minutes apart; be told long before."""


def python() -> Finding:
    """Of this process; to mend where it is older than 3.11."""
    running = ".".join(map(str, sys.version_info[:3]))
    if sys.version_info < OLDEST:
        return mend(f"Python {running} is too old. Install 3.11 or newer, then: make clean setup PYTHON=python3.12")
    return well(f"Python {running}")


def zones() -> Finding:
    """Against a few moments whose offset is known; to mend where one is otherwise, or there are no zone data."""
    try:
        wrong = [name for name, when, away in PROBES if when.astimezone(ZoneInfo(name)).utcoffset() != away]
    except ZoneInfoNotFoundError as error:
        return mend(f"Zone data is missing ({error.args[0]}). Install it: pip install --upgrade tzdata")
    if wrong:
        return mend(f"Zone data is wrong for {', '.join(wrong)}. Bring it up to date: pip install --upgrade tzdata")
    return well("Zone data: summer time, winter time and half hours are right")


def clock(whose: str, theirs: datetime, ours: datetime) -> Finding:
    """Compare two readings of the clock, taken at about the same moment."""
    apart = abs(theirs - ours)
    if apart > SKEW:
        direction = "ahead of" if ours > theirs else "behind"
        return mend(
            f"This machine's clock is {round(apart.total_seconds())} seconds {direction} {whose}. "
            "Switch on time synchronisation (NTP), or messages go out at the wrong time."
        )
    return well(f"Clock agrees with {whose}")


def address(url: str) -> Finding | None:
    """A token should not cross a network in the clear."""
    parts = urlsplit(url)
    if parts.scheme == "http" and parts.hostname not in ("127.0.0.1", "localhost", "::1"):
        return note(f"SLACK_API_URL is {url}: tokens go there unencrypted. Use https:// if that server can.")
    return None
