"""Emoji under messages: https://docs.slack.dev/reference/methods/reactions.add, …remove and …get."""

from typing import Any

from playground import reactions
from playground.api.registry import Call, Refusal, method
from playground.messages import Channel, Message
from playground.shapes import message_json

Json = dict[str, Any]


def _item(call: Call) -> tuple[Channel, Message]:
    """The message that `channel` and `timestamp` name."""
    ts = call.text("timestamp")
    if not call.text("channel") or not ts:
        raise Refusal("no_item_specified")
    channel = call.channel()
    if not ts.replace(".", "", 1).isdecimal():
        raise Refusal("bad_timestamp")
    if call.bot not in channel.members:
        raise Refusal("not_in_channel")
    message = channel.messages.get(ts)
    if message is None or message.ephemeral_to:
        raise Refusal("message_not_found")
    return channel, message


@method("reactions.add", "reactions:write")
async def reactions_add(call: Call) -> Json:
    channel, message = _item(call)
    try:
        reactions.add(call.dispatcher.events, channel, message, call.bot, str(call.needed("name")))
    except reactions.CannotReact as fault:
        raise Refusal(fault.code) from None
    return {}


@method("reactions.remove", "reactions:write")
async def reactions_remove(call: Call) -> Json:
    channel, message = _item(call)
    try:
        reactions.remove(call.dispatcher.events, channel, message, call.bot, str(call.needed("name")))
    except reactions.CannotReact as fault:
        raise Refusal(fault.code) from None
    return {}


@method("reactions.get", "reactions:read")
async def reactions_get(call: Call) -> Json:
    channel, message = _item(call)
    return {"type": "message", "channel": channel.id, "message": message_json(call.world, message)}
