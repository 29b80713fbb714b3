"""The nouns and the index of a store, whatever reads and writes for them."""

from __future__ import annotations

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
from bot.domain.introductions import Introduction
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
from bot.ports import GroupCollection, Index, Installations, Records
from bot.store import keys
from bot.store import schemas as nouns
from bot.store.collections import RedisGroupCollection
from bot.store.compare_and_set import CompareAndSet
from bot.store.index import RedisIndex
from bot.store.installations import RedisInstallations
from bot.store.records import RedisRecords


class Repositories:
    def __init__(self, records: CompareAndSet) -> None:
        self.people: Records[Person] = RedisRecords(records, nouns.PERSON, keys.person)
        self.ledgers: Records[Ledger] = RedisRecords(records, nouns.LEDGER, keys.ledger)
        self.typed: Records[Typed] = RedisRecords(records, nouns.TYPED, keys.typed)
        self.groups: Records[Group] = RedisRecords(records, nouns.GROUP, keys.group)
        self.leaders: GroupCollection[Leader] = RedisGroupCollection(records, nouns.LEADER, "leaders")
        self.rounds: GroupCollection[Round] = RedisGroupCollection(records, nouns.ROUND, "rounds")
        self.plates: GroupCollection[Plate] = RedisGroupCollection(records, nouns.PLATE, "plates")
        self.checkins: GroupCollection[CheckIn] = RedisGroupCollection(records, nouns.CHECK_IN, "checkins")
        self.commitments: GroupCollection[Commitment] = RedisGroupCollection(
            records, nouns.COMMITMENT, "commitments"
        )
        self.digests: GroupCollection[Digest] = RedisGroupCollection(records, nouns.DIGEST, "digests")
        self.changes: GroupCollection[SettingsChange] = RedisGroupCollection(records, nouns.CHANGE, "changes")
        self.organisation_posts: GroupCollection[OrganisationsPost] = RedisGroupCollection(
            records, nouns.ORGANISATIONS_POST, "organisation_posts"
        )
        self.attention: GroupCollection[Attention] = RedisGroupCollection(records, nouns.ATTENTION, "attention")
        self.asks: GroupCollection[Ask] = RedisGroupCollection(records, nouns.ASK, "asks")
        self.offers: GroupCollection[Offer] = RedisGroupCollection(records, nouns.OFFER, "offers")
        self.introductions: GroupCollection[Introduction] = RedisGroupCollection(
            records, nouns.INTRODUCTION, "introductions"
        )
        self.exclusions: GroupCollection[Exclusions] = RedisGroupCollection(records, nouns.EXCLUSIONS, "exclusions")
        self.inquiries: GroupCollection[Inquiry] = RedisGroupCollection(records, nouns.INQUIRY, "inquiries")
        self.inquiry_answers: GroupCollection[InquiryAnswer] = RedisGroupCollection(
            records, nouns.INQUIRY_ANSWER, "inquiry_answers"
        )
        self.reviews: GroupCollection[Review] = RedisGroupCollection(records, nouns.REVIEW, "reviews")
        self.placings: GroupCollection[Placings] = RedisGroupCollection(records, nouns.PLACINGS, "placings")
        self.learnt: GroupCollection[Learnt] = RedisGroupCollection(records, nouns.LEARNT, "learnt")
        self.briefs: GroupCollection[Brief] = RedisGroupCollection(records, nouns.BRIEF, "briefs")
        self.sealed: GroupCollection[Sealed] = RedisGroupCollection(records, nouns.SEALED, "sealed")
        self.purposes: GroupCollection[Purpose] = RedisGroupCollection(records, nouns.PURPOSE, "purposes")
        self.pulses: GroupCollection[Pulse] = RedisGroupCollection(records, nouns.PULSE, "pulses")
        self.index: Index = RedisIndex(records)
        self.installations: Installations = RedisInstallations(records)
