"""More that Slack takes, in the insides of blocks: name to (surface, payload).

Several of these are refused by a library that is stricter than Slack's documents.
"""

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
)
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
BOLD_OPTION = {"text": mrkdwn("*a*"), "value": "a", "description": mrkdwn("_why_")}
PICTURE = {"type": "image", "image_url": "https://example.org/a.png", "alt_text": "i"}
PIECES = (
    piece(text="a", style={"bold": True, "underline": True}),
    piece("link", url="https://example.org", text="b", style={"code": True}),
    piece("user", user_id="U0SAM", style={"highlight": True}),
    piece("usergroup", usergroup_id="S0ALL"),
    piece("channel", channel_id="C0OPEN"),
    piece("emoji", name="wave", skin_tone=2),
    piece("date", timestamp=1_795_510_800, format="{date_num}", fallback="soon"),
    piece("broadcast", range="here"),
    piece("color", value="#F405B3"),
    piece("team", team_id="T0MILL"),
    piece("canvas", file_id="F0CANVAS"),
)

GOOD_PARTS: dict[str, tuple[str, Json]] = {
    "boxes in mrkdwn": ("message", message(actions({"type": "checkboxes", "options": [BOLD_OPTION]}))),
    "radio buttons in mrkdwn, one pressed": (
        "modal",
        modal(
            field(
                "L",
                {"type": "radio_buttons", "options": [BOLD_OPTION], "initial_option": BOLD_OPTION},
                "f",
            )
        ),
    ),
    "overflow with an address": (
        "message",
        message(actions(menu("m", kind="overflow") | {"options": [option("a") | {"url": "https://example.org"}]})),
    ),
    "date and time among actions": (
        "message",
        message(actions({"type": "datetimepicker", "action_id": "d", "initial_date_time": 1_795_510_800})),
    ),
    "date and time with a button": (
        "home",
        home(actions({"type": "datetimepicker", "action_id": "d"}, button("a", "b"))),
    ),
    "image alt text of 2000": ("message", message(PICTURE | {"alt_text": long(2000)})),
    "small image with alt text of 2000": (
        "message",
        message({"type": "context", "elements": [PICTURE | {"alt_text": long(2000)}]}),
    ),
    "menu that asks at once": (
        "message",
        message(actions({"type": "external_select", "action_id": "e", "min_query_length": 0})),
    ),
    "many-menu that asks at once": (
        "message",
        message(section("a", accessory={"type": "multi_external_select", "action_id": "e", "min_query_length": 0})),
    ),
    "confirmation in mrkdwn": (
        "message",
        message(actions(button("a", "b", confirm=CONFIRM | {"text": mrkdwn("*Really*")}))),
    ),
    "long e-mail address": (
        "modal",
        modal(field("L", {"type": "email_text_input", "initial_value": long(80) + "@example.org"}, "f")),
    ),
    "response_url asked for in a form": (
        "modal",
        modal(field("L", {"type": "conversations_select", "response_url_enabled": True}, "f")),
    ),
    "groups and no options": (
        "message",
        message(
            actions(
                menu("m") | {"options": None, "option_groups": [{"label": plain("G"), "options": [option("a")]}]}
            )
        ),
    ),
    "table of 100 rows and 20 columns": (
        "message",
        message(table(100, 20, column_settings=[None, {"align": "right"}])),
    ),
    "table of text, number and rich text": (
        "message",
        message(
            {
                "type": "table",
                "rows": [[cell(), {"type": "raw_number", "value": 1.5, "text": "1.5"}, rich(line(*PIECES))]],
            }
        ),
    ),
    "data table of 101 rows": ("message", message(data_table(101, 20, page_size=100))),
    "data table at home": ("home", home(data_table(row_header_column_index=0))),
    "pie of twelve": ("message", message(pie(12), pie())),
    "bars": ("message", message(chart("bar", 20, series=12))),
    "area at home": ("home", home(chart("area"))),
    "card with all on it": (
        "message",
        message(
            card(3, subtitle=mrkdwn("s"), body=mrkdwn(long(200)), hero_image=PICTURE)
            | {"slack_icon": {"type": "icon", "name": "rocket"}}
        ),
    ),
    "carousel of ten": ("message", message({"type": "carousel", "elements": [card()] * 10})),
    "container of several": (
        "message",
        message(container(section("a"), {"type": "divider"}, table(), rich(line(*PIECES)), is_collapsible=True)),
    ),
    "container with a rich title": (
        "home",
        home(container(section("a"), title=None, rich_text_title=rich(line(piece(text="t"))))),
    ),
    "feedback and a bin": ("message", message(context_actions(feedback(), bin_()))),
    "plan of tasks": (
        "message",
        message(
            {
                "type": "plan",
                "title": "Plan",
                "tasks": [
                    {"type": "task_card", "task_id": "1", "title": "One", "status": "pending"},
                    {
                        "task_id": "2",
                        "title": "Two",
                        "status": "complete",
                        "output": rich(line(piece(text="done"))),
                    },
                ],
            }
        ),
    ),
    "every piece of rich text": ("message", message(rich(line(*PIECES)))),
    "list, quote and code": (
        "message",
        message(
            rich(
                line(line(piece(text="a")), kind="rich_text_list", style="ordered", indent=1, offset=2),
                line(piece(text="b"), kind="rich_text_quote", border=1),
                line(piece(text="c"), kind="rich_text_preformatted"),
            )
        ),
    ),
    "date before 1970": ("message", message(rich(line(piece("date", timestamp=-86_400, format="{date}"))))),
    "field for rich text, prefilled": (
        "modal",
        modal(field("L", {"type": "rich_text_input", "initial_value": rich(line(piece(text="a")))}, "f")),
    ),
    "number with bounds": (
        "modal",
        modal(field("L", number(min_value="-1", max_value="9", initial_value="0"), "f")),
    ),
    "number with a point": (
        "modal",
        modal(field("L", number(is_decimal_allowed=True, initial_value="1.5"), "f")),
    ),
}
