"""Messages: posting, changing and taking them back."""

from typing import Any

from playground import wording
from playground.api.metadata import checked
from playground.api.pace import pace_channel
from playground.api.places import place, refuse_writing, writable
from playground.api.registry import Call, Refusal, invalid_arguments, method
from playground.messages import BROADCAST, Channel, Message
from playground.modals import with_ids
from playground.rules import judge
from playground.shapes import message_json

Json = dict[str, Any]
LONGEST_POST = 40_000
#: Bytes of UTF-8, where a post counts characters: https://github.com/openclaw/openclaw/pull/115027.
LONGEST_UPDATE = 4_000
#: Characters of all texts in all blocks of a message: https://github.com/slackapi/bolt-js/issues/2509.
MOST_IN_BLOCKS = 13_200
#: What `chat.update` can change.
CHANGES = {"text", "blocks", "attachments", "markdown_text", "metadata"}


def content(call: Call) -> Json:
    """The message in the arguments, or a refusal in Slack's words."""
    given = {key: call.args.get(key) for key in ("text", "blocks", "attachments")}
    try:
        said = wording.read(given | {"blocks": _markdown(call) or given["blocks"]})
    except wording.Unsayable as fault:
        raise Refusal(fault.code, **_details(fault.sentences)) from None
    if _letters(said["blocks"]) > MOST_IN_BLOCKS:
        raise Refusal("msg_blocks_too_long")
    return said


def _letters(part: Any) -> int:
    """Characters in all texts."""
    if isinstance(part, list):
        return sum(map(_letters, part))
    if not isinstance(part, dict):
        return 0
    return sum(len(one) if key == "text" and isinstance(one, str) else _letters(one) for key, one in part.items())


def _details(sentences: list[str]) -> Json:
    if not sentences:
        return {}
    return {"errors": sentences, "response_metadata": {"messages": [f"[ERROR] {one}" for one in sentences]}}


def _markdown(call: Call) -> list[Json]:
    """`markdown_text` is a message of its own: one markdown block, beside neither text nor blocks."""
    text = call.text("markdown_text")
    if text and (call.args.get("text") or call.args.get("blocks")):
        raise Refusal("markdown_text_conflict")
    return [{"type": "markdown", "text": text}] if text else []


def thread(call: Call, channel: Channel) -> str | None:
    """The message replied to, if it is there."""
    thread_ts = call.text("thread_ts") or None
    if thread_ts and thread_ts not in channel.messages:
        raise Refusal("thread_not_found")
    return thread_ts


def compose(call: Call, channel: Channel, said: Json) -> Message:
    """The bot's message, not posted yet."""
    app, install = call.caller
    return Message(
        ts=call.world.next_ts(),
        channel_id=channel.id,
        user_id=install.bot_user_id,
        team_id=install.team_id,
        text=said["text"][:LONGEST_POST],
        blocks=with_ids(call.world, said["blocks"]),
        attachments=said["attachments"],
        app_id=app.id,
        bot_id=install.bot_id,
    )


@method("chat.postMessage", "chat:write")
async def chat_post_message(call: Call) -> Json:
    channel = place(call)
    said = content(call)
    message = compose(call, channel, said)
    message.metadata = checked(call)
    message.thread_ts = thread(call, channel)
    message.subtype = BROADCAST if message.thread_ts and call.flag("reply_broadcast") else None
    refuse_writing(channel, message.thread_ts)
    pace_channel(call, channel)
    call.world.add_message(message)
    call.dispatcher.events.message(message)
    answer: Json = {"channel": channel.id, "ts": message.ts, "message": message_json(call.world, message)}
    warnings = _warnings(said)
    if warnings:
        answer |= {"warning": warnings[0], "response_metadata": {"warnings": warnings}}
    return answer


def _warnings(said: Json) -> list[str]:
    if len(said["text"]) > LONGEST_POST:
        return ["message_truncated"]
    return ["missing_text_in_message"] if not said["text"] else []


