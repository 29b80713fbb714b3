"""What Slack's refusals mean for whoever asked: give up, wait, or look first, since it may have been done."""

from __future__ import annotations

import re
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError

from bot.domain.trouble import KEYLESS, OURS, WITHOUT_LEAVE
from bot.ports import UNREACHED, SlackRefused
from bot.slack.controls import from_json


def _codes(table: str) -> frozenset[str]:
    return frozenset(table.split())


PLACE = _codes("""
    channel_not_found not_in_channel is_archived is_inactive channel_is_limited_access messages_tab_disabled
    restricted_action restricted_action_read_only_channel restricted_action_thread_only_channel
    restricted_action_thread_locked restricted_action_non_threadable_channel
    method_not_supported_for_channel_type as_user_not_supported ekm_access_denied team_not_found
""")
"""We can't speak there, until somebody changes the channel or invites the bot again."""

PERSON = _codes("""
    user_not_found user_not_visible user_disabled user_not_in_channel cannot_dm_bot users_not_found
    invalid_user_combination access_denied not_enough_users
""")
"""That person can't be reached from here."""

LATE = _codes("""
    message_not_found thread_not_found cannot_reply_to_message cant_update_message edit_window_closed
    cant_delete_message compliance_exports_prevent_deletion cant_delete_file file_not_found file_deleted
    expired_trigger_id trigger_expired exchanged_trigger_id trigger_exchanged
    invalid_trigger_id hash_conflict not_found view_not_found expired_url used_url invalid_url no_service
""")
"""What we wanted to change or answer is no longer there."""

EXPECTED = _codes("not_enterprise_team")
"""An answer to what we asked, which Slack gives as an error: nobody has anything to mend."""

PERMANENT = PLACE | PERSON | WITHOUT_LEAVE | LATE | OURS | EXPECTED
"""A dead token is not among them: whoever runs the server puts a new one in, and the messages that wait go then."""

CAN_END = PLACE | WITHOUT_LEAVE | OURS | _codes("edit_window_closed cant_update_message")
"""Permanent as things stand, but somebody can end the reason, be it by a newer Between: what was refused stays owed
while it is news."""

LOUD = KEYLESS | WITHOUT_LEAVE | OURS - {"push_limit_reached"}
"""Whoever runs the server, or whoever writes it, has something to mend; a full stack of forms is no fault."""

IN_DOUBT = frozenset({"fatal_error", "internal_error", "service_unavailable", "bad_answer"})
"""Slack: "It's possible some aspect of the operation succeeded before the error was raised"."""

HALF_HEARD = frozenset({408})
"""Somebody waited too long for the rest of what may have been acted on already."""

UNSENT = (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError, aiohttp.InvalidURL)
"""Failures before a connection stood, so that Slack can't have heard us."""

DEFAULT_RETRY_AFTER_S = 30.0
"""Seconds to wait after a 429 that does not say how long."""


def refused(code: str, *, status: int = 200, headers: Mapping[str, str] | None = None) -> SlackRefused:
    """A refusal that Slack put in words (or, for `status` of 500 and up, didn't).

    A code not in the tables is not taken as permanent: trying again costs little, and a lost message more.
    """
    # Surely not done. First, as a 429's body may be anything, or nothing.
    if status == 429 or code in ("ratelimited", "rate_limited"):
        try:
            # A second at least: "0" would have all who wait come back in the same turn of the loop.
            wait_s = max(1.0, float((headers or {}).get("Retry-After") or DEFAULT_RETRY_AFTER_S))
        except ValueError:
            wait_s = DEFAULT_RETRY_AFTER_S
        return SlackRefused("ratelimited", permanent=False, retry_after=wait_s)
    # Before the codes: a gateway's page may come after Slack has stored the message, whatever else it says.
    if status >= 500 or status in HALF_HEARD or code in IN_DOUBT:
        return SlackRefused(code or f"http_{status}", permanent=False, in_doubt=True)
    return SlackRefused(
        code or f"http_{status}",
        permanent=code in PERMANENT,
        can_end=code in CAN_END,
        unreachable=code in PLACE | PERSON,
    )


def from_sdk(error: SlackApiError) -> SlackRefused:
    """What slack_sdk raises, whatever it found in the answer: JSON, a web page, or nothing."""
    response: Any = error.response
    status = int(getattr(response, "status_code", 0) or getattr(response, "status", 0) or 0)
    code = _code_of(getattr(response, "data", None), status)
    return refused(code, status=status, headers=getattr(response, "headers", None))


def read_answer(body: bytes, status: int, headers: Mapping[str, str]) -> dict[str, Any]:
    """What a method answered. SlackRefused where it says no, or is no JSON object (a web page, or nothing)."""
    try:
        found = from_json(body)
    except (ValueError, RecursionError):
        found = None
    answer: dict[str, Any] = found if isinstance(found, dict) else {}
    if status == HTTPStatus.OK and answer.get("ok"):
        return answer
    raise refused(_code_of(answer, status), status=status, headers=headers)


def _code_of(data: Any, status: int) -> str:
    code = str(data.get("error", "")) if isinstance(data, dict) else ""
    return code or ("" if status >= HTTPStatus.BAD_REQUEST else "bad_answer")


def from_text(answer: str) -> str:
    """The code in what a response_url answers: bare (`expired_url`), or in JSON. Empty for a web page."""
    found = re.fullmatch(r'\s*(?:\{.*"error"\s*:\s*")?([a-z_]{3,40})(?:".*\})?\s*', answer, re.DOTALL)
    return found[1] if found else ""


def lost(error: Exception) -> SlackRefused:
    """The line failed. In doubt, unless it failed before Slack could hear us."""
    # Only what failed before a connection stood is sure: of a line that broke later, nobody can say how much was
    # heard.
    code = "timeout" if isinstance(error, TimeoutError) else UNREACHED
    return SlackRefused(code, permanent=False, in_doubt=not isinstance(error, UNSENT))
