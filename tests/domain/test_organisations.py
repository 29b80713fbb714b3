"""Whom a leader speaks for: an entry of the group's list, and what its channel is owed of it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from bot.domain.organisations import (
    MOST_TOLD,
    PAUSE,
    announce_at,
    as_listed,
    draw_post,
    listed,
    put_back,
    speaking_for,
    told,
)
from bot.domain.people import Leader
from bot.domain.problems import Problem, ProblemCode
from bot.domain.snapshot import GroupSnapshot
from tests.domain.young_carers import at, group, leader, person

NINE, TEN = at("2026-11-23", "09:00"), at("2026-11-23", "10:00")


def joined(id_: str, organisation: str, when: datetime = NINE) -> Leader:
    return leader(id_, organisation=organisation, joined_at=when, unannounced_since=when)


def snapshot(*leaders: Leader, told_at: datetime | None = None, **more: Any) -> GroupSnapshot:
    return GroupSnapshot(
        group=replace(group(), organisations_told_at=told_at),
        leaders={one.person_id: one for one in leaders},
        people={one.person_id: person(one.person_id) for one in leaders},
        **more,
    )


SAM = leader("sam", organisation="Council")


def test_listed__those_of_who_left_can_be_chosen_again() -> None:
    gone = leader("jo", organisation="Trust", left_at=NINE)
    assert listed({"sam": SAM, "jo": gone, "wei": leader("wei", organisation="")}) == ["Council", "Trust"]


def test_listed__a_slip_is_mended_by_choosing_again_as_long_as_the_channel_was_not_told() -> None:
    slipped = speaking_for(SAM, "Police", NINE)
    assert listed({"sam": slipped}) == ["Council", "Police"]
    assert as_listed("the council", {"sam": slipped}) == "the council"
    assert as_listed("COUNCIL", {"sam": slipped}) == "Council"
    post = draw_post(snapshot(slipped), "first", TEN)
    assert post
    assert listed({"sam": told(slipped, post.lines[0])}) == ["Police"]


@pytest.mark.parametrize("typed", ["Council", "council", "  C\u043euncil ", "COUNCIL."])
def test_as_listed__however_it_was_typed(typed: str) -> None:
    assert as_listed(typed, {"sam": SAM}) == "Council"


def test_as_listed__a_new_one_is_kept_as_typed() -> None:
    assert as_listed("The Police", {"sam": SAM}) == "The Police"


def test_announce_at__nobody_is_owed_what_was_always_so() -> None:
    assert announce_at(snapshot(SAM), TEN) is None


def test_announce_at__soon_and_then_once_a_day() -> None:
    jo, wei = joined("jo", "Trust"), joined("wei", "Housing", NINE + timedelta(minutes=30))
    assert announce_at(snapshot(SAM, jo, wei), NINE) == NINE + PAUSE
    assert announce_at(snapshot(SAM, wei, told_at=NINE + PAUSE), TEN) == at("2026-11-24", "09:00")
    assert announce_at(snapshot(SAM, wei, told_at=at("2026-11-20")), TEN) == NINE + timedelta(minutes=40)


def test_announce_at__what_could_not_be_told_for_ten_days_asks_for_no_post_and_goes_with_the_next() -> None:
    jo, month_on = joined("jo", "Trust"), NINE + timedelta(days=30)
    assert announce_at(snapshot(SAM, jo), month_on) is None
    both = snapshot(SAM, jo, joined("wei", "Housing", month_on))
    assert announce_at(both, month_on) == month_on + PAUSE
    post = draw_post(both, "first", month_on)
    assert post
    assert [line.person_id for line in post.lines] == ["jo", "wei"]


def test_speaking_for__there_and_back_is_owed_to_nobody() -> None:
    away = speaking_for(SAM, "Police", NINE)
    assert (away.organisation, away.announced, away.unannounced_since) == ("Police", "Council", NINE)
    further = speaking_for(away, "Fire", TEN)
    assert (further.organisation, further.announced, further.unannounced_since) == ("Fire", "Council", NINE)
    back = speaking_for(further, "Council", TEN)
    assert (back.organisation, back.unannounced_since) == ("Council", None)
    assert speaking_for(SAM, "Council", NINE) is SAM


def test_draw_post__who_speaks_for_whom_and_what_is_new() -> None:
    both = snapshot(
        speaking_for(SAM, "Trust", NINE), joined("jo", "Trust", TEN), leader("wei", organisation="Council")
    )
    post = draw_post(both, "first", TEN)
    assert post
    assert [(one.person_id, one.before, one.after, one.new) for one in post.lines] == [
        ("sam", "Council", "Trust", True),
        ("jo", "", "Trust", False),
    ]


def test_draw_post__twenty_at_once_and_the_rest_after_them() -> None:
    many = [joined(f"p{n:02}", "Trust", NINE + timedelta(minutes=n)) for n in range(30)]
    post = draw_post(snapshot(SAM, *many), "first", TEN)
    assert post
    assert len(post.lines) == MOST_TOLD
    rest = [told(one, line) for one, line in zip(many, post.lines, strict=False)] + many[MOST_TOLD:]
    assert announce_at(snapshot(SAM, *rest, told_at=TEN), TEN) == at("2026-11-24", "09:00")


def test_told__what_changed_meanwhile_is_still_owed() -> None:
    away = speaking_for(SAM, "Police", NINE)
    post = draw_post(snapshot(away), "first", TEN)
    assert post
    [line] = post.lines
    assert told(away, line).unannounced_since is None
    further = told(speaking_for(away, "Fire", TEN), line)
    assert (further.organisation, further.announced, further.unannounced_since) == ("Fire", "Police", NINE)
    assert told(further, line) == further, "a second time is as once"


def test_put_back__as_before_and_only_from_what_was_announced() -> None:
    away = speaking_for(SAM, "Police", NINE)
    post = draw_post(snapshot(away), "first", TEN)
    assert post
    [line] = post.lines
    known = told(away, line)
    back = put_back(known, line)
    assert (back.organisation, back.unannounced_since) == ("Council", None)
    with pytest.raises(Problem, match=ProblemCode.CHANGED_SINCE):
        put_back(speaking_for(known, "Fire", TEN), line)
    with pytest.raises(Problem, match=ProblemCode.CHANGED_SINCE):
        put_back(replace(known, left_at=TEN), line)


def test_who_left_before_it_was_told_is_not_announced() -> None:
    assert draw_post(snapshot(SAM, replace(joined("jo", "Trust"), left_at=TEN)), "first", TEN) is None
