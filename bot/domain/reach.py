"""What somebody can use of Between, and how we reach them: decided from what is stored, and from nothing else.

There are three ways to live, and their mixture: all in one workspace; the app in several, joined by a shared
channel; the app in the host's alone. Where Slack's documents leave something open, no more is promised than surely
works.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import IntEnum, StrEnum

import msgspec
from msgspec.structs import replace

from bot.domain.groups import UNSEEN, ChannelTrouble, Connection, Group
from bot.domain.installation import Installation, speaking_in
from bot.domain.people import Account, Guest, Leader, Person, Reach, SlackIdentity
from bot.domain.trouble import ARCHIVED, troubled


class Tie(StrEnum):
    """How a group's channel stands, as somebody in it finds it."""

    OPEN = "open"
    MOVED = "moved"
    """It has another id, and we followed."""
    FROZEN = "frozen"
    SEVERED = "severed"
    """Their workspace is not connected to it any more; a copy that nobody can write in may have stayed."""
    LOST = "lost"
    """Our bot is not in it."""
    ARCHIVED = "archived"


LOOK_AGAIN = timedelta(days=1)
REFUSAL_HOLDS = timedelta(weeks=1)
"""How long posts that Slack refused as in an archived channel weigh more than that it calls the channel open."""

USABLE = (Tie.OPEN, Tie.MOVED)

OUT_OF_IT = ("not_in_channel", "channel_not_found")
"""Refusals that say so of our bot."""


class Invite(IntEnum):
    """Whether somebody can bring our bot into the channel."""

    NO = 0
    PERHAPS = 1
    """Unless their workspace may only post in it, which Slack tells no app."""
    YES = 2


class Facts(msgspec.Struct, frozen=True, kw_only=True):
    """Of one person in one group. `own_installed`: in a workspace of theirs Between is installed, by itself or by
    its whole organisation. `external`: of another workspace than the bot that speaks in the channel. `stranger`:
    they share no channel with that bot. `post_only`: their workspace may post in the channel and bring nobody in;
    None where nobody knows. `shared`: the channel is, with their workspace too. `refused`: Slack took no DM."""

    own_installed: bool = True
    external: bool = False
    stranger: bool = False
    guest: Guest = Guest.NO
    post_only: bool | None = False
    in_channel: bool = True
    shared: bool = True
    tie: Tie = Tie.OPEN
    refused: bool = False


class Words(StrEnum):
    """What they are told of it; the sentences stand in `bot.views.reach`."""

    ALL = "all"
    BUTTONS = "buttons"
    CHANNEL = "channel"
    CONVERSATION = "conversation"
    COMMANDS = "commands"
    NOTHING = "nothing"


class Ways(msgspec.Struct, frozen=True, kw_only=True):
    """What works. `button`: one of ours, in the channel or in their DM. `invite`: whether they can bring our bot
    into the channel."""

    command: bool
    shortcut: bool
    home: bool
    dm: bool
    group_dm: bool
    button: bool
    invite: Invite
    words: Words


def what_works(facts: Facts) -> Ways:
    """Of another workspace of the same Enterprise organisation they are as anybody external: commands are of the
    workspace that installed us, and whether a DM needs a channel in common is not documented of them."""
    here = facts.in_channel and facts.tie in USABLE and (facts.shared or not facts.external)
    full = facts.own_installed and facts.guest is Guest.NO
    met = here or not facts.stranger
    by_channels_bot = met if facts.external else facts.own_installed
    if facts.guest is Guest.SINGLE:  # whoever is in one channel meets nobody elsewhere
        by_channels_bot = by_channels_bot and here
    own_bot = facts.own_installed and (facts.guest is not Guest.SINGLE or here)
    dm = not facts.refused and (own_bot or by_channels_bot)
    there = facts.in_channel and facts.tie in (*USABLE, Tie.LOST) and (facts.shared or not facts.external)
    perhaps = Invite.PERHAPS if facts.post_only is None else Invite.NO
    may_invite = Invite.YES if not facts.external or facts.post_only is False else perhaps
    return Ways(
        command=full,
        shortcut=full,
        home=full,
        dm=dm,
        group_dm=not facts.refused and by_channels_bot,
        button=here or dm,
        invite=may_invite if there and full else Invite.NO,
        words=_words(full, here=here, dm=dm),
    )


def _words(full: bool, *, here: bool, dm: bool) -> Words:
    if here and dm:
        return Words.ALL if full else Words.BUTTONS
    if dm:
        return Words.CONVERSATION
    if here:
        return Words.CHANNEL
    return Words.COMMANDS if full else Words.NOTHING


def refuses(person: Person) -> bool:
    """Whether Slack last took no DM to them, as they are written to now."""
    to = next((one for one in person.identities if one.user_id == person.reach.user_id), None)
    return bool(to and person.accounts.get(to.key, Account()).refused)


# -- from what is stored -------------------------------------------------------------------------


