"""Messages that ask something and waited in the outbox: none goes once nobody in the group is asked any more."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from bot.domain.groups import Group
from bot.domain.outbox import Kind
from bot.domain.trouble import ARCHIVED, troubled
from scheduler.kinds import KINDS
from scheduler.outbox.messages import Drop
from scheduler.recipients import RESTS
from tests.scheduler.fortnight import FRIDAY, ROUND
from tests.scheduler.postroom import Bot, entry

NOW = FRIDAY + timedelta(hours=1)


def archived(group: Group) -> Group:
    return troubled(group, ARCHIVED, NOW)


def paused(group: Group) -> Group:
    return replace(group, paused_until=date(2027, 1, 4))


def ended(group: Group) -> Group:
    return replace(group, ends_on=date(2026, 11, 26))


@pytest.mark.parametrize("rest", [archived, paused, ended])
@pytest.mark.parametrize(
    "kind", [Kind.CHECK_IN, Kind.NUDGE, Kind.REMIND_LATER, Kind.QUIET, Kind.LETTER, Kind.HOLIDAY]
)
async def test_what_waited_does_not_go_any_more(carers: Bot, kind: Kind, rest: Callable[[Group], Group]) -> None:
    await carers.tick()
    waited = entry(kind, f"{kind}:g7:{ROUND}:sam", NOW, person_id="sam", round=ROUND, subject="2026-12-03")
    assert await KINDS[kind].compose(waited, carers.deps, NOW) != RESTS
    await carers.store.groups.change("g7", lambda one: one and rest(one))
    assert await KINDS[kind].compose(waited, carers.deps, NOW) == RESTS
    assert isinstance(RESTS, Drop)
    assert not RESTS.stale, "the group is looked at once that ends"
