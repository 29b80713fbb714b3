"""Control characters: in no font do they show, and a NUL ends the text for some who read it later. They are taken
out of what comes in, and out of what goes to Slack: records and Slack's own profiles may hold them too. So JSON is
read and written here, by msgspec where it can."""

from __future__ import annotations

import json
import re
from typing import Any

import msgspec

_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_SPACE = frozenset("\x0b\x0c\x1c\x1d\x1e\x1f\x85")
"""Those that part words or lines; every other draws nothing."""

_ESCAPED = re.compile(r"\\(?:u00(?:0[0-8bcef]|1[0-9a-f]|7f|[89][0-9a-f])|[bf]|.)")
"""Every escape in JSON is matched, so that a backslash of somebody's is never taken for the beginning of one."""

_SUSPECT = (b"\\u00", b"\\b", b"\\f", b"\x7f", b"\xc2")
"""No JSON in UTF-8 bears a control character without one of these."""


def without_controls(text: str) -> str:
    """The same text where it has none, which is nearly always."""
    return _CONTROLS.sub(_instead, text) if _CONTROLS.search(text) else text


def from_json(text: str | bytes) -> Any:
    """As `json.loads`, in half the time. ValueError, RecursionError."""
    try:
        return msgspec.json.decode(text)
    except (msgspec.MsgspecError, UnicodeError):  # half an emoji, or a number too large, which only `json` reads
        return json.loads(text)


def may_hold_controls(written: bytes) -> bool:
    """Whether something in this JSON looks like a control character; seldom, and mostly it is none."""
    return any(sign in written for sign in _SUSPECT)


def as_json(value: Any) -> bytes:
    """UTF-8, without control characters but tabs and line breaks. Found in what was written, since a walk through
    all texts of a digest costs more than the writing; and only where something looks like one, which is seldom."""
    try:
        quickly = msgspec.json.encode(value, enc_hook=_as_text)
    except UnicodeEncodeError:  # half an emoji, which only `json` writes
        return _ESCAPED.sub(_escaped, json.dumps(value)).encode()
    if not may_hold_controls(quickly):
        return quickly
    return _ESCAPED.sub(_escaped, json.dumps(value)).encode()


def _as_text(value: Any) -> str:
    """For texts that say how they are drawn (`bot.views.rich`)."""
    if isinstance(value, str):
        return str(value)
    raise TypeError(f"{type(value).__name__} is no JSON")


def _escaped(escape: re.Match[str]) -> str:
    if len(escape[0]) == 6 or escape[0] in ("\\b", "\\f"):
        return _instead(json.loads(f'"{escape[0]}"'))
    return escape[0]


def _instead(control: re.Match[str] | str) -> str:
    return " " if control[0] in _SPACE else ""
