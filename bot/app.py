"""Puts the parts together: the only reader of the clock, the only one who picks a store and a messenger."""

from __future__ import annotations

import asyncio
import gc
import os
import secrets
import signal
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

import aiohttp
import structlog
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError

import handlers
from bot.data_link import routes_of
from bot.domain.groups import Place
from bot.domain.nations import find_nation, working_day
from bot.domain.terms import terms
from bot.domain.zones import find_zone
from bot.embedded.binary import NoServer
from bot.health import Health
from bot.installing import oauth_flow, open_book
from bot.manifest import PATH, SCOPES
from bot.master_keys import MasterKey, new_master
from bot.open_store import faults_of_keys, opened, said_of_keys
from bot.ports import NO_LIST, Deps, Store, StoreDown
from bot.settings import CannotStart, Settings
from bot.slack.bolt import build, catch_the_rest
from bot.slack.http import listening
from bot.slack.installation import TokenCheck, not_accepted, unreachable
from bot.slack.installation_book import InstallationBook
from bot.slack.messenger import SlackMessenger, new_session
from bot.slack.oauth import InstallFlow
from bot.slack.socket_mode import SocketMode
from bot.store.erasures import ErasureFile
from bot.usecases.erasure import erase_again
from bot.usecases.installation_upkeep import look_after_installations
from bot.views.dates import say_upcoming
from handlers.stacked import SeenForms
from scheduler.due import coming
from scheduler.kinds import KINDS
from scheduler.outbox.messages import Kinds
from scheduler.tick import tick, ticking

Clock = Callable[[], datetime]

MOST_STEPS = 10_000
"""In one move of a clock; a year of a few groups takes fewer."""

A_SHORT_STEP = timedelta(minutes=5)
MANY_STEPS = 30
"""So many short steps in a row mean that something waits by the server's clock. Nothing is too late by one."""
SERVER_CLOCK_TIMEOUT_S = 20
"""Seconds that one move of a clock waits in all for what waits by the server's clock."""

COLLECT_AFTER_OBJECTS = 20_000
"""New objects after which the collector looks at them."""

STOP_TIMEOUT_S = 10.0
"""Seconds within which everything has ended, once asked to."""


log = structlog.get_logger()


def utc_now() -> datetime:
    """The wall clock of this machine; all others are handed it."""
    return datetime.now(UTC)


@dataclass
class Between:
    """A running bot, as the demo and the tests hold it. `port` is where it listens by HTTP, if it does."""

    settings: Settings
    deps: Deps
    book: InstallationBook
    bolt: AsyncApp
    health: Health
    oauth: InstallFlow | None = None
    line: SocketMode | None = None
    port: int | None = None
    kinds: Kinds = field(default_factory=lambda: KINDS)

    async def tick(self) -> None:
        """Do all that is due now, and come back when it is done; the clockwork does so once a second anyhow."""
        await look_after_installations(self.deps, self.deps.now())
        await tick(self.deps, self.kinds)

    async def live_to(self, when: datetime, move: Callable[[datetime], None]) -> None:
        """Move a clock of our own on to `when` with `move`, doing all that is due on the way in its order.

        What waits by the server's clock (a lost answer, a 429) can't be moved on, and asks for one look after the
        other meanwhile. So it is waited for a while in real time; after that steps are as long as may be late.
        """
        hurried, seconds_left, least = 0, SERVER_CLOCK_TIMEOUT_S, timedelta(0)
        for _ in range(MOST_STEPS):
            due, now = await self.next_due(), self.deps.now()
            if due is None or max(due, now + least) > when:
                break
            hurried = hurried + 1 if due - now < A_SHORT_STEP else 0
            if hurried > MANY_STEPS and seconds_left:
                seconds_left -= 1
                await asyncio.sleep(1)
            least = timedelta(0) if seconds_left else A_SHORT_STEP
            move(max(due, now + least))
            await self.tick()
        move(when)
        await self.tick()

    async def coming(self, team_id: str, channel: str) -> tuple[datetime, str] | None:
        """When something happens next in a channel's group, and what; None where there is no group."""
        group_id = await self.deps.store.index.group(Place(team_id=team_id, channel=channel))
        found = await coming(group_id, self.deps.store, self.deps.now()) if group_id else None
        return (found.next_at, say_upcoming(found.next_what)) if found else None

    async def next_due(self) -> datetime | None:
        """When something may happen next; may be past. None when nothing is planned."""
        return await self.deps.store.due.next_at()


@asynccontextmanager
async def started(
    settings: Settings, *, clock: Clock = utc_now, beating: bool = True, ids: Callable[[], str] | None = None
) -> AsyncIterator[Between]:
    """Between, up and listening, until the block ends. Raises CannotStart.

    `clock` tells aware times; the demo passes the playground's. Not `beating`, only `tick()` sends anything. `ids`
    makes ids that no two records share, where a play must be the same each time; else nobody can guess them.
    What was started last stops first: no more from Slack, then no more from the clock, then the store closes.
    """
    # Closed without the exception that ended the block: a TaskGroup inside would wrap it.
    stack = AsyncExitStack()
    try:
        await asyncio.to_thread(warm_up)
        session = await stack.enter_async_context(new_session())
        store = await stack.enter_async_context(_opened(settings))
        book = await open_book(settings, session, store, clock)
        messenger = SlackMessenger(session, book.tokens, settings.slack_api_url, real=utc_now)
        erasures = ErasureFile(settings.erasures) if settings.erasures else NO_LIST
        deps = Deps(store, messenger, clock, ids or new_id, erasures, settings.address, SeenForms())
        if again := await erase_again(deps, clock()):
            log.warning("a backup was restored: who had been erased since is erased again", people=again)
        app = assembled(settings, session, book, deps)
        if beating:
            await stack.enter_async_context(ticking(deps, KINDS))
        await stack.enter_async_context(_reachable(app))
        log.info("started", teams=sorted(await book.all()), socket_mode=settings.socket_mode, port=app.port)
        yield app
        log.info("stopping")
    finally:
        await stack.aclose()


