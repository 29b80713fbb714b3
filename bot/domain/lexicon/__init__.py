"""Words that mean the same in public service, and words that belong together, as data for matching. None of it is
shown to anybody.

`alike.txt`: a line is one meaning, and a phrase stands in one line only. `related.txt`: a line is one topic, and a
phrase may be of several. How a line is used, and when to add one: `docs/matching.md`.
"""

from __future__ import annotations

from importlib.resources import files

ALIKE, RELATED = "alike.txt", "related.txt"


def lines(name: str) -> list[list[str]]:
    """The words and phrases of each line, as they are written; each call reads the file anew."""
    text = files(__package__).joinpath(name).read_text(encoding="utf-8")
    return [[phrase.strip() for phrase in line.split("|")] for line in text.splitlines() if line]
