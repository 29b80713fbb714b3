"""What we keep, by name: one line for each noun, with the way up from its older versions."""

from __future__ import annotations

from bot.domain.checkins import CheckIn
from bot.domain.commitments import Commitment
from bot.domain.digest import Digest
from bot.domain.groups import Group, SettingsChange
from bot.domain.people import Leader, Person
from bot.domain.plate import Plate
from bot.domain.rhythm import Round
from bot.store.codec import Noun

PERSON = Noun("person", Person)
GROUP = Noun("group", Group)
LEADER = Noun("leader", Leader)
ROUND = Noun("round", Round)
PLATE = Noun("plate", Plate)
CHECK_IN = Noun("check-in", CheckIn)
COMMITMENT = Noun("commitment", Commitment)
DIGEST = Noun("digest", Digest)
CHANGE = Noun("change of settings", SettingsChange)

ALL = (PERSON, GROUP, LEADER, ROUND, PLATE, CHECK_IN, COMMITMENT, DIGEST, CHANGE)
