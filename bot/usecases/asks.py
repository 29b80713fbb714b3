"""Asks: asking, answering one, the asker's own answer, and its end."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from bot.domain import asks
from bot.domain.asks import Ask
from bot.domain.introductions import Introduction, Why
from bot.domain.problems import Problem, ProblemCode, only_own, require
from bot.domain.put_to_all import require_not_ended
from bot.domain.snapshot import MATTERS, Membership, Section
from bot.ports import Deps
from bot.usecases import digest, introductions
from bot.usecases.existing import change_and_look
from bot.usecases.follow_up import look_after
from bot.usecases.people import change_leader, reset_silence

NEEDS = Section.NAMES | Section.ROUNDS | MATTERS
"""Of a snapshot, for all that follows."""

Decide = Callable[[Ask], Ask]


def find(member: Membership, id_: str) -> Ask:
    """Raises Problem where there is none."""
    return require(member.snapshot.asks.get(id_), ProblemCode.ASK_GONE)


def find_own(member: Membership, id_: str) -> Ask:
    """Raises Problem where there is none, and for somebody else's: a quiet one is shown to nobody."""
    found = find(member, id_)
    only_own(found.by, member.person.id)
    return found


def find_asked(member: Membership, id_: str, now: datetime) -> Ask:
    """One that was put to the viewer. Raises Problem where it is over, or whoever asked has left the group; and
    once that has ended, as the asker would be told nothing."""
    require_not_ended(member.snapshot.group, now)
    found = find(member, id_)
    asks.only_asked(found, member.person.id, now)
    if found.by not in member.snapshot.active():
        raise Problem(ProblemCode.ASK_GONE)
    return found


async def add(deps: Deps, member: Membership, id_: str, what: str, quiet: bool, now: datetime) -> Ask:
    """Under the id its form was opened with, so that a form sent twice asks once. A quiet one is put to people when
    the group is looked at next.

    The sequence: a quiet one claims its place in the asker's own record, by compare-and-set, so that of two that
    come at once, from their phone perhaps and by two bots, one has it; then it is saved. Whoever dies in between
    keeps the next waiting for a minute.
    """
    snapshot, by = member.snapshot, member.person.id
    require_not_ended(snapshot.group, now)

    def decide(stored: Ask | None) -> Ask:
        return stored or asks.ask(snapshot.asks.values(), id=id_, by=by, what=what, quiet=quiet, now=now)

    decide(None)  # may raise, before a place is claimed
    if quiet:
        # not of the snapshot: the claim must not be given while an ask that was saved since holds the place
        open_now = await deps.store.asks.all(snapshot.group.id)
        leader = await change_leader(deps.store, snapshot, by, lambda one: asks.claimed(one, id_, open_now, now))
        # another of theirs has the place, or they have left meanwhile
        if leader is None or leader.ask_claim is None or leader.ask_claim.id != id_:
            raise Problem(ProblemCode.ASKED_QUIETLY_ALREADY, "how")
    # within the minute that the claim lasts; the same form sent again claims the place for the same ask
    async with look_after(deps.store, snapshot.group.id, now):
        added = await deps.store.asks.change(snapshot.group.id, id_, decide, seen=snapshot.versions)
        assert added is not None
        only_own(added.by, by)  # an id that somebody else's form was given: a forged press
    await reset_silence(deps, member)
    return added


async def say_yes(deps: Deps, member: Membership, id_: str, now: datetime) -> Ask:
    """As `domain.asks.say_yes`, and a look at the group: its asker is to hear. Raises Problem for whoever was not
    asked, and where it is over or its asker has left."""
    # refused here where its asker has left the group, of which the ask itself says nothing
    find_asked(member, id_, now)
    return await _changed(deps, member, id_, now, lambda stored: asks.say_yes(stored, member.person.id, now))


async def know_someone(deps: Deps, member: Membership, id_: str, words: str, now: datetime) -> Ask:
    """As `say_yes`, with a line in their own name; the last one they send stands."""
    by = member.person.id
    find_asked(member, id_, now)
    return await _changed(deps, member, id_, now, lambda stored: asks.know_someone(stored, by, words, now))


async def pass_over(deps: Deps, member: Membership, id_: str, of: str, now: datetime) -> Ask:
    """The asker's *Not now* to the yes of `of`, who never hears of it. Raises Problem where there is no such
    yes."""
    by = member.person.id
    return await _changed(deps, member, id_, now, lambda stored: asks.answer_yes(stored, by, of, introduced=False))


async def introduce(deps: Deps, member: Membership, id_: str, of: str, now: datetime) -> tuple[Ask, Introduction]:
    """The second yes. Raises Problem where whoever said the first has left meanwhile.

    The introduction is saved first: whoever dies in between leaves the ask as it was, to be pressed once more, and
    asking for the same introduction again is asking once.
    """
    if of not in member.snapshot.active():
        raise Problem(ProblemCode.OTHER_HAS_LEFT)  # the ask itself goes on
    by = member.person.id
    asks.answer_yes(find(member, id_), by, of, introduced=True)  # may raise, before anything is saved
    made = await introductions.introduce(deps, member, why=Why.ASK, subject=id_, to=of, now=now)
    done = await _changed(deps, member, id_, now, lambda stored: asks.answer_yes(stored, by, of, introduced=True))
    return done, made


async def put_to_everyone(deps: Deps, member: Membership, id_: str, now: datetime) -> Ask:
    """Saved, and a look at the group. Raises Problem where it is not theirs, or over, or the group has ended."""
    require_not_ended(member.snapshot.group, now)
    return await _changed(
        deps, member, id_, now, lambda stored: asks.put_to_everyone(stored, member.person.id, now)
    )


async def got_it(deps: Deps, member: Membership, id_: str, thanks: str, now: datetime) -> Ask:
    """It is over; `thanks` is a person id, or empty. Raises Problem where it is not theirs."""
    by = member.person.id
    return await _changed(deps, member, id_, now, lambda stored: asks.got_it(stored, by, thanks, now))


async def withdraw(deps: Deps, member: Membership, id_: str, now: datetime) -> Ask:
    """Where a digest shows it, that is corrected; needs `Section.OWN` besides."""
    async with digest.correcting(deps, member.snapshot, id_, now):
        return await _changed(deps, member, id_, now, lambda stored: asks.withdraw(stored, member.person.id, now))


async def _changed(deps: Deps, member: Membership, id_: str, now: datetime, decide: Decide) -> Ask:
    return await change_and_look(deps, deps.store.asks, member, id_, decide, ProblemCode.ASK_GONE, now)
