"""Installing by OAuth: Bolt's own flow over our stores, and who is let in before anything is saved."""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

import aiohttp
import structlog
from aiohttp import web
from slack_bolt.error import BoltError
from slack_bolt.oauth.async_callback_options import AsyncCallbackOptions, AsyncFailureArgs, AsyncSuccessArgs
from slack_bolt.oauth.async_oauth_flow import AsyncOAuthFlow
from slack_bolt.oauth.async_oauth_settings import AsyncOAuthSettings
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.errors import SlackApiError
from slack_sdk.oauth.installation_store import Installation as SdkInstallation
from slack_sdk.oauth.state_store.async_state_store import AsyncOAuthStateStore
from slack_sdk.web.async_client import AsyncWebClient
from yarl import URL

from bot.domain.installation import Installation
from bot.ports import StoreDown, Tickets
from bot.settings import Settings
from bot.slack.installation_store import RecordInstallationStore, of_sdk

INSTALL_PATH, BACK_PATH = "/slack/install", "/slack/oauth_redirect"
STATE_LIFE = timedelta(minutes=10)
STATE = "state"
MOST_BEGUN = 600
"""Within a state's life: anybody may open the page, and each opening is kept for that long."""

log = structlog.get_logger()


class NotInvited(BoltError):
    """A workspace that may not install us; nothing of it was saved."""


@dataclass(frozen=True)
class InstallPages:
    """What the browser shows. `failed` takes one of `REASONS`, or Slack's own code."""

    done: Callable[[str], str]
    failed: Callable[[str], str]


REASONS = (
    *("access_denied", "invalid_browser", "invalid_state", "missing_code", "invalid_code"),
    *("not_invited", "store_down", "slack_down", "too_many"),
)

Admit = Callable[[Installation, str], Awaitable[bool]]
"""Whether a workspace may install us, by its id or by an invitation, which is then used up."""


@dataclass(eq=False)
class OneTimeStates(AsyncOAuthStateStore):
    """OAuth's `state`: good for one callback, for ten minutes. What stands after its dot is the invitation that
    the installer came with: nobody can change it, since only the whole of it is known."""

    _tickets: Tickets

    async def async_issue(self, invitation: str = "") -> str:
        """Raises StoreDown; then nobody gets a state."""
        state = f"{secrets.token_urlsafe(24)}.{invitation}"
        # Kept before the browser has it: whoever comes back is known, whichever process they come to.
        await self._tickets.issue(STATE, state, STATE_LIFE)
        return state

    async def async_consume(self, state: str) -> bool:
        """True once, within ten minutes. Of two callbacks with one state, one goes on."""
        return bool(await self._tickets.redeem(STATE, state))


