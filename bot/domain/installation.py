"""Installations: Between in a workspace, or in a whole organisation of Slack's, and the token it speaks with
there."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime, timedelta
from enum import StrEnum

import msgspec
from msgspec.structs import replace

RENEW_BEFORE = timedelta(hours=2)
"""How long before its end a token is renewed. Slack's last twelve hours."""

POLICY_DAYS = 14
"""Business days after the end within which Slack wants what we hold of a workspace deleted."""

KEPT_DAYS = 9
"""Business days after the end for which ids are kept, so that a workspace that comes back finds its groups. Fewer
than `POLICY_DAYS`, so that a bot that was down for a week is in time still."""


class End(StrEnum):
    """Why an installation ended. The values are stored."""

    UNINSTALLED = "uninstalled"
    REVOKED = "revoked"


class Leaving(StrEnum):
    """What became of the account that installed us: Slack takes an app away with it."""

    DELETED = "deleted"
    GUEST = "guest"


class InstallerLeaving(msgspec.Struct, frozen=True, kw_only=True):
    """Whoever installed us in a workspace of the group's leaders has no account any more, or is a guest: Slack
    takes an app away with them. `key` is the installation's; `told_at` is when the convenor was told."""

    key: str
    leaving: Leaving
    since: datetime
    told_at: datetime | None = None


