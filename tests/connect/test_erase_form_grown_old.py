"""What *Erase me* said is no longer so when it is sent: nothing is erased, and the form says it anew."""

from __future__ import annotations

import pytest

from bot.holding import held
from bot.storage import RedisStore
from tests.connect.two_accounts import code_of, enters, group, people, says_yes
from tests.stage import Stage
from tests.stories.erasing import LEFT_BOX

__all__ = ["group"]
pytestmark = pytest.mark.filterwarnings("ignore:BasicAuth is deprecated:DeprecationWarning")

ANEW = "*Nothing is erased yet:* what is kept of you, or of your groups, has changed since you opened this."


async def send(stage: Stage, name: str) -> str:
    await stage.person(name).submit()
    await stage.settle()
    return stage.modal(name)


@pytest.mark.slow
async def test_who_became_one_with_another_account_reads_so_and_sends_it_once_more(group: Stage) -> None:
    assert await enters(group, "Weiling", await code_of(group, "Wei")) is None
    await group.press_more("Weiling", "Change my settings", "Erase me")
    await says_yes(group, "Wei")
    await group.person("Weiling").fill(LEFT_BOX, ["stays"])
    shown = await send(group, "Weiling")
    assert ANEW in shown
    assert "somebody else" not in shown
    assert f"{LEFT_BOX}: [x]" in shown
    assert set(await people(group)) >= {"Wei"}
    assert "Being erased" in await send(group, "Weiling")
    await group.at("2026-11-23 12:00")
    assert "Wei" not in await people(group)


async def test_a_hold_that_came_meanwhile_is_read_before(group: Stage, store: RedisStore) -> None:
    await group.press_more("Jo", "Change my settings", "Erase me")
    assert "A legal hold" not in group.modal("Jo")
    await held(store, "Young carers", lift=False, now=group.clock.now())
    shown = await send(group, "Jo")
    assert ANEW in shown
    assert "A legal hold stands on Young carers" in shown
    assert "Being erased" in await send(group, "Jo")


async def test_somebody_elses_form_is_nobodys(group: Stage) -> None:
    await group.press_more("Jo", "Change my settings", "Erase me")
    before = await people(group)
    await group.again("Jo", by="Wei")
    assert await people(group) == before
