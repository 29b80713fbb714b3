"""A check-in's buttons: skip, later today, away; and where it stands, for the message that shows it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import date, datetime

import msgspec
from msgspec.structs import replace

from bot.domain.checkins import (
    CheckIn,
    CheckInState,
    answered,
    gone_away,
    postponed,
    reminder_at,
    rescheduled,
    skipped,
)
from bot.domain.commitments import Commitment, State
from bot.domain.people import SlackIdentity
from bot.domain.problems import Problem, ProblemCode
from bot.domain.rounds import Round, taken
from bot.domain.snapshot import GroupSnapshot, Membership
from bot.ports import Deps
from bot.usecases import allowance, commitments
from bot.usecases.follow_up import look_after
from bot.usecases.people import go_away, known, reset_silence
from bot.usecases.plate import NEEDS, PlateContext, change_checkin, plate_context, with_commitments
from bot.usecases.snapshot import require_member


class Tapped(msgspec.Struct, frozen=True, kw_only=True):
    """The commitment as it is now, and where the check-in stands whose message was tapped; None where its round is
    not kept any more. `late`: that round is over.
    """

    commitment: Commitment
    snapshot: GroupSnapshot
    where: PlateContext | None = None
    late: bool = False


async def tap(
    deps: Deps, member: Membership, round_name: str, commitment_id: str, state: State, now: datetime
) -> Tapped:
    """One tap on a commitment in the message is an answer to its check-in. Where that is over it counts all the
    same, since it is about the commitment now, but it answers no check-in: not that one, and not a later one.
    """
    tapped = await commitments.tap(deps, member, commitment_id, state, now)
    member = with_commitments(member, [tapped])
    round = member.snapshot.rounds.get(round_name)
    if round is None:
        return Tapped(commitment=tapped, snapshot=member.snapshot, late=True)
    late = taken(round, now)
    where = plate_context(member, round) if late else await _respond(deps, member, round, answered, now)
    return Tapped(commitment=tapped, snapshot=member.snapshot, where=where, late=late)


def newest(member: Membership, now: datetime) -> PlateContext | None:
    """Where they stand in the newest round; None where there is none yet."""
    round = member.snapshot.latest_round(now)
    return plate_context(member, round) if round else None


async def skip(deps: Deps, member: Membership, round_name: str, now: datetime) -> PlateContext:
    round = _round(member, round_name)
    return await _respond(deps, member, round, lambda c: skipped(c, round, now), now)


async def remind_later(deps: Deps, member: Membership, round_name: str, now: datetime) -> PlateContext:
    """Asked once more, in three hours or so, if their week has room; that takes the nudge's place."""
    round = _round(member, round_name)
    again, full = await _next_asking(deps, member, round, now)
    async with look_after(deps, member.snapshot.group.id, now):
        return await _respond(deps, member, round, lambda c: postponed(c, round, now, again, week_full=full), now)


async def away_from(
    deps: Deps, who: SlackIdentity, group_id: str, round_name: str, until: date, now: datetime
) -> PlateContext | None:
    """Away until that day in every group. Returns where the check-in it was pressed on stands, if there is one."""
    await go_away(deps, who, until, now)
    try:
        member = await require_member(deps.store, who, group_id, NEEDS, round=round_name)
        round = _round(member, round_name)
        return await _respond(deps, member, round, lambda c: gone_away(c, round, now), now)
    except Problem:
        return None  # being away is saved; the check-in it was pressed on has closed, or there was none


async def follow_clock(deps: Deps, who: SlackIdentity, now: datetime) -> list[PlateContext]:
    """After somebody's zone or holidays changed: every *Later today* they were promised moves into their hours as
    they now are, or is promised no more. Where it did, in the order they joined the groups."""
    person = await known(deps.store, who)
    ids = await deps.store.index.groups_of(person.id) if person else []
    moved = [await _moved(deps, await require_member(deps.store, who, id_, NEEDS), now) for id_ in ids]
    return [context for context in moved if context]


async def _moved(deps: Deps, member: Membership, now: datetime) -> PlateContext | None:
    snapshot, person, round = member.snapshot, member.person, member.snapshot.latest_round(now)
    promised = snapshot.own_checkins.get(round.name) if round else None
    if round is None or promised is None:
        return None
    moved = rescheduled(promised, person, round, snapshot.group.rhythm)
    if moved == promised:
        return None
    group_id = snapshot.group.id
    await allowance.release(deps, group_id, person, promised, now)
    if moved.ask_again_at and not await allowance.hold(deps, group_id, round.name, person, moved.ask_again_at):
        moved = replace(moved, ask_again_at=None, week_full=True)

    def decided(stored: CheckIn | None) -> CheckIn | None:
        return moved if stored == promised else stored

    stands = await deps.store.checkins.change(
        group_id, person.id, decided, round=round.name, seen=snapshot.versions
    )
    await deps.store.due.look_at(group_id, now)
    return plate_context(member, round, checkin=stands)


def checkin_context(member: Membership, round_name: str) -> PlateContext:
    """Where a leader's check-in stands. Raises Problem for a round that is not kept any more."""
    return plate_context(member, _round(member, round_name))


async def _next_asking(deps: Deps, member: Membership, round: Round, now: datetime) -> tuple[datetime | None, bool]:
    """When *Later today* asks again, its place in their week held, so that what is promised is sent; and whether
    it is the week that has no room."""
    group, person, checkin = member.snapshot.group, member.person, member.snapshot.own_checkins.get(round.name)
    again = reminder_at(person, now, round, group.rhythm)
    settled = checkin and (checkin.nudged_at or checkin.state in (CheckInState.ANSWERED, CheckInState.REMIND_LATER))
    if again is None or settled:
        return None, False
    room = await allowance.hold(deps, group.id, round.name, person, again)
    return (again, False) if room else (None, True)


async def _respond(
    deps: Deps, member: Membership, round: Round, decide: Callable[[CheckIn], CheckIn], now: datetime
) -> PlateContext:
    (before, after), _ = await asyncio.gather(
        change_checkin(deps, member, round, decide), reset_silence(deps, member)
    )
    if after.state is not CheckInState.REMIND_LATER:
        await allowance.release(deps, member.snapshot.group.id, member.person, before, now)
    return plate_context(member, round, checkin=after)


def _round(member: Membership, round_name: str) -> Round:
    round = member.snapshot.rounds.get(round_name)
    if round is None:
        raise Problem(ProblemCode.CHECKIN_CLOSED)
    return round
