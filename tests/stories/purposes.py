"""What stories of the purpose are told with."""

from __future__ import annotations

from bot.domain.purpose import PURPOSE_ID, Purpose
from playground.messages import Message
from tests.stage import Stage

SENTENCE = "Young carers are seen before they are tired."
BETTER = "Young carers are seen, and rest."
AIM, OTHER = "Every school asks", "One number to ring"
CAN, CHANGE = "I can live with it", "I would change this…"
RULE = "It stands once seven days have passed"
SHEET = ("What for", "What we are here for")


async def draft(stage: Stage, name: str = "Jo", sentence: str = SENTENCE, **aims: str) -> str:
    """By the command; what is said then."""
    await stage.person(name).command("/between", "purpose", "young-carers")
    button = "Draft a purpose" if "[Draft a purpose]" in stage.modal(name) else "Suggest other words"
    await stage.person(name).press_in_modal(button)
    who = stage.person(name)
    await who.fill("What are we here for?", sentence)
    for field, aim in aims.items():
        await who.fill(field.replace("_", " "), aim)
    assert await who.submit() is None
    await stage.settle()
    said = stage.modal(name)
    await who.close(everything=True)
    return said


def put(stage: Stage, sentence: str = SENTENCE) -> Message:
    """The post that put those words to all."""
    return next(one for one in stage.posts() if sentence in str(one.blocks) and "here for:" in stage.shown(one))


def told(stage: Stage) -> list[str]:
    return [stage.shown(one) for one in stage.posts() if "This is what we are here for, since" in stage.shown(one)]


def thread(stage: Stage, sentence: str = SENTENCE) -> str:
    return "\n".join(map(stage.shown, stage.replies(put(stage, sentence))))


async def live_with(stage: Stage, *names: str, sentence: str = SENTENCE) -> None:
    """From the post in the channel."""
    for name in names:
        await stage.person(name).press(put(stage, sentence), CAN)
        await stage.settle()


async def would_change(stage: Stage, name: str, text: str, sentence: str = SENTENCE) -> None:
    await stage.person(name).press(put(stage, sentence), CHANGE)
    assert await stage.send(name, {"What would you change?": text}) is None


async def sheet(stage: Stage, name: str) -> str:
    await stage.press_more(name, *SHEET)
    return stage.modal(name)


async def close(stage: Stage, name: str) -> None:
    await stage.person(name).close(everything=True)


async def stored(stage: Stage) -> Purpose:
    store = stage.bot.deps.store
    (group,) = await store.index.groups()
    found = await store.purposes.get(group, PURPOSE_ID)
    assert found is not None
    return found


async def commit(stage: Stage, name: str, what: str, *, serves: str = "", part: str = "", better: str = "") -> None:
    await stage.press_more(name, "Add a commitment")
    who = stage.person(name)
    await who.fill("What will you do?", what)
    if serves:
        await who.choose_in_modal("Serves", serves)
    await who.fill("My part", part)
    await who.fill("Whose life gets better", better)
    assert await who.submit() is None
    await stage.settle()
    await who.close(everything=True)


async def standing(stage: Stage) -> None:
    await draft(stage, Aim_1=AIM, Aim_2=OTHER)
    await live_with(stage, "Sam", "Amir")
    await stage.at("2026-12-01 10:05")
    assert told(stage)


async def gathered(stage: Stage) -> Stage:
    """Sam of the Council, Jo and Priya of the Trust, Amir of Fire & Rescue, on a Tuesday."""
    await stage.gather("Jo", "Priya", "Amir")
    await stage.at("2026-11-24 09:00")
    return stage
