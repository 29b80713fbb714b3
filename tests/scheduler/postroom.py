"""Bots on one Redis for the tests of the scheduler: their kinds, their clock, and ways for them to die."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Coroutine, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from inspect import iscoroutine
from typing import Any

from msgspec.structs import replace

from bot.domain.channel_days import Turn
from bot.domain.checkins import CheckIn, asked, hushed, nudged
from bot.domain.groups import MessageRef, Place
from bot.domain.outbox import Claimed, Entry, Kind
from bot.ports import Deps, Message
from bot.storage import RedisStore
from bot.store.method_limiter import RedisMethodLimiter
from scheduler.kinds import KINDS
from scheduler.outbox.messages import Drop, MessageKind, OutgoingMessage
from scheduler.outbox.pace import NO_PACE, Pace
from scheduler.outbox.pool import DeliveryPool
from scheduler.outbox.queue import RedisOutbox
from scheduler.tick import look_until_quiet, tick
from tests.clock import Clock
from tests.scheduler.loopback import Loopback


def message(text: str) -> Message:
    return Message(text=text, blocks=())


@dataclass
class Letters:
    """Composes every kind: the text is the entry's name, so that a test sees what went, and how often.

    Posts go to `C1` of the entry's workspace, DMs to the person. `breaks` are names it can't compose.
    """

    breaks: set[str] = field(default_factory=set)
    breaks_after: set[str] = field(default_factory=set)
    dropped: dict[str, str] = field(default_factory=dict)
    told: list[str] = field(default_factory=list)

    TURN = Turn.BESIDE

    async def compose(self, entry: Entry, deps: Deps, now: datetime) -> OutgoingMessage | Drop:  # noqa: ARG002
        if entry.name in self.breaks:
            raise ValueError("this entry is poisoned")
        if entry.name in self.dropped:
            return Drop(self.dropped[entry.name])
        if not entry.person_id:
            return OutgoingMessage(
                message(entry.name), place=Place(team_id=entry.team_id, channel=f"C-{entry.group_id}")
            )
        person = await deps.store.people.get(entry.person_id)
        assert person is not None
        return OutgoingMessage(message(entry.name), person=person)

    async def sent(self, entry: Entry, ref: MessageRef, deps: Deps, now: datetime) -> None:
        if entry.name in self.breaks_after:
            raise ValueError("it can't be noted")
        self.told.append(entry.name)
        await _note(entry, ref, deps, now)


class LetterKind:
    """One kind of message, composed by `Letters`; counted and kept to hours as the real one."""

    def __init__(self, kind: Kind, letters: Letters) -> None:
        self.KIND = kind
        self.IN_HOURS, self.COUNTED = KINDS[kind].IN_HOURS, KINDS[kind].COUNTED
        self.TURN = KINDS[kind].TURN or Turn.BESIDE  # all of them are posts here
        self.due = KINDS[kind].due
        self.compose, self.sent = letters.compose, letters.sent


async def _note(entry: Entry, ref: MessageRef, deps: Deps, now: datetime) -> None:
    """What the real kinds note."""
    store, person, round = deps.store, entry.person_id, entry.round
    if entry.kind is Kind.DIGEST and round:
        await store.rounds.change(entry.group_id, round, lambda old: old and replace(old, digested=True))
    if entry.kind is Kind.QUIET and person:
        await store.leaders.change(entry.group_id, person, lambda old: old and hushed(old))
    if entry.kind in (Kind.CHECK_IN, Kind.NUDGE, Kind.REMIND_LATER) and person and round:
        went = asked if entry.kind is Kind.CHECK_IN else nudged
        new = CheckIn(person_id=person, round=round)
        await store.checkins.change(entry.group_id, person, lambda old: went(old or new, now, ref), round=round)


@dataclass
class Bot:
    """One process, as far as Redis and Slack can tell."""

    store: RedisStore
    slack: Loopback
    clock: Clock
    letters: Letters
    deps: Deps
    kinds: Mapping[Kind, MessageKind]

    async def tick(self) -> None:
        await tick(self.deps, self.kinds)

    async def after(self, span: timedelta) -> None:
        """Once `span` later: what was put back or left by the dead is taken up."""
        self.clock.move_by(span)
        await self.tick()

    async def take(self, partition: int) -> list[Claimed]:
        return list((await self.store.delivery.claim(partition, self.clock.now(), limit=100, each=100)).taken)


def bot(
    store: RedisStore,
    slack: Loopback,
    clock: Clock,
    *,
    letters: Letters | None = None,
    pace: Pace = NO_PACE,
    server: Callable[[], int] | None = None,
) -> Bot:
    """A bot of its own on the store's Redis. The server's clock goes with the test's, unless given."""
    own = RedisStore(store.connection, store.keyring.masters)
    ticks = server or (lambda: int(clock.now().timestamp() * 1000))
    own.outbox = own.delivery = RedisOutbox(own.connection, own.due, pace=pace, server_ms=ticks)
    own.method_limiter = RedisMethodLimiter(own.connection, server_ms=ticks)
    letters = letters or Letters()
    deps = Deps(store=own, messenger=slack, now=clock.now, new_id=lambda: "n1")
    return Bot(own, slack, clock, letters, deps, {kind: LetterKind(kind, letters) for kind in Kind})


