"""Whether something can be put to all of a group just now, and until when what was put waits in a pause."""

from __future__ import annotations

from datetime import date, datetime

from bot.domain.groups import Group, ended, paused
from bot.domain.hours import to_local
from bot.domain.problems import Problem, ProblemCode


def require_not_ended(group: Group, now: datetime) -> None:
    """Raises Problem: nothing is posted any more."""
    if ended(group, now):
        raise Problem(ProblemCode.GROUP_ENDED, name=group.name)


def require_not_resting(group: Group, now: datetime) -> None:
    """For what begins at once. Raises Problem where the group has ended, or is paused."""
    require_not_ended(group, now)
    if group.paused_until and paused(group, now):
        today = to_local(now, group.zone).date()
        raise Problem(ProblemCode.GROUP_PAUSED, day=group.paused_until, today=today)


def rests_until(group: Group, now: datetime) -> date | None:
    """Of a group that is paused: the day on which it goes on, or ends before it does. None of any other."""
    if group.paused_until is None or not paused(group, now) or ended(group, now):
        return None
    return min(group.paused_until, group.ends_on or group.paused_until)