class InstallFlow(AsyncOAuthFlow):
    """Bolt's flow. The sequence: consent at Slack, the browser's cookie and the state compared, the code exchanged,
    the workspace let in or not, the installation saved. Whoever dies before the last leaves nothing but a token
    that nobody has; whoever installs again gets it anew."""

    def __init__(
        self,
        settings: Settings,
        session: aiohttp.ClientSession,
        store: RecordInstallationStore,
        tickets: Tickets,
        scopes: tuple[str, ...],
        admit: Admit,
        pages: InstallPages,
    ) -> None:
        self._admit, self._pages, self._states = admit, pages, OneTimeStates(tickets)
        self._store = store
        self._begun_s: deque[float] = deque(maxlen=MOST_BEGUN)
        # Bolt warns of a code that Slack did not take, with the code; the page says it, and we log that it failed.
        logger = logging.getLogger("slack_bolt.oauth")
        logger.setLevel(logging.ERROR)
        super().__init__(
            client=AsyncWebClient(base_url=settings.slack_api_url, session=session, retry_handlers=[]),
            logger=logger,
            settings=AsyncOAuthSettings(
                client_id=settings.slack_client_id,
                client_secret=settings.slack_client_secret.get_secret_value(),
                scopes=list(scopes),
                user_scopes=[],
                redirect_uri=settings.between_url + BACK_PATH,
                install_path=INSTALL_PATH,
                redirect_uri_path=BACK_PATH,
                install_page_rendering_enabled=False,
                authorization_url=str(URL(settings.slack_api_url).origin() / "oauth/v2/authorize"),
                installation_store=store,
                state_store=self._states,
                state_expiration_seconds=int(STATE_LIFE.total_seconds()),
                callback_options=AsyncCallbackOptions(success=self._done, failure=self._failed),
            ),
        )

    async def issue_new_state(self, request: AsyncBoltRequest) -> str:
        """With the invitation of the address; one that can't be an invitation counts as none."""
        (invitation, *_) = request.query.get("invitation", [""])
        return await self._states.async_issue(invitation if invitation.isalnum() and len(invitation) <= 64 else "")

    async def store_installation(self, request: AsyncBoltRequest, installation: SdkInstallation) -> None:
        """Raises NotInvited where it is not let in, and leaves the workspace again as far as Slack lets us."""
        (state, *_) = request.query.get("state", [""])
        record = of_sdk(installation, self._store.now())
        # Before anything is saved, since anybody may open the address. An invitation is used up by this: who dies
        # between it and the save needs another.
        if not await self._admit(record, state.partition(".")[2]):
            log.warning("a workspace that is not invited", team=record.key)
            await self._go_away(installation)
            raise NotInvited(record.key)
        await self._store.async_save(installation)
        log.info("installed", team=record.key, org_wide=record.org_wide)

    async def _go_away(self, installation: SdkInstallation) -> None:
        """Out of the workspace again, as far as Slack lets us: it has no use for an app that does not answer."""
        client = AsyncWebClient(
            token=installation.bot_token, base_url=self.client.base_url, session=self.client.session
        )
        try:
            await client.apps_uninstall(client_id=self.client_id, client_secret=self.settings.client_secret)
        except (SlackApiError, aiohttp.ClientError, TimeoutError, ValueError) as error:
            log.warning("could not leave the workspace again", error=type(error).__name__)

    async def _done(self, args: AsyncSuccessArgs) -> BoltResponse:
        one = args.installation
        name = (one.enterprise_name if one.is_enterprise_install else one.team_name) or ""
        return self._page(200, self._pages.done(name))

    async def _failed(self, args: AsyncFailureArgs) -> BoltResponse:
        reason = "not_invited" if isinstance(args.error, NotInvited) else args.reason
        return self._page(
            403 if reason == "not_invited" else args.suggested_status_code, self._pages.failed(reason)
        )

    def _page(self, status: int, html: str) -> BoltResponse:
        headers: dict[str, str | Sequence[str]] = {
            "Content-Type": "text/html; charset=utf-8",
            "Set-Cookie": [self.settings.state_utils.build_set_cookie_for_deletion()],
        }
        return BoltResponse(status=status, body=html, headers=headers)

    # -- as the web server calls it -------------------------------------------------------

    def routes(self) -> list[web.RouteDef]:
        """Where it begins, and where Slack sends the browser back to."""
        return [
            web.get(INSTALL_PATH, self._begin),
            web.get(BACK_PATH, partial(self._answered, self.handle_callback)),
        ]

    async def _begin(self, request: web.Request) -> web.Response:
        now_s = asyncio.get_running_loop().time()
        # The oldest of the last six hundred: where it is younger than a state's life, as many states are kept as
        # may be.
        if len(self._begun_s) == MOST_BEGUN and now_s - self._begun_s[0] < STATE_LIFE.total_seconds():
            return web.Response(status=429, text=self._pages.failed("too_many"), content_type="text/html")
        self._begun_s.append(now_s)
        return await self._answered(self.handle_installation, request)

    async def _answered(
        self, handle: Callable[[AsyncBoltRequest], Awaitable[BoltResponse]], request: web.Request
    ) -> web.Response:
        headers: dict[str, str | Sequence[str]] = {"cookie": request.headers.get("Cookie", "")}
        asked = AsyncBoltRequest(body="", query=request.rel_url.raw_query_string, headers=headers)
        # Bolt hands some on in a header, where the web server would break off over a character that is not
        # printable; and puts `team` into Slack's address as it is, where it could be one more parameter.
        plain = all(value.isprintable() for value in request.query.values())
        team = request.query.get("team", "")
        try:
            if plain and (not team or team.isalnum()):
                answer = await handle(asked)
            else:
                answer = self._page(400, self._pages.failed("unreadable"))
        except StoreDown:
            answer = self._page(503, self._pages.failed("store_down"))
        except (aiohttp.ClientError, TimeoutError, SlackApiError, AttributeError, KeyError, TypeError, ValueError):
            log.warning("an installation failed", exc_info=True)
            answer = self._page(502, self._pages.failed("slack_down"))
        page = web.Response(status=answer.status, body=answer.body.encode())
        for name, values in answer.headers.items():
            for value in values:
                page.headers.add(name, value)
        page.headers.update(_NEVER_KEPT)
        return page


_NEVER_KEPT = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'",
}
"""The address holds a code and a state: no cache keeps it, and no other site is told."""
