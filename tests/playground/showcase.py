"""One of everything that Slack draws: messages and a form for the page's tests, as plain dicts."""

from __future__ import annotations

from typing import Any

from tests.playground.blocks import actions, button, field, menu, mrkdwn, option, plain, section, words

Json = dict[str, Any]


def said(text: str, **style: bool) -> Json:
    return {"type": "text", "text": text} | ({"style": style} if style else {})


def rich(*pieces: Json) -> Json:
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": list(pieces)}]}


def points(name: str, *values: float) -> Json:
    return {"name": name, "data": [{"label": f"Week {n}", "value": value} for n, value in enumerate(values, 1)]}


AXES = {"categories": ["Week 1", "Week 2", "Week 3"], "x_label": "Week", "y_label": "Families waiting"}
BARS = {
    "type": "bar",
    "axis_config": AXES,
    "series": [points("Council", 12, 9, 4), points("Hospitals", 1200, 7, 3)],
}
SLICES = [{"label": "School", "value": 45}, {"label": "Family", "value": 28}, {"label": "Friends", "value": 18}]
CARD: Json = {
    "type": "card",
    "title": mrkdwn("*Young carers*"),
    "subtitle": mrkdwn("How do we spot them early?"),
    "body": mrkdwn("Six organisations around one question."),
    "actions": [button("Join in", "join_in")],
}
TASKS: list[Json] = [
    {"type": "task_card", "task_id": "t1", "title": "Ask the schools", "status": "complete"},
    {
        "type": "task_card",
        "task_id": "t2",
        "title": "Read the answers",
        "status": "in_progress",
        "details": rich(said("Two are still to come.")),
        "sources": [{"type": "url", "url": "https://answers.example", "text": "The answers"}],
    },
    {"type": "task_card", "task_id": "t3", "title": "Write it up", "status": "pending"},
]
FEEDBACK: Json = {
    "type": "feedback_buttons",
    "action_id": "thumb",
    "positive_button": {"text": plain("Helpful"), "value": "good"},
    "negative_button": {"text": plain("Not helpful"), "value": "bad"},
}
BIN: Json = {"type": "icon_button", "action_id": "bin", "icon": "trash", "text": plain("Delete"), "value": "m1"}

PICTURES: list[Json] = [
    {"type": "data_visualization", "title": "Families waiting", "chart": BARS},
    {"type": "data_visualization", "title": "Who told us", "chart": {"type": "pie", "segments": SLICES}},
    CARD,
    {"type": "carousel", "elements": [CARD, CARD | {"title": mrkdwn("*Empty homes*")}, CARD]},
    {
        "type": "container",
        "title": plain("What we agreed"),
        "subtitle": plain("Last week"),
        "is_collapsible": True,
        "child_blocks": [section("Meet on *Friday*."), actions(button("I will be there", "there"))],
    },
    {"type": "plan", "title": "Before Friday", "tasks": TASKS},
    {"type": "context_actions", "elements": [FEEDBACK, BIN]},
    rich(
        {"type": "usergroup", "usergroup_id": "S0CARERS"},
        said(" chose "),
        {"type": "color", "value": "#2f8f7e"},
        said(" for the leaflet.", bold=True),
    ),
]

MENUS: list[Json] = [
    section("Who should come?", accessory=menu("who", "Council", "Hospitals", kind="multi_static_select")),
    actions(
        {"type": "multi_users_select", "action_id": "people"},
        {"type": "users_select", "action_id": "person"},
        {"type": "static_select", "action_id": "size", "options": [option("Small"), option("Large")]},
        {"type": "checkboxes", "action_id": "extras", "options": [option("Milk"), option("Sugar")]},
        {"type": "datepicker", "action_id": "day"},
    ),
]

NOTES = {
    "type": "rich_text",
    "elements": [
        {"type": "rich_text_section", "elements": [said("Bring "), said("everything", bold=True)]},
        {
            "type": "rich_text_list",
            "style": "bullet",
            "elements": [
                {"type": "rich_text_section", "elements": [said("the leaflet")]},
                {"type": "rich_text_section", "elements": [{"type": "user", "user_id": "U1"}]},
            ],
        },
    ],
}


def form(**more: Any) -> Json:
    """A modal with the fields that the tea form lacks."""
    return {
        "type": "modal",
        "callback_id": "everything",
        "title": plain("Everything else"),
        "submit": plain("Send"),
        "blocks": [
            field("Who comes", menu("a", "Council", "Hospitals", kind="multi_static_select"), "who"),
            field("Notes", {"type": "rich_text_input", "action_id": "a", "initial_value": NOTES}, "notes"),
            field(
                "More", {"type": "rich_text_input", "action_id": "a"}, "more", hint=plain("Whatever else."), **more
            ),
            field("How", menu("a", "By train", "On foot", kind="radio_buttons"), "how", optional=True),
            field("Name", words("a"), "name", optional=True),
        ],
    }
