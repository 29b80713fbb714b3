"""What no client of Slack's would send: always answered as Slack would, never with a traceback.

https://docs.slack.dev/reference/methods/chat.postMessage lists the codes; every method's page has them.
"""

from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from playground.server import Playground
from tests.playground.bad_blocks import long
from tests.playground.blocks import section
from tests.playground.conftest import TOKEN
from tests.playground.refusals import code, refusal

Json = dict[str, Any]
JSON = "application/json"
FORM = "application/x-www-form-urlencoded"
DEEP = "[" * 900 + "]" * 900
DEEPEST = "[" * 100_000
NAMED = 'Content-Disposition: form-data; name="text"\r\nContent-Type: text/plain'
NESTED_TEXT = '{"type": "rich_text", "elements": [' * 900 + "]}" * 900


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession(headers={"Authorization": f"Bearer {TOKEN}"}) as session:
        yield session


async def sent(pg: Playground, http: aiohttp.ClientSession, body: str | bytes, content_type: str) -> str:
    """What `chat.postMessage` refuses this body with."""
    data = body if isinstance(body, bytes) else body.encode()
    async with http.post(
        f"{pg.api_url}chat.postMessage", data=data, headers={"Content-Type": content_type}
    ) as answer:
        assert answer.status == 200
        return str((await answer.json())["error"])


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(DEEPEST, id="deep"),
        pytest.param(f'{{"channel": "C0OPEN", "text": {DEEP}}}', id="nested"),
        pytest.param(f'{{"channel": "C0OPEN", "blocks": [{NESTED_TEXT}]}}', id="nested rich text"),
        pytest.param('{"channel": "C0OPEN", "text": "\\ud800"}', id="half a character"),
        pytest.param('{"channel": "C0OPEN", "text": NaN}', id="no number"),
        pytest.param(b'{"channel": "C0OPEN", "text": "\xff"}', id="no UTF-8"),
    ],
)
async def test_a_body_that_cannot_be_read_is_no_json(
    pg: Playground, http: aiohttp.ClientSession, body: str | bytes
) -> None:
    """https://docs.slack.dev/apis/web-api"""
    assert await sent(pg, http, body, JSON) == "invalid_json"


@pytest.mark.parametrize(
    "blocks", [DEEPEST, NESTED_TEXT, '["\\ud800"]'], ids=["deep", "rich text", "half a character"]
)
async def test_blocks_in_a_form_that_cannot_be_read_are_refused(client: AsyncWebClient, blocks: str) -> None:
    """https://docs.slack.dev/reference/methods/chat.postMessage (`invalid_blocks_format`)"""
    assert await code(client, "chat.postMessage", channel="C0OPEN", blocks=blocks) == "invalid_blocks_format"


@pytest.mark.parametrize("content_type", [f"{JSON}; charset=foo", f"{FORM}; charset=utf-7"])
async def test_a_charset_that_slack_does_not_know_is_refused(
    pg: Playground, http: aiohttp.ClientSession, content_type: str
) -> None:
    """https://docs.slack.dev/reference/methods/chat.postMessage (`invalid_charset`)"""
    assert await sent(pg, http, "{}", content_type) == "invalid_charset"


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("multipart/form-data", "--b\r\n\r\na\r\n--b--\r\n"),
        ("multipart/form-data; boundary=b", "--b\r\nContent-Disposition: form-data\r\n\r\na\r\n--b--\r\n"),
        ("multipart/form-data; boundary=b", '--b\r\nContent-Disposition: form-data; name="text"\r\n\r\nbroken o'),
        ("multipart/form-data; boundary=b", "nothing of the kind"),
        ("multipart/form-data; boundary=b", f"--b\r\n{NAMED}; charset=foo\r\n\r\na\r\n--b--\r\n"),
        (
            "multipart/form-data; boundary=b",
            f"--b\r\n{NAMED}\r\nContent-Transfer-Encoding: foo\r\n\r\na\r\n--b--\r\n",
        ),
        ("multipart/form-data; boundary=b", "--b\r\nfoo\r\n\r\na\r\n--b--\r\n"),
    ],
    ids=["no boundary", "no name", "broken off", "no parts", "charset", "encoding", "no header"],
)
async def test_a_broken_form_is_refused(
    pg: Playground, http: aiohttp.ClientSession, content_type: str, body: str
) -> None:
    """https://docs.slack.dev/reference/methods/chat.postMessage (`invalid_form_data`)"""
    assert await sent(pg, http, body, content_type) == "invalid_form_data"


