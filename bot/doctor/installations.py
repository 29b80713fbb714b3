"""Where Between is installed: a line for each, and what whoever runs it should know or mend."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from bot.doctor.findings import Finding, mend, note, well
from bot.domain.installation import End, Installation, Leaving, deadline, purge_on

_BY = {End.UNINSTALLED: "taken out", End.REVOKED: "its token taken back"}
_LEFT = {Leaving.DELETED: "has no account any more", Leaving.GUEST: "is a guest now"}


def line(one: Installation) -> str:
    """For `between installations`. It names no token."""
    said = [f"{one.key}  {one.name}"]
    if one.org_wide:
        said.append(f"a whole organisation, {len(one.teams)} workspaces met")
    by = f" by {one.installed_by}" if one.installed_by else ""
    said.append("token in the settings" if one.from_env else f"installed {_day(one.installed_at)}{by}")
    said += _ended(one)
    if one.active and one.renewal_refused:
        said.append(f"Slack gives no new token ({one.renewal_refused}): install it again there")
    if one.active and one.leaving:
        said.append(f"whoever installed it {_LEFT[one.leaving]}, and Slack may take Between out with them")
    return "; ".join(said)


def _ended(one: Installation) -> list[str]:
    if one.ended_at is None:
        return []
    ended = f"{_BY.get(one.ended_by or End.UNINSTALLED)} {_day(one.ended_at)}, token deleted then"
    if one.purged_at:
        return [ended, f"the rest deleted {_day(one.purged_at)}"]
    return [
        ended,
        f"the rest will be by {_day(purge_on(one.ended_at))} (Slack allows {_day(deadline(one.ended_at))})",
    ]


def findings(installed: Iterable[Installation], now: datetime) -> list[Finding]:
    """To mend where a token is not renewed, or ids were kept past their day; worth knowing where one is leaving or
    has ended."""
    every = list(installed)
    active = [f"{one.key} {one.name}" for one in every if one.active]
    several = any(not one.from_env for one in every)  # the one in the settings has a line of its own
    found = [well(f"Installed in: {', '.join(active)}")] if several and active else []
    for one in every:
        late = one.ended_at and not one.purged_at and now.date() > deadline(one.ended_at)
        if late or (one.active and one.renewal_refused):
            found.append(mend(line(one)))
        elif (one.active and one.leaving) or (one.ended_at and not one.purged_at):
            found.append(note(line(one)))
    return found


def _day(at: datetime | date) -> str:
    return f"{at:%Y-%m-%d}"
