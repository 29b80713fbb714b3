"""Rich text as somebody types it into a plain field: words in, words out.

https://docs.slack.dev/reference/block-kit/block-elements/rich-text-input-element
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Json = dict[str, Any]
_NONE: Mapping[str, str] = {}


def rich(text: str) -> Json | None:
    """What was typed, as Slack sends it: one section with the words in it; None if nothing was typed."""
    if not text:
        return None
    section = {"type": "rich_text_section", "elements": [{"type": "text", "text": text}]}
    return {"type": "rich_text", "elements": [section]}


def words(said: Any, names: Mapping[str, str] = _NONE) -> str:
    """The words of a rich text block, a line for each of its parts and each item of a list."""
    return "\n".join(_part(part, names) for part in _inside(said))


def _part(part: Any, names: Mapping[str, str]) -> str:
    if isinstance(part, Mapping) and part.get("type") == "rich_text_list":
        marks = ((f"{n}. " if part.get("style") == "ordered" else "• ") for n in range(1, 1000))
        lines = (f"{mark}{_part(item, names)}" for mark, item in zip(marks, _inside(part), strict=False))
        return "\n".join(lines)
    return "".join(_piece(piece, names) for piece in _inside(part))


def _piece(piece: Any, names: Mapping[str, str]) -> str:
    if not isinstance(piece, Mapping):
        return ""
    for key in ("user_id", "channel_id"):
        if piece.get(key):
            return f"@{names.get(str(piece[key]), piece[key])}"
    if piece.get("type") == "emoji":
        return f":{piece.get('name', '')}:"
    if piece.get("type") == "broadcast":
        return f"@{piece.get('range', '')}"
    return str(piece.get("text") or piece.get("url") or piece.get("fallback") or "")


def _inside(said: Any) -> list[Any]:
    inside = said.get("elements") if isinstance(said, Mapping) else None
    return inside if isinstance(inside, list) else []
