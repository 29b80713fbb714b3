"""Of what somebody is found: what they shared and still let stand; and who may be found."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

import bot
from bot.domain.commitments import FirstStep, State, make
from bot.domain.matching import (
    Ask,
    Candidate,
    Offer,
    PastHelp,
    Source,
    candidates,
    match,
    standing_words,
)
from bot.domain.plate import Answer, Audience, Plate
from bot.domain.snapshot import GroupSnapshot
from tests.domain.matched import (
    NOW,
)
from tests.domain.young_carers import at, group, leader, person

# What stands


def plate(id_: str, audience: Audience = Audience.GROUP, **more: str) -> Plate:
    lanes = {lane: Answer(text=text, audience=audience) for lane, text in more.items()}
    return Plate(person_id=id_, round="2026-W48", **lanes)


COMMITMENT = replace(
    make(id="c1", by="jo", what="Ring wards", part="The list", first_step=FirstStep(), benefit="", now=NOW),
    tenders=("jo", "amir"),
    helpers=("wei",),
)


def snapshot(**more: Any) -> GroupSnapshot:
    ids = ("jo", "amir", "wei")
    return GroupSnapshot(
        **{
            "group": group(),
            "leaders": {id_: leader(id_) for id_ in ids},
            "people": {id_: person(id_) for id_ in ids},
        }
        | more
    )


def test_standing_words__plates_for_the_group_open_commitments_offers_and_past_help() -> None:
    one = snapshot(plates={"amir": plate("amir", organisation="Beds", me="Rest")}, commitments={"c1": COMMITMENT})
    offers = [
        Offer(id="o1", person_id="wei", words="A room", shown=True),
        Offer(id="o2", person_id="wei", words="A van", shown=False),
    ]
    past = [PastHelp(id="h1", person_id="amir", words="A rota")]
    got = standing_words(one, offers, past)
    assert {(each.person_id, each.source, each.record_id, each.words) for each in got} == {
        ("amir", Source.PLATE, "2026-W48.organisation", "Beds"),
        ("amir", Source.PLATE, "2026-W48.me", "Rest"),
        ("jo", Source.COMMITMENT, "c1", "Ring wards"),
        ("jo", Source.COMMITMENT, "c1", "The list"),
        ("amir", Source.COMMITMENT, "c1", "Ring wards"),
        ("wei", Source.CAN_HELP, "c1", "Ring wards"),
        ("wei", Source.OFFER, "o1", "A room"),
        ("wei", Source.UNQUOTED_OFFER, "o2", "A van"),
        ("amir", Source.PAST_HELP, "h1", "A rota"),
    }


def test_standing_words__an_earlier_round_counts_as_far_as_it_was_for_the_group() -> None:
    earlier = [plate("amir", me="Beds"), plate("wei", Audience.ME, me="Rest")]
    assert [one.words for one in standing_words(snapshot(), earlier=earlier)] == ["Beds"]


@pytest.mark.parametrize("state", [State.DONE, State.LET_GO])
def test_standing_words__what_ended_stands_no_more(state: State) -> None:
    assert standing_words(snapshot(commitments={"c1": replace(COMMITMENT, state=state)})) == ()


def test_standing_words__of_who_left_none() -> None:
    leaders = {"jo": leader("jo"), "amir": leader("amir", left_at=NOW)}
    one = snapshot(leaders=leaders, plates={"amir": plate("amir", me="Beds")})
    assert standing_words(one, [Offer(id="o", person_id="amir", words="A van", shown=True)]) == ()


def test_standing_words__nothing_else_makes_words_that_may_be_matched() -> None:
    """So that no plate's *just me* words can be passed by another way."""
    root = Path(bot.__file__ or "").parent.parent
    sources = [path for folder in ("bot", "handlers", "scheduler") for path in (root / folder).rglob("*.py")]
    makers = [path.name for path in sources if "StandingWords(" in path.read_text("utf-8")]
    assert makers == ["matching.py"]


@given(st.text(min_size=1, max_size=80), st.sampled_from(["organisation", "me", "question"]), st.booleans())
@settings(deadline=None)
def test_a_just_me_word_makes_no_difference_to_anything(secret: str, lane: str, pulled: bool) -> None:
    ask = Ask(id="a1", by="jo", words=f"{secret} beds")
    shared = plate("wei", organisation="Beds")
    hidden = plate("amir", Audience.ME, **{lane: secret})
    if pulled:
        answer = Answer(text=secret, audience=Audience.ME, pulled_back=True)
        hidden = replace(hidden, **{lane: answer})
    without, with_it = snapshot(plates={"wei": shared}), snapshot(plates={"wei": shared, "amir": hidden})
    assert standing_words(with_it) == standing_words(without)
    results = [[*match(ask, "T", standing_words(one), candidates(one, NOW), NOW)] for one in (without, with_it)]
    assert results[0] == results[1]


@pytest.mark.parametrize(
    "gone",
    [
        {"leaders": {"amir": leader("amir", quiet=True)}},
        {"leaders": {"amir": leader("amir", paused_until=date(2026, 11, 24))}},
        {"leaders": {"amir": leader("amir", left_at=NOW)}},
        {"people": {"amir": person("amir", away_until=date(2026, 11, 24))}},
    ],
)
def test_candidates__nobody_away_paused_quiet_or_gone(gone: dict[str, Any]) -> None:
    here = snapshot(**{"leaders": {"amir": leader("amir")}, "people": {"amir": person("amir")}} | gone)
    assert candidates(here, NOW) == ()


def test_candidates__who_is_back_today_by_their_own_clock() -> None:
    people = {"amir": person("amir", zone="Asia/Kolkata", away_until=date(2026, 11, 24))}
    here = snapshot(leaders={"amir": leader("amir")}, people=people)
    assert candidates(here, at("2026-11-23", "18:00")) == ()
    [amir] = candidates(here, at("2026-11-23", "19:00"), excluded={"amir"}, asked_at={"amir": NOW})
    assert amir == Candidate(person_id="amir", organisation="The Trust", asked_at=NOW, excluded=True)
