"""Tokens that end after twelve hours, and what they are exchanged for: an app may have it switched on.

https://docs.slack.dev/authentication/using-token-rotation
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from playground.apps import App, Install
from playground.state import State

LASTS = timedelta(hours=12)
MOST_ACTIVE = 2


def renew(world: State, one: Install) -> None:
    """Another access token and another refresh token. The earlier access token works to its own end; of more than
    two the oldest stops at once."""
    now = world.clock.now()
    if one.expires_at:
        one.older[one.bot_token] = one.expires_at
    for token in list(one.older)[: len(one.older) - (MOST_ACTIVE - 1)]:
        world.revoked[token] = "token_expired"
        del one.older[token]
    one.bot_token = f"xoxe.xoxb-1-{world.new_id(one.team_id)}"
    one.refresh_token = f"xoxe-1-{world.new_id(one.team_id)}"
    one.expires_at = now + LASTS
    world.touch()


def by_refresh_token(app: App, token: str) -> Install | None:
    """Good for once: after it there is another."""
    return next((one for one in app.installs.values() if token and one.refresh_token == token), None)


def expired(one: Install, token: str, now: datetime) -> bool:
    end = one.older.get(token, one.expires_at)
    return end is not None and now >= end


def fields(one: Install, now: datetime) -> dict[str, Any]:
    """What an answer of oauth.v2.access says besides."""
    if one.expires_at is None:
        return {}
    return {"refresh_token": one.refresh_token, "expires_in": round((one.expires_at - now).total_seconds())}
