"""How a group is paused or ended, in stories of what it does to what has a day of its own."""

from __future__ import annotations

from tests.stage import Stage
from tests.stories.holding import behind_more


async def pause(stage: Stage, until: str, name: str = "Sam") -> None:
    await behind_more(stage, name, "Look after the group…", "Pause the group until…")
    assert await stage.send(name, {"Start again on": until}) is None
    await stage.settle()


async def end(stage: Stage, name: str = "Sam") -> None:
    """It ends a week later."""
    await behind_more(stage, name, "Look after the group…", "End the group…")
    assert await stage.send(name, {}) is None
    await stage.settle()


async def closed(stage: Stage, name: str, *buttons: str) -> str:
    """What stands behind those buttons, which is closed again."""
    said = await behind_more(stage, name, *buttons)
    await stage.person(name).close(everything=True)
    return said
