"""Plates: what the form is filled with, saving what came back, and pulling it back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from typing import Any

import msgspec
from msgspec.structs import replace

from bot.domain.checkins import CheckIn, answered
from bot.domain.commitments import Commitment, State
from bot.domain.people import Person
from bot.domain.plate import Plate, PlateWords, Words, add, pull_back, said_again, share
from bot.domain.problems import ProblemCode, require
from bot.domain.rounds import Round, taken
from bot.domain.snapshot import MATTERS, GroupSnapshot, Membership, Section
from bot.domain.tending import tended_by
from bot.ports import Deps
from bot.usecases import commitments, digest
from bot.usecases.follow_up import GUARD
from bot.usecases.people import reset_silence
from bot.usecases.rounds import can_show, round_for_words
from bot.usecases.stored import if_there
from bot.usecases.together import together

NEEDS_TO_ANSWER = Section.OWN | MATTERS
"""Of a snapshot, to save an answer. It names nobody; whom the check-in's message names is loaded for that."""

NEEDS = Section.NAMES | NEEDS_TO_ANSWER
"""Of a snapshot, for a check-in and what is said after it."""

NEEDS_OF_FORM = Section.OWN
"""A form counts who sees it, and names nobody."""


class PlateContext(msgspec.Struct, frozen=True, kw_only=True):
    """All that a plate's form and the message after it show."""

    snapshot: GroupSnapshot
    person: Person
    round: Round
    plate: Plate | None
    last: Plate | None
    tended: list[Commitment]
    checkin: CheckIn | None = None


def plate_context(member: Membership, round: Round, **since: Any) -> PlateContext:
    """Where a leader stands in a round; `since`: what was changed after the snapshot was loaded."""
    snapshot, id_ = member.snapshot, member.person.id
    context = PlateContext(
        snapshot=snapshot,
        person=member.person,
        round=round,
        plate=snapshot.own_plates.get(round.name),
        last=snapshot.last_plate(round.name),
        tended=tended_by(snapshot.commitments.values(), id_),
        checkin=snapshot.own_checkins.get(round.name),
    )
    return replace(context, **since)


async def begin(deps: Deps, member: Membership, now: datetime) -> PlateContext:
    """What a leader's form is filled with now."""
    return plate_context(member, await round_for_words(deps.store, member.snapshot, now))


async def share_plate(
    deps: Deps, member: Membership, round_name: str, words: PlateWords, now: datetime
) -> PlateContext:
    """Saves what a form held. `round_name` is the round the form was opened for: where that round's digest has
    gone out, words that were in it are corrected there, and new ones go where words belong now.

    The sequence: the digest that may show other words of theirs is noted; the words; then what follows from them,
    all at once. A kill half-way leaves what was saved first.
    """
    round = await _round_of_form(deps, member, round_name, now)
    decide = partial(
        share,
        person_id=member.person.id,
        round=round.name,
        organisation=words.organisation,
        me=words.me,
        question=words.question,
        last=member.snapshot.last_told(round.name),
    )
    return await _save(deps, member, round, decide, words.states, now)


async def _save(
    deps: Deps,
    member: Membership,
    round: Round,
    decide: Callable[[Plate | None], Plate],
    states: Mapping[str, State],
    now: datetime,
) -> PlateContext:
    # before the words: whoever dies in between leaves a correction that finds nothing to correct
    noted = await digest.mark_for_correction(deps, member.snapshot, round.name, now)
    if round.digested and not noted:  # nobody had said anything: these words may make its digest due
        await deps.store.due.look_at(member.snapshot.group.id, now + GUARD)
    plate, checkin = await _share_and_answer(deps, member, round, decide, now)
    # what follows from words that are saved, all at once; where one can't be saved the others have ended before
    # that is said: nothing is written later
    noting = [commitments.note(deps, member, id_, state, now) for id_, state in states.items()]
    _, *changed = await together(reset_silence(deps, member), *noting)
    # after the words: a look that came between the note and these has rewritten the digest from the old ones, and
    # has kept the note (`_correct` in `scheduler/due.py`)
    if noted or round.digested:
        await deps.store.due.look_at(member.snapshot.group.id, now)
    member = with_commitments(member, [commitment for commitment in changed if commitment])
    return plate_context(member, round, plate=plate, checkin=checkin, last=None)


