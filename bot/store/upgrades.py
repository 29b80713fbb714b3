"""The way up from older versions of records: plain JSON values in, and out."""

from __future__ import annotations

from typing import Any

Plain = dict[str, Any]

_SETTINGS = ("name", "zone", "nation", "rhythm", "convenor")


def change_without_sentences(change: Plain) -> Plain:
    """Version 1 held what was announced as sentences, and the whole group before and after."""
    replicated = {key: value for key, value in change.items() if key != "sentences"}
    return replicated | {side: {key: change[side][key] for key in _SETTINGS} for side in ("before", "after")}
