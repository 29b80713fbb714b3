"""Dates and times as Slack shows them in British English, in the viewer's own zone."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from playground.page.viewer import Viewer

_TOKEN = re.compile(r"\{(\w+)\}")
_HALF_A_YEAR = timedelta(days=183)
_NEAR = {-1: "yesterday", 0: "today", 1: "tomorrow"}
_UNITS = (("year", 31_536_000), ("month", 2_592_000), ("day", 86_400), ("hour", 3_600), ("minute", 60))


def fill(template: str, unix: int, viewer: Viewer) -> str:
    """`{date_short_pretty} at {time}` and its kin, in words. An unknown token stays as it was written."""
    return _TOKEN.sub(lambda m: _token(m[1], unix, viewer) or m[0], template)


def _token(name: str, unix: int, viewer: Viewer) -> str | None:
    when = viewer.local(unix)
    if name == "ago":
        return ago(viewer.now.timestamp() - unix)
    if name == "time":
        return f"{when:%H:%M}"
    if name == "time_secs":
        return f"{when:%H:%M:%S}"
    if name.endswith("_pretty") or name == "date_pretty":
        near = _NEAR.get((when.date() - today(viewer)).days)
        return near or _day(name.removesuffix("_pretty"), when, viewer)
    return _day(name, when, viewer)


def _day(name: str, when: datetime, viewer: Viewer) -> str | None:
    year = "" if abs(when - viewer.now) < _HALF_A_YEAR else f" {when.year}"
    shapes = {
        "date_num": f"{when:%Y-%m-%d}",
        "date_slash": f"{when:%d/%m/%Y}",
        "date": f"{when.day} {when:%B}{year}",
        "date_short": f"{when.day} {when:%b}{year}",
        "date_long": f"{when:%A} {when.day} {when:%B}{year}",
    }
    return shapes.get(name)


def today(viewer: Viewer) -> date:
    """The viewer's own date."""
    return viewer.now.astimezone(viewer.zone).date()


def ago(seconds: float) -> str:
    """`3 minutes ago`, `in 2 days`, `just now`."""
    size = abs(seconds)
    unit, length = next(((u, n) for u, n in _UNITS if size >= n), ("second", 1))
    count = int(size // length)
    if unit == "second" and count < 10:
        return "just now"
    words = f"{count} {unit}{'' if count == 1 else 's'}"
    return f"{words} ago" if seconds > 0 else f"in {words}"


def day_heading(when: datetime, viewer: Viewer) -> str:
    """The line between two days of messages: `Today`, `Yesterday`, `Thursday 19 November`."""
    local = when.astimezone(viewer.zone)
    near = _NEAR.get((local.date() - today(viewer)).days)
    return near.capitalize() if near else f"{local:%A} {local.day} {local:%B}"


def clock_face(when: datetime, viewer: Viewer) -> str:
    """An instant with its zone's name: `Fri 27 Nov 09:00 GMT`."""
    local = when.astimezone(viewer.zone)
    return f"{local:%a} {local.day} {local:%b %H:%M %Z}"
