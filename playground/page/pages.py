"""What can be looked at: who to be, a workspace as somebody sees it, two side by side, and what changed since."""

from __future__ import annotations

import asyncio

from aiohttp import web
from markupsafe import escape

from playground.page import asked, inspector, screen, seeing
from playground.page.desk import DESK, html, screen_html

LIVE_TIMEOUT_S = 20.0
"""Real seconds a browser waits for news before it asks again."""
SOON_S = 1.0
"""As much where the page could not tell what comes next: that may be known again though nothing changed."""
MOST_WAITING = 3
"""Pages whose request for news is held; further ones ask twice a second. A browser has six connections to one host,
for all its tabs and windows together: were every page to hold one, the seventh could not even be clicked in."""
_GATHER_S = 0.04
LAST_VERSION = 10**15

ROUTES = web.RouteTableDef()


@ROUTES.get("/")
async def choose(request: web.Request) -> web.Response:
    world = request.app[DESK].pg.world
    return html("people.html", people=screen.everyone(world), pair=screen.pair(world))


@ROUTES.get("/both/{a}/{b}")
async def both(request: web.Request) -> web.Response:
    users = request.app[DESK].pg.world.users
    pair = [users.get(request.match_info[one]) for one in ("a", "b")]
    if None in pair:
        raise web.HTTPNotFound(text="One of these two is not here.")
    return html("both.html", pair=pair)


@ROUTES.get("/as/{user}/")
@ROUTES.get("/as/{user}")
async def arrive(request: web.Request) -> web.Response:
    desk = request.app[DESK]
    user = desk.user(request)
    places = [*seeing.places(desk.pg.world, user), *seeing.apps(desk.pg.world, user)]
    if not places:
        raise web.HTTPNotFound(text=f"{user.first_name} is in no channel.")
    busiest = max(places, key=_liveliness)
    raise web.HTTPFound(f"/as/{user.id}/{busiest.id}")


def _liveliness(place: seeing.Place) -> tuple[int, int]:
    """The channel where most is said, else the one with most people, is where one arrives."""
    channel = place.channel
    return (len(channel.messages), len(channel.members)) if channel and channel.is_named else (-1, 0)


@ROUTES.get("/as/{user}/{place}")
async def look(request: web.Request) -> web.Response:
    """The whole page; coming to an app's Home or to its messages tells the app so."""
    desk = request.app[DESK]
    seen = await desk.screen(request)
    if seen.has_home and seen.place.is_home and seen.place.app:
        await desk.pg.person(seen.user.id).open_home(seen.place.app.id)
        seen = await desk.screen(request)
    elif seen.place.app and not seen.place.is_home:
        await desk.pg.person(seen.user.id).open_messages(seen.place.app.id)
    page = screen_html("workspace.html", seen)
    page.set_cookie("me", seen.user.id, samesite="Lax")
    return page


@ROUTES.get(r"/archives/{place}/p{digits:\d{7,}}")
async def permalink(request: web.Request) -> web.Response:
    """A message's own address: for whoever this browser was last, else for somebody who sees it."""
    world, digits = request.app[DESK].pg.world, request.match_info["digits"]
    channel = world.channels.get(request.match_info["place"])
    ts = f"{digits[:-6]}.{digits[-6:]}"
    message = channel.messages.get(ts) if channel else None
    if channel is None or message is None:
        raise web.HTTPNotFound(text="There is no such message here.")
    me = world.users.get(request.cookies.get("me", ""))
    seers = [
        one for one in [me, *world.people()] if one and seeing.sees(channel, one) and message.visible_to(one.id)
    ]
    if not seers:
        raise web.HTTPNotFound(text="Nobody here sees that message.")
    ago = sum(one.ts >= (message.thread_ts or ts) for one in channel.messages.values())
    shown = f"?shown={ago + screen.SHOWN}" if ago > screen.SHOWN else ""
    raise web.HTTPFound(f"/as/{seers[0].id}/{channel.id}{shown}#m-{ts.replace('.', '-')}")


@ROUTES.get("/do/{user}/{place}/live")
async def live(request: web.Request) -> web.Response:
    """Wait until something changes, then send every part of the page that may have. 204 if nothing has, nor the
    minute that the page's clock shows, and the page knows what comes next."""
    desk = request.app[DESK]
    since = asked.whole(request.query.get("since", "0"), "since", LAST_VERSION)
    minute = asked.whole(request.query.get("minute", "0"), "minute", LAST_VERSION)
    unsure = "unsure" in request.query
    with desk.waiting(request) as before_me:
        timeout_s = SOON_S if unsure else LIVE_TIMEOUT_S if before_me < MOST_WAITING else 0
        version = await desk.pg.wait_change(since, timeout_s)
    if (version, desk.pg.world.clock.minute()) == (since, minute) and not unsure:
        return web.Response(status=204)
    await asyncio.sleep(_GATHER_S)
    return screen_html("fresh.html", await desk.screen(request), polled=True)


@ROUTES.get("/panel/{wish:traffic|faults|none}")
async def panel(request: web.Request) -> web.Response:
    """Open the panel of traffic or of faults, or close it, and go back to where one was.

    `?panel=` tells the page that it was opened just now: on a phone it stays open no longer than that.
    """
    back, wish = request.query.get("back", "/"), request.match_info["wish"]
    where = back if back.startswith("/as/") else "/"
    response = web.HTTPFound(where if wish == "none" else f"{where}?panel={wish}")
    response.set_cookie("panel", wish, samesite="Strict")
    raise response


@ROUTES.get("/traffic/{key}")
async def said(request: web.Request) -> web.Response:
    """One entry of the traffic log in full."""
    found = inspector.details(request.app[DESK].pg.world.traffic, request.match_info["key"])
    return web.Response(text=escape(found or "This entry has left the log."), content_type="text/html")
