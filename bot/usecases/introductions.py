"""Introductions: asked for by a press, refused by Slack, twenty minutes looked for, talked or not."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

from bot.domain import asks, calls, exclusions, introductions, twenty_minutes
from bot.domain.as_read import must_be_as_read
from bot.domain.attention import Attention, end
from bot.domain.commitments import Commitment
from bot.domain.exclusions import Exclusions
from bot.domain.introduced import about
from bot.domain.introductions import Introduction, Talk, Why
from bot.domain.news import NewsCode
from bot.domain.outbox import GROUP_DMS, Entry, Kind
from bot.domain.problems import Problem, ProblemCode, require
from bot.domain.put_to_all import require_not_ended
from bot.domain.snapshot import MATTERS, Membership, Section
from bot.ports import Deps, Place, SlackRefused
from bot.usecases.existing import change_and_look
from bot.usecases.follow_up import look_after
from bot.usecases.people import reset_silence
from bot.usecases.stored import if_there
from bot.usecases.together import together

NEEDS = Section.NAMES | MATTERS


async def introduce(
    deps: Deps, member: Membership, *, why: Why, subject: str, to: str, now: datetime
) -> Introduction:
    """After two yeses. Asked for twice, by whichever of the two, it is one. What follows is found by a look at the
    group. Raises Problem where the other is not in the group any more, or that has ended."""
    snapshot, by = member.snapshot, member.person.id
    require_not_ended(snapshot.group, now)
    if to not in snapshot.active():
        raise Problem(ProblemCode.OTHER_HAS_LEFT)
    # made of the thing and of the two, so that two presses, by one or by both, are one
    id_ = introductions.introduction_id(why, subject, by, to)
    async with look_after(deps.store, snapshot.group.id, now):
        made = await deps.store.introductions.change(
            snapshot.group.id,
            id_,
            lambda stored: introductions.introduce(stored, why=why, subject=subject, by=by, to=to, now=now),
        )
    await reset_silence(deps, member)
    assert made is not None
    return made


async def to_a_helper(
    deps: Deps, member: Membership, commitment: Commitment, of: str, now: datetime
) -> Introduction:
    """*Open a conversation* with somebody who offered to help. Raises Problem where nobody of that name offered it
    to whoever presses."""
    offered = [one for one in commitment.news if one.code is NewsCode.CAN_HELP and one.by == of]
    if member.person.id not in [one.to for one in offered]:
        raise Problem(ProblemCode.HELP_GONE)
    return await introduce(deps, member, why=Why.HELP, subject=commitment.id, to=of, now=now)


async def to_an_offer(deps: Deps, member: Membership, id_: str, now: datetime, *, read: str = "") -> Introduction:
    """*Introduce us* with somebody who offers something for everyone to see: that was the first yes. Raises Problem
    where it is no longer what they `read` (a version of its words)."""
    offer = member.snapshot.offers.get(id_)
    if offer is None or not offer.shown or not offer.open(now) or offer.by == member.person.id:
        raise Problem(ProblemCode.OFFER_GONE)
    must_be_as_read(read, offer.what)
    return await introduce(deps, member, why=Why.OFFER, subject=offer.id, to=offer.by, now=now)


def find(member: Membership, id_: str) -> Introduction:
    """One of the viewer's own. Raises Problem for anybody else, and where there is none any more."""
    found = require(member.snapshot.introductions.get(id_), ProblemCode.INTRODUCTION_GONE)
    introductions.only_theirs(found, member.person.id)
    return found


def find_open(member: Membership, id_: str, now: datetime) -> Introduction:
    """As `find`; raises Problem also where the other has left the group, or that has ended: neither would hear."""
    require_not_ended(member.snapshot.group, now)
    found = find(member, id_)
    if found.other(member.person.id) not in member.snapshot.active():
        raise Problem(ProblemCode.OTHER_HAS_LEFT)
    return found


async def not_together(deps: Deps, entry: Entry, now: datetime, *, sure: bool) -> None:
    """Where an entry was for a conversation of two: Slack won't have it, or nobody can tell whether it arrived, so
    each hears by a DM. `sure`: it is surely not there."""
    if entry.kind not in GROUP_DMS:
        return
    id_, decide = entry.subject, if_there(introductions.refused, now, sure=sure)
    # a time that both were to be told, named by its number behind the introduction's id
    if entry.kind is Kind.TWENTY:
        id_, _, last = id_.rpartition(".")
        decide = if_there(twenty_minutes.outcome_apart, int(last))
    # before the entry leaves the outbox: a DM to each follows from this note alone (0015), and whoever dies in
    # between leaves the entry to be found out once more
    async with look_after(deps.store, entry.group_id, now):
        await deps.store.introductions.change(entry.group_id, id_, decide)


