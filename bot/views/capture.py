"""What the channel is asked the working day after a meeting."""

from __future__ import annotations

from datetime import date

from bot.domain.snapshot import GroupSnapshot
from bot.ports import Message
from bot.views import action_payload, blocks, menu
from bot.views.action_payload import ActionPayload
from bot.views.dates import WEEKDAYS

CAPTURE_SKIP = "capture_skip"
SAID_SKIPPED = "That's fine. Nothing noted."


def capture(snapshot: GroupSnapshot, met_on: date) -> Message:
    """The working day after a meeting, in the channel: nobody is asked by name."""
    words = f"Anything you said on {WEEKDAYS[met_on.weekday()]} that you'd do? One line is fine."
    group = snapshot.group.id
    return blocks.message(
        words,
        blocks.section(words),
        blocks.row(
            menu.commit_button(group, primary=True),
            blocks.button("Skip", CAPTURE_SKIP, action_payload.write(ActionPayload(group=group))),
            menu.more_button(group),
        ),
    )
