"""A line to one server: the one that was named, or the one that sentinels say is primary just now."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import nullcontext
from itertools import islice
from typing import Any

from hiredis import pack_command
from redis.asyncio import BlockingConnectionPool, Redis
from redis.asyncio.connection import AbstractConnection, SSLConnection, parse_url
from redis.asyncio.sentinel import Sentinel
from redis.exceptions import NoScriptError, ReadOnlyError, ResponseError
from redis.exceptions import TimeoutError as NoAnswer

from bot.redis.batcher import Batcher
from bot.redis.line import (
    ANSWER_TIMEOUT_S,
    CONNECT_TIMEOUT_S,
    MOST_CONNECTIONS,
    Command,
    ConnectionLimit,
    Question,
    first_refusal,
    no_retry,
)
from bot.redis.lua_source import lua, sha_of
from bot.redis_url import Address, Kind

MANY_HASHES = 4
"""Fields of as many hashes are read by a script: one command with twenty keys costs a fraction of twenty."""

PACKETS = 2
"""Packets of ordinary commands under way at once. Commands that come meanwhile go in the next: ten in a packet take
twice as long as one, not ten times."""

SENTINEL_TIMEOUT_S = 0.4
"""For one sentinel to answer; the next is asked after that, and a person waits for all of it."""


class ServerLine:
    """`limit` where the pool itself would not let callers wait for a connection, `sentinel` closes with it.

    Any number of callers at once. What is asked in one turn of the loop goes in one packet, and at most `PACKETS`
    are under way; each has a connection to itself until its last answer is read. Whoever is cancelled, or hears
    nothing in time, closes that connection: what was sent may have been done, and is not sent again.
    """

    client: Redis

    def __init__(
        self, client: Redis, limit: ConnectionLimit | None = None, sentinel: Sentinel | None = None
    ) -> None:
        self.client = client
        self._limit = limit
        self._sentinel = sentinel
        # With all others that ask in this turn of the loop, in one packet.
        self.ask = Batcher(self._send, at_once=PACKETS)
        self._kept: list[AbstractConnection] = []
        self._read_text = lua("bot.redis", "read")
        self._read_sha = sha_of(self._read_text)

    async def pipeline(self, question: Question) -> list[Any]:
        """A packet of its own."""
        return (await self._send([question]))[0]

    async def _send(self, asked: Sequence[Question]) -> list[list[Any]]:
        """One packet, and each caller's answers to their own commands. As redis-py's pipeline, which spends half
        its time on a task to send and a timer for each answer, and as much on packing word by word: here is one
        timer for all, and hiredis packs."""
        commands = [command for one in asked for command in one.commands]
        async with self._limit.passed() if self._limit else nullcontext():
            connection = await self._take()
            # Its own timer would be one for each answer; ours, below, is one for the packet. Whoever is given this
            # connection next finds it as it was (`finally`).
            timeout, connection.socket_timeout = connection.socket_timeout, None
            try:
                async with asyncio.timeout(timeout):
                    # `CONFIG GET` is two words to Redis, and one name to redis-py.
                    packed = (pack_command((*name.split(), *rest)) for name, *rest in commands)
                    await connection.send_packed_command(b"".join(packed))
                    # One after the other: answers come in the order of the commands, with nothing else to tell them
                    # apart.
                    answers = [await self._answer(connection, command) for command in commands]
            except BaseException as error:
                # What was not read must not be the next caller's answer, so the line goes, whatever else it could
                # still do. A cancelled press comes here too. `nowait`: a goodbye to a server that hangs would hang.
                await connection.disconnect(nowait=True)
                if isinstance(error, TimeoutError):
                    raise NoAnswer("no answer in time") from None
                raise
            finally:
                # Also after a disconnect: the pool opens it again for the next, and would else count it as in use
                # for ever.
                connection.socket_timeout = timeout
                await self._give_back(connection)
        if any(_is_replica(answer) for answer in answers):
            await self.invalidate_primary("")
        told = iter(answers)
        return [list(islice(told, len(one.commands))) for one in asked]

    async def _take(self) -> AbstractConnection:
        """Open, and with nothing left to read. The pool's own way costs as much as ten commands, so the few that
        are used all the time are kept out of it; one that the server closed meanwhile is opened again."""
        pool = self.client.connection_pool
        if not self._kept:
            return await pool.get_connection()  # type: ignore[no-untyped-call, no-any-return]
        # No await between the look and the pop, so no two callers take the same one.
        connection = self._kept.pop()
        try:
            # A server that was away has closed it: found out here, where nothing is sent yet and opening anew is
            # safe.
            await pool.ensure_connection(connection)
        except BaseException:
            # Back to the pool, though it failed, or cancelled: it counts towards the pool's most.
            await pool.release(connection)
            raise
        return connection

    async def _give_back(self, connection: AbstractConnection) -> None:
        """Sentinel's pool closes what lies in it when another server takes over, so nothing is kept out of it."""
        if self._sentinel is None and len(self._kept) < PACKETS:
            self._kept.append(connection)
        else:
            await self.client.connection_pool.release(connection)

    async def _answer(self, connection: AbstractConnection, command: Command) -> Any:
        """A refusal is an answer too."""
        try:
            answer = await connection.read_response()
        except ResponseError as refusal:
            return refusal
        understood = self.client.response_callbacks.get(command[0])
        return understood(answer) if understood else answer

    async def ask_all(self, asked: Sequence[tuple[str, Command]]) -> list[Any]:
        """Fields of many hashes are read by one script: they lie on one server, and each command has its price."""
        # Two moments, the script's and the others'; as with any packet, nobody may take them for one.
        commands = [command for _, command in asked]
        fields = [command for command in commands if command[0] == "HGET"]
        if len(fields) < MANY_HASHES:
            return await self.ask(Question("", commands))  # one server holds every key
        rest = [command for command in commands if command[0] != "HGET"]
        found, *others = await self.ask(Question("", [self._read(fields), *rest]))
        if isinstance(found, NoScriptError):
            # It only reads, so twice is no harm.
            (found,) = await self.ask(Question("", [self._read(fields, known=False)]))
        if isinstance(found, Exception):  # refused as a whole, so each of them was
            found = [found] * len(fields)
        read, unread = iter(found), iter(others)
        return [next(read if command[0] == "HGET" else unread) for command in commands]

    def _read(self, fields: Sequence[Command], *, known: bool = True) -> Command:
        script = ("EVALSHA", self._read_sha) if known else ("EVAL", self._read_text)
        return (*script, len(fields), *(key for _, key, _ in fields), *(field for _, _, field in fields))

    async def everywhere(self, command: Command) -> list[Any]:
        """Of the one there is."""
        return first_refusal(await self.ask(Question("", [command])))

    async def invalidate_primary(self, key: str) -> None:  # noqa: ARG002
        """Idle connections go, so that the next asks the sentinels. Without sentinels the one server stays."""
        if self._sentinel:
            # Those in use belong to callers who read from them just now; they find out by themselves.
            await self.client.connection_pool.disconnect(inuse_connections=False)

    async def close(self) -> None:
        """That to the sentinels too."""
        await self.client.aclose()
        if self._sentinel:
            await self._sentinel.aclose()


