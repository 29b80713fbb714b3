"""Blocks as HTML, and what is posted from them read back as Slack's `state.values`."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from playground.page import posted, render
from playground.page.surface import Surface
from playground.page.viewer import Viewer
from tests.playground.test_page_kettle import button, field, option, round_message, tea_form, words

Json = dict[str, Any]
NOON = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
SAM = Viewer(
    "U1", ZoneInfo("Europe/London"), NOON, {"U1": "Sam Okafor", "UB": "Kettle"}, {"C1": "tea"}, frozenset({"UB"})
)
UI = Surface(SAM, "modal", "V1", "/act")


def drawn(*blocks: Json, ui: Surface = UI) -> str:
    return re.sub(r"\s+", " ", str(render.blocks(list(blocks), ui)))


CELLS = [
    [{"type": "raw_text", "text": "Org"}, {"type": "raw_text", "text": "Who"}],
    [{"type": "raw_text", "text": "<i>"}] * 2,
]
RICH = {"type": "rich_text_section", "elements": [{"type": "text", "text": "hello", "style": {"bold": True}}]}


@pytest.mark.parametrize(
    ("block", "shown"),
    [
        ({"type": "header", "text": words("Hi <you>")}, "Hi &lt;you&gt;"),
        ({"type": "section", "text": words("*not bold*")}, "*not bold*"),
        ({"type": "section", "text": words("*bold*", "mrkdwn")}, "<b>bold</b>"),
        ({"type": "section", "fields": [words("a"), words("b")]}, '<div class="fields">'),
        ({"type": "divider"}, "<hr>"),
        ({"type": "context", "elements": [words("_soft_", "mrkdwn")]}, "<i>soft</i>"),
        ({"type": "image", "image_url": "https://x.example/p.png", "alt_text": "A map"}, 'alt="A map"'),
        ({"type": "markdown", "text": "**b** <script>x</script>"}, "<strong>b</strong> &lt;script&gt;"),
        ({"type": "table", "rows": CELLS}, "&lt;i&gt;"),
        ({"type": "data_table", "caption": words("Who is here"), "rows": CELLS}, "<caption>Who is here</caption>"),
        ({"type": "rich_text", "elements": [RICH]}, "<b>hello</b>"),
        (
            {"type": "rich_text", "elements": [{"type": "rich_text_list", "style": "ordered", "elements": [RICH]}]},
            "<ol",
        ),
        ({"type": "rich_text", "elements": [RICH | {"type": "rich_text_quote"}]}, "<blockquote"),
        ({"type": "rich_text", "elements": [RICH | {"type": "rich_text_preformatted"}]}, "<pre"),
        ({"type": "alert", "level": "warning", "text": words("Careful")}, "alert-warning"),
        ({"type": "hologram"}, "Slack would draw <code>hologram</code> here"),
        ({"type": "../people"}, "Slack would draw <code>../people</code> here"),
        ({}, "something without a type"),
        ({"type": "actions", "elements": [{"type": "dial"}]}, "Slack would draw <code>dial</code> here"),
        ({"type": "actions", "elements": [button("Go", "go", style="danger")]}, "button-danger"),
        ({"type": "actions", "elements": [button("Go", "go", url="javascript:alert(1)")]}, '<button type="button"'),
        ({"type": "actions", "elements": [{"type": "users_select", "action_id": "u"}]}, ">Sam Okafor</option>"),
        ({"type": "actions", "elements": [{"type": "channels_select", "action_id": "c"}]}, ">#tea</option>"),
        (field("b", "When", {"type": "timepicker", "initial_time": "09:30"}), 'type="time"'),
        (field("b", "Mail", {"type": "email_text_input"}), 'type="email"'),
        (field("b", "Many", {"type": "number_input", "is_decimal_allowed": False}), 'type="number"'),
    ],
)
def test_every_block_is_drawn(block: Json, shown: str) -> None:
    assert shown in drawn(block)


def test_a_field_has_a_label_that_belongs_to_it_and_says_its_error() -> None:
    ui = Surface(SAM, "modal", "V1", "/act", errors={"who": "Somebody must."})
    html = drawn(field("who", "For whom", {"type": "plain_text_input"}), ui=ui)
    assert '<label class="label" id="V1-who/a-label" for="V1-who/a">For whom</label>' in html
    assert 'aria-invalid="true" aria-describedby="V1-who/a-error"' in html
    assert "Somebody must." in html


def test_groups_of_options_keep_their_names() -> None:
    groups = [
        {"label": words("Hot"), "options": [option("Tea")]},
        {"label": words("Cold"), "options": [option("Milk")]},
    ]
    html = drawn(
        field("b", "Drink", {"type": "static_select", "option_groups": groups, "initial_option": option("Milk")})
    )
    assert '<optgroup label="Hot">' in html
    assert '<option value="milk" selected>Milk</option>' in html


def test_what_a_person_typed_wins_over_what_the_app_filled_in() -> None:
    block = field("b", "Why", {"type": "plain_text_input", "initial_value": "old", "multiline": True})
    ui = Surface(SAM, state={"b": {"a": {"type": "plain_text_input", "value": "new\n</textarea>"}}})
    assert "new\n&lt;/textarea&gt;</textarea>" in str(render.blocks([block], ui))


def test_a_confirmation_travels_with_its_button() -> None:
    ask = round_message()["blocks"][3]
    assert "Cancel the round?" in drawn(ask)


def test_a_posted_form_is_read_as_slack_would_say_it() -> None:
    form = {
        "who/a": ["Bo"],
        "why/a": ["one\r\ntwo"],
        "with/a": ["sugar", "lemon"],
        "kind/a": ["green"],
        "pals/a": ["U1"],
    }
    values = posted.read(tea_form()["blocks"], form, UI)
    assert values["who"]["a"] == {"type": "plain_text_input", "value": "Bo"}
    assert values["why"]["a"]["value"] == "one\ntwo"
    assert [one["value"] for one in values["with"]["a"]["selected_options"]] == ["sugar", "lemon"]
    assert values["kind"]["a"]["selected_option"] == option("Green")
    assert values["pals"]["a"]["selected_users"] == ["U1"]
    assert values["day"]["a"]["selected_date"] is None


def test_a_moment_is_read_in_the_zone_of_whoever_types_it() -> None:
    india = Surface(Viewer("U2", ZoneInfo("Asia/Kolkata"), NOON))
    picked = posted.answer({"type": "datetimepicker"}, ["2026-11-27T14:30"], india)
    assert picked == int(datetime(2026, 11, 27, 9, 0, tzinfo=UTC).timestamp())
    assert india.moment(picked) == "2026-11-27T14:30"


@pytest.mark.parametrize("kind", ["conversations_select", "multi_conversations_select"])
def test_a_form_opened_in_a_direct_conversation_keeps_it_chosen(kind: str) -> None:
    element = {"type": kind, "action_id": "a"}
    chosen = ["D1"] if kind.startswith("multi") else "D1"
    held = {"b": {"a": {f"selected_conversation{'s' * kind.startswith('multi')}": chosen}}}
    html = drawn(field("b", "Where", element), ui=replace(UI, state=held))
    assert "This conversation" in html
    assert 'value="D1" ' in html
    assert "This conversation" not in drawn(field("b", "Where", element))