@pytest.mark.parametrize(
    "blocks",
    [
        [{"type": []}],
        [{"type": {}}],
        [{"type": "actions", "elements": [{"type": []}]}],
        [{"type": "context", "elements": ["a"]}],
        [{"type": "context", "elements": [None]}],
        [{"type": "rich_text", "elements": ["a"]}],
    ],
)
async def test_blocks_of_the_wrong_shape_are_refused(client: AsyncWebClient, blocks: list[Any]) -> None:
    """https://docs.slack.dev/reference/methods/chat.postMessage (`invalid_blocks`)"""
    assert await code(client, "chat.postMessage", channel="C0OPEN", text="a", blocks=blocks) == "invalid_blocks"
    assert await code(client, "blocks.validate", blocks=blocks) == "invalid_blocks"


# -- attachments ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("attachment", "place"),
    [
        ("x", ""),
        (None, ""),
        ([], ""),
        ({"text": {"a": 1}}, "/text"),
        ({"title": "t", "fields": "f"}, "/fields"),
        ({"title": "t", "fields": ["f"]}, "/fields/0"),
        ({"blocks": {}}, "/blocks"),
        ({"blocks": [{"type": "foo"}]}, "/blocks/0/type"),
        ({"blocks": [section(long(3001))]}, "/blocks/0/text"),
    ],
)
async def test_attachments_are_judged_with_their_blocks(
    client: AsyncWebClient, attachment: Any, place: str
) -> None:
    """https://github.com/slackapi/java-slack-sdk/issues/415: `invalid_attachments`."""
    answer = await refusal(client, "chat.postMessage", channel="C0OPEN", text="t", attachments=[attachment])
    assert answer["error"] == "invalid_attachments"
    assert f"[json-pointer:/attachments/0{place}" in answer["response_metadata"]["messages"][0]


async def test_an_attachment_of_words_fields_or_blocks_is_taken(client: AsyncWebClient) -> None:
    """https://docs.slack.dev/legacy/legacy-messaging/legacy-secondary-message-attachments"""
    legacy = {"color": "good", "title": "t", "ts": 123, "fields": [{"title": "f", "value": "v", "short": True}]}
    attachments = [legacy, {"color": "#36a64f", "blocks": [section("a")]}]
    assert (await client.api_call("chat.postMessage", json={"channel": "C0OPEN", "attachments": attachments}))["ok"]


# -- nothing said --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "said", [{"text": " "}, {"text": "\n\t"}, {"text": []}, {"attachments": [{}]}, {"text": None}]
)
async def test_a_message_of_nothing_has_no_text(client: AsyncWebClient, said: Json) -> None:
    """https://docs.slack.dev/reference/methods/chat.postMessage (`no_text`)"""
    assert await code(client, "chat.postMessage", channel="C0OPEN", **said) == "no_text"


async def test_an_update_that_changes_nothing_has_no_text(client: AsyncWebClient) -> None:
    """https://docs.slack.dev/reference/methods/chat.update (`no_text`)"""
    ts = (await client.chat_postMessage(channel="C0OPEN", text="first"))["ts"]
    assert await code(client, "chat.update", channel="C0OPEN", ts=ts) == "no_text"
    assert await code(client, "chat.update", channel="C0OPEN", ts=ts, text=" ") == "no_text"


async def test_an_update_that_is_refused_changes_nothing(client: AsyncWebClient, pg: Playground) -> None:
    """https://docs.slack.dev/reference/methods/chat.update (`invalid_metadata_format`)"""
    ts = (await client.chat_postMessage(channel="C0OPEN", text="first"))["ts"]
    more = {"text": "second", "metadata": ["note"]}
    assert await code(client, "chat.update", channel="C0OPEN", ts=ts, **more) == "invalid_metadata_format"
    assert pg.world.channels["C0OPEN"].messages[ts].text == "first"
