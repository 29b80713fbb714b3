"""More that Slack refuses, in the insides of blocks: name to (surface, payload, our code, part of the pointer)."""

from typing import Any

from tests.playground.bad_blocks import long
from tests.playground.blocks import actions, button, field, home, menu, message, modal, option, plain, section
from tests.playground.parts import (
    bin_,
    card,
    cell,
    chart,
    container,
    context_actions,
    data_table,
    feedback,
    line,
    number,
    pie,
    piece,
    rich,
    table,
)

Json = dict[str, Any]
HERE = "/blocks/0"
CHOSEN = {"initial_options": [option("z")]}


def of(*blocks: Any) -> Json:
    return message(*blocks)


def asked(element: Json) -> Json:
    return modal(field("L", element, "f"))


def said(*pieces: Any) -> Json:
    return message(rich(line(*pieces)))


TABLES: dict[str, tuple[str, Json, str, str]] = {
    "table of 101 rows": ("message", of(table(101)), "over_limit", HERE),
    "table of no rows": ("message", of(table(0)), "invalid", HERE),
    "table of 21 columns": ("message", of(table(1, 21)), "over_limit", HERE),
    "21 column settings": ("message", of(table(column_settings=[{}] * 21)), "over_limit", HERE),
    "column aligned to nowhere": ("message", of(table(column_settings=[{"align": "up"}])), "invalid", "settings/0"),
    "row that is a string": ("message", of({"type": "table", "rows": ["a"]}), "wrong_type", "/rows/0"),
    "cell that is a string": ("message", of({"type": "table", "rows": [["a"]]}), "wrong_type", "/rows/0/0"),
    "cell of plain text": (
        "message",
        of({"type": "table", "rows": [[plain("a")]]}),
        "unknown_type",
        "/rows/0/0/type",
    ),
    "empty cell": ("message", of({"type": "table", "rows": [[cell("")]]}), "over_limit", "/rows/0/0"),
    "cell with a sick rich text": (
        "message",
        of({"type": "table", "rows": [[rich(line(piece(text="")))]]}),
        "over_limit",
        "/rows/0/0/elements/0/elements/0",
    ),
    "two tables, one in a container": ("message", of(table(), container(table())), "too_many", "/blocks"),
    "data table of one row": ("message", of(data_table(1)), "over_limit", HERE),
    "data table of 300 rows": ("message", of(data_table(300)), "over_limit", HERE),
    "data table of 21 columns": ("message", of(data_table(2, 21)), "over_limit", HERE),
    "data table with pages of none": ("message", of(data_table(page_size=0)), "invalid", HERE),
    "data table with pages of 101": ("message", of(data_table(page_size=101)), "over_limit", HERE),
    "data table of 26,000 characters": ("message", of(data_table(26, 1, long(1000))), "over_limit", HERE),
    "data table with rich text in its head": (
        "message",
        of(data_table(rows=1) | {"rows": [[rich(line(piece(text="a")))], [cell()]]}),
        "invalid",
        HERE,
    ),
    "data table with rows of two lengths": (
        "message",
        of({"type": "data_table", "caption": "c", "rows": [[cell()], [cell(), cell()]]}),
        "invalid",
        HERE,
    ),
    "data table without a caption": ("message", of(data_table(caption=None)), "missing", "/caption"),
}
CHARTS: dict[str, tuple[str, Json, str, str]] = {
    "chart title of 51": ("message", of(pie(title=long(51))), "over_limit", HERE),
    "13 segments": ("message", of(pie(13)), "over_limit", "/chart"),
    "segment label of 21": ("message", of(pie(1, long(20))), "over_limit", "/chart/segments/0"),
    "segment of nothing": (
        "message",
        of(pie() | {"chart": {"type": "pie", "segments": [{"label": "a", "value": 0}]}}),
        "invalid",
        "/chart/segments/0",
    ),
    "21 categories": ("message", of(chart(categories=21)), "over_limit", "/chart"),
    "13 series": ("message", of(chart(series=13)), "over_limit", "/chart"),
    "series with a point missing": ("message", of(chart(points=1)), "invalid", "/chart"),
    "chart that is a word": ("message", of(pie(chart="foo")), "wrong_type", "/chart"),
    "chart of an unknown kind": ("message", of(chart("radar")), "unknown_type", "/chart/type"),
    "three charts": ("message", of(pie(), pie(), pie()), "too_many", "/blocks"),
    "chart in a modal": ("modal", modal(pie()), "not_allowed_here", HERE),
}
NESTED: dict[str, tuple[str, Json, str, str]] = {
    "card with four buttons": ("message", of(card(4)), "over_limit", HERE),
    "card with a menu": ("message", of(card(actions=[menu("m", "a")])), "not_allowed_here", "/actions/0/type"),
    "card with nothing on it": ("message", of({"type": "card"}), "invalid", HERE),
    "card with one button twice": ("message", of(card(actions=[button("a", "b")] * 2)), "duplicate", HERE),
    "carousel of sections": (
        "message",
        of({"type": "carousel", "elements": [section("a")]}),
        "unknown_type",
        "ts/0",
    ),
    "carousel of eleven": ("message", of({"type": "carousel", "elements": [card()] * 11}), "over_limit", HERE),
    "container of nothing": ("message", of(container()), "over_limit", HERE),
    "container of eleven": ("message", of(container(*[section("a")] * 11)), "over_limit", HERE),
    "container without a title": ("message", of(container(section("a"), title=None)), "invalid", HERE),
    "container of something unknown": ("message", of(container({"type": "foo"})), "unknown_type", "child_blocks/0"),
    "container in a container": ("message", of(container(container())), "unknown_type", "/child_blocks/0/type"),
    "container of a section that is too long": (
        "message",
        of(container(section(long(3001)))),
        "over_limit",
        "/child_blocks/0/text",
    ),
    "container with a block_id twice": (
        "message",
        of(container(section("a", block_id="s"), section("b", block_id="s"))),
        "duplicate",
        "/child_blocks/1/block_id",
    ),
    "container with a block_id from outside": (
        "message",
        of(section("a", block_id="s"), container(section("b", block_id="s"))),
        "duplicate",
        "/blocks/1/child_blocks/0/block_id",
    ),
    "plain button among context actions": (
        "message",
        of(context_actions(button("a", "b"))),
        "not_allowed_here",
        "/elements/0/type",
    ),
    "six context actions": (
        "message",
        of(context_actions(*(bin_(action_id=f"i{one}") for one in range(6)))),
        "over_limit",
        HERE,
    ),
    "icon that Slack has not": ("message", of(context_actions(bin_(icon="star"))), "invalid", "/elements/0"),
    "feedback with one button": (
        "message",
        of(context_actions(feedback(negative_button=None))),
        "missing",
        "/negative_button",
    ),
    "task that waits alone": (
        "message",
        of({"type": "task_card", "task_id": "t", "title": "T", "status": "pending"}),
        "not_allowed_here",
        "/status",
    ),
}
RICH: dict[str, tuple[str, Json, str, str]] = {
    "rich text of a string": ("message", of(rich("a")), "wrong_type", "/elements/0"),
    "rich text of something unknown": ("message", of(rich(line(kind="rich_text_song"))), "unknown_type", "/type"),
    "piece that is a string": ("message", said("a"), "wrong_type", "/elements/0/elements/0"),
    "piece without a type": ("message", said({"text": "a"}), "unknown_type", "/elements/0/elements/0/type"),
    "piece of an unknown type": ("message", said(piece("song")), "unknown_type", "/elements/0/elements/0/type"),
    "piece whose type is a list": ("message", said({"type": []}), "unknown_type", "/elements/0/elements/0/type"),
    "text without text": ("message", said(piece()), "missing", "/text"),
    "empty text": ("message", said(piece(text="")), "over_limit", "/elements/0/elements/0"),
    "half a character": ("message", said(piece(text="\ud800")), "wrong_type", "/text"),
    "link without an address": ("message", said(piece("link", text="a")), "missing", "/url"),
    "list without a style": ("message", of(rich(line(line(), kind="rich_text_list"))), "missing", "/style"),
    "list in a style of its own": (
        "message",
        of(rich(line(line(piece(text="a")), kind="rich_text_list", style="stars"))),
        "invalid",
        "/elements/0",
    ),
    "list of bare pieces": (
        "message",
        of(rich(line(piece(text="a"), kind="rich_text_list", style="bullet"))),
        "unknown_type",
        "/elements/0/elements/0/type",
    ),
    "style that Slack has not": (
        "message",
        said(piece(text="a", style={"blink": True})),
        "unknown_key",
        "/style/blink",
    ),
    "date at no time": (
        "message",
        said(piece("date", timestamp=10**18, format="{date}")),
        "wrong_type",
        "/timestamp",
    ),
    "broadcast to nobody": ("message", said(piece("broadcast", range="some")), "invalid", "/elements/0/elements/0"),
    "colour that is none": ("message", said(piece("color", value="red")), "invalid", "/elements/0/elements/0"),
}
FIELDS: dict[str, tuple[str, Json, str, str]] = {
    "block whose type is a list": ("message", of({"type": []}), "unknown_type", "/blocks/0/type"),
    "element whose type is an object": ("message", of(actions({"type": {}})), "unknown_type", "/elements/0/type"),
    "context of a string": ("message", of({"type": "context", "elements": ["a"]}), "wrong_type", "/elements/0"),
    "context of null": ("message", of({"type": "context", "elements": [None]}), "wrong_type", "/elements/0"),
    "context of a list": ("message", of({"type": "context", "elements": [[]]}), "wrong_type", "/elements/0"),
    "header of spaces": ("message", of({"type": "header", "text": plain("  ")}), "over_limit", "/text"),
    "number above its most": ("modal", asked(number(min_value="9", max_value="3")), "invalid", "/element"),
    "least that is no number": ("modal", asked(number(min_value="abc")), "wrong_type", "/min_value"),
    "half a number where only whole ones go": ("modal", asked(number(initial_value="1.5")), "invalid", "/element"),
    "number out of its range": ("modal", asked(number(initial_value="9", max_value="3")), "invalid", "/element"),
    "checked but not offered": (
        "modal",
        asked(menu("m", "a", kind="checkboxes", **CHOSEN)),
        "invalid",
        "/element/initial_options",
    ),
    "chosen but not offered": (
        "message",
        of(section("s", accessory=menu("m", "a", kind="multi_static_select", **CHOSEN))),
        "invalid",
        "/accessory",
    ),
    "address in a menu's option": (
        "message",
        of(actions(menu("m") | {"options": [option("a") | {"url": "https://example.org"}]})),
        "unknown_key",
        "/options/0/url",
    ),
    "menu's option in mrkdwn": (
        "message",
        of(actions(menu("m") | {"options": [{"text": {"type": "mrkdwn", "text": "a"}, "value": "a"}]})),
        "wrong_text_type",
        "/options/0/text/type",
    ),
    "response_url asked for in a message": (
        "message",
        of(actions({"type": "channels_select", "action_id": "c", "response_url_enabled": True})),
        "not_allowed_here",
        "/elements/0/response_url_enabled",
    ),
    "response_url asked for at home": (
        "home",
        home(section("a", accessory={"type": "conversations_select", "response_url_enabled": True})),
        "not_allowed_here",
        "/accessory/response_url_enabled",
    ),
    "date and time beside text": (
        "message",
        of(section("a", accessory={"type": "datetimepicker", "action_id": "d"})),
        "not_allowed_here",
        "/accessory/type",
    ),
    "image alt text of 2001": (
        "message",
        of({"type": "image", "image_url": "https://example.org/a.png", "alt_text": long(2001)}),
        "over_limit",
        HERE,
    ),
    "query of less than nothing": (
        "message",
        of(actions({"type": "external_select", "action_id": "e", "min_query_length": -1})),
        "invalid",
        "/elements/0",
    ),
}
BAD_PARTS = TABLES | CHARTS | NESTED | RICH | FIELDS
