"""A group as loaded at one moment: what a press or a job decides by and draws from. Nobody reads in between."""

from __future__ import annotations

from datetime import datetime
from enum import Flag, auto
from functools import cached_property
from typing import Any

import msgspec

from bot.domain.asks import Ask
from bot.domain.attention import Attention
from bot.domain.brief import Brief
from bot.domain.checkins import CheckIn
from bot.domain.commitments import Commitment
from bot.domain.digest import Digest
from bot.domain.groups import Group, OrganisationsPost, SettingsChange
from bot.domain.inquiry import Inquiry
from bot.domain.introductions import Introduction
from bot.domain.late_digest import never_went, went
from bot.domain.learning import Learnt
from bot.domain.offers import Offer
from bot.domain.people import Leader, Person
from bot.domain.plate import Plate, has_news, told_earlier
from bot.domain.purpose import PURPOSE_ID, Purpose
from bot.domain.review import Review
from bot.domain.rounds import Round, present

LOOK_BACK = 8
"""Rounds searched for what somebody said last."""


class Section(Flag):
    """What a press or job needs besides the group, its leaders and the viewer. Each names the fields it fills."""

    NOTHING = 0
    NAMES = auto()
    """`people`: everybody who is or was in the group."""
    ROUNDS = auto()
    OWN = auto()
    """`rounds`, `digests` of the newest two; of the viewer's `own_plates` those of the newest nine rounds, of their
    `own_checkins` those of the newest two; and their `attention`."""
    COMMITMENTS = auto()
    PLATES = auto()
    """`plates`: everybody's in the round named."""
    CHECKINS = auto()
    """`checkins`: everybody's in the round named."""
    DIGESTS = auto()
    CHANGES = auto()
    ORGANISATIONS = auto()
    """`organisation_posts`."""
    BRIEFS = auto()
    ATTENTION = auto()
    """`attention`: everybody's; of the viewer it is loaded with `OWN`."""
    ASKS = auto()
    OFFERS = auto()
    INTRODUCTIONS = auto()
    INQUIRIES = auto()
    """The questions; what was answered is in no snapshot."""
    REVIEWS = auto()
    """As inquiries: what was placed is in no snapshot."""
    LEARNT = auto()
    """`learnt`: of commitments that are past keeping, by their id."""
    PURPOSE = auto()
    """`purposes`: the one record, which `purpose` reads."""


MATTERS = (
    Section.COMMITMENTS
    | Section.ASKS
    | Section.OFFERS
    | Section.INTRODUCTIONS
    | Section.INQUIRIES
    | Section.REVIEWS
    | Section.PURPOSE
)
"""What matters follow from, besides what was put to whom."""

ANNOUNCEMENTS = (
    Section.NAMES
    | Section.CHANGES
    | Section.ORGANISATIONS
    | Section.COMMITMENTS
    | Section.PURPOSE
    | Section.INQUIRIES
    | Section.REVIEWS
)
"""What a day's post in the channel is drawn from."""


