"""Where Slack does not let us post or correct: what that is, that nothing is lost, and what somebody can do."""

from __future__ import annotations

from datetime import datetime

from bot.domain.brief import Brief
from bot.domain.change import untold_end
from bot.domain.digest import Digest
from bot.domain.groups import Group, ended, paused
from bot.domain.hours import to_local
from bot.domain.reach import Invite
from bot.domain.snapshot import GroupSnapshot
from bot.domain.trouble import Sort, sort_of
from bot.ports import Message
from bot.views import blocks, menu
from bot.views.convening import UNDO_END
from bot.views.dates import say_whole_day

NOT_IN_CHANNEL = (
    "I'm not in the channel of the group, so I can't post there. Type /invite @Between in it, and what is "
    "due and still news follows."
)
ASK_TO_INVITE = (
    "I'm not in the channel of the group, so I can't post there. Ask somebody of the workspace that it belongs to "
    "whether they invite me; what is due and still news follows."
)
INVITE_OR_ASK = (
    "I'm not in the channel of the group, so I can't post there. Type /invite @Between in it. Where your workspace "
    "may only post, Slack does not let you: then ask somebody of the workspace that it belongs to. What is due and "
    "still news follows."
)
NOT_FOUND = (
    "I can't find the channel of the group. Invite me to it, if it is there. If your workspaces were disconnected, "
    "press Set up a group in the channel that you use now: I ask whether this group goes on there."
)
FROZEN = (
    "The channel of the group is frozen, since workspaces were disconnected, so I've stopped asking. Nothing is "
    "lost. Once it can be written in, I go on."
)
ARCHIVED = (
    "The channel of the group is archived, so I've stopped asking. Nothing is lost. Unarchive it, invite "
    "me, and I go on."
)
FROZEN_IN_A_PAUSE = (
    "The channel of the group is frozen, since workspaces were disconnected, so I ask nobody after the pause "
    "either. Nothing is lost. Once it can be written in, I go on when the pause is over."
)
ARCHIVED_IN_A_PAUSE = (
    "The channel of the group is archived, so I ask nobody after the pause either. Nothing is lost. Unarchive it, "
    "invite me, and I go on when the pause is over."
)
RESTRICTED = (
    "Only some people may post in the channel of the group, and I'm not among them. A channel manager can "
    "change that; I try again by myself."
)
OUR_KEY = (
    "Slack no longer accepts my key to the workspace, so I can't post. Whoever runs me can put a new one "
    "in; I try again by myself."
)
OTHERWISE = "Slack does not let me post in the channel of the group just now. I try again by myself."

UNSEEN_YET = (
    "People of other organisations can read the channel of the group now. I post nothing there before one of you "
    "has looked at what goes there, and who can read it."
)

REASONS = (
    UNSEEN_YET,
    NOT_IN_CHANNEL,
    ASK_TO_INVITE,
    INVITE_OR_ASK,
    NOT_FOUND,
    FROZEN,
    ARCHIVED,
    FROZEN_IN_A_PAUSE,
    ARCHIVED_IN_A_PAUSE,
    RESTRICTED,
    OUR_KEY,
    OTHERWISE,
)

STILL_AS_IT_WAS = (
    "Slack would not let me change the digest in the channel, so your words still stand there as they were. "
    "What you keep here is as you left it. A channel manager can delete that post; I try again each day."
)

BRIEF_STILL_AS_IT_WAS = (
    "Slack would not let me change the brief in the channel, so your words still stand there. A channel manager "
    "can delete that post; I try again each day."
)

_OUT_OF_IT = {Invite.YES: NOT_IN_CHANNEL, Invite.PERHAPS: INVITE_OR_ASK, Invite.NO: ASK_TO_INVITE}

_WHY = {
    Sort.UNSEEN: UNSEEN_YET,
    Sort.LOST: NOT_FOUND,
    Sort.ARCHIVED: ARCHIVED,
    Sort.RESTRICTED: RESTRICTED,
    Sort.KEY: OUR_KEY,
    Sort.OTHER: OTHERWISE,
}


def why(group: Group, now: datetime, *, invite: Invite = Invite.YES) -> str:
    """Why nothing can be posted in the group's channel, and what to do; empty where it can, and of a group that has
    ended. `invite`: whether whoever reads it can invite us."""
    if group.trouble is None or ended(group, now):
        return ""
    pausing = paused(group, now)
    if group.connection.frozen:
        return FROZEN_IN_A_PAUSE if pausing else FROZEN
    sort = sort_of(group.trouble.code)
    if sort is Sort.ARCHIVED and pausing:
        return ARCHIVED_IN_A_PAUSE
    return _OUT_OF_IT[invite] if sort is Sort.OUT else _WHY[sort]


def channel_trouble(snapshot: GroupSnapshot, now: datetime, *, invite: Invite = Invite.YES) -> Message:
    """The DM to whom it concerns."""
    group = snapshot.group
    buttons = [*menu.look_first(group), menu.more_button(group.id)]
    today, ends = to_local(now, group.zone).date(), ""
    if group.ends_on and untold_end(snapshot):
        ends = f" The group ends on {say_whole_day(group.ends_on, today)}. {UNDO_END}"
    return blocks.of_group(group.name, f"{why(group, now, invite=invite)}{ends}", *buttons)


def not_corrected(snapshot: GroupSnapshot, digest: Digest) -> Message:
    """To somebody whose words stand in the channel as they no longer share them."""
    button = menu.digest_button(digest.group_id, digest.round)
    return blocks.of_group(snapshot.group.name, STILL_AS_IT_WAS, button)


def brief_not_corrected(snapshot: GroupSnapshot, brief: Brief) -> Message:
    """To somebody whose struck words still stand in the channel."""
    button = menu.brief_button(brief.group_id, brief.round, "Read the brief")
    return blocks.of_group(snapshot.group.name, BRIEF_STILL_AS_IT_WAS, button)
