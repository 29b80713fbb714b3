"""The records and the index of a store, whatever reads and writes for them."""

from __future__ import annotations

from functools import partial

from bot.ports import Store
from bot.store import keys, schemas
from bot.store.collections import RedisGroupCollection
from bot.store.compare_and_set import CompareAndSet
from bot.store.index import RedisIndex
from bot.store.installations import RedisInstallations
from bot.store.records import RedisRecords


class Repositories(Store):
    """The records of `ports.Store`: of each noun by its key and schema. All are written by compare-and-set: see
    `CompareAndSet` for who may at once."""

    def __init__(self, records: CompareAndSet) -> None:
        self.people = RedisRecords(records, schemas.PERSON, partial(keys.of_person, part="person"))
        self.ledgers = RedisRecords(records, schemas.LEDGER, partial(keys.of_person, part="ledger"))
        self.typed = RedisRecords(records, schemas.TYPED, partial(keys.of_person, part="typed"))
        self.groups = RedisRecords(records, schemas.GROUP, keys.group)
        self.leaders = RedisGroupCollection(records, schemas.LEADER, "leaders")
        self.rounds = RedisGroupCollection(records, schemas.ROUND, "rounds")
        self.plates = RedisGroupCollection(records, schemas.PLATE, "plates")
        self.checkins = RedisGroupCollection(records, schemas.CHECK_IN, "checkins")
        self.commitments = RedisGroupCollection(records, schemas.COMMITMENT, "commitments")
        self.digests = RedisGroupCollection(records, schemas.DIGEST, "digests")
        self.changes = RedisGroupCollection(records, schemas.CHANGE, "changes")
        self.organisation_posts = RedisGroupCollection(records, schemas.ORGANISATIONS_POST, "organisation_posts")
        self.attention = RedisGroupCollection(records, schemas.ATTENTION, "attention")
        self.asks = RedisGroupCollection(records, schemas.ASK, "asks")
        self.offers = RedisGroupCollection(records, schemas.OFFER, "offers")
        self.introductions = RedisGroupCollection(records, schemas.INTRODUCTION, "introductions")
        self.exclusions = RedisGroupCollection(records, schemas.EXCLUSIONS, "exclusions")
        self.inquiries = RedisGroupCollection(records, schemas.INQUIRY, "inquiries")
        self.inquiry_answers = RedisGroupCollection(records, schemas.INQUIRY_ANSWER, "inquiry_answers")
        self.reviews = RedisGroupCollection(records, schemas.REVIEW, "reviews")
        self.placings = RedisGroupCollection(records, schemas.PLACINGS, "placings")
        self.learnt = RedisGroupCollection(records, schemas.LEARNT, "learnt")
        self.briefs = RedisGroupCollection(records, schemas.BRIEF, "briefs")
        self.sealed = RedisGroupCollection(records, schemas.SEALED, "sealed")
        self.purposes = RedisGroupCollection(records, schemas.PURPOSE, "purposes")
        self.pulses = RedisGroupCollection(records, schemas.PULSE, "pulses")
        self.index = RedisIndex(records.connection)
        self.installations = RedisInstallations(records)
