"""How often an app may call: by tier of method and workspace, and how often it may write in one channel.

https://docs.slack.dev/apis/web-api/rate-limits; the tiers are those of `slackapi/java-slack-sdk`,
`metadata/web-api/rate_limit_tiers.json`. Counted by the playground's clock. Slack allows short bursts and says of
no number how far; here there are none, but for `grace`.
"""

from __future__ import annotations

import math
from collections import deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
TIERS = {1: 1, 2: 20, 3: 50, 4: 100}
TIER_OF = {
    "apps.event.authorizations.list": 4,
    "auth.revoke": 3,
    "auth.teams.list": 2,
    "apps.uninstall": 1,
    "chat.delete": 3,
    "chat.deleteScheduledMessage": 3,
    "chat.postEphemeral": 4,
    "chat.scheduleMessage": 3,
    "chat.scheduledMessages.list": 3,
    "chat.update": 3,
    "conversations.archive": 2,
    "conversations.create": 2,
    "conversations.history": 3,
    "conversations.kick": 3,
    "conversations.rename": 2,
    "conversations.setPurpose": 2,
    "conversations.setTopic": 2,
    "conversations.info": 3,
    "conversations.join": 3,
    "conversations.leave": 3,
    "conversations.list": 2,
    "conversations.members": 4,
    "conversations.open": 3,
    "files.completeUploadExternal": 4,
    "files.delete": 3,
    "files.getUploadURLExternal": 4,
    "conversations.replies": 3,
    "oauth.v2.access": 4,
    "reactions.add": 3,
    "reactions.get": 3,
    "reactions.remove": 2,
    "team.info": 3,
    "users.conversations": 2,
    "users.info": 4,
    "users.list": 2,
    "users.lookupByEmail": 3,
    "users.profile.get": 4,
    "views.open": 4,
    "views.publish": 4,
    "views.push": 4,
    "views.update": 4,
}
#: Methods with a number of their own, a minute. `chat.postMessage`: "several hundred messages" a workspace.
#: `apps.connections.open` is Tier 1, which would keep an app from opening the ten connections it may have.
SPECIAL = {
    "apps.connections.open": 10,
    "auth.test": 600,
    "chat.getPermalink": 600,
    "chat.postMessage": 300,
    "apps.event.authorizations.list": 600,
}


@dataclass
class Limits:
    """What an app may do in a minute, and the count of what it did. Set as `world.limits`; None has no limits."""

    tiers: dict[int, int] = field(default_factory=lambda: dict(TIERS))
    special: dict[str, int] = field(default_factory=lambda: dict(SPECIAL))
    channel_gap: float = 1.0
    """Seconds between two messages in one channel."""
    grace: float = 0.1
    """Seconds by which a message may come too early: the network is not a clock."""
    events_an_hour: int = 30_000
    _past: dict[tuple[str, ...], deque[datetime]] = field(default_factory=dict)
    _last: dict[tuple[str, str], datetime] = field(default_factory=dict)

    def a_minute(self, method: str) -> int | None:
        """How many calls of this method a minute an app has in one workspace; None if nothing is known."""
        if method in self.special:
            return self.special[method]
        tier = TIER_OF.get(method)
        return self.tiers[tier] if tier else None

    def call(self, app_id: str, team_id: str, method: str, now: datetime) -> int:
        """Count a call. Returns the seconds to wait if there were too many (it then does not count), else 0."""
        most = self.a_minute(method)
        return self._spend(("call", app_id, team_id, method), most, MINUTE, now) if most is not None else 0

    def event(self, app_id: str, team_id: str, now: datetime) -> int:
        """Count an event delivery, in the same way, by the hour."""
        return self._spend(("event", app_id, team_id), self.events_an_hour, HOUR, now)

    def message(self, app_id: str, channel_id: str, now: datetime) -> int:
        """Count a message in a channel: one a second."""
        last = self._last.get((app_id, channel_id))
        if last is not None and last <= now:
            left = self.channel_gap - (now - last).total_seconds()
            if left > self.grace:
                return max(1, math.ceil(left))
        self._last[app_id, channel_id] = now
        return 0

    def _spend(self, key: tuple[str, ...], most: int, window: timedelta, now: datetime) -> int:
        past = self._past.setdefault(key, deque())
        while past and (past[0] <= now - window or past[0] > now):
            past.popleft()  # Too long ago, or the clock was put back.
        if len(past) < most:
            past.append(now)
            return 0
        oldest = past[0] if past else now
        return max(1, math.ceil((oldest + window - now).total_seconds()))
