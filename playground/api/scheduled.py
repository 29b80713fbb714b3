"""Messages to be posted later.

https://docs.slack.dev/reference/methods/chat.scheduleMessage, …/chat.deleteScheduledMessage,
…/chat.scheduledMessages.list
"""

from datetime import UTC, datetime
from typing import Any

from playground.api.chat import compose, content, thread
from playground.api.metadata import checked
from playground.api.places import place, refuse_writing
from playground.api.registry import Call, Refusal, invalid_arguments, method
from playground.delivery import Dispatcher
from playground.scheduled import FURTHEST, Scheduled
from playground.shapes import message_json

Json = dict[str, Any]


@method("chat.scheduleMessage", "chat:write")
async def chat_schedule_message(call: Call) -> Json:
    channel, post_at = place(call), _time(call)
    if call.world.scheduled.full(channel.id, post_at):
        raise Refusal("restricted_too_many")
    message = compose(call, channel, content(call))
    message.metadata = checked(call)
    message.thread_ts = thread(call, channel)
    refuse_writing(channel, message.thread_ts)
    kept = Scheduled(
        id=call.world.new_id("Q"),
        app_id=call.caller[0].id,
        post_at=post_at,
        created=int(call.world.clock.now().timestamp()),
        message=message,
        mute=message.metadata is not None,
    )
    call.world.scheduled.pending[kept.id] = kept
    call.dispatcher.timers.at(datetime.fromtimestamp(post_at, UTC), lambda: _post(call.dispatcher, kept))
    said = {key: value for key, value in message_json(call.world, message).items() if key not in ("ts", "user")}
    said |= {"type": "delayed_message"}
    return {"channel": channel.id, "scheduled_message_id": kept.id, "post_at": post_at, "message": said}


def _time(call: Call) -> int:
    """`post_at` in Unix seconds, from now to 120 days from now."""
    try:
        post_at = int(float(str(call.needed("post_at"))))
        when = datetime.fromtimestamp(post_at, UTC)
    except (ValueError, OverflowError, OSError):
        raise Refusal("invalid_time") from None
    now = call.world.clock.now()
    if when <= now:
        raise Refusal("time_in_past")
    if when - now > FURTHEST:
        raise Refusal("time_too_far")
    return post_at


def _post(dispatcher: Dispatcher, kept: Scheduled) -> None:
    """Its time has come. It is dropped without a word if the bot may no longer write there."""
    world, message = dispatcher.world, kept.message
    channel = world.channels.get(message.channel_id)
    if world.scheduled.pending.pop(kept.id, None) is None or channel is None:
        return
    app = world.apps[kept.app_id]
    gone = message.team_id not in app.installs or message.user_id not in channel.members
    if kept.mute or gone or channel.archived or channel.frozen:
        world.touch()
        return
    message.ts = world.next_ts()
    world.add_message(message)
    dispatcher.events.message(message)


@method("chat.deleteScheduledMessage", "chat:write")
async def chat_delete_scheduled_message(call: Call) -> Json:
    channel, wanted = call.channel(), str(call.needed("scheduled_message_id"))
    kept = call.world.scheduled.pending.get(wanted)
    if kept is None or kept.app_id != call.caller[0].id or kept.message.channel_id != channel.id:
        raise Refusal("invalid_scheduled_message_id")
    del call.world.scheduled.pending[wanted]
    call.world.touch()
    return {}


@method("chat.scheduledMessages.list")
async def chat_scheduled_messages_list(call: Call) -> Json:
    """What is still to come, the soonest first; the cursor is the place in the list."""
    app, install = call.caller
    found = call.world.scheduled.of(app.id, install.team_id)
    if call.text("channel"):
        channel = call.channel()
        found = [one for one in found if one.message.channel_id == channel.id]
    found = [one for one in found if _bound(call, "oldest", 0) <= one.post_at <= _bound(call, "latest", None)]
    start, limit = call.number("cursor", 0), call.number("limit", 100)
    more = start + limit < len(found)
    return {
        "scheduled_messages": [_shape(one) for one in found[start : start + limit]],
        "response_metadata": {"next_cursor": str(start + limit) if more else ""},
    }


def _bound(call: Call, name: str, default: int | None) -> float:
    try:
        return float(call.text(name)) if call.text(name) else float("inf") if default is None else default
    except ValueError:
        raise invalid_arguments(f"{name} is no time") from None


def _shape(one: Scheduled) -> Json:
    shape: Json = {"id": one.id, "channel_id": one.message.channel_id, "post_at": one.post_at}
    return shape | {"date_created": one.created, "text": one.message.text}