class GroupSnapshot(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """`leaders` and `people` are by person id; those who left are among them, for their names' sake. `viewer` is
    the person id of who pressed, if they are known.

    What follows is there where its section was asked for: `rounds`, `digests`, `briefs` and the viewer's own
    records by the round's name, `plates` and `checkins` of one round by person id, the rest by id. `round` and
    `previous` are the planner's: the latest two; `previous_checkins` are by person id. `versions` is the store's:
    what a change may begin from without reading anew. `named`: `people` are all who are in the group, and not the
    viewer alone.
    """

    group: Group
    leaders: dict[str, Leader]
    people: dict[str, Person]
    viewer: str = ""
    rounds: dict[str, Round] = {}
    round: Round | None = None
    previous: Round | None = None
    plates: dict[str, Plate] = {}
    checkins: dict[str, CheckIn] = {}
    previous_checkins: dict[str, CheckIn] = {}
    own_plates: dict[str, Plate] = {}
    own_checkins: dict[str, CheckIn] = {}
    commitments: dict[str, Commitment] = {}
    changes: dict[str, SettingsChange] = {}
    digests: dict[str, Digest] = {}
    organisation_posts: dict[str, OrganisationsPost] = {}
    attention: dict[str, Attention] = {}
    asks: dict[str, Ask] = {}
    offers: dict[str, Offer] = {}
    introductions: dict[str, Introduction] = {}
    inquiries: dict[str, Inquiry] = {}
    reviews: dict[str, Review] = {}
    learnt: dict[str, Learnt] = {}
    purposes: dict[str, Purpose] = {}
    briefs: dict[str, Brief] = {}
    versions: Any = None
    named: bool = True

    @property
    def purpose(self) -> Purpose:
        """An empty one before the first draft, and where its section was not asked for."""
        return self.purposes.get(PURPOSE_ID) or Purpose()

    def active(self) -> dict[str, Leader]:
        """Who is in the group now, in the order they joined."""
        return dict(self._active)

    @cached_property
    def _active(self) -> dict[str, Leader]:
        """Found once: a form asks a dozen times, and of two hundred leaders that takes as long as drawing it."""
        known = self.people if self.named else self.leaders
        stored = [(id_, leader) for id_, leader in self.leaders.items() if leader.active and id_ in known]
        return dict(sorted(stored, key=lambda pair: (pair[1].joined_at, pair[0])))

    @property
    def silent(self) -> bool:
        """Everybody has gone quiet: nobody is asked anything until somebody does something."""
        return all(leader.quiet for leader in self.active().values())

    def organisations(self) -> list[str]:
        """The organisations that leaders now in the group speak for, in their alphabetical order."""
        return sorted({leader.organisation for leader in self._active.values()} - {""}, key=str.casefold)

    def organisation_of(self) -> dict[str, str]:
        """Of active leaders, by person id; without those who speak for nobody."""
        return {id_: leader.organisation for id_, leader in self.active().items() if leader.organisation}

    @property
    def keeper(self) -> str:
        """Whoever looks after the rhythm; where nobody here does, who has been in the group longest. Empty where
        nobody is in it."""
        active = self.active()
        return self.group.convenor if self.group.convenor in active else next(iter(active), "")

    def latest_round(self, now: datetime) -> Round | None:
        """The newest up to now, or the coming one where it was opened early; None before the first."""
        return next(iter(present(self.rounds.values(), self.group, now)), None)

    def last_plate(self, before: str) -> Plate | None:
        """What the viewer last wrote in a round earlier than `before`."""
        return next(
            (self.own_plates[name] for name in sorted(self.own_plates, reverse=True) if name < before), None
        )

    def last_told(self, before: str) -> Plate | None:
        """As `last_plate`, as far as the group was told of it: a digest never went where we were down for it, or
        where its meeting was called off."""
        last = self.last_plate(before)
        round = self.rounds.get(last.round) if last else None
        return told_earlier(last) if last and round and not went(round) else last

    def untold(self, before: str, now: datetime) -> Plate | None:
        """As `last_plate`, where there was news in it of which no digest told the group, nor will."""
        last = self.last_plate(before)
        round = self.rounds.get(last.round) if last else None
        return last if last and round and has_news(last) and never_went(round, self.group, now) else None

    def member(self, person_id: str = "", *, absent: bool = False) -> Membership | None:
        """The viewer, or that person, if they are in the group now. `absent`: also where they are in it and gone
        from its channel."""
        id_ = person_id or self.viewer
        leader, person = self.leaders.get(id_), self.people.get(id_)
        if leader is None or person is None or not (leader.in_group if absent else leader.active):
            return None
        return Membership(snapshot=self, person=person, leader=leader)


class Membership(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody in a group of theirs, with everybody in it."""

    snapshot: GroupSnapshot
    person: Person
    leader: Leader
