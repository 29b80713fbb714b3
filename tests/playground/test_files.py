"""Files that an app puts into a conversation. https://docs.slack.dev/messaging/working-with-files"""

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from playground.server import Playground
from playground.world import World
from tests.playground.refusals import code

WORDS = b"Group,Words\r\n"


@pytest.fixture(autouse=True)
def with_scope(world: World) -> None:
    world.app("Bell").installs["T0MILL"].scopes.append("files:write")


async def asked(client: AsyncWebClient, name: str = "mine.csv") -> tuple[str, str]:
    answer = await client.files_getUploadURLExternal(filename=name, length=len(WORDS))
    return str(answer["upload_url"]), str(answer["file_id"])


async def put(url: str, content: bytes = WORDS) -> int:
    async with aiohttp.ClientSession() as session, session.post(url, data=content) as answer:
        return answer.status


async def test_a_file_is_asked_for_uploaded_and_put_into_a_thread(client: AsyncWebClient, pg: Playground) -> None:
    """https://docs.slack.dev/reference/methods/files.completeUploadExternal"""
    ts = str((await client.chat_postMessage(channel="C0OPEN", text="a"))["ts"])
    url, id_ = await asked(client)
    assert await put(url) == 200
    answer = await client.files_completeUploadExternal(
        files=[{"id": id_, "title": "Mine"}], channel_id="C0OPEN", thread_ts=ts
    )
    assert answer["files"] == [{"id": id_, "title": "Mine"}]
    (reply,) = [one for one in pg.world.channels["C0OPEN"].messages.values() if one.thread_ts == ts]
    assert reply.subtype == "file_share"
    assert reply.more["files"][0]["name"] == "mine.csv"
    async with aiohttp.ClientSession() as session, session.get(f"{pg.url}/file/{id_}") as got:
        assert await got.read() == WORDS


async def test_slack_sdks_own_upload_works(client: AsyncWebClient, pg: Playground) -> None:
    """https://docs.slack.dev/tools/python-slack-sdk/web#uploading-files"""
    await client.files_upload_v2(filename="mine.txt", content="words", channel="C0OPEN", initial_comment="Here.")
    newest = max(pg.world.channels["C0OPEN"].messages.values(), key=lambda one: one.ts)
    assert (newest.text, [one["name"] for one in newest.more["files"]]) == ("Here.", ["mine.txt"])


async def test_without_a_channel_it_stays_the_apps_own(client: AsyncWebClient, pg: Playground) -> None:
    """https://docs.slack.dev/reference/methods/files.completeUploadExternal"""
    url, id_ = await asked(client)
    await put(url)
    await client.files_completeUploadExternal(files=[{"id": id_}])
    assert not [one for one in pg.world.channels["C0OPEN"].messages.values() if one.subtype == "file_share"]


async def test_what_was_never_uploaded_can_not_be_shared(client: AsyncWebClient) -> None:
    """https://docs.slack.dev/reference/methods/files.completeUploadExternal"""
    _, id_ = await asked(client)
    refused = await code(client, "files.completeUploadExternal", files=[{"id": id_}], channel_id="C0OPEN")
    assert refused == "file_not_found"


async def test_bytes_of_another_length_than_was_said_are_refused(client: AsyncWebClient) -> None:
    """https://docs.slack.dev/reference/methods/files.getUploadURLExternal"""
    url, _ = await asked(client)
    assert await put(url, b"more than was said") == 400


async def test_an_app_without_the_scope_is_refused(client: AsyncWebClient, world: World) -> None:
    """https://docs.slack.dev/reference/scopes/files.write"""
    world.app("Bell").installs["T0MILL"].scopes.remove("files:write")
    assert await code(client, "files.getUploadURLExternal", filename="a", length=1) == "missing_scope"
