"""Words that stand, and people, for tests of matching."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from hypothesis import strategies as st

from bot.domain.matching import (
    Ask,
    Candidate,
    Match,
    Source,
    StandingWords,
    match,
)
from tests.domain.young_carers import at

NOW = at("2026-11-23", "10:00")
CALL_OUTS = "Has anybody cut repeat call-outs?"


def words(id_: str, text: str, source: Source = Source.PLATE) -> StandingWords:
    return StandingWords(person_id=id_, source=source, record_id=f"r-{id_}", words=text)


def somebody(id_: str, organisation: str = "", **more: Any) -> Candidate:
    return Candidate(person_id=id_, organisation=organisation or f"{id_}'s own", **more)


def matched(text: str, standing: list[StandingWords], people: list[Candidate] | None = None) -> list[str]:
    return [one.person_id for one in found(text, standing, people)]


def found(text: str, standing: list[StandingWords], people: list[Candidate] | None = None) -> tuple[Match, ...]:
    if people is None:
        people = [somebody(id_) for id_ in dict.fromkeys(one.person_id for one in standing)]
    return tuple(match(Ask(id="a1", by="jo", words=text), "Hospitals Trust", standing, people, NOW))


AMIR = words("amir", "Repeat callouts halved since we knock on doors.")
WEI = words("wei", "Moving house.")
# Whatever the order


TOPICS = st.sampled_from(["beds", "repeat call-outs", "young carers", "kids", "damp homes", "a van", "people"])
IDS = st.sampled_from(["amir", "wei", "priya", "kasia", "jo"])
STANDING = st.lists(
    st.builds(
        StandingWords,
        person_id=IDS,
        source=st.sampled_from(Source),
        record_id=st.sampled_from(["r1", "r2"]),
        words=st.lists(TOPICS, min_size=1, max_size=3).map(". ".join),
    ),
    max_size=12,
)
PEOPLE = st.lists(
    st.builds(
        Candidate,
        person_id=IDS,
        organisation=st.sampled_from(["", "Hospitals Trust", "Police"]),
        asked_at=st.none() | st.integers(0, 100).map(lambda days: NOW - timedelta(days=days)),
        excluded=st.booleans(),
    ),
    unique_by=lambda one: one.person_id,
    max_size=5,
)
