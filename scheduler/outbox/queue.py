"""The outbox in Redis: every step is one script on keys of one slot. See docs/decisions/0003-outbox.md."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from secrets import token_urlsafe
from typing import Literal

from msgspec.structs import replace

from bot.domain.groups import MessageRef, Place
from bot.domain.outbox import Claimed, Claims, Entry, Outcome
from bot.ports import BadRecord
from bot.redis.batcher import Batcher
from bot.redis.connection import Connection, NotKept
from bot.store import keys
from scheduler.outbox import entries, scripts
from scheduler.outbox.dead_letters import revive
from scheduler.outbox.due_index import RedisDueIndex
from scheduler.outbox.entries import ms
from scheduler.outbox.forgetting import Forgetting
from scheduler.outbox.pace import OUR_PACE, Pace
from scheduler.outbox.reader import NEVER_SURE, OutboxReader, chunks
from scheduler.outbox.unconfirmed import Unconfirmed

# After that a name could be added anew; what the kinds record (`asked_at`, `digested`) keeps it from being planned.
TOMBSTONE = timedelta(days=60)
UNREADABLE = tuple(timedelta(minutes=minutes) for minutes in (1, 2, 4, 8))
"""How long an entry that we can't read waits for somebody who can, each time."""

NOT_KEPT_WAIT = timedelta(seconds=1)
MAX_DELAY_S = 0.003
"""Seconds that a record waits for others: Slack's answers come one by one, and each script alone costs as much
processor time as ten together. What follows a record goes together by itself."""
_AT_ONCE = 200
"""Entries added in one script, so that nobody waits long for Redis meanwhile."""