def _is_replica(answer: Any) -> bool:
    """A primary that became a replica while we held a line to it says so in a refusal (Redis 6, of a script, in
    words of its own): nothing was written, and the next command asks the sentinels again."""
    return isinstance(answer, ReadOnlyError) or (isinstance(answer, Exception) and "READONLY" in str(answer))


def server_line(address: Address) -> ServerLine:
    """Nothing is sent yet."""
    if address.kind is Kind.SENTINEL:
        return _sentinel_line(address)
    pool = BlockingConnectionPool.from_url(
        address.server_url,
        max_connections=MOST_CONNECTIONS,
        timeout=CONNECT_TIMEOUT_S,
        socket_connect_timeout=CONNECT_TIMEOUT_S,
        socket_timeout=ANSWER_TIMEOUT_S,
        retry=no_retry(),
    )
    return ServerLine(Redis.from_pool(pool))


def _sentinel_line(address: Address) -> ServerLine:
    """The URL's user and password are for the servers, its `sentinel_username` and `sentinel_password` for them."""
    asked = server_options(address)
    own = {name: asked.pop(f"sentinel_{name}") for name in ("username", "password") if f"sentinel_{name}" in asked}
    secure = {name: value for name, value in asked.items() if name.startswith("ssl")}
    watch = Sentinel(  # type: ignore[no-untyped-call]
        address.hosts,
        sentinel_kwargs={
            "socket_connect_timeout": SENTINEL_TIMEOUT_S,
            "socket_timeout": SENTINEL_TIMEOUT_S,
            "retry": no_retry(),
            **secure,
            **own,
        },
    )
    client = watch.master_for(address.service, max_connections=MOST_CONNECTIONS, retry=no_retry(), **asked)
    return ServerLine(client, ConnectionLimit(), watch)


def server_options(address: Address) -> dict[str, Any]:
    """What redis-py is to be told about each server."""
    options: dict[str, Any] = {"socket_connect_timeout": CONNECT_TIMEOUT_S, "socket_timeout": ANSWER_TIMEOUT_S}
    options |= parse_url(address.server_url)
    if options.pop("connection_class", None) is SSLConnection:
        options["ssl"] = True
    return options