def warm_up() -> None:
    """The first look-up of a zone, of a nation's holidays and in the lexicon takes up to a second: not while
    somebody waits."""
    find_zone("London")
    find_nation("England")
    working_day(date(2026, 1, 1), "GB")
    terms("carers")


async def serve(settings: Settings) -> None:
    """Run until SIGINT or SIGTERM, then stop within ten seconds. Raises CannotStart, or Disconnected when Slack
    could not be reached for so long that whoever started us had better start us anew."""
    asked = _asked_to_stop()
    async with AsyncExitStack() as stack:
        app = await stack.enter_async_context(started(settings))
        freeze_startup_objects()
        try:
            await until_asked(asked, app)
        finally:
            # Whoever started us kills us after some seconds; what is under way then is taken up after the next
            # start.
            try:
                async with asyncio.timeout(STOP_TIMEOUT_S):
                    await stack.aclose()
            except TimeoutError:
                log.error("did not stop in time", seconds=STOP_TIMEOUT_S)


def freeze_startup_objects() -> None:
    """Tell the garbage collector to leave alone what lives for the whole run: each full collection kept everybody
    waiting for 60 to 100 ms. And to collect new objects less often: a press makes and drops some thousand."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(COLLECT_AFTER_OBJECTS, *gc.get_threshold()[1:])


def assembled(settings: Settings, session: aiohttp.ClientSession, book: InstallationBook, deps: Deps) -> Between:
    """Bolt with all listeners; nothing is sent."""
    scopes = tuple(scope.name for scope in SCOPES)
    oauth = oauth_flow(settings, session, deps, scopes) if settings.installable else None
    bolt = build(settings, session, book, deps, oauth=oauth)
    handlers.register(bolt, deps)
    catch_the_rest(bolt)
    health = Health(deps.store, TokenCheck(session, settings, book.all, book.token_of))
    return Between(settings, deps, book, bolt, health, oauth)


def new_master_key() -> MasterKey:
    """Named after the day, so that somebody with two can tell them apart."""
    return new_master(f"{utc_now():%Y-%m-%d}-{secrets.token_hex(2)}")


def new_id() -> str:
    """An id for a record of ours: 64 bits, which no one can guess and no two share."""
    return secrets.token_hex(8)


@asynccontextmanager
async def _opened(settings: Settings) -> AsyncIterator[Store]:
    """The store at REDIS_URL, or on an embedded server. Raises CannotStart."""
    async with AsyncExitStack() as stack:
        try:
            store = await stack.enter_async_context(opened(settings))
            log.info(said_of_keys(store.masters))
            for warning in [*faults_of_keys(store.masters), *await store.warnings_at_start()]:
                log.warning(warning)
        except (NoServer, StoreDown) as error:
            raise CannotStart(str(error)) from None
        yield store


@asynccontextmanager
async def _reachable(app: Between) -> AsyncIterator[None]:
    """Slack's way in, and `/healthz` where a port is set."""
    settings = app.settings
    async with AsyncExitStack() as stack:
        if settings.port is not None:
            bolt = None if settings.socket_mode else app.bolt
            try:
                app.port = await stack.enter_async_context(
                    listening(
                        settings.http_host,
                        settings.port,
                        app.health.state,
                        slack=bolt,
                        path=PATH,
                        signing_secret=settings.slack_signing_secret.get_secret_value(),
                        pages=[*(app.oauth.routes() if app.oauth else ()), *routes_of(app.deps)],
                    )
                )
            except OSError as error:
                where, why = f"{settings.http_host}:{settings.port}", os.strerror(error.errno or 0).lower()
                raise CannotStart(f"Can't listen on {where}: {why}. Set HTTP_PORT to another.") from None
        if settings.socket_mode:
            app.line = app.health.line = SocketMode(app.bolt, settings.slack_app_token.get_secret_value())
            stack.push_async_callback(app.line.close)
            try:
                await app.line.connect()
            except SlackApiError as error:
                raise CannotStart(not_accepted("SLACK_APP_TOKEN", error)) from None
            except (aiohttp.ClientError, TimeoutError):
                raise CannotStart(unreachable(settings)) from None
        yield


def _asked_to_stop() -> asyncio.Event:
    """Set by the first SIGINT or SIGTERM. A second one ends the process at once, as it would any other."""
    asked, loop = asyncio.Event(), asyncio.get_running_loop()
    signals = (signal.SIGINT, signal.SIGTERM)

    def stop() -> None:
        asked.set()
        for one in signals:
            loop.remove_signal_handler(one)

    for one in signals:
        loop.add_signal_handler(one, stop)
    return asked


async def until_asked(asked: asyncio.Event, app: Between) -> None:
    """Wait to be asked to stop, and watch over the line meanwhile. Raises Disconnected."""
    waits: list[asyncio.Task[Any]] = [asyncio.create_task(asked.wait())]
    if app.line:
        waits.append(asyncio.create_task(app.line.watch()))
    try:
        over, _ = await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        for task in over:
            task.result()
    finally:
        for task in waits:
            task.cancel()
        await asyncio.gather(*waits, return_exceptions=True)
