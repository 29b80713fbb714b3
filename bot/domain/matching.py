"""Matching: who may have what somebody asks for, and which of their own standing words say so.

It rests on what the group may read already, and on offers. `docs/matching.md` says the rule in plain words.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from math import fsum, log

import msgspec

from bot.domain.checkins import back_on
from bot.domain.commitments import Commitment
from bot.domain.hours import hours_known, to_local
from bot.domain.plate import Plate, shared
from bot.domain.snapshot import GroupSnapshot
from bot.domain.terms import InCommon, Term, in_common, of_topic, terms, without_names

LATELY = timedelta(weeks=8)
"""Who was asked or introduced within it goes last."""

WORTH_ASKING = 0.15
"""Nobody is asked whose words come to less than this share of the best in the group."""

WORTH_CALLING = 0.25
"""The same for what somebody is stuck with: it is said in more words, of which some are in common by chance, and
who is called for it is asked nothing else that week."""

MOST_REASONS = 3


class Source(StrEnum):
    """What words somebody lets stand. The value is stored."""

    OFFER = "offer"
    UNQUOTED_OFFER = "unquoted_offer"
    """An offer *only to be matched*."""
    PAST_HELP = "past_help"
    CAN_HELP = "can_help"
    """Said of somebody else's commitment."""
    COMMITMENT = "commitment"
    PLATE = "plate"


WEIGHT: Mapping[Source, float] = {
    Source.OFFER: 2.0,
    Source.UNQUOTED_OFFER: 2.0,
    Source.PAST_HELP: 1.5,
    Source.CAN_HELP: 1.5,
    Source.COMMITMENT: 1.0,
    Source.PLATE: 1.0,
}

NEAR_OFFER = 1.5
"""What an offer weighs at most, that has words of the same topic in common and no others."""


