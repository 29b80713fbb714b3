"""A check-in's buttons: skip, later today, away; and where it stands, for the message that shows it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import date, datetime

import msgspec

from bot.domain.checkins import (
    CheckIn,
    answered,
    gone_away,
    postponed,
    reminder_at,
    reminder_missed,
    rescheduled,
    skipped,
)
from bot.domain.commitments import Commitment, State
from bot.domain.people import Person, SlackIdentity
from bot.domain.problems import Problem, ProblemCode
from bot.domain.rounds import Round, taken
from bot.ports import Deps
from bot.usecases import commitments
from bot.usecases.follow_up import look_after
from bot.usecases.people import Membership, go_away, known, require_member, reset_silence
from bot.usecases.plate import PlateContext, change_checkin, load_plate_context
from bot.usecases.rounds import latest_round


class Tapped(msgspec.Struct, frozen=True, kw_only=True):
    """The commitment as it is now, and where the check-in stands whose message was tapped; None where its round is
    not kept any more. `late`: that round is over.
    """

    commitment: Commitment
    where: PlateContext | None
    late: bool = False


async def tap(
    deps: Deps, who: SlackIdentity, group_id: str, round_name: str, commitment_id: str, state: State, now: datetime
) -> Tapped:
    """One tap on a commitment in the message is an answer to its check-in. Where that is over it counts all the
    same, since it is about the commitment now, but it answers no check-in: not that one, and not a later one.
    """
    tapped = await commitments.tap(deps, who, group_id, commitment_id, state, now)
    member = await require_member(deps.store, who, group_id)
    round = await deps.store.rounds.get(group_id, round_name) if round_name else None
    if round is None:
        return Tapped(commitment=tapped, where=None, late=True)
    if taken(round, now):
        return Tapped(commitment=tapped, where=await load_plate_context(deps, member, round), late=True)
    checkin_context = await _respond(deps, member, round, lambda c: answered(c, round, now))
    return Tapped(commitment=tapped, where=checkin_context)


async def newest(deps: Deps, who: SlackIdentity, group_id: str, now: datetime) -> PlateContext | None:
    """Where they stand in the newest round; None where there is none yet."""
    member = await require_member(deps.store, who, group_id)
    round = await latest_round(deps.store, member.snapshot.group, now)
    return await load_plate_context(deps, member, round) if round else None


async def skip(deps: Deps, who: SlackIdentity, group_id: str, round_name: str, now: datetime) -> PlateContext:
    member, round = await require_member(deps.store, who, group_id), await _round(deps, group_id, round_name)
    return await _respond(deps, member, round, lambda c: skipped(c, round, now))


async def remind_later(
    deps: Deps, who: SlackIdentity, group_id: str, round_name: str, now: datetime
) -> PlateContext:
    """Asked once more, in three hours or so; that takes the nudge's place."""
    member, round = await require_member(deps.store, who, group_id), await _round(deps, group_id, round_name)
    again = reminder_at(member.person, now, round, member.snapshot.group.rhythm)
    async with look_after(deps, group_id, now):
        return await _respond(deps, member, round, lambda c: postponed(c, round, now, again))


async def away_from(
    deps: Deps, who: SlackIdentity, group_id: str, round_name: str, until: date, now: datetime
) -> PlateContext | None:
    """Away until that day in every group. Returns where the check-in it was pressed on stands, if there is one."""
    await go_away(deps, who, until, now)
    try:
        member, round = await require_member(deps.store, who, group_id), await _round(deps, group_id, round_name)
        return await _respond(deps, member, round, lambda c: gone_away(c, round, now))
    except Problem:
        return None  # being away is saved; the check-in it was pressed on has closed, or there was none


async def follow_clock(deps: Deps, who: SlackIdentity, now: datetime) -> list[PlateContext]:
    """After somebody's zone or holidays changed: every *Later today* they were promised moves into their hours as
    they now are, or is promised no more. Where it did, in the order they joined the groups."""
    person = await known(deps.store, who)
    ids = await deps.store.index.groups_of(person.id) if person else []
    moved = [await _moved(deps, who, person, id_, now) for id_ in ids if person]
    return [context for context in moved if context]


async def _moved(
    deps: Deps, who: SlackIdentity, person: Person, group_id: str, now: datetime
) -> PlateContext | None:
    group = await deps.store.groups.get(group_id)
    round = await latest_round(deps.store, group, now) if group else None
    promised = await deps.store.checkins.get(group_id, person.id, round=round.name) if round else None
    if group is None or round is None or promised is None or reminder_missed(promised, now):
        return None
    moved = rescheduled(promised, person, round, group.rhythm)
    if moved == promised:
        return None

    def decided(stored: CheckIn | None) -> CheckIn | None:
        return moved if stored == promised else stored

    await deps.store.checkins.change(group_id, person.id, decided, round=round.name)
    await deps.store.due.look_at(group_id, now)
    return await load_plate_context(deps, await require_member(deps.store, who, group_id), round)


async def checkin_context(deps: Deps, who: SlackIdentity, group_id: str, round_name: str) -> PlateContext:
    """Where a leader's check-in stands. Raises Problem for a round that is not kept any more."""
    member = await require_member(deps.store, who, group_id)
    return await load_plate_context(deps, member, await _round(deps, group_id, round_name))


async def _respond(
    deps: Deps, member: Membership, round: Round, decide: Callable[[CheckIn], CheckIn]
) -> PlateContext:
    group_id, person_id = member.snapshot.group.id, member.person.id
    await change_checkin(deps.store, group_id, person_id, round, decide)
    _, where = await asyncio.gather(
        reset_silence(deps.store, group_id, person_id), load_plate_context(deps, member, round)
    )
    return where


async def _round(deps: Deps, group_id: str, round_name: str) -> Round:
    round = await deps.store.rounds.get(group_id, round_name) if round_name else None
    if round is None:
        raise Problem(ProblemCode.CHECKIN_CLOSED)
    return round
