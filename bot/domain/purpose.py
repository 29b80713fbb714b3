"""What a group is here for: a sentence and up to five aims, drafted by anybody, put to all, and when it stands.

One record holds every wording there was, oldest first, so that two drafts can never be under way at once. Who can
live with a wording is in it while that is under way, is shown to nobody, and is dropped once it is settled.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from enum import StrEnum

import msgspec
from msgspec.structs import replace

from bot.domain.groups import MessageRef
from bot.domain.people import Leader
from bot.domain.problems import Problem, ProblemCode, only_own

PURPOSE_ID = "purpose"
"""Of the one record in a group."""

MOST_AIMS = 5
MOST_WORDINGS = 400

PUT_FOR = timedelta(days=7)
"""How long a wording is put to all before it can stand."""

CHANGE_LAPSES = timedelta(days=14)
LAID_ASIDE = timedelta(days=42)
"""From when it was put to all: one that does not stand by then is under way no more."""

LEAST_WHO_CAN, LEAST_ORGANISATIONS = 3, 2


class Ended(StrEnum):
    """Why a wording never came to stand."""

    REPLACED = "replaced"
    TAKEN_BACK = "taken_back"
    LAID_ASIDE = "laid_aside"
    GROUP_ENDED = "group_ended"


class InSlack(msgspec.Struct, frozen=True, kw_only=True):
    """A message of ours: `changes` counts what changed for it, of which `drawn` are in Slack. `refused_at`: when
    Slack last would not have it changed; `given_up`, why it will never be there."""

    posted: MessageRef | None = None
    changes: int = 0
    drawn: int = 0
    refused_at: datetime | None = None
    given_up: str = ""


class Aim(msgspec.Struct, frozen=True, kw_only=True):
    """`id` stays while the aim does, whatever its words: commitments name it."""

    id: str
    text: str


class AskedChange(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody would change, in their words and with their name; one a person and wording. `at`: when they
    first asked since they joined, which other words don't move, so that nobody holds a wording up for ever.
    Withdrawn, it has no words any more. `called`: how they were called as it was first posted, by id."""

    id: str
    by: str
    text: str
    at: datetime
    withdrawn_at: datetime | None = None
    reply: InSlack = InSlack()
    called: dict[str, str] = {}


class Wording(msgspec.Struct, frozen=True, kw_only=True):
    """Drafted `at`, put to all at `opens_at`: as planned, and once it is in the channel as it was. `can_live`: who
    said that they can, and when. `told_at`: when the channel was told that it stands. `called`: how its author was
    called then, by id. `waits_until`: what its post says of a pause, as `rests_until` of the group."""

    id: str
    by: str
    at: datetime
    opens_at: datetime
    sentence: str
    aims: tuple[Aim, ...] = ()
    can_live: dict[str, datetime] = {}
    asked: tuple[AskedChange, ...] = ()
    post: InSlack = InSlack()
    stood_at: datetime | None = None
    told_at: datetime | None = None
    ended: Ended | None = None
    ended_at: datetime | None = None
    called: dict[str, str] = {}
    waits_until: date | None = None

    @property
    def under_way(self) -> bool:
        """It neither stands, nor was it taken back, laid aside or replaced."""
        return self.stood_at is None and self.ended is None

    @property
    def texts(self) -> tuple[str, ...]:
        """The sentence, then the aims."""
        return (self.sentence, *(aim.text for aim in self.aims))


class Purpose(msgspec.Struct, frozen=True, kw_only=True):
    """Every wording, oldest first; none is ever dropped."""

    wordings: tuple[Wording, ...] = ()

    @property
    def standing(self) -> Wording | None:
        """The last that came to stand; None where none has yet."""
        return next((one for one in reversed(self.wordings) if one.stood_at), None)

    @property
    def under_way(self) -> Wording | None:
        """One at most."""
        return next((one for one in self.wordings if one.under_way), None)

    def find(self, id: str) -> Wording | None:
        """None where there is none of that id."""
        return next((one for one in self.wordings if one.id == id), None)


# -- the rule by which it stands --------------------------------------------------------------------


def counted(leaders: Mapping[str, Leader], today: date) -> dict[str, Leader]:
    """Those of whom at least half must be able to live with it: who is in the group, and not paused. `today` is by
    the group's clock."""
    return {
        id_: leader
        for id_, leader in leaders.items()
        if leader.active and not (leader.paused_until and leader.paused_until > today)
    }


def open_changes(wording: Wording, leaders: Mapping[str, Leader], now: datetime) -> list[AskedChange]:
    """What keeps it from standing: neither withdrawn nor a fortnight old, of somebody who has not left since."""
    return [
        one
        for one in wording.asked
        if one.withdrawn_at is None
        and now < one.at + CHANGE_LAPSES
        and (leader := leaders.get(one.by))
        and leader.in_group
        and leader.joined_at <= one.at
    ]


def who_can_live(wording: Wording, leaders: Mapping[str, Leader]) -> set[str]:
    """Of these leaders, those who said that they can. What somebody said before they left does not count when they
    come again; they can say it anew."""
    return {id_ for id_, at in wording.can_live.items() if (leader := leaders.get(id_)) and at >= leader.joined_at}


def stands(wording: Wording, leaders: Mapping[str, Leader], now: datetime, today: date) -> bool:
    """Seven days have passed since it was in the channel, no change is open, and enough can live with it."""
    if wording.post.posted is None or now < wording.opens_at + PUT_FOR or open_changes(wording, leaders, now):
        return False
    here = counted(leaders, today)
    can = who_can_live(wording, here)
    organisations = {here[id_].organisation for id_ in can} - {""}
    return 2 * len(can) >= len(here) and len(can) >= LEAST_WHO_CAN and len(organisations) >= LEAST_ORGANISATIONS