class Ask(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    by: str
    words: str


class Offer(msgspec.Struct, frozen=True, kw_only=True):
    """`shown`: for everyone to see. Else only to be matched, and never quoted."""

    id: str
    person_id: str
    words: str
    shown: bool


class PastHelp(msgspec.Struct, frozen=True, kw_only=True):
    """Something that `person_id` helped somebody with, in words the group may read."""

    id: str
    person_id: str
    words: str


class StandingWords(msgspec.Struct, frozen=True, kw_only=True):
    """Words of one record that may be matched. Made by `standing_words` alone, so that none are *just me*."""

    person_id: str
    source: Source
    record_id: str
    words: str


class Candidate(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who may be asked now. `asked_at`: when they were last asked or introduced, in whichever ask.
    `excluded`: one of the two wishes not to be put together with the other."""

    person_id: str
    organisation: str
    asked_at: datetime | None = None
    excluded: bool = False


class Reason(msgspec.Struct, frozen=True, kw_only=True):
    """Standing words that a match rests on. `quote`: the sentence of them that comes nearest; empty where they
    are never quoted."""

    source: Source
    record_id: str
    quote: str = ""


class Match(msgspec.Struct, frozen=True, kw_only=True):
    """`reasons`: at least one, the strongest first. `excluded`: they are not asked, and take a place as if they
    were."""

    person_id: str
    reasons: tuple[Reason, ...]
    excluded: bool = False


def standing_words(
    snapshot: GroupSnapshot,
    offers: Iterable[Offer] = (),
    past_help: Iterable[PastHelp] = (),
    earlier: Iterable[Plate] = (),
) -> tuple[StandingWords, ...]:
    """What those in the group let stand, of the snapshot's plates and commitments and of what is passed. `earlier`:
    plates of other rounds than the snapshot's."""
    found = [
        _words(plate.person_id, Source.PLATE, f"{plate.round}.{lane}", answer.text)
        for plate in (*snapshot.plates.values(), *earlier)
        for lane, answer in shared(plate).items()
    ]
    found += [words for one in snapshot.commitments.values() for words in _of_commitment(one)]
    found += [
        _words(one.person_id, Source.OFFER if one.shown else Source.UNQUOTED_OFFER, one.id, one.words)
        for one in offers
    ]
    found += [_words(one.person_id, Source.PAST_HELP, one.id, one.words) for one in past_help]
    here = snapshot.active()
    return tuple(one for one in found if one.words and one.person_id in here)


def _of_commitment(commitment: Commitment) -> Iterator[StandingWords]:
    """Everybody who tends it has its words; its maker's part is their own."""
    if not commitment.state.open:
        return
    for id_ in commitment.tenders:
        yield _words(id_, Source.COMMITMENT, commitment.id, commitment.what)
    if commitment.made_by in commitment.tenders:
        yield _words(commitment.made_by, Source.COMMITMENT, commitment.id, commitment.part)
    for id_ in commitment.helpers:
        yield _words(id_, Source.CAN_HELP, commitment.id, commitment.what)


def _words(person_id: str, source: Source, record_id: str, words: str) -> StandingWords:
    return StandingWords(person_id=person_id, source=source, record_id=record_id, words=words)


def candidates(
    snapshot: GroupSnapshot,
    now: datetime,
    *,
    excluded: Collection[str] = (),
    asked_at: Mapping[str, datetime] | None = None,
) -> tuple[Candidate, ...]:
    """Everybody in the group who may be asked: nobody away, paused or quiet, nor absent from the channel, nor whose
    zone or nation is not known to us."""
    return tuple(
        Candidate(
            person_id=id_,
            organisation=leader.organisation,
            asked_at=(asked_at or {}).get(id_),
            excluded=id_ in excluded,
        )
        for id_, leader in snapshot.active().items()
        if not leader.quiet
        and hours_known(snapshot.people[id_].zone, snapshot.people[id_].nation, now)
        and to_local(now, snapshot.people[id_].zone).date() >= back_on(snapshot.people[id_], leader)
    )


def match(
    ask: Ask,
    organisation: str,
    standing: Iterable[StandingWords],
    people: Iterable[Candidate],
    now: datetime,
    *,
    names: Iterable[str] = (),
    worth: float = WORTH_ASKING,
) -> Iterator[Match]:
    """Who may have it, in the order to ask them, whatever the order of what is passed; each explained as they are
    taken, since of many few are asked. `organisation`: the asker's. `names`: what is no word in common
    (`names_in`). `worth`: the least share of the best that is asked.

    Before everything else whoever was not asked lately, then whoever is of another organisation, then whose words
    have more in common with the ask. Of equals chance decides, the same each time for one ask.
    """
    unnamed = without_names(names)
    wanted = sorted({*terms(unnamed(ask.words))})
    common = in_common(wanted, unnamed)
    found: dict[str, list[_Text]] = defaultdict(list)  # nobody who has words is left out
    for words in standing:
        found[words.person_id].append((words, common(words.words)))
    rarity = _rarity(found)
    scores = {id_: _score(wanted, texts, rarity) for id_, texts in found.items()}
    least = worth * max((score for id_, score in scores.items() if id_ != ask.by), default=0.0)
    near = [one for one in people if one.person_id != ask.by and 0 < scores.get(one.person_id, 0.0) >= least]

    def place(one: Candidate) -> tuple[bool, bool, float, str]:
        lately = one.asked_at is not None and one.asked_at > now - LATELY
        own = one.organisation == organisation != ""  # who speaks for none is not of one's own
        return lately, own, -scores[one.person_id], sha256(f"{ask.id}.{one.person_id}".encode()).hexdigest()

    for one in sorted(near, key=place):
        reasons = _reasons(wanted, found[one.person_id], rarity, common)
        yield Match(person_id=one.person_id, reasons=reasons, excluded=one.excluded)


_Text = tuple[StandingWords, set[str]]
"""With what it has in common with the ask."""


def _rarity(found: Mapping[str, list[_Text]]) -> dict[str, float]:
    """What a word counts: much where few in the group have it, next to nothing where all do."""
    having: dict[str, int] = defaultdict(int)
    for texts in found.values():
        for one in set[str]().union(*(common for _, common in texts)):
            having[one] += 1
    return {one: log((len(found) + 1) / number) for one, number in having.items()}


def _score(wanted: Sequence[Term], texts: Iterable[_Text], rarity: Mapping[str, float]) -> float:
    """Each term of the ask counts once, in the text where it counts most. The sum is exact, whatever the order."""
    # an offer of something that only belongs with it outweighs less: it is not what was asked for
    weighed = [
        (min(WEIGHT[one.source], NEAR_OFFER) if all(map(of_topic, common)) else WEIGHT[one.source], common)
        for one, common in texts
    ]
    return fsum(max(weight * _count(term, common, rarity) for weight, common in weighed) for term in wanted)


def _count(term: Term, common: Collection[str], rarity: Mapping[str, float]) -> float:
    return max((share * rarity[one] for one, share in term.each() if one in common), default=0.0)


def _reasons(
    wanted: Sequence[Term], texts: Iterable[_Text], rarity: Mapping[str, float], common: InCommon
) -> tuple[Reason, ...]:
    weighed = [(_score(wanted, [(one, common)], rarity), one) for one, common in texts]
    most = max(score for score, _ in weighed)
    strong = [(score, one) for score, one in weighed if score > 0 and score >= WORTH_ASKING * most]
    strong.sort(key=lambda pair: (-pair[0], pair[1].source, pair[1].record_id, pair[1].words))
    found = []
    for _, one in strong[:MOST_REASONS]:
        quote = "" if one.source is Source.UNQUOTED_OFFER else _nearest(wanted, one.words, rarity, common)
        found.append(Reason(source=one.source, record_id=one.record_id, quote=quote))
    return tuple(found)


_SENTENCE = re.compile(r"(?<=[.!?…])\s+|\s*\n\s*")


def _nearest(wanted: Sequence[Term], words: str, rarity: Mapping[str, float], common: InCommon) -> str:
    """The sentence that has most in common with the ask; of equals the first."""
    sentences = [sentence for sentence in _SENTENCE.split(words.strip()) if sentence]
    known = [(sentence, common(sentence) & rarity.keys()) for sentence in sentences]
    return max(known, key=lambda pair: fsum(_count(term, pair[1], rarity) for term in wanted))[0]


def names_in(snapshot: GroupSnapshot) -> tuple[str, ...]:
    """Its organisations' and leaders', also of who left. Not the group's own: it is often what all speak of, and so
    counts next to nothing already."""
    people = [person.name for person in snapshot.people.values()]
    organisations = [leader.organisation for leader in snapshot.leaders.values()]
    return tuple({*organisations, *people, *(word for name in people for word in name.split())})


def nearest(wish: str, words: str) -> str:
    """The sentence of words that were found for a wish which still comes nearest to it; of equals the first. Empty
    where none does: they were changed since."""
    wanted = sorted({*terms(wish)})
    alike = {one: 1.0 for term in wanted for one, _ in term.each()}
    common = in_common(wanted)
    return _nearest(wanted, words, alike, common) if common(words) else ""
