"""The connection to Redis: how a write is confirmed, and how Redis's refusals become ours.

Retries are off. redis-py would send a command again when its answer was lost, so that an INCR may happen twice
without its author knowing. Here a lost answer is always seen by the caller, who decides: swaps know their own write
again (see `bot.store.compare_and_set`), the index's commands do no harm twice, everything else tells the person.
Waits are short, since a form must be answered within Slack's three seconds.

Where another server takes over when a primary dies, a write that must not be lost is confirmed by a replica
before anybody relies on it: see `Connection.replicate`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from redis.asyncio import Redis
from redis.asyncio.cluster import RedisCluster
from redis.exceptions import (
    AskError,
    BusyLoadingError,
    ClusterError,
    ConnectionError,
    NoPermissionError,
    OutOfMemoryError,
    ReadOnlyError,
    RedisClusterException,
    RedisError,
    ResponseError,
    TimeoutError,
    TryAgainError,
)

from bot.ports import BadRecord, StoreDown
from bot.redis.cluster import ClusterLine
from bot.redis.line import Command, Line, Question, first_refusal
from bot.redis.server import server_line
from bot.redis_url import Kind, read_address

CONFIRM_MS = 800
"""How long a write may wait for a replica. Shorter than a line may be silent, so that its own answer is heard."""

_REFUSED = (
    AskError,
    BusyLoadingError,
    ClusterError,
    OutOfMemoryError,
    ReadOnlyError,
    TryAgainError,
)
_REFUSALS = re.compile(
    r"(?:^|-)(?:MISCONF|LOADING|MASTERDOWN|CLUSTERDOWN|MOVED|ASK|TRYAGAIN|UNBLOCKED|NOREPLICAS|READONLY|OOM|BUSY"
    r"|NOPERM) "
)
"""How Redis begins the other refusals; Redis 6 puts words and `-` before one that a script met."""
_UNKNOWN_TO_IT = re.compile(r"WRONGPASS|NOAUTH|invalid username-password|Authentication required")


class AnswerLost(StoreDown):
    """The line broke or stayed silent: what was asked may have been done, or not."""


class NotAllowed(StoreDown):
    """Redis won't let this user do that."""


class NotKept(StoreDown):
    """It was done, but is on no replica yet, so a failover might undo it: nobody may rely on it."""


@dataclass(frozen=True)
class Setup:
    """How the servers are run, as far as we were told; `replicas` must have what is kept."""

    kind: Kind = Kind.SERVER
    replicas: int = 0


ALONE = Setup()


