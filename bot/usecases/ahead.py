"""What a press will need is asked for along with who pressed: one way to Redis, where there were five in a row."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any

from bot.ports import Store


async def look_ahead(
    store: Store, group_id: str, round_name: str = "", person_id: str = "", *, form: bool = False
) -> None:
    """Of use with a glance only, which remembers the answers. What fails here fails again for whoever needs it.

    `form`: a plate's form is to be drawn, in whichever round it is. Else only what is named is read.
    """
    if not group_id:
        return
    asked: list[Coroutine[Any, Any, Any]] = [store.groups.get(group_id), store.leaders.all(group_id)]
    if form or round_name:
        asked += [store.rounds.all(group_id), store.commitments.all(group_id)]
    if person_id:
        asked.append(store.people.get(person_id))
    if round_name and person_id:
        asked += [
            store.plates.get(group_id, person_id, round=round_name),
            store.checkins.get(group_id, person_id, round=round_name),
            store.digests.get(group_id, round_name),
        ]
    await asyncio.gather(*asked, return_exceptions=True)
