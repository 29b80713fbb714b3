"""Introductions: once for two and a matter; asked ten days later; counted from three on; and whom not with."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from bot.domain.exclusions import Exclusions, apart_from, exclude, lift
from bot.domain.groups import MessageRef
from bot.domain.hours import to_local
from bot.domain.introduced import talk_matters, tick_matters
from bot.domain.introductions import (
    Introduction,
    Talk,
    Ticked,
    Way,
    Why,
    answer,
    first_allowed,
    introduce,
    introduction_id,
    last_moved,
    opened,
    refused,
    talks,
    told,
)
from bot.domain.matters import MatterCode
from bot.domain.nations import working_day
from bot.domain.problems import Problem
from bot.domain.snapshot import GroupSnapshot
from tests.domain.young_carers import at, group, leader, person

NOW = at("2026-11-30", "10:00")
REF = MessageRef(team_id="T1", channel="G1", ts="1.0")


def made(by: str = "sam", to: str = "jo") -> Introduction:
    return introduce(None, why=Why.HELP, subject="c1", by=by, to=to, now=NOW)


def known(*introductions: Introduction) -> GroupSnapshot:
    names = ("sam", "jo")
    return GroupSnapshot(
        group=group(),
        leaders={name: leader(name) for name in names},
        people={name: person(name) for name in names},
        introductions={one.id: one for one in introductions},
    )


def test_it_is_one_introduction_whoever_of_the_two_asks_and_however_often() -> None:
    assert introduction_id(Why.HELP, "c1", "sam", "jo") == introduction_id(Why.HELP, "c1", "jo", "sam")
    first = made()
    assert introduce(first, why=Why.HELP, subject="c1", by="jo", to="sam", now=NOW + timedelta(days=1)) == first


def test_nobody_is_introduced_to_themselves() -> None:
    with pytest.raises(Problem):
        made("sam", "sam")


def test_opened__noted_again_after_a_death_it_was_when_it_was_first_noted() -> None:
    together = opened(made(), REF, NOW)
    assert opened(together, REF, NOW + timedelta(minutes=1)) == together


def test_what_has_gone_one_way_goes_no_other() -> None:
    together = opened(made(), REF, NOW)
    assert refused(together, NOW, sure=True) == together
    unsure = refused(made(), NOW, sure=False)
    assert (unsure.way, refused(unsure, NOW, sure=True)) == (Way.UNSURE, unsure)


def test_both_are_asked_ten_days_after_both_could_know_until_one_says_they_talked() -> None:
    apart = told(refused(made(), NOW, sure=True), "sam", NOW)
    assert list(talk_matters(known(apart), NOW)) == []
    apart = told(apart, "jo", NOW + timedelta(days=2))
    asked = list(talk_matters(known(apart), NOW))
    assert {one.person_id for one in asked} == {"sam", "jo"}
    assert {(one.code, one.since) for one in asked} == {(MatterCode.TALK, NOW + timedelta(days=12))}
    not_yet = answer(apart, "sam", Talk.NOT_YET, NOW)
    assert [one.person_id for one in talk_matters(known(not_yet), NOW)] == ["jo"]
    assert list(talk_matters(known(answer(not_yet, "jo", Talk.WE_DID, NOW)), NOW)) == []


def test_we_did_stands_whatever_is_said_after_it_and_nobody_else_says_it() -> None:
    did = answer(made(), "jo", Talk.WE_DID, NOW)
    assert answer(did, "jo", Talk.NOT_YET, NOW) == did
    with pytest.raises(Problem):
        answer(made(), "wei", Talk.WE_DID, NOW)


def test_the_group_knows_how_many_talked_from_three_on() -> None:
    did = answer(made(), "jo", Talk.WE_DID, NOW)
    assert talks([did, did, made()]) == 0
    assert talks([did, did, made(), did]) == 3


def test_whoever_has_not_ticked_is_asked_once_the_other_has() -> None:
    ticks = {"sam": Ticked(half_days=("2026-12-01.am", "2026-12-04.pm"), at=NOW)}
    (asked,) = tick_matters(known(replace(opened(made(), REF, NOW), ticks=ticks)), NOW)
    assert (asked.code, asked.person_id, asked.until) == (MatterCode.TWENTY, "jo", NOW + timedelta(days=4))


def test_its_twelve_months_count_from_when_something_last_happened() -> None:
    one = opened(made(), REF, NOW + timedelta(days=1))
    assert last_moved(made()) == NOW
    assert last_moved(one) == NOW + timedelta(days=1)
    assert last_moved(answer(one, "jo", Talk.NOT_YET, NOW + timedelta(days=30))) == NOW + timedelta(days=30)


@given(
    st.sampled_from(["Europe/London", "Asia/Kolkata", "America/New_York", "Asia/Dubai", "Pacific/Auckland"]),
    st.datetimes(at("2026-01-01").replace(tzinfo=None), at("2027-12-31").replace(tzinfo=None)),
)
def test_both_are_written_to_in_hours_of_both_or_not_at_once(zone: str, when: object) -> None:
    moment = when.replace(tzinfo=NOW.tzinfo)  # type: ignore[attr-defined]
    nations = {"Asia/Kolkata": "IN", "America/New_York": "US", "Asia/Dubai": "AE", "Pacific/Auckland": "NZ"}
    pair = [person("sam"), person("jo", zone, nations.get(zone, "GB"))]
    found = first_allowed(pair, group().rhythm, moment)
    if zone == "Pacific/Auckland":
        assert found is None
        return
    assert found is not None
    assert found >= moment
    for who in pair:
        local = to_local(found, who.zone)
        assert 8 <= local.hour < 18
        assert working_day(local.date(), who.nation)


def test_not_with_this_person_holds_for_both_sides_until_it_is_lifted() -> None:
    own = exclude(None, "sam", "jo", NOW)
    assert exclude(own, "sam", "jo", NOW + timedelta(days=1)) == own
    assert apart_from({"sam": own}, "sam") == {"jo"}
    assert apart_from({"sam": own}, "jo") == {"sam"}
    assert apart_from({"sam": own}, "wei") == frozenset()
    lifted = lift(own, "jo")
    assert lifted == Exclusions(person_id="sam")
    assert apart_from({"sam": own if lifted is None else lifted}, "jo") == frozenset()


@pytest.mark.parametrize("unknown", [{"zone": "Mars/Phobos"}, {"nation": "IN-XX"}])
def test_where_ones_hours_are_not_known_there_are_none_that_both_keep(unknown: dict[str, str]) -> None:
    pair = [person(), person("jo", **unknown)]  # type: ignore[arg-type]
    assert first_allowed(pair, group().rhythm, NOW) is None
