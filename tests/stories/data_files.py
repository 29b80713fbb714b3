"""Files that Between put in somebody's conversation with it."""

from __future__ import annotations

from playground.files import File
from tests.stage import Stage


def files(stage: Stage, name: str) -> dict[str, File]:
    """Those that stand in somebody's DM, by their names."""
    shown = [one["id"] for message in stage.dms(name) for one in message.more.get("files", ())]
    return {stage.pg.world.files[id_].name: stage.pg.world.files[id_] for id_ in shown}
