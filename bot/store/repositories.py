"""The records and the index of a store, whatever reads and writes for them."""

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
from bot.store import keys, schemas
from bot.store.collections import RedisGroupCollection
from bot.store.compare_and_set import CompareAndSet
from bot.store.index import RedisIndex
from bot.store.installations import RedisInstallations
from bot.store.records import RedisRecords


class Repositories:
    """The records of `ports.Store`: of each noun by its key and schema. All are written by compare-and-set: see
    `CompareAndSet` for who may at once."""

    def __init__(self, records: CompareAndSet) -> None:
        self.people: Records[Person] = RedisRecords(records, schemas.PERSON, keys.person)
        self.ledgers: Records[Ledger] = RedisRecords(records, schemas.LEDGER, keys.ledger)
        self.typed: Records[Typed] = RedisRecords(records, schemas.TYPED, keys.typed)
        self.groups: Records[Group] = RedisRecords(records, schemas.GROUP, keys.group)
        self.leaders: GroupCollection[Leader] = RedisGroupCollection(records, schemas.LEADER, "leaders")
        self.rounds: GroupCollection[Round] = RedisGroupCollection(records, schemas.ROUND, "rounds")
        self.plates: GroupCollection[Plate] = RedisGroupCollection(records, schemas.PLATE, "plates")
        self.checkins: GroupCollection[CheckIn] = RedisGroupCollection(records, schemas.CHECK_IN, "checkins")
        self.commitments: GroupCollection[Commitment] = RedisGroupCollection(
            records, schemas.COMMITMENT, "commitments"
        )
        self.digests: GroupCollection[Digest] = RedisGroupCollection(records, schemas.DIGEST, "digests")
        self.changes: GroupCollection[SettingsChange] = RedisGroupCollection(records, schemas.CHANGE, "changes")
        self.organisation_posts: GroupCollection[OrganisationsPost] = RedisGroupCollection(
            records, schemas.ORGANISATIONS_POST, "organisation_posts"
        )
        self.attention: GroupCollection[Attention] = RedisGroupCollection(records, schemas.ATTENTION, "attention")
        self.asks: GroupCollection[Ask] = RedisGroupCollection(records, schemas.ASK, "asks")
        self.offers: GroupCollection[Offer] = RedisGroupCollection(records, schemas.OFFER, "offers")
        self.introductions: GroupCollection[Introduction] = RedisGroupCollection(
            records, schemas.INTRODUCTION, "introductions"
        )
        self.exclusions: GroupCollection[Exclusions] = RedisGroupCollection(
            records, schemas.EXCLUSIONS, "exclusions"
        )
        self.inquiries: GroupCollection[Inquiry] = RedisGroupCollection(records, schemas.INQUIRY, "inquiries")
        self.inquiry_answers: GroupCollection[InquiryAnswer] = RedisGroupCollection(
            records, schemas.INQUIRY_ANSWER, "inquiry_answers"
        )
        self.reviews: GroupCollection[Review] = RedisGroupCollection(records, schemas.REVIEW, "reviews")
        self.placings: GroupCollection[Placings] = RedisGroupCollection(records, schemas.PLACINGS, "placings")
        self.learnt: GroupCollection[Learnt] = RedisGroupCollection(records, schemas.LEARNT, "learnt")
        self.briefs: GroupCollection[Brief] = RedisGroupCollection(records, schemas.BRIEF, "briefs")
        self.sealed: GroupCollection[Sealed] = RedisGroupCollection(records, schemas.SEALED, "sealed")
        self.purposes: GroupCollection[Purpose] = RedisGroupCollection(records, schemas.PURPOSE, "purposes")
        self.pulses: GroupCollection[Pulse] = RedisGroupCollection(records, schemas.PULSE, "pulses")
        self.index: Index = RedisIndex(records.connection)
        self.installations: Installations = RedisInstallations(records)
