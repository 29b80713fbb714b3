"""Blocks and views that Slack refuses: name to (surface, payload, our code, part of the pointer)."""

from typing import Any

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


def long(length: int) -> str:
    return "x" * length


CONFIRM = {"title": plain("Sure?"), "text": plain("Really"), "confirm": plain("Yes"), "deny": plain("No")}

BAD: dict[str, tuple[str, Json, str, str]] = {
    # name: (surface, payload, code, where)
    "51 blocks in a message": ("message", message(*[section("a")] * 51), "too_many", "/blocks"),
    "101 blocks in a modal": ("modal", modal(*[section("a")] * 101), "too_many", "/blocks"),
    "101 blocks at home": ("home", home(*[section("a")] * 101), "too_many", "/blocks"),
    "unknown block": ("message", message({"type": "sektion"}), "unknown_type", "/blocks/0/type"),
    "block without a type": ("message", message({"text": mrkdwn("a")}), "unknown_type", "/blocks/0/type"),
    "block that is no object": ("message", message("words"), "wrong_type", "/blocks/0"),  # type: ignore[arg-type]
    "unknown element": ("message", message(actions({"type": "knob"})), "unknown_type", "/blocks/0/elements/0/type"),
    "unknown key of a block": ("message", message(section("a", colour="red")), "unknown_key", "/blocks/0/colour"),
    "unknown key of a button": (
        "message",
        message(actions(button("a", "b", colour="red"))),
        "unknown_key",
        "/blocks/0/elements/0/colour",
    ),
    "same block_id twice": (
        "message",
        message(section("a", block_id="s"), section("b", block_id="s")),
        "duplicate",
        "/blocks/1/block_id",
    ),
    "same action_id twice in a block": (
        "message",
        message(actions(button("a", "go"), button("b", "go"))),
        "duplicate",
        "/blocks/0/action_id",
    ),
    "section without text": ("message", message({"type": "section"}), "invalid", "/blocks/0"),
    "empty section text": ("message", message(section("")), "over_limit", "/blocks/0/text"),
    "section text of 3001": ("message", message(section(long(3001))), "over_limit", "/blocks/0/text"),
    "section text is a string": (
        "message",
        message({"type": "section", "text": "words"}),
        "wrong_type",
        "/blocks/0/text",
    ),
    "field of 2001": (
        "message",
        message({"type": "section", "fields": [mrkdwn(long(2001))]}),
        "over_limit",
        "/blocks/0",
    ),
    "eleven fields": (
        "message",
        message({"type": "section", "fields": [mrkdwn("a")] * 11}),
        "over_limit",
        "/blocks/0",
    ),
    "header in mrkdwn": (
        "message",
        message({"type": "header", "text": mrkdwn("a")}),
        "wrong_text_type",
        "/text/type",
    ),
    "header of 151": ("message", message({"type": "header", "text": plain(long(151))}), "over_limit", "/blocks/0"),
    "eleven context elements": (
        "message",
        message({"type": "context", "elements": [mrkdwn("a")] * 11}),
        "over_limit",
        "/blocks/0",
    ),
    "button in a context": (
        "message",
        message({"type": "context", "elements": [button("a", "b")]}),
        "wrong_text_type",
        "/blocks/0/elements/0",
    ),
    "26 buttons in a row": (
        "message",
        message(actions(*(button("a", f"b{one}") for one in range(26)))),
        "over_limit",
        "/blocks/0",
    ),
    "actions with nothing": ("message", message(actions()), "missing", "/blocks/0/elements"),
    "text field among actions": ("message", message(actions(words("w"))), "not_allowed_here", "/elements/0/type"),
    "button as an input": ("modal", modal(field("L", button("a", "b"), "f")), "not_allowed_here", "/element/type"),
    "button text of 76": ("message", message(actions(button(long(76), "b"))), "over_limit", "/blocks/0/elements/0"),
    "button value of 2001": (
        "message",
        message(actions(button("a", "b", value=long(2001)))),
        "over_limit",
        "/blocks/0/elements/0",
    ),
    "button style green": (
        "message",
        message(actions(button("a", "b", style="green"))),
        "wrong_type",
        "/blocks/0/elements/0/style",
    ),
    "button text in mrkdwn": (
        "message",
        message(actions(button("a", "b") | {"text": mrkdwn("a")})),
        "wrong_text_type",
        "/blocks/0/elements/0/text/type",
    ),
    "button without text": (
        "message",
        message(actions({"type": "button", "action_id": "b"})),
        "missing",
        "/blocks/0/elements/0/text",
    ),
    "action_id of 256": ("message", message(actions(button("a", long(256)))), "over_limit", "/blocks/0/elements/0"),
    "block_id of 256": ("message", message(section("a", block_id=long(256))), "over_limit", "/blocks/0"),
    "confirm title of 101": (
        "message",
        message(actions(button("a", "b", confirm=CONFIRM | {"title": plain(long(101))}))),
        "over_limit",
        "/blocks/0/elements/0/confirm",
    ),
    "101 options": (
        "message",
        message(actions(menu("m", *(f"o{one}" for one in range(101))))),
        "over_limit",
        "/blocks/0/elements/0",
    ),
    "no options": ("message", message(actions(menu("m"))), "over_limit", "/blocks/0/elements/0"),
    "option text of 76": ("message", message(actions(menu("m", long(76)))), "over_limit", "/elements/0/options/0"),
    "option value of 151": (
        "message",
        message(actions({"type": "static_select", "action_id": "m", "options": [option("a", long(151))]})),
        "over_limit",
        "/elements/0/options/0",
    ),
    "initial option not offered": (
        "message",
        message(actions(menu("m", "a", initial_option=option("z")))),
        "invalid",
        "/elements/0",
    ),
    "six overflow options": (
        "message",
        message(actions(menu("m", *"abcdef", kind="overflow"))),
        "over_limit",
        "/blocks/0/elements/0",
    ),
    "eleven radio buttons": (
        "modal",
        modal(field("L", menu("m", *"abcdefghijk", kind="radio_buttons"), "f")),
        "over_limit",
        "/blocks/0/element",
    ),
    "date of another kind": (
        "modal",
        modal(field("L", {"type": "datepicker", "action_id": "d", "initial_date": "24/11/2026"}, "f")),
        "wrong_type",
        "/blocks/0/element/initial_date",
    ),
    "placeholder of 151": (
        "modal",
        modal(field("L", words("w", placeholder=plain(long(151))), "f")),
        "over_limit",
        "/blocks/0/element",
    ),
    "max_length of 3001": (
        "modal",
        modal(field("L", words("w", max_length=3001), "f")),
        "over_limit",
        "/blocks/0/element",
    ),
    "min_length above max_length": (
        "modal",
        modal(field("L", words("w", min_length=9, max_length=3), "f")),
        "over_limit",
        "/blocks/0/element",
    ),
    "label of 2001": ("modal", modal(field(long(2001), words("w"), "f")), "over_limit", "/blocks/0"),
    "input without a label": (
        "modal",
        modal({"type": "input", "element": words("w")}),
        "missing",
        "/blocks/0/label",
    ),
    "image without alt text": (
        "message",
        message({"type": "image", "image_url": "https://example.org/a.png"}),
        "missing",
        "/blocks/0/alt_text",
    ),
    "image without an address": ("message", message({"type": "image", "alt_text": "a"}), "invalid", "/blocks/0"),
    "markdown of 12001 in all": (
        "message",
        message({"type": "markdown", "text": long(6001)}, {"type": "markdown", "text": long(6000)}),
        "msg_blocks_too_long",
        "/blocks",
    ),
    "markdown in a modal": (
        "modal",
        modal({"type": "markdown", "text": "a"}),
        "not_allowed_here",
        "/blocks/0/type",
    ),
    "alert in a message": ("message", message({"type": "alert", "text": mrkdwn("a")}), "not_allowed_here", "/type"),
    "alert at home": ("home", home({"type": "alert", "text": mrkdwn("a")}), "not_allowed_here", "/blocks/0/type"),
    "modal without a title": ("modal", {"type": "modal", "blocks": [section("a")]}, "missing", "/title"),
    "title of 25": ("modal", modal(section("a"), title=long(25)), "too_long", "/title/text"),
    "submit of 25": ("modal", modal(section("a"), submit=long(25)), "too_long", "/submit/text"),
    "input but no submit": ("modal", modal(field("L", words("w"), "f"), submit=None), "missing", "/submit"),
    "private_metadata of 3001": (
        "modal",
        modal(section("a"), private_metadata=long(3001)),
        "too_long",
        "/private_metadata",
    ),
    "callback_id of 256": ("modal", modal(section("a"), callback_id=long(256)), "too_long", "/callback_id"),
    "unknown key of a modal": ("modal", modal(section("a"), colour="red"), "unknown_key", "/colour"),
    "title on a Home tab": ("home", home(section("a"), title=plain("a")), "unknown_key", "/title"),
    "view without blocks": ("home", {"type": "home"}, "missing", "/blocks"),
    "two tables": (
        "message",
        message(*[{"type": "table", "rows": [[{"type": "raw_text", "text": "a"}]]}] * 2),
        "too_many",
        "/blocks",
    ),
    "two fields that want the cursor": (
        "modal",
        modal(*(field("L", words("w", focus_on_load=True), name) for name in "ab")),
        "invalid",
        "/blocks",
    ),
}
