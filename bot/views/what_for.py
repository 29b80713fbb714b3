"""What a group is here for: one sheet behind *More*, a line for each way to ask it."""

from __future__ import annotations

from bot.domain.rounds import Round
from bot.domain.snapshot import GroupSnapshot
from bot.ports import View
from bot.ports.blocks import Block
from bot.views import action_payload, blocks, handover, menu, pulse, what_for_doors, year
from bot.views.action_payload import ActionPayload
from bot.views.blocks import Bold


def what_for_sheet(
    snapshot: GroupSnapshot, beating: Round | None = None, back: ActionPayload | None = None
) -> View:
    """`beating`: the round whose pulse can be answered now. It stands in place of *More*, to which `back` leads:
    on top of it, its forms would be a fourth, and Slack stacks three.
    """
    group = snapshot.group
    return blocks.sheet(
        "What for",
        blocks.paragraph(Bold(group.name)),
        *_purpose(snapshot),
        blocks.section(
            "*Questions to all:* each answers alone until a day; then the answers are shown together.",
        ),
        blocks.row(menu.inquire_button(group.id), menu.inquiries_button(group.id)),
        blocks.section(
            "*Review:* which commitments should grow, and which should we stop? Placed alone; shown roughly, never "
            "by person.",
        ),
        blocks.row(what_for_doors.review_button(group.id), what_for_doors.reviews_button(group.id)),
        blocks.section("*What we learnt* from what was let go or reshaped; and who can show us how it is done."),
        blocks.row(what_for_doors.learnt_button(group.id), what_for_doors.ahead_button(group.id)),
        *(pulse.door(group.id, beating.name) if beating else ()),
        blocks.section("*Our year*, in sentences and bars. *New here?* What you come into, on one screen."),
        blocks.row(year.year_button(group.id), handover.handover_button(group.id)),
        *([blocks.row(blocks.button("Back to More", menu.MORE_AGAIN, action_payload.write(back)))] if back else []),
    )


def _purpose(snapshot: GroupSnapshot) -> list[Block]:
    """What stands, or a line that invites a draft."""
    group, purpose = snapshot.group.id, snapshot.purpose
    doors = (menu.purpose_button(group), menu.sight_button(group))
    known = purpose.standing or purpose.under_way
    if known is None:
        invited = (
            "*Purpose:* nobody has said yet what we are here for. A sentence, and up to five aims; anybody can "
            "draft it."
        )
        return [
            blocks.section(invited),
            blocks.row(menu.draft_button(group, "Draft a purpose"), *doors),
        ]
    title = "Purpose:" if purpose.standing else "A draft of our purpose:"
    return [
        blocks.paragraph(Bold(title), f" {known.sentence}"),
        blocks.row(*doors),
    ]
