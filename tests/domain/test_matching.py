"""Who may have what somebody asks for: from words the group may read, and from offers; with the reason."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from bot.domain.common_words import COMMON
from bot.domain.lexicon import ALIKE, RELATED, lines
from bot.domain.matching import (
    LATELY,
    Ask,
    Candidate,
    Reason,
    Source,
    StandingWords,
    match,
)
from bot.domain.terms import in_common, phrases, stem, terms, without_names
from tests.domain.matched import (
    AMIR,
    CALL_OUTS,
    IDS,
    NOW,
    PEOPLE,
    STANDING,
    TOPICS,
    WEI,
    found,
    matched,
    somebody,
    words,
)


def test_amir_has_cut_call_outs_and_wei_is_moving() -> None:
    assert matched(CALL_OUTS, [WEI, AMIR]) == ["amir"]


def test_the_reason_is_the_sentence_that_comes_nearest() -> None:
    amir = words("amir", "A long week. Our call-outs are down again! The rest can wait.\nSee you on Thursday")
    [one] = found(CALL_OUTS, [WEI, amir])
    assert one.reasons == (Reason(source=Source.PLATE, record_id="r-amir", quote="Our call-outs are down again!"),)


def test_an_offer_only_to_be_matched_is_found_and_never_quoted() -> None:
    [one] = found(CALL_OUTS, [WEI, replace(AMIR, source=Source.UNQUOTED_OFFER)])
    assert one.reasons == (Reason(source=Source.UNQUOTED_OFFER, record_id="r-amir"),)


@pytest.mark.parametrize("source", [Source.OFFER, Source.UNQUOTED_OFFER])
def test_an_offer_outweighs_a_plate(source: Source) -> None:
    for id_ in ("a", "z"):
        offer, plate = words(id_, "Repeat callouts", source), words("m", "Repeat callouts")
        assert matched(CALL_OUTS, [plate, offer, WEI]) == [id_, "m"]


def test_another_organisation_goes_before_ones_own() -> None:
    people = [somebody("amir", "Hospitals Trust"), somebody("priya", "Police")]
    priya = words("priya", "call-outs")
    assert matched(CALL_OUTS, [WEI, AMIR, priya], people) == ["priya", "amir"]


def test_who_speaks_for_no_organisation_is_of_no_ones_own() -> None:
    people = [Candidate(person_id="amir", organisation=""), somebody("priya", "Police")]
    ask = Ask(id="a1", by="jo", words=CALL_OUTS)
    standing = [WEI, AMIR, words("priya", "call-outs")]
    assert [one.person_id for one in match(ask, "", standing, people, NOW)] == ["amir", "priya"]


@pytest.mark.parametrize(
    ("ago", "order"), [(timedelta(days=55), ["wei", "amir"]), (LATELY, ["amir", "wei"]), (None, ["amir", "wei"])]
)
def test_who_was_asked_within_eight_weeks_goes_last_also_behind_ones_own(
    ago: timedelta | None, order: list[str]
) -> None:
    people = [somebody("amir", asked_at=ago and NOW - ago), somebody("wei", "Hospitals Trust")]
    assert matched(CALL_OUTS, [words("wei", "call-outs"), AMIR, words("x", "beds")], people) == order


def test_who_asks_is_not_asked() -> None:
    assert matched(CALL_OUTS, [words("jo", "repeat call-outs"), AMIR, WEI]) == ["amir"]


def test_who_is_excluded_has_their_place_in_the_order() -> None:
    both = [words("priya", "call-outs"), AMIR, WEI]
    plain = found(CALL_OUTS, both)
    hidden = found(CALL_OUTS, both, [somebody("amir", excluded=True), somebody("priya"), somebody("wei")])
    assert [one.person_id for one in hidden] == [one.person_id for one in plain] == ["amir", "priya"]
    assert [one.excluded for one in hidden] == [True, False]


def test_a_word_that_few_have_counts_more() -> None:
    standing = [words(f"p{n}", "beds") for n in range(5)] + [words("wei", "hoarding")]
    assert matched("hoarding and beds", standing)[0] == "wei"


def test_nobody_is_asked_for_a_word_that_everybody_uses() -> None:
    standing = [words("amir", "repeat call-outs to care homes"), *(words(f"p{n}", "care homes") for n in range(9))]
    assert matched("Who has cut repeat call-outs to care homes?", standing) == ["amir"]


def test_words_too_common_to_count_find_nobody() -> None:
    assert matched(" ".join(COMMON.split()), [words("amir", " ".join(COMMON.split()))]) == []


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("kids who can’t sleep", "Young people and sleep"),
        ("A & E", "the emergency department"),
        ("homelessness", "people sleeping rough"),
        ("organizing interpreters", "translation, organised"),
        ("callouts", "call-outs"),
        ("a foodbank", "our food banks"),
        ("the handover", "how we hand over"),
        ("Café", "cafes"),
        ("well-being", "mental health"),
    ],
)
def test_the_same_in_other_words(asked: str, said: str) -> None:
    assert matched(asked, [words("wei", said), words("amir", "beds")]) == ["wei"]


def test_the_same_word_goes_before_another_word_for_it() -> None:
    assert matched("kids", [words("a", "children"), words("m", "kids"), words("z", "teenagers")])[0] == "m"


def test_who_comes_first_of_equals_is_not_always_the_same() -> None:
    people = [somebody("amir"), somebody("wei")]
    standing = [words("amir", "beds"), words("wei", "beds")]
    first = {
        next(match(Ask(id=f"a{n}", by="jo", words="beds"), "", standing, people, NOW)).person_id for n in range(20)
    }
    assert first == {"amir", "wei"}


def test_a_word_of_the_same_topic_finds_somebody_and_goes_behind_every_other_word_in_common() -> None:
    people = [words("amir", "We have two big generators"), words("wei", "We can lend the minibus")]
    assert matched("backup power", people) == ["amir"]
    assert matched("backup power or a minibus", people) == ["wei", "amir"]


def test_an_offer_of_something_that_only_belongs_with_it_counts_less_than_twice() -> None:
    offered, helped = words("amir", "Two generators", Source.OFFER), words("wei", "blackout", Source.PAST_HELP)
    people = [somebody("amir"), somebody("wei")]
    first = {
        next(match(Ask(id=f"a{n}", by="jo", words="backup power"), "", [offered, helped], people, NOW)).person_id
        for n in range(20)
    }
    assert first == {"amir", "wei"}, "by chance, as of equals"


@pytest.mark.parametrize(
    ("asked", "said", "left"),
    [
        ("who knows Fire & Rescue", "with FIRE AND RESCUE", ""),
        ("a rescue dog", "Fire &amp; Rescue has a dog", "dog"),
        ("the fire rescue dogs", "a rescue dog", "rescue dog"),
        ("what Amir did", "Amir came", ""),
        ("something amiral", "amiral", "amiral"),
        ("Housing advice", "Housing", "Housing"),
    ],
)
def test_a_name_is_nothing_in_common(asked: str, said: str, left: str) -> None:
    cut = without_names(["Fire & Rescue", "Amir", "Housing", ""])
    assert in_common(terms(cut(asked)))(cut(said)) == in_common(terms(asked))(left)


def test_a_topic_that_everybody_in_the_group_speaks_of_tells_nobody_apart() -> None:
    people = [words("amir", "generators"), words("wei", "blackout"), words("zoe", "mains electricity and beds")]
    assert matched("beds in a power cut", people)[0] == "zoe"


def test_each_topic_names_a_word_once_and_none_that_is_too_common() -> None:
    topics = phrases(RELATED)
    assert len(topics) == len(lines(RELATED)), "each begins with a phrase of its own, by which it is known"
    assert {topic for topic, found in topics.items() if len(found) != len({*found}) or len(found) < 2} == set()
    alone = {phrase[0] for found in topics.values() for phrase in found if len(phrase) == 1}
    assert alone & {stem(word) for word in COMMON.split()} == set()


def test_the_lexicon_has_each_phrase_once_and_none_that_is_too_common() -> None:
    assert len(phrases(ALIKE)) == len(lines(ALIKE))
    lines_of: dict[tuple[str, ...], set[str]] = {}
    for line, every in phrases(ALIKE).items():
        for phrase in every:
            lines_of.setdefault(phrase, set()).add(line)
    assert {phrase: of for phrase, of in lines_of.items() if len(of) > 1} == {}
    common = {word for word in COMMON.split() if any(len(phrase) == 1 and phrase[0] == word for phrase in lines_of)}
    assert common == set()


@given(st.text(max_size=300))
def test_any_text_has_itself_in_common(text: str) -> None:
    assert {term.exact for term in terms(text) if term.exact} <= in_common(terms(text))(text)


@given(STANDING, PEOPLE, TOPICS, st.randoms(use_true_random=False))
@settings(deadline=None)
def test_the_order_is_the_same_however_the_input_is_shuffled(
    standing: list[StandingWords], people: list[Candidate], topic: str, dice: Any
) -> None:
    first = found(f"{topic} and beds", standing, people)
    shuffled, others = [*standing], [*people]
    dice.shuffle(shuffled)
    dice.shuffle(others)
    assert found(f"{topic} and beds", shuffled, others) == first


@pytest.mark.slow
@given(STANDING, PEOPLE, TOPICS)
@settings(deadline=None)
def test_lately_asked_go_last_and_ones_own_before_them_and_every_quote_stands(
    standing: list[StandingWords], people: list[Candidate], topic: str
) -> None:
    by_id = {one.person_id: one for one in people}
    result = found(topic, standing, people)
    tiers = []
    for one in result:
        who = by_id[one.person_id]
        lately = who.asked_at is not None and who.asked_at > NOW - LATELY
        tiers.append((lately, who.organisation == "Hospitals Trust"))
        assert one.reasons
        for reason in one.reasons:
            assert (reason.quote == "") is (reason.source is Source.UNQUOTED_OFFER)
            assert any(
                (each.person_id, each.source, each.record_id) == (one.person_id, reason.source, reason.record_id)
                and reason.quote in each.words
                for each in standing
            )
    assert tiers == sorted(tiers)
    assert "jo" not in [one.person_id for one in result]


@given(STANDING, PEOPLE, TOPICS, st.sets(IDS))
@settings(deadline=None)
def test_who_is_away_or_excluded_changes_nothing_for_the_others(
    standing: list[StandingWords], people: list[Candidate], topic: str, away: set[str]
) -> None:
    everybody = [one.person_id for one in found(topic, standing, people)]
    here = found(topic, standing, [one for one in people if one.person_id not in away])
    assert [one.person_id for one in here] == [id_ for id_ in everybody if id_ not in away]
    flipped = found(topic, standing, [replace(one, excluded=not one.excluded) for one in people])
    assert [one.person_id for one in flipped] == everybody
