"""An answer loads the name of who gives it alone; what waits for them must be found without anybody else's."""

from __future__ import annotations

from msgspec.structs import replace

from bot.domain.matter_kinds import for_you
from bot.domain.snapshot import MATTERS, Section
from tests.stage import Stage


async def found_by_own_name_alone(stage: Stage) -> None:
    """Raises AssertionError where what waits for a leader is another without the others' names, KeyError where it
    can't be found at all."""
    store, now = stage.bot.deps.store, stage.clock.now()
    for group_id in await store.index.groups():
        snapshot = await store.snapshots.load(group_id, Section.NAMES | Section.ATTENTION | MATTERS)
        for id_ in snapshot.active() if snapshot else ():
            alone = replace(snapshot, people={id_: snapshot.people[id_]}, named=False)
            assert for_you(alone, id_, now) == for_you(snapshot, id_, now)
