"""Commitments and what becomes of them, what was typed in a DM, and why something was sent."""

from __future__ import annotations

from datetime import date
from typing import Any

from msgspec.structs import replace

from bot.domain.ahead import Ahead
from bot.domain.commitments import Commitment, State
from bot.domain.learning import Learning, Learnt, Sort
from bot.domain.outbox import Kind
from bot.domain.snapshot import GroupSnapshot, Membership
from bot.domain.why import Explained, Written
from bot.views import (
    ahead,
    asks,
    capture,
    commitments,
    first_step,
    handover,
    inquiry,
    learnt,
    line_of_sight,
    open_now,
    plate,
    which_group,
    why,
)
from bot.views import typed as in_the_dm
from bot.views.action_payload import ActionPayload
from tests.views.screens.shared import (
    TYPED_AT,
    Draw,
    an_ask,
    an_inquiry,
    an_offer,
    every_matter,
    gone,
    with_a_day,
    with_commitment,
    with_purposes,
)
from tests.views.typed import NOW, Scene


def _of(s: Scene, *held: Commitment) -> GroupSnapshot:
    return replace(s.snapshot, commitments={one.id: one for one in held})


def _joined(s: Scene) -> Commitment:
    return replace(s.commitment, made_by="somebody else", tenders=("somebody else", s.me.id))


def _learnt(s: Scene, number: int = 16) -> GroupSnapshot:
    """Half of them the viewer's own."""
    long = ((s.typed or "Beds.") * 500)[:500]
    fields: dict[str, Any] = {"made_by": "p1", "what": long, "was": long, "words": long}
    learnings = [
        Learning(commitment_id=f"c{99 - n}", sort=[*Sort][n % 2], at=NOW, by=[s.me.id, "p1"][n % 2], **fields)
        for n in range(number)
    ]
    return replace(s.snapshot, learnt={one.commitment_id: Learnt(learnings=(one,)) for one in learnings})


def _ahead(s: Scene, number: int = 13) -> list[Ahead]:
    long = ((s.typed or "Beds.") * 3000)[:3000]
    by = [s.me.id, "p1"]
    return [
        Ahead(id=f"w{n}", by=by[n % 2], organisation=s.leader.organisation, text=long, at=NOW, about=long[:500])
        for n in range(number)
    ]


def _visited(s: Scene) -> GroupSnapshot:
    offer = replace(an_offer(s), id="visit-w1-0", by="p1")
    return replace(s.snapshot, viewer=s.me.id, offers={offer.id: offer})


def _new_here(s: Scene) -> Membership:
    """With all that there may be to hand over: what somebody left, too."""
    full = with_purposes(s)
    ask = replace(an_ask(s), by="p1", quiet=False, opened_at=NOW)
    left = [replace(s.commitment, id=f"left{n}", made_by="gone") for n in range(3)]
    snapshot = replace(
        full,
        leaders=full.leaders | {"gone": gone(s)},
        people=full.people | {"gone": replace(s.me, id="gone")},
        commitments=full.commitments | {one.id: replace(one, state=State.STUCK) for one in left},
        asks={f"a{n}": replace(ask, id=f"a{n}") for n in range(5)},
        inquiries={"i": an_inquiry(s)},
    )
    return Membership(snapshot=snapshot, person=s.me, leader=s.leader)


BEGINNINGS = {
    "ask": asks.BEGINNING,
    "commit": commitments.BEGINNING,
    "inquire": inquiry.BEGINNING,
    "share": plate.BEGINNING,
}


def _which_group(one: which_group.Beginning) -> Draw:
    return lambda s: which_group.which_group_form(one, [s.snapshot.group], s.typed)


