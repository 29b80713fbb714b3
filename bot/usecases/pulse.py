"""The pulse: answered alone while it is open; then only how the answers were spread is kept."""

from __future__ import annotations

from datetime import datetime

from msgspec.structs import replace

from bot.domain import attention, pulse, pulse_days
from bot.domain.digest import PulseLine
from bot.domain.drawn import owe
from bot.domain.matters import MatterCode
from bot.domain.problems import Problem, ProblemCode, require
from bot.domain.pulse import Pulse, name_of_bots
from bot.domain.questions import OF_THE_BOT, WORKING, QuestionSpec
from bot.domain.rounds import Round
from bot.domain.snapshot import GroupSnapshot, Membership
from bot.ports import Deps, Store
from bot.usecases.people import reset_silence
from bot.usecases.stored import if_there
from bot.usecases.together import together


def matter_of(round: str) -> str:
    """The id of the matter by which it is put to somebody."""
    return f"{MatterCode.PULSE}.{round}"


def require_open(member: Membership, round: str, now: datetime) -> Round:
    """Raises Problem where it can't be answered any more."""
    found = member.snapshot.rounds.get(round)
    if found is None or not pulse_days.pulse_kept(member.snapshot, found, now):
        raise Problem(ProblemCode.PULSE_CLOSED)
    return found


async def own_answer(store: Store, member: Membership, round: str) -> str:
    """The code of their choice, empty where they made none."""
    stored = await store.pulses.get(member.snapshot.group.id, round)
    return stored.answers.get(member.person.id, "") if stored else ""


async def answerable(store: Store, member: Membership, now: datetime) -> Round | None:
    """The round whose pulse they may answer. One that is put to nobody, as things stand, is for those who have
    answered it: they can change that, or take it out, as long as it is kept."""
    found = pulse_days.kept_pulse(member.snapshot, now)
    if found is None or pulse_days.pulse_open(member.snapshot, found, now):
        return found
    return found if await own_answer(store, member, found.name) else None


async def answer(deps: Deps, member: Membership, round: str, choice: str, now: datetime) -> None:
    """Theirs, or another in its place. It ends the matter for them as *Not now* would, and nobody looks at the
    group for it: nothing that others could see tells who answered. Raises Problem where it has closed.
    """
    require_open(member, round, now)
    group_id, by = member.snapshot.group.id, member.person.id
    # read for this write alone: no snapshot holds who chose what
    await deps.store.pulses.change(group_id, round, lambda one: pulse.answer(one, WORKING, by, choice))
    # after the answer: who dies in between is asked once more, and answers the same
    await together(
        deps.store.attention.change(
            group_id, by, lambda one: attention.end(one, by, matter_of(round), now), seen=member.snapshot.versions
        ),
        reset_silence(deps, member),
    )


async def take_out(deps: Deps, member: Membership, round: str, now: datetime) -> None:
    """As if they had not answered. Raises Problem where it has closed."""
    require_open(member, round, now)
    by = member.person.id
    await deps.store.pulses.change(member.snapshot.group.id, round, lambda one: pulse.take_out(one, by))


async def answer_of_bot(deps: Deps, member: Membership, round: str, choice: str, now: datetime) -> None:
    """What they think of the bot, by a press on the digest that asks it. Raises Problem where it has closed."""
    snapshot, group_id = member.snapshot, member.snapshot.group.id
    found = require(snapshot.rounds.get(round), ProblemCode.PULSE_CLOSED)
    asked_at = found.bot_asked_at
    if asked_at is None:
        # it may be in the channel, and whoever posted it has not noted so yet
        digest = await deps.store.digests.get(group_id, round)
        asked_at = digest.composed_at if digest and digest.asks_of_bot else None
    if asked_at is None or not pulse_days.bot_open(snapshot, found, asked_at, now):
        raise Problem(ProblemCode.PULSE_CLOSED)
    by = member.person.id
    await together(
        deps.store.pulses.change(
            group_id, name_of_bots(round), lambda one: pulse.answer(one, OF_THE_BOT, by, choice)
        ),
        reset_silence(deps, member),
    )


