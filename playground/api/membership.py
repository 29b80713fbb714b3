"""Who is in a conversation: a bot joins, leaves and brings others in.

https://docs.slack.dev/reference/methods/conversations.join, and those of conversations.leave and
conversations.invite beside it
"""

from typing import Any

from playground.api.conversations import described
from playground.api.registry import Call, Refusal, invalid_arguments, method
from playground.connect import knows
from playground.messages import Channel

Json = dict[str, Any]
MOST_INVITED = 100
LEAVING = {
    "channel": ("channels:manage", "channels:write"),
    "private": ("groups:write",),
    "im": ("im:write",),
    "mpim": ("mpim:write",),
}
INVITING = {
    "channel": ("channels:manage", "channels:write.invites"),
    "private": ("groups:write", "groups:write.invites"),
    "im": ("im:write",),
    "mpim": ("mpim:write",),
}


@method("conversations.join", "channels:join")
async def conversations_join(call: Call) -> Json:
    channel = call.channel()
    if channel.kind != "channel":
        raise Refusal("method_not_supported_for_channel_type")
    if channel.archived:
        raise Refusal("is_archived")
    if _kept_out(call, channel):
        raise Refusal("restricted_action")
    if call.bot in channel.members:
        warning = "already_in_channel"
        more = {"warning": warning, "response_metadata": {"warnings": [warning]}}
        return {"channel": described(call, channel)} | more
    call.dispatcher.events.join(channel, call.bot)
    return {"channel": described(call, channel)}


def _kept_out(call: Call, channel: Channel) -> bool:
    """Whether nobody of this workspace may change who is here: a frozen channel, a partner that may only post."""
    return bool(channel.frozen) or call.caller[1].team_id in channel.post_only


def _channel(call: Call, scopes: dict[str, tuple[str, ...]]) -> Channel:
    """The channel of the call, if the token may do this in one of its kind."""
    call.need_scope(*(scope for some in scopes.values() for scope in some))
    channel = call.channel()
    call.need_scope(*scopes[channel.kind])
    if not channel.is_named:
        raise Refusal("method_not_supported_for_channel_type")
    if channel.archived:
        raise Refusal("is_archived")
    return channel


@method("conversations.leave")
async def conversations_leave(call: Call) -> Json:
    """The bot leaves. Where it was not in, Slack says so without an error code."""
    channel = _channel(call, LEAVING)
    if call.bot not in channel.members:
        return {"ok": False, "not_in_channel": True}
    if channel.is_general:
        raise Refusal("cant_leave_general")
    if channel.kind == "private" and channel.members == [call.bot]:
        raise Refusal("last_member")
    call.dispatcher.events.leave(channel, call.bot)
    return {}


@method("conversations.invite")
async def conversations_invite(call: Call) -> Json:
    """Bring people in: all of them or, with `force`, those who can be."""
    channel = _channel(call, INVITING)
    if call.bot not in channel.members:
        raise Refusal("not_in_channel")
    if _kept_out(call, channel):
        raise Refusal("restricted_action")
    ids = list(dict.fromkeys(one.strip() for one in call.text("users").split(",") if one.strip()))
    if not ids:
        raise Refusal("no_user")
    if len(ids) > MOST_INVITED:
        raise invalid_arguments(f"no more than {MOST_INVITED} items allowed: users")
    faults = {one: code for one in ids if (code := _cannot(call, channel, one))}
    told = [{"user": one, "ok": False, "error": code} for one, code in faults.items()]
    if faults and (not call.flag("force") or len(faults) == len(ids)):
        raise Refusal(next(iter(faults.values())), **({"errors": told} if len(ids) > 1 else {}))
    for one in ids:
        if one not in faults:
            call.dispatcher.events.join(channel, one, inviter=call.bot)
    return {"channel": described(call, channel)} | ({"errors": told} if told else {})


def _cannot(call: Call, channel: Channel, user_id: str) -> str:
    """Why this one cannot be brought in, as Slack's code; empty if they can be."""
    user, team = call.world.users.get(user_id), call.caller[1].team_id
    if user is None or user.deleted or not knows(call.world, team, user):
        return "user_not_found"
    if user.id == call.bot:
        return "cant_invite_self"
    if user.id in channel.members:
        return "already_in_channel"
    if user.team_id not in channel.teams:
        return "cant_invite"
    if team not in (channel.teams[0], user.team_id):
        return "no_external_invite_permission"
    return "cant_invite" if user.is_ultra_restricted and _elsewhere(call, user_id) else ""


def _elsewhere(call: Call, user_id: str) -> bool:
    return any(user_id in one.members for one in call.world.channels.values() if one.is_named)
