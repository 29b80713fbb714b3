"""Who joined anew while it was on its way that their workspace took Between out."""

from __future__ import annotations

from bot.domain.groups import MessageRef
from bot.domain.moments import to_the_second
from bot.domain.outbox import Kind
from scheduler import uninstalled
from tests.scheduler.fortnight import FRIDAY
from tests.scheduler.postroom import Bot, entry

REF = MessageRef(team_id="T2", channel="D-T2-U-sam", ts="9.0")


async def test_sent__nothing_is_noted_of_who_joined_anew_and_was_taken_out_of_nothing_since(carers: Bot) -> None:
    one = entry(Kind.UNINSTALLED, "uninstalled:g7", FRIDAY, person_id="sam", subject=to_the_second(FRIDAY))
    before = await carers.store.leaders.get("g7", "sam")
    await uninstalled.sent(one, REF, carers.deps, FRIDAY)
    assert await carers.store.leaders.get("g7", "sam") == before
