"""The nouns and the index of a store, whatever reads and writes for them."""

from __future__ import annotations

from bot.domain.checkins import CheckIn
from bot.domain.commitments import Commitment
from bot.domain.digest import Digest
from bot.domain.groups import Group, SettingsChange
from bot.domain.people import Leader, Person
from bot.domain.plate import Plate
from bot.domain.rhythm import Round
from bot.ports import Index, Records, Shelf
from bot.store import keys
from bot.store import schemas as nouns
from bot.store.collections import RedisShelf
from bot.store.index import RedisIndex
from bot.store.reader import Facts
from bot.store.records import RedisRecords


class Parts:
    def __init__(self, facts: Facts) -> None:
        self.people: Records[Person] = RedisRecords(facts, nouns.PERSON, keys.person)
        self.groups: Records[Group] = RedisRecords(facts, nouns.GROUP, keys.group)
        self.leaders: Shelf[Leader] = RedisShelf(facts, nouns.LEADER, "leaders")
        self.rounds: Shelf[Round] = RedisShelf(facts, nouns.ROUND, "rounds")
        self.plates: Shelf[Plate] = RedisShelf(facts, nouns.PLATE, "plates")
        self.checkins: Shelf[CheckIn] = RedisShelf(facts, nouns.CHECK_IN, "checkins")
        self.commitments: Shelf[Commitment] = RedisShelf(facts, nouns.COMMITMENT, "commitments")
        self.digests: Shelf[Digest] = RedisShelf(facts, nouns.DIGEST, "digests")
        self.changes: Shelf[SettingsChange] = RedisShelf(facts, nouns.CHANGE, "changes")
        self.index: Index = RedisIndex(facts)
