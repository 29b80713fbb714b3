"""A stranger at Between's HTTP door, who writes the bytes of a request by hand."""

import asyncio
import hashlib
import hmac
import json
from urllib.parse import urlencode

from playground.clock import real_seconds
from tests.edge.conftest import SECRET

FORM = "application/x-www-form-urlencoded"


def signature(raw, sent_at, secret=SECRET):
    return "v0=" + hmac.new(secret.encode(), b"v0:" + sent_at.encode() + b":" + raw, hashlib.sha256).hexdigest()


def signed(raw, kind=FORM):
    """The headers that Slack would send along with a body."""
    sent_at = str(real_seconds())
    return [
        ("Content-Type", kind),
        ("X-Slack-Request-Timestamp", sent_at),
        ("X-Slack-Signature", signature(raw, sent_at)),
    ]


async def send(app, raw, headers):
    """The status that this request, byte for byte, is answered with; headers may repeat and hold any bytes."""
    reader, writer = await asyncio.open_connection("127.0.0.1", app.port)
    try:
        head = [
            b"POST /slack/events HTTP/1.1",
            b"Host: between",
            b"Connection: close",
            b"Content-Length: %d" % len(raw),
        ]
        head += [_bytes(name) + b": " + _bytes(value) for name, value in headers]
        writer.write(b"\r\n".join(head) + b"\r\n\r\n" + raw)
        await writer.drain()
        answer = await reader.read()
        return int(answer.split(b" ", 2)[1])
    finally:
        writer.close()
        await writer.wait_closed()


def _bytes(value):
    return value if isinstance(value, bytes) else str(value).encode()


def press(response_url, **others):
    """A press of a button, as Slack sends one in a form's field."""
    payload = {
        "type": "block_actions",
        "user": {"id": "U0SAM", "team_id": "T0RIVER"},
        "team": {"id": "T0RIVER"},
        "trigger_id": "1.2.3",
        "response_url": response_url,
        "actions": [{"type": "button", "action_id": "menu_open", "block_id": "b", "value": "{}"}],
    }
    return urlencode({"payload": json.dumps(payload | others)}).encode()
