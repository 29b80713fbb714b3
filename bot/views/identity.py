"""Two accounts: the form with a code to show or to enter, and where somebody is written to."""

from __future__ import annotations

from bot.domain.identity import Entered, say_code
from bot.domain.people import Person
from bot.domain.problems import ProblemCode
from bot.domain.snapshot import GroupSnapshot
from bot.ports import StateValues, View
from bot.ports.blocks import Block
from bot.views import action_payload, blocks, inputs, menu
from bot.views.action_payload import ActionPayload
from bot.views.words import listed, one_line

FORM = "two_accounts_form"
SHOW = "two_accounts_show"
LOOK = "two_accounts_look"
YES = "two_accounts_yes"
NO = "two_accounts_no"
WRITE_HERE = "write_to_me_here"
CODE = "code"
LONGEST_CODE = 40

WHAT_FOLLOWS = (
    "Two Slack accounts, both yours, perhaps one here and one as a guest elsewhere? Then be one person to me: "
    "asked once, listed once. I never guess that from a name."
)
ONLY_YOURS = (
    "Enter a code only if you have shown it yourself, in your other account, and say there that it's you. Each "
    "account then reads all that the other kept, also what is just for you, and the channel is told. That can't be "
    "taken apart again."
)
NOBODY_YET = "Nobody has entered it yet."


def accounts_form(
    group_id: str, person: Person | None, code: str = "", entered: Entered | None = None, *, looked: bool = False
) -> View:
    """`person`: who opened it, if we know them. `code`: one that was made for them just now. `entered`: where a
    code of theirs was, and waits for their answer. `looked`: they have just asked whether it was."""
    payload = action_payload.write(ActionPayload(group=group_id))
    shown: list[Block] = []
    if entered and person:
        shown = _whose(group_id, person, entered)
    elif code:
        again = action_payload.write(ActionPayload(group=group_id, subject=code))
        shown = [
            blocks.section(
                f"*{say_code(code)}*\nEnter it in your other account: Change my settings, I have two accounts; or "
                "Join in the channel. It is good for ten minutes, once. Then say here that it was you. What this "
                "account says stays, and the other's is added to it."
            ),
            *([blocks.aside(NOBODY_YET)] if looked else []),
            blocks.row(blocks.button("I've entered it", LOOK, again)),
        ]
    elif person:
        shown = [blocks.row(blocks.button("Show a code", SHOW, payload))]
    return blocks.form(
        FORM,
        "Two accounts",
        "I'm both",
        payload,
        blocks.section(WHAT_FOLLOWS),
        *shown,
        *(_several(person, payload) if person else ()),
        blocks.section(ONLY_YOURS),
        inputs.text_input(
            CODE, "The code from your other account", most=LONGEST_CODE, optional=False, placeholder="ABCD-EFGH"
        ),
    )


def _whose(group_id: str, person: Person, entered: Entered) -> list[Block]:
    meant = action_payload.write(ActionPayload(group=group_id, person=person.id, subject=entered.which))
    sure = blocks.confirm(
        "Is it you?",
        "Each account then reads all that the other kept, which can't be taken apart again. The channel is told.",
        "It's me",
        "Wait",
    )
    return [
        blocks.paragraph(
            "Your code was entered by ",
            blocks.user(entered.who.user_id),
            f" of {workspace(entered.workspace)}. Is that you too? If not, nothing has happened.",
        ),
        blocks.row(
            blocks.button("That's me too", YES, meant, style="primary", confirm=sure),
            blocks.button("Not me", NO, meant),
        ),
    ]


def workspace(name: str) -> str:
    """By its name, where we are installed in it; of others we know none."""
    return one_line(name, 80) or "a workspace without Between"


def waits_for_yes(group_id: str) -> View:
    """To whoever entered the code: nothing is told of whose it is."""
    return blocks.sheet(
        "Two accounts",
        blocks.section(
            "Nothing is put together yet. In your other account, where the code was shown, press *I've entered it* "
            "or Change my settings, I have two accounts, and say that it was you. I keep the question for ten "
            "minutes."
        ),
        blocks.row(menu.more_button(group_id)),
    )


def not_them(group_id: str) -> View:
    """To whoever showed the code and said that it was not they."""
    return blocks.sheet(
        "Two accounts",
        blocks.section(
            "Nothing was put together. Whoever that was knew your code, so show the next one to nobody else."
        ),
        blocks.row(menu.more_button(group_id)),
    )


def _several(person: Person, payload: str) -> list[Block]:
    # each once, as Slack calls it now
    known = [f"<@{one.user_id}>" for one in person.identities if one.key not in person.renumbered]
    if len(known) < 2:
        return []
    return [
        blocks.section(f"You are {listed(known)}. I write to <@{person.reach.user_id}>."),
        blocks.row(blocks.button("Write to me here", WRITE_HERE, payload)),
    ]


def read_code(values: StateValues) -> str:
    """Raises Problem at the field where nothing is written."""
    return inputs.typed_line(values, CODE, LONGEST_CODE, ProblemCode.CODE_WRONG)


def joined_up(person: Person, group_id: str) -> View:
    """Said before the look at the groups that does it, so it promises no more than that."""
    return blocks.sheet(
        "Two accounts",
        blocks.section(
            "Both accounts are you now. What each has kept is put together next; where both said the same sort of "
            "thing, this account's stays. I'll tell the channel in a minute; anyone in the group can object. If "
            "somebody does, the other account is cut off, and what was put together stays with this one."
        ),
        *_several(person, action_payload.write(ActionPayload(group=group_id))),
        blocks.row(menu.more_button(group_id)),
    )


def written_here(snapshot: GroupSnapshot, person: Person) -> View:
    """Names the account they are written to by then, be it another: it says no more than is true."""
    return blocks.sheet(
        "Two accounts",
        blocks.section(f"I write to <@{person.reach.user_id}> from now on."),
        blocks.row(menu.more_button(snapshot.group.id)),
    )
