"""A Web API that answers each call as it is told to: late, wrongly, or not at all; and counts what it took in."""

import asyncio

from aiohttp import web

from bot.slack.calls import Json


class Awkward:
    """`answers` are used up one a call; the last one stays. `taken` holds the methods called, in order."""

    def __init__(self) -> None:
        self.answers: list = []
        self.taken: list[str] = []
        self._over = asyncio.Event()

    async def __aenter__(self):
        app = web.Application()
        app.router.add_route("*", "/{tail:.*}", self._answer)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}/api/"
        return self

    async def __aexit__(self, *_):
        self._over.set()
        await self._runner.cleanup()

    async def _answer(self, request):
        await request.read()
        self.taken.append(request.path.rpartition("/")[2])
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        return await answer(request)

    async def never(self, _):
        """No answer for as long as this Slack lives."""
        await self._over.wait()
        return web.Response()


def ok(**fields: Json):
    async def answer(_):
        return web.json_response({"ok": True, **fields})

    return answer


def no(code, status=200, **headers):
    """`{"ok": false}` with a code; header names are given with underscores."""

    async def answer(_):
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return web.json_response({"ok": False, "error": code}, status=status, headers=named)

    return answer


def page(text, status, kind="text/html"):
    async def answer(_):
        return web.Response(text=text, status=status, content_type=kind)

    return answer


async def hang_up(request):
    """Took it in, then the line broke."""
    request.transport.abort()
    return web.Response()


def seeing(asked: list, **fields: Json):
    """As `ok`; what the call asked for goes to `asked`."""

    async def answer(request):
        asked.append(dict(request.query))
        return web.json_response({"ok": True, **fields})

    return answer
