"""Reads JSON as Slack does: what apps send is theirs to get wrong, and must never trip the playground.

Besides what is no JSON, it refuses half a surrogate pair (no text can hold it), numbers that are none, and lists
within lists without end.
"""

from typing import Any

import msgspec

DEEPEST = 64
"""Levels of lists and objects. Slack says of no number; the deepest blocks have about a dozen."""


def read(text: str | bytes) -> Any:
    """What the JSON says. Raises ValueError if there is nothing to be read in it."""
    try:
        value = msgspec.json.decode(text)
    except (msgspec.DecodeError, RecursionError, UnicodeError) as error:
        raise ValueError(f"That is no JSON: {error}") from None
    suspect = text if isinstance(text, str) else text.decode()
    if suspect.count("[") + suspect.count("{") > DEEPEST and _too_deep(value):
        raise ValueError(f"That is JSON with more than {DEEPEST} levels.")
    return value


def _too_deep(value: Any) -> bool:
    level = [value]
    for _ in range(DEEPEST):
        level = [
            inner
            for one in level
            for inner in (one.values() if isinstance(one, dict) else one)
            if isinstance(inner, dict | list)
        ]
        if not level:
            return False
    return True
