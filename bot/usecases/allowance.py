"""A place among a leader's two messages a week, held for one that was promised to them."""

from __future__ import annotations

from datetime import datetime

from bot.domain.allowance import DMS_A_WEEK, week_of
from bot.domain.checkins import CheckIn, CheckInState, reminder_forgone
from bot.domain.outbox import Kind, Status, dm_name
from bot.domain.people import Person
from bot.ports import Deps


async def hold(deps: Deps, group_id: str, round: str, person: Person, at: datetime) -> bool:
    """A place for the message that *Later today* brings at `at`, under the name it will be sent by. False: the
    week has no room, so nothing may be promised."""
    return await deps.store.allowance.take(
        person.id, week_of(person, at), _name(group_id, round, person), DMS_A_WEEK
    )


async def release(deps: Deps, group_id: str, person: Person, before: CheckIn | None, now: datetime) -> None:
    """They did something else first, so the place is free again. Once the message is due it may be on its way,
    and counts; if it was dropped, or nobody was there to send it, it does not."""
    if (
        before is None
        or before.state is not CheckInState.REMIND_LATER
        or before.nudged_at
        or not before.ask_again_at
    ):
        return
    if now < before.ask_again_at or await _never_came(deps, group_id, before.round, person):
        week = week_of(person, before.ask_again_at)
        await deps.store.allowance.give_back(person.id, week, _name(group_id, before.round, person))


async def release_missed(deps: Deps, group_id: str, checkin: CheckIn, now: datetime) -> None:
    """The time of *Later today* has gone by. What may still be found in Slack keeps its place."""
    person = await deps.store.people.get(checkin.person_id)
    if person is None or not await _never_came(deps, group_id, checkin.round, person):
        return
    await release(deps, group_id, person, checkin, now)
    await deps.store.checkins.change(
        group_id, person.id, lambda stored: stored and reminder_forgone(stored), round=checkin.round
    )


async def _never_came(deps: Deps, group_id: str, round: str, person: Person) -> bool:
    found = await deps.store.delivery.status(_name(group_id, round, person), person.reach.via_team)
    return found is None or found.status is Status.DROPPED


def _name(group_id: str, round: str, person: Person) -> str:
    return dm_name(Kind.REMIND_LATER, group_id, round, person.id)
