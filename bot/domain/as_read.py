"""Whether the words beside a button are still those that somebody read there. A button stands in a message for
long, and what it takes is what its message showed."""

from __future__ import annotations

from hashlib import sha256

from bot.domain.problems import Problem, ProblemCode


def version_of(words: str) -> str:
    """By which a button says which words stand beside it, without holding them."""
    return sha256(words.encode()).hexdigest()[:10]


def must_be_as_read(read: str, words: str) -> None:
    """Raises Problem where other words stood beside the button. `read`: their version; empty on buttons from before
    December 2026, which hold none and are taken at their word."""
    if read and read != version_of(words):
        raise Problem(ProblemCode.WORDS_CHANGED, what=words)
