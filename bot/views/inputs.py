"""What stands in a form to be filled in: drawn here, and read back here.

An input's block_id is its element's action_id, so that one constant draws it and reads it.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Literal

from bot.domain.problems import Problem, ProblemCode
from bot.ports import StateValues
from bot.ports.blocks import (
    Block,
    Checkboxes,
    Choice,
    Confirm,
    DatePicker,
    Input,
    Option,
    Several,
    TextInput,
    TimePicker,
)
from bot.views.blocks import plain_text
from bot.views.words import blank, contained, cut, one_line


def option(text: str, value: str) -> Option:
    """`value`: 150 characters at most."""
    return {"text": plain_text(cut(text, 75)), "value": value}


def radio(action: str, options: list[Option], chosen: str | None = None) -> Choice:
    """Up to ten `options`; `chosen` is the value of the one that is set."""
    return _choice("radio_buttons", action, options, chosen)


def select(
    action: str, options: list[Option], chosen: str | None = None, *, placeholder: str = "",
    confirm: Confirm | None = None,
) -> Choice:  # fmt: skip
    """A menu of up to a hundred `options`. `confirm`: where it stands outside a form, and a choice acts."""
    drawn = _choice("static_select", action, options, chosen)
    drawn |= {"placeholder": plain_text(placeholder)} if placeholder else {}
    drawn |= {"confirm": confirm} if confirm else {}
    return drawn


def checkboxes(action: str, options: list[Option], ticked: Collection[str]) -> Checkboxes:
    """`ticked`: the values of those that are; Slack takes no empty list of them."""
    drawn: Checkboxes = {"type": "checkboxes", "action_id": action, "options": options}
    if initial := [one for one in options if one["value"] in ticked]:
        drawn["initial_options"] = initial
    return drawn


def several(action: str, options: list[Option], chosen: Collection[str], most: int, placeholder: str) -> Several:
    """`options`: a hundred at most. `chosen`: the values of those that are; at most `most` of them."""
    drawn: Several = {
        "type": "multi_static_select",
        "action_id": action,
        "options": options,
        "max_selected_items": most,
        "placeholder": plain_text(placeholder),
    }
    # Slack refuses a menu that begins with more than may be chosen
    if initial := [one for one in options if one["value"] in chosen][:most]:
        drawn["initial_options"] = initial
    return drawn


def _choice(
    kind: Literal["radio_buttons", "static_select"], action: str, options: list[Option], chosen: str | None
) -> Choice:
    drawn: Choice = {"type": kind, "action_id": action, "options": options}
    for one in options:
        if one["value"] == chosen:
            drawn["initial_option"] = one
    return drawn


def text_input(
    field: str, label: str, *, initial: str = "", most: int = 3000, lines: bool = False, hint: str = "",
    optional: bool = True, placeholder: str = "",
) -> Block:  # fmt: skip
    """`most`: characters, which Slack holds as somebody types; read back by `typed_within`, since a payload may be
    forged. `lines`: of several lines. An `initial` that may be longer is cut by whoever calls."""
    element: TextInput = {
        "type": "plain_text_input",
        "action_id": field,
        "max_length": most,
        "multiline": lines,
    }
    if initial:
        element["initial_value"] = initial
    if placeholder:
        element["placeholder"] = plain_text(placeholder, emoji=True)
    return asked(field, label, element, hint=hint, optional=optional)


def date_input(field: str, label: str, *, initial: str | None = None, optional: bool = False) -> Block:
    """`initial` as 2026-12-03; read back by `chosen`, then `read_day`."""
    picker: DatePicker = {"type": "datepicker", "action_id": field}
    if initial:
        picker["initial_date"] = initial
    return asked(field, label, picker, optional=optional)


def time_input(field: str, label: str, *, initial: str, hint: str = "") -> Block:
    """`initial` as 09:00, of no zone; read back by `chosen`."""
    picker: TimePicker = {"type": "timepicker", "action_id": field, "initial_time": initial}
    return asked(field, label, picker, optional=False, hint=hint)


def asked(
    field: str,
    label: str,
    element: TextInput | Choice | Several | Checkboxes | DatePicker | TimePicker,
    *,
    hint: str = "",
    optional: bool = True,
    heard: bool = False,
) -> Block:
    """An input; `field` is its block_id and its element's action_id, so that one constant reads it back. `heard`:
    we are told of each choice, before the form is sent."""
    drawn: Input = {
        "type": "input",
        "block_id": field,
        "label": plain_text(contained(cut(label, 1900))),
        "element": element,
        "optional": optional,
    }
    if hint:
        drawn["hint"] = plain_text(cut(hint, 2000))
    if heard:
        drawn["dispatch_action"] = True
    return drawn


def typed(values: StateValues, field: str) -> str:
    """What stands in a text input: stripped, empty where nothing can be seen."""
    text = _state(values, field).get("value")
    # strip alone leaves characters that nobody sees, and what holds only such is no answer
    return "" if not isinstance(text, str) or blank(text) else whole_letters(text).strip()


def whole_letters(text: str) -> str:
    """Half an emoji, which a client that counts in halves can send, can't be stored: it becomes a question mark."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def typed_within(values: StateValues, field: str, most: int) -> str:
    """As `typed`; raises Problem at the field where it is longer than `most`."""
    text = typed(values, field)
    if len(text) > most:
        raise Problem(ProblemCode.TOO_LONG, field, length=len(text), most=most)
    return text


def typed_line(values: StateValues, field: str, most: int, otherwise: ProblemCode) -> str:
    """As `typed_within`, on one line; raises Problem with the code `otherwise` where nothing is written."""
    text = typed_within(values, field, most)
    if not text:
        raise Problem(otherwise, field)
    return one_line(text, most)


def chosen(values: StateValues, field: str) -> str:
    """The value chosen in a select or radio, the date or time picked; empty where none was."""
    state = _state(values, field)
    option = state.get("selected_option")
    value = option.get("value") if isinstance(option, dict) else ""
    return str(value or state.get("selected_date") or state.get("selected_time") or "")


def chosen_several(values: StateValues, field: str) -> tuple[str, ...] | None:
    """The values chosen in a menu for several; None where the form had no such menu."""
    options = _state(values, field).get("selected_options")
    if not isinstance(options, list):
        return None
    return tuple(str(one.get("value") or "") for one in options if isinstance(one, dict))


def _state(values: StateValues, field: str) -> dict[str, Any]:
    block = values.get(field) or {}
    state = block.get(field) or next(iter(block.values()), None) or {}
    return state if isinstance(state, dict) else {}
