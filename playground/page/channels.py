"""*+ Add channel* and *+ New message* at the side: a channel, and a direct conversation with one or several."""

from __future__ import annotations

import re

from aiohttp import web

from playground.acts import PersonCannot
from playground.messages import Channel
from playground.page import deeds
from playground.page.desk import DESK, screen_html
from playground.people import User
from playground.world import Unknown, World

ROUTES = web.RouteTableDef()
LONGEST = 80
_TAKEN_OUT = re.compile(r"[^\w-]+")


@ROUTES.post("/do/{user}/{place}/channel")
async def add(request: web.Request) -> web.Response:
    """Make it and go there; what Slack would not take is said on the page."""
    who, form = deeds.pointer(request), await request.post()
    try:
        made = make(who.world, who.user, str(form.get("name", "")))
        who.dispatcher.events.created(made, who.id)
    except PersonCannot as cannot:
        screen = await request.app[DESK].screen(request)
        return screen_html("fresh.html", screen, deed=True, said=[str(cannot)])
    return web.Response(headers={"HX-Redirect": f"/as/{who.id}/{made.id}"})


@ROUTES.post("/do/{user}/{place}/group")
async def start(request: web.Request) -> web.Response:
    """Open the direct conversation with everybody named, and go there."""
    who, form = deeds.pointer(request), await request.post()
    called = [one.strip().removeprefix("@") for one in str(form.get("names", "")).split(",")]
    try:
        opened = who.group(*filter(None, called))
    except (PersonCannot, Unknown) as cannot:
        screen = await request.app[DESK].screen(request)
        return screen_html("fresh.html", screen, deed=True, said=[str(cannot)])
    return web.Response(headers={"HX-Redirect": f"/as/{who.id}/{opened.id}"})


def make(world: World, user: User, called: str) -> Channel:
    """Slack's client writes the name as it is typed: small letters, and a hyphen for what a name can't hold.

    https://slack.com/help/articles/201402297 and https://docs.slack.dev/reference/methods/conversations.create
    """
    name = _TAKEN_OUT.sub("-", called.strip().removeprefix("#").lower()).strip("-")
    if not name or len(name) > LONGEST:
        raise PersonCannot(f"A channel's name has 1 to {LONGEST} letters, digits and hyphens.")
    if user.is_guest:
        raise PersonCannot("Guests can't make channels.")
    if any(one.name == name and user.team_id in one.teams for one in world.channels.values()):
        raise PersonCannot(f"There is a channel called #{name} already.")
    return world.add_channel(name, "channel", [user.team_id], [user.id])
