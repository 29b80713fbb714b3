"""Calls that come too fast: HTTP 429, with the seconds to wait.

https://docs.slack.dev/apis/web-api/rate-limits
"""

from playground.api.registry import Call, Refusal
from playground.messages import Channel


class RateLimited(Refusal):
    """Too many calls; the same method may be called again after `seconds`."""

    def __init__(self, seconds: int) -> None:
        super().__init__("ratelimited")
        self.seconds = seconds


def pace_call(call: Call) -> None:
    """Refuse a call when the app has made too many of its method in this workspace."""
    limits = call.world.limits
    if limits is None or call.app is None:
        return
    team_id = call.install.team_id if call.install else ""
    _refuse(limits.call(call.app.id, team_id, call.method, call.world.clock.now()))


def pace_channel(call: Call, channel: Channel) -> None:
    """Refuse a message that follows the last one in this channel too closely."""
    limits = call.world.limits
    if limits is not None and call.app is not None:
        _refuse(limits.message(call.app.id, channel.id, call.world.clock.now()))


def _refuse(seconds: int) -> None:
    if seconds:
        raise RateLimited(seconds)
