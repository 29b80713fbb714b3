"""The buttons that lead everywhere: what every message offers, and the sheet behind *More*."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from bot.domain.groups import Group
from bot.ports import Message, View
from bot.ports.blocks import Block, Button
from bot.views import action_payload, blocks
from bot.views.action_payload import ActionPayload
from bot.views.blocks import Bold

SHARE = "plate_open"
COMMIT = "commitment_open"
COMMITMENTS = "commitments_open"
DIGEST = "digest_open"
DIGESTS = "digests_open"
BRIEF = "brief_open"
MORE = "more_open"
MORE_AGAIN = "more_again"
JOIN = "join_open"
LEAVE = "leave"
AWAY = "away_open"
BACK = "back_from_away"
MY_SETTINGS = "my_settings_open"
GROUP_SETTINGS = "group_settings_open"
MOVE = "meeting_move_open"
SET_UP = "setup_open"
LOOK_AFTER = "look_after_open"
POINT = "absence_point_open"
TAKE_ON = "role_take_on"
WHAT = "what_is_this"
LATER = "checkin_later"
PEOPLE = "people_open"
FOR_YOU = "for_you_open"
OPEN_NOW = "open_now"
ASK = "ask_open"
INQUIRE = "inquiry_open"
INQUIRIES = "inquiries_open"
WHAT_FOR = "what_for_open"
LEND = "lend_open"
OFFER = "offer_open"
WHY = "why_open"
NOT_WITH = "exclusions_open"
MY_DATA = "my_data_open"
TWO_ACCOUNTS = "two_accounts_open"
ERASE = "erase_me_open"
ORGANISATION_DATA = "organisation_data_open"
PURPOSE = "purpose_open"
DRAFT = "purpose_draft"
SIGHT = "line_of_sight_open"
LOOK_FIRST = "preview"
UNSEEN = "\nI post nothing in its channel before one of you has looked at what goes there."


def _to(text: str, action: str, group_id: str, style: Literal["primary"] | None = None) -> Button:
    return blocks.button(text, action, action_payload.write(ActionPayload(group=group_id)), style=style)


def door(text: str, action: str, style: Literal["primary"] | None = None) -> Callable[[str], Button]:
    """A button that leads to the same place in every group: called with the group's id."""
    return lambda group_id: _to(text, action, group_id, style)


more_button = door("More", MORE)
commitments_button = door("See commitments", COMMITMENTS)
for_you_button = door("For you", FOR_YOU)
open_now_button = door("Open now", OPEN_NOW)
ask_button = door("Ask for something", ASK)
inquire_button = door("Put a question to all", INQUIRE)
inquiries_button = door("Questions to all", INQUIRIES)
purpose_button = door("What we are here for", PURPOSE)
sight_button = door("Line of sight", SIGHT)
lend_button = door("What people can lend", LEND)
offer_button = door("Offer something", OFFER)
why_button = door("Why this?", WHY)
join_button = door("Join", JOIN, style="primary")
settings_button = door("Change my settings", MY_SETTINGS)
not_with_button = door("Not with…", NOT_WITH)
my_data_button = door("My data", MY_DATA)
erase_button = door("Erase me", ERASE)
two_accounts_button = door("I have two accounts", TWO_ACCOUNTS)
away_button = door("I'm away until…", AWAY)
take_on_button = door("Take it on", TAKE_ON)


def share_button(group_id: str, *, primary: bool = False) -> Button:
    """It opens the form of the round that words belong to when it is pressed. `primary`: green, as the first thing
    to do there."""
    return _to("Answer", SHARE, group_id, style="primary" if primary else None)


def commit_button(group_id: str, on: str = "", *, primary: bool = False) -> Button:
    """`on`: the sheet below (`commitments.LISTED`), which is drawn anew after it. `primary`: as for
    `share_button`."""
    value = action_payload.write(ActionPayload(group=group_id, state=on))
    return blocks.button("Add a commitment", COMMIT, value, style="primary" if primary else None)


def digest_button(group_id: str, round: str = "") -> Button:
    """`round`: of the digest that the message is about; without one, the last is read."""
    return blocks.button(
        "Read the digest", DIGEST, action_payload.write(ActionPayload(group=group_id, round=round))
    )


def brief_button(group_id: str, name: str, text: str) -> Button:
    """`name`: of the brief that it opens, before or after that is posted."""
    return blocks.button(text, BRIEF, action_payload.write(ActionPayload(group=group_id, round=name)))


def draft_button(group_id: str, text: str) -> Button:
    """`text` says whether it is the first wording or another."""
    return _to(text, DRAFT, group_id)


def look_first(group: Group) -> list[Button]:
    """Where nothing is posted before somebody has looked at what goes into the channel; else nothing."""
    unseen = group.trouble and group.trouble.unseen
    return [_to("Look at it", LOOK_FIRST, group.id, style="primary")] if unseen else []