SCREENS: dict[str, Draw] = {
    "why.why": lambda s: why.why(
        with_commitment(s),
        Explained(
            written=tuple(Written(week="2026-W48", kind=kind, group=s.snapshot.group.name) for kind in why.RULES),
            held_back=(Written(week="2026-W48", kind=Kind.LETTER, group=""),),
            waiting=tuple(every_matter(s)),
        ),
        NOW.date(),
    ),
    "why.why of nothing": lambda s: why.why(
        s.snapshot, Explained(written=(), held_back=(), waiting=()), NOW.date()
    ),
    "commitments.commitment_form": lambda s: commitments.commitment_form(s.snapshot, "c9", typed=s.typed),
    **{f"which_group.which_group_form to {name}": _which_group(one) for name, one in BEGINNINGS.items()},
    "commitments.commitment_form to change": lambda s: commitments.commitment_form(s.snapshot, "c0", s.commitment),
    "commitments.sheet": lambda s: commitments.sheet(_of(s, *s.commitments), s.me.id, NOW),
    "open_now.open_now": lambda s: open_now.open_now(with_commitment(s), s.me.id, NOW),
    "open_now.open_now of nothing": lambda s: open_now.open_now(s.snapshot, s.me.id, NOW),
    "commitments.sheet to who joined in": lambda s: commitments.sheet(_of(s, _joined(s)), s.me.id, NOW),
    "commitments.sheet of what nobody holds": lambda s: commitments.sheet(
        _of(s, *(replace(c, made_by="gone", state=State.MOVING) for c in s.commitments)), s.me.id, NOW
    ),
    "learnt.learnt_form": lambda s: learnt.learnt_form(replace(_learnt(s), viewer=s.me.id)),
    "learnt.learnt_form at the last page": lambda s: learnt.learnt_form(_learnt(s), "", 1),
    "learnt.learnt_form of words": lambda s: learnt.learnt_form(_learnt(s), s.typed),
    "learnt.learnt_form of nothing": lambda s: learnt.learnt_form(s.snapshot, s.typed),
    "ahead.ahead_sheet": lambda s: ahead.ahead_sheet(_visited(s), _ahead(s), NOW),
    "ahead.ahead_sheet at the last page": lambda s: ahead.ahead_sheet(s.snapshot, _ahead(s), NOW, 9),
    "ahead.ahead_sheet of nothing": lambda s: ahead.ahead_sheet(s.snapshot, [], NOW),
    "capture.capture": lambda s: capture.capture(s.snapshot, date(2026, 11, 26)),
    "commitments.added": lambda s: commitments.added(s.snapshot, s.commitment, NOW),
    "commitments.taken_out": lambda s: commitments.taken_out(s.snapshot, s.commitment),
    "first_step.another_day_form": lambda s: first_step.another_day_form(
        s.snapshot,
        with_a_day(s.commitment),
        ActionPayload(group=s.snapshot.group.id, subject=f"{s.commitment.id}.20261127"),
    ),
    "line_of_sight.sight_sheet": lambda s: line_of_sight.sight_sheet(with_purposes(s)),
    "line_of_sight.sight_sheet of none": lambda s: line_of_sight.sight_sheet(s.snapshot),
    "commitments.commitment_form with aims": lambda s: commitments.commitment_form(
        with_purposes(s), "c0", replace(s.commitment, serves="a1")
    ),
    "typed.question": lambda s: in_the_dm.question(
        s.snapshot.group, s.me.id, TYPED_AT, length=40_000, file=True, told=False
    ),
    "typed.question of few words": lambda s: in_the_dm.question(s.snapshot.group, s.me.id, TYPED_AT),
    "typed.which_group": lambda s: in_the_dm.which_group([s.snapshot.group], s.me.id, TYPED_AT, told=False),
    "typed.line": lambda _: in_the_dm.line(in_the_dm.SUPERSEDED),
    "typed.line of No": lambda _: in_the_dm.line(in_the_dm.DECLINED),
    "typed.committed": lambda s: in_the_dm.committed(s.snapshot, s.commitment, NOW),
    "handover.handover_sheet": lambda s: handover.handover_sheet(_new_here(s), NOW),
    "handover.handover_sheet at its last page": lambda s: handover.handover_sheet(_new_here(s), NOW, 99),
    "handover.handover_sheet of nothing": lambda s: handover.handover_sheet(
        Membership(snapshot=s.snapshot, person=s.me, leader=s.leader), NOW
    ),
}
