"""Starts and stops the playground's one web server, and owns every task that runs in it."""

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from typing import Any, Self

import aiohttp
from aiohttp import web

from playground import oauth
from playground.acts import Person
from playground.answers import respond
from playground.api import files
from playground.api.door import Door
from playground.clock import stopwatch
from playground.delivery import Dispatcher
from playground.http_acts import HttpActs
from playground.orders import Orders
from playground.ties import Ties
from playground.world import World

Mount = Callable[[web.Application, "Playground"], None]


class Playground:
    """A running playground: `async with Playground(world) as pg`. It listens on this machine only."""

    def __init__(self, world: World, port: int = 0, extra: Sequence[Mount] = ()) -> None:
        self.world = world
        self._port, self._extra = port, extra
        self._tasks: set[asyncio.Task[Any]] = set()
        self._changed = asyncio.Event()
        world.watch(self._wake)

    # -- start and stop ------------------------------------------------------------------

    async def __aenter__(self) -> Self:
        app = web.Application(client_max_size=8 * 1024 * 1024)
        app.router.add_get("/health", _healthy)
        app.router.add_route("*", "/api/{method}", self._call)
        app.router.add_get("/link/", self._link)
        app.router.add_post("/response/{key}", self._respond)
        app.router.add_post("/upload/{file_id}", self._upload)
        app.router.add_get("/file/{file_id}", self._file)
        app.router.add_routes(Orders(self.world).routes())
        app.router.add_routes(Ties(self.world).routes())
        app.router.add_routes(HttpActs(self.person).routes())
        app.router.add_get(oauth.PATH, self._authorise)
        app.router.add_post(oauth.PATH, self._decide)
        for mount in self._extra:
            mount(app, self)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
        await self._runner.setup()
        try:
            await self._listen()
        except OSError:
            await self._runner.cleanup()
            raise
        return self

    async def _listen(self) -> None:
        """Open the port; only then is the address known that payloads carry."""
        await web.TCPSite(self._runner, "127.0.0.1", self._port).start()
        host, port = self._runner.addresses[0][:2]
        self.url = f"http://{host}:{port}"
        self.api_url = f"{self.url}/api/"
        self._http = aiohttp.ClientSession()
        self.dispatcher = Dispatcher(self.world, self._http, self.spawn, self.url)
        self._door = Door(self.dispatcher, self.url)

    async def _call(self, request: web.Request) -> web.StreamResponse:
        return await self._door.answer(request)

    async def _link(self, request: web.Request) -> web.StreamResponse:
        return await self.dispatcher.sockets.serve(request)

    async def _respond(self, request: web.Request) -> web.StreamResponse:
        return await respond(self.dispatcher, request)

    async def _upload(self, request: web.Request) -> web.StreamResponse:
        return await files.receive(self.world, request)

    async def _file(self, request: web.Request) -> web.StreamResponse:
        return await files.serve(self.world, request)

    async def _authorise(self, request: web.Request) -> web.StreamResponse:
        return await oauth.show(self.world, request)

    async def _decide(self, request: web.Request) -> web.StreamResponse:
        return await oauth.take(self.world, request)

    async def __aexit__(self, *_: object) -> None:
        self._wake()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self.dispatcher.close()
        await self._runner.cleanup()
        await self._http.close()

    def spawn(self, work: Coroutine[Any, Any, Any]) -> None:
        """Run `work` beside everything else; the playground cancels it when it stops."""
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    # -- people --------------------------------------------------------------------------

    def person(self, called: str) -> Person:
        """A handle on somebody, by id, handle, first name or whole name."""
        return Person(self.dispatcher, self.world.user(called).id)

    # -- waiting -------------------------------------------------------------------------

    @property
    def version(self) -> int:
        """Grows with every change anybody could see."""
        return self.world.version

    def _wake(self) -> None:
        self._changed.set()

    async def wait_change(self, version: int, timeout: float = 25.0) -> int:  # noqa: ASYNC109
        """Return the version as soon as it differs from `version`, or after `timeout` real seconds."""
        ends = stopwatch() + timeout
        while self.version == version and (left := ends - stopwatch()) > 0:
            self._changed.clear()
            try:
                await asyncio.wait_for(self._changed.wait(), left)
            except TimeoutError:
                break
        return self.version

    async def until(self, seen: Callable[[], Any], timeout: float = 5.0) -> Any:  # noqa: ASYNC109
        """Wait until `seen()` is truthy and return it; TimeoutError after `timeout` real seconds."""
        ends = stopwatch() + timeout
        while not (found := seen()):
            left = ends - stopwatch()
            if left <= 0:
                raise TimeoutError("What was waited for did not happen.")
            await self.wait_change(self.version, min(left, 0.05))
        return found

    async def settled(self, quiet: float = 0.05, timeout: float = 10.0) -> None:  # noqa: ASYNC109
        """Wait until nothing is under way and nothing changed for `quiet` real seconds."""
        ends = stopwatch() + timeout
        while stopwatch() < ends:
            before = self.version
            await asyncio.sleep(quiet)
            if not self.dispatcher.under_way and not self._tasks and self.version == before:
                return
        raise TimeoutError("The playground did not come to rest.")


async def _healthy(_: web.Request) -> web.Response:
    return web.Response(text="ok")
