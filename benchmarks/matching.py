"""How well asks find people, and how fast: `python -m benchmarks.matching`. Prints JSON.

The cases are asks of invented groups, with who is right for each, chosen by a person who had not seen the rule. An
ask is found where somebody right is among the first three. `plain`: words in common as they are written, the too
common left out, in plates and commitments alone. Speed: one ask in a group of two hundred with three texts each,
and why for the first three;
milliseconds of this process's processor time, `first` before any word's stem is known.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from random import Random
from typing import NamedTuple

import msgspec

from benchmarks.report import medians, told
from bot.domain.common_words import COMMON
from bot.domain.matching import Ask, Candidate, Source, StandingWords, match
from bot.domain.terms import stem

CASES = Path(__file__).parent.parent / "tests/matching"
FIRST_TWO, FOUR_MORE = CASES / "cases.json", CASES / "four_people.json"
"""By two people, after each of whom the lexicon was made wider; and by four others, before whom the lists were made
whose authors saw none of it."""
NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)
FIRST = 3
LEADERS = 200


class CaseOffer(msgspec.Struct, frozen=True):
    words: str
    shown: bool


class CasePerson(msgspec.Struct, frozen=True):
    id: str
    name: str
    organisation: str
    plates: list[str]
    commitments: list[str]
    offers: list[CaseOffer]


class CaseAsk(msgspec.Struct, frozen=True):
    by: str
    words: str
    right: list[str]


class CaseGroup(msgspec.Struct, frozen=True):
    theme: str
    people: list[CasePerson]
    asks: list[CaseAsk]


class Cases(msgspec.Struct, frozen=True):
    groups: list[CaseGroup]


class Found(NamedTuple):
    """`first`: the ids of the first three."""

    theme: str
    ask: CaseAsk
    first: list[str]

    @property
    def right(self) -> bool:
        return bool({*self.first} & {*self.ask.right})


def read(path: Path = FIRST_TWO) -> Cases:
    return msgspec.json.decode(path.read_bytes(), type=Cases)


def ours(group: CaseGroup, ask: CaseAsk) -> list[str]:
    people = [Candidate(person_id=one.id, organisation=one.organisation) for one in group.people]
    standing = [words for one in group.people for words in _standing(one)]
    asked = Ask(id=ask.words, by=ask.by, words=ask.words)
    names = {name for one in group.people for name in _names(one)}
    found = match(asked, _organisation(group, ask), standing, people, NOW, names=names)
    return [one.person_id for one in found]


def _names(one: CasePerson) -> Iterator[str]:
    """As `bot.domain.matching.names_in` has them of a group."""
    yield from (one.organisation, one.name, *one.name.split())


def _standing(one: CasePerson) -> list[StandingWords]:
    offered = {True: Source.OFFER, False: Source.UNQUOTED_OFFER}
    texts = [
        *((Source.PLATE, words) for words in one.plates),
        *((Source.COMMITMENT, words) for words in one.commitments),
        *((offered[offer.shown], offer.words) for offer in one.offers),
    ]
    return [
        StandingWords(person_id=one.id, source=source, record_id=f"{number}", words=words)
        for number, (source, words) in enumerate(texts)
    ]


def plain(group: CaseGroup, ask: CaseAsk) -> list[str]:
    own, wanted = _organisation(group, ask), _plain_words(ask.words)
    scores = {one.id: len(wanted & _plain_words(*one.plates, *one.commitments)) for one in group.people}
    near = [one for one in group.people if one.id != ask.by and scores[one.id]]
    return [one.id for one in sorted(near, key=lambda one: (one.organisation == own, -scores[one.id], one.id))]


def _plain_words(*texts: str) -> set[str]:
    return {word for text in texts for word in re.findall(r"\w+", text.lower())} - {*COMMON.split()}


def _organisation(group: CaseGroup, ask: CaseAsk) -> str:
    return next(one.organisation for one in group.people if one.id == ask.by)


def answers(cases: Cases, rule: str = "ours") -> list[Found]:
    """For every ask that somebody is right for."""
    order = {"ours": ours, "plain": plain}[rule]
    return [
        Found(group.theme, ask, order(group, ask)[:FIRST])
        for group in cases.groups
        for ask in group.asks
        if ask.right
    ]


def share(found: list[Found]) -> float:
    return sum(one.right for one in found) / len(found)


def speed(cases: Cases) -> dict[str, float]:
    """Every sentence of the cases, dealt to two hundred people anew with a word or two from another."""
    dice = Random(7)
    texts = [words for group in cases.groups for one in group.people for words in _standing(one)]
    standing = [
        StandingWords(
            person_id=f"p{number % LEADERS}",
            source=dice.choice(texts).source,
            record_id=f"{number}",
            words=f"{dice.choice(texts).words} {dice.choice(texts).words}",
        )
        for number in range(LEADERS * 3)
    ]
    people = [Candidate(person_id=f"p{n}", organisation=f"o{n % 20}") for n in range(LEADERS)]
    names = [*(f"First{n} Last{n}" for n in range(LEADERS)), *(f"Riverside Trust {n}" for n in range(20))]
    spent: list[float] = []
    stem.cache_clear()
    for group in cases.groups:
        for ask in group.asks:
            began = time.process_time()
            asked = Ask(id=ask.words, by="p0", words=ask.words)
            [*islice(match(asked, "o0", standing, people, NOW, names=names), FIRST)]
            spent.append(round((time.process_time() - began) * 1000, 2))
    return {
        "first": spent[0],
        "characters_a_text": sum(len(one.words) for one in standing) // len(standing),
    } | medians({"median": spent[1:]}, 2)


def main() -> None:
    every = {path.stem: read(path) for path in (FIRST_TWO, FOUR_MORE)}
    told(
        "matching",
        asks={name: len(answers(cases)) for name, cases in every.items()},
        share_with_somebody_right_among_the_first_three={
            name: {rule: round(share(answers(cases, rule)), 3) for rule in ("ours", "plain")}
            for name, cases in every.items()
        },
        speed=speed(every[FIRST_TWO.stem]),
        missed=[
            f"{one.theme}: {one.ask.words}" for cases in every.values() for one in answers(cases) if not one.right
        ],
        target="80 % found; under 50 ms",
    )


if __name__ == "__main__":
    main()
