"""Channels that a bot makes, names, describes, archives, and takes people out of.

https://docs.slack.dev/reference/methods/conversations.create and those of rename, setTopic, setPurpose, archive and
kick beside it
"""

import re
from typing import Any

from playground.api.conversations import described
from playground.api.registry import Call, Refusal, method
from playground.messages import Channel

Json = dict[str, Any]
LONGEST_NAME, LONGEST_TOPIC = 80, 250
MANAGING = {"channel": ("channels:manage", "channels:write"), "private": ("groups:write",)}
DESCRIBING = {
    "channel": ("channels:manage", "channels:write", "channels:write.topic"),
    "private": ("groups:write", "groups:write.topic"),
    "im": ("im:write", "im:write.topic"),
    "mpim": ("mpim:write", "mpim:write.topic"),
}


def _own(call: Call, scopes: dict[str, tuple[str, ...]] = MANAGING) -> Channel:
    """The channel of the call, that the bot is in and may do this to."""
    call.need_scope(*(scope for some in scopes.values() for scope in some))
    channel = call.channel()
    if channel.kind not in scopes:
        raise Refusal("method_not_supported_for_channel_type")
    call.need_scope(*scopes[channel.kind])
    if call.bot not in channel.members:
        raise Refusal("not_in_channel")
    if channel.frozen or call.caller[1].team_id in channel.post_only:
        raise Refusal("restricted_action")
    return channel


def _in_use(channel: Channel) -> Channel:
    if channel.archived:
        raise Refusal("is_archived")
    return channel


def _name(call: Call) -> str:
    """A name that Slack takes and nobody in the workspace has given to a channel yet."""
    name, team = call.text("name").strip().removeprefix("#"), call.caller[1].team_id
    if not name:
        raise Refusal("invalid_name_required")
    if len(name) > LONGEST_NAME:
        raise Refusal("invalid_name_maxlength")
    if not re.search(r"\w", name):
        raise Refusal("invalid_name_punctuation")
    if name != name.lower() or not re.fullmatch(r"[\w-]+", name):
        raise Refusal("invalid_name_specials")
    if any(one.name == name and team in one.teams for one in call.world.channels.values()):
        raise Refusal("name_taken")
    return name


@method("conversations.create")
async def conversations_create(call: Call) -> Json:
    """A channel with the bot as its first member."""
    kind: Any = "private" if call.flag("is_private") else "channel"
    call.need_scope(*MANAGING[kind])
    channel = call.world.add_channel(_name(call), kind, [call.caller[1].team_id], [call.bot])
    call.dispatcher.events.created(channel, call.bot)
    return {"channel": described(call, channel)}


@method("conversations.rename")
async def conversations_rename(call: Call) -> Json:
    channel = _in_use(_own(call))
    call.dispatcher.events.rename(channel, _name(call))
    return {"channel": described(call, channel)}


@method("conversations.setTopic")
async def conversations_set_topic(call: Call) -> Json:
    return _described(call, "topic")


@method("conversations.setPurpose")
async def conversations_set_purpose(call: Call) -> Json:
    return _described(call, "purpose")


def _described(call: Call, what: str) -> Json:
    channel, words = _in_use(_own(call, DESCRIBING)), call.text(what)
    if len(words) > LONGEST_TOPIC:
        raise Refusal("too_long")
    call.dispatcher.events.described(channel, call.bot, what, words)
    return {"channel": described(call, channel)}


@method("conversations.archive")
async def conversations_archive(call: Call) -> Json:
    channel = _own(call)
    if channel.archived:
        raise Refusal("already_archived")
    if channel.is_general:
        raise Refusal("cant_archive_general")
    call.dispatcher.events.archive(channel, call.bot, True)
    return {}


@method("conversations.kick")
async def conversations_kick(call: Call) -> Json:
    """Take somebody out. Of people of another workspace, only their own may."""
    channel, user = _in_use(_own(call)), call.user()
    if user.id == call.bot:
        raise Refusal("cant_kick_self")
    if channel.is_general:
        raise Refusal("cant_kick_from_general")
    if user.id not in channel.members:
        raise Refusal("not_in_channel")
    if call.caller[1].team_id not in (channel.teams[0], user.team_id):
        raise Refusal("restricted_action")
    call.dispatcher.events.leave(channel, user.id)
    return {"errors": {}}
