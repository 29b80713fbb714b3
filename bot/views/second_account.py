"""Somebody answers from a second account now: told in the channel, and open to objection."""

from __future__ import annotations

from bot.domain.second_account import SecondAccount
from bot.domain.snapshot import GroupSnapshot
from bot.ports import Message
from bot.views import action_payload, blocks, menu
from bot.views.action_payload import ActionPayload
from bot.views.blocks import Bold, Part
from bot.views.identity import workspace
from bot.views.organisations import account, as_text
from bot.views.words import as_posted

OBJECT = "second_account_object"


def announcement(snapshot: GroupSnapshot, one: SecondAccount) -> Message:
    """One press undoes it."""
    group = snapshot.group
    who: list[Part] = [Bold(one.name), *account(snapshot, one.person_id)]
    other: list[Part] = [blocks.user(one.user_id), f" of {workspace(one.workspace)}."]
    buttons = []
    if one.objected_by:
        objector = f"{as_posted(snapshot, one.called, one.objected_by)} objected: "
        told: list[Part] = [objector, *who, " no longer answers from ", *other]
        below = "Worth a word together."
    else:
        told = [*who, " now answers from a second account: ", *other]
        below = "Anyone in the group can object, which undoes it."
        value = action_payload.write(ActionPayload(group=group.id, subject=one.id))
        sure = blocks.confirm(
            "Object?",
            "That account then answers for them no more, and the message says so. What was said in it stays.",
            "Object",
            "Leave it",
        )
        buttons = [blocks.button("Object", OBJECT, value, confirm=sure)]
    return blocks.message(
        f"{as_text(told)}\n{below}",
        blocks.paragraph(*told),
        blocks.aside(below),
        blocks.row(*buttons, menu.more_button(group.id)),
    )
