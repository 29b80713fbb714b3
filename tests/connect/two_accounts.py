"""Wei is a guest of the council, and has an account of her own elsewhere: what she does to be one person."""

from __future__ import annotations

import pytest

from bot.domain.people import Person
from playground.people import User
from tests.connect.conftest import CHARITY
from tests.stage import Stage

OTHER = "U0WEITOO"


@pytest.fixture
async def group(stage: Stage) -> Stage:
    """Wei has joined as the council's guest, and again as Weiling of the charity's workspace; Jo is there too."""
    stage.pg.world.users[OTHER] = User(OTHER, CHARITY, "weiling", "Weiling Zhang", tz="Europe/London")
    stage.pg.world.channel("young-carers").members.append(OTHER)
    await stage.gather("Wei", "Jo")
    await stage.join("Weiling", "Millrace Housing")
    return stage


async def people(stage: Stage) -> dict[str, Person]:
    store = stage.bot.deps.store
    found = await store.people.many(await store.index.people())
    return {one.name: one for one in found.values()}


async def leaders(stage: Stage) -> list[str]:
    store = stage.bot.deps.store
    (group_id,) = await store.index.groups()
    names = {one.id: name for name, one in (await people(stage)).items()}
    return sorted(names.get(id_, id_) for id_, one in (await store.leaders.all(group_id)).items() if one.in_group)


async def code_of(stage: Stage, name: str) -> str:
    await stage.press_more(name, "Change my settings", "I have two accounts", "Show a code")
    line = next(line for line in stage.modal(name).splitlines() if "-" in line and line.strip("* ").isupper())
    await stage.person(name).close(everything=True)
    return line.strip("* ")


async def enters(stage: Stage, name: str, code: str) -> dict[str, str] | None:
    await stage.press_more(name, "Change my settings", "I have two accounts")
    refused = await stage.send(name, {"The code from your other account": code})
    if refused:
        await stage.person(name).close(everything=True)
    return refused


async def says_yes(stage: Stage, name: str, *, of: str = "") -> None:
    """In the account where the code was shown; `of`: what they read there of the other."""
    await stage.press_more(name, "Change my settings", "I have two accounts")
    assert of in stage.modal(name)
    await stage.person(name).press_in_modal("That's me too")
    await stage.person(name).close(everything=True)
    await stage.settle()


async def one_person(stage: Stage) -> None:
    assert await enters(stage, "Weiling", await code_of(stage, "Wei")) is None
    await says_yes(stage, "Wei", of="Your code was entered by @weiling")
