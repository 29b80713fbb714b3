"""Drafting what a group is here for: one draft at a time, and aims that stay who they are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

import msgspec
from msgspec.structs import replace

from bot.domain.people import Leader
from bot.domain.problems import Problem, ProblemCode
from bot.domain.purpose import MOST_AIMS, MOST_WORDINGS, Aim, Ended, Purpose, Wording, concluded, with_wording


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """What the form says. `aims`: the texts of all its fields in their order, empty ones too."""

    sentence: str
    aims: tuple[str, ...]


def base_for(purpose: Purpose, by: str, leaders: Mapping[str, Leader]) -> Wording | None:
    """What a draft of theirs begins from: their own that is under way, or one whose author has left; else what
    stands. Raises Problem while a draft of somebody else's is under way."""
    current = purpose.under_way
    if current is None:
        return purpose.standing
    author = leaders.get(current.by)
    if current.by != by and author and author.in_group:
        raise Problem(ProblemCode.PURPOSE_UNDER_WAY, "sentence")
    return current


def draft(
    purpose: Purpose,
    words: Draft,
    *,
    id: str,
    by: str,
    base: str,
    opens_at: datetime,
    leaders: Mapping[str, Leader],
    now: datetime,
    called: dict[str, str] | None = None,
) -> Purpose:
    """With a new wording under way, in place of their own where one was: it starts afresh. Whoever drafts can live
    with it. `base` is the wording that the form was opened on; an aim keeps its id where it keeps its words, or its
    field. The same form again changes nothing. Raises Problem."""
    if purpose.find(id):
        return purpose
    if not words.sentence:
        raise Problem(ProblemCode.PURPOSE_EMPTY, "sentence")
    before = base_for(purpose, by, leaders)
    if before and before.texts == (words.sentence, *filter(None, words.aims)):
        raise Problem(ProblemCode.PURPOSE_SAME, "sentence")
    if len(purpose.wordings) >= MOST_WORDINGS:
        raise Problem(ProblemCode.PURPOSE_FULL, "sentence")
    new = Wording(
        id=id,
        by=by,
        at=now,
        opens_at=opens_at,
        sentence=words.sentence,
        aims=aims_of(id, words.aims, purpose.find(base)),
        can_live={by: now},
        called=called or {},
    )
    current = purpose.under_way
    after = with_wording(purpose, concluded(current, ended=Ended.REPLACED, ended_at=now)) if current else purpose
    return replace(after, wordings=(*after.wordings, new))


def aims_of(id: str, texts: Sequence[str], base: Wording | None) -> tuple[Aim, ...]:
    """Each with its id: that of the aim with the same words, wherever that stood; else that of the aim whose field
    it is in, unless that moved; else a new one. Said twice, an aim is there once."""
    known = base.aims if base else ()
    said = list(dict.fromkeys(text for text in texts[:MOST_AIMS] if text))
    same = {aim.text: aim.id for aim in known if aim.text in said}
    found = []
    for text in said:
        place = texts.index(text)
        in_field = known[place].id if place < len(known) and known[place].id not in same.values() else ""
        found.append(Aim(id=same.get(text) or in_field or f"{id}-{place + 1}", text=text))
    return tuple(found)
