"""The door for signed requests: what is not Slack's is refused unread, and nobody of ours acts on it."""

import json
from urllib.parse import urlencode

import pytest
from structlog.testing import capture_logs

from bot.app import started
from playground.clock import real_seconds
from tests.edge.awkward import ok
from tests.edge.conftest import SECRET
from tests.edge.doors import press, send, signature, signed

WORDS = "Beds are full again."
RIGHT = object()
NOW = object()


@pytest.fixture
async def by_http(slack, settings_for):
    settings = settings_for(slack.api_url, slack_app_token="", slack_signing_secret=SECRET, http_port=0)
    async with started(settings, clock=slack.world.clock.now) as app:
        yield app


def altered(raw, signatures, timestamps):
    """Headers with these values in place of the right ones; RIGHT and NOW stand for those."""
    now = str(real_seconds())
    times = [now if one is NOW else one for one in timestamps]
    return [
        ("Content-Type", "application/x-www-form-urlencoded"),
        *(("X-Slack-Request-Timestamp", one) for one in times),
        *(("X-Slack-Signature", signature(raw, now) if one is RIGHT else one) for one in signatures),
    ]


FORGED = {
    "non-ASCII": (["v0=é"], [NOW]),
    "Latin-1": ([b"v0=\xe9"], [NOW]),
    "as long as a right one, non-ASCII": (["v0=" + "é" * 64], [NOW]),
    "digits of another script": (["v0=" + "٣" * 64], [NOW]),
    "no signature": ([], [NOW]),
    "empty": ([""], [NOW]),
    "no version": (["a" * 64], [NOW]),
    "another version": (["v1=" + "a" * 64], [NOW]),
    "upper case": (["V0=" + "A" * 64], [NOW]),
    "too short": (["v0=" + "a" * 63], [NOW]),
    "too long": (["v0=" + "a" * 65], [NOW]),
    "guessed": (["v0=" + "a" * 64], [NOW]),
    "a right one beside a guess": ([RIGHT, "v0=" + "a" * 64], [NOW]),
    "a guess beside a right one": (["v0=" + "a" * 64, RIGHT], [NOW]),
    "no timestamp": ([RIGHT], []),
    "two timestamps": ([RIGHT], [NOW, NOW]),
    "a stale timestamp": ([RIGHT], ["1"]),
    "a timestamp of another script": ([RIGHT], ["١٢٣"]),
    "a timestamp of bytes": ([RIGHT], [b"\xff\xfe"]),
    "nothing at all": ([], []),
}


BODIES = {
    "payload={": b"payload={",
    "null": b"null",
    "empty": b"",
    "no text": b"\xff\xfe",
    "deep": b"payload=" + b"[" * 100_000,
}


@pytest.mark.parametrize("kind", [*BODIES, "press", "command"])
async def test_what_is_not_signed_is_refused_and_acted_on_by_nobody(slack, by_http, awkward, kind, caplog):
    """Whatever of ours would run over it, would post to its response_url or open a form with its trigger."""
    awkward.answers = [ok()]
    raw = (BODIES | {"press": a_press(awkward), "command": a_command(awkward)})[kind]
    with capture_logs() as lines:
        for forged, headers in FORGED.items():
            assert await send(by_http, raw, altered(raw, *headers)) == 401, forged
    assert {line["event"] for line in lines} == {"refused a request that is not Slack's"}
    assert len(lines) == len({line["kind"] for line in lines}) <= 5
    assert WORDS not in caplog.text + str(lines)
    assert "Traceback" not in caplog.text
    assert awkward.taken == []
    assert slack.world.traffic.calls_of("views.open") == []


def a_press(awkward):
    return press(awkward.url + "caught", state={"values": {"b": {"b": {"value": WORDS}}}})


def a_command(awkward):
    return f"command=/plate&text={WORDS}&trigger_id=1.2.3&response_url={awkward.url}caught".encode()


async def test_what_slack_signed_comes_in(by_http):
    raw = json.dumps({"type": "url_verification", "challenge": "c"}).encode()
    assert await send(by_http, raw, signed(raw, "application/json")) == 200


async def test_odd_case_in_a_headers_name_is_no_fault(by_http):
    raw = json.dumps({"type": "url_verification", "challenge": "c"}).encode()
    assert (
        await send(by_http, raw, [(name.swapcase(), value) for name, value in signed(raw, "application/json")])
        == 200
    )


async def test_a_request_that_is_played_again_is_answered_and_not_handled(by_http):
    """Byte for byte; Slack itself signs what it sends again anew."""
    heard = []

    async def hear(ack):
        heard.append(1)
        await ack("Heard.")

    by_http.bolt.command("/hear")(hear)
    raw = urlencode(
        {"command": "/hear", "team_id": "T0RIVER", "user_id": "U0SAM", "channel_id": "C0CARERS"}
    ).encode()
    headers = signed(raw)
    assert [await send(by_http, raw, headers) for _ in range(3)] == [200] * 3
    assert heard == [1]
