"""The message after two silent rounds, and what somebody presses before it is noted that it went."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from bot.domain.groups import MessageRef
from bot.domain.outbox import Entry, Kind
from bot.usecases import people
from scheduler import quiet
from tests.members import as_leader
from tests.scheduler.fortnight import ROUND, SAM
from tests.scheduler.postroom import Bot, entry

REF = MessageRef(team_id="T2", channel="D-T2-U-sam", ts="9.0")


@pytest.fixture
async def silent(carers: Bot) -> Bot:
    """Sam has said nothing in two rounds, and this one has opened."""
    await carers.tick()
    await carers.store.leaders.change("g7", "sam", lambda one: one and replace(one, silent_rounds=2))
    return carers


def of_sam(bot: Bot) -> Entry:
    return entry(Kind.QUIET, f"quiet:g7:{ROUND}:sam", bot.clock.now(), person_id="sam", round=ROUND)


async def noted(bot: Bot) -> None:
    await quiet.sent(of_sam(bot), REF, bot.deps, bot.clock.now())


async def pressed(bot: Bot) -> None:
    await people.keep_as_is(bot.deps, await as_leader(bot.deps, SAM, "g7"))


async def silenced(bot: Bot) -> bool:
    leader = await bot.store.leaders.get("g7", "sam")
    assert leader
    assert leader.hushed_round == ROUND
    return leader.quiet


async def test_then_nothing_comes_until_they_do_something(silent: Bot) -> None:
    await noted(silent)
    await noted(silent)
    assert await silenced(silent)


async def test_who_pressed_before_it_was_noted_is_not_silenced(silent: Bot) -> None:
    """Whoever sent it died, and it was noted by another bot when its lease had ended."""
    await pressed(silent)
    await noted(silent)
    assert not await silenced(silent)


async def test_who_pressed_before_it_was_noted_again_is_not_silenced(silent: Bot) -> None:
    await noted(silent)
    await pressed(silent)
    await noted(silent)
    assert not await silenced(silent)
