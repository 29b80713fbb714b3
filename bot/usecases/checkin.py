"""A check-in's buttons: skip, later today, away; and where it stands, for the message that shows it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import date, datetime

import msgspec

from bot.domain.checkins import CLOSED, CheckIn, CheckInState, answered, gone_away, later, later_at, skipped
from bot.domain.commitments import Commitment, State
from bot.domain.people import SlackIdentity
from bot.domain.problems import Problem
from bot.domain.rhythm import Round, taken
from bot.ports import Deps
from bot.usecases import allowance, commitments
from bot.usecases.follow_up import followed_by
from bot.usecases.people import Standing, go_away, heard, standing
from bot.usecases.plate import Sharing, settle, sharing
from bot.usecases.rounds import latest_round


class Tapped(msgspec.Struct, frozen=True, kw_only=True):
    """The commitment as it is now, and where the check-in stands whose message was tapped; None where its round is
    not kept any more. `late`: that round is over.
    """

    commitment: Commitment
    where: Sharing | None
    late: bool = False


async def tap(
    deps: Deps, who: SlackIdentity, group_id: str, round_name: str, commitment_id: str, state: State, now: datetime
) -> Tapped:
    """One tap on a commitment in the message is an answer to its check-in. Where that is over it counts all the
    same, since it is about the commitment now, but it answers no check-in: not that one, and not a later one.
    """
    tapped = await commitments.tap(deps, who, group_id, commitment_id, state, now)
    there = await standing(deps.store, who, group_id)
    round = await deps.store.rounds.get(group_id, round_name) if round_name else None
    if round is None:
        return Tapped(commitment=tapped, where=None, late=True)
    if taken(round, now):
        return Tapped(commitment=tapped, where=await sharing(deps, there, round), late=True)
    settled = await _settle(deps, there, round, lambda c: answered(c, round, now), now)
    return Tapped(commitment=tapped, where=settled)


async def newest(deps: Deps, who: SlackIdentity, group_id: str, now: datetime) -> Sharing | None:
    """Where they stand in the newest round; None where there is none yet."""
    there = await standing(deps.store, who, group_id)
    round = await latest_round(deps.store, there.circle.group, now)
    return await sharing(deps, there, round) if round else None


async def skip(deps: Deps, who: SlackIdentity, group_id: str, round_name: str, now: datetime) -> Sharing:
    there, round = await standing(deps.store, who, group_id), await _round(deps, group_id, round_name)
    return await _settle(deps, there, round, lambda c: skipped(c, round, now), now)


async def later_today(deps: Deps, who: SlackIdentity, group_id: str, round_name: str, now: datetime) -> Sharing:
    """Asked once more, in three hours or so, if their week has room; that takes the nudge's place."""
    there, round = await standing(deps.store, who, group_id), await _round(deps, group_id, round_name)
    again, full = await _next_asking(deps, there, round, now)
    async with followed_by(deps, group_id, now):
        return await _settle(deps, there, round, lambda c: later(c, round, now, again, week_full=full), now)


async def away_from(
    deps: Deps, who: SlackIdentity, group_id: str, round_name: str, until: date, now: datetime
) -> Sharing | None:
    """Away until that day in every group. Returns where the check-in it was pressed on stands, if there is one."""
    await go_away(deps, who, until, now)
    try:
        there, round = await standing(deps.store, who, group_id), await _round(deps, group_id, round_name)
        return await _settle(deps, there, round, lambda c: gone_away(c, round, now), now)
    except Problem:
        return None  # being away is saved; the check-in it was pressed on has closed, or there was none


async def settled(deps: Deps, who: SlackIdentity, group_id: str, round_name: str) -> Sharing:
    """Where a leader's check-in stands. Raises Problem for a round that is not kept any more."""
    there = await standing(deps.store, who, group_id)
    return await sharing(deps, there, await _round(deps, group_id, round_name))


async def _next_asking(deps: Deps, there: Standing, round: Round, now: datetime) -> tuple[datetime | None, bool]:
    """When *Later today* asks again, its place in their week held, so that what is promised is sent; and whether
    it is the week that has no room."""
    group, person = there.circle.group, there.person
    checkin = await deps.store.checkins.get(group.id, person.id, round=round.name)
    again = later_at(person, now, round, group.rhythm)
    settled = checkin and (checkin.nudged_at or checkin.state in (CheckInState.ANSWERED, CheckInState.LATER))
    if again is None or settled:
        return None, False
    room = await allowance.hold(deps, group.id, round.name, person, again)
    return (again, False) if room else (None, True)


async def _settle(
    deps: Deps, there: Standing, round: Round, decide: Callable[[CheckIn], CheckIn], now: datetime
) -> Sharing:
    group_id, person_id = there.circle.group.id, there.person.id
    before, after = await settle(deps.store, group_id, person_id, round, decide)
    if after.state is not CheckInState.LATER:
        await allowance.release(deps, group_id, there.person, before, now)
    _, where = await asyncio.gather(heard(deps.store, group_id, person_id), sharing(deps, there, round))
    return where


async def _round(deps: Deps, group_id: str, round_name: str) -> Round:
    round = await deps.store.rounds.get(group_id, round_name) if round_name else None
    if round is None:
        raise Problem(CLOSED)
    return round
