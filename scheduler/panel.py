"""The group's message in its channel: what this is, and Join. Redrawn where settings have changed, and where the
meeting that it names is over, or the pause, or the group. It says how things stand, which is no news, so it is owed
for as long as they stand so.

An entry's subject is `<what>#<settings>`: what makes it due, as its name has it too, and the settings in short as
they were then. Only where they are still so is it noted that they are shown. Who changes them while it is on its
way is shown them by the next.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from hashlib import blake2b

import msgspec
from msgspec.structs import replace

from bot.domain.channel_days import Turn
from bot.domain.due import Occurrence, post
from bot.domain.groups import Group, GroupSettings, MessageRef, ended, paused
from bot.domain.hours import from_local
from bot.domain.moments import to_the_microsecond
from bot.domain.outbox import Entry, Kind
from bot.domain.snapshot import GroupSnapshot
from bot.ports import Deps
from bot.usecases.groups import next_planned
from bot.usecases.retention import RETENTION
from bot.views.panel import panel
from scheduler.correction import next_try
from scheduler.outbox.messages import Drop, OutgoingMessage
from scheduler.recipients import snapshot_of

KIND = Kind.PANEL
IN_HOURS, COUNTED = False, None
TURN = Turn.BESIDE

MET = "met."
"""Before the moment of a meeting: it is over, so the panel names the one after it."""

MOVED = "moved."
"""Before the moment when the group went on elsewhere, where it is posted anew."""


def due(snapshot: GroupSnapshot, now: datetime) -> Iterator[Occurrence]:
    """One of three: none is in the channel; it shows other settings than the group has, or that somebody looks
    after a rhythm which nobody does; its meeting, pause or end has come. For a year, so in effect until it is so no
    more; a day after Slack would not have it changed."""
    group = snapshot.group
    if group.panel_at is None:
        yield _owed(group, group.moved_at or group.begun_at, _begins(group))
    elif group.panel and group.panel_shows != group.settings:
        changed = max((change.at for change in snapshot.changes.values()), default=group.panel_at)
        # Not by who objected, which is noted after it was undone: whoever undid it may have died before.
        undone = sum(id_ not in group.changes for id_ in snapshot.changes)
        # The role falls open, and a change is undone, by no change of settings; of openings one follows each.
        since = f"{'.open' if group.convenor is None else ''}{f'.undone{undone}' if undone else ''}"
        # A later change may bear an earlier moment, or the same: by a bot whose clock is behind, or was put back.
        what = f"{to_the_microsecond(changed)}{since}.{len(snapshot.changes)}"
        yield _owed(group, *next_try(now if since else changed, what, group.panel_refused_at))
    elif group.panel and group.panel_next:
        what = f"{MET}{group.panel_next:%Y%m%dT%H%M}"
        yield _owed(group, *next_try(group.panel_next, what, group.panel_refused_at))


def _owed(group: Group, at: datetime, what: str) -> Occurrence:
    return post(KIND, group, at, subject=f"{what}#{_in_short(group.settings)}", named=what, lasts=RETENTION)


def _in_short(settings: GroupSettings) -> str:
    return blake2b(msgspec.json.encode(settings), digest_size=6).hexdigest()


def _begins(group: Group) -> str:
    """Of the one that is posted; all others change it. Empty for a group's first."""
    return f"{MOVED}{to_the_microsecond(group.moved_at)}" if group.moved_at else ""


def _next(group: Group, now: datetime) -> datetime | None:
    """When it no longer shows how things stand: the meeting that it names is over, or the pause, or the group."""
    if ended(group, now):
        return None
    days = [day for day in (group.paused_until if paused(group, now) else None, group.ends_on) if day]
    return min([next_planned(group, now)[1], *(from_local(day, "00:00", group.zone) for day in days)])


def out_of_date(group: Group, now: datetime) -> bool:
    """Whether one that stands shows other settings than the group has, or a meeting, a pause or an end that has
    come."""
    past = group.panel_next is not None and group.panel_next <= now
    return group.panel is not None and (group.panel_shows != group.settings or past)


async def compose(entry: Entry, deps: Deps, now: datetime) -> OutgoingMessage | Drop:
    """Posted where the group has none (here), else redrawn. Dropped where it shows how things stand, or the group
    has gone on in another channel."""
    snapshot = await snapshot_of(entry, deps)
    group = snapshot.group
    message = panel(snapshot, next_planned(group, now)[1], now)
    what, _, _ = entry.subject.partition("#")
    if what == _begins(group):
        return OutgoingMessage(message, place=group.place)
    if not what or what.startswith(MOVED):
        return Drop("the group went on elsewhere")
    if group.panel is None or not out_of_date(group, now):
        return Drop("it shows how things stand")
    return OutgoingMessage(message, replaces=replace(group.panel, channel=group.place.channel))


async def sent(entry: Entry, ref: MessageRef, deps: Deps, now: datetime) -> None:
    """Where it stands, and which settings it shows: as they are, if the entry was to show these. Else it is owed
    still. And when it is next out of date."""

    _, _, shows = entry.subject.partition("#")  # an entry from before that was said has none

    def noted(group: Group | None) -> Group | None:
        if group is None:
            return None
        as_they_are = shows in ("", _in_short(group.settings))
        panel_shows = group.settings if as_they_are else group.panel_shows
        shown = replace(group, panel=ref, panel_at=group.panel_at or now, panel_shows=panel_shows)
        return replace(shown, panel_next=_next(group, now), panel_refused_at=None)

    stored = await deps.store.groups.change(entry.group_id, noted)
    if stored and stored.panel_shows != stored.settings:  # the look that was asked for may have come before this
        await deps.store.due.look_at(entry.group_id, now)
