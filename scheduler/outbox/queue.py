"""The outbox in Redis: every step is one script on keys of one slot. See docs/decisions/0003-outbox.md."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from secrets import token_urlsafe
from typing import Any, Literal

import msgspec

from bot.domain.groups import MessageRef, Place
from bot.domain.outbox import Claimed, Claims, Entry, Outcome, Status
from bot.ports import BadRecord
from bot.redis.batcher import Batcher
from bot.redis.connection import Connection, NotKept
from bot.redis.lua_source import lua
from bot.redis.scripts import Script
from bot.store import keys
from scheduler.outbox import entries
from scheduler.outbox.due_index import RedisDueIndex
from scheduler.outbox.entries import ms
from scheduler.outbox.pace import OUR_PACE, Pace
from scheduler.outbox.unconfirmed import Unconfirmed

PARTS = ("entries", "states", "due", "ready", "later", "leases", "teams", "pace", "gaps", "facts", "dead")
"""A partition's keys, in the order of `prelude.lua`."""

PACKAGE = "scheduler.outbox"
"""Where the scripts lie, in the folder `lua`."""

REPLICATED_SCRIPTS = ("add", "mark_sending", "revive")
"""What a failover may not undo: that a message is to be sent, and that somebody is about to send it. A claim
that is undone fails at the intent; a record or an end that is undone leaves an intent, so Slack is asked."""

NEVER_SURE = (Status.UNKNOWN, Status.FAILED)
"""Ends that whoever runs the server should hear of: nobody can say that it arrived."""

TOMBSTONE = timedelta(days=60)
UNREADABLE = tuple(timedelta(minutes=minutes) for minutes in (1, 2, 4, 8))
"""How long an entry that we can't read waits for somebody who can, each time."""

NOT_KEPT_WAIT = timedelta(seconds=1)
MAX_DELAY_S = 0.003
"""Seconds that a record waits for others: Slack's answers come one by one, and each script alone costs as much
processor time as ten together. What follows a record goes together by itself."""
_AT_ONCE = 200
"""Entries added in one script, so that nobody waits long for Redis meanwhile."""