def moved_on(purpose: Purpose, leaders: Mapping[str, Leader], now: datetime, today: date) -> Purpose:
    """What is under way, stands or is laid aside where it is time to; else as it was."""
    wording = purpose.under_way
    if wording is None:
        return purpose
    if stands(wording, leaders, now, today):
        return with_wording(purpose, concluded(wording, stood_at=now))
    if now >= wording.opens_at + LAID_ASIDE:
        return with_wording(purpose, concluded(wording, ended=Ended.LAID_ASIDE, ended_at=now))
    return purpose


def concluded(
    wording: Wording,
    *,
    stood_at: datetime | None = None,
    ended: Ended | None = None,
    ended_at: datetime | None = None,
) -> Wording:
    """Under way no more: its post changes, what was asked in its thread says no more who can reword it, and no
    press is kept."""
    post = replace(wording.post, changes=wording.post.changes + 1)
    asked = tuple(one if one.withdrawn_at else _changed(one) for one in wording.asked)
    return replace(wording, stood_at=stood_at, ended=ended, ended_at=ended_at, post=post, asked=asked, can_live={})


# -- what people say of it --------------------------------------------------------------------------


def can_live(purpose: Purpose, id: str, by: str, now: datetime) -> Purpose:
    """They can live with it; what they would have changed is withdrawn by that. Said twice it counts once, from the
    second time on, since they may have left in between. Raises Problem where it is not under way."""
    wording = require_under_way(purpose, id)
    said = replace(wording, can_live={**wording.can_live, by: now})
    return with_wording(purpose, _without_change(said, by, now))


def ask_change(
    purpose: Purpose,
    id: str,
    *,
    key: str,
    by: str,
    joined_at: datetime,
    text: str,
    now: datetime,
    called: dict[str, str] | None = None,
) -> Purpose:
    """They would change this; so they can't live with it as it is. Other words take the place of the first; `key`
    becomes the id of a first one. What they asked before they left and came again had lapsed: it is asked anew, as
    of `now`. Raises Problem."""
    wording = require_under_way(purpose, id)
    if not text:
        raise Problem(ProblemCode.PURPOSE_CHANGE_EMPTY, "change")
    before = next((one for one in wording.asked if one.by == by), None)
    can = {id_: at for id_, at in wording.can_live.items() if id_ != by}
    if before is None:
        asked = (*wording.asked, AskedChange(id=key, by=by, text=text, at=now, called=called or {}))
    else:
        at = before.at if before.at >= joined_at else now
        same = before.text == text and before.withdrawn_at is None
        new = replace(before, at=at) if same else _changed(replace(before, text=text, at=at, withdrawn_at=None))
        asked = tuple(new if one.by == by else one for one in wording.asked)
    return with_wording(purpose, replace(wording, asked=asked, can_live=can))


def withdraw_change(purpose: Purpose, id: str, by: str, now: datetime) -> Purpose:
    """What they would have changed is withdrawn, all of it. Raises Problem where the wording is settled."""
    return with_wording(purpose, _without_change(require_under_way(purpose, id), by, now))


def take_back(purpose: Purpose, id: str, by: str, now: datetime) -> Purpose:
    """By its author, while it is under way. Raises Problem."""
    wording = require_under_way(purpose, id)
    only_own(wording.by, by)
    return with_wording(purpose, concluded(wording, ended=Ended.TAKEN_BACK, ended_at=now))


def without_asked(purpose: Purpose, before: datetime) -> Purpose:
    """Wordings are kept for as long as the group is; what people would have changed, no longer than other words of
    theirs: it goes where it was asked `before`."""
    found = []
    for one in purpose.wordings:
        old = not one.under_way and one.asked and max(asked.at for asked in one.asked) < before
        found.append(replace(one, asked=()) if old else one)
    return replace(purpose, wordings=tuple(found))


def require_under_way(purpose: Purpose, id: str) -> Wording:
    """Raises Problem where it is settled, or was never drafted."""
    wording = purpose.find(id)
    if wording is None or not wording.under_way:
        raise Problem(ProblemCode.PURPOSE_SETTLED)
    return wording


def _without_change(wording: Wording, by: str, now: datetime) -> Wording:
    asked = [
        _changed(replace(one, text="", withdrawn_at=now)) if one.by == by and not one.withdrawn_at else one
        for one in wording.asked
    ]
    return replace(wording, asked=tuple(asked))


def _changed(asked: AskedChange) -> AskedChange:
    return replace(asked, reply=replace(asked.reply, changes=asked.reply.changes + 1))


def with_wording(purpose: Purpose, wording: Wording) -> Purpose:
    """In its place among the others."""
    return replace(purpose, wordings=tuple(wording if one.id == wording.id else one for one in purpose.wordings))


def change_wording(purpose: Purpose, id: str, decide: Callable[[Wording], Wording]) -> Purpose:
    """With one wording changed, where it is there."""
    found = purpose.find(id)
    return with_wording(purpose, decide(found)) if found else purpose


def change_reply(purpose: Purpose, id: str, key: str, decide: Callable[[InSlack], InSlack]) -> Purpose:
    """Nothing, where that change or its wording is not there."""

    def changed(wording: Wording) -> Wording:
        asked = tuple(replace(a, reply=decide(a.reply)) if a.id == key else a for a in wording.asked)
        return replace(wording, asked=asked)

    return change_wording(purpose, id, changed)
