"""Asks, offers, introductions, and twenty minutes."""

from __future__ import annotations

from datetime import datetime, timedelta

from msgspec.structs import replace

from bot.domain.exclusions import Exclusions
from bot.domain.introductions import Introduction, Outcome, Ticked, Way
from bot.domain.introductions import Why as For
from bot.domain.twenty_minutes import HalfDay, Part
from bot.views import (
    asks,
    introductions,
    offers,
    twenty_minutes,
)
from tests.views.screens.shared import (
    DAY,
    Draw,
    an_ask,
    an_introduction,
    an_offer,
    with_commitment,
)
from tests.views.typed import NOW, Scene


def _met(s: Scene, starts_at: datetime | None = NOW) -> Introduction:
    """Both have ticked."""
    return an_introduction(s, outcomes=(Outcome(at=NOW, starts_at=starts_at),))


HALF_DAYS = [HalfDay(DAY + timedelta(days=ahead), part) for ahead in range(10) for part in Part]


def _told(one: Introduction, how_many: int) -> Introduction:
    return replace(one, told=dict.fromkeys(one.people[:how_many], NOW))


SCREENS: dict[str, Draw] = {
    "asks.ask_form": lambda s: asks.ask_form(s.snapshot, "a9", s.typed),
    "asks.asked_sheet": lambda s: asks.asked_sheet(s.snapshot, an_ask(s), NOW),
    "asks.asked_sheet in a group that is paused": lambda s: asks.asked_sheet(
        replace(s.snapshot, group=replace(s.snapshot.group, paused_until=NOW.date() + timedelta(days=20))),
        an_ask(s),
        NOW,
    ),
    "asks.asked_sheet to everyone": lambda s: asks.asked_sheet(s.snapshot, replace(an_ask(s), quiet=False), NOW),
    "asks.know_form": lambda s: asks.know_form(s.snapshot, an_ask(s)),
    "asks.introduced_sheet": lambda s: asks.introduced_sheet(s.snapshot, an_ask(s), an_introduction(s)),
    "asks.line_sheet": lambda _: asks.line_sheet(),
    "asks.got_it_form": lambda s: asks.got_it_form(s.snapshot, an_ask(s), NOW),
    "asks.ended_sheet": lambda s: asks.ended_sheet(s.snapshot, replace(an_ask(s), thanked=s.me.id)),
    "offers.offer_form": lambda s: offers.offer_form(s.snapshot, "o9"),
    "offers.offer_form to change": lambda s: offers.offer_form(s.snapshot, "o9", an_offer(s)),
    "offers.offered_sheet": lambda s: offers.offered_sheet(s.snapshot, an_offer(s)),
    "offers.lend": lambda s: offers.lend(with_commitment(s), s.me.id, NOW),
    "offers.lend of nothing": lambda s: offers.lend(s.snapshot, s.me.id, NOW),
    "introductions.introduction": lambda s: introductions.introduction(with_commitment(s), an_introduction(s)),
    "introductions.introduction of an ask": lambda s: introductions.introduction(
        with_commitment(s), an_introduction(s, why=For.ASK, subject=an_ask(s).id)
    ),
    "introductions.by_dm": lambda s: introductions.by_dm(
        with_commitment(s), an_introduction(s, way=Way.APART), s.me.id
    ),
    "introductions.by_dm after a lost answer": lambda s: introductions.by_dm(
        s.snapshot, an_introduction(s, way=Way.UNSURE), s.me.id
    ),
    "introductions.by_dm of who has left": lambda s: introductions.by_dm(
        s.snapshot, replace(an_introduction(s), to="gone"), s.me.id
    ),
    "introductions.asked_sheet": lambda s: introductions.asked_sheet(s.snapshot, an_introduction(s), s.me.id),
    "introductions.asked_sheet once open": lambda s: introductions.asked_sheet(
        s.snapshot, an_introduction(s, way=Way.TOGETHER), s.me.id
    ),
    "introductions.asked_sheet once both have heard": lambda s: introductions.asked_sheet(
        s.snapshot, _told(an_introduction(s, way=Way.APART), 2), s.me.id
    ),
    "introductions.asked_sheet once one has heard": lambda s: introductions.asked_sheet(
        s.snapshot, _told(an_introduction(s, way=Way.APART), 1), s.me.id
    ),
    "introductions.exclusions_sheet": lambda s: introductions.exclusions_sheet(
        s.snapshot, Exclusions(person_id="p9", of={s.me.id: NOW, "gone": NOW})
    ),
    "introductions.exclusions_sheet of nobody": lambda s: introductions.exclusions_sheet(
        s.snapshot, Exclusions(person_id="p9")
    ),
    "twenty_minutes.form": lambda s: twenty_minutes.form(
        s.snapshot,
        an_introduction(s, ticks={s.me.id: Ticked(half_days=(HALF_DAYS[0].code,), at=NOW)}),
        s.me,
        HALF_DAYS,
        NOW,
    ),
    "twenty_minutes.form of no hours": lambda s: twenty_minutes.form(s.snapshot, an_introduction(s), s.me, [], NOW),
    "twenty_minutes.ticked_sheet": lambda s: twenty_minutes.ticked_sheet(s.snapshot, _met(s), s.me, NOW),
    "twenty_minutes.ticked_sheet of nothing": lambda s: twenty_minutes.ticked_sheet(
        s.snapshot, _met(s, None), s.me, NOW
    ),
    "twenty_minutes.outcome_message": lambda s: twenty_minutes.outcome_message(
        s.snapshot, _met(s), _met(s).outcomes[0], NOW
    ),
    "twenty_minutes.outcome_message of nothing": lambda s: twenty_minutes.outcome_message(
        s.snapshot, _met(s, None), _met(s, None).outcomes[0], NOW
    ),
    "twenty_minutes.calendar_sheet": lambda s: twenty_minutes.calendar_sheet(
        s.snapshot, _met(s), _met(s).outcomes[0], NOW
    ),
    "twenty_minutes.calendar_sheet once its file is there": lambda s: twenty_minutes.calendar_sheet(
        s.snapshot, _met(s), _met(s).outcomes[0], NOW, said=twenty_minutes.SENT[True]
    ),
}