async def say_again(deps: Deps, member: Membership, round: Round, now: datetime) -> PlateContext | None:
    """What they said for everyone, and no digest told the group of, goes into this round's; None where that is
    nothing, or they shared other words since."""
    untold = member.snapshot.untold(round.name, now)
    again = said_again(untold, round.name) if untold else None
    if again is None or round.name in member.snapshot.own_plates:
        return None
    # what they shared meanwhile, in a form on another screen, stands
    return await _save(deps, member, round, lambda before: before or again, {}, now)


async def add_words(deps: Deps, member: Membership, lane: str, words: Words, now: datetime) -> PlateContext:
    """Adds to a lane of the round that words belong to now; what follows, as from the form. Done twice, it adds
    once. Raises Problem, and nothing is kept.
    """
    round = await round_for_words(deps.store, member.snapshot, now)
    by = member.person.id
    return await _save(
        deps,
        member,
        round,
        lambda before: add(before, person_id=by, round=round.name, lane=lane, words=words),
        {},
        now,
    )


async def _share_and_answer(
    deps: Deps, member: Membership, round: Round, decide: Callable[[Plate | None], Plate], now: datetime
) -> tuple[Plate | None, CheckIn | None]:
    """A late answer answers all the same, as far as somebody was asked in that round."""
    group_id, id_, name, seen = member.snapshot.group.id, member.person.id, round.name, member.snapshot.versions
    # over, and no check-in of theirs is in it: they were not asked, so there is nothing to answer
    if taken(round, now) and name not in member.snapshot.own_checkins:
        return await deps.store.plates.change(group_id, id_, decide, round=name, seen=seen), None
    new = CheckIn(person_id=id_, round=name)
    # The words first: where both can't be written at once, nobody is noted as having answered whose words are lost.
    return await deps.store.change_both(
        deps.store.plates.to_change(group_id, id_, decide, round=name),
        deps.store.checkins.to_change(
            group_id, id_, lambda stored: answered(stored or new, shared=True), round=name
        ),
        seen=seen,
    )


def with_commitments(member: Membership, changed: list[Commitment]) -> Membership:
    """The same leader, with commitments as they have become."""
    commitments = {**member.snapshot.commitments, **{commitment.id: commitment for commitment in changed}}
    return replace(member, snapshot=replace(member.snapshot, commitments=commitments))


async def change_checkin(
    deps: Deps, member: Membership, round: Round, decide: Callable[[CheckIn], CheckIn]
) -> CheckIn:
    """Where a check-in stands now, be it one that nobody was asked in."""
    snapshot, person_id = member.snapshot, member.person.id
    new = CheckIn(person_id=person_id, round=round.name)
    now = await deps.store.checkins.change(
        snapshot.group.id,
        person_id,
        lambda stored: decide(stored or new),
        round=round.name,
        seen=snapshot.versions,
    )
    assert now is not None
    return now


async def pull_back_plate(
    deps: Deps, member: Membership, round_name: str, now: datetime
) -> tuple[PlateContext, bool]:
    """Every answer of that round becomes *Just me*; a digest that went out is corrected. Whether one did.

    The sequence: the digest is noted, then the words change, then it is looked whether one is out.
    """
    group_id = member.snapshot.group.id
    round = require(member.snapshot.rounds.get(round_name), ProblemCode.ROUND_GONE)
    # before the words, as in `_save`
    await digest.mark_for_correction(deps, member.snapshot, round.name, now)
    # the words before what follows from them: whoever dies from here on has saved them, and the same form or press,
    # which comes again, does the rest
    seen = member.snapshot.versions
    plate = await deps.store.plates.change(
        group_id, member.person.id, if_there(pull_back), round=round.name, seen=seen
    )
    went_out = await digest.went_out(deps, group_id, round.name, now)  # it may have gone while we saved
    return plate_context(member, round, plate=plate), went_out


async def _round_of_form(deps: Deps, member: Membership, round_name: str, now: datetime) -> Round:
    of_form = member.snapshot.rounds.get(round_name)
    if of_form is not None:
        if not taken(of_form, now):
            return of_form
        # over, and yet what they said in it can still be corrected where the group read it
        if member.snapshot.own_plates.get(round_name) and can_show(member.snapshot, of_form, now):
            return of_form
    return await round_for_words(deps.store, member.snapshot, now)
