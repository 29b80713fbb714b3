"""Judges a message's attachments: each is an object, of words and fields, or of blocks like the message's."""

from collections.abc import Iterator
from typing import Any

from playground import outline
from playground.defects import Defect
from playground.rules import judge


def judge_attachments(attachments: list[Any]) -> list[Defect]:
    """Every defect in them; empty if Slack would take them."""
    return [fault for index, one in enumerate(attachments) for fault in _attachment(one, f"/attachments/{index}")]


def _attachment(given: Any, pointer: str) -> Iterator[Defect]:
    found = list(outline.attachment(given, pointer))
    yield from found
    if not found:
        for fault in judge({"blocks": given.get("blocks")}, "message"):
            yield Defect(fault.code, pointer + fault.pointer, fault.message)
