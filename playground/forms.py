"""The fields of a view or message: what they start with, what was chosen, and what is still missing."""

from collections.abc import Iterator
from typing import Any

Json = dict[str, Any]

#: Where each kind of element keeps its answer, and the key that prefills it.
ANSWERS: dict[str, tuple[str, str]] = {
    "plain_text_input": ("value", "initial_value"),
    "email_text_input": ("value", "initial_value"),
    "url_text_input": ("value", "initial_value"),
    "number_input": ("value", "initial_value"),
    "rich_text_input": ("rich_text_value", "initial_value"),
    "static_select": ("selected_option", "initial_option"),
    "external_select": ("selected_option", "initial_option"),
    "radio_buttons": ("selected_option", "initial_option"),
    "checkboxes": ("selected_options", "initial_options"),
    "multi_static_select": ("selected_options", "initial_options"),
    "multi_external_select": ("selected_options", "initial_options"),
    "datepicker": ("selected_date", "initial_date"),
    "timepicker": ("selected_time", "initial_time"),
    "datetimepicker": ("selected_date_time", "initial_date_time"),
    "users_select": ("selected_user", "initial_user"),
    "conversations_select": ("selected_conversation", "initial_conversation"),
    "channels_select": ("selected_channel", "initial_channel"),
    "multi_users_select": ("selected_users", "initial_users"),
    "multi_conversations_select": ("selected_conversations", "initial_conversations"),
    "multi_channels_select": ("selected_channels", "initial_channels"),
    "file_input": ("files", ""),
}
INSIDE = {"container": "child_blocks", "carousel": "elements"}
"""Blocks that hold blocks, and where."""
HOLDS = {"input": "element", "actions": "elements", "context_actions": "elements", "card": "actions"}
"""Where a block has its elements, if not as an `accessory`."""
TEXTS = {"plain_text_input", "email_text_input", "url_text_input", "number_input"}


def elements(blocks: list[Json]) -> Iterator[tuple[Json, Json]]:
    """Every interactive element with the block it stands in."""
    for block in blocks:
        if block["type"] == "input":
            yield block, block["element"]
        elif block["type"] in ("actions", "context_actions"):
            for element in block["elements"]:
                yield block, element
        elif isinstance(block.get("accessory"), dict) and block["accessory"].get("type") != "image":
            yield block, block["accessory"]


def flat(blocks: Any) -> Iterator[Json]:
    """Every block, those inside a container or a carousel after what holds them; what is no block is left out."""
    for block in blocks if isinstance(blocks, list) else []:
        if isinstance(block, dict):
            yield block
            yield from flat(block.get(INSIDE.get(str(block.get("type")), "")))


def controls(blocks: Any) -> Iterator[tuple[Json, Json]]:
    """Every interactive element there is to use, those of cards and inside other blocks too, with its own block."""
    for block in flat(blocks):
        held = block.get(HOLDS.get(str(block.get("type")), "accessory"))
        for element in held if isinstance(held, list) else [held]:
            if isinstance(element, dict) and isinstance(element.get("type"), str) and element["type"] != "image":
                yield block, element


def answer(element: Json, current: str | None = None) -> Any:
    """What this element answers if it is left alone; `current` is the conversation where its form was opened."""
    key, initial = ANSWERS[element["type"]]
    many = key.endswith("s") and element["type"] != "file_input"
    if current and element.get("default_to_current_conversation") and not element.get(initial):
        return [current] if many else current
    return element.get(initial, [] if many else None)


def state(element: Json, value: Any) -> Json:
    """The element's entry in `state.values` once it answers `value`."""
    return {"type": element["type"], ANSWERS[element["type"]][0]: value}


def initial_values(blocks: list[Json], current: str | None = None) -> dict[str, Json]:
    """`state.values` of a form nobody has touched, prefilled answers included."""
    values: dict[str, Json] = {}
    for block, element in controls(blocks):
        if element["type"] in ANSWERS:
            held = values.setdefault(block.get("block_id", ""), {})
            held[element.get("action_id", "")] = state(element, answer(element, current))
    return values


def carried_values(blocks: list[Json], before: dict[str, Json], current: str | None) -> dict[str, Json]:
    """`state.values` of a changed form: what was typed stays where block, action and kind are the same."""
    values = initial_values(blocks, current)
    for block_id, actions in values.items():
        for action_id, fresh in actions.items():
            old = before.get(block_id, {}).get(action_id)
            if old and old["type"] == fresh["type"]:
                actions[action_id] = old
    return values


def grouped(element: Json) -> list[Json]:
    """The options of a menu in their groups; those in none are a group without a label."""
    loose = [{"options": element["options"]}] if element.get("options") else []
    return [*loose, *(element.get("option_groups") or [])]


def options(element: Json) -> list[Json]:
    """All options of a menu, those in groups included."""
    return [option for group in grouped(element) for option in group["options"]]


def unmet(blocks: list[Json], values: dict[str, Json]) -> dict[str, str]:
    """Why Slack's own client would not send this form: block id to sentence."""
    faults: dict[str, str] = {}
    for block in flat(blocks):
        if block["type"] != "input":
            continue
        element = block["element"]
        given = values[block["block_id"]][element["action_id"]][ANSWERS[element["type"]][0]]
        sentence = _fault(element, given, bool(block.get("optional")))
        if sentence:
            faults[block["block_id"]] = sentence
    return faults


def _fault(element: Json, given: Any, optional: bool) -> str | None:
    if given in (None, "", []):
        return None if optional else "Please complete this required field."
    if element["type"] == "plain_text_input":
        return _length_fault(element, len(given))
    if element["type"] == "number_input":
        return _number_fault(element, given)
    if element["type"] == "email_text_input" and "@" not in given:
        return "Please enter a valid email address."
    if element["type"] == "url_text_input" and "://" not in given:
        return "Please enter a valid URL."
    return None


def _length_fault(element: Json, length: int) -> str | None:
    least, most = int(element.get("min_length") or 0), int(element.get("max_length") or 3000)
    if length < least:
        return f"Must be at least {least} characters."
    return f"Must be at most {most} characters." if length > most else None


def _number_fault(element: Json, given: str) -> str | None:
    try:
        number = float(given)
    except ValueError:
        return "Please enter a number."
    if not element.get("is_decimal_allowed") and not number.is_integer():
        return "Please enter a whole number."
    if element.get("min_value") is not None and number < float(element["min_value"]):
        return f"Must be at least {element['min_value']}."
    if element.get("max_value") is not None and number > float(element["max_value"]):
        return f"Must be at most {element['max_value']}."
    return None
