"""Commitments: what peers said they would do together, kept in sight, with their whole history."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from enum import StrEnum

import msgspec
from msgspec.structs import replace

from bot.domain.news import News, going_on
from bot.domain.problems import Problem, ProblemCode
from bot.domain.put_to import Call, PassedOn, SteppedBack, TakenUp


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
        """Neither done nor let go."""
        return self not in (State.LET_GO, State.DONE)


class FirstStep(msgspec.Struct, frozen=True, kw_only=True):
    """The first step, or the next one, in its maker's words; each part may be empty. `day`: on which it is to
    happen, in its maker's zone. `happened_at`: when its maker said that it did. `when` holds free words on when and
    where, of forms from before December 2026."""

    what: str = ""
    when: str = ""
    with_whom: str = ""
    day: date | None = None
    happened_at: datetime | None = None


class Progress(msgspec.Struct, frozen=True, kw_only=True):
    """One line of a commitment's history. `noticed` answers: what did people notice? `step`: the step that
    happened, where that is what it says. What was noticed `may_lead` the digest, and `may_show`
    under *Who is already ahead*, where whoever wrote it ticked so."""

    at: datetime
    by: str
    state: State
    note: str = ""
    noticed: str = ""
    step: str = ""
    may_lead: bool = False
    may_show: bool = False


class Rewording(msgspec.Struct, frozen=True, kw_only=True):
    """The words as they were until `at`, when `by` changed them. `by` is empty where nobody noted who: changes from
    before November 2026 are not on record, so all that is known is how the words stood then. `why`: what changed,
    in its maker's words."""

    at: datetime
    by: str
    what: str
    part: str = ""
    first_step: FirstStep = FirstStep()
    benefit: str = ""
    why: str = ""
    serves: str = ""


class Suggestion(msgspec.Struct, frozen=True, kw_only=True):
    """Other words for it, from somebody who tends it; its maker takes or leaves them."""

    by: str
    at: datetime
    what: str


