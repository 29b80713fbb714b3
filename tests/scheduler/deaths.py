"""At which of its calls a bot dies in a test."""

from __future__ import annotations

import os
from collections.abc import Iterator
from itertools import count

AT_LENGTH = os.environ.get("DIE_AT_LENGTH", "") == "1"  # noqa: TID251
"""`make test-crash` says so. Called by hand a test takes a few of the calls, so that nobody waits for it."""


def calls(of: int, first: int = 1, *, at_length: int = 1) -> Iterator[int]:
    """Numbers of calls, without an end: every `of`th from `first` on; every `at_length`th from 1 in a long run."""
    return count(1, at_length) if AT_LENGTH else count(first, of)
