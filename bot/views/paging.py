"""What stands on each page of a sheet, so that it opens at once however much was written; and how to turn it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import TypeVar

import msgspec

from bot.ports.blocks import Block
from bot.views import action_payload, blocks
from bot.views.action_payload import ActionPayload

T = TypeVar("T")
PAGE_BYTES = 100_000
"""Of words on a page of a sheet: with names and buttons well under Slack's 250,000, so that it opens at once."""


def weight(*texts: str) -> int:
    """Bytes that words take on their way to Slack, which refuses a view of more than 250,000."""
    # as it is sent: beyond ASCII each letter takes six bytes, an emoji twelve
    return len(json.dumps(texts))


def paged(items: Iterable[T], weigh: Callable[[T], int], most: int) -> list[list[T]]:
    """What stands on each page of a sheet: at most `most` things, and no more than open at once."""
    pages: list[list[T]] = [[]]
    used = 0
    for item in items:
        weight = weigh(item)
        if pages[-1] and (len(pages[-1]) == most or used + weight > PAGE_BYTES):
            pages.append([])
            used = 0
        pages[-1].append(item)
        used += weight
    return pages


def turns(action: str, here: ActionPayload, pages: int) -> list[Block]:
    """*Back* and *Next* under a page, where there is one; `action` and the page make the action id."""
    ways = [(text, to) for text, to in (("Back", here.page - 1), ("Next", here.page + 1)) if 0 <= to < pages]
    buttons = [
        blocks.button(text, f"{action}:{to}", action_payload.write(msgspec.structs.replace(here, page=to)))
        for text, to in ways
    ]
    return [blocks.row(*buttons)] if buttons else []
