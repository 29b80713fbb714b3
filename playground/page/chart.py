"""A `data_visualization` block as a table with a bar in each cell: everybody can read it, a screen reader too.

https://docs.slack.dev/reference/block-kit/blocks/data-visualization-block
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

KINDS = {"pie": "Pie chart", "bar": "Bar chart", "line": "Line chart", "area": "Area chart"}
WIDEST = 60
"""Per cent of its cell that the largest value's bar fills."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One value: its words, and how wide its bar is, in per cent of the cell."""

    words: str
    percent: float


@dataclass(frozen=True, slots=True)
class Chart:
    """A table: a column for each of `names`, a row for each label. `across` and `up` are the axes' titles."""

    kind: str
    across: str
    up: str
    names: list[str]
    rows: list[tuple[str, list[Bar]]]


def read(block: Mapping[str, Any]) -> Chart:
    """The chart that a block describes."""
    said = block["chart"]
    if said["type"] == "pie":
        total = sum(float(one["value"]) for one in said["segments"]) or 1.0
        parts = [(str(one["label"]), _part(one["value"], total)) for one in said["segments"]]
        return Chart(KINDS["pie"], "", "", ["Value"], [(label, [bar]) for label, bar in parts])
    axes, series = said["axis_config"], said["series"]
    labels = [str(one) for one in axes["categories"]]
    held = [{str(point["label"]): point["value"] for point in one["data"]} for one in series]
    most = max((abs(float(value)) for one in held for value in one.values()), default=0.0) or 1.0
    rows = [(label, [_bar(one.get(label), most) for one in held]) for label in labels]
    kind = KINDS.get(said["type"], "Chart")
    return Chart(
        kind, str(axes.get("x_label") or ""), str(axes.get("y_label") or ""), [str(s["name"]) for s in series], rows
    )


def _bar(value: Any, most: float) -> Bar:
    if value is None:
        return Bar("–", 0)
    return Bar(f"{value:,}", round(WIDEST * abs(float(value)) / most, 1))


def _part(value: Any, total: float) -> Bar:
    """A slice of a pie: its value, and its share of the whole."""
    bar = _bar(value, total)
    return Bar(f"{bar.words} ({100 * float(value) / total:.0f}%)", bar.percent)
