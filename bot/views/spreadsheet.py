"""Cells of a CSV file, as spreadsheets read them."""

from __future__ import annotations


def cell(text: str) -> str:
    """One that a spreadsheet would take for a formula begins with an apostrophe."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text
