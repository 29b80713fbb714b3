"""A digest, or the announcement of a change, of which nobody can tell whether it is in the channel: said, and the
digest posted again by whoever has looked."""

from __future__ import annotations

from bot.domain.snapshot import GroupSnapshot
from bot.ports import Message
from bot.views import action_payload, blocks, menu
from bot.views.action_payload import ActionPayload

POST_AGAIN = "digest_again"

CAN_NOT_TELL = "Slack did not answer when I posted the digest, so I can't tell whether it is in the channel."
IF_IT_IS_THERE = f"{CAN_NOT_TELL} If it is, a channel manager can delete it."
LOOK = f"{CAN_NOT_TELL} Please look: if it isn't there, I post it."
CHANGE = (
    "Slack did not answer when I told the channel of your change, so I can't tell whether it was told. Please "
    "look: if it isn't there, tell the others yourself."
)
POSTED_NEXT = "I post the digest in the channel next."


def unconfirmed_digest(snapshot: GroupSnapshot, round_name: str) -> Message:
    """To whoever looks after the rhythm."""
    group = snapshot.group
    again = action_payload.write(ActionPayload(group=group.id, round=round_name))
    buttons = [blocks.button("Post it", POST_AGAIN, again), menu.more_button(group.id)]
    return blocks.of_group(group.name, LOOK, *buttons)


def unconfirmed_change(snapshot: GroupSnapshot) -> Message:
    """To whoever made it, and read that the channel would be told, or they."""
    group = snapshot.group
    return blocks.of_group(group.name, CHANGE, menu.more_button(group.id))


def posted_next(snapshot: GroupSnapshot) -> Message:
    """In its place, once that was pressed."""
    return blocks.of_group(snapshot.group.name, POSTED_NEXT, menu.more_button(snapshot.group.id))
