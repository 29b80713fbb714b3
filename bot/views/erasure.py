"""Erase me: the form that says what will happen; what the channel reads of it; legal holds."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256

from bot.domain.groups import Group
from bot.domain.people import Person
from bot.ports import Message, StateValues, View
from bot.views import action_payload, blocks, inputs
from bot.views.action_payload import ActionPayload
from bot.views.words import escape, listed_within, one_line

ERASE_FORM = "erase_me_form"
LEAVE = "left_behind"
STAYS = "stays"
ANEW = (
    "*Nothing is erased yet:* what is kept of you, or of your groups, has changed since you opened this. Read it "
    "once more, and press *Erase me* again."
)


def erase_form(
    group_id: str, person: Person, groups: Sequence[Group], *, anew: bool = False, left: bool = False
) -> View:
    """Says what will happen, and to what of it there is a choice. `anew`: what it said before is no longer so."""
    names = listed_within([one_line(one.name, 60) for one in groups], 600)
    held = listed_within([one_line(one.name, 60) for one in groups if one.held], 600)
    box = inputs.option("Leave it, without my name", STAYS)
    return blocks.form(
        ERASE_FORM,
        "Erase me",
        "Erase me",
        action_payload.write(ActionPayload(group=group_id, person=person.id, subject=says(person, groups))),
        *([blocks.section(ANEW)] if anew else []),
        blocks.paragraph(
            f"You are out of {names or 'every group'} then, and hear no more from me. This can't be undone."
        ),
        *([blocks.paragraph(hidden_by_hold(held))] if held else []),
        blocks.section(
            "*Deleted:* your answers, asks, offers, introductions, whom you'd rather not meet, what was put to "
            "you; your name, hour and Slack account, as I keep them; and my messages to you. Where Slack won't "
            "have one deleted, its words are taken out."
        ),
        blocks.section(
            "*Corrected:* digests, briefs and questions in the channel that hold your words, where Slack lets me; "
            "an answer without your name with the coming digest, so that the day doesn't tell whose it was. The "
            "group is told that somebody was erased, not who. Announcements, and my messages to others, that "
            "named or quoted you stay."
        ),
        blocks.section(
            "*Out of my reach:* what Slack keeps by your workspace's rules, what people have read, and backups, "
            "for as long as they are kept. After one is restored you are erased again."
        ),
        inputs.asked(
            LEAVE,
            "What you said you'd do, how it went, your questions to all, and answers without your name",
            inputs.checkboxes(LEAVE, [box], [STAYS] if left else []),
            hint="Else they are deleted too. A commitment that others tend stays for them, without its words.",
        ),
    )


def says(person: Person, groups: Sequence[Group]) -> str:
    """What it says hangs on this: it is erased by nobody who has read anything else."""
    accounts = sorted(one.key for one in person.identities)
    parts = [person.id, *accounts, *sorted(f"{one.id} {one.held}" for one in groups)]
    return sha256("\n".join(parts).encode()).hexdigest()[:20]


def hidden_by_hold(names: str) -> str:
    """What comes before it, where some of their groups are under a legal hold: `names` are those."""
    return (
        f"A legal hold stands on {names}: there your words are hidden from everybody at once, and deleted when it "
        "is lifted. Until then my messages to you about it stay, and so do files and messages that I can't tell "
        "apart by group. Your name and Slack account are kept too, and shown to nobody."
    )


def read_left(values: StateValues) -> bool:
    """Whether what they shared stays without their name. A form that did not ask leaves nothing."""
    return STAYS in (inputs.chosen_several(values, LEAVE) or ())


def being_erased(held: str = "") -> View:
    """The last that they read of us. `held`: the names of their groups under a legal hold."""
    return blocks.sheet(
        "Being erased",
        blocks.section(
            "It is being done now, and takes a few minutes; where Slack is slow, longer. You hear nothing when "
            "it is over: by then I don't know you any more. You can join a group again, as somebody new."
        ),
        *([blocks.paragraph(hidden_by_hold(held))] if held else []),
    )


def wordless() -> Message:
    """In place of a message to somebody who was erased, where Slack won't have it deleted."""
    words = "This message was erased. Slack did not let me delete it."
    return blocks.message(words, blocks.section(words))


def somebody_erased() -> Message:
    """In the channel: not who, and not how many."""
    words = (
        "Somebody who was in this group has had what they shared here erased. Digests, briefs and questions that "
        "held it are corrected where Slack lets me."
    )
    return blocks.message(words, blocks.section(words))


def hold_message(group: Group, *, lifted: bool) -> Message:
    """In the channel, as the hold comes and once it is lifted: what *Erase me* does meanwhile."""
    name = one_line(group.name, 100)
    if lifted:
        words = f"The legal hold on {name} is lifted. What people had erased meanwhile is deleted now."
    else:
        words = (
            f"A legal hold stands on {name} from now on, set by whoever runs the server: nothing that is kept of "
            "this group is deleted while it stands. Who presses Erase me is hidden from everybody at once, and "
            "deleted when it is lifted."
        )
    return blocks.message(escape(words), blocks.paragraph(words))
