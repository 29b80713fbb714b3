"""Requests over HTTP that Slack did not sign: refused before anything of them is read, whatever they ask for."""

import asyncio
import json
import socket

import pytest

from tests.edge.awkward import Awkward, no, ok
from tests.edge.conftest import SECRET, TEAM
from tests.edge.saying import refusal_of, saying
from tests.edge.test_app import ask, by_http, http_settings, real_seconds  # noqa: F401 (fixtures)

GOOD_SHAPE = "v0=" + "0" * 64


@pytest.fixture
async def elsewhere():
    """An address that a stranger would like the bot to call."""
    async with Awkward() as server:
        server.answers = [ok()]
        yield server


def press(address):
    action = {"type": "button", "action_id": "between_more", "block_id": "b", "value": "rubbish", "action_ts": "1"}
    return {
        "type": "block_actions",
        "user": {"id": "U0SAM", "team_id": TEAM},
        "team": {"id": TEAM},
        "trigger_id": "1.2.3",
        "response_url": address,
        "actions": [action],
    }


def raw_request(port, headers, body):
    """By hand, since aiohttp's client would not send such headers. The status line of the answer."""
    lines = [b"POST /slack/events HTTP/1.1", b"Host: here", b"Content-Type: application/json", *headers]
    lines += [b"Content-Length: %d" % len(body), b"Connection: close", b"", body]
    with socket.create_connection(("127.0.0.1", port)) as line:
        line.sendall(b"\r\n".join(lines))
        line.settimeout(30)
        return line.makefile("rb").readline()


@pytest.mark.parametrize(
    "headers",
    [
        (b"X-Slack-Signature: v0=\xc3\xa9", b"X-Slack-Request-Timestamp: %d"),
        (b"X-Slack-Signature: \xff\xfe", b"X-Slack-Request-Timestamp: %d"),
        (b"X-Slack-Signature: " + GOOD_SHAPE.encode(), b"X-Slack-Request-Timestamp: %d"),
        (b"X-Slack-Signature: " + GOOD_SHAPE.encode(), b"X-Slack-Request-Timestamp: \xb2"),
        (b"X-Slack-Signature: " + GOOD_SHAPE.encode(),),
        (b"X-Slack-Request-Timestamp: %d",),
        (),
        (b"X-Slack-Signature: " + GOOD_SHAPE.encode(),) * 2 + (b"X-Slack-Request-Timestamp: %d",),
    ],
)
@pytest.mark.parametrize("body", [b"null", b"payload={", b"[" * 100_000, b""])
async def test_a_stranger_makes_the_bot_call_nobody(by_http, elsewhere, headers, body):  # noqa: F811
    wanted = json.dumps(press(f"{elsewhere.url}taken")).encode()
    stamped = [one.replace(b"%d", str(real_seconds()).encode()) for one in headers]
    for sent in (body, wanted, b"payload=" + wanted):
        said = await asyncio.to_thread(raw_request, by_http.port, stamped, sent)
        assert b" 401 " in said or b" 400 " in said, said
    assert elsewhere.taken == []


async def test_a_press_that_names_an_address_not_of_slacks_is_answered_nowhere(by_http, elsewhere):  # noqa: F811
    """Signed, so believed; but its address is not where Slack's answers go."""
    status, _ = await ask(by_http, json.dumps(press(f"{elsewhere.url}taken")), secret=SECRET)
    assert status < 500
    assert elsewhere.taken == []


@pytest.mark.parametrize(
    "address",
    [
        "http://hooks.slack.com/actions/1",
        "https://hooks.slack.com.example.org/actions/1",
        "https://slack.com@example.org/actions/1",
        "https://notslack.com/actions/1",
        "https://hooks.slack.com:22/actions/1",
        "file:///etc/passwd",
        "nowhere",
        "http://[::1",
    ],
)
async def test_an_answer_goes_to_slacks_hosts_only(messenger, address):
    refusal = await refusal_of(messenger.reply(address, saying("You are in.")))
    assert (refusal.code, refusal.permanent) == ("not_slacks_address", True)


async def test_a_redirect_is_never_followed(awkward, elsewhere, messenger_at):
    awkward.answers = [no("moved", status=307, Location=f"{elsewhere.url}taken")]
    messenger = messenger_at(awkward.url)
    refusals = [
        await refusal_of(messenger.reply(f"{awkward.url}respond", saying("You are in."))),
        await refusal_of(messenger.open_dm(TEAM, "U0SAM")),
        await refusal_of(messenger.profile(TEAM, "U0SAM")),
    ]
    assert [one.code for one in refusals] == ["redirected"] * 3
    assert elsewhere.taken == []


async def test_whoever_reaches_slack_by_a_proxy_answers_and_sends_files_by_it_too(
    awkward, messenger_at, monkeypatch
):
    """Beyond it there may be no way out at all. The names are nobody's, so that no other way leads there."""
    monkeypatch.setenv("HTTPS_PROXY", awkward.url.removesuffix("/api/"))
    slack = "http://slack.invalid/api/"
    awkward.answers = [ok(upload_url=f"{slack}bytes", file_id="F1"), ok()]
    messenger = messenger_at(slack)
    await messenger.upload(TEAM, "words.txt", b"Words.")
    await messenger.reply(f"{slack}respond", saying("You are in."))
    assert awkward.taken == ["files.getUploadURLExternal", "bytes", "respond"]
