"""A form or sheet as Slack gave it back, drawn again elsewhere with what was typed and chosen in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast

from bot.ports import StateValues, View

PARTS = ("type", "title", "private_metadata", "callback_id", "close", "submit")

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
    return with_blocks(view, [filled(block, values) for block in view.get("blocks") or ()])


def with_blocks(view: Mapping[str, Any], blocks: Sequence[Mapping[str, Any]]) -> View:
    """The same form or sheet with other blocks. What Slack added of its own, such as an id, is left out."""
    again = {key: view[key] for key in PARTS if view.get(key)} | {"blocks": list(blocks)}
    return cast("View", again)  # what Slack sent back is a view of ours


def filled(block: Mapping[str, Any], values: StateValues) -> Mapping[str, Any]:
    """An input with what was typed or chosen in it; any other block as it is."""
    element = block.get("element")
    if block.get("type") != "input" or not isinstance(element, dict):
        return block
    states = values.get(block.get("block_id", "")) or {}
    answer: Mapping[str, Any] = next((one for one in states.values() if one), {})  # an input holds one element
    # what it began with goes, also where nothing was answered: it was taken out
    plain = {key: one for key, one in element.items() if key not in ANSWERED.values()}
    said = {ANSWERED[key]: one for key, one in answer.items() if key in ANSWERED and one}
    return {**block, "element": plain | said}
