"""Nobody is asked for two things in a week of theirs, over all their groups, whenever each of them was planned."""

from __future__ import annotations

import pytest

from tests.cast import ORGANISATIONS
from tests.stage import Stage
from tests.stories.asking import WISH, jo_asks
from tests.stories.test_asks import carers
from tests.stories.test_second_group import FLOODS, opens_set_up

__all__ = ["carers"]

SANDBAGS = "somebody with a machine for sandbags"


@pytest.fixture
async def floods(carers: Stage) -> Stage:
    """Amir is in a second group too, with Wei, and has a machine for sandbags. Jo asks on Friday afternoon."""
    await opens_set_up(carers, "Wei")
    await carers.speak_for("Wei", ORGANISATIONS["Wei"])
    assert await carers.send("Wei", FLOODS | {"Next meeting": "2026-12-16"}) is None
    amir = carers.person("Amir")
    await amir.press(next(one for one in carers.posts("general") if "[Join]" in carers.shown(one)), "Join")
    await carers.speak_for("Amir", ORGANISATIONS["Amir"])
    assert await carers.send("Amir", {}) is None
    await amir.command("/commit", "Our machine for sandbags stands in Dock Street", "general")
    assert await carers.send("Amir", {}) is None
    await carers.at("2026-11-27 17:30")
    await jo_asks(carers)
    return carers


def puts(stage: Stage) -> list[str]:
    """What was put to Amir, by letters and with check-ins."""
    shown = [stage.shown(one) for one in stage.dms("Amir")]
    return [text for text in shown if "Might that be you?" in text or "Might you be able to help?" in text]


async def test_what_was_planned_last_week_and_what_is_planned_in_this_are_not_both_put_to_amir(
    floods: Stage,
) -> None:
    await floods.at("2026-11-30 08:10")
    await floods.person("Wei").command("/between", f"ask {SANDBAGS}", "general")
    assert await floods.send("Wei", {}) is None
    await floods.at("2026-12-04 18:00")
    assert len(puts(floods)) == 1
    assert SANDBAGS in puts(floods)[0]
    await floods.at("2026-12-09 10:00")
    assert len(puts(floods)) == 2
    assert WISH in puts(floods)[1], "it waited for the next week, and rides on the check-in then"


async def test_nor_are_an_ask_and_what_somebody_else_is_stuck_with(floods: Stage) -> None:
    await floods.at("2026-11-30 08:10")
    wei = floods.person("Wei")
    await wei.command("/commit", "Find a machine for sandbags", "general")
    assert await floods.send("Wei", {}) is None
    await wei.press(floods.dms("Wei")[-1], "More")
    for button in ("See commitments", "Say how it's going"):
        await wei.press_in_modal(button)
    assert await floods.send("Wei", {"It is": "Stuck, want help"}) is None
    await floods.at("2026-12-04 18:00")
    assert len(puts(floods)) == 1
    await floods.at("2026-12-09 10:00")
    assert len(puts(floods)) == 2
