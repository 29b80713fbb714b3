"""Blocks: thin names over slack_sdk's models, so that a screen reads like what it shows.

What people typed goes in by `quote`, `paragraph`, `line` or `aside`: drawn letter by letter, so that no mark of
theirs formats anything. `section` and `context` are for words of ours, verbatim.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

from slack_sdk.models import blocks as sdk

from bot.domain.problems import Problem, ProblemCode
from bot.ports import Message, View
from bot.views.words import blank, contained, cut, cut_markup, one_line

Block = dict[str, Any]
LONGEST_TEXT = 4000
"""Characters in a message's `text`: Slack's advice; it cuts at 40,000."""
LATER = "?"
"""Stands in what is drawn once and filled in or aimed many times: slack_sdk takes up to a millisecond over each."""


def section(markdown: str, accessory: sdk.BlockElement | None = None) -> Block:
    text = cut_markup(markdown, 3000)
    if accessory:
        return sdk.SectionBlock(text=_md(text), accessory=accessory).to_dict()
    drawn = _drawn_section()
    return drawn | {"text": drawn["text"] | {"text": text}}


@lru_cache
def _drawn_section() -> Block:
    return sdk.SectionBlock(text=_md(LATER)).to_dict()


def context(markdown: str) -> Block:
    return sdk.ContextBlock(elements=[_md(cut_markup(markdown, 3000))]).to_dict()


def header(text: str) -> Block:
    return sdk.HeaderBlock(text=sdk.PlainTextObject(text=cut(text, 150), emoji=False)).to_dict()


def divider() -> Block:
    return sdk.DividerBlock().to_dict()


class Bold(str):
    """Part of a paragraph that is drawn bold."""


Part = str | sdk.RichTextElement


def letters(part: Part) -> sdk.RichTextElement:
    """Text drawn letter by letter, which leaves the direction of what follows alone."""
    if not isinstance(part, str):
        return part
    style = sdk.RichTextElementParts.TextStyle(bold=True) if isinstance(part, Bold) else None
    return sdk.RichTextElementParts.Text(text=contained(part), style=style)


def channel(id_: str) -> sdk.RichTextElement:
    return sdk.RichTextElementParts.Channel(channel_id=id_)


def spoken(*parts: Part) -> sdk.RichTextElement:
    """A paragraph, to stand among others in one block."""
    return sdk.RichTextSectionElement(elements=[letters(part) for part in parts])


def quoted(typed: str) -> sdk.RichTextElement:
    return sdk.RichTextQuoteElement(elements=[letters(typed)])


def rich(*elements: sdk.RichTextElement) -> Block:
    return sdk.RichTextBlock(elements=list(elements)).to_dict()


def paragraph(*parts: Part) -> Block:
    if len(parts) == 1 and type(parts[0]) is str:
        return _spelt(spoken, parts[0])
    return rich(spoken(*parts))


def quote(typed: str) -> Block:
    """Somebody's words, set apart as a quotation."""
    return _spelt(quoted, typed)


def _spelt(element: Callable[..., sdk.RichTextElement], text: str) -> Block:
    drawn = _drawn(element)
    (around,) = drawn["elements"]
    (run,) = around["elements"]
    return drawn | {"elements": [around | {"elements": [run | {"text": contained(text)}]}]}


@lru_cache
def _drawn(element: Callable[..., sdk.RichTextElement]) -> Block:
    return rich(element(LATER))


def line(text: str, accessory: sdk.BlockElement) -> Block:
    """Letter by letter too, with something to press beside it; Slack draws no bold here."""
    text = contained(cut(text, 3000))
    return sdk.SectionBlock(text=sdk.PlainTextObject(text=text, emoji=False), accessory=accessory).to_dict()


def aside(text: str) -> Block:
    """As `context`, letter by letter."""
    drawn = _drawn_aside()
    return drawn | {"elements": [drawn["elements"][0] | {"text": contained(cut(text, 3000))}]}


@lru_cache
def _drawn_aside() -> Block:
    return sdk.ContextBlock(elements=[sdk.PlainTextObject(text=LATER, emoji=False)]).to_dict()


def button(
    text: str, action: str, value: str, *, style: str | None = None, confirm: Any = None
) -> sdk.ButtonElement:
    return sdk.ButtonElement(
        text=sdk.PlainTextObject(text=cut(text, 75), emoji=False),
        action_id=action,
        value=value,
        style=style,
        confirm=confirm,
    )


def confirm(title: str, text: str, yes: str, no: str) -> sdk.ConfirmObject:
    return sdk.ConfirmObject(title=title, text=sdk.PlainTextObject(text=text), confirm=yes, deny=no)


def row(*elements: sdk.InteractiveElement) -> Block:
    """Buttons in a row; at most five, so that a phone shows them all."""
    return sdk.ActionsBlock(elements=list(elements)).to_dict()


def aimed(drawn: Block, value: str) -> Block:
    """A row drawn before, whose buttons that carried `LATER` carry `value` (2,000 characters at most)."""
    buttons = [one | {"value": value} if one.get("value") == LATER else one for one in drawn["elements"]]
    return drawn | {"elements": buttons}


def option(text: str, value: str, description: str | None = None) -> sdk.Option:
    return sdk.Option(
        value=value,
        text=sdk.PlainTextObject(text=cut(text, 75), emoji=False),
        description=sdk.PlainTextObject(text=cut(description, 75), emoji=False) if description else None,
    )


