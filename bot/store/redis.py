"""The store on Redis: `ports.Store` put together."""

from __future__ import annotations

from bot.domain.checkins import CheckIn
from bot.domain.commitments import Commitment
from bot.domain.digest import Digest
from bot.domain.groups import Group, SettingsChange
from bot.domain.people import Leader, Person
from bot.domain.plate import Plate
from bot.domain.rhythm import Round
from bot.ports import Records, Shelf
from bot.store import keys, nouns
from bot.store.connection import Connection, connect
from bot.store.due import RedisDueIndex
from bot.store.gates import RedisGates
from bot.store.health import warnings_of
from bot.store.index import RedisIndex
from bot.store.limits import RedisAllowance
from bot.store.outbox import RedisOutbox
from bot.store.records import RedisRecords
from bot.store.shelves import RedisShelf
from bot.store.swap import Swaps


class RedisStore:
    """Everything on one connection. Ask `warnings_at_start` once, `close` at the end."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        swaps = Swaps(connection)
        self.people: Records[Person] = RedisRecords(swaps, nouns.PERSON, keys.person)
        self.groups: Records[Group] = RedisRecords(swaps, nouns.GROUP, keys.group)
        self.leaders: Shelf[Leader] = RedisShelf(swaps, nouns.LEADER, "leaders")
        self.rounds: Shelf[Round] = RedisShelf(swaps, nouns.ROUND, "rounds")
        self.plates: Shelf[Plate] = RedisShelf(swaps, nouns.PLATE, "plates")
        self.checkins: Shelf[CheckIn] = RedisShelf(swaps, nouns.CHECK_IN, "checkins")
        self.commitments: Shelf[Commitment] = RedisShelf(swaps, nouns.COMMITMENT, "commitments")
        self.digests: Shelf[Digest] = RedisShelf(swaps, nouns.DIGEST, "digests")
        self.changes: Shelf[SettingsChange] = RedisShelf(swaps, nouns.CHANGE, "changes")
        self.index = RedisIndex(connection)
        self.due = RedisDueIndex(connection)
        self.gates = RedisGates(connection)
        self.allowance = RedisAllowance(connection)
        self.outbox = self.delivery = RedisOutbox(connection, self.due)

    @classmethod
    def at(cls, url: str, replicas: int | None = None) -> RedisStore:
        """Nothing is sent yet. ValueError, in a sentence, for a URL that can't be one of Redis.

        `replicas`: as `connect`."""
        return cls(connect(url, replicas))

    async def warnings_at_start(self) -> list[str]:
        """What somebody should know before trusting this Redis. StoreDown when it does not answer."""
        return await warnings_of(self.connection)

    async def close(self) -> None:
        await self.connection.close()
