"""A check-in's buttons: skip, later today, away; and where it stands, for the message that shows it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

import msgspec
from msgspec.structs import replace

from bot.domain.checkins import (
    CheckIn,
    answered,
    closed,
    gone_away,
    postponed,
    reminder_at,
    reminder_missed,
    reopened,
    rescheduled,
    skipped,
)
from bot.domain.commitments import Commitment, ProgressWords, State
from bot.domain.drawn import owe
from bot.domain.groups import MessageRef
from bot.domain.people import SlackIdentity
from bot.domain.problems import Problem, ProblemCode, require
from bot.domain.rounds import Round, taken
from bot.domain.snapshot import GroupSnapshot, Membership
from bot.domain.tending import spoken_since
from bot.ports import Deps, Store
from bot.usecases import commitments
from bot.usecases.follow_up import look_after
from bot.usecases.people import go_away, known, reset_silence
from bot.usecases.plate import NEEDS, PlateContext, change_checkin, plate_context, say_again, with_commitments
from bot.usecases.snapshot import require_member
from bot.usecases.stored import unless_changed
from bot.usecases.together import together


class Tapped(msgspec.Struct, frozen=True, kw_only=True):
    """The commitment as it is now, and where the check-in stands whose message was tapped; None where its round is
    not kept any more. `late`: that round is over.
    """

    commitment: Commitment
    where: PlateContext | None = None
    late: bool = False


async def tap(
    deps: Deps, member: Membership, round_name: str, commitment_id: str, state: State, now: datetime
) -> Tapped:
    """One tap on a commitment in the message is an answer to its check-in. Where that is over it counts all the
    same, since it is about the commitment now, but it answers no check-in: not that one, and not a later one. The
    sequence, as in `say_more`: the commitment, then the check-in.
    """
    # what they said first: it stands where the check-in is over, or where we die in between
    tapped = await commitments.tap(deps, member, commitment_id, state, now)
    member = with_commitments(member, [tapped])
    round = member.snapshot.rounds.get(round_name)
    if round is None:
        return Tapped(commitment=tapped, late=True)
    late = taken(round, now)
    where = plate_context(member, round) if late else await _respond(deps, member, round, answered)
    return Tapped(commitment=tapped, where=where, late=late)


async def nothing_new(deps: Deps, member: Membership, round_name: str, now: datetime) -> PlateContext:
    """Plate and commitments stand as before: an answer, and news to nobody; unless no digest told of that plate."""
    round = _round(member, round_name)
    # words that no digest told of are saved anew, which answers too
    return await say_again(deps, member, round, now) or await _respond(deps, member, round, answered)


async def say_more(
    deps: Deps, member: Membership, round_name: str, commitment_id: str, words: ProgressWords, now: datetime
) -> PlateContext | None:
    """How it is going, in words; an answer to the check-in that it was said in, if there is one and it is open."""
    said = await commitments.say(deps, member, commitment_id, words, now)
    member, round = with_commitments(member, [said]), member.snapshot.rounds.get(round_name)
    if round is None:
        return None
    if taken(round, now):  # no answer any more; what its message says of the commitment is as it is now
        return plate_context(member, round)
    return await _respond(deps, member, round, answered)


async def undo(deps: Deps, member: Membership, round_name: str, commitment_id: str, now: datetime) -> PlateContext:
    """Takes back a tap for as long as the check-in is open: on a commitment, or *Nothing new* where there is none.
    Where nothing they said is left, it waits for an answer again."""
    round, own = _round(member, round_name), member.snapshot.own_checkins.get(round_name)
    # who was not asked said nothing in answer, so nothing is taken back
    since = own.asked_at if own and own.asked_at else round.closes_at
    if closed(round, now):
        raise Problem(ProblemCode.CHECKIN_CLOSED)
    if commitment_id:
        member = with_commitments(member, [await commitments.undo_last(deps, member, commitment_id, since, now)])
    here = plate_context(member, round)
    if here.plate or spoken_since(here.snapshot.commitments.values(), member.person.id, since):
        return here
    checkin = await change_checkin(deps, member, round, lambda c: reopened(c, round, now))
    return plate_context(member, round, checkin=checkin)


def newest(member: Membership, now: datetime) -> PlateContext | None:
    """Where they stand in the newest round; None where there is none yet."""
    round = member.snapshot.latest_round(now)
    return plate_context(member, round) if round else None


async def skip(deps: Deps, member: Membership, round_name: str, now: datetime) -> PlateContext:
    """An answer already given stays. Raises Problem once answers have closed."""
    round = _round(member, round_name)
    return await _respond(deps, member, round, lambda c: skipped(c, round, now))


async def remind_later(deps: Deps, member: Membership, round_name: str, now: datetime) -> PlateContext:
    """Asked once more, in three hours or so; that takes the nudge's place."""
    round = _round(member, round_name)
    again = reminder_at(member.person, now, round, member.snapshot.group.rhythm)
    async with look_after(deps.store, member.snapshot.group.id, now):
        return await _respond(deps, member, round, lambda c: postponed(c, round, now, again))


