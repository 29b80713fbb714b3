"""Files, as apps put them into a conversation: asked for, uploaded, then completed.

https://docs.slack.dev/messaging/working-with-files
https://docs.slack.dev/reference/methods/files.getUploadURLExternal, …/files.completeUploadExternal
"""

from typing import Any

from aiohttp import web

from playground import notation
from playground.api.places import refuse_writing, writable
from playground.api.registry import Call, Refusal, invalid_arguments, method
from playground.files import File
from playground.messages import Message
from playground.world import World

Json = dict[str, Any]
#: https://slack.com/help/articles/201330736
LARGEST = 1024**3


@method("files.getUploadURLExternal", "files:write")
async def files_get_upload_url_external(call: Call) -> Json:
    """Where the bytes go, and the file's id. Nobody sees it yet."""
    name, length = str(call.needed("filename")), call.number("length", 0)
    if length < 1:
        raise invalid_arguments("must be greater than 0: length")
    if length > LARGEST:
        raise Refusal("file_upload_size_restricted")
    file = File(id=call.world.new_id("F"), name=name, length=length, app_id=call.caller[0].id)
    call.world.files[file.id] = file
    return {"upload_url": f"{call.base_url}/upload/{file.id}", "file_id": file.id}


async def receive(world: World, request: web.Request) -> web.Response:
    """The bytes: as the whole body, or as a form's file. Another length than was said is refused."""
    file = world.files.get(request.match_info["file_id"])
    if file is None or file.completed:
        return web.Response(status=404, text="not found")
    if request.content_type == "multipart/form-data":
        parts = [one.file.read() for one in (await request.post()).values() if isinstance(one, web.FileField)]
        content = parts[0] if parts else b""
    else:
        content = await request.read()
    if len(content) != file.length:
        return web.Response(status=400, text="bad length")
    file.content = content
    return web.Response(text=f"OK - {len(content)}")


async def serve(world: World, request: web.Request) -> web.Response:
    """What the link on a file leads to."""
    file = world.files.get(request.match_info["file_id"])
    if file is None or not file.completed or file.content is None:
        raise web.HTTPNotFound
    headers = {"Content-Disposition": f'attachment; filename="{file.safe_name}"'}
    return web.Response(body=file.content, headers=headers, content_type="application/octet-stream")


@method("files.completeUploadExternal", "files:write")
async def files_complete_upload_external(call: Call) -> Json:
    """The files stand in one message, in the conversation or the thread; without one they stay the app's own."""
    chosen = [_uploaded(call, one) for one in _asked(call)]
    shown = [file.shape() for file in chosen]
    if call.text("channel_id"):
        call.args["channel"] = call.args["channel_id"]
        channel = writable(call)
        thread = call.text("thread_ts") or None
        if thread and thread not in channel.messages:
            raise Refusal("thread_not_found")
        refuse_writing(channel, thread)
        _say(call, channel.id, thread, shown)
    for file in chosen:
        file.completed = True
    return {"files": [{"id": file.id, "title": file.title} for file in chosen]}


@method("files.delete", "files:write")
async def files_delete(call: Call) -> Json:
    """https://docs.slack.dev/reference/methods/files.delete: it is gone from every message it stood in."""
    file = call.world.files.get(str(call.needed("file")))
    if file is None:
        raise Refusal("file_not_found")
    if file.app_id != call.caller[0].id:
        raise Refusal("cant_delete_file")
    del call.world.files[file.id]
    for channel in call.world.channels.values():
        for message in channel.messages.values():
            if message.more.get("files"):
                message.more["files"] = [one for one in message.more["files"] if one["id"] != file.id]
    call.world.touch()
    return {}


def _asked(call: Call) -> list[Json]:
    given = call.needed("files")
    try:
        found = notation.read(given) if isinstance(given, str) else given
    except ValueError:
        raise invalid_arguments("invalid files") from None
    if (
        not isinstance(found, list)
        or not found
        or not all(isinstance(one, dict) and one.get("id") for one in found)
    ):
        raise invalid_arguments("invalid files")
    return found


def _uploaded(call: Call, asked: Json) -> File:
    """A file of this app's that was uploaded and stands nowhere yet: a guess for one that does."""
    file = call.world.files.get(str(asked["id"]))
    if file is None or file.app_id != call.caller[0].id or file.content is None or file.completed:
        raise Refusal("file_not_found")
    file.title = str(asked.get("title") or file.name)
    return file


def _say(call: Call, channel_id: str, thread: str | None, files: list[Json]) -> None:
    app, install = call.caller
    message = Message(
        ts=call.world.next_ts(),
        channel_id=channel_id,
        user_id=install.bot_user_id,
        team_id=install.team_id,
        text=call.text("initial_comment"),
        app_id=app.id,
        bot_id=install.bot_id,
        subtype="file_share",
        more={"files": files, "upload": True, "display_as_bot": False},
        thread_ts=thread,
    )
    call.world.add_message(message)
    call.dispatcher.events.message(message)