def entry(kind: Kind, name: str, at: datetime, *, lasts: timedelta = timedelta(days=1), **more: Any) -> Entry:
    """An entry of group g7 in workspace T1, unless `more` says so."""
    fields = {"group_id": "g7", "team_id": "T1"} | more
    return Entry(name=name, kind=kind, due_at=at, expires_at=at + lasts, **fields)


class Killed(BaseException):
    """`kill -9`, as far as code of ours can tell: nothing catches it."""


class Death:
    """Comes at the `step`th call to the store or to Slack: before it, or just after."""

    def __init__(self, step: int, *, after: bool) -> None:
        self.left, self.after = step, after
        self.came = False

    async def around(self, name: str, call: Coroutine[Any, Any, Any]) -> Any:  # noqa: ARG002
        self.left -= 1
        last = self.left == 0
        if last and not self.after:
            call.close()  # not begun
            self._strike()
        try:
            return await call
        finally:
            if last and self.after:
                self._strike()

    def _strike(self) -> None:
        self.came = True
        raise Killed


class DeathAt(Death):
    """Comes before the `step`th call of that name, whatever it is a part of."""

    def __init__(self, name: str, step: int = 1) -> None:
        super().__init__(step, after=False)
        self.name = name

    async def around(self, name: str, call: Coroutine[Any, Any, Any]) -> Any:
        return await (super().around(name, call) if name == self.name else call)


class Mortal:
    """Anything whose every call may be its last."""

    def __init__(self, inner: Any, death: Death) -> None:
        self._inner, self._death = inner, death

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._inner, name)
        if not callable(found):
            return Mortal(found, self._death)

        def call(*args: Any, **more: Any) -> Any:
            answer = found(*args, **more)
            # what is no coroutine asks nothing of anybody
            return self._death.around(name, answer) if iscoroutine(answer) else answer

        return call


def doomed(bot: Bot, death: Death) -> Bot:
    deps = Deps(
        store=Mortal(bot.store, death),  # type: ignore[arg-type]
        messenger=Mortal(bot.slack, death),  # type: ignore[arg-type]
        now=bot.clock.now,
        new_id=bot.deps.new_id,
    )
    return Bot(bot.store, bot.slack, bot.clock, bot.letters, deps, bot.kinds)


@asynccontextmanager
async def pool_of(bot: Bot, **more: Any) -> AsyncIterator[Callable[[], Any]]:
    """A bot whose ticks don't wait for slow answers; gives its tick."""
    async with DeliveryPool(bot.deps, bot.kinds, **more) as pool:

        async def look() -> None:
            await look_until_quiet(bot.deps, pool)
            await pool.quiet(0.05)

        yield look
        await pool.stop(1)
