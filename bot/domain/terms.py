"""Terms: what a text is about, as words that can be compared with another text's."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import cache, lru_cache
from typing import NamedTuple

from snowballstemmer import stemmer

from bot.domain.common_words import COMMON, PARTICLES
from bot.domain.lexicon import ALIKE, RELATED, lines

ANOTHER_WORD = 0.75
"""What another word for the same counts, where the same word counts 1."""

IN_PART = 0.5
"""What one word of a phrase counts; and two words side by side, beside what each of them does."""

RELATED_WORD = 0.35
"""What another word of the same topic counts."""

_Phrases = dict[str, tuple[list[int], dict[tuple[str, ...], list[str]]]]
"""By a phrase's first stem: how long phrases are that begin with it, the longest first, and the lines of each."""


_LONGEST_WORD = 40
_SHORT = 3
_STEMS_KEPT = 20_000

# an address would match by its parts, which say nothing
_ADDRESS = re.compile(r"\S+://\S+|\S+@\S+")
# A&E, A & E: one word
_AMPERSAND = re.compile(r"\b([a-z]) ?(?:&amp;|&) ?([a-z])\b")
_AND = re.compile(r"(?<!\w)(?:\\?&(?:amp;)?|and)(?!\w)")
_PLAIN_WORD = re.compile(r"\w+")
_WORD = re.compile(r"(-?)([^\W_]+(?:&[^\W_]+)*)")
# organize and organise are one stem
_AMERICAN = re.compile(r"(?<=[a-z]{3})iz(?=(?:e|ed|es|er|ers|ing|ation|ations)$)")


class Term(NamedTuple):
    """One thing that a text is about. `meaning` is its line of the lexicon, if it has one; `parts` the single words
    of a phrase; `side_by_side`: two words that may be one, as in *call-outs* and *callouts*. Or, with nothing else,
    the `topics` that a word or phrase is of."""

    exact: str = ""
    meaning: str = ""
    parts: tuple[str, ...] = ()
    side_by_side: bool = False
    topics: tuple[str, ...] = ()

    def each(self) -> Iterator[tuple[str, float]]:
        """All that another text may have in common with it, and what that counts."""
        if self.exact:
            yield self.exact, IN_PART if self.side_by_side else 1.0
        if self.meaning:
            yield self.meaning, ANOTHER_WORD
        for part in self.parts:
            yield part, IN_PART
        for topic in self.topics:
            yield topic, RELATED_WORD


def terms(text: str) -> list[Term]:
    """In no order that means anything: words alone by their stem, then each two that stand side by side, then what
    topics each is of."""
    return [*_terms(text, _topics())]


def of_topic(one: str) -> bool:
    """Whether that is a topic, of all that two texts may have in common."""
    return one.startswith(f"{RELATED}: ")


InCommon = Callable[[str], set[str]]


def in_common(sought: Collection[Term], cut: Callable[[str], str] = str) -> InCommon:
    """What these terms may be found by in any text, as it is once it is `cut`. For many texts: no topics but theirs
    are looked for."""
    asked_for = {one for term in sought for one, _ in term.each()}
    every = phrases(RELATED)
    topics = _by_first_stem({topic: every[topic] for term in sought for topic in term.topics})

    def found(text: str) -> set[str]:
        return {one for term in _terms(cut(text), topics) for one, _ in term.each()} & asked_for

    return found


def names_it(wish: str, words: str) -> bool:
    """Whether a word of the wish itself stands in them, and not another word for it or one of its topic alone."""
    wanted = terms(wish)
    own = {one for term in wanted for one in (term.exact, *term.parts) if one}
    return bool(own & in_common(wanted)(words))


def _terms(text: str, topics: _Phrases) -> Iterator[Term]:
    words = _words(text)
    stems = [stem(word) for _, word in words]
    yield from _alone(stems)
    yield from _side_by_side(words, stems)
    for at, first in enumerate(stems):
        if first in topics and (found := _beginning(stems, at, topics)):
            yield Term(topics=tuple(topic for topic, _ in found))


