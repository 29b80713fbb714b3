"""A new token for one that ends: https://docs.slack.dev/authentication/using-token-rotation"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import aiohttp

from bot.domain.installation import Tokens
from bot.ports import SlackRefused
from bot.settings import Settings
from bot.slack.refusals import lost, refused

GONE = ("invalid_refresh_token", "invalid_client_id", "bad_client_secret", "token_revoked", "token_expired")
"""No other attempt will do better: somebody must install us again, or mend the settings."""


async def renew(
    session: aiohttp.ClientSession, settings: Settings, now: Callable[[], datetime], refresh: str
) -> Tokens:
    """Raises SlackRefused. Sent once: a refresh token is good for one, and Slack allows a repetition for a
    moment."""
    form = {
        "grant_type": "refresh_token",
        "refresh_token": refresh,
        "client_id": settings.slack_client_id,
        "client_secret": settings.slack_client_secret.get_secret_value(),
    }
    # Before the call: the token's life counts from when Slack made it, and ours must not seem longer.
    at = now()
    try:
        async with session.post(f"{settings.slack_api_url}oauth.v2.access", data=form) as response:
            answer: dict[str, Any] = await response.json(content_type=None)
            code = "" if answer.get("ok") else str(answer.get("error") or "bad_answer")
            if code in GONE:
                raise SlackRefused(code, permanent=True)
            if code:
                raise refused(code, status=response.status, headers=response.headers)
            lasts = answer.get("expires_in")  # without it a token does not end
            return Tokens(
                bot=str(answer["access_token"]),
                refresh=str(answer.get("refresh_token") or ""),
                expires_at=at + timedelta(seconds=int(lasts)) if lasts else None,
            )
    except (aiohttp.ClientError, TimeoutError) as error:
        # Slack may have used it up, and the answer is lost. Nothing is stored, so the same refresh token goes again
        # with the next press, which Slack allows for a moment.
        raise lost(error) from None
    except (AttributeError, KeyError, TypeError, ValueError):
        raise refused("bad_answer") from None
