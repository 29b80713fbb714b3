"""Groups: leaders who work on one thing, with a shared channel. Nobody is an admin over others."""

from __future__ import annotations

from datetime import datetime

import msgspec

from bot.domain.rhythm import Recurrence, Rhythm


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """Where a message goes: a channel or DM, spoken into by the installation of `team_id`."""

    team_id: str
    channel: str


class MessageRef(msgspec.Struct, frozen=True, kw_only=True):
    """A message of ours in Slack: with the installing team, since only its token may change it."""

    team_id: str
    channel: str
    ts: str


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


class SettingsChange(msgspec.Struct, frozen=True, kw_only=True):
    """A change of a group's settings, announced in the channel; any leader may object, which undoes it."""

    id: str
    at: datetime
    by: str
    sentences: tuple[str, ...]
    before: Group
    after: Group
    objected_by: str | None = None


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
