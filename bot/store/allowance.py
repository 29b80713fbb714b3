"""How many messages a person may get in a span of time: one set of names for each, whoever counts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from bot.redis.connection import Connection, text_of
from bot.store import keys, scripts

_LIFE = timedelta(days=36)
"""A week's count outlives the week by four, for *Why this?*, and so that a stepped clock finds it again."""


@dataclass(eq=False)
class RedisAllowance:
    """`ports.Allowance`. Any number of bots at once: a place is looked for and taken by one script. Who dies after
    it has taken the place, and whoever delivers the same entry next finds it taken by that name."""

    _connection: Connection

    async def take(self, person_id: str, span: str, name: str, most: int) -> bool:
        """One script on `b:{p:<person>}:dms:<span>`, a set of names, which lives 36 days from the last one."""
        # Checked and counted in one script: two groups whose messages go at the same moment can't both take the
        # last place. Taken again under the same name it counts once, so a delivery that begins anew takes nothing
        # more.
        key, life_ms = scripts.CountKey(keys.dms(person_id, span)), _LIFE // timedelta(milliseconds=1)
        return bool(await scripts.allow(self._connection, key, name=name, most=most, life_ms=life_ms))

    async def taken(self, spans: Iterable[tuple[str, str]]) -> dict[tuple[str, str], frozenset[str]]:
        """One round trip to each server that has some; an empty set where nothing counts."""
        asked = {span: keys.dms(*span) for span in spans}
        found = await self._connection.ask_all([(key, ("SMEMBERS", key)) for key in asked.values()])
        return {span: frozenset(map(text_of, names)) for span, names in zip(asked, found, strict=True)}

    async def give_back(self, person_id: str, span: str, name: str) -> None:
        """Not replicated: a failover that forgets it leaves a place taken, which costs one message at most."""
        # By name: giving back twice gives back once, and never another's place.
        key = keys.dms(person_id, span)
        await self._connection.ask(key, "SREM", key, name)