async def shown_since(
    store: Store, snapshot: GroupSnapshot, since: datetime, now: datetime
) -> tuple[PulseLine, ...]:
    """What closed after the digest before, and may be shown."""
    names = []
    for round in snapshot.rounds.values():
        moments = ((round.name, round.pulse_closed_at), (name_of_bots(round.name), round.bot_closed_at))
        names += [name for name, at in moments if at and since < at <= now]
    found = [await store.pulses.get(snapshot.group.id, name) for name in sorted(names)]
    return tuple(
        PulseLine(question=one.question, spread=one.spread, stop=one.stop) for one in found if one and one.spread
    )


# -- the calendar ----------------------------------------------------------------------------------


async def move_on(deps: Deps, snapshot: GroupSnapshot, now: datetime) -> bool:
    """Closes what has had its time, and forgets whom it was put to. Whether anything was written.

    The sequence: the record, whose answers become bands in one write; then the check-ins, which are to be drawn
    without it; then the traces in what was put to whom; then the server's file, which still holds both; then the
    digest that asked about the bot is noted, whose buttons are to go; then the round, which says that it is closed.
    Done twice, or stopped anywhere, it comes to the same: a closed record stays as it is, and each look goes on
    from what is left.
    """
    group, store = snapshot.group, deps.store
    noted = dict(snapshot.rounds)
    for name, round in snapshot.rounds.items():
        if pulse_days.pulse_over(snapshot, round, now):
            unshown = pulse_days.unshown(snapshot, round, now)
            kept = await _close(store, snapshot, name, WORKING, now, unshown=unshown)
            await _redraw_check_ins(store, group.id, name, now)
            noted[name] = replace(noted[name], pulse_closed_at=kept.closed_at)
        if pulse_days.bot_over(snapshot, round, now):
            unshown = not pulse_days.large_enough(snapshot)
            kept = await _close(store, snapshot, name_of_bots(name), OF_THE_BOT, now, unshown=unshown)
            noted[name] = replace(noted[name], bot_closed_at=kept.closed_at, stop_offered=kept.stop)
    closed = {name: one for name, one in noted.items() if one != snapshot.rounds[name]}
    # by the rounds as they are to be noted, since the traces go before a round says that it has closed
    swept = await _sweep(store, replace(snapshot, rounds=noted))
    if closed:
        # deleted is deleted from the records; the server's append-only file holds them until it is written anew
        await store.rewrite_file()
    if asked := [name for name, one in closed.items() if one.bot_closed_at != snapshot.rounds[name].bot_closed_at]:
        to_correct = dict.fromkeys(asked, now)
        await store.groups.change(
            group.id, lambda one: one and replace(one, to_correct={**one.to_correct, **to_correct})
        )
    # last: once a round says that it is closed, no look closes again what was asked in it
    for name, one in closed.items():
        moments = {"pulse_closed_at": one.pulse_closed_at, "bot_closed_at": one.bot_closed_at}
        await store.rounds.change(group.id, name, if_there(replace, **moments, stop_offered=one.stop_offered))
    return bool(closed) or swept


async def _close(
    store: Store, snapshot: GroupSnapshot, name: str, spec: QuestionSpec, now: datetime, *, unshown: bool
) -> Pulse:
    here = [id_ for id_, leader in snapshot.leaders.items() if leader.active]
    before = pulse.last_shown(await store.pulses.all(snapshot.group.id), spec)
    # in one write with the answers: one that comes at this moment is counted, or is told that it has closed
    kept = await store.pulses.change(
        snapshot.group.id,
        name,
        lambda stored: pulse.closed(stored, spec, here, before, now, unshown=unshown),
    )
    assert kept is not None
    return kept


async def _redraw_check_ins(store: Store, group_id: str, round: str, now: datetime) -> None:
    """It can't be answered there any more. Everybody's alike: whose it is redrawn in would say whom it was put to,
    and who had not pressed."""
    # the first message alone: a nudge carries nothing
    owed = if_there(lambda one: owe(one, one.messages[:1], now))
    every = await store.checkins.all(group_id, round=round)
    await together(*(store.checkins.change(group_id, id_, owed, round=round) for id_ in every))


async def _sweep(store: Store, snapshot: GroupSnapshot) -> bool:
    swept = False
    for person_id, one in snapshot.attention.items():
        if ids := pulse_days.closed_traces(one, snapshot.rounds.values()):
            await store.attention.change(snapshot.group.id, person_id, if_there(attention.without, ids))
            swept = True
    return swept
