"""What people noticed: the one change that opens a digest, by consent of who wrote it."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Mapping
from datetime import datetime

import msgspec

from bot.domain.commitments import Progress
from bot.domain.people import Person

_WORD = re.compile(r"[^\W_]+")


class Felt(msgspec.Struct, frozen=True, kw_only=True):
    """One change that people felt: what was noticed, and by whom."""

    text: str
    by: str


def names_of(people: Mapping[str, Person]) -> dict[str, str]:
    """By person id, for `felt_in` and `named_in`."""
    return {id_: one.name for id_, one in people.items()}


def felt_in(
    said: Iterable[Progress], since: datetime, here: Container[str], names: Mapping[str, str]
) -> Felt | None:
    """The newest thing that somebody who is `here` noticed, of what was `said` of commitments, and ticked that it
    may open the digest; never one that names another of `names`, which are by person id."""
    may = (one for one in said if one.at > since and one.by in here and may_lead(one, names))
    newest = max(may, key=lambda one: (one.at, one.noticed, one.by), default=None)
    return Felt(text=newest.noticed, by=newest.by) if newest else None


def may_lead(line: Progress, names: Mapping[str, str]) -> bool:
    """Whether that line may open a digest: its author ticked so, and it names nobody else."""
    return bool(line.noticed) and line.may_lead and not named_in(line.noticed, line.by, names)


def named_in(text: str, by: str, names: Mapping[str, str]) -> str:
    """The first name of somebody else that stands in a text as a word of its own; empty where none does. A name
    that is also a word, such as Grace, counts where it is written as a name."""
    # whole words: Al is not named by *also*
    words = {*_WORD.findall(text)}
    firsts = (name.split()[0] for id_, name in names.items() if id_ != by and name.split())
    return next((first for first in firsts if {*_WORD.findall(first)} and {*_WORD.findall(first)} <= words), "")
