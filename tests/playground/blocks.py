"""Small pieces of Block Kit for the tests, as plain dicts."""

from typing import Any

Json = dict[str, Any]


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str) -> Json:
    return {"type": "mrkdwn", "text": text}


def section(text: str, **more: Any) -> Json:
    return {"type": "section", "text": mrkdwn(text), **more}


def button(text: str, action_id: str, **more: Any) -> Json:
    return {"type": "button", "text": plain(text), "action_id": action_id, **more}


def actions(*elements: Json, **more: Any) -> Json:
    return {"type": "actions", "elements": list(elements), **more}


def option(text: str, value: str | None = None) -> Json:
    return {"text": plain(text), "value": value or text.lower()}


def menu(action_id: str, *labels: str, kind: str = "static_select", **more: Any) -> Json:
    return {"type": kind, "action_id": action_id, "options": [option(label) for label in labels], **more}


def words(action_id: str, **more: Any) -> Json:
    return {"type": "plain_text_input", "action_id": action_id, **more}


def field(label: str, element: Json, block_id: str, **more: Any) -> Json:
    return {"type": "input", "label": plain(label), "element": element, "block_id": block_id, **more}


def modal(*blocks: Json, title: str = "A form", submit: str | None = "Send", **more: Any) -> Json:
    view: Json = {"type": "modal", "title": plain(title), "blocks": list(blocks), **more}
    return view | {"submit": plain(submit)} if submit else view


def home(*blocks: Json, **more: Any) -> Json:
    return {"type": "home", "blocks": list(blocks), **more}


def message(*blocks: Json, text: str = "words") -> Json:
    return {"text": text, "blocks": list(blocks)}
