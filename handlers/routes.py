"""Which listener a press or a form is for, found in a table.

Bolt asks every listener in turn whether a request is its own: with our two hundred that took up to 1.5 ms of
processor time a press, as much as all the rest of it. So Bolt is given one listener for presses and one for forms.
The few events and commands stay Bolt's own business."""

from __future__ import annotations

import inspect
import re
from collections.abc import Awaitable, Callable
from functools import cache
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from bot.domain.problems import ProblemCode, require
from bot.ports import Deps
from handlers.open_homes import Homes

Listener = Callable[..., Awaitable[None]]
"""Takes `ack`, `body` and `deps`, and `homes` where it asks for it, by these names."""

_ENDS_NAME = re.compile("[:.]")


class Routes:
    """Bolt's app as far as `register` of each noun needs it. Buttons and choices are in `actions` and forms in
    `views`, each by its name: what an action id or a callback id has before `:` or `.`."""

    def __init__(self, app: AsyncApp, homes: Homes) -> None:
        self.event, self.command, self.message_shortcut = app.event, app.command, app.message_shortcut
        self.homes = homes
        self.actions: dict[str, Listener] = {}
        self.views: dict[str, Listener] = {}
        # the empty pattern is in every id: our table says whose it is
        app.block_action(re.compile(""))(self.press)
        app.view_submission(re.compile(""))(self.form)

    async def press(self, ack: AsyncAck, body: dict[str, Any], deps: Deps) -> None:
        """What the listener raises goes on to Bolt, whose error handler is `problems.answer`. OLD_BUTTON where
        nobody listens any more: an older version drew it."""
        await self._call(self.actions, body["actions"][0]["action_id"], ack, body, deps)

    async def form(self, ack: AsyncAck, body: dict[str, Any], deps: Deps) -> None:
        """As `press`."""
        # what is saved is often drawn in the form below
        deps.stacked.forget(body["view"].get("previous_view_id") or "")
        await self._call(self.views, body["view"]["callback_id"], ack, body, deps)

    async def _call(
        self, listeners: dict[str, Listener], id_: str, ack: AsyncAck, body: dict[str, Any], deps: Deps
    ) -> None:
        listener = require(listeners.get(_ENDS_NAME.split(id_)[0]), ProblemCode.OLD_BUTTON)
        more = {"homes": self.homes} if _wants_homes(listener) else {}
        await listener(ack=ack, body=body, deps=deps, **more)


@cache
def _wants_homes(listener: Listener) -> bool:
    return "homes" in inspect.signature(listener).parameters