def stems(text: str) -> list[str]:
    """Of every word, also of those too common to be what a text is about."""
    return [stem(word) for _, word in _words(text)]


def sought(text: str) -> set[str]:
    """The stems of what somebody looks for: without short common words, unless there are no others."""
    every = stems(text)
    return {one for one in every if len(one) > _SHORT or _counts(one)} or {*every}


def without_names(names: Iterable[str]) -> Callable[[str], str]:
    """Cuts these names out of any text: that two speak of one organisation is nothing in common. A name of several
    words goes however it is written, and each word of it nowhere else. One of a single word goes as it is written
    alone, and only where our lists don't know it: *Housing* is a word before it is a name."""
    by_first: dict[str, set[str]] = {}
    for one in names:
        several, alone = len(one.split()) > 1, stem(one.casefold())
        if one.strip() and (several or not (alone in _lexicon() or alone in _topics())):
            exactly = f"(?i:{_AND.sub('(?:&amp;|&|and)', re.escape(one))})" if several else re.escape(one)
            first = next(iter(_PLAIN_WORD.findall(one.casefold())), "")
            by_first.setdefault(first, set()).add(rf"(?<!\w){exactly}(?!\w)")

    def cut(text: str) -> str:
        # few texts hold a name, and a pattern of all of a large group's names takes as long as the matching itself
        firsts = {word.casefold() for word in _PLAIN_WORD.findall(text)} & by_first.keys()
        for pattern in sorted(
            {one for first in firsts for one in by_first[first]}, key=lambda one: (-len(one), one)
        ):
            text = re.sub(pattern, " ", text)
        return text

    return cut


def _words(text: str) -> list[tuple[bool, str]]:
    """Each with whether a hyphen ties it to the one before."""
    # phones write the hyphen at which no line breaks
    marked = unicodedata.normalize("NFKD", text.replace("\u2011", "-")).casefold()
    plain = marked if marked.isascii() else "".join(c for c in marked if not unicodedata.combining(c))
    plain = _AMPERSAND.sub(r"\1&\2", _ADDRESS.sub(" ", plain))
    return [(hyphen == "-", word[:_LONGEST_WORD]) for hyphen, word in _WORD.findall(plain)]


def _alone(stems: list[str]) -> Iterator[Term]:
    at, phrases = 0, _lexicon()
    while at < len(stems):
        meaning, length = next(iter(_beginning(stems, at, phrases)), ("", 1)) if stems[at] in phrases else ("", 1)
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


def _beginning(stems: list[str], at: int, phrases: _Phrases) -> list[tuple[str, int]]:
    """The line of each phrase that begins there, and its length; the longest first. Some phrase begins so: that is
    seen before, since with most words none does."""
    lengths, of = phrases[stems[at]]
    # Looked up, not compared one by one: some hundred phrases begin with "get".
    return [(line, n) for n in lengths for line in of.get(tuple(stems[at : at + n]), ())]


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
def _lexicon() -> _Phrases:
    return _by_first_stem(phrases(ALIKE))


@cache
def _topics() -> _Phrases:
    return _by_first_stem(phrases(RELATED))


def _by_first_stem(every: Mapping[str, Iterable[tuple[str, ...]]]) -> _Phrases:
    found: dict[str, dict[tuple[str, ...], list[str]]] = {}
    for line, of in every.items():
        for phrase in of:
            found.setdefault(phrase[0], {}).setdefault(phrase, []).append(line)
    return {first: (sorted({*map(len, of)}, reverse=True), of) for first, of in found.items()}


@cache
def phrases(name: str) -> dict[str, list[tuple[str, ...]]]:
    """Of each line of that file of the lexicon, by its name, every phrase as its stems."""
    return {
        f"{name}: {line[0]}": [tuple(stem(word) for _, word in _words(phrase)) for phrase in line]
        for line in lines(name)
    }
