"""What stands on each page of a sheet, so that it opens at once however much was written."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import TypeVar

T = TypeVar("T")
PAGE_BYTES = 100_000
"""Of words on a page of a sheet: with names and buttons well under Slack's 250,000, so that it opens at once."""


def weight(*texts: str) -> int:
    """Bytes that words take on their way to Slack, which refuses a view of more than 250,000."""
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