def _own(call: Call, refusal: str) -> tuple[Channel, Message]:
    """The bot's own message that the arguments name."""
    channel, ts = call.channel(), str(call.needed("ts"))
    message = channel.messages.get(ts)
    if message is None or message.ephemeral_to:
        raise Refusal("message_not_found")
    if message.user_id != call.bot:
        raise Refusal(refusal)
    return channel, message


@method("chat.update", "chat:write")
async def chat_update(call: Call) -> Json:
    """Blocks stay only if neither text nor blocks are given; metadata stays unless it is given."""
    channel, message = _own(call, "cant_update_message")
    if not call.args.keys() & CHANGES:
        raise Refusal("no_text")
    metadata = checked(call)
    _refuse_late_or_closed(call, channel, message)
    if len(call.text("text").encode("utf-8", "replace")) > LONGEST_UPDATE:
        raise Refusal("msg_too_long")
    if call.args.keys() & (CHANGES - {"metadata"}):
        _rewrite(call, channel, message)
    if "metadata" in call.args:
        message.metadata = metadata
    call.world.touch()
    shape = message_json(call.world, message)
    return {"channel": channel.id, "ts": message.ts, "text": message.text, "message": shape}


def _refuse_late_or_closed(call: Call, channel: Channel, message: Message) -> None:
    if channel.archived or channel.frozen:
        raise Refusal("is_inactive")
    if call.world.past_editing(message):
        raise Refusal("edit_window_closed")


def _rewrite(call: Call, channel: Channel, message: Message) -> None:
    said, before = content(call), message_json(call.world, message)
    message.text, message.attachments = said["text"], said["attachments"]
    message.blocks = with_ids(call.world, said["blocks"])
    message.edited_ts = None if said["blocks"] else call.world.next_ts()
    message.drafts.clear()
    call.dispatcher.events.changed(channel, message, before)


@method("chat.delete", "chat:write")
async def chat_delete(call: Call) -> Json:
    channel, message = _own(call, "cant_delete_message")
    if call.world.workspaces[call.caller[1].team_id].keeps_messages:
        raise Refusal("compliance_exports_prevent_deletion")
    del channel.messages[message.ts]
    call.world.touch()
    call.dispatcher.events.deleted(channel, message_json(call.world, message))
    return {"channel": channel.id, "ts": message.ts}


@method("chat.postEphemeral", "chat:write")
async def chat_post_ephemeral(call: Call) -> Json:
    """Shown to one member of the channel, kept out of history."""
    channel, user = writable(call), call.user()
    foreign = user.team_id != call.caller[1].team_id and not call.world.guesses.external_ephemeral
    if user.id not in channel.members or foreign:
        raise Refusal("user_not_in_channel")
    message = compose(call, channel, content(call))
    message.ephemeral_to = user.id
    message.thread_ts = thread(call, channel)
    refuse_writing(channel, message.thread_ts)
    call.world.add_message(message)
    return {"message_ts": message.ts}


@method("chat.getPermalink")
async def chat_get_permalink(call: Call) -> Json:
    channel, ts = call.channel(), str(call.needed("message_ts"))
    if ts not in channel.messages:
        raise Refusal("message_not_found")
    thread_ts = channel.messages[ts].thread_ts
    inside = f"?thread_ts={thread_ts}&cid={channel.id}" if thread_ts and thread_ts != ts else ""
    link = f"{call.base_url}/archives/{channel.id}/p{ts.replace('.', '')}{inside}"
    return {"channel": channel.id, "permalink": link}


@method("blocks.validate", token=False)
async def blocks_validate(call: Call) -> Json:
    """Judges blocks, a message or a view without posting anything."""
    view, said = call.args.get("view"), call.args.get("message") or {"blocks": call.args.get("blocks")}
    if isinstance(view, dict):
        faults = judge(view, "home" if view.get("type") == "home" else "modal")
    elif isinstance(said, dict) and isinstance(said.get("blocks"), list):
        faults = judge({"text": "", **said}, "message")
    else:
        raise invalid_arguments("provide one of: blocks, message, view")
    found = [{"pointer": one.pointer, "code": one.code, "message": one.message} for one in faults]
    if found:
        raise Refusal("invalid_blocks", errors=found)
    return {}
