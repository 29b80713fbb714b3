"""Jo is quoted what Amir said only as long as it stands: what was taken back since is quoted to nobody."""

from __future__ import annotations

import pytest

from tests.stage import Stage
from tests.stories.asking import DONE, WISH, amir_offers, jo_asks
from tests.stories.holding import behind_more, commit, say_more

OFFER = "Ten minutes on cutting repeat call-outs"
MAY_HAVE_IT = f"Amir (Riverside Fire & Rescue) may have it: “{WISH}”."


@pytest.fixture
async def carers(stage: Stage) -> Stage:
    await stage.gather("Jo", "Amir", "Margaret")
    await stage.at("2026-11-25 09:30")
    return stage


async def asked(stage: Stage) -> None:
    await jo_asks(stage)
    await stage.person("Jo").close(everything=True)
    await stage.at("2026-11-26 09:30")
    assert "Might that be you?" in stage.dm("Amir")


async def says_yes(stage: Stage) -> str:
    """What Jo hears."""
    if stage.person("Amir").modal:
        await stage.person("Amir").close(everything=True)
    await stage.press("Amir", "Yes, introduce us")
    await stage.at("2026-11-26 10:30")
    return stage.shown(stage.newest("Jo", "may have it"))


async def jo_hears_without(stage: Stage, words: str) -> None:
    """That Amir may have it, and not by those words."""
    heard = await says_yes(stage)
    assert MAY_HAVE_IT in heard
    assert words not in heard


async def test_an_offer_that_he_took_back_is_quoted_to_nobody(carers: Stage) -> None:
    await amir_offers(carers, OFFER)
    await asked(carers)
    await behind_more(carers, "Amir", "What people can lend", "Take it back")
    await carers.settle()
    await jo_hears_without(carers, OFFER)


async def test_an_offer_only_to_be_matched_that_he_took_back_is_not_hinted_at(carers: Stage) -> None:
    await amir_offers(carers, OFFER, {"Who sees it": "Only to be matched: never quoted"})
    await asked(carers)
    await behind_more(carers, "Amir", "What people can lend", "Take it back")
    await carers.settle()
    await jo_hears_without(carers, "near it")


@pytest.mark.parametrize("to", ["Let go", "Done"])
async def test_a_commitment_that_has_ended_is_not_quoted(carers: Stage, to: str) -> None:
    await commit(carers, "Amir", DONE)
    await asked(carers)
    assert await say_more(carers, "Amir", **{"It is": to}) is None
    await carers.settle()
    await jo_hears_without(carers, DONE)


async def test_a_commitment_that_margaret_tends_without_him_by_now_is_not_quoted(carers: Stage) -> None:
    await commit(carers, "Margaret", DONE)
    await behind_more(carers, "Amir", "See commitments", "Join in")
    await carers.settle()
    await asked(carers)
    await behind_more(carers, "Amir", "See commitments", "Step back")
    await carers.settle()
    await jo_hears_without(carers, DONE)


async def test_what_he_pulled_back_from_his_plate_is_not_quoted(carers: Stage) -> None:
    await carers.answer("Amir", organisation=f"{DONE}.")
    await asked(carers)
    await carers.press("Amir", "Pull it back")
    await carers.settle()
    await jo_hears_without(carers, DONE)


async def test_what_stands_is_quoted(carers: Stage) -> None:
    await amir_offers(carers, OFFER)
    await asked(carers)
    assert f"may have it: “{OFFER}" in await says_yes(carers)
