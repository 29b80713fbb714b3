"""The words of somebody's own that an ask rests on, as they read them, and as its asker does on a yes."""

from __future__ import annotations

import pytest

from tests.stage import Stage
from tests.stories.asking import DONE, WISH, amir_offers, jo_asks
from tests.stories.holding import commit, say_more

LONG = "The rota for the winter is full until March and nobody can be spared for anything at all. " * 3
MIGHT = "Might that be you?"


async def asked(stage: Stage) -> str:
    """Jo asks on Wednesday, and Amir reads it on the next morning."""
    await jo_asks(stage)
    await stage.at("2026-11-26 09:30")
    return stage.shown(stage.newest("Amir", MIGHT))


@pytest.fixture
async def carers(stage: Stage) -> Stage:
    await stage.gather("Jo", "Amir", "Margaret")
    await stage.at("2026-11-25 09:30")
    return stage


async def test_of_many_words_the_sentence_is_quoted_that_it_rests_on(carers: Stage) -> None:
    await carers.answer("Amir", organisation=f"{LONG}\n{DONE}.")
    assert f"{MIGHT} You shared “{DONE}.” Jo won't see" in await asked(carers)
    await carers.press("Amir", "Yes, introduce us")
    await carers.at("2026-11-26 09:40")
    assert f"Amir (Riverside Fire & Rescue) may have it: “{DONE}.” You asked for “{WISH}”." in carers.dm("Jo")


async def test_words_that_took_the_place_of_those_it_rested_on_are_no_reason(carers: Stage) -> None:
    await carers.answer("Amir", organisation=DONE)
    await jo_asks(carers)
    await carers.answer("Amir", organisation="Beds are full again.")
    await carers.at("2026-11-26 09:30")
    assert f"{MIGHT} Jo won't see" in carers.shown(carers.newest("Amir", MIGHT))
    await carers.press("Amir", "Yes, introduce us")
    await carers.at("2026-11-26 09:40")
    assert f"Amir (Riverside Fire & Rescue) may have it: “{WISH}”." in carers.dm("Jo")


async def test_what_amir_said_he_can_help_with_is_the_reason(carers: Stage) -> None:
    await commit(carers, "Margaret", DONE)
    await carers.press_more("Amir", "See commitments")
    await carers.person("Amir").press_in_modal("I can help")
    await carers.person("Amir").close(everything=True)
    assert f"You said you can help with “{DONE}”." in await asked(carers)
    await carers.press("Amir", "Yes, introduce us")
    await carers.at("2026-11-26 09:40")
    told = f"Amir (Riverside Fire & Rescue) may have it: said they can help with “{DONE}”. You asked for “{WISH}”."
    assert told in carers.dm("Jo"), "what Margaret does is not quoted as if it were his"


async def test_what_amir_has_let_go_since_is_no_reason(carers: Stage) -> None:
    await commit(carers, "Amir", DONE)
    await jo_asks(carers)
    assert await say_more(carers, "Amir", **{"It is": "Let go"}) is None
    await carers.at("2026-11-26 09:30")
    assert f"{MIGHT} Jo won't see" in carers.shown(carers.newest("Amir", MIGHT))


async def test_an_offer_that_only_belongs_with_it_is_not_quoted_as_if_it_were_it(carers: Stage) -> None:
    await amir_offers(carers, "Twenty minutes with a housing solicitor.")
    await jo_asks(carers, wish="a flat to test")
    await carers.at("2026-11-26 09:30")
    near = "“Twenty minutes with a housing solicitor”, which may come near it."
    assert f"{MIGHT} You offered {near} Jo won't see" in carers.shown(carers.newest("Amir", MIGHT))
    await carers.press("Amir", "Yes, introduce us")
    await carers.at("2026-11-26 09:40")
    assert f"Amir (Riverside Fire & Rescue) may have it: {near} You asked for “a flat to test”." in carers.dm("Jo")


@pytest.mark.parametrize("named", ["Riverside Fire & Rescue", "riverside fire and rescue", "Amir"])
async def test_that_both_name_an_organisation_or_a_leader_is_nothing_in_common(carers: Stage, named: str) -> None:
    await carers.answer("Margaret", organisation=f"The rota, with {named}.")
    await jo_asks(carers, wish=f"somebody who knew {named} in the eighties")
    await carers.at("2026-11-26 09:30")
    assert MIGHT not in carers.dm("Margaret")