async def tick(deps: Deps, member: Membership, id_: str, codes: Iterable[str], now: datetime) -> Introduction:
    """Half-days that the viewer could; the second of the two brings an outcome, which is then told to both."""
    snapshot, by = member.snapshot, member.person.id
    find_open(member, id_, now)
    chosen = tuple(codes)
    return await change_and_look(
        deps,
        deps.store.introductions,
        member,
        id_,
        # by what stands: of two who tick at once the second finds the half-days of the first, and so what both can
        # do
        lambda stored: twenty_minutes.tick(stored, by, chosen, snapshot.people, snapshot.group.rhythm, now),
        ProblemCode.INTRODUCTION_GONE,
        now,
    )


async def answer(deps: Deps, member: Membership, id_: str, talk: Talk, now: datetime) -> Introduction:
    """Whether the two got to talk."""
    return await change_and_look(
        deps,
        deps.store.introductions,
        member,
        id_,
        lambda stored: introductions.answer(stored, member.person.id, talk, now),
        ProblemCode.INTRODUCTION_GONE,
        now,
    )


async def excluded(deps: Deps, member: Membership) -> Exclusions:
    """The viewer's own, and nobody else's."""
    stored = await deps.store.exclusions.get(member.snapshot.group.id, member.person.id)
    return stored or Exclusions(person_id=member.person.id)


async def exclude(deps: Deps, member: Membership, other: str, now: datetime) -> Exclusions:
    """*Not with this person*. Raises Problem for somebody who was never in the group."""
    if other not in member.snapshot.leaders:
        raise Problem(ProblemCode.NOT_IN_CHANNEL)
    by = member.person.id
    # first what keeps them from being matched; what was planned before follows, and may be done again
    kept = await _excluding(deps, member, lambda stored: exclusions.exclude(stored, by, other, now))
    await together(
        _put_apart(deps, member.snapshot.group.id, by, other),
        _ask_no_more(deps, member.snapshot.group.id, by, other, now),
    )
    return kept


async def _ask_no_more(deps: Deps, group_id: str, by: str, other: str, now: datetime) -> None:
    """Of an introduction that was made before: whoever would rather not is asked nothing more about it, as after
    *Not now*. The other is asked as ever, since nobody is told."""
    made = await deps.store.introductions.all(group_id)
    ids = [id_ for one in made.values() if {*one.people} == {by, other} for id_ in about(one)]
    if not ids:
        return

    def ended(stored: Attention | None) -> Attention | None:
        for id_ in ids:
            stored = end(stored, by, id_, now)
        return stored

    await deps.store.attention.change(group_id, by, ended)


async def _put_apart(deps: Deps, group_id: str, by: str, other: str) -> None:
    """Of what was planned before: neither is asked for the other any more. Stopped half-way, pressing again
    does the rest."""
    store = deps.store
    asked, held = await together(store.asks.all(group_id), store.commitments.all(group_id))
    for id_, ask in asked.items():
        # mostly nothing was planned between the two, and nothing is written
        if asks.put_apart(ask, by, other) != ask:
            await store.asks.change(group_id, id_, lambda stored: stored and asks.put_apart(stored, by, other))
    for id_, one in held.items():
        if calls.put_apart(one, by, other) != one:
            await store.commitments.change(
                group_id, id_, lambda stored: stored and calls.put_apart(stored, by, other)
            )


async def lift(deps: Deps, member: Membership, other: str) -> Exclusions:
    """Takes *Not with this person* back; the other never knew of it."""
    return await _excluding(deps, member, lambda stored: exclusions.lift(stored, other))


async def _excluding(
    deps: Deps, member: Membership, decide: Callable[[Exclusions | None], Exclusions | None]
) -> Exclusions:
    group_id, by = member.snapshot.group.id, member.person.id
    changed = await deps.store.exclusions.change(group_id, by, decide)
    return changed or Exclusions(person_id=by)


async def send_file(deps: Deps, member: Membership, name: str, content: bytes) -> bool | None:
    """A file into our conversation with them. Whether it is there; None where Slack's answer was lost. Asked for
    again, it comes again."""
    reach, messenger = member.person.reach, deps.messenger
    try:
        channel = reach.dm_channel or await messenger.open_dm(reach.via_team, reach.user_id)
        # nobody sees it before it is shared: who dies in between leaves nothing in the conversation
        file_id = await messenger.upload(reach.via_team, name, content)
        await messenger.share(Place(team_id=reach.via_team, channel=channel), [(file_id, name)])
    except SlackRefused as refused:
        return None if refused.in_doubt else False
    return True
