"""What Between does, for whoever asks: *What is this?*"""

from __future__ import annotations

from bot.domain.reach import Words
from bot.ports import View
from bot.ports.blocks import Block
from bot.views import blocks
from bot.views.reach import SENTENCES


def about(*, commands: bool = True) -> View:
    """`commands`: they work for whoever reads it."""
    return blocks.sheet("What Between does", *about_blocks(commands=commands))


def about_blocks(*, commands: bool = True) -> list[Block]:
    """Four paragraphs, for the sheet and for the Home of who is in no group; they name no group and nobody."""
    return [
        blocks.section(
            "Between looks after the time between your meetings. Before each one, or weekly where they are further "
            "apart, it asks every leader what is on their plate; it keeps what you said you would do together in "
            "sight; and it posts what you choose to share in the channel."
        ),
        blocks.section(
            "*What it never does:* write to anyone who has not pressed Join; say who did not answer; send more "
            "than two unasked messages a week, or any outside your hours, at weekends, on public holidays or while "
            "you're away."
        ),
        blocks.section(
            "*Who sees what:* you choose for each answer, before you send it. *Just me* is shown to nobody else. "
            "Whoever runs the server could reach what is stored, and public bodies may have to disclose what is "
            "written."
        ),
        blocks.section(f"*What works for you:* {SENTENCES[Words.ALL if commands else Words.BUTTONS]}"),
    ]
