"""The form to join, opened by the button or offered to whoever reaches for something that leaders do."""

from __future__ import annotations

import asyncio

from msgspec.structs import replace

from bot.domain.about import About
from bot.domain.nations import nation_of
from bot.domain.people import Person, SlackIdentity, first_name
from bot.domain.problems import Problem, ProblemCode
from bot.domain.snapshot import GroupSnapshot, Section
from bot.ports import Deps, Method, Profile, SlackRefused, StoreDown
from bot.usecases.convening import require_open
from bot.usecases.installation import is_of, own_first
from bot.usecases.people import known, known_again, remembered
from bot.usecases.presence import check_may_join, require_in_channel
from bot.usecases.snapshot import load_snapshot
from bot.views.people import join_form
from handlers.incoming import Incoming, show

PROFILE_TIMEOUT_S = 1.0
"""Seconds for a suggestion of name and zone; the form must open within Slack's three."""


async def offer(deps: Deps, incoming: Incoming, snapshot: GroupSnapshot) -> None:
    """Raises Problem for somebody who is not in the group's channel: membership follows it."""
    group = snapshot.group
    require_open(snapshot, deps.now())
    known = await remembered(deps.store, incoming.who, group.id)
    # at once: the form must open within Slack's three seconds
    _, about = await asyncio.gather(
        check_may_join(deps, group.place, incoming.who, gone=is_gone(snapshot), opening=True),
        supposed(deps, incoming, group.zone, group.nation, known=known),
    )
    await show(deps, incoming, join_form(snapshot, about, known=known is not None))


def is_gone(snapshot: GroupSnapshot) -> bool:
    """Whether the viewer is in the group and was seen to be gone from its channel."""
    leader = snapshot.leaders.get(snapshot.viewer)
    return leader is not None and leader.in_group and leader.absence is not None


async def readable(
    deps: Deps, incoming: Incoming, group_id: str, sections: Section = Section.NAMES, *, opened_in: str = ""
) -> GroupSnapshot | None:
    """A group as its leaders may read it, and whoever is in its channel: who presses there is looked for among the
    channel's members. A form carries no channel; `opened_in` is the one that its button says. None for anybody
    else, who is offered to join. Raises Problem for who says they press in the channel and is not in it.
    """
    await recognise(deps, incoming.team_id, incoming.who)
    snapshot = await load_snapshot(deps.store, group_id, sections, who=incoming.who)
    if snapshot.member() is None:
        if (incoming.channel or opened_in) != snapshot.group.place.channel:
            await offer_or_say(deps, incoming, snapshot)
            return None
        await require_in_channel(deps, incoming.who, snapshot.group)
    return snapshot


async def offer_or_say(deps: Deps, incoming: Incoming, snapshot: GroupSnapshot) -> None:
    """For somebody who is not in the group. Raises Problem, which says so, where the form can't be opened."""
    try:
        await offer(deps, incoming, snapshot)
    except (SlackRefused, StoreDown) as refused:
        raise Problem(ProblemCode.NOT_JOINED) from refused


async def recognise(deps: Deps, team_id: str, who: SlackIdentity) -> bool:
    """Whether somebody whom we don't know by their id is somebody whom we know by another: Slack is asked, where
    there may be another, on an Enterprise Grid or across workspaces.

    Asked for by whatever loads somebody, and not for every press in `routes`: a form that is sent to join or to set
    up spends its three seconds on where they are, and they were asked about when it opened.
    """
    if not who.elsewhere or await deps.store.index.person(who):
        return False
    profile, former = await asyncio.gather(suggested(deps, team_id, who), _former(deps, team_id, who))
    return await known_again(deps, who, [*former, *profile.identities])


async def person_of(deps: Deps, team_id: str, who: SlackIdentity) -> Person | None:
    """Whoever is or was in a group, also by an id that Slack has given them since."""
    await recognise(deps, team_id, who)
    return await known(deps.store, who)


async def _former(deps: Deps, team_id: str, who: SlackIdentity) -> tuple[SlackIdentity, ...]:
    """Their earlier id, if they had another: `U…` where it is `W…` now."""
    try:
        async with asyncio.timeout(PROFILE_TIMEOUT_S):
            former = await deps.messenger.former_id(team_id, who.user_id)
    except (TimeoutError, SlackRefused):
        return ()
    return replace(who, user_id=former).each() if former else ()


async def supposed(
    deps: Deps, incoming: Incoming, zone: str, nation: str = "", *, known: About | None = None
) -> About:
    """What a form about somebody begins with: what is `known` of them. Of somebody new, what their own workspace
    tells us, else that they are where the others are. Of people of other workspaces nothing but their name is
    supposed: zone and holidays are asked."""
    if known:
        return known
    asked_in = await own_first(deps, incoming.who, incoming.team_id)
    profile = await suggested(deps, asked_in, incoming.who)
    if not await is_of(deps.store, incoming.who, asked_in):
        return About(name=first_name(profile.name), organisation="", zone="", nation="", hour="09:00")
    theirs = profile.zone or zone
    return About(
        name=first_name(profile.name),
        organisation="",
        zone=theirs,
        nation=nation_of(theirs) or nation,
        hour="09:00",
    )


async def suggested(deps: Deps, team_id: str, who: SlackIdentity) -> Profile:
    """What Slack lets us see, as a suggestion only: of people of other organisations it may be nothing. A press may
    ask twice, so our own pace is waited for, once."""
    try:
        async with asyncio.timeout(PROFILE_TIMEOUT_S):
            if wait := await deps.store.method_limiter.wait(team_id, Method.PROFILE):
                await asyncio.sleep(wait.total_seconds())
                if await deps.store.method_limiter.wait(team_id, Method.PROFILE):
                    return Profile()
            return await deps.messenger.profile(team_id, who.user_id)
    except (TimeoutError, SlackRefused):
        return Profile()
