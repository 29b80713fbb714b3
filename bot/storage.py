"""The store on Redis, with the delivery engine beside it: `ports.Store` put together."""

from __future__ import annotations

from contextlib import suppress

from bot.ports import StoreDown
from bot.redis.connection import Connection, connect
from bot.redis.health import warnings_of
from bot.store import keys
from bot.store.allowance import RedisAllowance
from bot.store.compare_and_set import CompareAndSet
from bot.store.method_limiter import RedisMethodLimiter
from bot.store.repositories import Repositories
from bot.store.snapshot import RedisSnapshots
from bot.store.tickets import RedisLocks, RedisTickets
from scheduler.outbox.due_index import RedisDueIndex
from scheduler.outbox.queue import RedisOutbox

LAYOUT = 2
"""Of the records. 1 was never written down."""

EARLIER = (
    "What is stored was written by an earlier Between. Stop that one if it still runs: it can't read what this one "
    "writes. Nothing is sent again."
)


class RedisStore(Repositories):
    """Everything on one connection. Ask `warnings_at_start` once, `close` at the end."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.compare_and_set = CompareAndSet(connection)
        super().__init__(self.compare_and_set)
        self.snapshots = RedisSnapshots(connection)
        self.due = RedisDueIndex(connection)
        self.method_limiter = RedisMethodLimiter(connection)
        self.allowance = RedisAllowance(connection)
        self.tickets = RedisTickets(connection)
        self.locks = RedisLocks(connection)
        self.outbox = self.delivery = RedisOutbox(connection, self.due)

    @classmethod
    def at(cls, url: str, replicas: int | None = None) -> RedisStore:
        """Nothing is sent yet. ValueError, in a sentence, for a URL that can't be one of Redis.

        `replicas`: as `connect`."""
        return cls(connect(url, replicas))

    async def warnings_at_start(self) -> list[str]:
        """What somebody should know before trusting this Redis. StoreDown when it does not answer."""
        return [*await warnings_of(self.connection), *await self._written_before()]

    async def _written_before(self) -> list[str]:
        """Said once, to whoever starts the first Between that writes records as this one does: an older one can
        not read them. An empty store was written by nobody."""
        key = keys.layout()
        if await self.connection.ask(key, "GET", key):
            return []
        used = await self.connection.ask(keys.due(), "EXISTS", keys.due())
        with suppress(StoreDown):  # one that can't be written says so itself
            await self.connection.replicate(key, "SET", key, LAYOUT)
        return [EARLIER] if used else []

    async def close(self) -> None:
        await self.connection.close()
