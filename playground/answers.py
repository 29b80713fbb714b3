"""What an app answers to a command or a click: in the acknowledgement, or later at the `response_url`."""

from typing import Any

from aiohttp import web

from playground import notation, wording
from playground.api.mishaps import AFTER, spoiled
from playground.delivery import Dispatcher
from playground.faults import ON_CALLS, Place
from playground.messages import Message
from playground.modals import with_ids
from playground.shapes import message_json
from playground.tickets import ResponseUrl
from playground.traffic import ApiCall

Json = dict[str, Any]


async def respond(dispatcher: Dispatcher, request: web.Request) -> web.Response:
    """A POST to a `response_url`: five times within half an hour, by the playground's clock."""
    ticket = dispatcher.world.response_urls.get(request.match_info["key"])
    try:
        text = (await request.read()).decode(errors="replace")
    except web.RequestPayloadError:  # It is not packed as its headers say.
        text = ""
    entry = ApiCall(dispatcher.world.clock.now(), "response_url", None, None, {"body": text})
    dispatcher.world.traffic.log.append(entry)
    order = dispatcher.world.faults.strike(ON_CALLS, _place(ticket), entry)
    with dispatcher.busy():
        if order is None or order.fault.kind in AFTER:
            entry.refusal = _spend(dispatcher, ticket, text, entry)
            entry.response = {"ok": False, "error": entry.refusal} if entry.refusal else {"ok": True}
        answer = await spoiled(order, request, entry, _said(entry)) if order else _said(entry)
    dispatcher.world.touch()
    return answer


def _place(ticket: ResponseUrl | None) -> Place:
    if ticket is None:
        return Place("response_url")
    return Place("response_url", ticket.app_id, ticket.install_team_id, ticket.channel_id)


def _said(entry: ApiCall) -> web.Response:
    if entry.refusal:
        return web.json_response(entry.response, status=404 if entry.refusal.endswith("_url") else 400)
    return web.Response(text="ok")


def _spend(dispatcher: Dispatcher, ticket: ResponseUrl | None, text: str, entry: ApiCall) -> str | None:
    if ticket is None:
        return "invalid_url"
    entry.app_id, entry.team_id = ticket.app_id, ticket.install_team_id
    if fault := ticket.refusal(dispatcher.world.clock.now()):
        return fault
    try:
        body = notation.read(text)
    except ValueError:
        return "invalid_payload"
    if not isinstance(body, dict):
        return "invalid_payload"
    entry.args = body
    ticket.uses += 1
    return reply(dispatcher, ticket, body)


def reply(dispatcher: Dispatcher, ticket: ResponseUrl, body: Json) -> str | None:
    """Post, replace or delete as the body says. Returns Slack's error code if it cannot be."""
    channel = dispatcher.world.channels[ticket.channel_id]
    original = channel.messages.get(ticket.message_ts or "")
    if body.get("delete_original"):
        return _delete(dispatcher, original)
    try:
        said = wording.read(body)
    except wording.Unsayable as fault:
        return fault.code
    if body.get("replace_original") and original:
        return _replace(dispatcher, original, said)
    thread_ts = body.get("thread_ts")
    _post(
        dispatcher, ticket, said, body.get("response_type") == "in_channel", str(thread_ts) if thread_ts else None
    )
    return None


def _delete(dispatcher: Dispatcher, original: Message | None) -> str | None:
    if original is None:
        return "message_not_found"
    channel = dispatcher.world.channels[original.channel_id]
    del channel.messages[original.ts]
    dispatcher.world.touch()
    if not original.ephemeral_to:
        dispatcher.events.deleted(channel, message_json(dispatcher.world, original))
    return None


def _replace(dispatcher: Dispatcher, original: Message, said: Json) -> str | None:
    before = message_json(dispatcher.world, original)
    original.text, original.attachments = said["text"], said["attachments"]
    original.blocks = with_ids(dispatcher.world, said["blocks"])
    original.drafts.clear()
    dispatcher.world.touch()
    if not original.ephemeral_to:
        dispatcher.events.changed(dispatcher.world.channels[original.channel_id], original, before)
    return None


def _post(dispatcher: Dispatcher, ticket: ResponseUrl, said: Json, for_all: bool, thread_ts: str | None) -> None:
    app = dispatcher.world.apps[ticket.app_id]
    install = app.installs[ticket.install_team_id]
    message = Message(
        ts=dispatcher.world.next_ts(),
        channel_id=ticket.channel_id,
        user_id=install.bot_user_id,
        team_id=install.team_id,
        text=said["text"],
        blocks=with_ids(dispatcher.world, said["blocks"]),
        attachments=said["attachments"],
        app_id=app.id,
        bot_id=install.bot_id,
        thread_ts=thread_ts,
        ephemeral_to=None if for_all else ticket.user_id,
    )
    dispatcher.world.add_message(message)
    if not message.ephemeral_to:
        dispatcher.events.message(message)
