"""What a leader does with commitments, in the words that they see."""

from __future__ import annotations

from tests.stage import Stage

WALK = "Walk the ward at half past four"
A_LINE = "A line on it"


async def commit(stage: Stage, name: str, what: str = WALK, **fields: str | list[str]) -> None:
    await stage.person(name).command("/commit", what, "young-carers")
    assert await stage.send(name, fields) is None


async def digested_on_friday(stage: Stage) -> None:
    """Friday noon: the digest went at ten, and they meet on Monday at two."""
    await stage.gather("Jo", "Amir")
    await stage.at("2026-11-25 09:00")
    await stage.answer("Jo", organisation="Beds are full again.")
    await stage.at("2026-11-27 12:00")


async def behind_more(stage: Stage, name: str, *buttons: str) -> str:
    """One after another; what is then on top of the screen."""
    if stage.person(name).modal:
        await stage.person(name).close(everything=True)
    await stage.press(name, "More")
    for button in buttons:
        await stage.person(name).press_in_modal(button)
    return stage.modal(name)


async def card(stage: Stage, name: str) -> str:
    return await behind_more(stage, name, "See commitments")


async def joined_in(stage: Stage) -> None:
    """Margaret makes one, and Jo joins in with it."""
    await stage.set_up()
    await stage.join("Margaret", "Northside Parents")
    await stage.join("Jo", "Hospitals Trust")
    await commit(stage, "Margaret")
    await behind_more(stage, "Jo", "See commitments", "Join in")
    await stage.settle()
    await stage.person("Jo").close(everything=True)


async def history(stage: Stage, name: str) -> str:
    await card(stage, name)
    await stage.person(name).press_in_modal("History")
    shown = stage.modal(name)
    await stage.person(name).close(everything=True)
    return shown


async def for_you(stage: Stage, name: str) -> str:
    return await behind_more(stage, name, "For you")


async def say_more(stage: Stage, name: str, **fields: str | list[str]) -> dict[str, str] | None:
    await card(stage, name)
    await stage.person(name).press_in_modal("Say how it's going")
    return await stage.send(name, fields)


async def say(stage: Stage, name: str, **fields: str | list[str]) -> None:
    """How the first of their commitments goes."""
    await behind_more(stage, name, "See commitments", "Say how it's going")
    assert await stage.send(name, fields) is None


async def press_on_card(stage: Stage, name: str, button: str) -> None:
    """Under *See commitments*, which is closed again."""
    await behind_more(stage, name, "See commitments", button)
    await stage.settle()
    await stage.person(name).close(everything=True)


async def suggest(stage: Stage, name: str, words: str) -> None:
    await behind_more(stage, name, "See commitments", "Suggest other words")
    assert await stage.send(name, {"How would you put it?": words}) is None


async def reword(stage: Stage, name: str, words: str) -> None:
    await behind_more(stage, name, "See commitments", "Change its words")
    assert await stage.send(name, {"What will you do?": words}) is None


def news_to(stage: Stage, name: str) -> list[str]:
    """What they were told of what is theirs, as it came."""
    return [text for text in stage.sent(name) if ": about your " in text]
