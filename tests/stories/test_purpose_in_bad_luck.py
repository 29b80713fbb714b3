"""The purpose where a press comes late or twice, two bots tell it, or somebody has left."""

from __future__ import annotations

import pytest

from tests.stage import Stage, also
from tests.stories.purposes import (
    BETTER,
    CAN,
    SENTENCE,
    draft,
    gathered,
    live_with,
    put,
    stored,
    told,
    would_change,
)


@pytest.fixture
async def carers(stage: Stage) -> Stage:
    return await gathered(stage)


async def test_a_second_press_and_a_form_sent_twice_count_once(carers: Stage) -> None:
    await draft(carers)
    await carers.again("Jo")
    assert len([one for one in carers.posts() if SENTENCE in carers.shown(one)]) == 1
    await live_with(carers, "Sam", "Sam")
    await would_change(carers, "Priya", "Shorter.")
    await carers.again("Priya")
    assert len(carers.replies(put(carers))) == 1
    one = (await stored(carers)).under_way
    assert one is not None
    assert (len(one.can_live), len(one.asked)) == (2, 1)


async def test_an_old_press_that_comes_late_changes_nothing(carers: Stage) -> None:
    await draft(carers)
    await live_with(carers, "Sam")
    await carers.at("2026-11-25 15:00")
    await draft(carers, "Jo", BETTER)
    await carers.again("Sam")
    one = (await stored(carers)).under_way
    assert one is not None
    assert len(one.can_live) == 1
    assert "Those words are not under way any more" in carers.notes("Sam")[-1]


@pytest.mark.slow
async def test_who_left_can_press_no_more_and_what_they_would_change_lapses(carers: Stage) -> None:
    await draft(carers)
    await live_with(carers, "Sam", "Amir")
    await would_change(carers, "Priya", "Shorter.")
    await carers.press_more("Priya", "Leave")
    await carers.person("Priya").press(put(carers), CAN)
    await carers.settle()
    one = (await stored(carers)).under_way
    assert one is not None
    assert len(one.can_live) == 3
    await carers.at("2026-12-01 10:05")
    assert len(told(carers)) == 1


async def test_somebody_who_never_joined_is_offered_to_and_counts_for_nothing(carers: Stage) -> None:
    await draft(carers)
    await carers.person("Wei").press(put(carers), CAN)
    await carers.settle()
    assert "Join" in carers.modal("Wei")
    one = (await stored(carers)).under_way
    assert one is not None
    assert len(one.can_live) == 1


@pytest.mark.slow
async def test_nobody_is_written_to_of_words_that_are_not_in_the_channel_yet(carers: Stage) -> None:
    await carers.person("Sam").remove_bot("young-carers")
    await carers.settle()
    await draft(carers)
    await carers.at("2026-11-25 12:00")
    assert SENTENCE not in "".join(map(carers.shown, carers.dms("Amir")))
    await carers.person("Sam").invite_bot("young-carers")
    await carers.settle()
    await carers.at("2026-12-09 12:00")
    assert put(carers)
    assert SENTENCE in carers.dm("Amir")


@pytest.mark.slow
async def test_two_bots_tell_it_once(carers: Stage) -> None:
    await draft(carers)
    await live_with(carers, "Sam", "Amir")
    async with also(carers) as other:
        await other.at("2026-12-01 10:05")
        await carers.at("2026-12-01 10:10")
    assert len(told(carers)) == 1
