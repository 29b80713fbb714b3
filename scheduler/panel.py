"""The group's message in its channel: what this is, and Join. Redrawn where settings have changed, and where the
meeting that it names is over, or the pause, or the group. It says how things stand, which is no news, so it is owed
for as long as they stand so."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from msgspec.structs import replace

from bot.domain.channel_days import Turn
from bot.domain.due import Occurrence, post
from bot.domain.groups import Group, MessageRef, ended, paused
from bot.domain.hours import from_local
from bot.domain.outbox import Entry, Kind
from bot.domain.snapshot import GroupSnapshot
from bot.ports import Deps
from bot.usecases.groups import next_planned
from bot.usecases.retention import RETENTION
from bot.views.groups import panel
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
    more."""
    group = snapshot.group
    if group.panel_at is None:
        yield post(KIND, group, group.moved_at or group.begun_at, subject=_begins(group) or "", lasts=RETENTION)
    elif group.panel and group.panel_shows != group.settings:
        changed = max((change.at for change in snapshot.changes.values()), default=group.panel_at)
        undone = sum(change.objected_by is not None for change in snapshot.changes.values())
        # The role falls open, and a change is undone, by no change of settings; of openings one follows each.
        since = f"{'.open' if group.convenor is None else ''}{f'.undone{undone}' if undone else ''}"
        subject = f"{changed:%Y%m%dT%H%M%S%f}{since}"
        yield post(KIND, group, now if since else changed, subject=subject, lasts=RETENTION)
    elif group.panel and group.panel_next:
        yield post(KIND, group, group.panel_next, subject=f"{MET}{group.panel_next:%Y%m%dT%H%M}", lasts=RETENTION)


def _begins(group: Group) -> str | None:
    """Of the one that is posted; all others change it."""
    return f"{MOVED}{group.moved_at:%Y%m%dT%H%M%S%f}" if group.moved_at else None


def _next(group: Group, now: datetime) -> datetime | None:
    """When it no longer shows how things stand: the meeting that it names is over, or the pause, or the group."""
    if ended(group, now):
        return None
    days = [day for day in (group.paused_until if paused(group, now) else None, group.ends_on) if day]
    return min([next_planned(group, now)[1], *(from_local(day, "00:00", group.zone) for day in days)])


async def compose(entry: Entry, deps: Deps, now: datetime) -> OutgoingMessage | Drop:
    """Posted where the group has none (here), else redrawn. Dropped where it shows how things stand, or the group
    has gone on in another channel."""
    snapshot = await snapshot_of(entry, deps)
    group = snapshot.group
    message = panel(snapshot, next_planned(group, now)[1], now)
    if entry.subject == _begins(group):
        return OutgoingMessage(message, place=group.place)
    if entry.subject is None or entry.subject.startswith(MOVED):
        return Drop("the group went on elsewhere")
    past = group.panel_next is not None and group.panel_next <= now
    if group.panel is None or (group.panel_shows == group.settings and not past):
        return Drop("it shows how things stand")
    return OutgoingMessage(message, replaces=replace(group.panel, channel=group.place.channel))


async def sent(entry: Entry, ref: MessageRef, deps: Deps, now: datetime) -> None:
    """Where it stands, which settings it shows, and when it is next out of date. As of now: a change since it was
    drawn is taken to be shown."""

    def noted(group: Group | None) -> Group | None:
        if group is None:
            return None
        shown = replace(group, panel=ref, panel_at=group.panel_at or now, panel_shows=group.settings)
        return replace(shown, panel_next=_next(group, now))

    await deps.store.groups.change(entry.group_id, noted)