def installed_by(person: Iterable[SlackIdentity], one: Installation) -> bool:
    """Whether one of those accounts installed it: a user id alone may be somebody else's in another workspace."""
    return any(one.installed_by == who.user_id and one.serves(who.team_id) for who in person)


def best_reach(person: Person, installations: Iterable[Installation], speaks_in: str) -> Reach:
    """Through which installation, and as whom, somebody is written to: as they chose, if that still holds; else
    through their own workspace's, their identities in the order they came; else as they are reached now, or through
    that of the workspace that speaks in their group's channel (`speaks_in`). A DM that is known stays known."""
    known = tuple(installations)
    gone = {key for key, one in person.accounts.items() if one.closed}
    left = [one for one in person.identities if one.key not in gone] or person.identities
    identities = sorted(left, key=lambda one: one.key != person.write_to)
    chosen = [one for one in identities if one.key == person.write_to]
    own = [one for one in (*chosen, *identities) if speaking_in(known, one.team_id)]
    now = person.reach
    if chosen and not speaking_in(known, chosen[0].team_id):
        found = _through(chosen[0], now, known, speaks_in)
    elif own:
        found = Reach(via_team=own[0].team_id, user_id=own[0].user_id)
    else:
        as_now = [one for one in identities if one.user_id == now.user_id]
        found = _through((as_now or identities)[0], now, known, speaks_in)
    same = (found.via_team, found.user_id) == (now.via_team, now.user_id)
    return now if same else found


def _through(who: SlackIdentity, now: Reach, known: tuple[Installation, ...], speaks_in: str) -> Reach:
    """Of somebody whose workspace has no Between: by whoever writes to them now, as long as that one can."""
    stays = speaking_in(known, now.via_team) or not speaking_in(known, speaks_in)
    return Reach(via_team=now.via_team if stays else speaks_in, user_id=who.user_id)


def facts_of(
    person: Person, group: Group, installations: Iterable[Installation], leader: Leader | None = None
) -> Facts:
    """What is known of somebody in a group. Which workspaces may only post in a channel Slack does not tell."""
    known = tuple(installations)
    speaks = speaking_in(known, group.place.team_id)
    installed = [one for one in person.identities if speaking_in(known, one.team_id)]
    external = not any(speaks and speaks.serves(one.team_id) for one in person.identities)
    accounts = [person.accounts.get(one.key, Account()) for one in installed or person.identities]
    tie = _tie(person, group, external=external)
    return Facts(
        own_installed=bool(installed),
        external=external,
        stranger=external and bool(accounts) and all(one.stranger for one in accounts),
        guest=min((one.guest for one in accounts), key=list(Guest).index, default=Guest.NO),
        post_only=None if external and group.connection.host not in _teams(person) else False,
        in_channel=leader is None or leader.active,
        shared=tie is not Tie.SEVERED and (group.connection.shared or group.connection.looked_at is None),
        tie=tie,
        refused=refuses(person),
    )


def connected_now(group: Group, told: Connection, now: datetime) -> Group:
    """With what Slack tells of its channel now. Where other organisations read it who did not when the group was
    set up, nothing more is posted there before a leader has looked; where they do no more, that ends. Where nobody
    can write in it, that is noted before a message of ours is refused."""
    before, connected = group.connection, replace(group, connection=told)
    known = before.shared or (group.preview is not None and before.looked_at is None)
    if told.shared and not known:
        return replace(connected, trouble=ChannelTrouble(code=UNSEEN, since=now, try_at=now + LOOK_AGAIN))
    if connected.trouble and connected.trouble.unseen:
        if told.shared:
            return connected
        connected = replace(connected, trouble=None)
    return _closed_now(connected, before, now)


def _closed_now(group: Group, before: Connection, now: datetime) -> Group:
    trouble = group.trouble if group.trouble and group.trouble.archived else None
    if group.connection.closed:
        return group if trouble else troubled(group, ARCHIVED, now)
    # Slack told nobody that it was opened, or we did not hear. A refusal of what Slack says is open tells more, for
    # a while: else what is owed would be refused, and everybody told of it, each day.
    ends = trouble and (before.closed or now >= trouble.since + REFUSAL_HOLDS)
    return replace(group, trouble=None) if ends else group


def without_panel(group: Group, now: datetime) -> Group:
    """Its panel is out of reach, and is posted anew where the group is now."""
    return replace(group, panel=None, panel_at=None, moved_at=now)


def _tie(person: Person, group: Group, *, external: bool) -> Tie:
    told, trouble = group.connection, group.trouble
    if told.frozen:
        return Tie.FROZEN
    if trouble and trouble.code in OUT_OF_IT:
        return Tie.LOST
    if group.archived:
        return Tie.ARCHIVED
    if external and told.looked_at and told.teams and _teams(person).isdisjoint(told.teams):
        return Tie.SEVERED
    return Tie.OPEN


def _teams(person: Person) -> set[str]:
    return {one.team_id for one in person.identities} | {one.team_id for one in person.accounts.values()}
