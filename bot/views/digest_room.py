"""How many words a digest has, and what there is room for."""

from __future__ import annotations

from collections.abc import Iterator

from bot.ports.blocks import Block
from bot.views.words import contained, cut

LONGEST_WORD = 20
"""Letters of what counts as one word: more count as several, since not every script parts words with spaces. So
its most words bound the letters too, far inside `blocks.MOST_IN_BLOCKS`."""


def within(text: str, most: int) -> str:
    """So many words of it, and no more letters than so many words have. Its last whole sentence is the end of it,
    where that is not too little: half of the next says nothing."""
    words, most = contained(text).split(), max(3, most)
    shown = " ".join(words[:most])
    if len(words) > most:
        ends = [n for n, word in enumerate(words[:most], 1) if word.endswith((".", "?", "!")) and 2 * n >= most]
        shown = f"{' '.join(words[: ends[-1] if ends else most]).rstrip('.,;:')}…"
    return cut(shown, most * LONGEST_WORD)


def count_words(parts: list[Block]) -> int:
    """Of all texts in them, buttons too."""
    return words_in(" ".join(_texts(parts)))


def words_in(text: str) -> int:
    """By its spaces or by its letters, whichever is more."""
    return max(len(text.split()), len(text) // LONGEST_WORD)


def _texts(found: object) -> Iterator[str]:
    """Every text in blocks, at whatever depth."""
    if isinstance(found, dict):
        if isinstance(found.get("text"), str):
            yield found["text"]
        found = list(found.values())
    if isinstance(found, list):
        for each in found:
            yield from _texts(each)
