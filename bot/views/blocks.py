"""Blocks: a function for each, so that a screen reads like what it shows.

What people typed goes in by `quote`, `paragraph`, `line` or `aside`: drawn letter by letter, so that no mark of
theirs formats anything. `section` and `context` are for words of ours, verbatim.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Literal

from bot.domain.problems import Problem, ProblemCode
from bot.ports import Message, StateValues, View
from bot.ports.blocks import (
    Block,
    Button,
    ChannelLink,
    Checkboxes,
    Choice,
    Confirm,
    DatePicker,
    Input,
    Letters,
    Markdown,
    Option,
    Paragraph,
    PlainText,
    Section,
    Several,
    TextInput,
    TimePicker,
    UserLink,
)
from bot.views.words import blank, contained, cut, cut_bytes, cut_markup, one_line

LONGEST_TEXT = 4000
"""Bytes of a message's `text`: what Slack takes when a message is changed; it counts a smart quote as three."""

MOST_IN_BLOCKS = 10_000
"""Characters of all texts in all blocks of a message. Slack refuses somewhere from 11,300 to 13,200."""


def section(markdown: str, accessory: Button | Choice | None = None) -> Block:
    return _section(_markdown(markdown), accessory)


def line(text: str, accessory: Button | Choice) -> Block:
    """Letter by letter, with something to press beside it; Slack draws no bold here."""
    return _section(_plain(contained(cut(text, 3000))), accessory)


def _section(text: PlainText | Markdown, accessory: Button | Choice | None) -> Section:
    drawn: Section = {"type": "section", "text": text}
    if accessory:
        drawn["accessory"] = accessory
    return drawn


def context(markdown: str) -> Block:
    return {"type": "context", "elements": [_markdown(markdown)]}


def aside(text: str) -> Block:
    """As `context`, letter by letter."""
    return {"type": "context", "elements": [_plain(contained(cut(text, 3000)))]}


def header(text: str) -> Block:
    return {"type": "header", "text": _plain(cut(text, 150))}


def divider() -> Block:
    return {"type": "divider"}


class Bold(str):
    """Part of a paragraph that is drawn bold."""


Part = str | ChannelLink | UserLink


def _letters(part: Part) -> Letters | ChannelLink | UserLink:
    """Text drawn letter by letter, which leaves the direction of what follows alone."""
    if not isinstance(part, str):
        return part
    drawn: Letters = {"type": "text", "text": contained(part)}
    if isinstance(part, Bold):
        drawn["style"] = {"bold": True}
    return drawn


def channel(id_: str) -> ChannelLink:
    return {"type": "channel", "channel_id": id_}


def user(id_: str) -> UserLink:
    return {"type": "user", "user_id": id_}


def spoken(*parts: Part) -> Paragraph:
    """A paragraph, to stand among others in one block."""
    return {"type": "rich_text_section", "elements": [_letters(part) for part in parts]}


def quoted(typed: str) -> Paragraph:
    return {"type": "rich_text_quote", "elements": [_letters(typed)]}


def rich(*elements: Paragraph) -> Block:
    return {"type": "rich_text", "elements": list(elements)}


def paragraph(*parts: Part) -> Block:
    return rich(spoken(*parts))


def quote(typed: str) -> Block:
    """Somebody's words, set apart as a quotation."""
    return rich(quoted(typed))


def preformatted(text: str) -> Block:
    """Lines to be copied as they are."""
    return rich({"type": "rich_text_preformatted", "elements": [_letters(text)]})


def row(*buttons: Button | Choice) -> Block:
    """Buttons and menus in a row; at most five, so that a phone shows them all."""
    return {"type": "actions", "elements": list(buttons)}


def button(
    text: str, action: str, value: str, *, style: Literal["primary"] | None = None, confirm: Confirm | None = None
) -> Button:
    """`value`: 2,000 characters at most."""
    drawn: Button = {"type": "button", "text": _plain(cut(text, 75)), "action_id": action, "value": value}
    if style:
        drawn["style"] = style
    if confirm:
        drawn["confirm"] = confirm
    return drawn


