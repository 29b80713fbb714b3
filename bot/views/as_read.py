"""Asking once more, where the words beside a button have changed since somebody read them."""

from __future__ import annotations

from msgspec.structs import replace

from bot.domain.as_read import version_of
from bot.ports.blocks import Block
from bot.views import action_payload, blocks
from bot.views.action_payload import ActionPayload


def once_more(label: str, action_id: str, aimed: ActionPayload, words: str) -> Block:
    """The button that was pressed, for the words as they are now."""
    value = action_payload.write(replace(aimed, words=version_of(words)))
    return blocks.row(blocks.button(label, action_id, value))
