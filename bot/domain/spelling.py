"""Spelling: what somebody typed, tidied, and the names it comes closest to."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Iterable, Mapping

LONGEST_QUOTE = 40


def tidy(typed: str) -> str:
    """One line in lower case without accents, marks that can't be seen, or spaces at the ends."""
    plain = unicodedata.normalize("NFKD", typed[:500])
    letters = (" " if char.isspace() else char for char in plain if _seen(char))
    return " ".join("".join(letters).casefold().split())


def _seen(char: str) -> bool:
    return char.isspace() or not (unicodedata.combining(char) or unicodedata.category(char).startswith("C"))


def quoted(typed: str) -> str:
    """What was typed, on one line and cut short, in quotation marks."""
    seen = "".join(" " if char.isspace() else char for char in typed[:500] if _seen(char))
    words = " ".join(seen.split())
    return f"“{words[:LONGEST_QUOTE]}…”" if len(words) > LONGEST_QUOTE else f"“{words}”"


def nearest(typed: str, names: Mapping[str, str], most: int = 3) -> tuple[str, ...]:
    """What the spellings nearest to `typed` stand for, nearest first. `names`: tidy spelling → what it means."""
    close = difflib.get_close_matches(typed[:60], names, n=most * 3, cutoff=0.75)
    return tuple(dict.fromkeys(names[spelling] for spelling in close))[:most]


def did_you_mean(start: str, suggestions: Iterable[str], otherwise: str = "") -> str:
    """`start`, then a question with the suggestions, or `otherwise` where there are none."""
    choices = list(suggestions)
    if not choices:
        return f"{start} {otherwise}".strip()
    listed = choices[0] if len(choices) == 1 else f"{', '.join(choices[:-1])} or {choices[-1]}"
    return f"{start} Did you mean {listed}?"
