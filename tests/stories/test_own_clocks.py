"""Each leader is asked at nine on their own wall, whatever the group's clock says."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.domain.outbox import Kind
from tests.promises.watch import shown
from tests.stage import Stage


def moment(ts: str) -> str:
    return f"{datetime.fromtimestamp(float(ts), UTC):%a %d %b %H:%MZ}"


async def test_nine_o_clock_comes_in_kolkata_first_and_in_new_york_last(stage: Stage) -> None:
    await stage.gather("Priya", "Aoife", "Desmond")
    await stage.at("2026-11-25 18:00")
    asked = {name: moment(stage.dms(name)[-1].ts) for name in ("Priya", "Aoife", "Sam", "Desmond")}
    assert asked == {
        "Priya": "Wed 25 Nov 03:30Z",
        "Aoife": "Wed 25 Nov 09:00Z",
        "Sam": "Wed 25 Nov 09:00Z",
        "Desmond": "Wed 25 Nov 14:00Z",
    }


@pytest.mark.slow
async def test_new_york_changes_its_clock_a_fortnight_before_london(stage: Stage) -> None:
    await stage.at("2027-03-01 09:00")
    await stage.gather("Desmond")
    await stage.at("2027-03-17 18:00")
    asked = {
        name: [
            f"{one.at.astimezone(UTC):%a %d %b %H:%MZ}"
            for one in shown(stage)
            if one.kind == "dm" and one.to == stage.person(name).id and "Two minutes?" in one.text
        ]
        for name in ("Sam", "Desmond")
    }
    assert asked == {
        "Sam": ["Wed 03 Mar 09:00Z", "Wed 17 Mar 09:00Z"],
        "Desmond": ["Wed 03 Mar 14:00Z", "Wed 17 Mar 13:00Z"],
    }


async def test_aoife_keeps_irish_holidays_and_sam_english_ones(stage: Stage) -> None:
    """Monday 3 May 2027 is a holiday in both; Monday 7 June only in Ireland."""
    await stage.at("2027-05-27 09:00")
    await stage.gather("Aoife", **{"Next meeting": "2027-06-10"})
    await stage.at("2027-06-08 18:00")
    went = stage.went
    nudges = {
        name: [moment(m.ts) for m in stage.dms(name) if went[m.ts] is Kind.NUDGE] for name in ("Sam", "Aoife")
    }
    assert nudges == {"Sam": ["Mon 07 Jun 07:00Z"], "Aoife": ["Tue 08 Jun 07:00Z"]}


async def test_home_says_when_the_group_meets_on_desmonds_own_clock_too(stage: Stage) -> None:
    await stage.gather("Desmond")
    for name in ("Sam", "Desmond"):
        await stage.person(name).open_home()
    await stage.settle()
    assert "Next meeting: Monday 30 November at 14:00 GMT (09:00 EST for you)" in stage.home("Desmond")
    assert "for you)" not in stage.home("Sam")
