"""Commitments: adding, saying how it goes, joining in, offering help. Nobody does these for anybody else."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AsyncExitStack
from datetime import date, datetime
from typing import cast

from msgspec.structs import replace

from bot.domain.absence import present
from bot.domain.as_read import must_be_as_read
from bot.domain.commitments import (
    Commitment,
    CommitmentWords,
    ProgressWords,
    State,
    make,
    progress,
    reword,
    undo,
)
from bot.domain.felt import named_in
from bot.domain.first_steps import another_day, check_day, happened
from bot.domain.hours import to_local
from bot.domain.learnt import unsay
from bot.domain.news import UNDO_TIME, NewsCode, without_news
from bot.domain.passing import WHOEVER
from bot.domain.problems import Problem, ProblemCode, require
from bot.domain.put_to_all import require_not_ended
from bot.domain.snapshot import Membership, Section
from bot.domain.tags import spelt_as
from bot.domain.tending import can_help, join, leave, say_more, step_back, suggest, take, take_out, take_up
from bot.ports import Deps
from bot.usecases.channel import departures_redrawn
from bot.usecases.digest import correcting
from bot.usecases.existing import change_existing
from bot.usecases.follow_up import look_after
from bot.usecases.people import reset_silence
from bot.usecases.together import together

Decide = Callable[[Commitment, str], Commitment]
"""What becomes of a commitment, and who says so."""


NEEDS = Section.NAMES | Section.COMMITMENTS | Section.PURPOSE
"""Of a snapshot, for all that follows but what changes words that a digest may hold."""

CHANGES_WORDS = NEEDS | Section.OWN
"""The newest digests besides."""


async def add(deps: Deps, member: Membership, id: str, words: CommitmentWords, now: datetime) -> Commitment:
    """Adds it under the id its form was opened with, or changes its words; so a form sent twice adds once."""
    by, today = member.person.id, to_local(now, member.person.zone).date()
    fields = {"what": words.what, "part": words.part, "first_step": words.first_step, "benefit": words.benefit}
    # they may have left while the form was open
    glad = tuple(id_ for id_ in words.glad or () if id_ in member.snapshot.active())
    snapshot = member.snapshot
    # of all aims that stand or ever stood: the form may have been open while the purpose changed
    known_aims = {aim.id for one in snapshot.purpose.wordings if one.stood_at for aim in one.aims}
    serves = words.serves if words.serves is None or words.serves in known_aims else ""
    others = [one for one in snapshot.commitments.values() if one.id != id]
    # spelt as on the others, so that one tag does not become two
    tags = None if words.tags is None else spelt_as(words.tags, others)

    def decide(before: Commitment | None) -> Commitment:
        # by the stored one: its first step may have got another day while the form was open
        check_day(words.first_step.day, before.first_step.day if before else None, today)
        if before is None:
            after = make(id=id, by=by, now=now, glad=glad, serves=serves or "", **fields)  # type: ignore[arg-type]
        else:
            after = reword(before, by=by, now=now, why=words.why, serves=serves, **fields)  # type: ignore[arg-type]
        return replace(
            after,
            glad=after.glad if words.glad is None else glad,
            tags=after.tags if tags is None else tags,
        )

    # both are asked for before the save, and come at once when it stands
    async with AsyncExitStack() as following:
        await following.enter_async_context(look_after(deps.store, snapshot.group.id, now))
        if id in snapshot.commitments:  # its words may stand in a digest or a brief
            await following.enter_async_context(correcting(deps, snapshot, id, now))
        added, _ = await together(
            deps.store.commitments.change(snapshot.group.id, id, decide, seen=snapshot.versions),
            reset_silence(deps, member),
        )
    assert added is not None
    return cast(Commitment, added)


async def remove(deps: Deps, member: Membership, id: str, now: datetime) -> Commitment:
    """Takes out what nobody else has touched, and returns it as it was. Raises Problem where somebody has, or it is
    gone."""
    # what is returned: the stored one, or as it was loaded, where another press took it out first
    found = [find(member, id)]

    def without(stored: Commitment | None) -> None:
        if stored:
            take_out(stored, member.person.id)
            # decided anew where somebody else was quicker: the last one is what was taken out
            found.append(stored)

    snapshot = member.snapshot
    async with look_after(deps.store, snapshot.group.id, now), correcting(deps, snapshot, id, now):
        await deps.store.commitments.change(snapshot.group.id, id, without, seen=snapshot.versions)
    return found[-1]


def find(member: Membership, id: str) -> Commitment:
    """Raises Problem where there is none."""
    return require(member.snapshot.commitments.get(id), ProblemCode.COMMITMENT_GONE)


async def tap(deps: Deps, member: Membership, id: str, state: State, now: datetime) -> Commitment:
    """One tap: where it stands, be it where it stood."""
    await _look_for_helpers(deps, member, state, now)
    return await _told(deps, member, id, lambda c, by: progress(c, by=by, state=state, now=now, still=True), now)


async def _look_for_helpers(deps: Deps, member: Membership, state: State | None, now: datetime) -> None:
    """Who is stuck may undo it; then somebody looks who may help. Asked for before the save, should we die in the
    midst."""
    if state is State.STUCK:
        await deps.store.due.look_at(member.snapshot.group.id, now + UNDO_TIME)


async def note(deps: Deps, member: Membership, id: str, state: State, now: datetime) -> Commitment | None:
    """From a form that holds every one of theirs: only a change counts, and a commitment that is gone or no longer
    theirs is passed over, so that the rest is saved."""
    by, gone = member.person.id, ProblemCode.COMMITMENT_GONE
    try:
        return await change_existing(
            deps.store.commitments,
            member,
            id,
            lambda c: progress(c, by=by, state=state, now=now, still=False),
            gone,
        )
    except Problem:
        return None


async def say(deps: Deps, member: Membership, id: str, words: ProgressWords, now: datetime) -> Commitment:
    """How it is going, in words; of its maker also the next step's day, and whom they pass it on to. Raises Problem
    at its field where nobody of those is in the group any more, and where what may open the digest names another
    leader."""
    today = to_local(now, member.person.zone).date()
    here = member.snapshot.active()
    # whoever left while the form was open is passed by, as long as somebody is left
    told = [id_ for id_ in words.pass_to or () if id_ in (WHOEVER, *here)]
    if words.pass_to and not told:
        raise Problem(ProblemCode.LEFT_ALREADY, "pass_to")
    names = {id_: member.snapshot.people[id_].name for id_ in here}
    if words.may_lead and (other := named_in(words.noticed, member.person.id, names)):
        raise Problem(ProblemCode.NOTICED_NAMES, "noticed", name=other)
    words = replace(words, pass_to=None if words.pass_to is None else tuple(told))
    await _look_for_helpers(deps, member, words.state, now)
    return await _told(deps, member, id, lambda c, by: say_more(c, by=by, words=words, now=now, today=today), now)


async def step_happened(
    deps: Deps, member: Membership, id: str, day: date, now: datetime, *, read: str = ""
) -> Commitment:
    """Its maker's word on the step of that `day`, in their zone, and in the words that they `read`. Raises Problem
    where it has another day, or other words, by now."""
    return await _change(deps, member, id, lambda c, by: happened(c, by=by, day=day, now=now, read=read))


async def pick_another_day(
    deps: Deps, member: Membership, id: str, was: date, day: date, why: str, now: datetime
) -> Commitment:
    """In place of `was`; both are days in their zone. Raises Problem for a day that is over, and where the step has
    another by now."""
    today = to_local(now, member.person.zone).date()
    return await _told(
        deps, member, id, lambda c, by: another_day(c, by=by, was=was, day=day, why=why, now=now, today=today), now
    )


async def undo_last(deps: Deps, member: Membership, id: str, since: datetime, now: datetime) -> Commitment:
    """Takes back what they said of it since their check-in, if nobody has said anything after."""
    async with correcting(deps, member.snapshot, id, now):
        return await _told(deps, member, id, lambda c, by: undo(c, by=by, since=since, now=now), now)


async def pull_back_words(deps: Deps, member: Membership, id: str, at: datetime, now: datetime) -> Commitment:
    """What they said of it at that moment, and what they noticed: gone here, and from the digest or brief that it
    stood in."""
    snapshot = member.snapshot
    async with look_after(deps.store, snapshot.group.id, now), correcting(deps, snapshot, id, now):
        return await _change(deps, member, id, lambda c, by: unsay(c, by=by, at=at))


async def make_own(deps: Deps, member: Membership, id: str, now: datetime, *, read: str = "") -> Commitment:
    """What somebody made who has left the group, or passes it on, is theirs from now on. `read`: the version of its
    words as they read them. Raises Problem once the group has ended, as all that others are told of: nobody is told
    anything then."""
    require_not_ended(member.snapshot.group, now)
    here = present(member.snapshot.leaders)
    taken_up = await _told(deps, member, id, _as_read(read, lambda c, by: take_up(c, by, here, now)), now)
    await departures_redrawn(deps, member.snapshot.group, now)
    return taken_up


async def join_in(deps: Deps, member: Membership, id: str, now: datetime, *, read: str = "") -> Commitment:
    """They tend it too, in the words that they read. Raises Problem where it, or the group, has ended."""
    require_not_ended(member.snapshot.group, now)
    return await _told(deps, member, id, _as_read(read, lambda c, by: join(c, by, now)), now)


async def offer_help(deps: Deps, member: Membership, id: str, now: datetime, *, read: str = "") -> Commitment:
    """With what they `read` (a version of its words). Raises Problem where they tend it, and where it, or the
    group, has ended."""
    require_not_ended(member.snapshot.group, now)
    here = present(member.snapshot.leaders)
    return await _told(deps, member, id, _as_read(read, lambda c, by: can_help(c, by, now, here)), now)


async def suggest_words(deps: Deps, member: Membership, id: str, what: str, now: datetime) -> Commitment:
    """Better words for its maker, from another who tends it; the last they suggest stand. Raises Problem where its
    maker has left, and where it, or the group, has ended."""
    require_not_ended(member.snapshot.group, now)
    here = present(member.snapshot.leaders)
    return await _told(deps, member, id, lambda c, by: suggest(c, by=by, what=what, now=now, here=here), now)


async def take_words(
    deps: Deps, member: Membership, id: str, of: str, now: datetime, *, read: str = ""
) -> Commitment:
    """Its maker takes what `of` suggested; digests that hold its words are corrected. Raises Problem where that is
    gone, or is not what they `read` (a version)."""
    async with correcting(deps, member.snapshot, id, now):
        return await _told(deps, member, id, lambda c, by: take(c, by=by, of=of, now=now, read=read), now)


async def leave_words(deps: Deps, member: Membership, id: str, of: str, *, read: str = "") -> Commitment:
    """Its maker lets go of what `of` suggested; nobody hears of it. Raises Problem where it is not what they
    `read`."""
    return await _change(deps, member, id, lambda c, by: leave(c, by=by, of=of, read=read))


async def newer_words_read(deps: Deps, member: Membership, id: str, of: str, shown: str) -> Commitment:
    """What `of` suggests by now was `shown` to its maker, who pressed beside their earlier words: it is no news,
    but where they have suggested yet others since."""

    def read(stored: Commitment, _by: str) -> Commitment:
        stands = any((one.by, one.what) == (of, shown) for one in stored.suggestions)
        return without_news(stored, NewsCode.SUGGESTED, of) if stands else stored

    return await _change(deps, member, id, read)


def _as_read(read: str, decide: Decide) -> Decide:
    """By the stored words, since they may be changed as the press comes. What changes nothing is refused nobody."""

    def decided(stored: Commitment, by: str) -> Commitment:
        after = decide(stored, by)
        if after != stored:
            must_be_as_read(read, stored.what)
        return after

    return decided


async def _told(deps: Deps, member: Membership, id: str, decide: Decide, now: datetime) -> Commitment:
    """Somebody is to hear of it, or a digest offers help that may be wanted no more: the group is looked at."""
    async with look_after(deps.store, member.snapshot.group.id, now):
        return await _change(deps, member, id, decide)


async def leave_to_others(deps: Deps, member: Membership, id: str, now: datetime) -> Commitment:
    """They tend it no more. Raises Problem for its maker, and for the last who tends it."""
    return await _told(deps, member, id, lambda c, by: step_back(c, by, now), now)


async def _change(deps: Deps, member: Membership, id: str, decide: Decide) -> Commitment:
    by, gone = member.person.id, ProblemCode.COMMITMENT_GONE
    commitment = await change_existing(deps.store.commitments, member, id, lambda stored: decide(stored, by), gone)
    # last, as in `change_and_look`
    await reset_silence(deps, member)
    return commitment
