"""A person whose clicks come from the page, which knows exactly which element was clicked."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from playground.acts import Person, PersonCannot
from playground.choices import is_button
from playground.clicks import Surface as Spot
from playground.forms import ANSWERS, unmet
from playground.messages import Message
from playground.page import asked, posted
from playground.page.posted import Form
from playground.page.surface import Surface

Json = dict[str, Any]


class Pointer(Person):
    """Points at elements by block and action id, where `Person` goes by what stands on them."""

    def message(self, channel_id: str, ts: str) -> Message:
        """A message this person sees."""
        found = self.channel(channel_id).messages.get(ts)
        if found is None or not found.visible_to(self.id):
            raise PersonCannot("This message is gone.")
        return found

    def spot(self, place: Message | str) -> Spot:
        """Where a click happens: a message, or the Home tab or open modal with this id."""
        if isinstance(place, Message):
            return self.surface_of(place)
        view = self.world.view(place)
        if view is None or view.user_id != self.id:
            raise PersonCannot("This form is closed.")
        return Spot(self.world.apps[view.app_id], view.blocks, view.values, view=view)

    def keep(self, spot: Spot, form: Form, ui: Surface) -> None:
        """Remember what stands in the fields, so that it goes along with the next click."""
        for block_id, answers in posted.read(spot.blocks, form, replace(ui, state=spot.values)).items():
            spot.values.setdefault(block_id, {}).update(answers)

    async def point(self, spot: Spot, form: Form, ui: Surface) -> None:
        """Use the element the form names, after keeping everything else that was typed."""
        self.keep(spot, form, ui)
        block_id, action_id = asked.given(form, "block_id"), asked.given(form, "action_id")
        found = posted.find(spot.blocks, block_id, action_id)
        if found is None:
            raise PersonCannot("What you clicked is no longer there.")
        block, element = found
        if is_button(element):
            await self.act(spot, block, element, {})
        elif element["type"] in ("overflow", "feedback_buttons"):
            await self.answer(spot, block, element, asked.given(form, f"{block_id}/{action_id}"))
        elif element["type"] not in ANSWERS:
            raise PersonCannot("Nothing happens here.")
        else:
            answers = spot.values[block_id][action_id]
            await self.answer(spot, block, element, answers[ANSWERS[element["type"]][0]])

    async def send(self, view_id: str, form: Form, ui: Surface) -> None:
        """Press Submit; what Slack's own client would refuse is said at the fields and goes nowhere."""
        spot = self.spot(view_id)
        self.keep(spot, form, ui)
        view = self.modal
        if view is None or view is not spot.view:
            raise PersonCannot("Another form is open on top of this one.")
        view.errors = unmet(view.blocks, view.values)
        if not view.errors:
            await self.submit()
        self.world.touch()
