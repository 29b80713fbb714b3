"""Groups: leaders who work on one thing, with a shared channel. Nobody is an admin over others."""

from __future__ import annotations

from datetime import datetime

import msgspec

from bot.domain.rhythm import Moved, Recurrence, Rhythm


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """Where a message goes: a channel or DM, spoken into by the installation of `team_id`."""

    team_id: str
    channel: str


class MessageRef(msgspec.Struct, frozen=True, kw_only=True):
    """A message of ours in Slack: with the installing team, since only its token may change it."""

    team_id: str
    channel: str
    ts: str


class GroupSettings(msgspec.Struct, frozen=True, kw_only=True):
    """What any leader can change about a group, and any can object to. As in `Group`."""

    name: str
    zone: str
    nation: str
    rhythm: Rhythm
    convenor: str | None


class Group(msgspec.Struct, frozen=True, kw_only=True):
    """A group. `convenor` is a person id and looks after the rhythm; None until somebody takes it on.

    `zone` and `nation` are the group's own: digests and meetings follow them, prompts follow each leader's.
    `changes` are the ids of the newest changes of its settings: one that is not there was never made.
    """

    id: str
    name: str
    place: Place
    zone: str
    nation: str
    rhythm: Rhythm
    set_up_by: str
    set_up_at: datetime
    convenor: str | None
    changes: tuple[str, ...] = ()

    @property
    def settings(self) -> GroupSettings:
        return GroupSettings(
            name=self.name, zone=self.zone, nation=self.nation, rhythm=self.rhythm, convenor=self.convenor
        )


class SettingsChange(msgspec.Struct, frozen=True, kw_only=True):
    """A change of a group's settings, announced in the channel; any leader may object, which undoes it. What
    changed is what differs between `before` and `after`.
    """

    id: str
    at: datetime
    by: str
    before: GroupSettings
    after: GroupSettings
    objected_by: str | None = None


def with_settings(group: Group, settings: GroupSettings, changes: tuple[str, ...]) -> Group:
    """The group with other settings, and the ids of the changes that led to them."""
    return msgspec.structs.replace(group, **msgspec.structs.asdict(settings), changes=changes)


def moves_in(change: SettingsChange) -> list[Moved]:
    """The meetings that the change moved."""
    return [move for move in change.after.rhythm.moved if move not in change.before.rhythm.moved]


class GroupWords(msgspec.Struct, frozen=True, kw_only=True):
    """What a form says of a group; `convenor` is a person id or empty where the form did not ask."""

    name: str
    zone: str
    nation: str
    meeting: Recurrence
    convenor: str = ""


class SetUpWords(msgspec.Struct, frozen=True, kw_only=True):
    """The group, and who sets it up: they join by the same press. `zone` is their own, and empty where the form
    did not ask: of somebody known already it is known.
    """

    group: GroupWords
    name: str
    organisation: str
    zone: str = ""
