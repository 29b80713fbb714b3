"""At which of its calls a bot dies in a test."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from itertools import count

AT_LENGTH = int(os.environ.get("DIE_AT_LENGTH") or 0)  # noqa: TID251
"""1 in `make test-crash`: all calls of a long run. 2 in CI: half of them, another half each time, and which is for
chance to say. Called by hand a test takes a few of the calls, so that nobody waits for it."""


def calls(of: int, first: int = 1, *, at_length: int = 1) -> Iterator[int]:
    """Numbers of calls, without an end: every `of`th from `first` on; every `at_length`th from 1 in a long run."""
    if not AT_LENGTH:
        return count(first, of)
    return count(1 + at_length * secrets.randbelow(AT_LENGTH), at_length * AT_LENGTH)
