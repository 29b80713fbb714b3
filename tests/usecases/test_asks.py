"""One quiet ask open a leader and group, whichever bot is asked, by whatever clock."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.domain.problems import Problem, ProblemCode
from bot.usecases import asks
from bot.usecases.snapshot import require_member
from tests.usecases.conftest import MONDAY, House, who

A_MOMENT = timedelta(milliseconds=5)


async def test_of_two_bots_that_know_nothing_of_each_other_the_second_is_refused(house: House) -> None:
    """Also where its clock is behind, so that its ask seems to be the sooner one."""
    unaware = await require_member(house.deps.store, who("Jo"), house.group_id, asks.NEEDS)
    await asks.add(house.deps, unaware, "a1", "Ladders.", True, MONDAY + A_MOMENT)
    with pytest.raises(Problem, match=ProblemCode.ASKED_QUIETLY_ALREADY):
        await asks.add(house.deps, unaware, "a2", "Chairs.", True, MONDAY)
    assert [*await house.deps.store.asks.all(house.group_id)] == ["a1"]


async def test_one_that_was_taken_back_keeps_no_other_from_being_asked(house: House) -> None:
    jo = await require_member(house.deps.store, who("Jo"), house.group_id, asks.NEEDS)
    await asks.add(house.deps, jo, "a1", "Ladders.", True, MONDAY)
    await asks.add(house.deps, jo, "a1", "Ladders.", True, MONDAY + A_MOMENT)  # the form arrives once more
    jo = await require_member(house.deps.store, who("Jo"), house.group_id, asks.NEEDS | asks.Section.OWN)
    await asks.withdraw(house.deps, jo, "a1", MONDAY + A_MOMENT)
    jo = await require_member(house.deps.store, who("Jo"), house.group_id, asks.NEEDS)
    again = await asks.add(house.deps, jo, "a2", "Chairs.", True, MONDAY + 2 * A_MOMENT)
    assert again.what == "Chairs."


async def test_who_dies_between_the_claim_and_the_ask_keeps_the_next_for_a_moment(house: House) -> None:
    jo = await require_member(house.deps.store, who("Jo"), house.group_id, asks.NEEDS)
    await asks.add(house.deps, jo, "a1", "Ladders.", True, MONDAY)
    await house.deps.store.asks.change(house.group_id, "a1", lambda _: None)
    jo = await require_member(house.deps.store, who("Jo"), house.group_id, asks.NEEDS)
    with pytest.raises(Problem, match=ProblemCode.ASKED_QUIETLY_ALREADY):
        await asks.add(house.deps, jo, "a2", "Chairs.", True, MONDAY + A_MOMENT)
    later = await asks.add(house.deps, jo, "a2", "Chairs.", True, MONDAY + timedelta(minutes=1))
    assert later.what == "Chairs."
