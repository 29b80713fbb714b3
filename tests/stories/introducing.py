"""What stories of introductions are told with."""

from __future__ import annotations

from playground.messages import Message
from tests.stage import Stage

STUCK = "Ring the housing lead"
OPENING = ": an introduction."


async def offers_help(stage: Stage, name: str) -> None:
    await stage.at("2026-11-25 09:10")
    await stage.press_more("Sam", "Add a commitment")
    assert await stage.send("Sam", {"What": STUCK}) is None
    await stage.press_more(name, "See commitments")
    await stage.person(name).press_in_modal("I can help")
    await stage.person(name).close(everything=True)
    await stage.at("2026-11-25 09:20")


async def not_with(stage: Stage, name: str, other: str) -> None:
    """By their settings, and nobody is told: not with `other`, as they stand in the list."""
    await stage.press_more(name, "Change my settings", "Not with…")
    await stage.person(name).choose_in_modal("Not with…", other)
    await stage.person(name).close(everything=True)


async def opens(stage: Stage) -> None:
    """Sam presses *Open a conversation*, and what follows from it happens."""
    await stage.press("Sam", "Open a conversation")
    await stage.person("Sam").close(everything=True)
    await stage.at("2026-11-25 10:00")


def together(stage: Stage) -> list[Message]:
    """What stands in conversations of several."""
    several = [channel for channel in stage.pg.world.channels.values() if channel.is_mpim]
    return [message for channel in several for message in channel.messages.values() if not message.ephemeral_to]


def by_dm(stage: Stage, name: str) -> list[str]:
    return [text for text in stage.sent(name) if OPENING in text]


def without_the_scope(stage: Stage) -> None:
    app = stage.person("Sam").app("Between")
    for install in app.installs.values():
        install.scopes.remove("mpim:write")


async def ticks(stage: Stage, name: str, *days: str) -> None:
    """In the form, mornings by the day's name."""
    await stage.press(name, "Find us twenty minutes")
    who = stage.person(name)
    assert who.modal
    label = next(
        block["label"]["text"]
        for block in who.modal.blocks
        if block["type"] == "input" and block["label"]["text"].startswith("Mornings")
    )
    await who.fill(label, [*days])
    assert await who.submit() is None
    await stage.settle()


async def groups(stage: Stage) -> list[str]:
    return await stage.bot.deps.store.index.groups()


async def kept(stage: Stage, group: str) -> dict[str, object]:
    return {**await stage.bot.deps.store.introductions.all(group)}


async def offered_help(stage: Stage) -> Stage:
    """Sam, Jo, Amir, Margaret. Jo can help Sam, who is told so on Wednesday morning."""
    await stage.gather("Jo", "Amir", "Margaret")
    await offers_help(stage, "Jo")
    return stage
