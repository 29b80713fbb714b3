"""Slack: whether it takes our tokens, and whether they may do what the manifest asks for."""

from __future__ import annotations

from collections.abc import Iterable
from email.utils import parsedate_to_datetime
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.doctor.findings import Finding, mend, note, well
from bot.doctor.machine import Clock, clock
from bot.domain.installation import Installation
from bot.manifest import PATH, SCOPES
from bot.settings import Settings
from bot.slack.installation import held_scopes, not_accepted, not_slack, unreachable
from bot.slack.oauth import BACK_PATH, INSTALL_PATH
from bot.slack.refusals import from_sdk


async def tokens(settings: Settings, session: aiohttp.ClientSession, now: Clock) -> list[Finding]:
    """Ask Slack about each token there is; the bot's own scopes and Slack's clock come with the answer."""
    try:
        return [
            *await _bot_token(settings, session, now),
            await _way_in(settings, session),
            *_install_pages(settings),
        ]
    except (aiohttp.ClientError, TimeoutError):
        return [mend(unreachable(settings))]
    except (AttributeError, TypeError, ValueError, KeyError):  # slack_sdk, over an answer that is no JSON object
        return [mend(not_slack(settings))]


async def time(settings: Settings, session: aiohttp.ClientSession, now: Clock) -> list[Finding]:
    """Slack's clock alone, for which no token is needed."""
    client = AsyncWebClient(base_url=settings.slack_api_url, session=session)
    try:
        return _told_time((await client.api_test()).headers, now)
    except SlackApiError as error:
        return _told_time(getattr(error.response, "headers", {}), now)
    except (aiohttp.ClientError, TimeoutError):
        return [mend(unreachable(settings))]
    except (AttributeError, TypeError, ValueError, KeyError):  # as above
        return [mend(not_slack(settings))]


async def _bot_token(settings: Settings, session: aiohttp.ClientSession, now: Clock) -> list[Finding]:
    token = settings.slack_bot_token.get_secret_value()
    if not token:
        told = await time(settings, session, now)
        return [well("SLACK_BOT_TOKEN is not set: each workspace installs Between by OAuth"), *told]
    client = AsyncWebClient(token=token, base_url=settings.slack_api_url, session=session)
    try:
        answer = await client.auth_test()
    except SlackApiError as error:
        headers = getattr(error.response, "headers", {})
        return [mend(not_accepted("SLACK_BOT_TOKEN", error)), *_told_time(headers, now)]
    found = [well(f"SLACK_BOT_TOKEN: Between in {answer['team']}"), *scopes(frozenset(held_scopes(answer)))]
    return found + _told_time(answer.headers, now)


async def stored_tokens(
    settings: Settings, session: aiohttp.ClientSession, installed: Iterable[Installation]
) -> list[Finding]:
    """Whether Slack takes the token of each workspace that installed Between, and what it may not do."""
    found: list[Finding] = []
    for one in installed:
        client = AsyncWebClient(token=one.tokens.bot, base_url=settings.slack_api_url, session=session)
        where = f"{one.key} {one.name}"
        try:
            answer = await client.auth_test()
        except SlackApiError as error:
            code = from_sdk(error).code
            if code == "token_expired" and one.tokens.refresh and not one.renewal_refused:
                found.append(note(f"The token of {where} has ended; Between renews it when it next runs"))
            else:
                found.append(
                    mend(f"Slack does not take the token of {where} ({code}). Install Between there again.")
                )
            continue
        except (aiohttp.ClientError, TimeoutError, AttributeError, TypeError, ValueError):
            return [*found, mend(unreachable(settings))]
        held = held_scopes(answer)
        if lacking := [scope.name for scope in SCOPES if scope.name not in held and not scope.optional]:
            found.append(mend(f"{where} lacks {', '.join(lacking)}. Install Between there again."))
        else:
            found.append(well(f"The token of {where} is taken"))
    return found


def scopes(held: frozenset[str]) -> list[Finding]:
    """The scopes a token holds, against those we need; also those we never asked for."""
    found = []
    for scope in SCOPES:
        if scope.name in held:
            continue
        if scope.optional:
            found.append(note(f"Without the scope {scope.name} Between can't {scope.why}. It works all the same."))
        else:
            found.append(
                mend(
                    f"The scope {scope.name} is missing, to {scope.why}. "
                    "Add it under OAuth & Permissions; reinstall."
                )
            )
    if extra := sorted(held - {scope.name for scope in SCOPES}):
        found.append(note(f"The token may do more than Between needs: {', '.join(extra)}. Take these scopes away."))
    return found or [well(f"Scopes: all {len(SCOPES)} and no other")]


async def _way_in(settings: Settings, session: aiohttp.ClientSession) -> Finding:
    if not settings.socket_mode:
        return note(
            f"Slack must reach http://{settings.http_host}:{settings.port}{PATH} from outside, through an https:// "
            "address that your manifest names. The doctor can't see that from here."
        )
    client = AsyncWebClient(base_url=settings.slack_api_url, session=session)
    try:
        await client.apps_connections_open(app_token=settings.slack_app_token.get_secret_value())
    except SlackApiError as error:
        return mend(not_accepted("SLACK_APP_TOKEN", error) + " It needs the scope connections:write.")
    return well("SLACK_APP_TOKEN: Socket Mode opens")


def _install_pages(settings: Settings) -> list[Finding]:
    """Where workspaces install us by OAuth: what nobody finds out before somebody opens the link."""
    if not settings.installable:
        return []
    here = f"http://{settings.http_host}:{settings.port}"
    return [
        note(
            f"Browsers must reach {here}{INSTALL_PATH} and {here}{BACK_PATH} as {settings.between_url}, which your "
            "manifest names too. The doctor can't see that from here."
        )
    ]


def _told_time(headers: Any, now: Clock) -> list[Finding]:
    """Slack's clock, as its answer told it."""
    try:
        theirs = parsedate_to_datetime(headers.get("Date", ""))
    except (TypeError, ValueError):
        return []
    return [clock("Slack's", theirs, now())]
