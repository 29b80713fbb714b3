"""Strangers who hold a connection are let go of in time and shut nobody out; the log says so once a minute."""

import asyncio
import gzip
from contextlib import asynccontextmanager, suppress

import pytest
from slack_bolt.async_app import AsyncApp
from structlog.testing import capture_logs

from bot.slack.connections import Limits
from bot.slack.http import listening
from bot.slack.log_limiter import LogLimiter
from playground.clock import real_seconds
from tests.edge.conftest import SECRET

HALF_A_HEAD = b"POST /slack/events HTTP/1.1\r\nHost: between\r\nX-Slack"
HALF_A_BODY = (
    b"POST /slack/events HTTP/1.1\r\nHost: between\r\nContent-Length: 9\r\n"
    b"X-Slack-Signature: v0=" + b"a" * 64 + b"\r\nX-Slack-Request-Timestamp: %d\r\n\r\nhalf"
)
WELL = b"GET /healthz HTTP/1.1\r\nHost: between\r\nConnection: close\r\n\r\n"


async def well():
    return {"ok": True}


@asynccontextmanager
async def door(health=well, **limits):
    """None of these requests is signed, so that no listener is reached."""
    app = AsyncApp(authorize=well, signing_secret=SECRET)
    behind = {"slack": app, "path": "/slack/events", "signing_secret": SECRET}
    async with listening("127.0.0.1", 0, health, **behind, limits=Limits(**limits)) as port:
        yield port


async def begin(port, raw):
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(raw)
    await writer.drain()
    return reader, writer


async def ended(reader, writer):
    """What was answered until the other side hung up."""
    try:
        return await reader.read()
    except ConnectionError:
        return b""
    finally:
        await hang_up(writer)


async def hang_up(*writers):
    for writer in writers:
        writer.close()
        with suppress(ConnectionError):
            await writer.wait_closed()


async def until(true):
    """Waits for what must become true; pytest's own limit ends it where it never does."""
    while not await true():  # noqa: ASYNC110
        await asyncio.sleep(0.01)


@pytest.mark.parametrize("raw", [b"", b"P", HALF_A_HEAD])
async def test_who_sends_half_a_head_is_hung_up_on(raw):
    async with door(headers_s=0.3) as port:
        assert await ended(*await begin(port, raw)) == b""


@pytest.mark.slow
async def test_who_sends_half_a_body_is_answered_and_hung_up_on():
    with capture_logs() as lines:
        async with door(body_s=0.3) as port:
            reader, writer = await begin(port, HALF_A_BODY % real_seconds())
            assert b" 408 " in await ended(reader, writer)
    assert [line["kind"] for line in lines] == ["half a body"]


@pytest.mark.parametrize("half", ["head", "body"])
async def test_half_sent_requests_shut_nobody_out(half):
    """The oldest of them go, however many there are. Headers as Slack's are easily written; a signature is not."""
    raw = HALF_A_HEAD if half == "head" else HALF_A_BODY % real_seconds()
    with capture_logs() as lines:
        async with door(connections=20, body_s=30) as port:
            held = [await begin(port, raw) for _ in range(100)]
            assert b" 200 " in await ended(*await begin(port, WELL))
            for reader, writer in held[:50]:
                assert await ended(reader, writer) == b""
            await hang_up(*(writer for _, writer in held))
    assert sum(line["count"] for line in lines if line["event"] == "too many connections") >= 80
    assert len(lines) <= 4


async def test_large_bodies_of_strangers_take_little_memory_in_all():
    """Of many that never end the oldest go; one that comes whole meanwhile is answered."""
    head, half = (HALF_A_BODY % real_seconds()).replace(b": 9", b": 1000000"), b"x" * 500_000
    whole = head.removesuffix(b"half").replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n") + b"x" * 1_000_000
    with capture_logs() as lines:
        async with door(body_s=30, unverified=3_000_000) as port:
            held = [await begin(port, head + half) for _ in range(12)]
            assert b" 401 " in await ended(*await begin(port, whole))
            for reader, writer in held[:6]:
                assert await ended(reader, writer) == b""
            await hang_up(*(writer for _, writer in held))
    assert "closed the oldest unverified" in [line["kind"] for line in lines]


async def test_a_newcomer_goes_where_all_are_being_answered():
    answering, answered = 0, asyncio.Event()

    async def slowly():
        nonlocal answering
        answering += 1
        await answered.wait()
        return await well()

    async with door(slowly, connections=3) as port:
        held = []
        for number in range(1, 4):
            held.append(await begin(port, WELL))

            async def let_in(number=number):
                return answering == number

            await until(let_in)
        assert await ended(*await begin(port, WELL)) == b""
        answered.set()
        for reader, writer in held:
            assert b" 200 " in await ended(reader, writer)


@pytest.mark.parametrize("body", [gzip.compress(b"{}" * 1_000_000), b"no gzip"])
async def test_what_is_said_to_be_compressed_stays_as_it_came(body):
    """Neither grows in our memory nor ends in a fault of ours: it has no signature of Slack's, and that is all."""
    head = HALF_A_BODY.partition(b"Content-Length")
    with capture_logs() as lines:
        async with door() as port:
            length = b"Content-Encoding: gzip\r\nConnection: close\r\nContent-Length: %d" % len(body)
            rest = head[2].partition(b"9\r")[2].removesuffix(b"half") % real_seconds()
            assert b" 401 " in await ended(*await begin(port, head[0] + length + b"\r" + rest + body))
    assert [line["kind"] for line in lines] == ["wrong signature"]


async def test_what_is_no_http_is_one_line_and_no_traceback(caplog):
    with capture_logs() as lines:
        async with door() as port:
            for raw in (
                b"\x16\x03\x01 hello\r\n\r\n",
                b"GET / HTTP/9.9\r\n\r\n",
                b"POST / HTTP/1.1\r\nA b\r\n\r\n",
            ) * 5:
                assert b" 400 " in await ended(*await begin(port, raw))
    assert {line["event"] for line in lines} == {"the web server could not serve a request"}
    assert len(lines) <= 6
    assert "Traceback" not in caplog.text


async def test_each_kind_is_said_at_once_and_then_with_its_number():
    with capture_logs() as lines:
        limiter = LogLimiter(interval_s=0.05)
        for _ in range(5):
            limiter.warn("refused", "one")
        limiter.warn("refused", "other")
        assert [(line["kind"], line["count"]) for line in lines] == [("one", 1), ("other", 1)]

        async def said_again():
            return len(lines) == 3

        await until(said_again)
        limiter.warn("refused", "one")
        limiter.close()
    assert [(line["kind"], line["count"]) for line in lines[2:]] == [("one", 4), ("one", 1)]
