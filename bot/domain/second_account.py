"""A second Slack account that somebody proved to be theirs."""

from __future__ import annotations

from datetime import datetime

import msgspec


class SecondAccount(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody proved that a second Slack account is theirs, for the channel: `team_id` and `user_id` are its pair,
    `workspace` what that is called, where we know. `done`: it leads to them, and all their groups have noted it.
    `objected_by`: it answers for them no more, once `undone`; `called` is how they were called then, by id."""

    id: str
    at: datetime
    person_id: str
    name: str
    team_id: str
    user_id: str
    workspace: str = ""
    told_at: datetime | None = None
    objected_by: str | None = None
    done: bool = False
    undone: bool = False
    called: dict[str, str] = {}


class Joining(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody in the group turned out to be `into`, as whom they go on. `at`: since they proved it. `account`:
    what is announced of it. `moved`: the group's records are theirs, and the note waits for other groups."""

    into: str
    at: datetime
    account: SecondAccount | None = None
    moved: bool = False
