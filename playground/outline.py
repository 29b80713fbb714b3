"""Checks the outline of blocks and views against the grammar: types, keys and what stands in them."""

import re
from collections.abc import Callable, Iterator
from typing import Any

from playground.defects import Defect, missing, unknown_key, unknown_type, wrong_type
from playground.grammar import BLOCKS, ELEMENTS, HOMES, OBJECTS, SURFACES, VIEWS, Fields

Json = dict[str, Any]
Faults = Iterator[Defect]
_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d")

PLAIN: dict[str, Callable[[Any], bool]] = {
    "any": lambda _: True,
    "str": lambda value: isinstance(value, str),
    "bool": lambda value: isinstance(value, bool),
    "int": lambda value: isinstance(value, int) and not isinstance(value, bool),
    "list": lambda value: isinstance(value, list),
    "style": lambda value: value in ("primary", "danger"),
    "date": lambda value: isinstance(value, str) and bool(_DATE.fullmatch(value)),
    "time": lambda value: isinstance(value, str) and bool(_TIME.fullmatch(value)),
}


def blocks(given: Any, pointer: str, surface: str) -> Faults:
    """Faults of a list of blocks on a surface."""
    if not isinstance(given, list):
        yield wrong_type(pointer, "array")
        return
    for index, block in enumerate(given):
        yield from _block(block, f"{pointer}/{index}", surface)


def _block(given: Any, pointer: str, surface: str) -> Faults:
    if not isinstance(given, dict):
        yield wrong_type(pointer, "object")
    elif given.get("type") not in BLOCKS:
        yield unknown_type(pointer, given.get("type"))
    elif given["type"] not in SURFACES[surface]:
        yield Defect("not_allowed_here", f"{pointer}/type", f"unsupported type: {given['type']} in a {surface}")
    else:
        yield from _object(given, BLOCKS[given["type"]], pointer, given["type"])


def view(given: Json, kind: str) -> Faults:
    """Faults of a modal or Home tab."""
    yield from _object(given, VIEWS[kind], "", kind)
    if isinstance(given.get("blocks"), list):
        yield from blocks(given["blocks"], "/blocks", kind)


def _object(given: Json, fields: Fields, pointer: str, owner: str) -> Faults:
    """Keys that are missing or unknown, and faults of what stands in the others."""
    for key, (_, required) in fields.items():
        if required and given.get(key) is None:
            yield missing(pointer, key)
    for key, value in given.items():
        if key == "type" or value is None:
            continue
        if key not in fields:
            yield unknown_key(pointer, key)
        else:
            yield from _value(value, fields[key][0], f"{pointer}/{key}", owner)


def _value(value: Any, kind: str, pointer: str, owner: str) -> Faults:
    if kind in PLAIN:
        if not PLAIN[kind](value):
            yield wrong_type(pointer, _SAID.get(kind, kind))
    elif kind in _LISTS:
        yield from _list(value, _LISTS[kind], pointer, owner)
    elif kind == "blocks":
        if not isinstance(value, list):
            yield wrong_type(pointer, "array")
    elif not isinstance(value, dict):
        yield wrong_type(pointer, "object")
    elif kind in ("text", "plain"):
        yield from _text(value, kind, pointer)
    elif kind == "element":
        yield from _element(value, pointer, owner)
    else:
        yield from _object(value, OBJECTS[kind], pointer, kind)


_SAID = {
    "str": "string",
    "bool": "boolean",
    "int": "integer",
    "list": "array",
    "style": "style (primary or danger)",
}
_LISTS = {
    "texts": "text",
    "elements": "element",
    "options": "option",
    "groups": "group",
    "context": "context",
}


def _list(value: Any, kind: str, pointer: str, owner: str) -> Faults:
    if isinstance(value, list):
        for index, item in enumerate(value):
            yield from _item(item, kind, f"{pointer}/{index}", owner)
    else:
        yield wrong_type(pointer, "array")


def _item(item: Any, kind: str, pointer: str, owner: str) -> Faults:
    """One item of a list; a context block mixes texts and images."""
    if kind != "context":
        yield from _value(item, kind, pointer, owner)
    elif isinstance(item, dict) and item.get("type") == "image":
        yield from _element(item, pointer, owner)
    elif isinstance(item, dict):
        yield from _text(item, "text", pointer)
    else:
        yield wrong_type(pointer, "object")


def _text(given: Json, kind: str, pointer: str) -> Faults:
    allowed = ("plain_text",) if kind == "plain" else ("plain_text", "mrkdwn")
    if given.get("type") not in allowed:
        yield Defect("wrong_text_type", f"{pointer}/type", f"must be one of: {', '.join(allowed)}")
    else:
        yield from _object(given, OBJECTS[given["type"]], pointer, given["type"])


def _element(given: Json, pointer: str, owner: str) -> Faults:
    kind = given.get("type")
    if kind not in ELEMENTS:
        yield unknown_type(pointer, kind)
    elif kind not in HOMES.get(owner, ELEMENTS):
        yield Defect("not_allowed_here", f"{pointer}/type", f"unsupported type: {kind} in a {owner} block")
    else:
        yield from _object(given, ELEMENTS[kind], pointer, kind)
