"""Messages that apps left to be posted later. https://docs.slack.dev/reference/methods/chat.scheduleMessage"""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from playground.messages import Message

Json = dict[str, Any]
FURTHEST = timedelta(days=120)
WINDOW, MOST_IN_WINDOW = 300, 30
"""Seconds, and how many messages one channel takes in them."""


@dataclass(slots=True)
class Scheduled:
    """One message and when it is to be posted (Unix seconds).

    `mute` marks one with metadata, which never posts: Slack's own bug, named on the method's page.
    """

    id: str
    app_id: str
    post_at: int
    created: int
    message: Message
    mute: bool = False


@dataclass
class Schedule:
    """All scheduled messages of a world, by id."""

    pending: dict[str, Scheduled] = field(default_factory=dict)

    def of(self, app_id: str, team_id: str) -> list[Scheduled]:
        """What an app has scheduled in a workspace, the soonest first."""
        found = [one for one in self.pending.values() if one.app_id == app_id and one.message.team_id == team_id]
        return sorted(found, key=lambda one: (one.post_at, one.id))

    def full(self, channel_id: str, post_at: int) -> bool:
        """Whether a channel has as many messages as it takes within five minutes of that time."""
        slot = post_at // WINDOW
        near = [
            one
            for one in self.pending.values()
            if one.message.channel_id == channel_id and one.post_at // WINDOW == slot
        ]
        return len(near) >= MOST_IN_WINDOW
