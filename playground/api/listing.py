"""Lists of conversations: those a workspace has, and those a bot is in.

https://docs.slack.dev/reference/methods/conversations.list, https://docs.slack.dev/reference/methods/users.conversations
"""

from typing import Any

from playground.api.registry import Call, Refusal, invalid_arguments, method
from playground.messages import Channel, Kind
from playground.shapes import channel_json

Json = dict[str, Any]
TYPES: dict[str, tuple[Kind, str]] = {
    "public_channel": ("channel", "channels:read"),
    "private_channel": ("private", "groups:read"),
    "im": ("im", "im:read"),
    "mpim": ("mpim", "mpim:read"),
}
MOST = 1000


def _kinds(call: Call) -> set[Kind]:
    """The kinds asked for, each with its scope."""
    wanted = [one.strip() for one in call.text("types", "public_channel").split(",")]
    if any(one not in TYPES for one in wanted):
        raise Refusal("invalid_types")
    for one in wanted:
        call.need_scope(TYPES[one][1])
    return {TYPES[one][0] for one in wanted}


def _page(call: Call, found: list[Channel]) -> Json:
    start, limit = call.number("cursor", 0), call.number("limit", 100)
    if not 1 <= limit <= MOST:
        raise invalid_arguments(f"limit must be between 1 and {MOST}")
    shown = [channel_json(one, call.bot, call.caller[1].team_id) for one in found[start : start + limit]]
    more = str(start + limit) if start + limit < len(found) else ""
    return {"channels": shown, "response_metadata": {"next_cursor": more}}


def _found(call: Call) -> list[Channel]:
    kinds, hidden = _kinds(call), call.flag("exclude_archived")
    every = (one for one in call.world.channels.values() if one.kind in kinds and call.sees(one))
    return [one for one in every if not (hidden and one.archived)]


@method("conversations.list")
async def conversations_list(call: Call) -> Json:
    return _page(call, _found(call))


@method("users.conversations")
async def users_conversations(call: Call) -> Json:
    """Those somebody is in, as far as the caller sees them; without `user`, those of the bot."""
    member = call.user().id if call.text("user") else call.bot
    return _page(call, [one for one in _found(call) if member in one.members])
