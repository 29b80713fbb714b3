"""Between when a message that may have been sent is looked for in Slack."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.domain.outbox import Claimed

CLOCKS_APART = timedelta(minutes=15)
"""How far before the mark to look in Slack: our clock may have been stepped since."""


def sent_between(
    claimed: Claimed, marked_at: datetime, now: datetime, longest_call: timedelta
) -> tuple[datetime, datetime | None]:
    """Between when the message must stand if it is there. Our clock may have been stepped, or be another's, so the
    marks count by the wall clock of whoever made them, and by how long ago Redis says that was."""
    # Two clocks were noted at each mark, and neither is trusted alone: the widest span that both allow is looked
    # through, which costs pages of history, where a span that is too narrow would find nothing and post twice.
    begins, ends = [marked_at, now], [claimed.last_marked_at or now]
    if claimed.marked_ago and claimed.last_marked_ago:
        begins.append(now - claimed.marked_ago)
        ends.append(now - claimed.last_marked_ago)
    until = max(ends) + longest_call + CLOCKS_APART
    return min(begins) - CLOCKS_APART, until if claimed.last_marked_at else None