def radio(action: str, options: Sequence[sdk.Option], chosen: str | None = None) -> sdk.RadioButtonsElement:
    return sdk.RadioButtonsElement(action_id=action, options=options, initial_option=_initial(options, chosen))


def select(action: str, options: Sequence[sdk.Option], chosen: str | None = None) -> sdk.StaticSelectElement:
    return sdk.StaticSelectElement(action_id=action, options=options, initial_option=_initial(options, chosen))


def text_input(
    field: str, label: str, *, initial: str = "", most: int = 3000, lines: bool = False, hint: str = "",
    optional: bool = True, placeholder: str = "",
) -> Block:  # fmt: skip
    drawn = _drawn_text_input(field, label, bool(initial), most, lines, hint, optional, placeholder)
    return drawn | {"element": drawn["element"] | {"initial_value": initial}} if initial else drawn


@lru_cache(maxsize=1024)
def _drawn_text_input(
    field: str, label: str, filled: bool, most: int, lines: bool, hint: str, optional: bool, placeholder: str
) -> Block:
    """Without what somebody typed: that is nobody else's, and kept nowhere but in the store."""
    element = sdk.PlainTextInputElement(
        action_id=field,
        initial_value=LATER if filled else None,
        max_length=most,
        multiline=lines,
        placeholder=placeholder or None,
    )
    return asked(field, label, element, hint=hint, optional=optional)


def asked(field: str, label: str, element: Any, *, hint: str = "", optional: bool = True) -> Block:
    """An input; `field` is its block_id and its element's action_id, so that one constant reads it back."""
    return sdk.InputBlock(
        block_id=field,
        label=sdk.PlainTextObject(text=contained(cut(label, 1900)), emoji=False),
        element=element,
        hint=sdk.PlainTextObject(text=cut(hint, 2000), emoji=False) if hint else None,
        optional=optional,
    ).to_dict()


def asked_again(drawn: Block, field: str, label: str) -> Block:
    """An input drawn before, for another field and under another label: slack_sdk takes its time over options."""
    words = drawn["label"] | {"text": contained(cut(label, 1900))}
    return drawn | {"block_id": field, "label": words, "element": drawn["element"] | {"action_id": field}}


def date_input(
    field: str, label: str, *, initial: str | None = None, optional: bool = False, hint: str = ""
) -> Block:
    picker = sdk.DatePickerElement(action_id=field, initial_date=initial)
    return asked(field, label, picker, optional=optional, hint=hint)


def time_input(field: str, label: str, *, initial: str, hint: str = "") -> Block:
    picker = sdk.TimePickerElement(action_id=field, initial_time=initial)
    return asked(field, label, picker, optional=False, hint=hint)


def message(text: str, *blocks: Block) -> Message:
    """A message; `text` is what a notification and a screen reader say, so it carries all that is needed."""
    return Message(text=cut_markup(text, LONGEST_TEXT), blocks=blocks)


def form(callback: str, title: str, submit: str, metadata: str, *blocks: Block) -> View:
    """A modal that is submitted."""
    return {
        "type": "modal",
        "callback_id": callback,
        "title": _plain(title, 24),
        "submit": _plain(submit, 24),
        "close": _plain("Cancel", 24),
        "private_metadata": metadata,
        "blocks": list(blocks),
    }


def sheet(title: str, *blocks: Block, callback: str = "sheet") -> View:
    """A modal that only shows, with buttons of its own perhaps."""
    return {
        "type": "modal",
        "callback_id": callback,
        "title": _plain(title, 24),
        "close": _plain("Close", 24),
        "blocks": list(blocks),
    }


def home(*blocks: Block) -> View:
    return {"type": "home", "blocks": list(blocks)[:100]}


def typed(values: View, field: str) -> str:
    """What stands in a text input: stripped, empty where nothing can be seen."""
    text = _state(values, field).get("value")
    return "" if not isinstance(text, str) or blank(text) else whole_letters(text).strip()


def whole_letters(text: str) -> str:
    """Half an emoji, which a client that counts in halves can send, can't be stored: it becomes a question mark."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def typed_within(values: View, field: str, most: int) -> str:
    """As `typed`; raises Problem at the field where it is longer than `most`."""
    text = typed(values, field)
    if len(text) > most:
        raise Problem(ProblemCode.TOO_LONG, field, length=len(text), most=most)
    return text


def typed_line(values: View, field: str, most: int, otherwise: ProblemCode) -> str:
    """As `typed_within`, on one line; raises Problem with the code `otherwise` where nothing is written."""
    text = typed_within(values, field, most)
    if not text:
        raise Problem(otherwise, field)
    return one_line(text, most)


def chosen(values: View, field: str) -> str:
    """The value chosen in a select or radio, the date or time picked; empty where none was."""
    state = _state(values, field)
    option = state.get("selected_option") or {}
    return str(option.get("value") or state.get("selected_date") or state.get("selected_time") or "")


def _state(values: View, field: str) -> dict[str, Any]:
    block = values.get(field) or {}
    state = block.get(field) or next(iter(block.values()), None) or {}
    return state if isinstance(state, dict) else {}


def _initial(options: Sequence[sdk.Option], chosen: str | None) -> sdk.Option | None:
    return next((o for o in options if o.value == chosen), None)


def _md(text: str) -> sdk.MarkdownTextObject:
    return sdk.MarkdownTextObject(text=text, verbatim=True)


def _plain(text: str, most: int) -> dict[str, Any]:
    return {"type": "plain_text", "text": cut(text, most), "emoji": False}
