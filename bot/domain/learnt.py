"""What we learnt: every let-go and every reshaping of a commitment, in the words of whoever said it.

It is kept as long as the group: where a commitment is past keeping, what was learnt from it stays as a record of
its own.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from msgspec.structs import replace

from bot.domain.commitments import Commitment, Rewording, State
from bot.domain.endings import endings
from bot.domain.learning import Learning, Learnt, Sort
from bot.domain.snapshot import GroupSnapshot
from bot.domain.terms import sought, stems

STILL_BEING_PUT = timedelta(days=1)
"""Other words for what was made within this time, and no word on why, are no learning: it was still being put."""


def learnt_from(c: Commitment) -> tuple[Learning, ...]:
    """The oldest first."""
    found: list[Learning] = []
    after: list[Rewording | Commitment] = [*c.rewordings, c]
    for was, then in zip(c.rewordings, after[1:], strict=True):
        other_words = was.what != then.what and was.at - c.made_at > STILL_BEING_PUT
        if was.by and (was.why or other_words):
            before = was.what if was.what != then.what else ""
            found.append(_learning(c, Sort.RESHAPED, was.at, was.by, was.why, before))
    for line in endings(c):
        if line.state is State.LET_GO:
            found.append(_learning(c, Sort.LET_GO, line.at, line.by, line.note))
    for line in c.history:
        if line.state is State.CHANGED and line.note:
            found.append(_learning(c, Sort.RESHAPED, line.at, line.by, line.note))
    # a word on a step's other day may stand in its history too, of the same moment: it is told once
    return tuple(sorted({(one.at, one.words): one for one in found}.values(), key=lambda one: one.at))


def _learning(c: Commitment, sort: Sort, at: datetime, by: str, words: str, was: str = "") -> Learning:
    return Learning(
        commitment_id=c.id, sort=sort, at=at, by=by, made_by=c.made_by, what=c.what, was=was, words=words
    )


def all_learnt(snapshot: GroupSnapshot) -> list[Learning]:
    """The newest first. A commitment and its record may both be there, where somebody died in between."""
    found = [one for c in snapshot.commitments.values() for one in learnt_from(c)]
    found += [
        one for id_, kept in snapshot.learnt.items() if id_ not in snapshot.commitments for one in kept.learnings
    ]
    return sorted(found, key=lambda one: (one.at, one.commitment_id), reverse=True)


def matching(learnings: Iterable[Learning], typed: str) -> list[Learning]:
    """Those that have every word that was typed, by its stem; all where nothing was."""
    wanted = sought(typed)
    return [one for one in learnings if wanted <= {*stems(f"{one.what} {one.was} {one.words}")}]


# -- pulled back -----------------------------------------------------------------------------------


def unsay(c: Commitment, *, by: str, at: datetime) -> Commitment:
    """Without the words that they said of it at that moment: how it went stays, and that they said so; so does
    that they chose other words or another day."""
    history = tuple(
        replace(line, note="", noticed="", may_lead=False, may_show=False)
        if (line.by, line.at) == (by, at)
        else line
        for line in c.history
    )
    changes = tuple(replace(one, why="") if (one.by, one.at) == (by, at) else one for one in c.rewordings)
    return replace(c, history=history, rewordings=changes)


def without(kept: Learnt, by: str, at: datetime) -> Learnt:
    """The same of what stands by itself."""
    left = [replace(one, words="") if (one.by, one.at) == (by, at) else one for one in kept.learnings]
    return Learnt(learnings=tuple(left))