class RedisOutbox(OutboxReader):
    """Both sides of the outbox: `Outbox` and `Delivery`. Any number of bots at once.

    An entry's sequence: `add`; `claim` gives it to one bot, with a token, for the time of a lease; `mark_sending`,
    after which it may be in Slack; the post; `mark_sent`; `finish`. Each step after the claim is refused to a token
    that does not hold any more, but for `mark_sent`, which is the truth whoever says it.

    Who dies, by where: before `mark_sending`, the lease ends, and the next to claim sends it. After it, the next
    finds the mark, and looks in Slack first. After `mark_sent`, the next does what follows from that, and finishes.
    After `finish`, a tombstone keeps the same entry from being added again.

    `lease` is how long an entry is held; whoever takes over a dead bot's work waits for it. `server_ms` stands
    in for the server's clock in tests.
    """

    def __init__(
        self,
        connection: Connection,
        due: RedisDueIndex | None = None,
        *,
        pace: Pace = OUR_PACE,
        # More than `LONGEST_CALL_S` (10.5 s): nobody looks in Slack for what may still be on its way there.
        lease: timedelta = timedelta(seconds=12),
        server_ms: Callable[[], int | None] = lambda: None,
    ) -> None:
        super().__init__(connection, Unconfirmed(connection, TOMBSTONE))
        self._due = due or RedisDueIndex(connection)
        self._pace = pace
        self._lease = _whole(lease)
        self._server_ms = server_ms
        numbers = range(keys.PARTITIONS)
        self._mark_sending = [Batcher(partial(self._mark_all_sending, n)) for n in numbers]
        self._mark_sent = [Batcher(partial(self._mark_all_sent, n), max_delay=MAX_DELAY_S) for n in numbers]
        self._finish = [Batcher(partial(self._finish_all, n)) for n in numbers]

    async def add(self, added: Iterable[Entry]) -> int:
        """One script for up to 200 of a partition. StoreDown may come with some of them in: adding all again adds
        the rest."""
        by_partition: dict[int, list[Entry]] = defaultdict(list)
        for entry in added:
            by_partition[entries.partition_of(entry.team_id)].append(entry)
        new = 0
        for partition, chosen in by_partition.items():
            first = min(entry.due_at for entry in chosen)
            # Before, for the time after: the index lies in another slot, so no script does both. Should we die
            # after the entries, and before the look below, somebody looks a little later all the same.
            await self._due.expect(partition, first)
            # Some may be in, and the rest not: the group's next look is not set yet, so it is planned again, and
            # who adds all again adds the rest.
            for some in chunks(chosen, _AT_ONCE):
                new += await scripts.add(
                    self._connection,
                    self._keys[partition],
                    clock=self._server_ms(),
                    added=[scripts.New(entries.delivery_id(entry.name), ms(entry.due_at)) for entry in some],
                    records=[entries.pack(entry) for entry in some],
                )
            # After, and sooner than what was expected. A look before the entries were there would find nothing.
            await self._due.look_at_partition(partition, first)
        return new

    async def claim(
        self,
        partition: int,
        now: datetime,
        *,
        limit: int,
        each: int = 8,
        in_flight: Mapping[str, int] | None = None,
    ) -> Claims:
        """`limit` in all. What can't be read is set back, and after 15 minutes of that set aside."""
        # Of this claim, not of this bot: a bot that was frozen past its lease, and has claimed the entry again
        # since, must not take the mark of its first life for its own.
        token = token_urlsafe(9)
        wake, more, turn, *found = await scripts.claim(
            self._connection,
            self._keys[partition],
            clock=self._server_ms(),
            now=ms(now),
            limit=limit,
            lease=self._lease,
            token=token,
            every=_whole(self._pace.every),
            burst=self._pace.burst,
            gap=_whole(self._pace.gap),
            tombstone_life=_whole(TOMBSTONE),
            each=each,
            in_flight=in_flight or {},
        )
        taken = []
        for id_, raw, state in chunks(found, 3):
            try:
                taken.append(entries.claimed(id_.decode(), raw, state))
            except BadRecord as error:
                # Leased to us like the others, which go their way. Should we die here, its lease brings it back.
                await self._set_back(partition, (id_.decode(), token), entries.faults(state), str(error), now)
        next_at = None if wake < 0 else entries.moment(wake)
        turn_in = None if turn < 0 else timedelta(milliseconds=turn)
        return Claims(taken=tuple(taken), more=bool(more), next_at=next_at, turn_in=turn_in)

    async def _set_back(self, partition: int, held: tuple[str, str], faults: int, why: str, now: datetime) -> None:
        """What we can't read a newer bot may, during an upgrade: it is set aside only when none came."""
        id_, token = held
        # After 1 + 2 + 4 + 8 minutes: an upgrade by and by, in which older bots still claim, is over by then.
        if faults >= len(UNREADABLE):
            await self._dead_letter(partition, id_, token, why)
            return
        wait = UNREADABLE[faults]
        await self._put(partition, id_, token, keep_mark=True, after=_whole(wait), count="faults")
        await self._due.look_at_partition(partition, now + wait)

    async def mark_sending(self, claimed: Claimed, place: Place, now: datetime) -> bool:
        """Where a replica did not confirm it in time, it is taken back and StoreDown: surely not sent."""
        mark = scripts.Sending(claimed.delivery_id, claimed.token, entries.place_parts(place))
        try:
            return bool(await self._mark_sending[_home(claimed)]((mark, ms(now))))
        except NotKept:
            # The mark stands on the primary alone. A failover could forget it, and whoever claims the entry next
            # would send without looking in Slack. Nothing has been sent yet, so the mark is taken back; should that
            # fail too, it stays, and costs a look in Slack.
            await self.put_back(claimed, now, after=NOT_KEPT_WAIT, count="")
            raise

    async def _mark_all_sending(self, partition: int, asked: Sequence[tuple[scripts.Sending, int]]) -> list[int]:
        """By the newest caller's time: all of them are within one round trip of each other."""
        # One NotKept for all of a batch: each of them takes its own mark back.
        return await scripts.mark_sending(
            self._connection,
            self._keys[partition],
            clock=self._server_ms(),
            now=asked[-1][1],
            lease=self._lease,
            marks=[mark for mark, _ in asked],
        )

    async def mark_sent(self, claimed: Claimed, ref: MessageRef) -> bool:
        """Noted also where the lease was lost (False). StoreDown: perhaps not noted; nobody else knows that it is
        there."""
        mark = scripts.Sent(claimed.delivery_id, claimed.token, (ref.team_id, ref.channel, ref.ts))
        return bool(await self._mark_sent[_home(claimed)](mark))

    async def _mark_all_sent(self, partition: int, marks: Sequence[scripts.Sent]) -> list[int]:
        return await scripts.mark_sent(
            self._connection, self._keys[partition], clock=self._server_ms(), marks=marks
        )

    async def finish(self, claimed: Claimed, outcome: Outcome) -> bool:
        """True also where it had ended before. The tombstone of a DM does not say which message it was."""
        partition = _home(claimed)
        if outcome.status in NEVER_SURE:
            # Before the entry leaves: who dies in between leaves a name too many in the doctor's list, which asks
            # the tombstone, and not one too few.
            await self._unconfirmed.note(partition, claimed.entry.name, self._server_ms())
        # A tombstone outlives its entry by 60 days: whose DM it was, and which message in it, is nobody's but
        # theirs.
        kept = outcome if claimed.entry.in_channel else replace(outcome, sent=None)
        said = entries.outcome_json(kept)
        ended = scripts.Ended(claimed.delivery_id, claimed.token, outcome.status.value, said)
        return bool(await self._finish[partition](ended))

    async def _finish_all(self, partition: int, ends: Sequence[scripts.Ended]) -> list[int]:
        return await scripts.finish(
            self._connection,
            self._keys[partition],
            clock=self._server_ms(),
            tombstone_life=_whole(TOMBSTONE),
            ends=ends,
        )

    async def put_back(
        self,
        claimed: Claimed,
        now: datetime,
        *,
        after: timedelta,
        keep_mark: bool = False,
        rest: timedelta = timedelta(0),
        count: Literal["", "tries", "faults"] = "tries",
    ) -> bool:
        """`after` and `rest` are counted by the server's clock, the look by ours."""
        held = await self._put(
            _home(claimed),
            claimed.delivery_id,
            claimed.token,
            keep_mark=keep_mark,
            after=_whole(after),
            rest=_whole(rest),
            count=count,
        )
        # Also where the lease was lost: then another holds the entry, and a look that finds nothing does no harm.
        # After the script: who dies in between leaves it to a sweep of its partition.
        await self._due.look_at_partition(_home(claimed), now + after)
        return bool(held)

    async def put_off(self, claimed: Claimed, until: datetime, *, why: str = "") -> bool:
        """Takes the mark away: only for what was surely not sent."""
        id_, token = claimed.delivery_id, claimed.token
        held = await self._put(_home(claimed), id_, token, keep_mark=False, at=ms(until), why=why)
        await self._due.look_at_partition(_home(claimed), until)
        return bool(held)

    async def _put(
        self,
        partition: int,
        id_: str,
        token: str,
        *,
        keep_mark: bool,
        after: int | None = None,
        at: int | None = None,
        rest: int = 0,
        count: str = "",
        why: str = "",
    ) -> int:
        return await scripts.put_back(
            self._connection,
            self._keys[partition],
            clock=self._server_ms(),
            id=id_,
            token=token,
            keep_mark=keep_mark,
            after=after,
            at=at,
            rest=rest,
            count=count,
            why=why,
        )

    async def dead_letter(self, claimed: Claimed, why: str) -> bool:
        """Its tombstone says so too; `revive` takes both back."""
        return await self._dead_letter(_home(claimed), claimed.delivery_id, claimed.token, why)

    async def _dead_letter(self, partition: int, id_: str, token: str, why: str) -> bool:
        aside = await scripts.dead_letter(
            self._connection,
            self._keys[partition],
            clock=self._server_ms(),
            tombstone_life=_whole(TOMBSTONE),
            id=id_,
            token=token,
            why=why,
        )
        return bool(aside)

    async def forget(self, person_id: str) -> None:
        """As `Forgetting`, which says what stays."""
        await Forgetting(self._connection, self._unconfirmed).forget(person_id, self._server_ms())

    async def revive(self, now: datetime) -> list[str]:
        """As `dead_letters.revive`, which says who may do it at once."""
        return await revive(self._connection, self._due, now, self._server_ms)


def _home(claimed: Claimed) -> int:
    return entries.partition_of(claimed.entry.team_id)


def _whole(span: timedelta) -> int:
    return span // timedelta(milliseconds=1)
