"""What every request to the page needs: the playground, the hooks, and a screen drawn for somebody."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from playground.page import asked, dates, render, seeing
from playground.page.hooks import CannotTell, Hooks
from playground.page.screen import SHOWN, Next, Screen
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
    _waiting: list[web.Request] = field(default_factory=list)

    @contextmanager
    def waiting(self, request: web.Request) -> Iterator[int]:
        """The request waits for news while this lasts. Gives how many already did whose browser is still there."""
        here = sum(one.transport is not None for one in self._waiting)
        self._waiting.append(request)
        try:
            yield here
        finally:
            self._waiting.remove(request)

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
        coming = await self._next(user)
        return Screen(world, user, place, world.version, coming, panel, await shown(request))

    async def _next(self, user: User) -> Next:
        """Never a reason not to draw the page: what is said on it matters most when something is wrong."""
        try:
            upcoming = await self.hooks.upcoming()
        except CannotTell as why:
            return Next(told=str(why), unsure=True)
        if upcoming is None:
            return Next(told="Nothing is planned." if self.hooks.next_thing else "")
        at = dates.clock_face(upcoming[0], seeing.viewer(self.pg.world, user))
        return Next(told=f"Next: {at} — {upcoming[1]}", known=True, landmark=self.hooks.landmark)


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
