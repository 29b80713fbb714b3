"""Tickets, which can be used once, and locks, which one process holds at a time. Redis's own clock ends both."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256

from bot.redis.connection import Connection
from bot.store import keys, scripts

MS = timedelta(milliseconds=1)


@dataclass(eq=False)
class RedisTickets:
    """`ports.Tickets`. A ticket's own text is no key and stands nowhere: whoever reads Redis can use none."""

    _connection: Connection

    async def issue(self, what: str, ticket: str, life: timedelta, *, says: str = "1") -> None:
        """A string at `b:{t:<digest>}:<what>`, for `life`. NotKept where no replica confirmed it: don't hand it
        out."""
        key = _key(what, ticket)
        # On a replica before it is handed out: a link that a failover forgot would be "used up" at its first use.
        await self._connection.replicate(key, "SET", key, says, "PX", life // MS)

    async def redeem(self, what: str, ticket: str) -> str:
        """By one GETDEL: of several who come at once, one gets what it says. Who hears no answer may have used it
        up."""
        key = _key(what, ticket)
        # One command reads and deletes, so of two who come at once one gets nothing. Kept by a replica too: a
        # failover that brought the ticket back would let it be used twice. NotKept here has used it up; the person
        # asks again.
        said = await self._connection.replicate(key, "GETDEL", key)
        return said.decode() if isinstance(said, bytes) else said or ""

    async def look(self, what: str, ticket: str) -> str:
        """Where it is not there: empty, as of one that was used up."""
        key = _key(what, ticket)
        said = await self._connection.ask(key, "GET", key)
        return said.decode() if isinstance(said, bytes) else said or ""


def _key(what: str, ticket: str) -> str:
    return keys.ticket(what, sha256(ticket.encode()).hexdigest()[:40])


@dataclass(eq=False)
class RedisLocks:
    """`ports.Locks`. A lock is free again when its holder gives it back, or dies and its time is over: so what it
    guards must not go wrong should two do it after all."""

    _connection: Connection

    async def acquire(self, name: str, life: timedelta) -> str:
        """One SET NX of `b:{l:<name>}`, a string that runs out by the server's clock."""
        key, token = keys.lock(name), secrets.token_hex(8)
        # Taken and given its end in one command: who dies right after it holds it no longer than its life. Not kept
        # by a replica: a lock that a failover forgets is one that two hold, which must do no harm anyhow.
        taken = await self._connection.ask(key, "SET", key, token, "NX", "PX", life // MS)
        return token if taken else ""

    async def release(self, name: str, token: str) -> None:
        """One script: compares, and deletes."""
        # By the token: who was frozen past the end of its life must not free the lock of whoever holds it now.
        await scripts.release(self._connection, scripts.LockKey(keys.lock(name)), token=token)
