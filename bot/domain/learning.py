"""What stays of a commitment that is past keeping: what was learnt from it. Which that is: `learnt`."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

import msgspec


class Sort(StrEnum):
    LET_GO = "let_go"
    RESHAPED = "reshaped"


class Learning(msgspec.Struct, frozen=True, kw_only=True):
    """`what` is the commitment as it is worded now, or was at its end; `was` how it was worded before; `words` what
    `by` said of it, which may be nothing. `made_by`: whose commitment it was."""

    commitment_id: str
    sort: Sort
    at: datetime
    by: str
    made_by: str
    what: str
    was: str = ""
    words: str = ""


class Learnt(msgspec.Struct, frozen=True, kw_only=True):
    """From one commitment, which is itself past keeping."""

    learnings: tuple[Learning, ...]
