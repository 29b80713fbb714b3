"""Our Lua scripts: each changes keys of one slot in one step, and does no harm when run twice."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from redis.exceptions import NoScriptError

from bot.redis.connection import Connection
from bot.redis.lua_source import lua, sha_of


class Script:
    """One script of the folder `lua` in `package`, with whatever `before` gives it in common with others.

    What a `kept` one wrote is on a replica before it returns, where there are replicas.
    """

    def __init__(
        self, connection: Connection, package: str, name: str, before: str = "", *, replicated: bool = False
    ) -> None:
        self._send = connection.replicate if replicated else connection.ask
        self._text = before + lua(package, name)
        self._sha = sha_of(self._text)

    async def __call__(self, keys: Sequence[str], args: Sequence[Any]) -> Any:
        """A server that does not know the script has done nothing, and is told it in full."""
        try:
            return await self._send(keys[0], "EVALSHA", self._sha, len(keys), *keys, *args)
        except NoScriptError:
            return await self._send(keys[0], "EVAL", self._text, len(keys), *keys, *args)
