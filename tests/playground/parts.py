"""Larger pieces of Block Kit for the tests: tables, charts, cards, containers, rich text."""

from typing import Any

from tests.playground.blocks import button, plain

Json = dict[str, Any]


def cell(text: str = "a") -> Json:
    return {"type": "raw_text", "text": text}


def table(rows: int = 1, columns: int = 1, **more: Any) -> Json:
    return {"type": "table", "rows": [[cell()] * columns for _ in range(rows)], **more}


def data_table(rows: int = 2, columns: int = 1, text: str = "a", **more: Any) -> Json:
    return {"type": "data_table", "caption": "c", "rows": [[cell(text)] * columns for _ in range(rows)], **more}


def pie(segments: int = 2, label: str = "s", title: str = "Pie", **more: Any) -> Json:
    parts = [{"label": f"{label}{one}", "value": one + 1} for one in range(segments)]
    return {"type": "data_visualization", "title": title, "chart": {"type": "pie", "segments": parts}, **more}


def chart(kind: str = "line", categories: int = 2, points: int | None = None, series: int = 1) -> Json:
    names = [f"c{one}" for one in range(categories)]
    data = [{"label": name, "value": 1.5} for name in names[:points]]
    body = {"series": [{"name": f"s{one}", "data": data} for one in range(series)]}
    config = {"axis_config": {"categories": names, "x_label": "weeks"}}
    return {"type": "data_visualization", "title": "Lines", "chart": {"type": kind, **body, **config}}


def card(buttons: int = 1, **more: Any) -> Json:
    return {
        "type": "card",
        "title": plain("t"),
        "actions": [button("a", f"b{one}") for one in range(buttons)],
        **more,
    }


def container(*blocks: Any, **more: Any) -> Json:
    return {"type": "container", "title": plain("t"), "child_blocks": list(blocks), **more}


def context_actions(*elements: Json) -> Json:
    return {"type": "context_actions", "elements": list(elements)}


def feedback(**more: Any) -> Json:
    good, bad = {"text": plain("Good"), "value": "g"}, {"text": plain("Bad"), "value": "b"}
    return {"type": "feedback_buttons", "action_id": "f", "positive_button": good, "negative_button": bad, **more}


def bin_(**more: Any) -> Json:
    return {"type": "icon_button", "action_id": "i", "icon": "trash", "text": plain("Throw away"), **more}


def rich(*lines: Any) -> Json:
    return {"type": "rich_text", "elements": list(lines)}


def line(*pieces: Any, kind: str = "rich_text_section", **more: Any) -> Json:
    return {"type": kind, "elements": list(pieces), **more}


def piece(kind: str = "text", **more: Any) -> Json:
    return {"type": kind, **more}


def number(**more: Any) -> Json:
    return {"type": "number_input", "action_id": "n", "is_decimal_allowed": False, **more}
