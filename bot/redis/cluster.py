"""A line to a cluster. redis-py knows who holds which slot; what is sent to whom, and when again, is decided here.

redis-py's own way is not ours: it sends again what may have been done, its pipelines never look for a new
primary without such retries, and after a redirection a `WAIT` would ask the wrong server. Here all commands
about a key go together on one connection, and are sent again only where the server said it did not do them.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

from redis.asyncio.cluster import ClusterNode, PipelineCommand, RedisCluster
from redis.exceptions import (
    AskError,
    ClusterDownError,
    ClusterError,
    ConnectionError,
    MovedError,
    ReadOnlyError,
    RedisError,
    SlotNotCoveredError,
    TimeoutError,
    TryAgainError,
)

from bot.redis.line import MOST_CONNECTIONS, Command, ConnectionLimit, Question, first_refusal, no_retry
from bot.redis.server import server_options
from bot.redis_url import Address

HOPS = 6
"""Redirections that one call follows; two are usual while slots move."""
CALL_TIMEOUT_S = 2.5
"""Seconds for one call in all, finding out who is primary included."""
# Seconds. Of the 2.5 that a call has, six hops with this between them take 0.3.
TRY_AGAIN_S = 0.05
SPARE_CONNECTIONS = 4
"""Connections for redis-py's own questions about the cluster, which our own limit does not count."""

_GONE = (ConnectionError, TimeoutError, ClusterDownError, ReadOnlyError)
"""After these somebody else may be primary, or soon will."""


