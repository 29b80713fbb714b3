"""Bolt, set up so that a listener saves before it acknowledges, and nothing Slack sends goes unanswered."""

from __future__ import annotations

import functools
import logging
import re
from collections.abc import Awaitable, Callable

import aiohttp
import structlog
from slack_bolt.async_app import AsyncApp, AsyncBoltContext
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.response import BoltResponse
from slack_sdk.web.async_client import AsyncWebClient

from bot.ports import Deps
from bot.settings import Settings
from bot.slack.installation import Installation

log = structlog.get_logger()


def build(settings: Settings, session: aiohttp.ClientSession, installation: Installation, deps: Deps) -> AsyncApp:
    """An app without listeners. Each gets `deps` by that name.

    `process_before_response` runs a listener to its end before Slack is answered: what it saves is saved, and an
    event whose listener fails is not acknowledged, so that Slack sends it again.
    """
    app = AsyncApp(
        name="between",
        logger=_quiet_logger(),
        client=AsyncWebClient(base_url=settings.slack_api_url, session=session, retry_handlers=[]),
        authorize=functools.partial(_authorize, installation),
        signing_secret=settings.slack_signing_secret.get_secret_value(),
        process_before_response=True,
    )
    app.use(functools.partial(_hand_over, deps))
    app.error(_last_resort)
    return app


def catch_the_rest(app: AsyncApp) -> None:
    """To be called after all listeners: events we don't use are acknowledged, else Slack sends them again and
    in the end stops sending any."""
    app.event(re.compile(".*"))(_not_ours)


def _quiet_logger() -> logging.Logger:
    """Bolt's own loggers take their level from this one and not from the root: below a warning they log bodies."""
    logger = logging.getLogger("slack_bolt")
    logger.setLevel(logging.WARNING)
    logger.addFilter(_worth_saying)
    return logger


def _worth_saying(record: logging.LogRecord) -> bool:
    """Bolt reads SLACK_BOT_TOKEN by itself, and would warn that it is not used: it is, by us."""
    return "`token` will be unused" not in record.getMessage()


async def _authorize(installation: Installation, user_id: str | None) -> AuthorizeResult:
    """Every request belongs to the one installation there is. auth.test was called at the start, not for each."""
    return AuthorizeResult(
        enterprise_id=None,
        team_id=installation.team_id,
        bot_id=installation.bot_id,
        bot_user_id=installation.bot_user_id,
        bot_token=installation.token,
        user_id=user_id,
    )


async def _hand_over(deps: Deps, context: AsyncBoltContext, next: Callable[[], Awaitable[None]]) -> None:
    context["deps"] = deps
    await next()


async def _not_ours(event: dict[str, object]) -> None:
    log.debug("an event we don't use", event_type=event.get("type"))


async def _last_resort(error: Exception) -> BoltResponse:
    """What is left when `handlers` set no error handler of their own."""
    log.error("a listener failed", exc_info=error)
    return BoltResponse(status=500)
