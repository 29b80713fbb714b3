"""Whether something can be put to all of a group just now."""

from __future__ import annotations

from datetime import datetime

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
