"""What stories of asks and offers are told with."""

from __future__ import annotations

from bot.domain.asks import Ask
from playground.messages import Message
from tests.stage import Stage
from tests.stories.holding import behind_more

WISH = "somebody who has cut repeat call-outs"
LEND = "Anything you could lend: a person, a room, data, ten minutes?"
DONE = "Cutting repeat call-outs with a weekly list"


async def jo_asks(stage: Stage, how: str = "Ask around quietly", wish: str = WISH) -> None:
    await stage.person("Jo").command("/between", f"ask {wish}", "young-carers")
    await stage.person("Jo").choose_in_modal("How", how)
    assert await stage.person("Jo").submit() is None
    await stage.settle()


async def amir_offers(stage: Stage, what: str, fields: dict[str, str] | None = None) -> str:
    """From the shelf; what the form becomes once it is saved."""
    amir = stage.person("Amir")
    await behind_more(stage, "Amir", "What people can lend", "Offer something")
    for label, words in ({LEND: what} | (fields or {})).items():
        await amir.fill(label, words)
    assert await amir.submit() is None
    shown = stage.modal("Amir")
    await amir.close(everything=True)
    return shown


def newest_post(stage: Stage, words: str) -> Message:
    return [post for post in stage.posts() if words in stage.shown(post)][-1]


async def gathered(stage: Stage) -> Stage:
    """Sam, Jo, Amir, Margaret; Amir said on his plate what Jo will be after."""
    await stage.gather("Jo", "Amir", "Margaret")
    await stage.at("2026-11-25 09:30")
    await stage.answer("Amir", organisation=DONE + ". It took a year.")
    return stage


async def the_group(stage: Stage) -> str:
    return (await stage.bot.deps.store.index.groups())[0]


async def the_ask(stage: Stage) -> Ask:
    return next(iter((await stage.bot.deps.store.asks.all(await the_group(stage))).values()))


async def person_id(stage: Stage, name: str) -> str:
    store = stage.bot.deps.store
    for id_ in await store.index.people():
        person = await store.people.get(id_)
        if person and person.name == name:
            return id_
    raise AssertionError(name)
