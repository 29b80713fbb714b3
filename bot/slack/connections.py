"""The connections strangers may hold: how many, for how long, and how little of them is logged."""

from __future__ import annotations

import asyncio
import logging
import traceback
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from aiohttp import web
from aiohttp.web_protocol import RequestHandler

from bot.slack.log_limiter import LogLimiter

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass(frozen=True)
class Limits:
    """What a stranger may hold of us. Headers have as long as an idle connection is kept, which aiohttp counts as
    one: more than the 60 seconds after which most proxies close theirs, so that they do not send into a closed one.
    """

    headers_s: float = 75.0
    body_s: float = 10.0
    connections: int = 300
    """Fewer than the 1,024 descriptors that a process mostly has, which Redis and Slack want some of too."""
    unverified: int = 32 * 1024 * 1024
    """Bytes in all bodies that may be anybody's: some thirty of the largest, or a thousand as Slack sends them."""


@dataclass(eq=False)
class Connections:
    """Serves an app on a bounded number of connections. Runs in one loop.

    Sequence: a connection is idle until all headers of a request are here, busy until that is answered, then idle
    again; and idle too while a body comes in that may be anybody's. One too many closes the oldest idle ones; where
    none is idle, it is closed itself. Such bodies too large in all close the oldest of theirs.
    """

    _limits: Limits
    _limiter: LogLimiter
    _busy: set[asyncio.BaseProtocol] = field(default_factory=set)
    _unverified: dict[RequestHandler, int] = field(default_factory=dict)

    @web.middleware
    async def count(self, request: web.Request, handler: Handler) -> Any:
        """Middleware: busy for as long as `handler` runs, however that ends."""
        self._busy.add(request.protocol)
        try:
            return await handler(request)
        finally:
            self._busy.discard(request.protocol)

    @contextmanager
    def giving_way(self, request: web.Request) -> Iterator[Callable[[int], None]]:
        """While nobody knows whose it is. Else half-sent bodies, which cost nothing, would shut everybody out.
        Yields what is to be told of its bytes so far."""
        one = request.protocol
        self._busy.discard(one)
        self._unverified[one] = 0
        try:
            yield partial(self._weigh, one)
        finally:
            del self._unverified[one]
            self._busy.add(one)

    def _weigh(self, one: RequestHandler, size: int) -> None:
        self._unverified[one] = size
        excess = sum(self._unverified.values()) - self._limits.unverified
        # The oldest first, as a dict keeps them: Slack sends a body in one go, so what has been coming for long is
        # not its.
        for other, its_size in list(self._unverified.items()):
            if excess <= 0:
                return
            if its_size and other is not one:
                self._limiter.warn("too many connections", "closed the oldest unverified")
                # At once: its own handler takes it out only when the loop comes to it, and it would be counted till
                # then.
                self._unverified[other] = 0
                other.force_close()
                excess -= its_size

    @asynccontextmanager
    async def serving(self, app: web.Application, host: str, port: int) -> AsyncIterator[int]:
        """Yields the port. Raises OSError if it is taken."""
        runner = web.AppRunner(
            app,
            access_log=None,
            shutdown_timeout=3.0,
            keepalive_timeout=self._limits.headers_s,
            lingering_time=1.0,
            auto_decompress=False,  # Slack signs the bytes as they come; a stranger's few could become any number
            logger=self._logger(),
        )
        await runner.setup()
        try:
            server = runner.server
            assert server is not None
            # In place of aiohttp's TCPSite, which takes any number of connections.
            listener = await asyncio.get_running_loop().create_server(lambda: self._admit(server), host, port)
            try:
                yield int(listener.sockets[0].getsockname()[1])
            finally:
                listener.close()
        finally:
            await runner.cleanup()

    def _admit(self, server: web.Server) -> asyncio.BaseProtocol:
        # Called by the loop for each connection, with no await: nobody else is let in between the count and the
        # answer.
        excess = len(server.connections) - self._limits.connections + 1
        if excess > 0:
            idle = [one for one in server.connections if one not in self._busy]
            self._limiter.warn("too many connections", "closed the oldest idle" if idle else "closed the newest")
            # All are being answered, which takes seconds: theirs comes first, and Slack tries again.
            if not idle:
                return _Closed()
            # The oldest, in the order in which they came. A proxy's idle ones are among them, and it opens another.
            for one in idle[:excess]:
                one.force_close()
        return server()

    def _logger(self) -> logging.Logger:
        """For aiohttp, which would log a traceback for each request that is not HTTP, with what was sent in it."""
        logger = logging.Logger("bot.slack.http")

        def instead(record: logging.LogRecord) -> bool:
            error = record.exc_info[1] if record.exc_info else None
            at = traceback.extract_tb(error.__traceback__)[-1:] if error else []
            where = "".join(f" at {frame.filename.rpartition('/')[2]}:{frame.lineno}" for frame in at)
            self._limiter.warn("the web server could not serve a request", f"{type(error).__name__}{where}")
            return False

        logger.addFilter(instead)
        return logger


class _Closed(asyncio.Protocol):
    """A connection that is not taken."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Reset at once, so that nothing of it is kept."""
        assert isinstance(transport, asyncio.Transport)
        transport.abort()
