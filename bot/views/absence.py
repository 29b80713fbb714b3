"""Who is gone: the question to them, the channel's news of who left, and pointing at somebody."""

from __future__ import annotations

from collections.abc import Mapping

from bot.domain.absence import Presence, present
from bot.domain.people import AbsenceReason, Departure
from bot.domain.snapshot import GroupSnapshot
from bot.domain.tending import held_by_nobody
from bot.ports import Message, StateValues, View
from bot.ports.blocks import Button
from bot.views import action_payload, blocks, inputs, menu
from bot.views.action_payload import ActionPayload
from bot.views.blocks import Bold
from bot.views.leaders_menu import leader_options
from bot.views.words import as_posted, called, escape, one_line

BACK_IN_CHANNEL = "absence_back"
SKIP = "absence_skip"
POINT_FORM = "absence_point_form"
OBJECT = "departure_object"
WHO = "who"

ASKS = (
    ": you're no longer in its channel. Do you leave the group too? You hear no more from me about it until you "
    "say."
)

DISCONNECTED = (
    ": your workspace was disconnected from its channel. Do you leave the group too? Nothing more from me about it "
    "until you say."
)


def still_with_us(snapshot: GroupSnapshot, *, disconnected: bool = False) -> Message:
    """The one question to somebody who is no longer in the channel; `disconnected`: none of their workspace is."""
    group, asks = snapshot.group, DISCONNECTED if disconnected else ASKS
    value = action_payload.write(ActionPayload(group=group.id))
    return blocks.message(
        f"{escape(one_line(group.name, 70))}{asks}",
        blocks.paragraph(Bold(group.name), asks),
        blocks.row(
            menu.leave_button(group, "Leave the group"),
            blocks.button("I'm back in the channel", BACK_IN_CHANNEL, value),
            blocks.button("Skip", SKIP, value),
        ),
    )


SAID_BACK = ": you're in it as before."
"""Once they are in the channel again."""

SAID_SKIPPED = ": nothing more from me. Once you're in the channel again, you're in the group as before."
"""After *Skip*: nothing is decided, and nothing more is asked."""


def answered(snapshot: GroupSnapshot, words: str) -> Message:
    """In place of that question, in their DM; `words` are one of `SAID_…`. They can leave still."""
    group = snapshot.group
    return blocks.message(
        f"{escape(group.name)}{words}",
        blocks.paragraph(Bold(group.name), words),
        blocks.row(menu.leave_button(group, "Leave the group")),
    )


_LEFT: Mapping[AbsenceReason | None, str] = {
    AbsenceReason.LEFT_SLACK: " has no Slack account here any more, so I've taken them out of the group.",
    AbsenceReason.LEFT_CHANNEL: " is no longer in this channel and I can't reach them, so I've taken them out of "
    "the group.",
}


def departed(snapshot: GroupSnapshot, person_id: str, departure: Departure) -> Message:
    """In the channel. No reason is given of who left by their own wish; who was taken out can be put back.

    What they made asks for somebody, and so does the role of looking after the rhythm where nobody does.
    """
    group, name = snapshot.group, as_posted(snapshot, departure.called, person_id)
    here = present(snapshot.leaders)
    role_open = group.convenor not in here and _last_to_leave(snapshot, person_id)
    last = menu.take_on_button(group.id) if role_open else menu.more_button(group.id)
    rhythm = "Nobody looks after the rhythm now: press Take it on." if role_open else ""
    if departure.objected_by:
        objector = as_posted(snapshot, departure.called, departure.objected_by)
        # The role fell open as they left, and may have been theirs.
        again = "again" if role_open else "as before"
        return _news(f"{objector} objected, so {name} is in the group {again}.", rhythm, [last])
    made = [one for one in snapshot.commitments.values() if one.made_by == person_id]
    unheld = [one for one in made if held_by_nobody(one, here)]
    buttons = [*([menu.commitments_button(group.id)] if unheld else []), last]
    # who left by their own press is not put back by others
    if departure.reason:
        value = action_payload.write(ActionPayload(group=group.id, subject=person_id))
        sure = blocks.confirm("Object?", "They are then in the group again.", "Object", "Leave it")
        buttons.insert(0, blocks.button("Object", OBJECT, value, confirm=sure))
    one = len(unheld) == 1
    below = [
        f"Nobody holds {'one' if one else len(unheld)} of their commitments now: press Take it up beside "
        f"{'it' if one else 'one'}."
        if unheld
        else "",
        rhythm,
        "Anyone in the group can object." if departure.reason else "",
    ]
    return _news(
        f"{name}{_LEFT.get(departure.reason, ' has left the group.')}", " ".join(filter(None, below)), buttons
    )


def _last_to_leave(snapshot: GroupSnapshot, person_id: str) -> bool:
    """Of several who stand in one post, the last alone asks for what is the group's."""
    left = {
        id_: leader.left_at for id_, leader in snapshot.leaders.items() if leader.left_at and not leader.in_group
    }
    return left.get(person_id) in (None, max(left.values(), default=None))


def _news(words: str, below: str, buttons: list[Button]) -> Message:
    return blocks.message(
        f"{escape(words)} {escape(below)}".strip(),
        blocks.paragraph(words),
        *([blocks.aside(below)] if below else []),
        blocks.row(*buttons),
    )


def point_form(snapshot: GroupSnapshot, viewer: str) -> View:
    """What follows is said before anybody is pointed at."""
    options = leader_options(snapshot, but=viewer)
    if not options:
        return blocks.sheet("Somebody has gone", blocks.section("There is nobody here but you."))
    return blocks.form(
        POINT_FORM,
        "Somebody has gone",
        "Look",
        action_payload.write(ActionPayload(group=snapshot.group.id)),
        blocks.section(
            "I ask Slack whether they are in the channel. If they are, nothing happens and nobody is told. If not, "
            "I ask them whether they leave the group too, and send them nothing else. If they can't be asked, I "
            "take them out and tell the channel; anyone can object."
        ),
        inputs.asked(WHO, "Who", inputs.select(WHO, options), optional=False),
    )


def read_pointed(values: StateValues) -> str:
    """A person id, or empty; whether they are in the group is for the caller to see."""
    return inputs.chosen(values, WHO)


_FOUND = {
    Presence.IN_CHANNEL: " is in the channel, so nothing has changed and nobody is told.",
    Presence.OUTSIDE: " is not in the channel. I ask them whether they leave the group too, and send them nothing "
    "else. Nobody is shown as seeing your words who is not in the channel.",
    Presence.CLOSED: " has no Slack account here any more. I take them out of the group and tell the channel; "
    "anyone can object.",
    Presence.UNTOLD: ": Slack would not tell me just now where they are, so nothing has changed. I look again by "
    "myself each day.",
}


def pointed(snapshot: GroupSnapshot, person_id: str, found: Presence) -> View:
    """What Slack says, and what follows from it."""
    words = _FOUND.get(found, _FOUND[Presence.IN_CHANNEL])
    return blocks.sheet("Somebody has gone", blocks.paragraph(f"{called(snapshot, person_id)}{words}"))
