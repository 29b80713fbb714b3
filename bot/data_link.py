"""The page in the browser that gives somebody what is kept of them, put together."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from aiohttp import web

from bot.ports import Deps
from bot.slack.one_time_page import OneTimePage, Texts
from bot.usecases import data_link
from bot.views import data_link as screens


def routes_of(deps: Deps) -> Sequence[web.RouteDef]:
    """None where browsers don't reach us."""
    if not deps.address:
        return ()
    page = OneTimePage(
        data_link.PATH,
        partial(data_link.waits, deps.store),
        partial(_file, deps),
        Texts(ask=screens.ask_page(), gone=screens.gone_page(), down=screens.down_page(), name=screens.FILE),
    )
    return page.routes()


async def _file(deps: Deps, token: str) -> bytes | None:
    taken = await data_link.taken(deps.store, token)
    return screens.packed(taken.found.items, taken.found.names, taken.person, deps.now()) if taken else None
