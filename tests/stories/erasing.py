"""What stories of *Erase me* are told with: the press, and all that is stored, opened."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import suppress

from bot.domain.groups import Group
from bot.storage import RedisStore
from bot.store import encryption
from bot.store.keyring import KeyGone
from bot.store.record_key import RecordKey
from tests.stage import Stage
from tests.stories.test_my_data import settings_of

LEFT_BOX = "What you said you'd do, how it went, your questions to all, and answers without your name"


async def the_group(stage: Stage) -> Group:
    groups = await stage.bot.deps.store.groups.many(await stage.bot.deps.store.index.groups())
    return next(iter(groups.values()))


async def ids(stage: Stage) -> dict[str, str]:
    store = stage.bot.deps.store
    people = await store.people.many(await store.index.people())
    return {one.name: id_ for id_, one in people.items()}


async def erase(stage: Stage, name: str = "Jo", *, left: bool = False) -> None:
    await settings_of(stage, name, "Erase me")
    if left:
        await stage.person(name).fill(LEFT_BOX, ["stays"])
    assert await stage.person(name).submit() is None
    await stage.settle()


async def everything_in(store: RedisStore) -> dict[str, str]:
    """All that stands in Redis, the outbox too: each key with what it holds, opened where it is sealed."""
    found = {}
    for key in sorted([one.decode() async for one in scan(store)]):
        held = await dumped(store, key)
        found[key] = str(held) + "".join(opened(store, key, held))
    return found


def opened(store: RedisStore, key: str, held: object) -> Iterator[str]:
    """As the codec wrote them, the records of a hash that are sealed."""
    for field, raw in held.items() if isinstance(held, dict) else ():
        if encryption.kind_of(raw):
            spot = RecordKey(key, field.decode())
            with suppress(KeyGone):  # of somebody who was erased
                yield (store.keyring.plain(raw, spot) + (store.keyring.own(raw, spot) or b"")).decode()


async def scan(store: RedisStore) -> AsyncIterator[bytes]:
    cursor = 0
    while True:
        cursor, some = await store.connection.ask("b:{all}:people", "SCAN", cursor, "COUNT", 1000)
        for one in some:
            yield one
        if not int(cursor):
            return


async def dumped(store: RedisStore, key: str) -> object:
    kind = (await store.connection.ask(key, "TYPE", key)).decode()
    reads = {
        "hash": ("HGETALL", key),
        "zset": ("ZRANGE", key, 0, -1),
        "set": ("SMEMBERS", key),
        "string": ("GET", key),
    }
    return await store.keyring.ask(key, *reads.get(kind, ("LRANGE", key, 0, -1)))