@dataclass(frozen=True)
class Connection:
    """A line to Redis. `address` is for sentences: it holds no password."""

    line: Line
    address: str
    setup: Setup = ALONE

    @property
    def replicas(self) -> int:
        """How many replicas must confirm a write before it counts; 0: none is waited for."""
        return self.setup.replicas

    @property
    def client(self) -> Redis | RedisCluster:
        """redis-py's own, for questions of an administrator's kind."""
        return self.line.client

    async def ask(self, key: str, *command: Any) -> Any:
        """The answer to one command about one key, sent once. StoreDown; BadRecord for a key of a wrong kind."""
        with self.asking(key):
            return first_refusal(await self.line.ask(Question(key, (command,))))[0]

    async def ask_all(self, asked: Sequence[tuple[str, Command]]) -> list[Any]:
        """Questions about any keys; one round trip to each server that has some of them."""
        with self.asking(asked[0][0] if asked else ""):
            return first_refusal(await self.line.ask_all(asked))

    async def everywhere(self, *command: Any) -> list[Any]:
        """Every primary's answer."""
        with self.asking():
            return await self.line.everywhere(command)

    async def replicate(self, key: str, *command: Any) -> Any:
        """As `ask`, and it is on `replicas` replicas. NotKept where they didn't say so in time.

        `WAIT` asks about the last write of its own connection (older servers: of anybody). Replicas hear of writes
        in their order, so a mark written last speaks for all before it: also for what stood there already, since
        an earlier try of ours put it there and was told that it wasn't kept.
        """
        if not self.replicas:
            return await self.ask(key, *command)
        # On one connection, in this order: the write, a mark in its slot, and how many replicas have the mark.
        # `WAIT` alone would not do: where the swap finds its bytes standing it writes nothing, and Valkey then asks
        # the replicas about no write at all (docs/decisions/0002).
        mark, wait = mark_of(key), ("WAIT", self.replicas, CONFIRM_MS)
        with self.asking(key):
            commands = (command, ("SET", mark, 1), ("DEL", mark), wait)
            answer, *marked, held = await self.line.pipeline(Question(key, commands))
            if isinstance(answer, Exception):  # refused, so nothing was written that could be lost
                raise answer
        # DEL must have found our mark: else another server, or an older life of this one, answered, and what it
        # says of its replicas is not about our write.
        if marked[-1] != 1 or not isinstance(held, int) or held < self.replicas:
            # Cut off from its replicas it may have been replaced without knowing: the next command asks who is
            # primary.
            await self.line.invalidate_primary(key)
            # Done, and perhaps not for long. Taking it back could fail in the same way, so it stands: the caller
            # says that it may not be saved, and the same again (`confirm`) finds it done.
            said = _first_line(held) if isinstance(held, ResponseError) else f"{held} confirmed"
            raise NotKept(f"Redis at {self.address} has it on too few replicas just now ({said})")
        return answer

    async def confirm(self, key: str) -> None:
        """What stands at `key` is kept, whoever wrote it. NotKept where that isn't so in time."""
        if self.replicas:
            await self.replicate(key, "EXISTS", key)

    @contextmanager
    def asking(self, key: str = "") -> Iterator[Redis | RedisCluster]:
        """The client, with Redis's errors as StoreDown; `key` names the record should it be of a wrong kind."""
        try:
            yield self.client
        except (RedisError, RedisClusterException) as error:
            if ours := self._ours(error, key):
                raise ours from error
            raise
        except OSError as error:  # asyncio's TimeoutError is one: sent, but no answer
            raise AnswerLost(f"Can't reach Redis at {self.address}; is it running?") from error

    def _ours(self, error: Exception, key: str) -> Exception | None:
        said = _first_line(error)
        if _UNKNOWN_TO_IT.search(said):
            return StoreDown(f"Redis at {self.address} doesn't accept our user or password; look at REDIS_URL.")
        if isinstance(error, NoPermissionError):
            return NotAllowed(f"Redis at {self.address} does not let us do that ({said})")
        # Refused before it was done, so not an AnswerLost: whoever hears plain StoreDown knows that nothing was
        # written.
        if isinstance(error, _REFUSED) or _REFUSALS.search(said):
            return StoreDown(f"Redis at {self.address} can't do that just now ({said})")
        if isinstance(error, RedisClusterException):  # found nobody to ask, so nothing was sent
            return StoreDown(f"Can't reach Redis at {self.address}; is it running? ({said})")
        # After the refusals, some of which are ConnectionErrors to redis-py (a server that is loading): those are
        # sure.
        if isinstance(error, (ConnectionError, TimeoutError)):
            return AnswerLost(f"Can't reach Redis at {self.address}; is it running? ({said})")
        if "WRONGTYPE" in said and key:
            return BadRecord(
                f"{key} holds something that Between did not write. Move it away, or restore a backup."
            )
        return None

    async def close(self) -> None:
        """Every connection, also those in use: what was asked may have been done."""
        await self.line.close()


def connect(url: str, replicas: int | None = None) -> Connection:
    """A connection for any REDIS_URL; nothing is sent yet. ValueError, in a sentence, for what is none.

    `replicas` is how many must confirm a write; None: one where another server may take over, else none.
    """
    address = read_address(url)
    line: Line = ClusterLine(address) if address.kind is Kind.CLUSTER else server_line(address)
    wanted = int(address.replicated) if replicas is None else replicas
    return Connection(line, address.shown, Setup(address.kind, wanted))


def mark_of(key: str) -> str:
    """A key beside `key`, gone at once: a write of our own to the server that holds it. See
    `Connection.replicate`."""
    return f"b:{key[key.index('{') : key.index('}') + 1]}:mark"


def text_of(raw: bytes | str) -> str:
    """UTF-8; the driver gives either."""
    return raw if isinstance(raw, str) else raw.decode()


def _first_line(error: Exception) -> str:
    return str(error).split("\n", 1)[0].rstrip(".")
