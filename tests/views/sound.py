"""Whether Slack would take a payload, and what Slack's own rules miss."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View as SdkView

from bot.ports import Message, View
from bot.views.blocks import letters
from bot.views.words import contained
from playground.forms import elements
from playground.rules import judge

OURS = re.compile(r"<#C[A-Z0-9]+>|<@Up\d+>|<!date\^\d+\^[^|<>]+\|[^<>]*>")
"""The only special sequences the bot itself writes; of mentions, those of the people in these tests."""
MENTION = re.compile(r"<[!@#]")
BARE = re.compile(r"&(?!amp;|lt;|gt;)|[<>]")
"""What escaping leaves none of."""

LARGEST = 250_000


def sound_message(message: Message, *, groups: int = 1) -> None:
    """Raises AssertionError for the first thing that is wrong with a message."""
    payload = {"text": message.text, "blocks": [*message.blocks]}
    assert judge(payload, "message") == []
    assert 0 < len(message.text.encode()) <= 4000, "Slack would not take it as a change of one it has"
    assert letters([*message.blocks]) <= 10_000
    assert 0 < len(message.blocks) <= 50
    assert_escaped(message.text)
    assert contained(message.text) == message.text
    _sound_blocks(payload, groups)


def sound_view(view: View, *, groups: int = 1) -> None:
    """The same for a modal or a Home; `groups` of a person may each have their own row of the same buttons."""
    assert judge(view, "home" if view["type"] == "home" else "modal") == []
    assert len(view["blocks"]) <= 100
    assert len(json.dumps(view)) < LARGEST
    assert len(view.get("private_metadata", "")) <= 3000
    for part in ("title", "submit", "close"):
        assert len(view.get(part, {}).get("text", "")) <= 24
    SdkView(**view).validate_json()
    _sound_blocks(view, groups)


def _sound_blocks(payload: dict[str, Any], groups: int) -> None:
    blocks = payload["blocks"]
    for block in blocks:
        parsed = Block.parse(block)
        assert parsed is not None, block["type"]
        parsed.validate_json()
        assert parsed.to_dict() == block, "slack_sdk would write it otherwise"
    ids = Counter(block["block_id"] for block in blocks if block.get("block_id"))
    assert [id_ for id_, times in ids.items() if times > 1] == []
    acts = Counter(element["action_id"] for _, element in elements(blocks))
    assert [id_ for id_, times in acts.items() if times > groups] == []
    for block in blocks:
        if block["type"] == "actions":
            assert len(block["elements"]) <= 5
    for part in parts(payload["blocks"]):
        _sound_part(part)


def _sound_part(part: dict[str, Any]) -> None:
    if part.get("type") == "mrkdwn":
        assert part["verbatim"] is True
        assert 0 < len(part["text"]) <= 3000
        assert_escaped(part["text"])
    if part.get("type") in ("mrkdwn", "plain_text", "text"):
        assert contained(part["text"]) == part["text"], "it turns what stands after it"
    if part.get("type") == "button":
        assert len(part["value"]) <= 2000
    if "value" in part and "text" in part and "type" not in part:
        assert len(part["value"]) <= 150


def assert_escaped(markup: str) -> None:
    """No word of anybody's is read as a mention, a link or half an entity."""
    rest = OURS.sub("", markup)
    assert not MENTION.search(rest)
    assert not BARE.search(rest), BARE.search(rest)


def parts(value: Any) -> Iterator[dict[str, Any]]:
    """Every object inside a payload."""
    if isinstance(value, dict):
        yield value
        for one in value.values():
            yield from parts(one)
    elif isinstance(value, list):
        for one in value:
            yield from parts(one)


def shown(payload: Any) -> str:
    """Every text in a payload, one a line, entities as letters."""
    texts = [part["text"] for part in parts(payload) if isinstance(part.get("text"), str)]
    return "\n".join(texts).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
