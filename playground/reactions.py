"""Emoji put under a message: who put which, and under what names.

https://docs.slack.dev/reference/methods/reactions.add, https://docs.slack.dev/reference/events/reaction_added
"""

from __future__ import annotations

import re
from typing import Any

from playground.events import Events
from playground.messages import Channel, Message

Json = dict[str, Any]
MOST_EMOJI = 23
"""Different ones under one message: https://slack.com/help/articles/202931348-Use-emoji-and-reactions"""
_NAME = re.compile(r"[a-z0-9_+'-]{1,100}(?:::skin-tone-[2-6])?")


class CannotReact(Exception):
    """Slack would not take it; `code` is its error code."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def named(given: str) -> str:
    """An emoji's name, with or without colons. Raises CannotReact."""
    name = given.strip().removeprefix(":").removesuffix(":")
    if not _NAME.fullmatch(name):
        raise CannotReact("invalid_name")
    return name


def add(events: Events, channel: Channel, message: Message, user_id: str, given: str) -> None:
    """Put an emoji under a message, and tell the apps that are there. Raises CannotReact."""
    name = named(given)
    _refuse_closed(channel, message)
    if user_id in message.reactions.get(name, []):
        raise CannotReact("already_reacted")
    if name not in message.reactions and len(message.reactions) >= MOST_EMOJI:
        raise CannotReact("too_many_emoji")
    message.reactions.setdefault(name, []).append(user_id)
    events.reacted("reaction_added", channel, message, user_id, name)


def remove(events: Events, channel: Channel, message: Message, user_id: str, given: str) -> None:
    """Take one's own emoji away again. Raises CannotReact."""
    name = named(given)
    _refuse_closed(channel, message)
    if user_id not in message.reactions.get(name, []):
        raise CannotReact("no_reaction")
    message.reactions[name].remove(user_id)
    if not message.reactions[name]:
        del message.reactions[name]
    events.reacted("reaction_removed", channel, message, user_id, name)


def _refuse_closed(channel: Channel, message: Message) -> None:
    if channel.archived or channel.frozen:
        raise CannotReact("is_archived")
    if message.ephemeral_to:
        raise CannotReact("message_not_found")
