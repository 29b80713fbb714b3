"""Blocks and views that Slack takes: name to (surface, payload)."""

from typing import Any

from tests.playground.bad_blocks import CONFIRM, long
from tests.playground.blocks import (
    actions,
    button,
    field,
    home,
    menu,
    message,
    modal,
    mrkdwn,
    option,
    plain,
    section,
    words,
)

Json = dict[str, Any]

GOOD: dict[str, tuple[str, Json]] = {
    "no blocks": ("message", {"text": "words"}),
    "50 blocks": ("message", message(*[section("a")] * 50)),
    "section of 3000": ("message", message(section(long(3000)))),
    "section with a button": ("message", message(section("a", accessory=button("b", "c", value="v")))),
    "ten fields of 2000": ("message", message({"type": "section", "fields": [mrkdwn(long(2000))] * 10})),
    "the same action_id in two blocks": ("message", message(*(actions(button("a", "go")) for _ in "ab"))),
    "five buttons, one to confirm": (
        "message",
        message(actions(*(button("a", f"b{one}") for one in range(4)), button("x", "y", confirm=CONFIRM))),
    ),
    "link button": ("message", message(actions(button("a", "b", url="https://example.org", style="primary")))),
    "overflow beside text": ("message", message(section("a", accessory=menu("m", "x", "y", kind="overflow")))),
    "context of text and image": (
        "message",
        message(
            {
                "type": "context",
                "elements": [
                    mrkdwn("a"),
                    plain("b"),
                    {"type": "image", "alt_text": "i", "image_url": "https://example.org/a.png"},
                ],
            }
        ),
    ),
    "header and divider": ("message", message({"type": "header", "text": plain("a")}, {"type": "divider"})),
    "verbatim text": ("message", message({"type": "section", "text": mrkdwn("a") | {"verbatim": True}})),
    "emoji text": ("home", home({"type": "header", "text": plain("a") | {"emoji": True}})),
    "users menu": (
        "message",
        message(actions({"type": "users_select", "action_id": "u", "placeholder": plain("Who")})),
    ),
    "date and time": (
        "modal",
        modal(
            field("Day", {"type": "datepicker", "action_id": "d", "initial_date": "2026-11-24"}, "f"),
            field("Hour", {"type": "timepicker", "action_id": "t", "initial_time": "09:00"}, "g"),
        ),
    ),
    "form with every kind of choice": (
        "modal",
        modal(
            field("One", menu("m", "a", "b", initial_option=option("a")), "f1", optional=True),
            field("Some", menu("m", "a", "b", kind="checkboxes", initial_options=[option("b")]), "f2"),
            field("Or", menu("m", "a", "b", kind="radio_buttons"), "f3"),
            field("People", {"type": "multi_users_select", "action_id": "u", "initial_users": ["U0SAM"]}, "f4"),
            field("Words", words("w", multiline=True, min_length=1, max_length=3000), "f5", hint=plain("Few")),
        ),
    ),
    "form without input or submit": ("modal", modal(section("a"), submit=None, close=plain("Close"))),
    "alert in a modal": ("modal", modal({"type": "alert", "text": mrkdwn("a"), "level": "info"})),
    "menu in groups": (
        "modal",
        modal(
            section(
                "a",
                accessory={
                    "type": "static_select",
                    "action_id": "m",
                    "option_groups": [{"label": plain("G"), "options": [option("a")]}],
                },
            )
        ),
    ),
    "number": (
        "modal",
        modal(field("How many", {"type": "number_input", "is_decimal_allowed": False, "min_value": "1"}, "n")),
    ),
    "home with 100 blocks": ("home", home(*[section("a")] * 100)),
    "rich text": (
        "message",
        message(
            {
                "type": "rich_text",
                "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": "a"}]}],
            }
        ),
    ),
    "table": ("message", message({"type": "table", "rows": [[{"type": "raw_text", "text": "a"}]]})),
    "markdown of 12000": ("message", message({"type": "markdown", "text": long(12_000)})),
}
