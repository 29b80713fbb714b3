"""A change of a group's settings: whether a form was filled before it; and what goes back as somebody objects to
it, which is what it changed and nothing else, as long as that has not been."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import TypeVar

from msgspec.structs import replace

from bot.domain.groups import Group, GroupSettings, SettingsChange
from bot.domain.hours import from_local
from bot.domain.meetings import meeting_at
from bot.domain.rhythm import Moved
from bot.domain.snapshot import GroupSnapshot

ALONE = ("name", "nation", "convenor", "paused_until", "ends_on")
"""Settings that stand by themselves."""

PLAN = "plan"
"""When they meet and when they are written to: these are checked together, and meetings that moved or won't be are
days of it."""

T = TypeVar("T", Moved, date)


def edition(group: Group) -> str:
    """Which settings these are, for a form to keep what it was filled with: the id of the last change."""
    return group.changes[-1] if group.changes else "first"


def touched(change: SettingsChange) -> frozenset[str]:
    """The parts of the settings that it changed."""
    before, after = _parts(change.before), _parts(change.after)
    return frozenset(part for part in {*before, *after} if before.get(part) != after.get(part))


def put_back(group: Group, change: SettingsChange, changes: Mapping[str, SettingsChange]) -> GroupSettings | None:
    """The settings with what it changed as it was. None where that has been changed again since, be it to the same;
    `changes`: those on record."""
    if group.settings == change.after and group.changes[-1:] in ((), (change.id,)):
        return change.before  # a group's oldest changes were made before it kept their ids
    if change.id not in group.changes:
        return None
    since = [changes.get(id_) for id_ in group.changes[group.changes.index(change.id) + 1 :]]
    if any(one is None or _meets(touched(one), touched(change)) for one in since):
        return None
    now, after = _parts(group.settings), _parts(change.after)
    stands = all(now.get(part) == after.get(part) for part in touched(change))
    return _with_parts(group.settings, change) if stands else None


def is_put_back(group: Group, change: SettingsChange, changes: Mapping[str, SettingsChange]) -> bool:
    """By another press, of a moment ago or of a bot that died before it noted the objection. What was changed after
    it, and came to the same, is no objection."""
    parts, now, before = touched(change), _parts(group.settings), _parts(change.before)
    since = [one for id_, one in changes.items() if id_ in group.changes and one.at > change.at]
    later = any(_meets(touched(one), parts) for one in since)
    as_before = all(now.get(part) == before.get(part) for part in parts)
    return as_before and change.id not in group.changes and not later


def untold_end(snapshot: GroupSnapshot) -> SettingsChange | None:
    """The change by which the group is to end, where its channel has not been told."""
    group = snapshot.group
    untold = (one for one in snapshot.changes.values() if one.announced_at is None and one.id in group.changes)
    return next((one for one in untold if group.ends_on and one.after.ends_on == group.ends_on), None)


def over_at(change: SettingsChange) -> datetime | None:
    """From when on all that it changed has been: the meeting it was about, where it was or where it went; the day
    on which a pause, or the group, ended. Put back then, it would say of a day that is past how it is to be. None
    where any of it holds until it is changed."""
    moments = [_comes(change, part) for part in touched(change)]
    ahead = [moment for moment in moments if moment and moment > change.at]
    return max(ahead, default=None) if len(ahead) == len(moments) else None


def over(change: SettingsChange, now: datetime) -> bool:
    """Whether that moment has come."""
    at = over_at(change)
    return at is not None and at <= now


def can_object(group: Group, change: SettingsChange, changes: Mapping[str, SettingsChange], now: datetime) -> bool:
    """Whether somebody who objects to it now would be heard."""
    if is_put_back(group, change, changes):
        return True  # by a press that has not noted whose it was
    return not over(change, now) and put_back(group, change, changes) is not None


def _comes(change: SettingsChange, part: str) -> datetime | None:
    """When that part has been, on a day; None for what holds until it is changed."""
    before, after = change.before, change.after
    if part.startswith("day "):
        planned = date.fromisoformat(part.split()[1])
        return min(meeting_at(each.rhythm, each.zone, planned) for each in (before, after))
    days = [getattr(each, part) for each in (before, after)] if part in ("paused_until", "ends_on") else []
    last = max(filter(None, days), default=None)
    return from_local(last, "00:00", after.zone) if last else None


def _parts(settings: GroupSettings) -> dict[str, object]:
    """What can be put back by itself; each meeting that moved or won't be is one."""
    rhythm = settings.rhythm
    return {
        **{name: getattr(settings, name) for name in ALONE},
        PLAN: (settings.zone, replace(rhythm, moved=(), skipped=(), nudge=True)),
        "nudge": rhythm.nudge,
        "questions": (settings.questions, settings.same_question),
        **{f"day {one.planned} moved": one for one in rhythm.moved},
        **{f"day {one} skipped": True for one in rhythm.skipped},
    }


def _meets(some: frozenset[str], others: frozenset[str]) -> bool:
    """Whether they have to do with each other."""
    when = [any(part == PLAN or part.startswith("day ") for part in each) for each in (some, others)]
    return bool(some & others) or (PLAN in some | others and all(when))


def _with_parts(now: GroupSettings, change: SettingsChange) -> GroupSettings:
    parts, before, after = touched(change), change.before, change.after
    rhythm, zone = now.rhythm, now.zone
    if PLAN in parts:
        rhythm, zone = replace(before.rhythm, nudge=now.rhythm.nudge), before.zone
    moved = _back(now.rhythm.moved, before.rhythm.moved, after.rhythm.moved)
    skipped = _back(now.rhythm.skipped, before.rhythm.skipped, after.rhythm.skipped)
    nudge = before.rhythm.nudge if "nudge" in parts else now.rhythm.nudge
    asks = before if "questions" in parts else now
    return replace(
        now,
        **{name: getattr(before, name) for name in ALONE if name in parts},
        zone=zone,
        rhythm=replace(rhythm, moved=moved, skipped=skipped, nudge=nudge),
        questions=asks.questions,
        same_question=asks.same_question,
    )


def _back(now: tuple[T, ...], before: tuple[T, ...], after: tuple[T, ...]) -> tuple[T, ...]:
    stay = tuple(one for one in now if one in before or one not in after)
    return stay + tuple(one for one in before if one not in after)
