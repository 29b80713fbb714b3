"""What is said to Slack, and its refusal, for tests of the messenger."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.ports import Message, SlackRefused


def saying(text, *more):
    section = {"type": "section", "text": {"type": "mrkdwn", "text": text, "verbatim": True}}
    return Message(text=text, blocks=(section, *more))


JOIN = {
    "type": "actions",
    "elements": [
        {"type": "button", "action_id": "join", "value": "v", "text": {"type": "plain_text", "text": "Join"}}
    ],
}
TODAY = datetime(2026, 11, 23, 9, tzinfo=UTC)
FORM = {
    "type": "modal",
    "callback_id": "plate",
    "title": {"type": "plain_text", "text": "Your plate"},
    "blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": "Two minutes?"}}],
}
HOME = {"type": "home", "blocks": FORM["blocks"]}


async def refusal_of(call):
    with pytest.raises(SlackRefused) as refused:
        await call
    return refused.value