class ClusterLine:
    """Any number of callers at once. One call: find out who is primary where that is in doubt, send all its
    commands to the holder of its key in one packet, and follow where the cluster redirects to.

    Who finds a server gone notes it in `_failed`; the next call, anybody's, asks the others first who is primary
    now. Nothing that may have been done is sent again.
    """

    client: RedisCluster

    def __init__(self, address: Address) -> None:
        self._hosts = list(address.hosts)
        self.client = RedisCluster(
            startup_nodes=[ClusterNode(*host) for host in address.hosts],
            # While one primary is gone, the groups whose slots lie elsewhere are served as ever.
            require_full_coverage=False,
            max_connections=MOST_CONNECTIONS + SPARE_CONNECTIONS,
            retry=no_retry(),
            **server_options(address),
        )
        # Our own, since redis-py's cluster raises at once where all connections to a server are in use.
        self._limits: dict[str, ConnectionLimit] = defaultdict(ConnectionLimit)
        self._failed: str | None = None  # the name of a server that was gone, until somebody has asked anew

    async def ask(self, question: Question) -> list[Any]:
        """TimeoutError after `CALL_TIMEOUT_S`; then some may have been done."""
        async with _in_time():
            await self._ready()
            return await self._follow_redirections(*question)

    pipeline = ask  # each question has a packet to itself here

    async def _follow_redirections(self, key: str, commands: Sequence[Command]) -> list[Any]:
        node, asking = self._holder(key), False
        for _ in range(HOPS):
            answers = await self._send(node, commands, asking)
            # All are about one slot, so the first answer speaks for all: where it was turned away, none was done,
            # and the whole packet may be sent again elsewhere.
            if not isinstance(answers[0], (AskError, TryAgainError)):
                return answers
            node, asking = await self._elsewhere(answers[0], node)
        raise ClusterError("redirected again and again")

    async def _elsewhere(self, turned: Exception, node: ClusterNode) -> tuple[ClusterNode, bool]:
        """Where to ask instead, and whether only this once. MOVED is a kind of ASK to redis-py."""
        if not isinstance(turned, AskError):
            # TRYAGAIN, of a script with several keys while its slot moves: half of them are here and half over
            # there.
            await asyncio.sleep(TRY_AGAIN_S)
            return node, False
        manager = self.client.nodes_manager
        if isinstance(turned, MovedError):
            # For good, so it is noted for all callers of this bot: each of them would be turned away in turn.
            await manager.move_slot(turned)
            return manager.get_node_from_slot(turned.slot_id), False
        found = manager.get_node(host=turned.host, port=turned.port)
        if found is None:
            # It joined since we last asked who is who. The next call asks anew; for ours there is no time left.
            self._failed = node.name
            raise ClusterError("a server that is new to us has this key")
        return found, True  # ASK: only this once, since the slot is still on its way

    async def _send(self, node: ClusterNode, commands: Sequence[Command], asking: bool) -> list[Any]:
        """Each command is preceded by ASKING where it must be; one without a key does not mind."""
        words = [word for command in commands for word in ((("ASKING",), command) if asking else (command,))]
        # redis-py's own class, since its node puts the answers into it
        asked = [PipelineCommand(number, *word) for number, word in enumerate(words)]
        try:
            # A limit for each server: callers who wait for one that hangs keep nobody from the others.
            async with self._limits[node.name].passed():
                await node.execute_pipeline(asked)
        except (ConnectionError, TimeoutError, OSError):
            self._failed = node.name
            raise
        answers = [each.result for each in asked][1 if asking else 0 :: 2 if asking else 1]  # not those of ASKING
        if any(isinstance(answer, _GONE) for answer in answers):
            self._failed = node.name
        # A broken line is told as an answer of each command; the caller must hear that it may have been done.
        lost = next((each for each in answers if isinstance(each, (ConnectionError, TimeoutError))), None)
        if lost:
            raise lost
        return answers

    async def ask_all(self, asked: Sequence[tuple[str, Command]]) -> list[Any]:
        """Those of one server go together; a key that has moved since is asked for by itself. Where one server is
        gone, those of the others are answered."""
        async with _in_time():
            await self._ready()
            answers: dict[int, Any] = {}
            homes: dict[str, list[int]] = defaultdict(list)
            for number, (key, _) in enumerate(asked):
                try:
                    homes[self._holder(key).name].append(number)
                except (SlotNotCoveredError, LookupError):  # the fault of this key alone
                    answers[number] = ClusterDownError("no server of the cluster holds its slot")
            # At once: a press waits for the slowest server, and not for the sum of them.
            for some in await asyncio.gather(*(self._some(asked, numbers) for numbers in homes.values())):
                answers |= some
        return [answers[number] for number in range(len(asked))]

    async def _some(self, asked: Sequence[tuple[str, Command]], numbers: Sequence[int]) -> dict[int, Any]:
        """The answers of one server, by their numbers; a fault as the answer to each, so that the others' stay."""
        try:
            node = self._holder(asked[numbers[0]][0])
            answers = dict(zip(numbers, await self._send(node, [asked[n][1] for n in numbers], False), strict=True))
            for number, answer in answers.items():
                if isinstance(answer, (AskError, TryAgainError)):  # refused, so not done: it may be asked again
                    (answers[number],) = await self._follow_redirections(asked[number][0], [asked[number][1]])
        except RedisError as error:
            return dict.fromkeys(numbers, error)
        except OSError as error:
            return dict.fromkeys(numbers, ConnectionError(str(error) or "the line broke"))
        return answers

    async def everywhere(self, command: Command) -> list[Any]:
        """At once, each server once. One that refuses fails all, though others may have done it."""
        async with _in_time():
            await self._ready()
            sent = (self._send(node, [command], False) for node in self.client.get_primaries())
            told = await asyncio.gather(*sent)
        return first_refusal([answer for (answer,) in told])

    async def _ready(self) -> None:
        """Know who is who: at first, and anew after somebody failed, asking the others before them."""
        await self.client.initialize()
        if self._failed:
            # Taken before the await, so that one caller asks for all. Whoever comes meanwhile goes by what was
            # known, and at worst is told that the server is gone.
            failed, self._failed = self._failed, None
            try:
                await self.client.nodes_manager.initialize(self._hosts, last_failed_node_name=failed)
            except BaseException:  # cancelled too: somebody must ask again
                self._failed = failed
                raise

    def _holder(self, key: str) -> ClusterNode:
        return self.client.nodes_manager.get_node_from_slot(self.client.keyslot(key))

    async def invalidate_primary(self, key: str) -> None:
        """Only noted here, for whoever calls next."""
        self._failed = self._holder(key).name

    async def close(self) -> None:
        """redis-py closes nothing where it means to find out anew who is who."""
        await self.client.aclose()
        for nodes in ("nodes_cache", "startup_nodes"):
            await self.client.nodes_manager.aclose(nodes)


@asynccontextmanager
async def _in_time() -> AsyncIterator[None]:
    """Time-outs, lost lines and slots without a server are raised as redis-py's errors."""
    try:
        async with asyncio.timeout(CALL_TIMEOUT_S):
            yield
    except OSError as error:  # asyncio's own TimeoutError is one
        raise ConnectionError(str(error) or "no answer in time") from error
    except LookupError as error:
        raise ClusterDownError(f"no server of the cluster holds slot {error}") from error