class Tokens(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What opens a workspace; shown in no log and no traceback. With `refresh` the token ends at `expires_at`, and
    a new one is had for it, once."""

    bot: str = ""
    refresh: str = ""
    expires_at: datetime | None = None

    def __repr__(self) -> str:
        return "Tokens(…)" if self.bot else "Tokens()"


class Installation(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """`key` is the workspace's id, or the organisation's where it is `org_wide`; then `teams` are the workspaces
    that we have met of it. `from_env`: its token stands in the settings, and not here.

    `installed_by` is the Slack user who installed it; `leaving` what became of them. `ended_at` is when Slack took
    it away; the token is deleted in the same write. `purged_at` is when the ids that we held of it were.
    `renewal_refused` is Slack's code, where it gives no new token for the one that ends. `settled_at` is when its
    groups and people had been handed over to another; `left` is the same of single workspaces of an organisation:
    since when those are served no more that have not been handed over. `looked_at`, when Slack was last asked about
    whoever installed it."""

    key: str
    name: str
    bot_id: str
    bot_user_id: str
    installed_at: datetime
    tokens: Tokens = Tokens()
    scopes: tuple[str, ...] = ()
    enterprise_id: str = ""
    org_wide: bool = False
    teams: tuple[str, ...] = ()
    from_env: bool = False
    installed_by: str = ""
    leaving: Leaving | None = None
    leaving_since: datetime | None = None
    renewal_refused: str = ""
    ended_at: datetime | None = None
    ended_by: End | None = None
    settled_at: datetime | None = None
    purged_at: datetime | None = None
    looked_at: datetime | None = None
    left: dict[str, datetime] = {}

    @property
    def active(self) -> bool:
        """Slack has not taken it away."""
        return self.ended_at is None

    def serves(self, team_id: str) -> bool:
        """Whether it speaks in that workspace; of an organisation those that we have met."""
        return team_id == self.key or team_id in self.teams


def speaking_in(installations: Iterable[Installation], team_id: str) -> Installation | None:
    """The one to speak with in a workspace: its own before its organisation's."""
    found = [one for one in installations if one.active and one.serves(team_id)]
    return min(found, key=lambda one: one.org_wide, default=None)


def found_for(
    installations: Mapping[str, Installation], enterprise_id: str | None, team_id: str | None
) -> Installation | None:
    """As Slack's payloads name it: by the workspace, and where that has none of its own by the organisation."""
    if team_id and (own := speaking_in(installations.values(), team_id)):
        return own
    whole = installations.get(enterprise_id or "")
    return whole if whole and whole.active and whole.org_wide else None


def ended(one: Installation, by: End, now: datetime) -> Installation:
    """Slack took it away: from now on it holds no token. Of two events that say so the first counts, but who took
    Between out is told by one alone: Slack sends it beside the other, in either order."""
    if not one.active:
        return replace(one, ended_by=End.UNINSTALLED) if by is End.UNINSTALLED and one.ended_by else one
    return replace(one, tokens=Tokens(), ended_at=now, ended_by=by)


def with_teams(one: Installation, came: Collection[str]) -> Installation:
    """They are served by it from now on; one that had left is back."""
    left = {team: at for team, at in one.left.items() if team not in came}
    return replace(one, teams=tuple(dict.fromkeys([*one.teams, *came])), left=left)


def without_team(one: Installation, team_id: str, now: datetime) -> Installation:
    """One of an organisation's workspaces is served no more. Told of again, it changes nothing."""
    if team_id not in one.teams:
        return one
    teams = tuple(team for team in one.teams if team != team_id)
    return replace(one, teams=teams, left={**one.left, team_id: now})


def parted(one: Installation, team_id: str) -> Installation:
    """That workspace as if it had had an installation of its own, which ended then."""
    return replace(one, key=team_id, teams=(), left={}, org_wide=False, tokens=Tokens(), ended_at=one.left[team_id])


def team_handed_over(one: Installation, team_id: str) -> Installation:
    """The groups and people of that workspace of an organisation have gone to another installation."""
    return replace(one, left={team: at for team, at in one.left.items() if team != team_id})


def all_handed_over(one: Installation, now: datetime) -> Installation:
    """Its groups and people have been handed over. Nothing, where Between has been put in again since."""
    return one if one.active else replace(one, settled_at=now)


def needs_renewal(one: Installation, now: datetime) -> bool:
    """From two hours before its token ends, where Slack gave what gets a new one. Never once it has ended
    itself."""
    end = one.tokens.expires_at
    return bool(one.active and one.tokens.refresh and end and now >= end - RENEW_BEFORE)


def renewed(one: Installation, used: str, tokens: Tokens) -> Installation:
    """With the tokens that Slack gave for the refresh token `used`, unless it has others by now."""
    return replace(one, tokens=tokens, renewal_refused="") if one.active and one.tokens.refresh == used else one


def purge_due(one: Installation, now: datetime) -> bool:
    """Whether the ids that we hold of it are to go: from `purge_on`'s day on, in UTC, once."""
    return one.ended_at is not None and one.purged_at is None and now.date() >= purge_on(one.ended_at)


def purge_on(ended_at: datetime) -> date:
    """The ninth weekday after it ended, in UTC."""
    return _business_days_after(ended_at.date(), KEPT_DAYS)


def deadline(ended_at: datetime) -> date:
    """The last day that Slack's policy allows."""
    return _business_days_after(ended_at.date(), POLICY_DAYS)


def _business_days_after(day: date, count: int) -> date:
    """Weekdays; public holidays would make it later, so they don't count."""
    while count:
        day += timedelta(days=1)
        count -= day.weekday() < 5
    return day


def purged(one: Installation, now: datetime) -> Installation:
    """What stays is that it was there, from when to when, and that nothing else of it is kept."""
    return replace(one, installed_by="", bot_id="", bot_user_id="", teams=(), left={}, scopes=(), purged_at=now)


LOOK_EVERY = timedelta(days=1)


def installer_due(one: Installation, now: datetime) -> bool:
    """Whether Slack is to be asked about who installed it."""
    known = one.active and one.installed_by
    return bool(known and (one.looked_at is None or now - one.looked_at >= LOOK_EVERY))


def installer_seen(one: Installation, leaving: Leaving | None, now: datetime) -> Installation:
    """`leaving` None: whoever installed it is there still. Since when they are leaving stays, for as long as it is
    said alike."""
    since = one.leaving_since if one.leaving == leaving else now
    return replace(one, leaving=leaving, leaving_since=since if leaving else None, looked_at=now)
