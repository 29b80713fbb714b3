"""`between keys list` and `rotate`: the store that the settings name, opened beside the bots that use it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bot.open_store import readable
from bot.settings import Settings
from bot.store.master_keys import CURRENT
from bot.store.rotation import Rotation


async def listed(settings: Settings) -> Sequence[str]:
    """A line for each master key: whether it wraps, is needed still, or is not in use. Raises CannotStart."""
    async with readable(settings) as store:
        noted = await store.keyring.data_keys.noted_masters.all()
        current = noted.get(CURRENT, b"").decode()
        used = {key.id: "opens nothing; you can take it out" for key in store.masters}
        used |= dict.fromkeys(set(noted) & set(used), "opens what it encrypted; go on with `between keys rotate`")
        if current != store.masters.newest.id:
            used[store.masters.newest.id] = "not used yet; go over to it with `between keys rotate`"
        return [f"{id_}: {use}" for id_, use in (used | {current: "encrypts what is new"}).items()]


async def turned(settings: Settings, *, data: bool, say: Callable[[str], None]) -> Sequence[str]:
    """What could not be read, in sentences; a line of progress to `say` now and then. Raises CannotStart."""
    async with readable(settings) as store:
        return (await Rotation(store.keyring, data=data, say=say).run()).unread
