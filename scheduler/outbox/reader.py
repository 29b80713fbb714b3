"""What stands in the outbox and how its entries ended, for the doctor and for tests. It changes nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from bot.domain.outbox import Outcome, Status
from bot.redis.connection import Connection
from bot.store import keys
from scheduler.outbox import entries, scripts
from scheduler.outbox.unconfirmed import Unconfirmed

NEVER_SURE = (Status.UNKNOWN, Status.FAILED)
"""Ends that whoever runs the server should hear of: nobody can say that it arrived."""


class OutboxReader:
    """The part of `Delivery` that only reads. Each answer is of several moments: entries move on between two
    questions, so none of it is anything to act on but for people."""

    def __init__(self, connection: Connection, unconfirmed: Unconfirmed) -> None:
        self._connection = connection
        self._unconfirmed = unconfirmed
        self._keys = [scripts.PartitionKeys.of(number) for number in range(keys.PARTITIONS)]

    async def counts(self) -> dict[str, int]:
        """PENDING and SENDING are counted as they stand, the ends as they were ever counted."""
        counts = dict.fromkeys([*Status, "dead"], 0)
        for partition in range(keys.PARTITIONS):
            own = self._keys[partition]
            queues = [(key, ("ZCARD", key)) for key in (own.due, own.ready, own.later, own.leases)]
            # One packet, so nearly one moment: an entry that moves on meanwhile is counted twice, or not at all.
            due, ready, later, leased, facts = await self._connection.ask_all(
                [*queues, (own.facts, ("HGETALL", own.facts))]
            )
            counts[Status.PENDING] += due + ready + later
            counts[Status.SENDING] += leased
            for name, number in facts.items():
                if name.decode() in counts:
                    counts[name.decode()] += int(number)
        return counts

    async def status(self, name: str, team_id: str | None = None) -> Outcome | None:
        """Without `team_id` each partition is asked, one after the other."""
        for partition in range(keys.PARTITIONS) if team_id is None else [entries.partition_of(team_id)]:
            if found := await self._status(partition, entries.delivery_id(name)):
                return found
        return None

    async def _status(self, partition: int, id_: str) -> Outcome | None:
        replicated, states, tomb = (
            keys.outbox(partition, "entries"),
            keys.outbox(partition, "states"),
            f"{self._keys[partition].tombstones}{id_}",
        )
        stored, state, ended = await self._connection.ask_all(
            [(replicated, ("HEXISTS", replicated, id_)), (states, ("HGET", states, id_)), (tomb, ("GET", tomb))]
        )
        # The tombstone has the last word: it is written in the script that takes the entry out, so where both are
        # seen the entry was read first, and has ended since.
        if ended:
            return entries.outcome(ended)
        return entries.under_way(state) if stored else None

    async def refused(self) -> list[tuple[str, str]]:
        """The names of those that wait for the reason of a refusal to end, each with Slack's code; sorted."""
        found: list[tuple[str, str]] = []
        for partition in range(keys.PARTITIONS):
            replicated, states = keys.outbox(partition, "entries"), keys.outbox(partition, "states")
            known = await self._connection.ask(states, "HGETALL", states)
            why = {id_: code for id_, state in known.items() if (code := entries.refusal(state))}
            if why:
                stored = await self._connection.ask(replicated, "HMGET", replicated, *why)
                pairs = zip(stored, why.values(), strict=True)
                found += [(entries.name_of(raw), code) for raw, code in pairs if raw]  # none: it left meanwhile
        return sorted(found)

    async def dead(self) -> list[tuple[str, str]]:
        """The name of each, or its id where it can't be read, and why it was set aside; the newest first."""
        found: list[tuple[str, str]] = []
        for partition in range(keys.PARTITIONS):
            key = keys.outbox(partition, "dead")
            lines = await self._connection.ask(key, "LRANGE", key, 0, -1)
            found += [entries.dead_letter(note, raw) for note, raw in chunks(lines, 2)]
        return found

    async def unconfirmed(self) -> list[tuple[str, Outcome]]:
        """By name, the newest of each partition first, at most 200 of each."""
        found = []
        for partition in range(keys.PARTITIONS):
            for name in await self._unconfirmed.names(partition):
                ended = await self._status(partition, entries.delivery_id(name))
                if ended and ended.status in NEVER_SURE and ended.why:
                    found.append((name, ended))
        return found


def chunks(all_: Sequence[Any], size: int) -> Iterator[Sequence[Any]]:
    """Of `size` each; the last may be shorter."""
    return (all_[start : start + size] for start in range(0, len(all_), size))