class RedisOutbox:
    """Both sides of the outbox: `Outbox` and `Delivery`.

    `lease` is how long an entry is held; whoever takes over a dead bot's work waits for it. `server_ms` stands
    in for the server's clock in tests.
    """

    def __init__(
        self,
        connection: Connection,
        due: RedisDueIndex | None = None,
        *,
        pace: Pace = OUR_PACE,
        lease: timedelta = timedelta(seconds=12),
        server_ms: Callable[[], int | str] = lambda: "",
    ) -> None:
        self._connection = connection
        self._due = due or RedisDueIndex(connection)
        self._pace = (_whole(pace.every), pace.burst, _whole(pace.gap))
        self._lease = _whole(lease)
        self._server_ms = server_ms
        self._unconfirmed = Unconfirmed(connection, TOMBSTONE)
        self._load()

    def _load(self) -> None:
        common = lua(PACKAGE, "prelude")
        names = ("add", "claim", "mark_sending", "mark_sent", "finish", "put_back", "dead_letter", "revive")
        self._scripts = {
            name: Script(self._connection, PACKAGE, name, common, replicated=name in REPLICATED_SCRIPTS)
            for name in names
        }
        numbers = range(keys.PARTITIONS)
        self._mark_sending = [Batcher(self._for_all("mark_sending", n)) for n in numbers]
        self._mark_sent = [Batcher(self._for_all("mark_sent", n), max_delay=MAX_DELAY_S) for n in numbers]
        self._finishes = [Batcher(self._for_all("finish", n)) for n in numbers]

    async def add(self, added: Iterable[Entry]) -> int:
        by_partition: dict[int, list[Entry]] = defaultdict(list)
        for entry in added:
            by_partition[entries.partition_of(entry.team_id)].append(entry)
        new = 0
        for partition, chosen in by_partition.items():
            first = min(entry.due_at for entry in chosen)
            await self._due.expect(partition, first)
            for some in _chunks(chosen, _AT_ONCE):
                new += await self._add(partition, some)
            await self._due.look_at_partition(partition, first)
        return new

    async def _add(self, partition: int, some: Sequence[Entry]) -> int:
        added = [(entries.delivery_id(entry.name), ms(entry.due_at)) for entry in some]
        args = [_tombstone(partition), _packed(added), *map(entries.pack, some)]
        return int(await self._run("add", partition, args))

    async def claim(
        self,
        partition: int,
        now: datetime,
        *,
        limit: int,
        each: int = 8,
        in_flight: Mapping[str, int] | None = None,
    ) -> Claims:
        token = token_urlsafe(9)
        tombstones = [_tombstone(partition), _whole(TOMBSTONE)]
        args = [ms(now), limit, self._lease, token, *self._pace, *tombstones, each]
        for team, number in (in_flight or {}).items():
            args += [team, number]
        wake, more, turn, *found = await self._run("claim", partition, args)
        taken = []
        for id_, raw, state in _chunks(found, 3):
            try:
                taken.append(entries.claimed(id_.decode(), raw, state))
            except BadRecord as error:
                await self._set_back(partition, (id_.decode(), token), entries.faults(state), str(error), now)
        next_at = None if wake < 0 else entries.moment(wake)
        turn_in = None if turn < 0 else timedelta(milliseconds=turn)
        return Claims(taken=tuple(taken), more=bool(more), next_at=next_at, turn_in=turn_in)

    async def _set_back(self, partition: int, held: tuple[str, str], faults: int, why: str, now: datetime) -> None:
        """What we can't read a newer bot may, during an upgrade: it is set aside only when none came."""
        if faults >= len(UNREADABLE):
            await self._dead_letter(partition, *held, why)
            return
        wait = UNREADABLE[faults]
        await self._run("put_back", partition, [*held, "keep", "after", _whole(wait), 0, "faults"])
        await self._due.look_at_partition(partition, now + wait)

    async def mark_sending(self, claimed: Claimed, place: Place, now: datetime) -> bool:
        """Where a replica did not confirm it in time, it is taken back and StoreDown: surely not sent."""
        asked = (claimed.delivery_id, claimed.token, (place.team_id, place.channel))
        try:
            return bool(await self._mark_sending[_home(claimed)]((asked, (ms(now), self._lease))))
        except NotKept:
            await self.put_back(claimed, now, after=NOT_KEPT_WAIT, count="")
            raise

    async def mark_sent(self, claimed: Claimed, ref: MessageRef) -> bool:
        asked = (claimed.delivery_id, claimed.token, (ref.team_id, ref.channel, ref.ts))
        return bool(await self._mark_sent[_home(claimed)]((asked, ())))

    async def finish(self, claimed: Claimed, outcome: Outcome) -> bool:
        partition = _home(claimed)
        if outcome.status in NEVER_SURE:
            await self._unconfirmed.note(partition, claimed.entry.name, self._server_ms())
        asked = (claimed.delivery_id, claimed.token, outcome.status.value, entries.outcome_json(outcome))
        return bool(await self._finishes[partition]((asked, (_tombstone(partition), _whole(TOMBSTONE)))))

    async def put_back(
        self,
        claimed: Claimed,
        now: datetime,
        *,
        after: timedelta,
        keep_intent: bool = False,
        rest: timedelta = timedelta(0),
        count: Literal["", "tries", "faults"] = "tries",
    ) -> bool:
        intent = "keep" if keep_intent else "clear"
        held = await self._put(claimed, [intent, "after", _whole(after), _whole(rest), count])
        await self._due.look_at_partition(_home(claimed), now + after)
        return held

    async def put_off(self, claimed: Claimed, until: datetime) -> bool:
        held = await self._put(claimed, ["clear", "at", ms(until), 0, ""])
        await self._due.look_at_partition(_home(claimed), until)
        return held

    async def _put(self, claimed: Claimed, how: list[Any]) -> bool:
        args = [claimed.delivery_id, claimed.token, *how]
        return bool(await self._run("put_back", _home(claimed), args))

    async def dead_letter(self, claimed: Claimed, why: str) -> bool:
        return await self._dead_letter(_home(claimed), claimed.delivery_id, claimed.token, why)

    async def _dead_letter(self, partition: int, id_: str, token: str, why: str) -> bool:
        args = [_whole(TOMBSTONE), id_, token, why]
        return bool(await self._run("dead_letter", partition, args, [id_]))

    async def counts(self) -> dict[str, int]:
        counts = dict.fromkeys([*Status, "dead"], 0)
        for partition in range(keys.PARTITIONS):
            waiting, leased, facts = await self._count(partition)
            counts[Status.PENDING] += waiting
            counts[Status.SENDING] += leased
            for name, number in facts.items():
                if name.decode() in counts:
                    counts[name.decode()] += int(number)
        return counts

    async def _count(self, partition: int) -> tuple[int, int, dict[bytes, bytes]]:
        def of(part: str, command: str) -> tuple[str, tuple[str, str]]:
            key = keys.outbox(partition, part)
            return key, (command, key)

        queues = [of(part, "ZCARD") for part in ("due", "ready", "later", "leases")]
        due, ready, later, leased, facts = await self._connection.ask_all([*queues, of("facts", "HGETALL")])
        return due + ready + later, leased, facts

    async def status(self, name: str, team_id: str | None = None) -> Outcome | None:
        for partition in range(keys.PARTITIONS) if team_id is None else [entries.partition_of(team_id)]:
            if found := await self._status(partition, entries.delivery_id(name)):
                return found
        return None

    async def _status(self, partition: int, id_: str) -> Outcome | None:
        replicated, states, tomb = (
            keys.outbox(partition, "entries"),
            keys.outbox(partition, "states"),
            _tombstone(partition, id_),
        )
        stored, state, ended = await self._connection.ask_all(
            [(replicated, ("HEXISTS", replicated, id_)), (states, ("HGET", states, id_)), (tomb, ("GET", tomb))]
        )
        if ended:
            return entries.outcome(ended)
        return entries.under_way(state) if stored else None

    async def dead(self) -> list[tuple[str, str]]:
        found: list[tuple[str, str]] = []
        for partition in range(keys.PARTITIONS):
            key = keys.outbox(partition, "dead")
            lines = await self._connection.ask(key, "LRANGE", key, 0, -1)
            found += [entries.buried(note, raw) for note, raw in _chunks(lines, 2)]
        return found

    async def unconfirmed(self) -> list[tuple[str, Outcome]]:
        found = []
        for partition in range(keys.PARTITIONS):
            for name in await self._unconfirmed.names(partition):
                ended = await self._status(partition, entries.delivery_id(name))
                if ended and ended.status in NEVER_SURE and ended.why:
                    found.append((name, ended))
        return found

    async def revive(self, now: datetime) -> list[str]:
        names = []
        for partition in range(keys.PARTITIONS):
            key = keys.outbox(partition, "dead")
            for note, raw in _chunks(await self._connection.ask(key, "LRANGE", key, 0, -1), 2):
                if entry := entries.readable(raw):
                    id_ = entries.delivery_id(entry.name)
                    await self._run("revive", partition, [id_, ms(entry.due_at), note, raw], [id_])
                    names.append(entry.name)
            await self._due.look_at_partition(partition, now)
        return names

    def _for_all(self, name: str, partition: int) -> Callable[[Sequence[_Asked]], Any]:
        """Runs a script once for many callers; what they share (the time, lives) is the newest caller's."""

        async def run(asked: Sequence[_Asked]) -> Any:
            return await self._run(name, partition, [*asked[-1][1], _packed([own for own, _ in asked])])

        return run

    async def _run(self, name: str, partition: int, args: Sequence[Any], ids: Sequence[str] = ()) -> Any:
        touched = [keys.outbox(partition, part) for part in PARTS]
        touched += [_tombstone(partition, id_) for id_ in ids]
        return await self._scripts[name](touched, [self._server_ms(), *args])


_Asked = tuple[tuple[Any, ...], tuple[Any, ...]]
"""What a caller wants of a script for one entry, which stands first, and what the script wants to know besides."""


def _packed(asked: Sequence[tuple[Any, ...]]) -> bytes:
    """One argument, since redis-py and Redis take their time over each. Texts and numbers only: what Redis has of
    msgpack knows no bytes."""
    return msgspec.msgpack.encode(asked)


def _home(claimed: Claimed) -> int:
    return entries.partition_of(claimed.entry.team_id)


def _tombstone(partition: int, id_: str = "") -> str:
    """Its key; without an id, how all of them begin."""
    return keys.outbox(partition, f"done:{id_}")


def _whole(span: timedelta) -> int:
    return span // timedelta(milliseconds=1)


def _chunks(all_: Sequence[Any], size: int) -> Iterator[Sequence[Any]]:
    return (all_[start : start + size] for start in range(0, len(all_), size))
