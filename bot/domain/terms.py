"""Terms: what a text is about, as words that can be compared with another text's."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from snowballstemmer import stemmer

from bot.domain.common_words import COMMON, PARTICLES
from bot.domain.lexicon import ALIKE

ANOTHER_WORD = 0.75
"""What another word for the same counts, where the same word counts 1."""

IN_PART = 0.5
"""What one word of a phrase counts; and two words side by side, beside what each of them does."""

_LONGEST_WORD = 40
_SHORT = 3
_STEMS_KEPT = 20_000

# an address would match by its parts, which say nothing
_ADDRESS = re.compile(r"\S+://\S+|\S+@\S+")
# A&E, A & E: one word
_AMPERSAND = re.compile(r"\b([a-z]) ?(?:&amp;|&) ?([a-z])\b")
_WORD = re.compile(r"(-?)([^\W_]+(?:&[^\W_]+)*)")
# organize and organise are one stem
_AMERICAN = re.compile(r"(?<=[a-z]{3})iz(?=(?:e|ed|es|er|ers|ing|ation|ations)$)")


class Term(NamedTuple):
    """One thing that a text is about. `meaning` is its line of the lexicon, if it has one; `parts` the single words
    of a phrase; `side_by_side`: two words that may be one, as in *call-outs* and *callouts*."""

    exact: str
    meaning: str = ""
    parts: tuple[str, ...] = ()
    side_by_side: bool = False

    def each(self) -> Iterator[tuple[str, float]]:
        """All that another text may have in common with it, and what that counts."""
        yield self.exact, IN_PART if self.side_by_side else 1.0
        if self.meaning:
            yield self.meaning, ANOTHER_WORD
        for part in self.parts:
            yield part, IN_PART


def terms(text: str) -> list[Term]:
    """In no order that means anything: words alone by their stem, then each two that stand side by side."""
    words = _words(text)
    stems = [stem(word) for _, word in words]
    return [*_alone(stems), *_side_by_side(words, stems)]


def all_in(text: str) -> set[str]:
    """Whatever a term of another text may be found by in this one."""
    return {one for term in terms(text) for one, _ in term.each()}


def stems(text: str) -> list[str]:
    """Of every word, also of those too common to be what a text is about."""
    return [stem(word) for _, word in _words(text)]


def sought(text: str) -> set[str]:
    """The stems of what somebody looks for: without short common words, unless there are no others."""
    every = stems(text)
    return {one for one in every if len(one) > _SHORT or _counts(one)} or {*every}


def _words(text: str) -> list[tuple[bool, str]]:
    """Each with whether a hyphen ties it to the one before."""
    # phones write the hyphen at which no line breaks
    marked = unicodedata.normalize("NFKD", text.replace("\u2011", "-")).casefold()
    plain = marked if marked.isascii() else "".join(c for c in marked if not unicodedata.combining(c))
    plain = _AMPERSAND.sub(r"\1&\2", _ADDRESS.sub(" ", plain))
    return [(hyphen == "-", word[:_LONGEST_WORD]) for hyphen, word in _WORD.findall(plain)]


def _alone(stems: list[str]) -> Iterator[Term]:
    at = 0
    while at < len(stems):
        meaning, length = _phrase(stems, at)
        found = stems[at : at + length]
        if meaning:
            parts = tuple(one for one in found if _counts(one)) if length > 1 else ()
            yield Term(" ".join(found), meaning, parts)
        elif _counts(found[0]):
            yield Term(found[0])
        at += length


def _side_by_side(words: list[tuple[bool, str]], stems: list[str]) -> Iterator[Term]:
    for at in range(1, len(words)):
        tied, word = words[at]
        before, particle = words[at - 1][1], stems[at] in _particles()
        if tied or (particle and _counts(stems[at - 1])):
            yield Term(stem(before + word), side_by_side=True)
        elif _counts(stems[at - 1]) and _counts(stems[at]):
            yield Term(before + stems[at], side_by_side=True)


def _phrase(stems: list[str], at: int) -> tuple[str, int]:
    """The meaning of the longest phrase that begins there, and its length; no meaning and 1 where none does."""
    for phrase, meaning in _lexicon().get(stems[at], ()):
        if tuple(stems[at : at + len(phrase)]) == phrase:
            return meaning, len(phrase)
    return "", 1


@lru_cache(_STEMS_KEPT)
def _counts(stemmed: str) -> bool:
    return len(stemmed) > 1 and not stemmed.isdecimal() and stemmed not in _common()


@lru_cache(_STEMS_KEPT)
def stem(word: str) -> str:
    """Kept for words met again: it takes 20 microseconds. A stemmer holds its word, so each has its own."""
    return str(stemmer("english").stemWord(_AMERICAN.sub("is", word)))


@cache
def _common() -> frozenset[str]:
    return frozenset(stem(word) for word in COMMON.split())


@cache
def _particles() -> frozenset[str]:
    return frozenset(stem(word) for word in [*PARTICLES.split(), *(f"{word}s" for word in PARTICLES.split())])


@cache
def _lexicon() -> dict[str, tuple[tuple[tuple[str, ...], str], ...]]:
    """By a phrase's first stem: the phrases that begin with it and what each means, the longest first."""
    found: dict[str, dict[tuple[str, ...], str]] = {}
    for meaning, phrase in meanings():
        found.setdefault(phrase[0], {}).setdefault(phrase, meaning)
    return {
        first: tuple(sorted(phrases.items(), key=lambda one: (-len(one[0]), one[0])))
        for first, phrases in found.items()
    }


def meanings() -> list[tuple[str, tuple[str, ...]]]:
    """Every phrase of the lexicon as stems, with the name of its line."""
    lines = [line.split("|") for line in re.sub(r"\n +", " ", ALIKE).splitlines() if line]
    return [
        (f"={line[0].strip()}", tuple(stem(word) for _, word in _words(phrase)))
        for line in lines
        for phrase in line
    ]
