"""A group with everybody in it, as loaded at one moment: what most decisions and screens need."""

from __future__ import annotations

from datetime import datetime
from functools import cached_property

import msgspec

from bot.domain.checkins import CheckIn
from bot.domain.commitments import Commitment
from bot.domain.digest import Digest
from bot.domain.groups import Group, SettingsChange
from bot.domain.people import Leader, Person
from bot.domain.plate import Plate
from bot.domain.rounds import Round


class GroupSnapshot(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """`leaders` and `people` are by person id; those who left are among them, for their names' sake.

    What follows is there where it was asked for: the latest `round` and the `previous` one, its `checkins` by
    person id, the newest `changes` of settings by id, and by round the `digests` that may have to be corrected.
    """

    group: Group
    leaders: dict[str, Leader]
    people: dict[str, Person]
    round: Round | None = None
    previous: Round | None = None
    checkins: dict[str, CheckIn] = {}
    changes: dict[str, SettingsChange] = {}
    digests: dict[str, Digest] = {}

    def active(self) -> dict[str, Leader]:
        """Who is in the group now, in the order they joined."""
        return dict(self._active)

    @cached_property
    def _active(self) -> dict[str, Leader]:
        """Found once: a form asks a dozen times, and of two hundred leaders that takes as long as drawing it."""
        stored = [(id_, leader) for id_, leader in self.leaders.items() if leader.active and id_ in self.people]
        return dict(sorted(stored, key=lambda pair: (pair[1].joined_at, pair[0])))

    def organisations(self) -> list[str]:
        """The organisations that leaders now in the group speak for, by name."""
        return list(self._organisations)

    @cached_property
    def _organisations(self) -> list[str]:
        return sorted({leader.organisation for leader in self._active.values()}, key=str.casefold)

    def organisation_of(self) -> dict[str, str]:
        return {id_: leader.organisation for id_, leader in self.active().items()}


class HomeSection(msgspec.Struct, frozen=True, kw_only=True):
    """One group of the viewer's, as their Home shows it."""

    snapshot: GroupSnapshot
    round: Round | None
    plate: Plate | None
    tended: list[Commitment]
    next_meeting: datetime | None
    unsent: bool = False
    waiting: bool = False
    """Their check-in is due, but it is the turn of other groups."""
