"""Conversations: opening and describing them, and who is in them."""

from typing import Any

from playground.api.registry import Call, Refusal, method
from playground.connect import is_stranger, knows
from playground.messages import Channel
from playground.shapes import channel_json

Json = dict[str, Any]
PREFIX = {"channel": "channels", "private": "groups", "im": "im", "mpim": "mpim"}
MOST_IN_GROUP = 8


def readable(call: Call, ability: str) -> Channel:
    """The channel of the call, if a scope of its kind allows `ability` (read or history)."""
    call.need_scope(*(f"{prefix}:{ability}" for prefix in PREFIX.values()))
    channel = call.channel()
    call.need_scope(f"{PREFIX[channel.kind]}:{ability}")
    return channel


@method("conversations.open", "im:write", "mpim:write")
async def conversations_open(call: Call) -> Json:
    """The bot's direct conversation with one person, or with up to eight at once."""
    if call.text("channel"):
        channel = call.channel()
        return {"channel": _opened(call, channel)}
    ids = [one.strip() for one in call.text("users").split(",") if one.strip()]
    if not ids:
        raise Refusal("users_list_not_supplied")
    if len(ids) > MOST_IN_GROUP:
        raise Refusal("too_many_users")
    if len(ids) > 1 and len(set(ids)) == 1:
        raise Refusal("not_enough_users")
    call.need_scope("mpim:write" if len(ids) > 1 else "im:write")
    people = [_reachable(call, one) for one in dict.fromkeys(ids)]
    if len(people) == 1:
        return {"channel": _opened(call, dm_with(call, people[0]))}
    if any(is_stranger(call.world, call.bot, call.world.users[one]) for one in people):
        raise Refusal("invalid_user_combination")
    return {"channel": _opened(call, call.world.group_dm([call.bot, *people]))}


def _reachable(call: Call, user_id: str) -> str:
    """The id of somebody to whom the bot may open a conversation."""
    known = call.world.users.get(user_id)
    if known is None or known.id == call.bot or not knows(call.world, call.caller[1].team_id, known):
        raise Refusal("user_not_found")
    if known.deleted:
        raise Refusal("user_disabled")
    if known.is_bot:
        raise Refusal("cannot_dm_bot")
    return known.id


def _opened(call: Call, channel: Channel) -> Json:
    return described(call, channel) if call.flag("return_im") else {"id": channel.id}


def described(call: Call, channel: Channel) -> Json:
    """A conversation as the calling bot sees it."""
    return channel_json(channel, call.bot, call.caller[1].team_id)


def dm_with(call: Call, user_id: str) -> Channel:
    """The direct conversation with somebody the bot may write to: of its own workspace, or sharing a channel."""
    if is_stranger(call.world, call.bot, call.world.users[user_id]):
        raise Refusal("invalid_user_combination")
    return call.world.dm(call.bot, user_id)


@method("conversations.info")
async def conversations_info(call: Call) -> Json:
    channel = readable(call, "read")
    shape = described(call, channel)
    if call.flag("include_num_members"):
        shape["num_members"] = len(channel.members)
    return {"channel": shape}


@method("conversations.members")
async def conversations_members(call: Call) -> Json:
    """A page of member ids; the cursor is the place in the list."""
    channel = readable(call, "read")
    start, limit = call.number("cursor", 0), call.number("limit", 100)
    page = channel.members[start : start + limit]
    more = start + limit < len(channel.members)
    return {"members": page, "response_metadata": {"next_cursor": str(start + limit) if more else ""}}
