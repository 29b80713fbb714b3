"""Which listener a press or a form is for, found in a table.

Bolt asks every listener in turn whether a request is its own: with our two hundred that took up to 1.5 ms of
processor time a press, as much as all the rest of it. So Bolt is given one listener for presses and one for forms.
The few events and commands stay Bolt's own business."""

from __future__ import annotations

import inspect
import re
from collections import defaultdict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from slack_bolt.async_app import AsyncAck, AsyncApp

from bot.domain.problems import Problem, ProblemCode
from bot.ports import Deps
from handlers.open_homes import Homes

Listener = Callable[..., Awaitable[None]]
"""Takes `ack`, `body` and `deps`, and `homes` where it asks for it, by these names."""

_Name = str | re.Pattern[str]
_FIRST = re.compile(r"\^?([a-z_]+)")
"""What an action's id, or a pattern of ours for one, begins with: names are words, and `:` or `.` ends them."""


class Route(NamedTuple):
    heard: re.Pattern[str]
    listener: Listener
    wants_homes: bool


class Routes:
    """Bolt's app as far as `register` of each noun needs it: the same decorators by the same names."""

    def __init__(self, app: AsyncApp, homes: Homes) -> None:
        self.event, self.command, self.message_shortcut = app.event, app.command, app.message_shortcut
        self.homes = homes
        self._presses = _Table(lambda body: body["actions"][0]["action_id"], homes)
        self._forms = _Table(lambda body: body["view"]["callback_id"], homes)
        # for buttons and choices by their action id, and for forms by their callback id
        self.action, self.view = self._presses.adding, self._forms.adding
        # the empty pattern is in every id: our table says whose it is
        app.block_action(re.compile(""))(self._presses.call)
        app.view_submission(re.compile(""))(self._forms.call)


@dataclass(eq=False)
class _Table:
    """Two registered for the same id: the first is called, as by Bolt."""

    _name_in: Callable[[dict[str, Any]], str]
    _homes: Homes
    _routes: defaultdict[str, list[Route]] = field(default_factory=lambda: defaultdict(list))

    def adding(self, name: _Name) -> Callable[[Listener], Listener]:
        """A decorator, as Bolt has it. `name` is an id, matched whole, or a pattern, matched from the beginning."""
        heard = name if isinstance(name, re.Pattern) else re.compile(re.escape(name) + r"\Z")

        def add(listener: Listener) -> Listener:
            wants_homes = "homes" in inspect.signature(listener).parameters
            self._routes[_first(heard.pattern)].append(Route(heard, listener, wants_homes))
            return listener

        return add

    async def call(self, ack: AsyncAck, body: dict[str, Any], deps: Deps) -> None:
        """What the listener raises goes on to Bolt, whose error handler is `problems.answer`. OLD_BUTTON where
        nobody listens any more: an older version drew it."""
        if body.get("type") == "view_submission":  # what is saved is often drawn in the form below
            deps.stacked.forget(body["view"].get("previous_view_id") or "")
        route = self._find(body)
        if route is None:
            raise Problem(ProblemCode.OLD_BUTTON)
        more = {"homes": self._homes} if route.wants_homes else {}
        await route.listener(ack=ack, body=body, deps=deps, **more)

    def _find(self, body: dict[str, Any]) -> Route | None:
        name = self._name_in(body)
        return next((one for one in self._routes.get(_first(name), ()) if one.heard.match(name)), None)


def _first(name: str) -> str:
    found = _FIRST.match(name)
    return found.group(1) if found else ""
