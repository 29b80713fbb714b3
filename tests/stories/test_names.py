"""A name is somebody's: nobody else of the group takes it, nor one that looks like it."""

from __future__ import annotations

import asyncio

import pytest

from tests.stage import Stage
from tests.stories.holding import commit
from tests.stories.naming import everybody_told, settings

THEIRS = "There is a Margaret here already. Add an initial or a surname, such as Margaret H."


@pytest.fixture
async def gathered(stage: Stage) -> Stage:
    return await everybody_told(stage)


@pytest.mark.parametrize(
    "name",
    [
        "Margaret",
        "margaret",
        " MARGARET ",
        "M\u0430rgaret",
        "Mar\u200bgaret",
        "Márgaret",
        "Margaret (Riverside Police)",
        "Margaret, Riverside Police",
    ],
)
async def test_sam_may_not_call_himself_margaret(gathered: Stage, name: str) -> None:
    await settings(gathered, "Sam")
    assert await gathered.send("Sam", {"Your first name": name}) == {"name": THEIRS}


@pytest.mark.parametrize(
    "name",
    [
        *("Riverside Police", "riverside p\u043elice", "Riverside Police (Sam)", "Riverside Police · Sam"),
        *("Between", "Everyone", "Convenor", "the c\u043envenor", "The group"),
    ],
)
async def test_sam_may_not_call_himself_an_organisation_or_between(gathered: Stage, name: str) -> None:
    """A line of the digest ends with its maker's name alone."""
    await settings(gathered, "Sam")
    refused = await gathered.send("Sam", {"Your first name": name})
    assert refused
    assert refused["name"].endswith(" is no one person's name here. Write your first name.")


@pytest.mark.parametrize("organisation", ["Margaret", "m\u0430rgaret", "Everyone", "Between", "The convenor"])
async def test_sam_may_not_speak_for_an_organisation_that_is_called_like_somebody(
    gathered: Stage, organisation: str
) -> None:
    """A line of the digest begins with its organisation's name."""
    await settings(gathered, "Sam")
    await gathered.person("Sam").fill("Your organisation", "Another organisation…")
    refused = await gathered.send("Sam", {"Which one?": organisation})
    assert refused
    assert refused["other_organisation"].endswith(
        " is no organisation's name here. Write what your organisation is called."
    )


async def test_nobody_takes_the_name_that_margaret_left_behind_but_herself(gathered: Stage) -> None:
    await commit(gathered, "Margaret")
    await gathered.press("Margaret", "Leave")
    await settings(gathered, "Sam")
    assert await gathered.send("Sam", {"Your first name": "Margaret"}) == {
        "name": "What Margaret said here before stands in that name. "
        "Add an initial or a surname, such as Margaret H."
    }
    await gathered.press("Margaret", "Join")
    assert await gathered.send("Margaret", {}) is None
    assert "Hello Margaret" in gathered.dm("Margaret")


async def test_nobody_takes_the_name_that_margaret_gave_up_but_herself(gathered: Stage) -> None:
    await commit(gathered, "Margaret")
    await settings(gathered, "Margaret")
    assert await gathered.send("Margaret", {"Your first name": "Maggie"}) is None
    await settings(gathered, "Sam")
    assert await gathered.send("Sam", {"Your first name": "M\u0430rgaret"}) == {
        "name": "What Margaret said here before stands in that name. "
        "Add an initial or a surname, such as Margaret H."
    }
    await settings(gathered, "Margaret")
    assert await gathered.send("Margaret", {"Your first name": "Margaret"}) is None


async def test_a_second_margaret_joins_under_a_name_of_her_own(gathered: Stage) -> None:
    kasia = gathered.person("Kasia")
    await kasia.press(gathered.panel(), "Join")
    await kasia.fill("Your organisation", "Riverside Police")
    assert await gathered.send("Kasia", {"Your first name": "Margaret"}) == {"name": THEIRS}
    assert await gathered.send("Kasia", {"Your first name": "Margaret H."}) is None
    assert "Hello Margaret H." in gathered.dm("Kasia")


async def test_of_two_who_take_one_name_at_the_same_moment_one_has_it(gathered: Stage) -> None:
    for name in ("Sam", "Jo"):
        await settings(gathered, name)
        await gathered.person(name).fill("Your first name", "Alex")
        await gathered.person(name).fill("Ask me at", "10:00")
    refused = await asyncio.gather(*(gathered.person(name).submit() for name in ("Sam", "Jo")))
    said = {"name": "There is an Alex here already. Add an initial or a surname, such as Alex H."}
    assert sorted(refused, key=bool) == [None, said]
    for name, said in zip(("Sam", "Jo"), refused, strict=True):
        await gathered.person(name).close(everything=True)
        await settings(gathered, name)
        saved = said is None
        assert ("Your first name *: [Alex]" in gathered.modal(name)) is saved
        assert ("Ask me at *: [10:00]" in gathered.modal(name)) is saved
