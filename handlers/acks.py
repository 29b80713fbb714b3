"""Acknowledging with what a view drew: Bolt takes any dict, and no typed one."""

from __future__ import annotations

from slack_bolt.async_app import AsyncAck

from bot.ports import Message, View


async def ack_message(ack: AsyncAck, message: Message) -> None:
    """Answers a command, to whoever typed it alone."""
    await ack(text=message.text, blocks=[{**block} for block in message.blocks], response_type="ephemeral")


async def ack_view(ack: AsyncAck, view: View) -> None:
    """Puts the view in place of the form that was sent."""
    await ack(response_action="update", view={**view})
