"""What a person does with buttons and menus, in messages, on a Home tab and in a modal."""

from dataclasses import dataclass
from typing import Any

from playground.actor import Actor, PersonCannot
from playground.apps import App
from playground.choices import chosen, find, is_button, is_menu, pick, thumb
from playground.forms import ANSWERS, initial_values, state
from playground.messages import Channel, Message
from playground.shapes import message_json, view_json
from playground.talk import shown_name
from playground.traffic import Ack
from playground.views import View

Json = dict[str, Any]
NO_ANSWER = "This app is not responding."
NOT_FOR_EXTERNALS = "This is still a work in progress."


@dataclass(slots=True)
class Surface:
    """Where a click happens: the blocks shown, the answers so far, and the payload's account of the place."""

    app: App
    blocks: list[Json]
    values: dict[str, Json]
    message: Message | None = None
    view: View | None = None


class Clicker(Actor):
    """Presses buttons and chooses from menus."""

    # -- messages ------------------------------------------------------------------------

    async def press(self, message: Message, what: str, value: str | None = None) -> Ack:
        """Press a button, found by its words or action id (and its `value`, where several look alike)."""
        surface = self.surface_of(message)
        block, element = find(surface.blocks, what, is_button, value)
        return await self.act(surface, block, element, {})

    async def choose(self, message: Message, what: str, option: Any) -> Ack:
        """Choose in a menu of a message: an option's words or value, a person's name, a date."""
        surface = self.surface_of(message)
        return await self._choose(surface, what, option)

    def surface_of(self, message: Message) -> Surface:
        """Where a click in this message happens. Raises PersonCannot if it is gone, or is no app's."""
        channel = self.channel(message.channel_id)
        current = channel.messages.get(message.ts)
        if current is None or not current.visible_to(self.id):
            raise PersonCannot("That message is no longer there.")
        if current.app_id is None:
            raise PersonCannot("That message is not an app's.")
        if current.team_id not in self.world.apps[current.app_id].installs:
            raise PersonCannot("The app that wrote this was removed.")
        if self.id not in current.drafts:
            current.drafts[self.id] = initial_values(current.blocks, channel.id)
        return Surface(self.world.apps[current.app_id], current.blocks, current.drafts[self.id], message=current)

    # -- Home ----------------------------------------------------------------------------

    async def open_home(self, app: str | None = None) -> View | None:
        """Open an app's Home tab: the app hears of it, and the tab as it was shown so far is returned.

        People of a workspace without the app get no Home, whatever was published for them.
        """
        opened = self.app(app)
        if not opened.home_tab:
            raise PersonCannot(f"{opened.name} has no Home tab.")
        install = self.install(opened)
        external = install.team_id != self.user.team_id
        if not external or self.world.guesses.home_opened_by_external:
            self.dispatcher.events.home_opened(opened, install, self.id)
        if external:
            self.told(NOT_FOR_EXTERNALS)
        return self.home(app)

    async def open_messages(self, app: str | None = None) -> Channel:
        """Open an app's Messages tab, of which it hears like of its Home."""
        opened = self.app(app)
        install = self.install(opened)
        if install.team_id == self.user.team_id or self.world.guesses.home_opened_by_external:
            self.dispatcher.events.home_opened(opened, install, self.id, "messages")
        return self.dm(opened.name)

    def home(self, app: str | None = None) -> View | None:
        """The Home tab as this person sees it now."""
        return self.world.home(self.app(app).id, self.id)

    async def press_home(self, what: str, app: str | None = None, value: str | None = None) -> Ack:
        surface = self._home(app)
        block, element = find(surface.blocks, what, is_button, value)
        return await self.act(surface, block, element, {})

    async def choose_home(self, what: str, option: Any, app: str | None = None) -> Ack:
        return await self._choose(self._home(app), what, option)

    def _home(self, app: str | None) -> Surface:
        view = self.home(app)
        if view is None:
            raise PersonCannot("This Home tab is still empty.")
        return Surface(self.app(app), view.blocks, view.values, view=view)

    # -- modals --------------------------------------------------------------------------

    async def press_in_modal(self, what: str, value: str | None = None) -> Ack:
        """Press a button inside the open modal (not Submit or Close)."""
        surface = self.modal_surface()
        block, element = find(surface.blocks, what, is_button, value)
        return await self.act(surface, block, element, {})

    def modal_surface(self) -> Surface:
        view = self.modal
        if view is None:
            raise PersonCannot("No form is open.")
        return Surface(self.world.apps[view.app_id], view.blocks, view.values, view=view)

    # -- all -----------------------------------------------------------------------------

    async def _choose(self, surface: Surface, what: str, option: Any) -> Ack:
        block, element = find(surface.blocks, what, is_menu)
        return await self.answer(surface, block, element, option)

    async def answer(self, surface: Surface, block: Json, element: Json, wanted: Any) -> Ack:
        """Put an answer into an element; the app hears of it unless it stands in a plain input."""
        if element["type"] == "overflow":
            return await self.act(surface, block, element, {"selected_option": pick(element, str(wanted))})
        if element["type"] == "feedback_buttons":
            return await self.act(surface, block, element, thumb(element, str(wanted)))
        value = chosen(self.world, element, wanted)
        surface.values.setdefault(block["block_id"], {})[element["action_id"]] = state(element, value)
        self.world.touch()
        if block["type"] == "input" and not block.get("dispatch_action"):
            return Ack(ok=True)
        return await self.act(surface, block, element, {ANSWERS[element["type"]][0]: value})

    async def act(self, surface: Surface, block: Json, element: Json, more: Json) -> Ack:
        """Tell the app that an element was used; `more` is what was chosen in it."""
        action = {"type": element["type"], "action_id": element["action_id"], "block_id": block["block_id"]}
        kept = {key: element[key] for key in ("text", "value", "placeholder", "style", "icon") if key in element}
        channel = self.world.channels[surface.message.channel_id] if surface.message else None
        payload = self.place(surface) | {
            "type": "block_actions",
            "trigger_id": self.trigger(surface.app, surface.view, channel),
            "actions": [action | kept | more | {"action_ts": self.world.next_ts()}],
        }
        ack = await self.interact(surface.app, payload)
        if not ack.ok:
            self.told(NO_ANSWER, channel, surface.view)
        return ack

    def place(self, surface: Surface) -> Json:
        """The payload's account of where it happened."""
        if surface.message:
            return self._in_message(surface.app, surface.message, surface.values)
        assert surface.view
        view = surface.view
        return self.signature(surface.app, self._named(surface.app, view.app_installed_team_id)) | {
            "container": {"type": "view", "view_id": view.id},
            "view": view_json(view),
        }

    def _named(self, app: App, installed: str) -> str:
        """The workspace that a press names, where the app is installed in two of them."""
        own = self.user.team_id
        return own if self.world.guesses.press_names_own_team and own in app.installs else installed

    def _in_message(self, app: App, message: Message, values: Json) -> Json:
        channel = self.world.channels[message.channel_id]
        container: Json = {"type": "message", "message_ts": message.ts, "channel_id": channel.id}
        container["is_ephemeral"] = message.ephemeral_to is not None
        if message.thread_ts:
            container["thread_ts"] = message.thread_ts
        # Slack keeps no ephemeral message, so a press in one tells only where it was.
        kept = {} if message.ephemeral_to else {"message": message_json(self.world, message)}
        return self.signature(app, self._named(app, message.team_id)) | {
            "container": container,
            "channel": {"id": channel.id, "name": shown_name(channel)},
            **kept,
            "state": {"values": values},
            "response_url": self.response_url(app, channel, message),
        }
