"""Slack's blocks, as plain dicts: only those we draw, with only the fields we fill. `bot.views.blocks` draws them.

https://docs.slack.dev/reference/block-kit
"""

from __future__ import annotations

from typing import Any, Literal, NotRequired, TypedDict


class PlainText(TypedDict):
    type: Literal["plain_text"]
    text: str
    emoji: NotRequired[bool]


class Markdown(TypedDict):
    type: Literal["mrkdwn"]
    text: str
    verbatim: bool


class Confirm(TypedDict):
    """Asks once more, before a button does what it says."""

    title: PlainText
    text: PlainText
    confirm: PlainText
    deny: PlainText


class Option(TypedDict):
    text: PlainText
    value: str
    description: NotRequired[PlainText]


class Button(TypedDict):
    type: Literal["button"]
    text: PlainText
    action_id: str
    value: str
    style: NotRequired[Literal["primary", "danger"]]
    confirm: NotRequired[Confirm]


class Choice(TypedDict):
    type: Literal["radio_buttons", "static_select"]
    action_id: str
    options: list[Option]
    initial_option: NotRequired[Option]
    placeholder: NotRequired[PlainText]
    confirm: NotRequired[Confirm]


class Checkboxes(TypedDict):
    type: Literal["checkboxes"]
    action_id: str
    options: list[Option]
    initial_options: NotRequired[list[Option]]


class Several(TypedDict):
    """A menu in which more than one may be chosen."""

    type: Literal["multi_static_select"]
    action_id: str
    options: list[Option]
    initial_options: NotRequired[list[Option]]
    placeholder: NotRequired[PlainText]
    max_selected_items: int


class DatePicker(TypedDict):
    type: Literal["datepicker"]
    action_id: str
    initial_date: NotRequired[str]


class TimePicker(TypedDict):
    type: Literal["timepicker"]
    action_id: str
    initial_time: str


class TextInput(TypedDict):
    type: Literal["plain_text_input"]
    action_id: str
    max_length: int
    multiline: bool
    initial_value: NotRequired[str]
    placeholder: NotRequired[PlainText]


class Style(TypedDict):
    bold: Literal[True]


class Letters(TypedDict):
    type: Literal["text"]
    text: str
    style: NotRequired[Style]


class ChannelLink(TypedDict):
    type: Literal["channel"]
    channel_id: str


class UserLink(TypedDict):
    """Somebody's Slack account: it notifies them in a channel's message, and not in a form, a sheet or on Home."""

    type: Literal["user"]
    user_id: str


class WebLink(TypedDict):
    """Leads out of Slack, into the browser."""

    type: Literal["link"]
    url: str
    text: str


class Paragraph(TypedDict):
    """A paragraph, a quotation, or lines as they are, among others in one block."""

    type: Literal["rich_text_section", "rich_text_quote", "rich_text_preformatted"]
    elements: list[Letters | ChannelLink | UserLink | WebLink]


class RichText(TypedDict):
    type: Literal["rich_text"]
    elements: list[Paragraph]
    block_id: NotRequired[str]


class Section(TypedDict):
    type: Literal["section"]
    text: PlainText | Markdown
    accessory: NotRequired[Button | Choice]


class Context(TypedDict):
    type: Literal["context"]
    elements: list[PlainText | Markdown]


class Header(TypedDict):
    type: Literal["header"]
    text: PlainText


class Divider(TypedDict):
    type: Literal["divider"]


class Actions(TypedDict):
    type: Literal["actions"]
    elements: list[Button | Choice]


class Input(TypedDict):
    type: Literal["input"]
    block_id: str
    label: PlainText
    element: TextInput | Choice | Several | Checkboxes | DatePicker | TimePicker
    optional: bool
    hint: NotRequired[PlainText]
    dispatch_action: NotRequired[bool]


Block = RichText | Section | Context | Header | Divider | Actions | Input


class Modal(TypedDict):
    type: Literal["modal"]
    callback_id: str
    title: PlainText
    close: PlainText
    blocks: list[Block]
    submit: NotRequired[PlainText]
    private_metadata: NotRequired[str]


class Home(TypedDict):
    type: Literal["home"]
    blocks: list[Block]


View = Modal | Home

StateValues = dict[str, Any]
"""What stands in a form's fields, as Slack sends it: by `block_id`, then by `action_id`."""
