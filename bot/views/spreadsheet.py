"""CSV files, as spreadsheets read them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a cell begins with that a spreadsheet would take for one."""


def as_csv(lines: Iterable[Iterable[str]]) -> bytes:
    """With the mark that makes spreadsheets read it as UTF-8. A cell that one would take for a formula begins with
    an apostrophe."""
    out = io.StringIO()
    writer = csv.writer(out)
    for line in lines:
        writer.writerow(f"'{text}" if text.startswith(FORMULA) else text for text in line)
    return out.getvalue().encode("utf-8-sig", errors="replace")
