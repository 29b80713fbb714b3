"""One call to Slack: the right token, one shared session, a line in the log, and a refusal in our own words."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable
from datetime import datetime
from email.utils import parsedate_to_datetime
from functools import lru_cache
from typing import Any

import aiohttp
import structlog
from aiohttp.connector import Connection
from slack_sdk.proxy_env_variable_loader import load_http_proxy_from_env
from slack_sdk.web.internal_utils import get_user_agent
from yarl import URL

from bot.ports import SlackRefused, send_guard
from bot.slack.controls import as_json
from bot.slack.refusals import EXPECTED, LOUD, from_text, lost, read_answer, refused

Json = dict[str, Any]
Tokens = Callable[[str], Awaitable[str]]
"""The bot token of an installing team; LookupError for a team that has not installed the app."""

TIMEOUT = aiohttp.ClientTimeout(total=10, sock_connect=5)
"""Seconds for one call. Slack mostly answers within one; past ten, the answer counts as lost."""

LINE_BROKE = (aiohttp.ServerConnectionError, aiohttp.ClientOSError)
RETRY_S = 1.0
"""Seconds before what only reads is tried once more."""

SLACK_HOST = re.compile(r"(?:[a-z0-9-]+\.)*slack(?:-gov)?\.com")
"""Where a `response_url` may point: `hooks.slack.com`, and those of Slack for governments."""

_read_date = lru_cache(maxsize=16)(parsedate_to_datetime)
"""Hundreds of answers a second bear the same."""

log = structlog.get_logger()


def never() -> datetime:
    """For whoever has no clock of the machine's to compare Slack's with."""
    raise LookupError


def new_session() -> aiohttp.ClientSession:
    """The one session for all calls, so that connections are kept; whoever makes it closes it.

    As many connections as there are calls: a workspace whose answers hang holds up no other's.
    """
    return aiohttp.ClientSession(
        timeout=TIMEOUT,
        # aiohttp's own default is a hundred for all, in which those that hang would keep out the others.
        connector=_GuardedConnector(limit=0),
        cookie_jar=aiohttp.DummyCookieJar(),
        json_serialize_bytes=as_json,
        middlewares=(_go_no_further,),
    )


class _GuardedConnector(aiohttp.TCPConnector):
    """Gives a connection to whoever may still send. aiohttp's tracing could ask as late, at a fifth of the
    processor time of a call."""

    async def connect(self, *args: Any, **kwargs: Any) -> Connection:
        """aiohttp's own. It writes as soon as it has the connection, with no await before: the last moment to
        stop. SlackRefused where the time is over."""
        connection = await super().connect(*args, **kwargs)
        # A context variable, which a task inherits from whoever began it: each call has the guard of its own
        # delivery, and reads that a press makes at the same time have none.
        still_time = send_guard.get(None)
        if still_time and not still_time():
            connection.release()  # nothing was written
            # Surely not sent, so not in doubt: the entry goes back at once, to whoever holds it by then.
            raise SlackRefused("held_too_long", permanent=False, retry_after=0.0)
        return connection


async def _go_no_further(request: aiohttp.ClientRequest, call: aiohttp.ClientHandlerType) -> aiohttp.ClientResponse:
    """Slack redirects none of our calls. A redirect could lead anywhere, into the network we stand in too."""
    response = await call(request)
    if 300 <= response.status < 400:
        response.close()
        raise SlackRefused("redirected", permanent=False)
    return response


class Calls:
    """Calls to Slack's Web API and to response_urls. Raises SlackRefused and nothing else.

    Writes are sent once only: a second try posts twice when the answer to the first is lost.
    """

    def __init__(
        self, session: aiohttp.ClientSession, tokens: Tokens, base_url: str, real: Callable[[], datetime]
    ) -> None:
        self.ahead = 0.0
        """Seconds by which Slack's clock was ahead of ours at its last answer; 0 until it is known."""
        self._real = real
        self._session = session
        self._tokens = tokens
        self._base_url = f"{base_url.rstrip('/')}/"
        self._api_origin = URL(base_url).origin()
        self._headers = {"User-Agent": get_user_agent()}
        self._proxy = load_http_proxy_from_env()

    async def write(self, team_id: str, method: str, **args: Any) -> Json:
        """A call that changes something. Whoever set a time for it is heard before anything is sent: a bot that was
        frozen on its way here, and wakes when somebody else may have done the same, goes no further."""
        if send_guard.get(None):
            # After a freeze the loop runs what was ready before it looks at its timers. So once round for it to
            # learn how late it is, and once more for a timeout that has passed to be raised here, before anything
            # is sent.
            await asyncio.sleep(0)
            await asyncio.sleep(0)
        return await self._call(team_id, method, retry=False, json=args)

    async def read(self, team_id: str, method: str, **args: Any) -> Json:
        """A call that changes nothing, so it is tried once more when the connection is lost."""
        params = {name: int(value) if isinstance(value, bool) else value for name, value in args.items()}
        return await self._call(team_id, method, retry=True, verb="GET", params=params)

    async def answer(self, response_url: str, payload: Json) -> None:
        """Post to a response_url: five times within half an hour of the press."""
        await self._post(response_url, "response_url", from_text, json=payload)

    async def upload(self, upload_url: str, content: bytes) -> None:
        """A file's bytes, to where Slack said that it wants them."""
        # Sent once: the address is good for one file, and one that nobody was shown does no harm.
        await self._post(upload_url, "upload", lambda _: "", data=content)

    async def _post(self, address: str, what: str, code_in: Callable[[str], str], **sent: Any) -> None:
        """Only to a host of Slack's, and never on to where an answer redirects: a payload may name any address.
        `code_in`: Slack's code, in what a refusal says."""
        try:
            if not self._slacks_own(address):
                raise SlackRefused("not_slacks_address", permanent=True)
            async with self._session.post(address, proxy=self._proxy, **sent) as response:
                if response.status != 200:
                    code = code_in(await response.text(errors="replace"))
                    raise refused(code, status=response.status, headers=response.headers)
        except SlackRefused as refusal:
            raise _noted(refusal, "", what) from None
        except (aiohttp.ClientError, TimeoutError) as error:
            raise _noted(lost(error), "", what) from None

    def _slacks_own(self, address: str) -> bool:
        """Over HTTPS at a host of Slack's, or where SLACK_API_URL points."""
        try:
            url = URL(address)
            if url.user or url.password or not url.host:
                return False
            return url.origin() == self._api_origin or (
                url.scheme == "https" and url.is_default_port() and bool(SLACK_HOST.fullmatch(url.host))
            )
        except ValueError:
            return False

    async def _call(self, team_id: str, method: str, *, retry: bool, **kwargs: Any) -> Json:
        try:
            token = await self._tokens(team_id)
            try:
                return await self._asked(method, token, **kwargs)
            except LINE_BROKE:
                # Slack may have done it before the line broke. slack_sdk would try again, and post twice; here
                # only what changes nothing is tried again, once, after a moment in which a proxy comes back.
                if not retry:
                    raise
                await asyncio.sleep(RETRY_S)
                return await self._asked(method, token, **kwargs)
        except LookupError:  # Slack was not asked, so nothing is said of it in the log
            raise SlackRefused("not_installed", permanent=True) from None
        except SlackRefused as answered:
            refusal = answered
        except (aiohttp.ClientError, TimeoutError) as error:
            refusal = lost(error)
        raise _noted(refusal, team_id, method)

    async def _asked(self, method: str, token: str, *, verb: str = "POST", **kwargs: Any) -> Json:
        """By aiohttp itself: slack_sdk's client takes a third of a call's processor time."""
        headers = {**self._headers, "Authorization": f"Bearer {token}"}
        url = self._base_url + method
        async with self._session.request(verb, url, headers=headers, proxy=self._proxy, **kwargs) as response:
            answer = read_answer(await response.read(), response.status, response.headers)
        # Any number of calls may end at once: the last to end is as good as another, since all say the same clock's
        # time.
        try:
            theirs = _read_date(response.headers.get("Date") or "")
            self.ahead = (theirs - self._real()).total_seconds()
        except (AttributeError, TypeError, ValueError, LookupError):
            pass  # no date, or nobody here who tells the time
        return answer


def _noted(refusal: SlackRefused, team_id: str, method: str) -> SlackRefused:
    """Log the refusal: never what was said, nor any token. Louder where whoever runs the server can act."""
    say = log.error if refusal.code in LOUD else log.debug if refusal.code in EXPECTED else log.warning
    say("Slack refused", method=method, team=team_id, code=refusal.code, in_doubt=refusal.in_doubt)
    return refusal