async def away_from(
    deps: Deps, who: SlackIdentity, group_id: str, round_name: str, until: date, now: datetime
) -> PlateContext | None:
    """Away until that day in every group. Returns where the check-in it was pressed on stands, if there is one."""
    # first, as it holds in every group, whatever has become of the check-in
    await go_away(deps, who, until, now)
    try:
        member = await require_member(deps.store, who, group_id, NEEDS, round=round_name)
        round = _round(member, round_name)
        return await _respond(deps, member, round, lambda c: gone_away(c, round, now))
    except Problem:
        return None  # being away is saved; the check-in it was pressed on has closed, or there was none


async def follow_clock(deps: Deps, who: SlackIdentity, now: datetime) -> list[PlateContext]:
    """After somebody's zone or holidays changed, or they went away: every *Later today* they were promised moves
    into their hours as they now are, or is promised no more. Where it did, in the order they joined the groups."""
    person = await known(deps.store, who)
    ids = await deps.store.index.groups_of(person.id) if person else []
    # loaded after their clock was saved, by which each promise is moved
    moved = [await _moved(deps, await require_member(deps.store, who, id_, NEEDS), now) for id_ in ids]
    return [context for context in moved if context]


async def follow_hours(store: Store, snapshot: GroupSnapshot, now: datetime) -> GroupSnapshot:
    """After the group gave up some of its hours: every *Later today* that a leader was promised moves likewise, and
    their message is to say so."""
    round, stand = snapshot.round, dict(snapshot.checkins)
    for id_ in snapshot.active():
        promised, person = snapshot.checkins.get(id_), snapshot.people.get(id_)
        if not (round and promised and person) or reminder_missed(promised, now):
            continue
        moved = rescheduled(promised, person, round, snapshot.group.rhythm)
        if moved != promised:
            # else they answered meanwhile
            keep = unless_changed(promised, owe(moved, moved.messages, now))
            stands = await store.checkins.change(snapshot.group.id, id_, keep, round=round.name)
            stand[id_] = stands or promised
    return replace(snapshot, checkins=stand)


async def _moved(deps: Deps, member: Membership, now: datetime) -> PlateContext | None:
    snapshot, person, round = member.snapshot, member.person, member.snapshot.latest_round(now)
    promised = snapshot.own_checkins.get(round.name) if round else None
    if round is None or promised is None or reminder_missed(promised, now):
        return None
    moved = rescheduled(promised, person, round, snapshot.group.rhythm)
    if moved == promised:
        return None
    group_id = snapshot.group.id
    stands = await deps.store.checkins.change(
        group_id,
        person.id,
        unless_changed(promised, moved),  # else they answered meanwhile
        round=round.name,
        seen=snapshot.versions,
    )
    await deps.store.due.look_at(group_id, now)
    return plate_context(member, round, checkin=stands)


async def owe_redraw(deps: Deps, context: PlateContext, messages: list[MessageRef], now: datetime) -> None:
    """Slack would not have these messages redrawn after a press: whoever looks at the group next does that."""
    group_id = context.snapshot.group.id
    async with look_after(deps.store, group_id, now):
        await deps.store.checkins.change(
            group_id,
            context.person.id,
            lambda stored: stored and owe(stored, messages, now),
            round=context.round.name,
        )


def checkin_context(member: Membership, round_name: str) -> PlateContext:
    """Where a leader's check-in stands. Raises Problem for a round that is not kept any more."""
    return plate_context(member, _round(member, round_name))


async def _respond(
    deps: Deps, member: Membership, round: Round, decide: Callable[[CheckIn], CheckIn]
) -> PlateContext:
    after, _ = await together(change_checkin(deps, member, round, decide), reset_silence(deps, member))
    return plate_context(member, round, checkin=after)


def _round(member: Membership, round_name: str) -> Round:
    return require(member.snapshot.rounds.get(round_name), ProblemCode.CHECKIN_CLOSED)
