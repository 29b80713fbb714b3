"""Commitments: what peers said they would do together, kept in sight, with their whole history."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from datetime import datetime, timedelta
from enum import StrEnum

import msgspec

from bot.domain.problems import Problem, ProblemCode


class State(StrEnum):
    """Where a commitment stands. No red, amber or green; letting go is recorded as learning."""

    MOVING = "moving"
    TENDING = "tending"
    STUCK = "stuck"
    CHANGED = "changed"
    LET_GO = "let_go"
    DONE = "done"

    @property
    def open(self) -> bool:
        return self not in (State.LET_GO, State.DONE)


class FirstStep(msgspec.Struct, frozen=True, kw_only=True):
    """The first step in its author's words; each part may be empty."""

    what: str = ""
    when: str = ""
    with_whom: str = ""


class Progress(msgspec.Struct, frozen=True, kw_only=True):
    """One line of a commitment's history. `noticed` answers: what did people notice?"""

    at: datetime
    by: str
    state: State
    note: str = ""
    noticed: str = ""


class Commitment(msgspec.Struct, frozen=True, kw_only=True):
    """A commitment. `part` is the maker's own; `benefit` whose life gets better. `tenders` and `helpers`
    are person ids: tenders look after it, helpers said they can help. `history` is oldest first, never cut.
    """

    id: str
    what: str
    made_by: str
    made_at: datetime
    tenders: tuple[str, ...]
    part: str = ""
    first_step: FirstStep = FirstStep()
    benefit: str = ""
    helpers: tuple[str, ...] = ()
    state: State = State.MOVING
    history: tuple[Progress, ...] = ()


def must_say(what: str) -> str:
    """Raises Problem where it says nothing."""
    if not what:
        raise Problem(ProblemCode.COMMITMENT_EMPTY, "what")
    return what


def make(
    *, id: str, by: str, what: str, part: str, first_step: FirstStep, benefit: str, now: datetime
) -> Commitment:
    """A new commitment, tended by who made it. Raises Problem where it says nothing."""
    must_say(what)
    return Commitment(
        id=id,
        what=what,
        made_by=by,
        made_at=now,
        tenders=(by,),
        part=part,
        first_step=first_step,
        benefit=benefit,
        history=(Progress(at=now, by=by, state=State.MOVING),),
    )


def reword(
    commitment: Commitment, *, by: str, what: str, part: str, first_step: FirstStep, benefit: str
) -> Commitment:
    """Other words for it, by somebody who tends it; the history stays."""
    _only_tenders(commitment, by)
    must_say(what)
    return msgspec.structs.replace(commitment, what=what, part=part, first_step=first_step, benefit=benefit)


STILL_AFTER = timedelta(hours=12)
"""*Still moving* is news again after this long."""


def progress(
    commitment: Commitment,
    *,
    by: str,
    state: State,
    now: datetime,
    note: str = "",
    noticed: str = "",
    still: bool = False,
) -> Commitment:
    """The commitment after one line of progress. The same state again with no words adds nothing, so that
    pressing twice is as pressing once; unless it is `still` so, said some time after the line before.
    Raises Problem for anybody who does not tend it.
    """
    _only_tenders(commitment, by)
    last = commitment.history[-1] if commitment.history else None
    news = note or noticed or state is not commitment.state
    if not news and not (still and (last is None or now - last.at >= STILL_AFTER)):
        return commitment
    if news and last and (last.by, last.state, last.note, last.noticed) == (by, state, note, noticed):
        return commitment
    line = Progress(at=now, by=by, state=state, note=note, noticed=noticed)
    return msgspec.structs.replace(commitment, state=state, history=(*commitment.history, line))


def join(commitment: Commitment, person_id: str) -> Commitment:
    """Somebody tends it too, by their own wish. Joining twice is joining once."""
    if person_id in commitment.tenders:
        return commitment
    helpers = tuple(h for h in commitment.helpers if h != person_id)
    return msgspec.structs.replace(commitment, tenders=(*commitment.tenders, person_id), helpers=helpers)


def step_back(commitment: Commitment, person_id: str) -> Commitment:
    """Somebody no longer tends it; the last one lets it go instead."""
    if person_id not in commitment.tenders:
        return commitment
    if len(commitment.tenders) == 1:
        raise Problem(ProblemCode.LAST_TENDER)
    return msgspec.structs.replace(commitment, tenders=tuple(t for t in commitment.tenders if t != person_id))


def held_by_nobody(commitment: Commitment, here: Container[str]) -> bool:
    """Whether its maker has left the group, and nobody has taken it up since. `here`: who is in the group."""
    return commitment.state.open and commitment.made_by not in here


def take_up(commitment: Commitment, person_id: str, here: Container[str]) -> Commitment:
    """Somebody makes it theirs, whose maker has left; who made it first stands in its history. Raises Problem where
    somebody holds it, who may have been quicker."""
    if commitment.made_by == person_id:
        return commitment
    if not held_by_nobody(commitment, here):
        raise Problem(ProblemCode.HELD_ALREADY)
    others = [id_ for id_ in commitment.tenders if id_ in here and id_ != person_id]
    helpers = tuple(id_ for id_ in commitment.helpers if id_ != person_id)
    return msgspec.structs.replace(commitment, made_by=person_id, tenders=(person_id, *others), helpers=helpers)


def can_help(commitment: Commitment, person_id: str) -> Commitment:
    """Somebody says they can help. Saying it twice is saying it once."""
    if person_id in commitment.tenders:
        raise Problem(ProblemCode.TENDED_ALREADY)
    if person_id in commitment.helpers:
        return commitment
    return msgspec.structs.replace(commitment, helpers=(*commitment.helpers, person_id))


def collective(commitment: Commitment, organisations: Mapping[str, str]) -> bool:
    """Whether people of two or more organisations tend it. `organisations` is by person id."""
    return len({organisations[t] for t in commitment.tenders if t in organisations}) > 1


def tended_by(commitments: Iterable[Commitment], person_id: str) -> list[Commitment]:
    """A person's open commitments, oldest first."""
    mine = [c for c in commitments if person_id in c.tenders and c.state.open]
    return sorted(mine, key=lambda c: (c.made_at, c.id))


def _only_tenders(commitment: Commitment, by: str) -> None:
    if by not in commitment.tenders:
        raise Problem(ProblemCode.NOT_TENDED)


class CommitmentWords(msgspec.Struct, frozen=True, kw_only=True):
    what: str
    part: str
    first_step: FirstStep
    benefit: str


class ProgressWords(msgspec.Struct, frozen=True, kw_only=True):
    state: State
    note: str
    noticed: str