class Commitment(msgspec.Struct, frozen=True, kw_only=True):
    """A commitment. It belongs to its maker: its words, its state and its end are theirs. `part` is theirs too;
    `benefit` whose life gets better, `serves` the id of an aim of the purpose, `tags` the group's own. `tenders`
    and `helpers` are person ids: tenders look after it, the maker among them; helpers said they can help. `glad`:
    who would be glad to hear how it goes. `history`, `rewordings`, `news`, `taken_up`, `stepped_back` and `calls`:
    oldest first, never cut."""

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
    rewordings: tuple[Rewording, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()
    news: tuple[News, ...] = ()
    taken_up: tuple[TakenUp, ...] = ()
    passing: tuple[PassedOn, ...] = ()
    glad: tuple[str, ...] = ()
    calls: tuple[Call, ...] = ()
    stepped_back: tuple[SteppedBack, ...] = ()
    serves: str = ""
    tags: tuple[str, ...] = ()


def must_say(what: str) -> str:
    """Raises Problem where it says nothing."""
    if not what:
        raise Problem(ProblemCode.COMMITMENT_EMPTY, "what")
    return what


def make(
    *,
    id: str,
    by: str,
    what: str,
    part: str,
    first_step: FirstStep,
    benefit: str,
    now: datetime,
    glad: tuple[str, ...] = (),
    serves: str = "",
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
        glad=glad,
        serves=serves,
        history=(Progress(at=now, by=by, state=State.MOVING),),
    )


def reword(
    commitment: Commitment,
    *,
    by: str,
    what: str,
    part: str,
    first_step: FirstStep,
    benefit: str,
    now: datetime,
    why: str = "",
    serves: str | None = None,
) -> Commitment:
    """Other words for it, by its maker; how they were stays in its history, and `why`. `serves`: None as before.
    Raises Problem for anybody else."""
    only_maker(commitment, by)
    must_say(what)
    before = commitment.first_step
    # carried over, since no form asks it: that the same step happened, and its free words until a day is picked
    same = (before.what, before.day) == (first_step.what, first_step.day)
    when = first_step.when or ("" if first_step.day else before.when)
    step = replace(first_step, when=when, happened_at=before.happened_at if same else None)
    aim = commitment.serves if serves is None else serves
    new = replace(commitment, what=what, part=part, first_step=step, benefit=benefit, serves=aim)
    if new == commitment:
        return commitment
    was = Rewording(
        at=now,
        by=by,
        what=commitment.what,
        part=commitment.part,
        first_step=before,
        benefit=commitment.benefit,
        why=why,
        serves=commitment.serves,
    )
    return replace(new, rewordings=(*commitment.rewordings, was))


STILL_AFTER = timedelta(hours=12)
"""*Still moving* is news again after this long."""


def progress(
    commitment: Commitment,
    *,
    by: str,
    state: State | None,
    now: datetime,
    note: str = "",
    noticed: str = "",
    still: bool = False,
    may_lead: bool = False,
    may_show: bool = False,
) -> Commitment:
    """The commitment after one line of progress. Its state is the maker's; others who tend it say under their own
    name how it goes for them, and theirs to say is *stuck* and not the end of it.

    The same state again with no words adds nothing, so that pressing twice is as pressing once; unless it is
    `still` so, said some time after their line before. No state is the one before. Raises Problem for whoever
    does not tend it.
    """
    only_tenders(commitment, by)
    mine = by == commitment.made_by
    state = state or as_before(commitment, by)
    if not state.open and state is not commitment.state:
        only_maker(commitment, by)
    if state.open and not mine:  # chosen in a form that was opened before its maker ended it
        must_be_open(commitment)
    last, own = commitment.history[-1] if commitment.history else None, last_by(commitment, by)
    news = note or noticed or state is not (commitment.state if mine else own and own.state)
    if not news and not (still and (own is None or now - own.at >= STILL_AFTER)):
        return commitment
    if news and last and (last.by, last.state, last.note, last.noticed) == (by, state, note, noticed):
        return commitment
    line = Progress(at=now, by=by, state=state, note=note, noticed=noticed, may_lead=may_lead, may_show=may_show)
    after = going_on(commitment, by, now) if mine and state.open and not commitment.state.open else commitment
    return replace(after, state=state if mine else commitment.state, history=(*commitment.history, line))


def undo(commitment: Commitment, *, by: str, since: datetime, now: datetime) -> Commitment:
    """Without what they said last, if it was said at or after `since`; what others have said after it stays, and
    so does that it was made."""
    last = last_by(commitment, by)
    if last is None or last.at < since or last.at == commitment.made_at:
        return commitment
    before = replace(commitment, history=tuple(line for line in commitment.history if line is not last))
    if last.step:
        before = replace(before, first_step=replace(before.first_step, happened_at=None))
    if by != commitment.made_by:
        return before
    state = said.state if (said := last_by(before, by)) else State.MOVING
    return replace(going_on(before, by, now) if state.open else before, state=state)


def last_by(commitment: Commitment, by: str) -> Progress | None:
    """What somebody said of it last, whoever has spoken since."""
    return next((line for line in reversed(commitment.history) if line.by == by), None)


def as_before(commitment: Commitment, by: str) -> State:
    """What *as before* is for somebody: of its maker its state, of others what they said, in their own name."""
    said = None if by == commitment.made_by or not commitment.state.open else last_by(commitment, by)
    return said.state if said and said.state.open else commitment.state


def only_maker(commitment: Commitment, by: str) -> None:
    """Raises Problem for anybody else."""
    if by != commitment.made_by:
        raise Problem(ProblemCode.NOT_ITS_MAKER)


def must_be_open(commitment: Commitment) -> None:
    """Raises Problem for what has ended: there is nothing left to join in with, or to help."""
    if commitment.state is State.DONE:
        raise Problem(ProblemCode.COMMITMENT_DONE)
    if commitment.state is State.LET_GO:
        raise Problem(ProblemCode.COMMITMENT_LET_GO)


def only_tenders(commitment: Commitment, by: str) -> None:
    """Raises Problem for whoever neither made it nor joined in."""
    if by not in commitment.tenders:
        raise Problem(ProblemCode.NOT_TENDED)


class CommitmentWords(msgspec.Struct, frozen=True, kw_only=True):
    """`glad`, `serves`, `tags`: None where the form did not ask. `why`: what changed, of one that stood already."""

    what: str
    part: str
    first_step: FirstStep
    benefit: str
    glad: tuple[str, ...] | None = None
    why: str = ""
    serves: str | None = None
    tags: tuple[str, ...] | None = None


class ProgressWords(msgspec.Struct, frozen=True, kw_only=True):
    """None: of `state` and `day`, as before; of `pass_to`, that the form did not ask."""

    state: State | None
    note: str
    noticed: str
    day: date | None = None
    pass_to: tuple[str, ...] | None = None
    may_lead: bool = False
    may_show: bool = False
