"""Checks the outline of blocks and views against the grammar: types, keys and what stands in them."""

import re
from collections.abc import Callable, Iterator
from typing import Any

from playground.defects import Defect, missing, unknown_key, unknown_type, wrong_type
from playground.grammar import ATTACHMENT, BLOCKS, ELEMENTS, HOMES, OBJECTS, OPEN, SURFACES, VARIANTS, VIEWS, Fields

Json = dict[str, Any]
Faults = Iterator[Defect]
_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
_NUMERAL = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)")
#: Seconds since 1970 have ten digits at most: https://docs.slack.dev/reference/block-kit/block-elements/datetime-picker-element
_LAST_MOMENT = 9_999_999_999


def _is_text(value: Any) -> bool:
    """A string that can be written down: half a surrogate pair is no character."""
    return isinstance(value, str) and (value.isascii() or not any("\ud800" <= one <= "\udfff" for one in value))


def _is_whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


PLAIN: dict[str, Callable[[Any], bool]] = {
    "str": _is_text,
    "words": lambda value: _is_text(value) or isinstance(value, int | float),
    "bool": lambda value: isinstance(value, bool),
    "int": _is_whole,
    "number": lambda value: _is_whole(value) or isinstance(value, float),
    "numeral": lambda value: isinstance(value, str) and bool(_NUMERAL.fullmatch(value)),
    "moment": lambda value: _is_whole(value) and abs(value) <= _LAST_MOMENT,
    "colour": lambda value: value in ("primary", "danger"),
    "status": lambda value: value in ("pending", "in_progress", "complete", "error"),
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
    elif _type(given) not in BLOCKS:
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


def attachment(given: Any, pointer: str) -> Faults:
    """Faults of an attachment, without what is wrong in its blocks."""
    if not isinstance(given, dict):
        yield wrong_type(pointer, "object")
        return
    for key, (kind, _) in ATTACHMENT.items():
        if given.get(key) is not None:
            yield from _value(given[key], kind, f"{pointer}/{key}", "attachment")


def _object(given: Json, fields: Fields, pointer: str, owner: str) -> Faults:
    """Keys that are missing or unknown, and faults of what stands in the others."""
    for key, (_, required) in fields.items():
        if required and given.get(key) is None:
            yield missing(pointer, key)
    for key, value in given.items():
        if key == "type" or value is None:
            continue
        if key not in fields:
            if OPEN not in fields:
                yield unknown_key(pointer, key)
        else:
            yield from _value(value, fields[key][0], f"{pointer}/{key}", owner)


def _type(given: Json) -> str:
    """What an object says it is; nothing if it says that in anything but a string."""
    kind = given.get("type")
    return kind if isinstance(kind, str) else ""


def _value(value: Any, kind: str, pointer: str, owner: str) -> Faults:
    if kind in PLAIN:
        if not PLAIN[kind](value):
            yield wrong_type(pointer, _SAID.get(kind, kind))
    elif kind.endswith("[]"):
        yield from _list(value, kind.removesuffix("[]"), pointer, owner)
    elif kind == "blocks":
        if not isinstance(value, list):
            yield wrong_type(pointer, "array")
    elif not isinstance(value, dict):
        yield wrong_type(pointer, "object")
    elif kind != "object":
        yield from _part(value, kind, pointer, owner)


def _part(given: Json, kind: str, pointer: str, owner: str) -> Faults:
    if kind == "context":
        kind = "element" if _type(given) == "image" else "text"
    if kind in ("text", "plain"):
        yield from _text(given, kind, pointer)
    elif kind in VARIANTS:
        yield from _variant(given, kind, pointer, owner)
    else:
        yield from _object(given, OBJECTS[kind], pointer, owner)


_SAID = {
    "str": "string",
    "words": "string",
    "bool": "boolean",
    "int": "integer",
    "numeral": "number in a string",
    "moment": "Unix time",
    "colour": "style (primary or danger)",
}


def _list(value: Any, kind: str, pointer: str, owner: str) -> Faults:
    """A list; only columns of a table may be left out by `null`."""
    if not isinstance(value, list):
        yield wrong_type(pointer, "array")
        return
    for index, item in enumerate(value):
        if item is not None or kind != "column":
            yield from _value(item, kind, f"{pointer}/{index}", owner)


def _text(given: Json, kind: str, pointer: str) -> Faults:
    allowed = ("plain_text",) if kind == "plain" else ("plain_text", "mrkdwn")
    if given.get("type") not in allowed:
        yield Defect("wrong_text_type", f"{pointer}/type", f"must be one of: {', '.join(allowed)}")
    else:
        yield from _object(given, OBJECTS[given["type"]], pointer, given["type"])


def _variant(given: Json, kind: str, pointer: str, owner: str) -> Faults:
    """A part that comes in several types."""
    found = _type(given)
    if found not in VARIANTS[kind]:
        yield unknown_type(pointer, given.get("type"))
    elif kind == "element" and found not in HOMES.get(owner, ELEMENTS):
        yield Defect("not_allowed_here", f"{pointer}/type", f"unsupported type: {found} in a {owner} block")
    else:
        yield from _object(given, VARIANTS[kind][found], pointer, found)
