"""A page that gives a file once: whoever opens it uses nothing up, and its one button does.

Slack, mail filters and virus scanners open links to look at them; none of them presses a button.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import structlog
from aiohttp import web

from bot.ports import BadRecord, StoreDown

log = structlog.get_logger()


@dataclass(frozen=True)
class Texts:
    """What the browser shows, as HTML, and the file's name."""

    ask: str
    gone: str
    down: str
    name: str


@dataclass(frozen=True)
class OneTimePage:
    """`waits` says whether a token is good still; `take` gives its file, once. The address, which holds the token,
    is in no log of ours: none is kept of requests."""

    path: str
    waits: Callable[[str], Awaitable[bool]]
    take: Callable[[str], Awaitable[bytes | None]]
    texts: Texts

    def routes(self) -> list[web.RouteDef]:
        """GET shows a button, POST gives the file; a token is at most 64 letters, digits, - and _."""
        where = f"{self.path}/{{token:[A-Za-z0-9_-]{{1,64}}}}"
        return [web.get(where, self._open), web.post(where, self._press)]

    async def _open(self, request: web.Request) -> web.Response:
        try:
            good = await self.waits(request.match_info["token"])
        except StoreDown:
            return _page(503, self.texts.down)
        return _page(200, self.texts.ask) if good else _page(410, self.texts.gone)

    async def _press(self, request: web.Request) -> web.Response:
        try:
            # Uses the token up in one command (`tickets.redeem`): of two presses at once one has the file, and the
            # other hears that it is gone. Who loses the connection now asks for another link.
            content = await self.take(request.match_info["token"])
        except (StoreDown, BadRecord) as error:
            log.warning("a link could not be followed", error=type(error).__name__)
            return _page(503, self.texts.down)
        if content is None:
            return _page(410, self.texts.gone)
        headers = {"Content-Disposition": f'attachment; filename="{self.texts.name}"'}
        return web.Response(body=content, content_type="application/zip", headers=headers | _NEVER_KEPT)


def _page(status: int, html: str) -> web.Response:
    return web.Response(status=status, text=html, content_type="text/html", headers=_NEVER_KEPT)


_NEVER_KEPT = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'"
    ),
}
"""The address is all that is needed: no cache keeps it, no other site is told, and no site can frame it."""
