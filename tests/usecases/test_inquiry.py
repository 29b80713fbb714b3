"""Questions to all of several who ask at once."""

from __future__ import annotations

from datetime import timedelta

from bot.usecases import inquiry
from tests.usecases.conftest import MONDAY, House

LATER = MONDAY + timedelta(minutes=1)


async def test_of_two_who_ask_at_once_the_second_is_told_that_another_has_its_turn_first(house: House) -> None:
    """His press was under way as hers was saved."""
    await house.join("Amir", "Fire")
    unaware = await house.member("Amir")
    _, hers, opens = await inquiry.add(house.deps, await house.member("Jo"), "q1", "Who rests?", None, MONDAY)
    assert opens is not None
    after, his, opens = await inquiry.add(house.deps, unaware, "q2", "Who is missing?", None, LATER)
    assert opens is None
    assert set(after.snapshot.inquiries) == {hers.id, his.id}
