"""A place among a leader's two messages a week, held for one that was promised to them."""

from __future__ import annotations

from datetime import datetime

from bot.domain.allowance import DMS_A_WEEK, week_of
from bot.domain.checkins import CheckIn, CheckInState
from bot.domain.outbox import Kind, dm_name
from bot.domain.people import Person
from bot.ports import Deps


async def hold(deps: Deps, group_id: str, round: str, person: Person, at: datetime) -> bool:
    """A place for the message that *Later today* brings at `at`, under the name it will be sent by. False: the
    week has no room, so nothing may be promised."""
    name = dm_name(Kind.NUDGE, group_id, round, person.id)
    return await deps.store.allowance.take(person.id, week_of(person, at), name, DMS_A_WEEK)


async def release(deps: Deps, group_id: str, person: Person, before: CheckIn | None, now: datetime) -> None:
    """They did something else first, so the place is free again. Once the message is due it may be on its way,
    and counts."""
    if before is None or before.state is not CheckInState.LATER or before.nudged_at:
        return
    if before.ask_again_at and now < before.ask_again_at:
        name = dm_name(Kind.NUDGE, group_id, before.round, person.id)
        await deps.store.allowance.give_back(person.id, week_of(person, before.ask_again_at), name)
