"""Plates: what the form is filled with, saving what came back, and pulling it back."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime

import msgspec

from bot.domain.checkins import CheckIn, answered
from bot.domain.commitments import Commitment, tended_by
from bot.domain.people import Person, SlackIdentity
from bot.domain.plate import Plate, PlateWords, pull_back, share
from bot.domain.problems import Problem, ProblemCode
from bot.domain.rounds import Round, taken
from bot.domain.snapshot import GroupSnapshot
from bot.ports import Deps, Store
from bot.usecases import commitments, digest
from bot.usecases.people import Membership, require_member, reset_silence
from bot.usecases.rounds import can_show, last_plate, latest_round, round_for_words
from bot.usecases.snapshot import load_snapshot


class PlateContext(msgspec.Struct, frozen=True, kw_only=True):
    """All that a plate's form and the message after it show."""

    snapshot: GroupSnapshot
    person: Person
    round: Round
    before: Plate | None
    last: Plate | None
    tended: list[Commitment]
    checkin: CheckIn | None = None


async def begin(deps: Deps, who: SlackIdentity, group_id: str, now: datetime) -> PlateContext:
    """What a leader's form is filled with now. Raises NotJoined for anybody else."""
    member, _ = await asyncio.gather(
        require_member(deps.store, who, group_id), _said_lately(deps.store, who, group_id, now)
    )
    return await load_plate_context(deps, member, await round_for_words(deps.store, member.snapshot.group, now))


async def _said_lately(store: Store, who: SlackIdentity, group_id: str, now: datetime) -> None:
    """Read along with everybody's names, for `sharing` to find in the glance."""
    if not group_id:
        return
    await store.ahead(group_id, who=who, form=True)
    group, person_id = await store.groups.get(group_id), await store.index.person(who)
    latest = await latest_round(store, group, now) if group and person_id else None
    if person_id and latest:
        await store.ahead(group_id, round=latest.name, person=person_id)
        await last_plate(store, group_id, person_id, latest.name)


async def load_plate_context(deps: Deps, member: Membership, round: Round) -> PlateContext:
    """Where a leader stands in a round."""
    group_id, person_id = member.snapshot.group.id, member.person.id
    await deps.store.ahead(group_id, round=round.name, person=person_id)
    all_commitments = await deps.store.commitments.all(group_id)
    return PlateContext(
        snapshot=member.snapshot,
        person=member.person,
        round=round,
        before=await deps.store.plates.get(group_id, person_id, round=round.name),
        last=await last_plate(deps.store, group_id, person_id, round.name),
        tended=tended_by(all_commitments.values(), person_id),
        checkin=await deps.store.checkins.get(group_id, person_id, round=round.name),
    )


async def share_plate(
    deps: Deps, who: SlackIdentity, group_id: str, round_name: str, words: PlateWords, now: datetime
) -> PlateContext:
    """Saves what a form held. `round_name` is the round the form was opened for: where that round's digest has
    gone out, words that were in it are corrected there, and new ones go where words belong now.

    A kill half-way leaves what was saved first: the words, then that the check-in was answered, then the rest.
    """
    known = await deps.store.index.person(who)
    member = await require_member(deps.store, who, group_id, [known] if known else [])
    round = await _round_of_form(deps, member, round_name, now)
    group, person_id = member.snapshot.group, member.person.id

    def decide(before: Plate | None) -> Plate:
        return share(
            before,
            person_id=person_id,
            round=round.name,
            organisation=words.organisation,
            me=words.me,
            question=words.question,
        )

    noted = await digest.mark_for_correction(deps, group.id, round.name, now)
    plate = await deps.store.plates.change(group_id, person_id, decide, round=round.name)
    if taken(round, now):
        checkin = await deps.store.checkins.get(group_id, person_id, round=round.name)
    else:
        checkin = await change_checkin(deps.store, group_id, person_id, round, lambda c: answered(c, round, now))
    await _noted(deps.store, group_id, person_id, words, now)
    if noted:
        await digest.went_out(deps, group.id, round.name, now)
    return await _shared(deps, member, round, plate, checkin)


async def _noted(store: Store, group_id: str, person_id: str, words: PlateWords, now: datetime) -> None:
    """All at once. Where one can't be saved the others have ended before that is said: nothing is written later."""
    tapped = words.states.items()
    ended = await asyncio.gather(
        *(commitments.note(store, group_id, person_id, id_, state, now) for id_, state in tapped),
        return_exceptions=True,
    )
    for fault in filter(None, ended):
        raise fault


async def _shared(
    deps: Deps, member: Membership, round: Round, plate: Plate | None, checkin: CheckIn | None
) -> PlateContext:
    """What follows from a plate that is saved; all of it is about different records. Everybody's names are needed
    where a message is there to be redrawn, and only there."""
    group = member.snapshot.group
    snapshot, all_commitments, _ = await asyncio.gather(
        load_snapshot(deps.store, group.id, None if checkin and checkin.messages else [member.person.id]),
        deps.store.commitments.all(group.id),
        reset_silence(deps.store, group.id, member.person.id),
    )
    return PlateContext(
        snapshot=snapshot,
        person=member.person,
        round=round,
        before=plate,
        last=None,
        tended=tended_by(all_commitments.values(), member.person.id),
        checkin=checkin,
    )


async def change_checkin(
    store: Store, group_id: str, person_id: str, round: Round, decide: Callable[[CheckIn], CheckIn]
) -> CheckIn:
    """Where a check-in stands now, be it one that nobody was asked in."""
    new = CheckIn(person_id=person_id, round=round.name)
    now = await store.checkins.change(group_id, person_id, lambda stored: decide(stored or new), round=round.name)
    assert now is not None
    return now


async def pull_back_plate(
    deps: Deps, who: SlackIdentity, group_id: str, round_name: str, now: datetime
) -> tuple[PlateContext, bool]:
    """Every answer of that round becomes *Just me*; a digest that went out is corrected. Whether one did."""
    member, round = await asyncio.gather(
        require_member(deps.store, who, group_id), deps.store.rounds.get(group_id, round_name)
    )
    if round is None:
        raise Problem(ProblemCode.ROUND_GONE)
    await digest.mark_for_correction(deps, group_id, round.name, now)
    await deps.store.plates.change(
        group_id, member.person.id, lambda plate: pull_back(plate) if plate else None, round=round.name
    )
    went_out = await digest.went_out(deps, group_id, round.name, now)  # it may have gone while we saved
    return await load_plate_context(deps, member, round), went_out


async def _round_of_form(deps: Deps, member: Membership, round_name: str, now: datetime) -> Round:
    group = member.snapshot.group
    of_form = await deps.store.rounds.get(group.id, round_name)
    if of_form is None:
        return await round_for_words(deps.store, group, now)
    if not taken(of_form, now):
        return of_form
    spoken = await deps.store.plates.get(group.id, member.person.id, round=of_form.name)
    belongs = spoken and await can_show(deps.store, of_form, now)
    return of_form if belongs else await round_for_words(deps.store, group, now)
