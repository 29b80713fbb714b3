"""The store on Redis, with the delivery engine beside it: `ports.Store` put together."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import Any, TypeVar, cast

from redis.exceptions import ResponseError

from bot.master_keys import MasterKeys
from bot.ports import StoreDown, ToChange
from bot.redis.connection import Connection, connect
from bot.redis.health import warnings_of
from bot.store import keys
from bot.store.allowance import RedisAllowance
from bot.store.compare_and_set import Change, CompareAndSet
from bot.store.keyring import Keyring
from bot.store.method_limiter import RedisMethodLimiter
from bot.store.repositories import Repositories
from bot.store.snapshot import RedisSnapshots
from bot.store.tickets import RedisLocks, RedisTickets
from scheduler.outbox.due_index import RedisDueIndex
from scheduler.outbox.queue import RedisOutbox

T = TypeVar("T")
U = TypeVar("U")

REWRITE_TRIES, REWRITE_WAIT_S = 20, 0.1
"""A rewriting of what a group or two say takes some milliseconds."""

LAYOUT = 3
"""Of the records. 1 was never written down, 2 was in the clear."""

EARLIER = (
    "What is stored was written by an earlier Between. Stop that one if it still runs: it can't read what this one "
    "writes. Nothing is sent again."
)


class RedisStore(Repositories):
    """Everything on one connection. Ask `warnings_at_start` once, `close` at the end."""

    def __init__(self, connection: Connection, masters: MasterKeys | None = None, *, own: bool = False) -> None:
        """`own`: the server is nobody else's. `masters`: as `Keyring`; the bot always has some."""
        self.connection = connection
        self.own = own
        self.masters = masters or MasterKeys(())
        self.keyring = Keyring(connection, masters)
        self.compare_and_set = CompareAndSet(connection, self.keyring)
        super().__init__(self.compare_and_set)
        self.snapshots = RedisSnapshots(self.keyring)
        self.method_limiter = RedisMethodLimiter(connection)
        self.allowance = RedisAllowance(connection)
        self.tickets = RedisTickets(connection)
        self.locks = RedisLocks(connection)
        self.due = due = RedisDueIndex(connection)
        self.outbox = self.delivery = RedisOutbox(connection, due)

    @classmethod
    def at(
        cls, url: str, replicas: int | None = None, masters: MasterKeys | None = None, *, own: bool = False
    ) -> RedisStore:
        """Nothing is sent yet. ValueError, in a sentence, for a URL that can't be one of Redis.

        `replicas`: as `connect`. `masters`, `own`: as above."""
        return cls(connect(url, replicas), masters, own=own)

    async def warnings_at_start(self) -> list[str]:
        """What somebody should know before trusting this Redis. StoreDown when it does not answer."""
        found, key = [*await warnings_of(self.connection)], keys.LAYOUT
        if int(await self.connection.ask(key, "GET", key) or 0) < LAYOUT:
            # Said once, to whoever starts the first Between that writes records as this one does: an older one can
            # not read them. An empty store was written by nobody.
            used = await self.connection.ask(keys.DUE, "EXISTS", keys.DUE)
            with suppress(StoreDown):  # one that can't be written says so itself
                await self.connection.replicate(key, "SET", key, LAYOUT)
            found += [EARLIER] if used else []
        return found

    async def change_both(self, first: ToChange[T], then: ToChange[U], *, seen: Any) -> tuple[T | None, U | None]:
        """As `CompareAndSet.change_both`, which says what a race and a death do."""
        return await self.compare_and_set.change_both(cast(Change[T], first), cast(Change[U], then), seen)

    async def destroy_person_key(self, person_id: str) -> None:
        """Within five minutes nobody can open what is sealed for them alone. Doing it again changes nothing."""
        await self.keyring.data_keys.destroy(keys.tag_of_person(person_id))
        await self.rewrite_file()  # which still holds the wrapped key

    async def rewrite_file(self) -> None:
        """Redis refuses while it is writing one already: that one began before, so it may still hold what was
        deleted since, and another is asked for once it is done."""
        for _ in range(REWRITE_TRIES if self.own else 0):
            try:
                await self.connection.everywhere("BGREWRITEAOF")
            except (ResponseError, StoreDown):
                await asyncio.sleep(REWRITE_WAIT_S)
            else:
                return

    async def close(self) -> None:
        """As `Connection.close`."""
        await self.connection.close()
