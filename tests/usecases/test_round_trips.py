"""How often a press asks Redis: commands that go in one packet count once."""

from __future__ import annotations

from typing import Any

import pytest

from bot.domain.commitments import CommitmentWords, FirstStep, State
from bot.storage import RedisStore
from bot.usecases import commitments
from bot.usecases.plate import NEEDS, NEEDS_TO_ANSWER, begin, pull_back_plate, share_plate
from bot.usecases.snapshot import require_member
from tests.store.packets import Packets
from tests.usecases.conftest import MONDAY, House, plate, who

WALK = CommitmentWords(what="Walk.", part="", first_step=FirstStep(), benefit="")


@pytest.fixture
async def trips(house: House, store: RedisStore, monkeypatch: pytest.MonkeyPatch) -> Packets:
    """Jo has a commitment and an open round; every script is known to the server."""
    await commitments.add(house.deps, await house.member("Jo"), "c1", WALK, MONDAY)
    await share(house, (await house.round()).name, plate("Chairs."))
    return Packets(store, monkeypatch)


async def share(house: House, round: str, words: Any, now: Any = MONDAY) -> None:
    jo = await require_member(house.deps.store, who("Jo"), house.group_id, NEEDS_TO_ANSWER, round=round)
    await share_plate(house.deps, jo, round, words, now)


async def test_a_form_is_opened_in_two(house: House, trips: Packets) -> None:
    await begin(house.deps, await require_member(house.deps.store, who("Jo"), house.group_id, NEEDS), MONDAY)
    assert len(trips.sent) == 2


async def test_a_form_is_saved_in_three(house: House, trips: Packets) -> None:
    round = (await house.round()).name
    trips.sent.clear()
    await share(house, round, plate("Beds.", states={"c1": State.STUCK}))
    assert len(trips.sent) <= 3


async def test_words_that_correct_a_digest_are_saved_in_six(house: House, trips: Packets) -> None:
    round = await house.round()
    now = await house.post(round)
    trips.sent.clear()
    await share(house, round.name, plate("Beds."), now)
    assert len(trips.sent) <= 6
    trips.sent.clear()
    jo = await require_member(house.deps.store, who("Jo"), house.group_id, NEEDS_TO_ANSWER, round=round.name)
    await pull_back_plate(house.deps, jo, round.name, now)
    assert len(trips.sent) <= 6
