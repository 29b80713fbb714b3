"""Audience and shaming: what others see does not depend on what somebody kept to themselves, or did not say.

Each test plays the same round several times over; only what Wei does differs, and nobody may be able to tell.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest

from bot.storage import RedisStore
from tests.promises.watch import all_kept, screens_of, shown
from tests.stage import Stage, staged

pytestmark = pytest.mark.slow

SECRET = "zanzibar"
Deed = Callable[[Stage], Awaitable[None]]


async def keeps_to_herself(stage: Stage) -> None:
    await stage.press("Wei", "Answer")
    fields = {"For me": SECRET, "For Millrace Housing": f"{SECRET}, and more", "everyone_sees": []}
    assert await stage.send("Wei", fields) is None


async def says_nothing(stage: Stage) -> None:
    """Not a press."""


async def skips(stage: Stage) -> None:
    await stage.press("Wei", "Skip this one")


async def goes_away(stage: Stage) -> None:
    await stage.press_more("Wei", "I'm away until…")
    await stage.send("Wei", {"Back on": "2027-01-04"})


async def a_round(redis_url: str, store: RedisStore, deed: Deed) -> dict[str, list[str]]:
    """What Sam and Jo saw, from the set-up to the next round's check-in, Home and the sheets behind More."""
    await store.connection.client.flushall()
    async with staged(redis_url) as stage:
        await stage.gather("Jo", "Wei")
        await stage.at("2026-11-25 09:00")
        await stage.answer("Jo", organisation="Beds are full again.")
        await deed(stage)
        await stage.at("2026-11-27 10:00")
        await look_around(stage)
        await stage.at("2026-12-11 12:00")
        await all_kept(stage)
        return {name: sorted(screens_of(stage, name)) for name in ("Sam", "Jo", "Amir")}


SHEETS = ("See commitments", "Read digests", "The brief so far", "Change my settings", "Change the rhythm")


async def look_around(stage: Stage) -> None:
    for name in ("Sam", "Jo"):
        await stage.person(name).open_home()
        await stage.settle()
        for sheet in SHEETS:
            await stage.press(name, "More")
            await stage.person(name).press_in_modal(sheet)
            await stage.person(name).close(everything=True)
        await stage.person(name).command("/between", "digest last", "young-carers")
        await stage.settle()


@pytest.mark.parametrize("deed", [skips, goes_away, keeps_to_herself])
async def test_nobody_can_tell_what_wei_did_from_wei_saying_nothing(
    redis_url: str, store: RedisStore, deed: Deed
) -> None:
    silent = await a_round(redis_url, store, says_nothing)
    other = await a_round(redis_url, store, deed)
    for name, screens in silent.items():
        assert other[name] == screens, name
    assert len(silent["Jo"]) > 20


async def test_what_wei_keeps_is_shown_to_wei_and_logged_nowhere(stage: Stage, logged: Callable[[], str]) -> None:
    await stage.gather("Jo", "Wei")
    await stage.at("2026-11-25 09:00")
    await keeps_to_herself(stage)
    await stage.answer("Jo", organisation="Beds are full again.")
    await stage.person("Wei").open_home()
    await stage.at("2026-11-27 10:00")
    await stage.press("Wei", "Change")
    await stage.send("Wei", {"For me": f"{SECRET} still"})
    await stage.again("Wei", by="Amir")
    await look_around(stage)
    await stage.at("2026-12-11 12:00")
    said = logged()
    assert "not sent" in said
    assert SECRET not in said
    assert "Beds are full" not in said
    wei = stage.person("Wei").id
    readers = {one.to for one in shown(stage) if SECRET in f"{one.text}{one.screen}"}
    assert readers - {wei} <= {stage.person("Amir").id}, "but for the words Amir's own forged form held"
    assert wei in readers


async def test_what_is_shared_with_everyone_says_how_many_and_never_how_many_did_not(stage: Stage) -> None:
    await stage.gather("Jo", "Wei", "Amir")
    await stage.at("2026-11-25 09:00")
    await stage.answer("Jo", organisation="Beds are full again.")
    await stage.at("2026-11-27 10:00")
    digest = stage.shown(stage.digest())
    assert not [name for name in ("Wei", "Amir", "Sam", " of 4", "25", "%") if name in digest]
