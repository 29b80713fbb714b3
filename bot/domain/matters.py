"""Matters: what wants one leader's attention. They follow from facts; all that is stored is what was put to whom.

A matter rides on the leader's check-in, or takes a letter of its own where it can't wait. It is put to a person
once: *Not now* and silence both end it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from enum import IntEnum, StrEnum
from typing import NamedTuple

import msgspec

from bot.domain.attention import Attention
from bot.domain.snapshot import GroupSnapshot

MOST_IN_A_LETTER = 2


class Rank(IntEnum):
    """The first comes first; within each, the oldest."""

    SOMEBODY_WAITS = 1
    ITS_DAY = 2
    TOGETHER = 3
    NEWS = 4
    PULSE = 5


class MatterCode(StrEnum):
    """Every sort of matter; each has its line in `matter_kinds` and in `views.matters`. The value is stored."""

    ASK = "ask"
    UNHELD = "unheld"
    OFFER_ENDS = "offer_ends"
    TALK = "talk"
    TWENTY = "twenty"
    FIRST_STEP = "first_step"
    PASSED_ON = "passed_on"
    STUCK = "stuck"
    GLAD = "glad"
    INQUIRY = "inquiry"
    INQUIRY_OFFER = "inquiry_offer"
    REVIEW = "review"
    REVIEW_STOP = "review_stop"
    PURPOSE = "purpose"
    STOP_OFFER = "stop_offer"
    PULSE = "pulse"


class Matter(msgspec.Struct, frozen=True, kw_only=True):
    """`subject` is its own id within its sort: ids of ours, joined by dots. It may be put to `person_id` from
    `since` on, and not from `until` on, which is within `attention.MATTERS_KEPT`. `own`: it follows from what they
    did themselves, so that it stands under *For you*, and no message puts it."""

    code: MatterCode
    person_id: str
    subject: str
    since: datetime
    until: datetime
    own: bool = False

    @property
    def id(self) -> str:
        """By which it is put once to a person: `<code>.<subject>`."""
        return f"{self.code}.{self.subject}"


_CODES = {code.value: code for code in MatterCode}


class MatterKind(NamedTuple):
    """`find`: all matters of a sort that follow from a group's facts, over or not. `names`: whom a matter's words
    name, by its subject, so that they are loaded."""

    rank: Rank
    find: Callable[[GroupSnapshot, datetime], Iterable[Matter]]
    names: Callable[[GroupSnapshot, str], Iterable[str]]


def code_of(id_: str) -> MatterCode | None:
    """Of a matter's id; None for a sort that is not known."""
    return _CODES.get(id_.partition(".")[0])


def subject_of(id_: str) -> str:
    """The other half of `Matter.id`."""
    return id_.partition(".")[2]


def unput(matters: Iterable[Matter], attention: Attention | None) -> list[Matter]:
    """Those that were neither put to the person nor ended by them, and of a sort that they still want."""
    done = {*attention.put, *attention.ended} if attention else set()
    return [matter for matter in matters if matter.id not in done and _wanted(matter, attention)]


def unended(matters: Iterable[Matter], attention: Attention | None, now: datetime) -> Iterator[Matter]:
    """Those that can be answered now: for *For you*, and for the messages that put them."""
    ended = attention.ended if attention else {}
    return (
        one for one in matters if one.id not in ended and one.since <= now < one.until and _wanted(one, attention)
    )


def _wanted(matter: Matter, attention: Attention | None) -> bool:
    return attention is None or matter.code not in attention.no_more
