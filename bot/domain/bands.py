"""Bands: how much of a group said a thing, without saying how many. Never a count, a total or a percentage."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

T = TypeVar("T")


class Band(StrEnum):
    NEARLY_ALL = "nearly_all"
    MOST = "most"
    ABOUT_HALF = "about_half"
    A_FEW = "a_few"


def bands(counts: Mapping[T, int]) -> dict[T, Band]:
    """Each choice that somebody made with its band, the most chosen first, of alike ones as they came.

    All alike reads as all but one: *nearly all*, and then nothing else is shown. So one person joining or leaving
    gives nobody away, nor does it show that everybody, each by name, said the same.
    """
    total = sum(counts.values())
    chosen = sorted(((what, n) for what, n in counts.items() if n), key=lambda pair: -pair[1])
    if not chosen:
        return {}
    first, most = chosen[0]
    if most >= 2 and (most >= total - 1 or most * 10 >= total * 9):
        return {first: Band.NEARLY_ALL}
    return {what: _band(n, total) for what, n in chosen}


def _band(n: int, total: int) -> Band:
    if n * 3 >= total * 2:
        return Band.MOST
    return Band.ABOUT_HALF if n * 5 >= total * 2 else Band.A_FEW
