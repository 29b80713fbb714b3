"""What a line to Redis can do, whoever is at its other end, and how long it waits."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any, NamedTuple, Protocol

from redis.asyncio import Redis
from redis.asyncio.cluster import RedisCluster
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import ConnectionError

# One after the other they must leave time for an answer within Slack's three seconds: one to connect, one and a
# half to hear, and half a second for Slack's own way (docs/decisions/0002).
CONNECT_TIMEOUT_S = 1.0
ANSWER_TIMEOUT_S = 1.5
MOST_CONNECTIONS = 64
"""Of one bot to one server; more callers wait their turn for up to `CONNECT_TIMEOUT_S`."""

Command = Sequence[Any]


class Question(NamedTuple):
    """Commands about keys of one slot; `key` is one of them."""

    key: str
    commands: Sequence[Command]


def no_retry() -> Retry:
    """redis-py would send a command again whose answer was lost, in a cluster three times unless told not to."""
    return Retry(NoBackoff(), 0)


class Line(Protocol):
    """Commands go to the primary that holds their key. Whatever goes wrong is redis-py's to say (or OSError);
    what was sent is never sent again, unless the server said that it did not do it."""

    @property
    def client(self) -> Redis | RedisCluster:
        """redis-py's own, whose errors are not yet ours."""

    async def ask(self, question: Question, /) -> list[Any]:
        """In a packet with what others ask just now, where they can be. A refusal stands among the answers."""

    async def pipeline(self, question: Question) -> list[Any]:
        """As `ask`, in a packet of its own on one connection."""

    async def ask_all(self, asked: Sequence[tuple[str, Command]]) -> list[Any]:
        """Questions about many keys: one round trip to each server that has some. A refusal stands
        among the answers."""

    async def everywhere(self, command: Command) -> list[Any]:
        """The answer of every primary."""

    async def invalidate_primary(self, key: str) -> None:
        """Whoever holds `key` may be primary no more, without knowing: find out before the next command."""

    async def close(self) -> None:
        """As `Connection.close`."""


class ConnectionLimit:
    """Lets so many through at once; who comes later waits a while."""

    def __init__(self, most: int = MOST_CONNECTIONS) -> None:
        self._free = asyncio.Semaphore(most)

    @asynccontextmanager
    async def passed(self) -> AsyncIterator[None]:
        """Raises ConnectionError where none came free in time; nothing was sent then. Whoever is cancelled while
        they wait leaves the queue, and whoever is cancelled inside lets the next one in."""
        try:
            # Waiting in line costs of the same seconds as everything else: longer, and Slack has given up on the
            # press.
            async with asyncio.timeout(CONNECT_TIMEOUT_S):
                await self._free.acquire()
        except TimeoutError:
            # As redis-py's own pool says it. It is heard as an AnswerLost, which is too careful: nothing was sent.
            raise ConnectionError("No connection available.") from None
        try:
            yield
        finally:
            self._free.release()


def first_refusal(answers: Sequence[Any]) -> list[Any]:
    """The answers, if none of them is a refusal; else that is raised."""
    for answer in answers:
        if isinstance(answer, Exception):
            raise answer
    return list(answers)