def confirm(title: str, text: str, yes: str, no: str) -> Confirm:
    return {
        "title": _plain(title, emoji=True),
        "text": {"type": "plain_text", "text": text},
        "confirm": _plain(yes, emoji=True),
        "deny": _plain(no, emoji=True),
    }


def option(text: str, value: str) -> Option:
    """`value`: 150 characters at most."""
    return {"text": _plain(cut(text, 75)), "value": value}


def radio(action: str, options: list[Option], chosen: str | None = None) -> Choice:
    return _choice("radio_buttons", action, options, chosen)


def select(
    action: str, options: list[Option], chosen: str | None = None, *, placeholder: str = "",
    confirm: Confirm | None = None,
) -> Choice:  # fmt: skip
    drawn = _choice("static_select", action, options, chosen)
    drawn |= {"placeholder": _plain(placeholder)} if placeholder else {}
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
        "placeholder": _plain(placeholder),
    }
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
    element: TextInput = {
        "type": "plain_text_input",
        "action_id": field,
        "max_length": most,
        "multiline": lines,
    }
    if initial:
        element["initial_value"] = initial
    if placeholder:
        element["placeholder"] = _plain(placeholder, emoji=True)
    return asked(field, label, element, hint=hint, optional=optional)


def date_input(field: str, label: str, *, initial: str | None = None, optional: bool = False) -> Block:
    picker: DatePicker = {"type": "datepicker", "action_id": field}
    if initial:
        picker["initial_date"] = initial
    return asked(field, label, picker, optional=optional)


def time_input(field: str, label: str, *, initial: str, hint: str = "") -> Block:
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
        "label": _plain(contained(cut(label, 1900))),
        "element": element,
        "optional": optional,
    }
    if hint:
        drawn["hint"] = _plain(cut(hint, 2000))
    if heard:
        drawn["dispatch_action"] = True
    return drawn


def message(text: str, *blocks: Block) -> Message:
    """A message; `text` is what a notification and a screen reader say, so it carries all that is needed."""
    return Message(text=cut_bytes(text, LONGEST_TEXT), blocks=blocks)


def letters(part: object) -> int:
    """Characters in all texts of a block, or of a part of one."""
    if isinstance(part, (list, tuple)):
        return sum(map(letters, part))
    if not isinstance(part, dict):
        return 0
    return sum(len(one) if key == "text" and isinstance(one, str) else letters(one) for key, one in part.items())


def form(callback: str, title: str, submit: str, metadata: str, *blocks: Block) -> View:
    """A modal that is submitted."""
    return {
        "type": "modal",
        "callback_id": callback,
        "title": _plain(cut(title, 24)),
        "submit": _plain(cut(submit, 24)),
        "close": _plain("Cancel"),
        "private_metadata": metadata,
        "blocks": list(blocks),
    }


def sheet(title: str, *blocks: Block, callback: str = "sheet") -> View:
    """A modal that only shows, with buttons of its own perhaps."""
    return {
        "type": "modal",
        "callback_id": callback,
        "title": _plain(cut(title, 24)),
        "close": _plain("Close"),
        "blocks": list(blocks),
    }


def home(*blocks: Block) -> View:
    return {"type": "home", "blocks": list(blocks)[:100]}


def typed(values: StateValues, field: str) -> str:
    """What stands in a text input: stripped, empty where nothing can be seen."""
    text = _state(values, field).get("value")
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


def _markdown(text: str) -> Markdown:
    return {"type": "mrkdwn", "text": cut_markup(text, 3000), "verbatim": True}


def _plain(text: str, *, emoji: bool = False) -> PlainText:
    return {"type": "plain_text", "text": text, "emoji": emoji}
