"""What Slack says of a token: which workspace it opens, as whom, and whether it is still taken."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.domain.installation import Installation
from bot.domain.trouble import KEYLESS
from bot.ports import SlackRefused
from bot.settings import CannotStart, Settings
from bot.slack.refusals import from_sdk

CHECK_TIMEOUT_S = 3.0
"""Whoever looks at `/healthz` rarely waits longer."""

TOKENS_AT_ONCE = 8
"""Asked about in one look: of a hundred workspaces all have had their turn after thirteen."""


class TokenRefused(CannotStart):
    """Slack does not take the token in the settings. Others may go on without it."""


async def installed(settings: Settings, session: aiohttp.ClientSession, now: datetime) -> Installation | None:
    """The workspace of SLACK_BOT_TOKEN; Slack is asked, once. None where none is set. Raises CannotStart."""
    token = settings.slack_bot_token.get_secret_value()
    if not token:
        return None
    client = AsyncWebClient(token=token, base_url=settings.slack_api_url, session=session)
    try:
        answer = await client.auth_test()
        return of_env(answer, now)
    except SlackApiError as error:
        raise TokenRefused(not_accepted("SLACK_BOT_TOKEN", error)) from None
    except (aiohttp.ClientError, TimeoutError):
        raise CannotStart(unreachable(settings)) from None
    except (AttributeError, TypeError, ValueError, KeyError):  # slack_sdk, over an answer that is no JSON object
        raise CannotStart(not_slack(settings)) from None


def of_env(answer: AsyncSlackResponse, now: datetime) -> Installation:
    """What auth.test says of the token in the settings, with the scopes that Slack names in a header."""
    org_wide = bool(answer.get("is_enterprise_install"))
    enterprise = str(answer.get("enterprise_id") or "")
    return Installation(
        key=enterprise if org_wide and enterprise else str(answer["team_id"]),
        name=str(answer["team"]),
        bot_id=str(answer["bot_id"]),
        bot_user_id=str(answer["user_id"]),
        scopes=held_scopes(answer),
        enterprise_id=enterprise,
        org_wide=org_wide and bool(enterprise),
        from_env=True,
        installed_at=now,
    )


def held_scopes(answer: AsyncSlackResponse) -> tuple[str, ...]:
    """By the header of any answer to a call with that token, in alphabetical order; empty where Slack sends
    none."""
    listed = str(answer.headers.get("x-oauth-scopes", "")).split(",")
    return tuple(sorted({scope.strip() for scope in listed if scope.strip()}))


@dataclass
class TokenCheck:
    """Asks Slack whether it still takes our bot tokens: the one in the settings, and those of workspaces that
    installed us. So many at a time, each in turn; what it last said of the others stands."""

    session: aiohttp.ClientSession
    settings: Settings
    installations: Callable[[], Awaitable[dict[str, Installation]]]
    token_of: Callable[[Installation], Awaitable[str]]
    """Renews it where it is about to end, so only those that are asked about are fetched."""
    _known: dict[str, str] = field(default_factory=dict)
    _next: int = 0

    async def fault(self) -> str | None:
        """In a sentence; empty when all are taken, or there is none to be; None when Slack gave no answer that
        tells."""
        others = {key: one for key, one in (await self.installations()).items() if not one.from_env}
        own = self.settings.slack_bot_token.get_secret_value()
        keys = ["", *others] if own else [*others]  # that of the settings is mended there
        asked = [keys[(self._next + n) % len(keys)] for n in range(min(len(keys), TOKENS_AT_ONCE))]
        self._next += len(asked)
        tokens = {key: await self.token_of(others[key]) if key else own for key in asked}
        found = await asyncio.gather(*(self._fault_of(key, token) for key, token in tokens.items()))
        told = {key: fault for key, fault in zip(asked, found, strict=True) if fault is not None}
        self._known = {key: fault for key, fault in (self._known | told).items() if key in keys}
        dead = [fault for fault in self._known.values() if fault]
        if dead:
            return f"{dead[0]} So it is of {len(dead) - 1} more." if len(dead) > 1 else dead[0]
        return "" if told or not keys else None

    async def _fault_of(self, key: str, token: str) -> str | None:
        client = AsyncWebClient(
            token=token, base_url=self.settings.slack_api_url, session=self.session, retry_handlers=[]
        )
        try:
            async with asyncio.timeout(CHECK_TIMEOUT_S):
                await client.auth_test()
        except SlackApiError as error:
            if (code := from_sdk(error).code) not in KEYLESS:
                return None
            if key:
                return f"Slack does not accept the token of workspace {key} ({code}). Install Between there again."
            return not_accepted("SLACK_BOT_TOKEN", error)
        except (aiohttp.ClientError, TimeoutError, SlackRefused, AttributeError, TypeError, ValueError):
            return None
        return ""


def unreachable(settings: Settings) -> str:
    """For whoever starts the bot, in a sentence."""
    return f"Can't reach Slack at {settings.slack_api_url}; is this machine online?"


def not_slack(settings: Settings) -> str:
    """For whoever starts the bot, in a sentence."""
    return f"What answers at {settings.slack_api_url} is not Slack's Web API. Check SLACK_API_URL."


def not_accepted(name: str, error: SlackApiError) -> str:
    """Why Slack won't take a token; Slack's own code stands in brackets."""
    data = getattr(error.response, "data", None)
    if not isinstance(data, dict) or not data.get("error"):
        return f"Slack gave no proper answer when asked about {name}. Try again, and check SLACK_API_URL."
    return f"Slack does not accept {name} ({data['error']}). Copy it again from your Slack app's settings."
