"""Judges blocks and views as Slack would: one function, `judge`, for every surface.

The outline (types, keys) is checked against `grammar`; lengths and counts are judged by three libraries
(`opinions`); here stands only what all of them miss.
"""

from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, Literal

from playground import opinions, outline, skeleton, within
from playground.defects import Defect, duplicate, missing, too_long, too_many
from playground.forms import options

Json = dict[str, Any]
Surface = Literal["message", "modal", "home"]
MOST_BLOCKS = {"message": 50, "modal": 100, "home": 100}
LONGEST = {"private_metadata": 3000, "callback_id": 255, "external_id": 255}
LONGEST_WORDS = 24
LONGEST_MARKDOWN = 12_000

__all__ = ["Defect", "Surface", "judge", "judge_offer"]


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


def judge_offer(answer: Json) -> list[Defect]:
    """Every defect in what an app offers for an external menu, judged as a menu that holds it."""
    offer = {key: answer[key] for key in ("options", "option_groups") if key in answer}
    if list(offer.values()) == [[]]:
        return []  # Nothing fits what was typed, which is no fault.
    menu: Json = {"type": "static_select"} | offer
    return judge({"blocks": [{"type": "actions", "elements": [menu]}]}, "message")


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
    every = list(within.blocks(blocks, "/blocks"))
    yield from _same_block_ids(every)
    yield from _totals([block for _, block in every])


def _alone(block: Json, pointer: str, surface: Surface) -> Iterator[Defect]:
    yield from opinions.on_block(block, pointer)
    for inner, one in within.blocks([block], ""):
        yield from _block(one, pointer + inner.removeprefix("/0"), surface)


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
    """What stands in one block: ids told apart, something to use, something to read."""
    found = within.elements(block)
    ids = Counter(element["action_id"] for _, element in found if element.get("action_id"))
    for action_id in (one for one, times in ids.items() if times > 1):
        yield duplicate(pointer, "action_id", action_id)
    if block["type"] in ("actions", "context") and not block["elements"]:
        yield Defect("missing", f"{pointer}/elements", "must provide at least 1 item")
    if block["type"] == "header" and not block["text"]["text"].strip():
        yield Defect("over_limit", f"{pointer}/text/text", "must be more than 0 characters")
    if block["type"] == "task_card" and block["status"] == "pending":
        yield Defect("not_allowed_here", f"{pointer}/status", "only a task in a plan may be pending")
    for where, element in found:
        yield from _element(element, pointer + where, surface)


def _element(element: Json, pointer: str, surface: Surface) -> Iterator[Defect]:
    """https://docs.slack.dev/reference/block-kit/block-elements"""
    if surface != "modal":
        if element["type"] == "file_input":
            yield Defect("not_allowed_here", f"{pointer}/type", "a file_input stands in modals only")
        if element.get("response_url_enabled"):
            yield Defect("not_allowed_here", f"{pointer}/response_url_enabled", "works in modals only")
    offered = [_told(option) for option in options(element)]
    key = "initial_options" if "initial_options" in element else "initial_option"
    chosen = element.get(key) or []
    for option in chosen if isinstance(chosen, list) else [chosen]:
        if offered and _told(option) not in offered:
            yield Defect("invalid", f"{pointer}/{key}", f"must be one of the options: {option['value']}")


def _told(option: Json) -> tuple[str, str, str]:
    """By what an option is told from the others."""
    return option["text"]["type"], option["text"]["text"], option["value"]


def _same_block_ids(every: list[tuple[str, Json]]) -> Iterator[Defect]:
    seen: set[str] = set()
    for pointer, block in every:
        block_id = block.get("block_id")
        if block_id and block_id in seen:
            yield duplicate(pointer, "block_id", block_id)
        seen.add(block_id or "")


def _totals(every: list[Json]) -> Iterator[Defect]:
    """Limits that hold for all blocks together."""
    kinds = Counter(block["type"] for block in every)
    if kinds["table"] > 1:
        yield Defect("too_many", "/blocks", "only one table block allowed per message")
    if kinds["data_visualization"] > 2:
        yield too_many("/blocks", 2)
    if sum(len(block["text"]) for block in every if block["type"] == "markdown") > LONGEST_MARKDOWN:
        yield Defect(
            "msg_blocks_too_long", "/blocks", f"markdown must be less than {LONGEST_MARKDOWN + 1} characters"
        )
    focused = [one for block in every for _, one in within.elements(block) if one.get("focus_on_load")]
    if len(focused) > 1:
        yield Defect("invalid", "/blocks", "only one element may have focus_on_load")
