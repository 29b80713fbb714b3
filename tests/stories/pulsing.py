"""What stories of the pulse are told with."""

from __future__ import annotations

from playground.messages import Message
from tests.stage import Stage

OPEN = "2026-12-09 12:00"
CLOSED = "2026-12-10 18:01"
DIGEST = "2026-12-11 10:01"
ASKED = "Is what we're doing now really working?"
NOBODY = "Nobody sees who answers."
FIVE = ("Jo", "Amir", "Margaret", "Wei", "Priya")


async def open_sheet(stage: Stage, name: str) -> None:
    """From the check-in that puts it, or where that has been answered, from *What for*."""
    who = stage.person(name)
    asked = [one for one in stage.dms(name) if "[Choose]" in stage.shown(one)]
    if asked:
        await who.press(asked[-1], "Choose")
    else:
        await stage.press(name, "More")
        await who.press_in_modal("What for")
        await who.press_in_modal("Choose")


async def choose(stage: Stage, name: str, words: str) -> None:
    await open_sheet(stage, name)
    await stage.person(name).press_in_modal(words)
    await stage.settle()
    assert f"You said: *{words}*." in stage.modal(name)
    await stage.person(name).close(everything=True)


def digests(stage: Stage) -> list[Message]:
    return [one for one in stage.posts() if "the digest," in stage.shown(one)]


def newest_digest(stage: Stage) -> str:
    return stage.shown(digests(stage)[-1])


async def answers(stage: Stage) -> dict[str, str]:
    """Every answer that is stored anywhere, by whose it is."""
    store = stage.bot.deps.store
    (group,) = await store.index.groups()
    found: dict[str, str] = {}
    for one in (await store.pulses.all(group)).values():
        found |= one.answers
    return found
