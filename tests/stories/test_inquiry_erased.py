"""Whoever answered a question without their name, and is then erased, is not known by what goes with them."""

from __future__ import annotations

import pytest

from tests.stage import Stage
from tests.stories.erasing import erase, everything_in
from tests.stories.inquiring import AFTER, EIGHT, ask, read, thread, write

WEIS, MARGARETS = "Somebody to ring at night.", "Fewer forms for the wards."


@pytest.fixture
async def shown(stage: Stage) -> Stage:
    """Wei, Amir and Aoife answered without their names, Margaret with hers; all of it was shown on Friday."""
    await stage.gather(*EIGHT)
    await stage.at("2026-11-24 09:00")
    await ask(stage)
    await write(stage, "Wei", WEIS, named=False)
    await write(stage, "Amir", "An honest number.", named=False)
    await write(stage, "Aoife", "Time to think.", named=False)
    await write(stage, "Margaret", MARGARETS)
    await stage.at(AFTER)
    assert WEIS in thread(stage)
    return stage


async def sheet(stage: Stage) -> str:
    said = await read(stage, "Jo")
    await stage.person("Jo").close(everything=True)
    return said


@pytest.mark.slow
async def test_it_stays_until_the_coming_digest_and_is_then_kept_nowhere(shown: Stage) -> None:
    await erase(shown, "Wei")
    await shown.at("2026-11-27 18:00")
    assert WEIS in thread(shown)
    assert WEIS in await sheet(shown)
    await shown.at("2026-12-11 12:00")
    assert WEIS not in thread(shown)
    assert "An answer that stood here was withdrawn." in thread(shown)
    assert WEIS not in await sheet(shown)
    assert WEIS not in str(await everything_in(shown.bot.deps.store))


@pytest.mark.slow
async def test_one_with_a_name_goes_at_once(shown: Stage) -> None:
    await erase(shown, "Margaret")
    await shown.at("2026-11-27 18:00")
    assert MARGARETS not in thread(shown)
    assert MARGARETS not in await sheet(shown)


@pytest.mark.slow
async def test_whoever_leaves_it_to_the_group_takes_nothing_out(shown: Stage) -> None:
    await erase(shown, "Wei", left=True)
    await shown.at("2026-12-11 12:00")
    assert WEIS in thread(shown)
    assert WEIS in await sheet(shown)
    assert "withdrawn" not in thread(shown)


@pytest.mark.slow
async def test_once_the_group_has_ended_there_is_no_digest_to_wait_for(shown: Stage) -> None:
    await shown.press_more("Sam", "Look after the group…", "End the group…")
    assert await shown.person("Sam").submit() is None
    await shown.settle()
    await shown.person("Sam").close(everything=True)
    await shown.at("2026-12-05 12:00")
    await erase(shown, "Wei")
    await shown.at("2026-12-05 12:30")
    assert WEIS not in thread(shown)
    assert WEIS not in str(await everything_in(shown.bot.deps.store))
