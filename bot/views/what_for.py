"""What a group is here for: one sheet behind *More*, a line for each way to ask it."""

from __future__ import annotations

from bot.domain.snapshot import GroupSnapshot
from bot.ports import View
from bot.views import blocks, menu
from bot.views.blocks import Bold


def what_for_sheet(snapshot: GroupSnapshot) -> View:
    group = snapshot.group
    return blocks.sheet(
        "What are we here for?",
        blocks.paragraph(Bold(group.name)),
        blocks.section(
            "*Questions to all:* each answers alone until a day; then the answers are shown together.",
        ),
        blocks.row(menu.inquire_button(group.id), menu.inquiries_button(group.id)),
        blocks.section(
            "*Review:* which commitments should grow, and which should we stop? Placed alone, shown as bands.",
        ),
        blocks.row(menu.review_button(group.id), menu.reviews_button(group.id)),
        blocks.section("*What we learnt* from what was let go or reshaped; and who can show us how it is done."),
        blocks.row(menu.learnt_button(group.id), menu.ahead_button(group.id)),
    )
