"""Personal data: what each kind of record holds of a person, what erasing them does with it, how long it is kept.

One table for every kind of record there is. A test walks all that is stored and fails on a kind that is not in it,
so nobody adds a record that *My data* and *Erase me* do not know.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from bot.domain import erased, erased_posts, erased_reviews, exported, exported_reviews
from bot.domain.asks import Ask
from bot.domain.attention import Attention
from bot.domain.brief import Brief
from bot.domain.checkins import CheckIn
from bot.domain.commitments import Commitment
from bot.domain.digest import Digest
from bot.domain.erasure import Sealed
from bot.domain.exclusions import Exclusions
from bot.domain.groups import Group, OrganisationsPost, SettingsChange
from bot.domain.inquiry import Inquiry, InquiryAnswer
from bot.domain.installation import Installation
from bot.domain.introductions import Introduction
from bot.domain.items import Item
from bot.domain.learning import Learnt
from bot.domain.ledger import Ledger
from bot.domain.offers import Offer
from bot.domain.people import Leader, Person
from bot.domain.plate import Plate
from bot.domain.pulse import Pulse
from bot.domain.purpose import Purpose
from bot.domain.review import Placings, Review
from bot.domain.rounds import Round
from bot.domain.typed import Typed


class Where(StrEnum):
    """How records of a kind are found in the store."""

    OF_PERSON = "of_person"
    OF_WORKSPACE = "of_workspace"
    """By the Slack user id in place of the person's."""
    OF_GROUP = "of_group"
    IN_GROUP = "in_group"
    IN_ROUND = "in_round"
    IN_INQUIRY = "in_inquiry"
    IN_REVIEW = "in_review"


class Kept(StrEnum):
    """For how long; `docs/rights.md` says each in words, and its test holds that it does."""

    WHILE_KNOWN = "while_known"
    WHILE_INSTALLED = "while_installed"
    WITH_GROUP = "with_group"
    TWELVE_MONTHS = "twelve_months"
    TWELVE_MONTHS_AND_THREE = "twelve_months_and_three"
    TWELVE_MONTHS_AFTER = "twelve_months_after"
    EIGHT_WEEKS = "eight_weeks"
    WHILE_HELD = "while_held"
    UNTIL_LIFTED = "until_lifted"
    UNTIL_ITS_DAY = "until_its_day"
    UNTIL_SHOWN = "until_shown"


@dataclass(frozen=True)
class Rights:
    """Of one kind of record. `collection` is its name in the store. `export` says what of it is a person's own;
    `erase` gives the record without them, or None where nothing of it is left; it is told whether they
    leave the group what they may, and when it is."""

    collection: str
    where: Where
    kept: Kept
    export: Callable[[Any, str], list[Item]]
    erase: Callable[[Any, str, bool, datetime], Any]


RECORDS: Mapping[type, Rights] = {
    Person: Rights("people", Where.OF_PERSON, Kept.WHILE_KNOWN, exported.person, erased.wholly),
    Ledger: Rights("ledgers", Where.OF_PERSON, Kept.WHILE_KNOWN, exported.ledger, erased.wholly),
    Typed: Rights("typed", Where.OF_PERSON, Kept.WHILE_KNOWN, exported.typed, erased.wholly),
    Installation: Rights(
        "installations", Where.OF_WORKSPACE, Kept.WHILE_INSTALLED, exported.installation, erased.installation
    ),
    Group: Rights("groups", Where.OF_GROUP, Kept.WITH_GROUP, exported.group, erased.group),
    Leader: Rights("leaders", Where.IN_GROUP, Kept.WITH_GROUP, exported.leader, erased.leader),
    Round: Rights("rounds", Where.IN_GROUP, Kept.TWELVE_MONTHS, exported.nothing, erased.untouched),
    Plate: Rights("plates", Where.IN_ROUND, Kept.TWELVE_MONTHS_AND_THREE, exported.plate, erased.own),
    CheckIn: Rights("checkins", Where.IN_ROUND, Kept.TWELVE_MONTHS, exported.checkin, erased.own),
    Commitment: Rights(
        "commitments", Where.IN_GROUP, Kept.TWELVE_MONTHS_AFTER, exported.commitment, erased.commitment
    ),
    Digest: Rights("digests", Where.IN_GROUP, Kept.TWELVE_MONTHS_AND_THREE, exported.digest, erased_posts.digest),
    SettingsChange: Rights("changes", Where.IN_GROUP, Kept.TWELVE_MONTHS, exported.change, erased.change),
    OrganisationsPost: Rights(
        "organisation_posts", Where.IN_GROUP, Kept.TWELVE_MONTHS, exported.speaks_for, erased.speaks_for
    ),
    Attention: Rights("attention", Where.IN_GROUP, Kept.EIGHT_WEEKS, exported.attention, erased.attention),
    Ask: Rights("asks", Where.IN_GROUP, Kept.TWELVE_MONTHS_AFTER, exported.ask, erased.ask),
    Offer: Rights("offers", Where.IN_GROUP, Kept.TWELVE_MONTHS_AFTER, exported.offer, erased.by_them),
    Introduction: Rights(
        "introductions", Where.IN_GROUP, Kept.TWELVE_MONTHS_AFTER, exported.introduction, erased.introduction
    ),
    Exclusions: Rights("exclusions", Where.IN_GROUP, Kept.UNTIL_LIFTED, exported.exclusions, erased.exclusions),
    Inquiry: Rights("inquiries", Where.IN_GROUP, Kept.TWELVE_MONTHS_AFTER, exported.inquiry, erased.inquiry),
    InquiryAnswer: Rights(
        "inquiry_answers", Where.IN_INQUIRY, Kept.UNTIL_SHOWN, exported.inquiry_answer, erased.wholly
    ),
    Review: Rights(
        "reviews", Where.IN_GROUP, Kept.TWELVE_MONTHS_AFTER, exported_reviews.review, erased_reviews.review
    ),
    Placings: Rights("placings", Where.IN_REVIEW, Kept.UNTIL_ITS_DAY, exported_reviews.placings, erased.wholly),
    Learnt: Rights("learnt", Where.IN_GROUP, Kept.WITH_GROUP, exported_reviews.learnt, erased_reviews.learnt),
    Sealed: Rights("sealed", Where.IN_GROUP, Kept.WHILE_HELD, exported.nothing, erased.untouched),
    Pulse: Rights("pulses", Where.IN_GROUP, Kept.TWELVE_MONTHS, exported.pulse, erased.pulse),
    Brief: Rights("briefs", Where.IN_GROUP, Kept.TWELVE_MONTHS, exported.brief, erased_posts.brief),
    Purpose: Rights("purposes", Where.IN_GROUP, Kept.WITH_GROUP, exported.purpose, erased.purpose),
}
"""By the type of the record. Of the kinds that lie under their person's own id, only that person's is ever asked
for: an answer to a question says nothing of who wrote it, and is found by whose key it lies under."""
