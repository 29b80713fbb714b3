"""What a person does with an open modal: fill it in, send it, close it, look options up."""

from typing import Any

from playground import modals
from playground.actor import PersonCannot
from playground.choices import find, is_field
from playground.clicks import Clicker
from playground.forms import TEXTS, elements, flat, options, unmet
from playground.messages import Channel, Message
from playground.rules import judge, judge_offer
from playground.shapes import view_json
from playground.traffic import Ack
from playground.views import View

Json = dict[str, Any]
TROUBLE = "We had some trouble connecting. Try again?"
Errors = dict[str, str]


class Filler(Clicker):
    """Fills forms in."""

    async def fill(self, what: str, value: Any, enter: bool = False) -> Ack:
        """Put `value` into the field with this label, action id or block id. `enter` presses the Enter key."""
        surface = self.modal_surface()
        block, element = find(surface.blocks, what, is_field)
        if element["type"] in TEXTS:
            block = block if enter else {**block, "dispatch_action": False}
        return await self.answer(surface, block, element, value)

    async def choose_in_modal(self, what: str, option: Any) -> Ack:
        """Choose in a menu, radio group, checkboxes or picker of the open modal."""
        return await self._choose(self.modal_surface(), what, option)

    async def search(self, what: str, typed: str, message: Message | None = None) -> list[Json]:
        """What an app offers for the words typed into its external menu; nothing if Slack would not show it."""
        surface = self.surface_of(message) if message else self.modal_surface()
        block, element = find(surface.blocks, what, lambda one: "external_select" in one["type"])
        asked = {"type": "block_suggestion", "action_id": element["action_id"], "block_id": block["block_id"]}
        ack = await self.interact(surface.app, self.place(surface) | asked | {"value": typed})
        found = {} if not ack.ok or judge_offer(ack.json) else ack.json
        for kind in ("options", "option_groups"):
            element[kind] = found.get(kind) or []
        return options(element)

    # -- sending -------------------------------------------------------------------------

    async def submit(self) -> Errors | None:
        """Press Submit. None if the app took it; else the sentences shown, by block id ("" for Slack's own)."""
        view = self.modal
        if view is None:
            raise PersonCannot("No form is open.")
        if not view.submit and not any(block["type"] == "input" for block in flat(view.blocks)):
            raise PersonCannot("This form has nothing to submit.")
        missing = unmet(view.blocks, view.values)
        if missing:
            raise PersonCannot("; ".join(f"{_label(view, block)}: {why}" for block, why in missing.items()))
        view.errors = {}
        app = self.world.apps[view.app_id]
        payload = self.signature(app, self.user.team_id) | {
            "type": "view_submission",
            "trigger_id": self.trigger(app, view),
            "view": view_json(view),
            "response_urls": self._response_urls(view),
        }
        return self._heard(view, await self.interact(app, payload))

    def _response_urls(self, view: View) -> list[Json]:
        """An address for each menu of conversations that asks for one."""
        app, found = self.world.apps[view.app_id], []
        for block, element in elements(view.blocks):
            if not element.get("response_url_enabled"):
                continue
            entry = view.values[block["block_id"]][element["action_id"]]
            channel_id = entry.get("selected_conversation") or entry.get("selected_channel")
            if channel_id:
                channel = self._conversation(channel_id)
                ids = {"block_id": block["block_id"], "action_id": element["action_id"]}
                found.append(ids | {"channel_id": channel.id, "response_url": self.response_url(app, channel)})
        return found

    def _conversation(self, chosen: str) -> Channel:
        """The conversation that was chosen; for a person, the direct one with them."""
        return self.world.channels.get(chosen) or self.world.dm(chosen, self.id)

    def _heard(self, view: View, ack: Ack) -> Errors | None:
        if not ack.ok or (ack.body and not ack.json):
            return self._trouble(view)
        action = ack.json.get("response_action")
        if action == "errors":
            return self._refused(view, ack.json.get("errors"))
        if action in ("update", "push"):
            return self._next(view, action, ack.json.get("view"))
        if action == "clear":
            modals.clear(self.world, self.id)
        elif action:
            return self._trouble(view)
        else:
            modals.close(self.world, view)
        return None

    def _trouble(self, view: View) -> Errors:
        self.told(TROUBLE, view=view)
        return {"": TROUBLE}

    def _refused(self, view: View, errors: Any) -> Errors:
        """Show the app's sentences; one that belongs to no input is a fault of the app."""
        inputs = {block["block_id"] for block in flat(view.blocks) if block["type"] == "input"}
        if not isinstance(errors, dict) or not errors or not errors.keys() <= inputs:
            return self._trouble(view)
        if not all(isinstance(sentence, str) for sentence in errors.values()):
            return self._trouble(view)
        view.errors = dict(errors)
        self.world.touch()
        return view.errors

    def _next(self, view: View, action: str, content: Any) -> Errors | None:
        if not isinstance(content, dict) or content.get("type") != "modal" or judge(content, "modal"):
            return self._trouble(view)
        if action == "update":
            modals.revise(self.world, view, content)
            return None
        app = self.world.apps[view.app_id]
        install = app.installs[view.app_installed_team_id]
        fresh = modals.make(self.world, app, install, self.id, content, view.channel_id)
        try:
            modals.push(self.world, fresh)
        except modals.StackFull:
            return self._trouble(view)
        return None

    # -- closing -------------------------------------------------------------------------

    async def close(self, everything: bool = False) -> None:
        """Close the top modal, or `everything` with the cross. The app hears of it if it asked to."""
        view = self.modal
        if view is None:
            raise PersonCannot("No form is open.")
        stack = list(reversed(self.world.modals[self.id]))
        cleared = everything or bool(view.content.get("clear_on_close"))
        for closed in stack if cleared else [view]:
            modals.close(self.world, closed)
            if closed.content.get("notify_on_close"):
                await self._say_closed(closed, cleared)

    async def _say_closed(self, view: View, cleared: bool) -> None:
        app = self.world.apps[view.app_id]
        payload = self.signature(app, self.user.team_id) | {"type": "view_closed", "view": view_json(view)}
        await self.interact(app, payload | {"is_cleared": cleared})


def _label(view: View, block_id: str) -> str:
    for block in view.blocks:
        if block["block_id"] == block_id:
            return str(block["label"]["text"])
    return block_id
