"""A form or sheet as Slack gave it back, drawn again elsewhere with what was typed and chosen in it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from bot.ports import StateValues, View

PARTS = ("type", "title", "blocks", "private_metadata", "callback_id", "close", "submit")

ANSWERED = {
    "value": "initial_value",
    "selected_option": "initial_option",
    "selected_options": "initial_options",
    "selected_date": "initial_date",
    "selected_time": "initial_time",
    "selected_user": "initial_user",
}
"""Where Slack gives what was answered, and where a field says what it begins with."""


def as_filled(view: Mapping[str, Any]) -> View:
    """What Slack adds of its own is left out."""
    values = (view.get("state") or {}).get("values") or {}
    again = {key: view[key] for key in PARTS if view.get(key)}
    again["blocks"] = [_filled(block, values) for block in view.get("blocks") or ()]
    return cast("View", again)


def _filled(block: dict[str, Any], values: StateValues) -> dict[str, Any]:
    element = block.get("element")
    if block.get("type") != "input" or not isinstance(element, dict):
        return block
    answer = (values.get(block.get("block_id", "")) or {}).get(element.get("action_id", "")) or {}
    plain = {key: one for key, one in element.items() if key not in ANSWERED.values()}
    said = {ANSWERED[key]: one for key, one in answer.items() if key in ANSWERED and one}
    return {**block, "element": plain | said}
