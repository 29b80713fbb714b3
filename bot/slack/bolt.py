"""Bolt, set up so that a listener saves before it acknowledges, and nothing Slack sends goes unanswered."""

from __future__ import annotations

import logging
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import aiohttp
import structlog
from slack_bolt.async_app import AsyncApp, AsyncBoltRequest
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.authorization.async_authorize import AsyncAuthorize
from slack_bolt.middleware.async_middleware import AsyncMiddleware
from slack_bolt.oauth.async_oauth_flow import AsyncOAuthFlow
from slack_bolt.response import BoltResponse
from slack_sdk.web.async_client import AsyncWebClient

from bot.ports import Deps, SlackRefused
from bot.settings import Settings
from bot.slack.installation_book import InstallationBook

log = structlog.get_logger()


def build(
    settings: Settings,
    session: aiohttp.ClientSession,
    book: InstallationBook,
    deps: Deps,
    *,
    oauth: AsyncOAuthFlow | None = None,
) -> AsyncApp:
    """An app without listeners. Each gets `deps` by that name. The flow of `oauth` is handed over so that Bolt
    makes none of its own from the environment.

    `process_before_response` runs a listener to its end before Slack is answered: what it saves is saved, and an
    event whose listener fails is not acknowledged, so that Slack sends it again.
    """
    # Bolt's own loggers take their level from this one and not from the root: below a warning they log bodies.
    logger = logging.getLogger("slack_bolt")
    logger.setLevel(logging.WARNING)
    # Bolt reads SLACK_BOT_TOKEN by itself, and would warn that it is not used: it is, by us.
    logger.addFilter(lambda record: "`token` will be unused" not in record.getMessage())
    app = AsyncApp(
        name="between",
        logger=logger,
        client=AsyncWebClient(base_url=settings.slack_api_url, session=session, retry_handlers=[]),
        authorize=_Authorize(book),  # taken as it is, also beside a flow
        oauth_flow=oauth,
        signing_secret=settings.slack_signing_secret.get_secret_value(),
        request_verification_enabled=False,  # `http` did it before anything was parsed; a socket needs none
        # Bolt's default acks an event before its listener has run: a crash in between loses it.
        process_before_response=True,
        raise_error_for_unhandled_request=True,  # to our handler of errors, in place of nine lines in the log
    )
    app.use(_HandOver(deps, book))
    app.error(_last_resort)
    return app


def catch_the_rest(app: AsyncApp) -> None:
    """To be called after all listeners: events we don't use are acknowledged, else Slack sends them again and
    in the end stops sending any."""
    app.event(re.compile(".*"))(_not_ours)


@dataclass(eq=False)
class _Authorize(AsyncAuthorize):
    """Whose installation a request belongs to. auth.test was called once, when the workspace installed us, or at
    the start for the token in the settings; Bolt would call it for each request."""

    _book: InstallationBook

    async def __call__(
        self,
        *,
        enterprise_id: str | None,
        team_id: str | None,
        user_id: str | None,
        **_: object,
    ) -> AuthorizeResult:
        found = await self._book.find(enterprise_id, team_id)
        if found is None:
            # For None, Bolt would say so itself, at whatever address the payload names.
            raise SlackRefused("not_installed", permanent=True)
        return AuthorizeResult(
            enterprise_id=found.enterprise_id or None,
            team_id=team_id if found.org_wide else found.key,
            bot_id=found.bot_id,
            bot_user_id=found.bot_user_id,
            bot_token=await self._book.token_of(found),
            user_id=user_id,
        )


@dataclass(eq=False)
class _HandOver(AsyncMiddleware):
    """Events that come to a whole organisation's installation name its workspace beside that, where Bolt does not
    look: it is met by that, so that we can speak there."""

    _deps: Deps
    _book: InstallationBook

    async def async_process(
        self, *, req: AsyncBoltRequest, next: Callable[[], Awaitable[BoltResponse]], **_: object
    ) -> BoltResponse:
        """Before any listener: whose workspace it is, and `deps`."""
        context, body = req.context, req.body
        organisation = context.enterprise_id if context.team_id is None else None
        if organisation:
            named = [one for one in (body.get("context_team_id"), body.get("team_id")) if isinstance(one, str)]
            if team_ids := [one for one in named if one not in ("", organisation)]:
                # Noted before the listener runs: it may write to somebody there, by the workspace's id alone.
                await self._book.find(organisation, team_ids[0])
                context["team_id"] = team_ids[0]
        context["deps"] = self._deps
        return await next()


async def _not_ours(event: dict[str, object]) -> None:
    log.debug("an event we don't use", event_type=event.get("type"))


async def _last_resort(error: Exception) -> BoltResponse:
    """What is left when `handlers` set no error handler of their own."""
    log.error("a listener failed", exc_info=error)
    return BoltResponse(status=500)
