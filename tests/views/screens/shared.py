"""What screens of several nouns are drawn with."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from msgspec.structs import replace

from bot.domain.asks import Ask, KnowsSomeone, Routed, Wave, Yes
from bot.domain.bands import Band
from bot.domain.commitments import Commitment, State
from bot.domain.groups import UNSEEN, ChannelTrouble, MessageRef
from bot.domain.inquiry import Inquiry
from bot.domain.introductions import Answer as Talked
from bot.domain.introductions import Introduction, Talk
from bot.domain.introductions import Why as For
from bot.domain.matters import Matter, MatterCode
from bot.domain.offers import Offer
from bot.domain.people import AbsenceReason, Departure, Leader
from bot.domain.purpose import Aim, AskedChange, Ended, Purpose, Wording
from bot.domain.review import Banded, Placing, Review, Stop
from bot.domain.snapshot import GroupSnapshot
from bot.ports import Message, View
from bot.views import (
    words,
)
from tests.views.typed import NOW, Scene

Draw = Callable[[Scene], Message | View]
"""Draws one screen."""

DAY = date(2026, 12, 3)

TYPED_AT = "1795600000.000100"

POSTED = MessageRef(team_id="T1", channel="C1", ts="1795600000.000200")

TAKEN_OUT = Departure(at=NOW, reason=AbsenceReason.LEFT_CHANNEL)

ARCHIVED = ChannelTrouble(code="is_archived", since=NOW, try_at=NOW)


def every_matter(s: Scene) -> list[Matter]:
    """One of each sort, about what is in the scene."""
    return [
        Matter(code=code, person_id=s.me.id, subject=f"{s.commitment.id}.20261127", since=NOW, until=NOW)
        for code in MatterCode
    ]


def with_a_day(c: Commitment) -> Commitment:
    step = replace(c.first_step, day=date(2026, 11, 27), happened_at=None)
    return replace(c, state=State.MOVING, first_step=step)


def an_ask(s: Scene) -> Ask:
    """Put to the viewer quietly, answered in each way; what matters are about has one id for all."""
    routed = Routed(to=s.me.id, rests_on=f"commitment.{s.commitment.id}")
    ask = Ask(id=f"{s.commitment.id}.20261127", by=s.me.id, what=s.typed[:300] or "A van.", at=NOW)
    return replace(
        ask,
        waves=(Wave(at=NOW, routed=(routed,)),),
        yeses=(Yes(by=s.me.id, at=NOW),),
        known=(KnowsSomeone(by=s.me.id, words=s.typed[:300], at=NOW),),
    )


def an_offer(s: Scene) -> Offer:
    return Offer(id=s.commitment.id, by=s.me.id, what=s.typed[:300] or "A room.", at=NOW, renewed_at=NOW)


def an_introduction(s: Scene, **more: Any) -> Introduction:
    fields: dict[str, Any] = {"why": For.HELP, "subject": s.commitment.id, "at": NOW} | more
    return Introduction(id=f"{s.commitment.id}.20261127", asked_by=s.me.id, to=s.me.id, **fields)


def an_inquiry(s: Scene, **more: Any) -> Inquiry:
    """Open, with whatever was typed as its question; what matters are about has one id for all."""
    fields: dict[str, Any] = {"opened_at": NOW, "closes_at": NOW + timedelta(days=3)} | more
    question = s.typed[:300] or "What for?"
    return Inquiry(id=f"{s.commitment.id}.20261127", by=s.me.id, question=question, at=NOW, **fields)


def a_review(s: Scene, number: int = 0, **more: Any) -> Review:
    """Under way, or shown with so many commitments; what matters are about has one id for all."""
    every = {Placing.WEED: Band.HALF, Placing.GROW: Band.HALF, Placing.TOO_EARLY: Band.FEW}
    shown = tuple(Banded(commitment_id=f"c{n}", bands=every) for n in range(number))
    stop = Stop(commitment_id=s.commitment.id, by=s.me.id, at=NOW)
    fields: dict[str, Any] = {"by": s.me.id, "shown": shown, "stops": (stop,), "closed_at": NOW if number else None}
    return Review(id=s.commitment.id, at=NOW, closes_at=NOW + timedelta(days=3), **fields | more)


def a_wording(s: Scene, **more: Any) -> Wording:
    """Under way, with as much as fits; what matters are about has one id for all."""
    text = ((s.typed or "Carers are seen.") * 40)[:600]
    aims = tuple(Aim(id=f"a{n}", text=words.one_line(f"{n} {text}", 120)) for n in range(5))
    asked = [AskedChange(id=f"c{by}", by=by, text=text[:500], at=NOW) for by in ("p1", s.me.id)]
    fields: dict[str, Any] = {"by": s.me.id, "opens_at": NOW, "asked": tuple(asked)} | more
    return Wording(
        id=f"{s.commitment.id}.20261127", at=NOW, sentence=words.one_line(text, 300), aims=aims, **fields
    )


def with_purposes(s: Scene, *, old: int = 12, current: bool = True) -> GroupSnapshot:
    """So many that stood or did not, and one under way."""
    past = [
        a_wording(s, stood_at=NOW - timedelta(days=90 - n))
        if n % 2
        else a_wording(s, ended=list(Ended)[n % 3], ended_at=NOW)
        for n in range(old)
    ]
    every = [replace(one, id=f"w{n}") for n, one in enumerate(past)]
    now = [a_wording(s)] if current else []
    served = {c.id: replace(c, serves="a1", tenders=(*c.tenders, s.me.id)) for c in s.commitments}
    return replace(
        s.snapshot,
        viewer=s.me.id,
        commitments=served,
        purposes={"purpose": Purpose(wordings=(*every, *now))},
    )


def with_commitment(s: Scene) -> GroupSnapshot:
    """With one of all that matters are about."""
    ask, offer = an_ask(s), an_offer(s)
    one_put = an_inquiry(s)
    one = an_introduction(s, answers={s.me.id: Talked(talk=Talk.WE_DID, at=NOW)})
    met = dict.fromkeys((one.id, s.commitment.id, "third"), one)
    return replace(
        s.snapshot,
        commitments={s.commitment.id: s.commitment},
        asks={ask.id: ask, "a2": replace(ask, id="a2", quiet=False, opened_at=NOW, by="p1")},
        offers={offer.id: offer, "o2": replace(offer, id="o2", by="p1")},
        introductions=met,
        inquiries={one_put.id: one_put},
        reviews=dict.fromkeys((one_put.id, "20261127"), a_review(s)),
        purposes={"purpose": Purpose(wordings=(a_wording(s),))},
    )


def gone(s: Scene) -> Leader:
    """Spoke for the viewer's organisation, and left."""
    return replace(s.leader, person_id="gone", left_at=NOW - timedelta(days=20))


def unseen(s: Scene) -> GroupSnapshot:
    unseen = ChannelTrouble(code=UNSEEN, since=NOW, try_at=NOW)
    return replace(s.snapshot, group=replace(s.snapshot.group, trouble=unseen))
