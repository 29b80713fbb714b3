"""A digest of which nobody can tell whether it is in the channel: Slack did not answer, and we may not look."""

from __future__ import annotations

from datetime import datetime

from msgspec.structs import replace

from bot.domain.groups import Group
from bot.domain.problems import Problem, ProblemCode
from bot.domain.rounds import Round, called_off, news_until


def unconfirmed(round: Round, now: datetime) -> Round:
    """It is not sent again by itself: the group would read it twice. Held up, as one that Slack refused: what it
    says is news until they meet."""
    return replace(round, unconfirmed_at=round.unconfirmed_at or now, held_up=True)


def may_post_again(round: Round, group: Group, now: datetime) -> bool:
    """Whether somebody who has looked in the channel can have it posted again, while it is news."""
    return (
        round.unconfirmed_at is not None and not called_off(round, group) and now < news_until(round, group.trouble)
    )


def posted_again(round: Round, group: Group, now: datetime) -> Round:
    """Due anew, under another name. Raises Problem where it is no news any more; pressed twice is pressed once."""
    if round.unconfirmed_at is None:
        return round
    if not may_post_again(round, group, now):
        raise Problem(ProblemCode.DIGEST_TOO_LATE)
    late_at = now if round.late_at else None
    return replace(round, unconfirmed_at=None, told_unconfirmed=False, late_at=late_at, attempt=round.attempt + 1)
