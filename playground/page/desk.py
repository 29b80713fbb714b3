"""What every request to the page needs: the playground, the hooks, and a screen drawn for somebody."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from aiohttp import web

from playground.page import asked, dates, render, seeing
from playground.page.hooks import Hooks
from playground.page.screen import SHOWN, Screen
from playground.people import User
from playground.server import Playground

_POLICY = (
    "default-src 'none'; script-src 'self'; connect-src 'self'; form-action 'self'; frame-src 'self'; "
    "style-src 'self' 'unsafe-inline'; img-src * data:; base-uri 'none'; frame-ancestors 'self'"
)


MOST_SHOWN = 1_000_000


@dataclass(frozen=True, slots=True)
class Desk:
    """One playground with its page."""

    pg: Playground
    hooks: Hooks

    def user(self, request: web.Request) -> User:
        """The person in the address."""
        user = self.pg.world.users.get(request.match_info["user"])
        if user is None or user.is_bot:
            raise web.HTTPNotFound(text="Nobody here has that id. Go to / to choose who you are.")
        return user

    async def screen(self, request: web.Request) -> Screen:
        """What this person sees at the place in the address, which marks it as read."""
        world, user = self.pg.world, self.user(request)
        place = seeing.place(world, user, request.match_info["place"])
        if place is None:
            raise web.HTTPNotFound(text=f"{user.first_name} sees no such channel. Go to /as/{user.id}/ instead.")
        if place.channel and seeing.read(place.channel, user):
            world.touch()
        panel = request.cookies.get("panel", "")
        if panel == "traffic":
            world.traffic.look(user.id)
        coming, asked = await self._next(user)
        return Screen(world, user, place, world.version, coming, asked, panel, await shown(request))

    async def _next(self, user: User) -> tuple[str, bool]:
        upcoming = await self.hooks.upcoming()
        who = seeing.viewer(self.pg.world, user)
        words = f"{dates.clock_face(upcoming[0], who)} — {upcoming[1]}" if upcoming else ""
        return words, self.hooks.next_thing is not None


async def shown(request: web.Request) -> int:
    """How many messages this window shows: said in the address, and by the page with everything it sends."""
    wanted = request.query.get("shown") or next(iter((await asked.form(request)).get("shown", [])), "")
    return asked.whole(wanted, "shown", MOST_SHOWN) if wanted else SHOWN


DESK = web.AppKey("desk", Desk)


def html(template: str, **context: Any) -> web.Response:
    """A drawn template, under a policy that lets no text on the page become a script."""
    body = render.environment().get_template(template).render(**context)
    return web.Response(
        body=body.encode("utf-8", "replace"),  # half a surrogate pair is a `?`, as nothing can carry it
        content_type="text/html",
        charset="utf-8",
        headers={"Content-Security-Policy": _POLICY, "Cache-Control": "no-store"},
    )


def screen_html(template: str, screen: Screen, **context: Any) -> web.Response:
    """A screen, whole or its changing parts."""
    return html(template, s=screen, viewer=screen.viewer, **context)
