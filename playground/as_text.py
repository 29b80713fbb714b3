"""Screens as text, as Slack would show them: names for ids, dates resolved, buttons in brackets."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

Block = Mapping[str, Any]
Names = Mapping[str, str]
NOBODY: Names = {}


def message(text: str, blocks: Iterable[Block], names: Names = NOBODY) -> str:
    """A message; its first line is what the phone's notification says. One of files alone says nothing."""
    first = next(iter(plain(text, names).splitlines()), "")
    return "\n".join([f"({first})", *_lines(blocks, names)])


def form(view: Mapping[str, Any], names: Names = NOBODY) -> str:
    """A modal: its title, its fields with what stands in them, its buttons."""
    buttons = [view["submit"]["text"]] if view.get("submit") else []
    buttons += [view["close"]["text"]] if view.get("close") else []
    return "\n".join(
        [
            f"== {view['title']['text']} ==",
            *_lines(view["blocks"], names),
            " ".join(f"[{text}]" for text in buttons),
        ]
    )


def home(view: Mapping[str, Any], names: Names = NOBODY) -> str:
    return "\n".join(_lines(view["blocks"], names))


def plain(markdown: str, names: Names = NOBODY) -> str:
    """mrkdwn as it reads: mentions as names, a date's fallback, entities as letters."""
    text = re.sub(r"<[@#]([A-Z0-9]+)(?:\|[^>]*)?>", lambda m: names.get(m[1], m[1]), markdown)
    text = re.sub(r"<!date\^[^|>]*\|([^>]*)>", r"\1", text)
    text = re.sub(r"<([^!@#|>][^|>]*)\|([^>]*)>", r"\2", text)
    if fired := re.search(r"<!\w+", text):
        raise AssertionError(f"a mention would fire: {fired[0]}")
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _lines(blocks: Iterable[Block], names: Names) -> list[str]:
    return [line for block in blocks for line in _DRAW[block["type"]](block, names)]


def _section(block: Block, names: Names) -> list[str]:
    texts = [block["text"], *block.get("fields", [])] if "text" in block else block.get("fields", [])
    lines = [line for text in texts for line in _text(text, names).splitlines()]
    return lines + ([_element(block["accessory"])] if block.get("accessory") else [])


def _context(block: Block, names: Names) -> list[str]:
    return ["  " + " ".join(_text(e, names) for e in block["elements"])]


def _text(text: Mapping[str, Any], names: Names) -> str:
    """A plain_text is drawn as it stands."""
    return plain(text["text"], names) if text["type"] == "mrkdwn" else str(text["text"])


def _actions(block: Block, _: Names) -> list[str]:
    return [" ".join(_element(e) for e in block["elements"])]


def _input(block: Block, _: Names) -> list[str]:
    optional = "" if block.get("optional") else " *"
    hint = [f"  ({block['hint']['text']})"] if block.get("hint") else []
    return [f"{block['label']['text']}{optional}: {_element(block['element'])}", *hint]


def _part(part: Mapping[str, Any], names: Names) -> str:
    if part["type"] in ("channel", "user"):
        id_ = part[f"{part['type']}_id"]
        return names.get(id_, id_)
    bold = "*" if part.get("style", {}).get("bold") else ""
    return f"{bold}{part['text']}{bold}"


def _rich(block: Block, names: Names) -> list[str]:
    lines = []
    for element in block["elements"]:
        text = "".join(_part(part, names) for part in element["elements"])
        mark = "> " if element["type"] == "rich_text_quote" else ""
        lines += [mark + line for line in text.splitlines()]
    return lines


def _element(element: Mapping[str, Any]) -> str:
    kind = element["type"]
    if kind == "button":
        return f"[{element['text']['text']}]"
    if kind in ("radio_buttons", "static_select"):
        chosen = (element.get("initial_option") or {}).get("value")
        mark = {True: "(o) ", False: "( ) "}
        shown = [mark[o["value"] == chosen] + o["text"]["text"] for o in element["options"]]
        return " ".join(shown) if kind == "radio_buttons" else f"[{_chosen(element)} v]"
    if kind == "multi_static_select":
        chosen = [o["text"]["text"] for o in element.get("initial_options", [])]
        return f"[{', '.join(chosen) or element['placeholder']['text']} v]"
    if kind == "checkboxes":
        ticked = {o["value"] for o in element.get("initial_options", [])}
        return " ".join(f"[{'x' if o['value'] in ticked else ' '}] {o['text']['text']}" for o in element["options"])
    return f"[{element.get('initial_value') or element.get('initial_date') or element.get('initial_time') or ''}]"


def _chosen(element: Mapping[str, Any]) -> str:
    option = element.get("initial_option")
    return str(option["text"]["text"] if option else element.get("placeholder", {"text": "choose"})["text"])


_DRAW: Mapping[str, Callable[[Block, Names], list[str]]] = {
    "section": _section,
    "context": _context,
    "actions": _actions,
    "input": _input,
    "rich_text": _rich,
    "header": lambda block, _: [f"# {block['text']['text']}"],
    "divider": lambda *_: ["----"],
}
