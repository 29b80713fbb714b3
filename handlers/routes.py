"""Which listener a press or a form is for, found in a table.

Bolt asks every listener in turn whether a request is its own: with our two hundred that took up to 1.5 ms of
processor time a press, as much as all the rest of it. So Bolt is given one listener for presses and one for forms.
The few events and commands stay Bolt's own business."""

from __future__ import annotations

import inspect
import re
from collections import defaultdict
from collections.abc import Awaitable, Callable
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from bot.domain.problems import Problem, ProblemCode
from bot.ports import Deps
from handlers.open_homes import Homes

Listener = Callable[..., Awaitable[None]]
"""Takes `ack`, `body` and `deps`, and `homes` where it asks for it, by these names."""

_Name = str | re.Pattern[str]
_FIRST = re.compile(r"\^?([a-z_]+)")
"""What an action's id, or a pattern of ours for one, begins with: names are words, and `:` or `.` ends them."""


class Routes:
    """Bolt's app as far as `register` of each noun needs it: the same decorators by the same names."""

    def __init__(self, app: AsyncApp) -> None:
        self.event, self.command, self.message_shortcut = app.event, app.command, app.message_shortcut
        self._presses = _Table()
        self._forms = _Table()
        app.block_action(re.compile(""))(self._pressed)
        app.view_submission(re.compile(""))(self._submitted)

    def action(self, name: _Name) -> Callable[[Listener], Listener]:
        """A listener for buttons and choices whose action id is `name`, or matches it."""
        return self._presses.adding(name)

    def view(self, name: _Name) -> Callable[[Listener], Listener]:
        """A listener for forms with the callback id `name`."""
        return self._forms.adding(name)

    async def _pressed(self, ack: AsyncAck, body: dict[str, Any], deps: Deps, homes: Homes) -> None:
        await self._presses.call(body["actions"][0]["action_id"], ack, body, deps, homes)

    async def _submitted(self, ack: AsyncAck, body: dict[str, Any], deps: Deps, homes: Homes) -> None:
        await self._forms.call(body["view"]["callback_id"], ack, body, deps, homes)


class _Table:
    def __init__(self) -> None:
        self._routes: defaultdict[str, list[tuple[re.Pattern[str], Listener, bool]]] = defaultdict(list)

    def adding(self, name: _Name) -> Callable[[Listener], Listener]:
        pattern = name if isinstance(name, re.Pattern) else re.compile(f"^{re.escape(name)}$")

        def add(listener: Listener) -> Listener:
            homes = "homes" in inspect.signature(listener).parameters
            self._routes[_first(name if isinstance(name, str) else name.pattern)].append((pattern, listener, homes))
            return listener

        return add

    async def call(self, name: str, ack: AsyncAck, body: dict[str, Any], deps: Deps, homes: Homes) -> None:
        """Raises Problem where nobody listens for it any more: an older version drew it."""
        for pattern, listener, wants_homes in self._routes.get(_first(name), ()):
            if pattern.search(name):
                more = {"homes": homes} if wants_homes else {}
                return await listener(ack=ack, body=body, deps=deps, **more)
        raise Problem(ProblemCode.OLD_BUTTON)


def _first(name: str) -> str:
    found = _FIRST.match(name)
    return found.group(1) if found else ""
