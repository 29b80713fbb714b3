"""The watch over every story sees what breaks a promise."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from tests.promises import watch
from tests.promises.watch import Shown
from tests.stage import Stage

BUTTONS = {"type": "actions", "elements": [{"type": "button"}] * 6}
GOOD = Shown(
    at=datetime(2026, 11, 25, 9, 0, tzinfo=UTC),
    to="U0JO",
    kind="dm",
    text="Morning Jo. We meet Thursday.",
    blocks=(),
    screen="Morning Jo. We meet Thursday.\n[Answer] [Skip this one]",
)


def test_it_finds_nothing_wrong_with_a_good_one() -> None:
    watch.well_worded(GOOD)
    watch.well_drawn(GOOD)
    watch.short_and_skippable(GOOD)


@pytest.mark.parametrize("said", ["Well done!", "Your report, please.", "We meet at 14:00.", "80 % have responded"])
def test_it_reads_every_word(said: str) -> None:
    with pytest.raises(AssertionError):
        watch.well_worded(replace(GOOD, screen=said))


@pytest.mark.parametrize(
    "said", ["We meet at 14:00 GMT.", "every Monday at 14:00, London time.", "at 09:00 your time"]
)
def test_it_takes_a_time_with_its_zone(said: str) -> None:
    watch.well_worded(replace(GOOD, screen=said))


def test_it_counts_buttons_and_letters_and_looks_for_skip() -> None:
    for broken in (replace(GOOD, text="x" * 201), replace(GOOD, screen="[Answer]")):
        with pytest.raises(AssertionError):
            watch.short_and_skippable(broken)
    with pytest.raises(AssertionError):
        watch.well_drawn(replace(GOOD, blocks=(BUTTONS,)))


async def test_it_knows_when_jo_may_be_written_to(stage: Stage) -> None:
    world = stage.pg.world
    watch.in_their_hours(world, GOOD)
    for day, hour in ((25, 7), (25, 18), (28, 9)):
        with pytest.raises(AssertionError):
            watch.in_their_hours(world, replace(GOOD, at=datetime(2026, 11, day, hour, 0, tzinfo=UTC)))
    with pytest.raises(AssertionError):
        watch.in_their_hours(world, replace(GOOD, at=datetime(2026, 12, 25, 9, 0, tzinfo=UTC)))


async def test_it_counts_each_week_and_asks_for_consent(stage: Stage) -> None:
    world = stage.pg.world
    watch.few(world, [GOOD, GOOD])
    with pytest.raises(AssertionError):
        watch.few(world, [GOOD, GOOD, GOOD])
    with pytest.raises(AssertionError, match="never joined"):
        watch.consented(world, [GOOD])
    await stage.gather("Jo")
    watch.consented(world, [GOOD])
    await stage.at("2026-11-24 09:00")
    await stage.person("Jo").press(stage.dms("Jo")[0], "Leave")
    with pytest.raises(AssertionError, match="has left"):
        watch.consented(world, [GOOD])


async def test_it_knows_that_jo_is_away(stage: Stage) -> None:
    await stage.gather("Jo")
    await stage.press("Jo", "More")
    await stage.person("Jo").press_in_modal("I'm away until…")
    await stage.send("Jo", {"Back on": "2026-11-26"})
    with pytest.raises(AssertionError):
        watch.in_their_hours(stage.pg.world, GOOD)
    watch.in_their_hours(stage.pg.world, replace(GOOD, at=datetime(2026, 11, 26, 9, 0, tzinfo=UTC)))
