"""What people did while a story ran, as the playground delivered it."""

from __future__ import annotations

from playground.traffic import Delivery
from playground.world import World

JOINED = ("join_form", "setup_form", "preview_form")


def said_by(world: World, user_id: str) -> list[Delivery]:
    interactions = [d for d in world.traffic.deliveries if d.kind == "interactive" and d.ack and d.ack.ok]
    return [d for d in interactions if d.payload["user"]["id"] == user_id]


def form_of(delivery: Delivery) -> str:
    """Which form it was, if it was taken."""
    if delivery.payload["type"] != "view_submission":
        return ""
    answer = delivery.ack.json if delivery.ack else {}
    view = answer.get("view", {})
    # after *Set up* comes the last look before *Post it*, which another may press
    shown = view.get("submit") is None or view.get("callback_id") == "preview_form"
    taken = answer.get("response_action") in (None, "update") and shown
    return str(delivery.payload["view"]["callback_id"]) if taken else ""


def did_join(delivery: Delivery) -> bool:
    return form_of(delivery) in JOINED


def button_of(delivery: Delivery) -> str:
    return str(delivery.payload["actions"][0]["action_id"]) if delivery.payload["type"] == "block_actions" else ""