def people_button(group_id: str, channel: str = "") -> Button:
    """`channel`: the group's own, in a form opened there by somebody who is not in the group."""
    return blocks.button("People", PEOPLE, action_payload.write(ActionPayload(group=group_id, subject=channel)))


def leave_button(group: Group, text: str = "Leave") -> Button:
    """It asks once whether they are sure: what is not posted yet stays out of the digest from then on."""
    sure = blocks.confirm(
        "Leave?",
        # a dialogue holds 300 characters, so the name is cut
        f"You'll get no more messages about {group.name[:60]}. What you shared stays in the digests it is in; what "
        "is not posted yet stays out of the next. You can join again at any time.",
        "Leave",
        "Stay",
    )
    return blocks.button(text, LEAVE, action_payload.write(ActionPayload(group=group.id)), confirm=sure)


def menu(
    group: Group,
    *,
    joined: bool,
    in_channel: bool = False,
    checkin: ActionPayload | None = None,
    brief: str = "",
    left: bool = False,
    over: bool = False,
) -> View:
    """Everything that can be done in a group, behind *More*: so no command and no Home is ever needed.
    `in_channel`: it was opened in the group's channel. `checkin`: the one that it was pressed on. `brief`: the name
    of the one that is being made. `left`: they were in the group. `over`: it has ended, with nothing to answer."""
    name = Bold(group.name)
    if not joined:
        return _menu_of_others(group, in_channel=in_channel, left=left)
    look, here = look_first(group), action_payload.write(checkin or ActionPayload(group=group.id))
    later = [blocks.button("Later today", LATER, here)] if checkin else []
    return blocks.sheet(
        "Between",
        *([blocks.paragraph(name, UNSEEN), blocks.row(*look)] if look else []),
        blocks.paragraph(name, "\nWhat you share"),
        blocks.row(
            *([] if over else [share_button(group.id, primary=True)]),
            commit_button(group.id),
            commitments_button(group.id),
            _to("Read digests", DIGESTS, group.id),
            *([brief_button(group.id, brief, "The brief so far")] if brief else []),
        ),
        blocks.row(
            open_now_button(group.id),
            ask_button(group.id),
            lend_button(group.id),
            blocks.button("What for", WHAT_FOR, here),
        ),
        blocks.section("*You*"),
        blocks.row(for_you_button(group.id), why_button(group.id), settings_button(group.id)),
        blocks.row(*later, blocks.button("I'm away until…", AWAY, here), leave_button(group)),
        *_of_the_group(group.id),
    )


def _of_the_group(group_id: str) -> list[Block]:
    return [
        blocks.section("*The group*\nWhat you change here is announced in the channel, and anyone can object."),
        blocks.row(
            people_button(group_id),
            _to("Move a meeting", MOVE, group_id),
            _to("Change the rhythm", GROUP_SETTINGS, group_id),
        ),
        blocks.row(
            _to("Look after the group…", LOOK_AFTER, group_id),
            _to("Somebody has gone…", POINT, group_id),
            what_button(),
        ),
    ]


def _menu_of_others(group: Group, *, in_channel: bool, left: bool) -> View:
    people = [people_button(group.id, group.place.channel)] if in_channel else []
    words = "\nYou're not in this group. Nobody gets a message before they join."
    return blocks.sheet(
        "Between",
        blocks.paragraph(Bold(group.name), words),
        blocks.row(join_button(group.id), _to("Digests", DIGESTS, group.id), *people, what_button()),
        *([blocks.row(my_data_button(group.id), erase_button(group.id))] if left else []),
    )


def choose_group(groups: list[Group], button: Callable[[str], Button]) -> Message:
    """For somebody in several groups whose command came from none of their channels."""
    return blocks.message(
        "Which group?",
        blocks.section("Which group?"),
        # Slack takes fifty blocks in a message
        *[blocks.line(group.name, button(group.id)) for group in groups[:40]],
    )


STILL_KEPT = "You're in no group now. What I keep of you from before is yours: read it, have it sent, or erased."


def still_kept() -> list[Block]:
    """For somebody known who is in no group any more."""
    return [blocks.section(STILL_KEPT), blocks.row(my_data_button(""), erase_button(""))]


def no_group(channel: str, *, known: bool = False) -> Message:
    """For somebody in no group, in a channel that has none. `known`: they were in one."""
    words = (
        "This channel has no group yet, and you're in none. Set one up here, or press Join in your group's channel."
    )
    kept = still_kept() if known else []
    return blocks.message(words, blocks.section(words), blocks.row(set_up_button(channel), what_button()), *kept)


def set_up_button(channel: str) -> Button:
    """Of the channel in which it stands, and of no group: there is none yet."""
    return blocks.button(
        "Set up a group", SET_UP, action_payload.write(ActionPayload(subject=channel)), style="primary"
    )


def what_button() -> Button:
    """Of no group: whoever presses it is told of none."""
    return blocks.button("What is this?", WHAT, action_payload.write(ActionPayload()))
