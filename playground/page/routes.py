"""The page's addresses: `mount` puts them on the playground's web server."""

from __future__ import annotations

from pathlib import Path

from aiohttp import web

from playground.page import channels, deeds, pages
from playground.page.desk import DESK, Desk
from playground.page.hooks import Hooks, MoveTo, NextThing
from playground.server import Playground

_STATIC = Path(__file__).with_name("static")


def mount(
    app: web.Application,
    pg: Playground,
    *,
    next_thing: NextThing | None = None,
    move_to: MoveTo | None = None,
    landmark: str = "",
) -> None:
    """Serve the page for `pg`.

    `next_thing` says when the next thing happens and what it is; it turns on *Skip to the next thing*.
    `move_to` moves the clock in the page's place, so that what is due on the way can happen in its order.
    `landmark` is how the words of the thing begin that may be skipped to at one go.
    """
    app[DESK] = Desk(pg, Hooks(next_thing, move_to, landmark))

    async def release(_: web.Application) -> None:
        """Let every waiting browser go, so that stopping waits for none."""
        pg.world.touch()

    app.on_shutdown.append(release)
    app.router.add_static("/static/", _STATIC)
    app.add_routes(pages.ROUTES)
    app.add_routes(deeds.ROUTES)
    app.add_routes(channels.ROUTES)
