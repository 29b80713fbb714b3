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


async def sets_up_with_amir(stage: Stage, channel: str, name: str, meets: str) -> None:
    await opens_set_up(stage, name, channel)
    await stage.speak_for(name, ORGANISATIONS[name])
    assert await stage.send(name, FLOODS | {"Next meeting": meets}) is None
    panel = next(one for one in stage.posts(channel) if "[Join]" in stage.shown(one))
    await stage.person("Amir").press(panel, "Join")
    await stage.speak_for("Amir", ORGANISATIONS["Amir"])
    assert await stage.send("Amir", {}) is None


async def has_a_machine(stage: Stage) -> None:
    await stage.person("Amir").command("/commit", "Our machine for sandbags stands in Dock Street", "general")
    assert await stage.send("Amir", {}) is None


@pytest.fixture
async def floods(carers: Stage) -> Stage:
    """Amir is in a second group too, with Wei, and has a machine for sandbags. Jo asks on Friday afternoon."""
    await sets_up_with_amir(carers, "general", "Wei", "2026-12-16")
    await has_a_machine(carers)
    await carers.at("2026-11-27 17:30")
    await jo_asks(carers)
    return carers


def puts(stage: Stage) -> list[str]:
    """What was put to Amir, by letters and with check-ins."""
    shown = [stage.shown(one) for one in stage.dms("Amir")]
    return [text for text in shown if "Might that be you?" in text or "Might you be able to help?" in text]


async def wei_asks(stage: Stage) -> None:
    await stage.person("Wei").command("/between", f"ask {SANDBAGS}", "general")
    assert await stage.send("Wei", {}) is None


@pytest.mark.slow
async def test_what_is_asked_on_friday_afternoon_has_the_next_week_and_what_is_asked_on_monday_waits(
    floods: Stage,
) -> None:
    await floods.at("2026-11-30 08:10")
    await wei_asks(floods)
    await floods.at("2026-12-04 18:00")
    assert len(puts(floods)) == 1
    assert WISH in puts(floods)[0]
    await floods.at("2026-12-18 18:00")
    assert len(puts(floods)) == 2
    assert SANDBAGS in puts(floods)[1]


@pytest.mark.slow
async def test_what_found_no_place_in_a_full_week_comes_before_what_is_asked_in_the_next(carers: Stage) -> None:
    """Amir's two other groups ask him in the first week of December; the one in which Jo asks, a week later."""
    for channel, name, meets in (("general", "Wei", "2026-12-09"), ("evening-discharge", "Priya", "2026-12-08")):
        await sets_up_with_amir(carers, channel, name, meets)
    await has_a_machine(carers)
    await carers.at("2026-12-01 10:00")
    await jo_asks(carers)
    await carers.at("2026-12-07 08:10")
    assert puts(carers) == []
    await wei_asks(carers)
    await carers.at("2026-12-11 18:00")
    assert len(puts(carers)) == 1
    assert WISH in puts(carers)[0]


@pytest.mark.slow
async def test_nor_are_an_ask_and_what_somebody_else_is_stuck_with(floods: Stage) -> None:
    await floods.at("2026-11-30 08:10")
    wei = floods.person("Wei")
    await wei.command("/commit", "Find a machine for sandbags", "general")
    assert await floods.send("Wei", {}) is None
    await wei.press(floods.dms("Wei")[-1], "More")
    for button in ("See commitments", "Say how it's going"):
        await wei.press_in_modal(button)
    assert await floods.send("Wei", {"It is": "Stuck, want help"}) is None
    await floods.at("2026-12-09 10:00")
    assert len(puts(floods)) == 1
    assert WISH in puts(floods)[0]
