"""Sharing a plate: saved once, corrected where it was posted, and never lost among many at once."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from bot.domain.commitments import CommitmentWords, FirstStep, State
from bot.domain.plate import seen_by_group
from bot.domain.problems import Problem, ProblemCode
from bot.ports import StoreDown
from bot.usecases import commitments, digest
from bot.usecases.plate import begin, pull_back_plate, share_plate
from tests.usecases.conftest import MONDAY, House, plate

WALK = CommitmentWords(what="Walk.", part="", first_step=FirstStep(), benefit="")


async def share(house: House, name: str, text: str, round: str, now=MONDAY, **more: object):
    return await share_plate(house.deps, await house.member(name), round, plate(text, **more), now)  # type: ignore[arg-type]


async def test_what_is_shared_is_what_the_form_is_filled_with(house: House) -> None:
    round = await house.round()
    await share(house, "Jo", "Beds.", round.name)
    start = await begin(house.deps, await house.member("Jo"), MONDAY)
    assert start.plate is not None
    assert seen_by_group(start.plate.organisation) == "Beds."


async def test_words_changed_after_the_digest_correct_it_once(house: House) -> None:
    round = await house.round()
    await share(house, "Jo", "Beds.", round.name)
    now = await house.post(round)
    later = now + timedelta(minutes=1)
    await share(house, "Jo", "Wards.", round.name, later)
    posted = digest.last(await house.digests(later))
    assert [line.organisation_lane for line in posted.plates] == ["Wards."]
    assert posted.corrected_at == later
    assert posted.corrections == 1
    await share(house, "Jo", "Wards.", round.name, now + timedelta(minutes=2))
    assert digest.last(await house.digests(now)).corrections == 1


async def test_just_me_words_added_after_the_digest_correct_nothing(house: House) -> None:
    round = await house.round()
    await share(house, "Jo", "Beds.", round.name)
    now = await house.post(round)
    await share(house, "Jo", "Beds.", round.name, now + timedelta(minutes=1), me="Tired.")
    posted = digest.last(await house.digests(now))
    assert posted.corrections == 0
    assert "Tired." not in str(digest.last(await house.digests(now)))


async def test_pulled_back_after_the_digest_it_is_gone_from_there_and_kept_for_its_author(house: House) -> None:
    round = await house.round()
    await share(house, "Jo", "Beds.", round.name)
    await share(house, "Sam", "Money.", round.name)
    now = await house.post(round)
    pulled, went_out = await pull_back_plate(house.deps, await house.member("Jo"), round.name, now)
    assert went_out
    await house.look(now)
    assert "Beds." not in str(digest.last(await house.digests(now)))
    assert pulled.plate is not None
    assert pulled.plate.organisation is not None
    assert pulled.plate.organisation.text == "Beds."


async def test_a_stranger_shares_nothing_and_a_round_nobody_keeps_can_not_be_pulled_back(house: House) -> None:
    round = await house.round()
    with pytest.raises(Problem, match=ProblemCode.NOT_JOINED):
        await share(house, "Amir", "Hello.", round.name)
    with pytest.raises(Problem, match=ProblemCode.ROUND_GONE):
        await pull_back_plate(house.deps, await house.member("Jo"), "1999-W01", MONDAY)
    assert await house.deps.store.plates.all(house.group_id, round=round.name) == {}


async def test_a_form_of_a_round_that_is_gone_saves_its_words_where_they_belong_now(house: House) -> None:
    done = await share(house, "Jo", "Beds.", "1999-W01")
    assert done.round.name == (await house.round()).name
    assert done.plate is not None


async def test_a_commitment_that_is_gone_or_not_theirs_does_not_lose_the_rest_of_the_form(house: House) -> None:
    await commitments.add(house.deps, await house.member("Sam"), "c1", WALK, MONDAY)
    round = await house.round()
    states = {"c1": State.DONE, "nowhere": State.DONE}
    done = await share(house, "Jo", "Beds.", round.name, states=states)
    assert done.plate is not None
    kept = await house.deps.store.commitments.get(house.group_id, "c1")
    assert kept is not None
    assert kept.state is State.MOVING


async def test_fifty_leaders_join_and_share_at_once_and_nothing_is_lost(house: House) -> None:
    names = [f"Leader{n}" for n in range(50)]
    await asyncio.gather(*(house.join(name, f"Org {n % 7}") for n, name in enumerate(names)))
    round = await house.round()
    await asyncio.gather(*(share(house, name, f"Words of {name}.", round.name) for name in names))
    now = await house.post(round)
    posted = digest.last(await house.digests(now))
    assert {line.organisation_lane for line in posted.plates} == {f"Words of {name}." for name in names}
    assert len((await house.snapshot()).active()) == 52


async def test_after_the_digest_many_change_their_words_at_once_and_it_holds_the_last_of_each(house: House) -> None:
    names = [f"Leader{n}" for n in range(8)]
    for name in names:
        await house.join(name)
    round = await house.round()
    for name in names:
        await share(house, name, "First.", round.name)
    now = await house.post(round)
    await asyncio.gather(*(share(house, name, f"Last of {name}.", round.name, now) for name in names))
    await house.look(now)
    posted = digest.last(await house.digests(now))
    assert {line.organisation_lane for line in posted.plates} == {f"Last of {name}." for name in names}


async def test_when_one_cannot_be_saved_nothing_is_written_after_that_was_said(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two commitments in one form: one can't be saved at once, the other's round trip is long."""
    for id_ in ("c1", "c2"):
        await commitments.add(house.deps, await house.member("Jo"), id_, WALK, MONDAY)
    collection: Any = house.deps.store.commitments
    writing: list[str] = []
    change = collection.change

    async def slow(group_id: str, id_: str, decide: Any, **more: Any) -> Any:
        if id_ == "c1":
            raise StoreDown("Redis is gone")
        writing.append(id_)
        try:
            for _ in range(100):
                await asyncio.sleep(0)
            return await change(group_id, id_, decide, **more)
        finally:
            writing.remove(id_)

    monkeypatch.setattr(collection, "change", slow)
    with pytest.raises(StoreDown):
        await share(house, "Jo", "Beds.", (await house.round()).name, states={"c1": State.DONE, "c2": State.DONE})
    assert writing == []
