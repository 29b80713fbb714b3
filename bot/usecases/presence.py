"""Who is in a channel, as far as Slack tells: asked before somebody joins, and looked at each day."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from datetime import timedelta
from typing import TypeVar

import structlog

from bot.domain.absence import Presence
from bot.domain.groups import Group, Place
from bot.domain.people import SlackIdentity
from bot.domain.problems import Problem, ProblemCode
from bot.ports import Deps, Method, Profile, SlackRefused

ASKING_TIMEOUT_S = 0.8
"""Seconds for each question while somebody waits, at most three in a row: Slack waits three for its answer."""

ONE_QUESTION_TIMEOUT_S = 1.5
"""Seconds where it is one question, mostly: whether they are in the channel."""

MOST_PAGES = 100
"""Of a channel's members: twenty thousand people. A cursor that leads in a circle ends there too."""

T = TypeVar("T")

log = structlog.get_logger()


async def check_may_join(
    deps: Deps, place: Place, who: SlackIdentity, *, joins: bool = True, gone: bool = False, opening: bool = False
) -> Profile | None:
    """Returns what Slack shows of their account, if it was asked.

    Raises Problem for somebody who is not in the channel, has no account any more, or is an app.

    It names no group to them. `joins`: else one is being set up. `gone`: they were seen to have left, which stands
    until Slack says otherwise. `opening`: a form is opened, which names the group and its organisations, so where
    Slack does not say who is there it does not open; whoever sends it is looked at again.
    """
    found, profile = await _seen(deps, place, who, with_account=not opening)
    if found is Presence.BOT:
        raise Problem(ProblemCode.NOT_A_PERSON)
    if found is Presence.CLOSED:
        raise Problem(ProblemCode.ACCOUNT_CLOSED)
    if found is Presence.UNTOLD and opening:
        raise Problem(ProblemCode.CHANNEL_UNSEEN)
    if found is Presence.UNTOLD and gone:
        raise Problem(ProblemCode.PRESENCE_UNTOLD)
    if found is Presence.OUTSIDE and joins:
        raise Problem(ProblemCode.NOT_IN_CHANNEL)
    if found is Presence.OUTSIDE:
        raise Problem(ProblemCode.NOT_IN_CHANNEL_YET)
    return profile


async def require_in_channel(deps: Deps, who: SlackIdentity, group: Group) -> None:
    """Membership follows the channel: who is not in it is not told the group's name. Raises Problem."""
    found = await presence(deps, group.place, who, with_account=False)
    if found is Presence.UNTOLD:
        raise Problem(ProblemCode.CHANNEL_UNSEEN)
    if found is not Presence.IN_CHANNEL:
        raise Problem(ProblemCode.NOT_IN_CHANNEL)


async def presence(
    deps: Deps,
    place: Place,
    who: SlackIdentity,
    *,
    with_account: bool = True,
) -> Presence:
    """Where one person is, within the time that a press has. Who is not found is asked about in any case: in an
    Enterprise Grid they may be called otherwise by now."""
    return (await _seen(deps, place, who, with_account=with_account))[0]


async def _seen(
    deps: Deps,
    place: Place,
    who: SlackIdentity,
    *,
    with_account: bool = True,
) -> tuple[Presence, Profile | None]:
    within_s = ASKING_TIMEOUT_S if with_account else ONE_QUESTION_TIMEOUT_S
    asked = _in_time(account(deps, place, who)) if with_account else asyncio.sleep(0)  # which gives None at once
    # at once: one after the other they would take a form past the three seconds that Slack waits
    inside, profile = await asyncio.gather(_in_time(is_member(deps, place, who.user_id), within_s), asked)
    # an app, a closed account, and who goes by another id now are told apart by that
    if inside is False and profile is None:
        profile = await _in_time(account(deps, place, who))
    if profile and (profile.bot or profile.deleted):
        return Presence.BOT if profile.bot else Presence.CLOSED, profile
    if inside is False and profile and (others := [id_ for id_ in profile.ids if id_ != who.user_id]):
        inside = await _in_time(is_member(deps, place, *others))
    # what Slack won't say keeps nobody out by itself (0010); the daily look asks again
    if inside is None:
        return Presence.UNTOLD, profile
    return Presence.IN_CHANNEL if inside else Presence.OUTSIDE, profile


async def is_member(deps: Deps, place: Place, *user_ids: str) -> bool | None:
    """Whether any of them, one person's, is in the channel. None where Slack would not tell: a
    refusal is about us or the channel, never about the person. Somebody waits, so it is asked past our own pace:
    nobody is turned away because others came in the same minute."""
    cursor = ""
    for _ in range(MOST_PAGES):
        found = await _page(deps, place, cursor, paced=False)
        if found is None or not {*user_ids}.isdisjoint(found[0]):
            return None if found is None else True
        if not (cursor := found[1]):
            return False
    return None


async def all_members(deps: Deps, place: Place) -> frozenset[str] | None:
    """The user ids of everybody in a channel; None where Slack would not tell all of it."""
    everybody: set[str] = set()
    cursor = ""
    for _ in range(MOST_PAGES):
        # a daily look can wait for its turn, as a press can't
        found = await _page(deps, place, cursor, paced=True)
        if found is None:
            return None
        everybody.update(found[0])
        if not (cursor := found[1]):
            return frozenset(everybody)
    return None


async def account(deps: Deps, place: Place, who: SlackIdentity) -> Profile | None:
    """None where Slack would not tell. Of somebody whom it does not show us it is an empty one."""
    try:
        if await deps.store.method_limiter.wait(place.team_id, Method.PROFILE):
            return None
        return await deps.messenger.profile(place.team_id, who.user_id)
    except SlackRefused as refused:
        await _heed(deps, place, Method.PROFILE, refused)
        return None


async def _page(deps: Deps, place: Place, cursor: str, *, paced: bool) -> tuple[tuple[str, ...], str] | None:
    try:
        if paced and await deps.store.method_limiter.wait(place.team_id, Method.MEMBERS):
            return None
        page = await deps.messenger.members(place, cursor)
    except SlackRefused as refused:
        await _heed(deps, place, Method.MEMBERS, refused)
        log.warning("can't see who is in the channel", team=place.team_id, channel=place.channel, code=refused.code)
        return None
    return page.user_ids, page.cursor


async def _heed(deps: Deps, place: Place, method: Method, refused: SlackRefused) -> None:
    if refused.retry_after is not None:
        # said to all bots, since the limit is the method's in that workspace, whichever of them asks
        await deps.store.method_limiter.block(place.team_id, method, timedelta(seconds=refused.retry_after))


async def _in_time(asked: Awaitable[T | None], within_s: float | None = None) -> T | None:
    try:
        async with asyncio.timeout(within_s or ASKING_TIMEOUT_S):
            return await asked
    except TimeoutError:
        return None
