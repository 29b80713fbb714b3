"""Judges blocks and views as Slack would: one function, `judge`, for every surface.

The outline (types, keys) is checked against `grammar`; lengths and counts are judged by three libraries
(`opinions`); here stands only what all of them miss.
"""

from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, Literal

from playground import opinions, outline, skeleton
from playground.defects import Defect, duplicate, missing, too_long, too_many, wrong_type
from playground.forms import elements

Json = dict[str, Any]
Surface = Literal["message", "modal", "home"]
MOST_BLOCKS = {"message": 50, "modal": 100, "home": 100}
LONGEST = {"private_metadata": 3000, "callback_id": 255, "external_id": 255}
LONGEST_WORDS = 24
LONGEST_MARKDOWN = 12_000

__all__ = ["Defect", "Surface", "judge"]


def judge(payload: Json, surface: Surface) -> list[Defect]:
    """Every defect in a message (`{"text":…, "blocks":…}`) or a view; empty if Slack would take it."""
    blocks = payload.get("blocks") or []
    good = isinstance(blocks, list) and bool(blocks) and all(_passes(block, surface) for block in blocks)
    if surface == "message":
        found = [] if good else list(outline.blocks(blocks, "/blocks", surface))
    else:
        unknown = {**payload, "blocks": []} if good else payload
        found = list(outline.view(unknown, surface)) + list(_view(payload, surface))
    if isinstance(blocks, list):
        found += _blocks(blocks, surface, sound=not found, good=good)
    return found


def _passes(block: Any, surface: Surface) -> bool:
    """Whether the block's shape is known to be good on this surface; if not, look at the block itself."""
    key = skeleton.shape(block)
    return key is not None and _good(key, surface)


@lru_cache(maxsize=8192)
def _good(key: bytes, surface: Surface) -> bool:
    """Judged once for every block that looks the same but for its words."""
    block = skeleton.longest(key)
    return not any(outline.blocks([block], "", surface)) and not any(_alone(block, "", surface))


def _blocks(blocks: list[Any], surface: Surface, sound: bool, good: bool) -> Iterator[Defect]:
    if len(blocks) > MOST_BLOCKS[surface]:
        yield too_many("/blocks", MOST_BLOCKS[surface])
    if not sound:
        return
    for index, block in enumerate([] if good else blocks):
        yield from _alone(block, f"/blocks/{index}", surface)
    yield from _same_block_ids(blocks)
    yield from _totals(blocks)


def _alone(block: Json, pointer: str, surface: Surface) -> Iterator[Defect]:
    yield from opinions.on_block(block, pointer)
    yield from _block(block, pointer, surface)


# -- views -------------------------------------------------------------------------------


def _view(view: Json, surface: Surface) -> Iterator[Defect]:
    for key, most in LONGEST.items():
        if isinstance(view.get(key), str) and len(view[key]) > most:
            yield too_long(f"/{key}", most)
    if surface != "modal":
        return
    for key in ("title", "submit", "close"):
        words = view.get(key)
        if isinstance(words, dict) and isinstance(words.get("text"), str):
            yield from _words(words["text"], f"/{key}/text")
    blocks = view.get("blocks")
    if isinstance(blocks, list) and not view.get("submit") and any(_kind(block) == "input" for block in blocks):
        yield missing("", "submit")


def _words(text: str, pointer: str) -> Iterator[Defect]:
    if not text:
        yield Defect("over_limit", pointer, "must be more than 0 characters")
    elif len(text) > LONGEST_WORDS:
        yield too_long(pointer, LONGEST_WORDS)


def _kind(block: Any) -> Any:
    return block.get("type") if isinstance(block, dict) else None


# -- blocks ------------------------------------------------------------------------------


def _block(block: Json, pointer: str, surface: Surface) -> Iterator[Defect]:
    """What stands in one block: ids told apart, and something to use."""
    found = list(elements([block]))
    ids = Counter(element["action_id"] for _, element in found if element.get("action_id"))
    for action_id in (one for one, times in ids.items() if times > 1):
        yield duplicate(pointer, "action_id", action_id)
    if block["type"] in ("actions", "context") and not block["elements"]:
        yield Defect("missing", f"{pointer}/elements", "must provide at least 1 item")
    for _, element in found:
        yield from _element(element, pointer, surface)


def _element(element: Json, pointer: str, surface: Surface) -> Iterator[Defect]:
    if element["type"] == "file_input" and surface != "modal":
        yield wrong_type(pointer, "element: file_input stands in modals only")


def _same_block_ids(blocks: list[Json]) -> Iterator[Defect]:
    seen: set[str] = set()
    for index, block in enumerate(blocks):
        block_id = block.get("block_id")
        if block_id and block_id in seen:
            yield duplicate(f"/blocks/{index}", "block_id", block_id)
        seen.add(block_id or "")


def _totals(blocks: list[Json]) -> Iterator[Defect]:
    """Limits that hold for all blocks together."""
    kinds = Counter(block["type"] for block in blocks)
    if kinds["table"] > 1:
        yield Defect("too_many", "/blocks", "only one table block allowed per message")
    if kinds["data_visualization"] > 2:
        yield too_many("/blocks", 2)
    if sum(len(block["text"]) for block in blocks if block["type"] == "markdown") > LONGEST_MARKDOWN:
        yield Defect(
            "msg_blocks_too_long", "/blocks", f"markdown must be less than {LONGEST_MARKDOWN + 1} characters"
        )
    focused = [element for _, element in elements(blocks) if element.get("focus_on_load")]
    if len(focused) > 1:
        yield Defect("invalid", "/blocks", "only one element may have focus_on_load")
