"""Bands: how much of a group said a thing, without saying how many. Never a count, a total or a percentage."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

T = TypeVar("T")


class Band(StrEnum):
    """How many of those who answered; the value is stored."""

    NEARLY_ALL = "nearly_all"
    MOST = "most"
    HALF = "half"
    FEW = "few"


def bands(counts: Mapping[T, int]) -> dict[T, Band]:
    """Of so many answers, each choice with its band, in their order: *most* from two thirds on, *about half* from
    two fifths. What one alone chose is never shown; so *nearly all* may be all or all but one, and stands alone."""
    number = sum(counts.values())
    found: dict[T, Band] = {}
    for choice, count in counts.items():
        if count > 1:
            less = Band.HALF if 5 * count >= 2 * number else Band.FEW
            found[choice] = Band.MOST if 3 * count >= 2 * number else less
    nearly_all = [choice for choice in found if counts[choice] >= number - 1]
    return dict.fromkeys(nearly_all[:1], Band.NEARLY_ALL) if nearly_all else found
