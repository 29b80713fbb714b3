"""Who we are in the workspace whose token we hold."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.ports import SlackRefused
from bot.settings import CannotStart, Settings
from bot.slack.refusals import TOKEN, from_sdk

CHECK_TIMEOUT_S = 3.0
"""Whoever looks at `/healthz` rarely waits longer."""


@dataclass(frozen=True)
class Installation:
    """Between in one workspace, as auth.test describes it, and the token it speaks with there."""

    team_id: str
    team: str
    bot_id: str
    bot_user_id: str
    token: str = field(repr=False)
    scopes: frozenset[str]

    async def tokens(self, team_id: str) -> str:
        """The token to speak with in a workspace. LookupError for one where we are not installed."""
        if team_id != self.team_id:
            raise LookupError(team_id)
        return self.token


async def installed(settings: Settings, session: aiohttp.ClientSession) -> Installation:
    """Ask Slack, once. Raises CannotStart."""
    token = settings.slack_bot_token.get_secret_value()
    client = AsyncWebClient(token=token, base_url=settings.slack_api_url, session=session)
    try:
        answer = await client.auth_test()
        return installation(answer, token)
    except SlackApiError as error:
        raise CannotStart(not_accepted("SLACK_BOT_TOKEN", error)) from None
    except (aiohttp.ClientError, TimeoutError):
        raise CannotStart(unreachable(settings)) from None
    except (AttributeError, TypeError, ValueError, KeyError):  # slack_sdk, over an answer that is no JSON object
        raise CannotStart(not_slack(settings)) from None


def installation(answer: AsyncSlackResponse, token: str) -> Installation:
    """What auth.test says of a bot token, with the scopes that Slack names in a header."""
    scopes = str(answer.headers.get("x-oauth-scopes", ""))
    return Installation(
        team_id=str(answer["team_id"]),
        team=str(answer["team"]),
        bot_id=str(answer["bot_id"]),
        bot_user_id=str(answer["user_id"]),
        token=token,
        scopes=frozenset(scope.strip() for scope in scopes.split(",") if scope.strip()),
    )


@dataclass(frozen=True)
class TokenCheck:
    """Asks Slack whether it still takes our bot token."""

    session: aiohttp.ClientSession
    settings: Settings

    async def fault(self) -> str | None:
        """In a sentence; empty when it is taken; None when Slack gave no answer that tells."""
        token = self.settings.slack_bot_token.get_secret_value()
        client = AsyncWebClient(
            token=token, base_url=self.settings.slack_api_url, session=self.session, retry_handlers=[]
        )
        try:
            async with asyncio.timeout(CHECK_TIMEOUT_S):
                await client.auth_test()
        except SlackApiError as error:
            refusal = from_sdk(error)
            return not_accepted("SLACK_BOT_TOKEN", error) if refusal.code in TOKEN else None
        except (aiohttp.ClientError, TimeoutError, SlackRefused, AttributeError, TypeError, ValueError):
            return None
        return ""


def unreachable(settings: Settings) -> str:
    return f"Can't reach Slack at {settings.slack_api_url}; is this machine online?"


def not_slack(settings: Settings) -> str:
    return f"What answers at {settings.slack_api_url} is not Slack's Web API. Check SLACK_API_URL."


def not_accepted(name: str, error: SlackApiError) -> str:
    """Why Slack won't take a token; Slack's own code stands in brackets."""
    data = getattr(error.response, "data", None)
    if not isinstance(data, dict) or not data.get("error"):
        return f"Slack gave no proper answer when asked about {name}. Try again, and check SLACK_API_URL."
    return f"Slack does not accept {name} ({data['error']}). Copy it again from your Slack app's settings."
