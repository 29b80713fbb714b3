"""What was said: the messages of a conversation, newest first, and of a thread, oldest first, page by page.

https://docs.slack.dev/reference/methods/conversations.history,
https://docs.slack.dev/reference/methods/conversations.replies
"""

import base64
import binascii
import math
from collections.abc import Callable
from itertools import islice
from typing import Any

from playground.api.conversations import readable
from playground.api.registry import Call, Refusal, invalid_arguments, method
from playground.messages import BROADCAST, Channel, Message
from playground.shapes import message_json

Json = dict[str, Any]
MOST_SHOWN_REPLIERS = 5
_MARK = "next_ts:"


@method("conversations.history")
async def conversations_history(call: Call) -> Json:
    """Messages newest first, without ephemerals; of replies only those sent to the channel as well."""
    channel, wanted, start = _heard(call), _within(call), _cursor(call)
    tops = (one for one in channel.spoken() if one.thread_ts in (None, one.ts) or one.subtype == BROADCAST)
    found = [one for one in tops if wanted(one.ts) and (not start or one.ts <= start)]
    return _page(call, channel, sorted(found, key=lambda one: one.ts, reverse=True), 100, 999) | {"pin_count": 0}


@method("conversations.replies")
async def conversations_replies(call: Call) -> Json:
    """A message and the replies to it, oldest first. `ts` may name the first message or any reply."""
    channel, wanted, start = _heard(call), _within(call), _cursor(call)
    named = channel.messages.get(str(call.needed("ts")))
    if named is None or named.ephemeral_to:
        raise Refusal("thread_not_found")
    root = named.thread_ts or named.ts
    found = [one for one in channel.spoken() if root in (one.ts, one.thread_ts)]
    found = [one for one in found if wanted(one.ts) and one.ts >= start]
    return _page(call, channel, sorted(found, key=lambda one: one.ts), 1000, 1000)


def _heard(call: Call) -> Channel:
    """The conversation of the call, if the bot is in it and may read what was said."""
    channel = readable(call, "history")
    if call.bot not in channel.members:
        raise Refusal("not_in_channel")
    return channel


def _page(call: Call, channel: Channel, found: list[Message], default: int, most: int) -> Json:
    limit = call.number("limit", default)
    if not 1 <= limit <= most:
        raise invalid_arguments(f"limit must be between 1 and {most}")
    everything, threads = call.flag("include_all_metadata"), _threads(channel)
    shown = [message_json(call.world, one, everything) | threaded(channel, one, threads) for one in found[:limit]]
    after = found[limit].ts if len(found) > limit else ""
    return {
        "messages": shown,
        "has_more": bool(after),
        "response_metadata": {"next_cursor": _written(after) if after else ""},
    }


def _threads(channel: Channel) -> dict[str, list[Message]]:
    """The replies in each thread, by the time of its first message, oldest first."""
    found: dict[str, list[Message]] = {}
    for one in channel.spoken():
        if one.thread_ts and one.thread_ts != one.ts:
            found.setdefault(one.thread_ts, []).append(one)
    return found


def threaded(channel: Channel, message: Message, threads: dict[str, list[Message]]) -> Json:
    """What a message says of its thread: the first one counts the replies, each reply names who began."""
    parent = channel.messages.get(message.thread_ts or "")
    if parent and parent is not message:
        return {"parent_user_id": parent.user_id}
    replies = threads.get(message.ts, [])
    if not replies:
        return {}
    people = list(dict.fromkeys(one.user_id for one in replies))
    return {
        "thread_ts": message.ts,
        "reply_count": len(replies),
        "reply_users_count": len(people),
        "reply_users": list(islice(people, MOST_SHOWN_REPLIERS)),
        "latest_reply": replies[-1].ts,
        "is_locked": False,
        "subscribed": False,
    }


# -- from when, up to when ---------------------------------------------------------------


def _written(ts: str) -> str:
    """A cursor as Slack writes one: the next message's time."""
    return base64.b64encode(f"{_MARK}{ts.replace('.', '')}".encode()).decode()


def _cursor(call: Call) -> str:
    """The time at which the page begins; empty for the first page."""
    given = call.text("cursor")
    if not given:
        return ""
    try:
        said = base64.b64decode(given, validate=True).decode("ascii")
    except (binascii.Error, ValueError):
        raise Refusal("invalid_cursor") from None
    digits = said.removeprefix(_MARK)
    if digits == said or not digits.isdecimal() or len(digits) < 7:
        raise Refusal("invalid_cursor")
    return f"{digits[:-6]}.{digits[-6:]}"


def _within(call: Call) -> Callable[[str], bool]:
    """Whether a time lies between `oldest` and `latest`; both are outside unless `inclusive`."""
    oldest, latest = _time(call, "oldest", 0.0), _time(call, "latest", math.inf)
    if call.flag("inclusive"):
        return lambda ts: oldest <= float(ts) <= latest
    return lambda ts: oldest < float(ts) < latest


def _time(call: Call, name: str, default: float) -> float:
    try:
        return float(call.text(name)) if call.text(name) else default
    except ValueError:
        raise Refusal(f"invalid_ts_{name}") from None
