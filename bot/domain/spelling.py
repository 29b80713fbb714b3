"""Spelling: what somebody typed, tidied, and the names it comes closest to."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Mapping


def tidy(typed: str) -> str:
    """One line in lower case without accents, marks that can't be seen, or spaces at the ends."""
    plain = unicodedata.normalize("NFKD", typed[:500])
    letters = (" " if char.isspace() else char for char in plain if seen(char))
    return " ".join("".join(letters).casefold().split())


def seen(char: str) -> bool:
    """Whether a character can be seen by itself, or is a space."""
    return char.isspace() or not (unicodedata.combining(char) or unicodedata.category(char).startswith("C"))


def nearest(typed: str, names: Mapping[str, str], most: int = 3) -> tuple[str, ...]:
    """What the spellings nearest to `typed` stand for, nearest first. `names`: tidy spelling → what it means."""
    close = difflib.get_close_matches(typed[:60], names, n=most * 3, cutoff=0.75)
    return tuple(dict.fromkeys(names[spelling] for spelling in close))[:most]
