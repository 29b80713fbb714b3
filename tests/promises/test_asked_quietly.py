"""Asked quietly: whatever Wei does but say yes, nobody can tell; and what is quiet is shown nowhere else.

Each test plays the same fortnight several times over; only what Wei does differs.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest

from bot.storage import RedisStore
from tests.promises.test_audience import look_around
from tests.promises.watch import all_kept, screens_of, shown
from tests.stage import Stage, staged
from tests.stories.introducing import not_with

pytestmark = pytest.mark.slow

WISH = "somebody who has cut repeat call-outs"
NEAR = "Cutting repeat call-outs with a weekly list."
LEND = "Anything you could lend: a person, a room, data, ten minutes?"
SECRET = "zanzibar"

Deed = Callable[[Stage], Awaitable[None]]


async def nothing(stage: Stage) -> None:
    """Not a press."""


async def puts_jo_apart(stage: Stage) -> None:
    await not_with(stage, "Wei", "Jo (Riverside Hospitals Trust)")


async def goes_away(stage: Stage) -> None:
    await stage.press_more("Wei", "I'm away until…")
    await stage.send("Wei", {"Back on": "2027-01-04"})


async def passes(stage: Stage) -> None:
    await stage.press("Wei", "Not me")


async def looks_and_shuts(stage: Stage) -> None:
    await stage.press("Wei", "I know someone")
    await stage.person("Wei").close(everything=True)


async def asks(stage: Stage, name: str, words: str) -> None:
    await stage.person(name).command("/between", f"ask {words}", "young-carers")
    assert await stage.send(name, {}) is None


async def a_fortnight(redis_url: str, store: RedisStore, before: Deed, after: Deed) -> dict[str, list[str]]:
    """What each saw, from the set-up until Jo hears that nobody has said yes; and the sheets behind More."""
    await store.connection.client.flushall()
    async with staged(redis_url) as stage:
        await stage.gather("Jo", "Wei", "Amir")
        await stage.at("2026-11-25 09:00")
        await stage.answer("Wei", organisation=NEAR)
        await before(stage)
        await asks(stage, "Jo", WISH)
        await stage.at("2026-11-26 09:30")
        await after(stage)
        await stage.at("2026-11-27 10:00")
        await look_around(stage)
        await look_at_asks(stage)
        await stage.at("2026-12-10 12:00")
        await look_at_asks(stage)
        await all_kept(stage)
        return {name: screens_of(stage, name) for name in ("Sam", "Jo", "Amir", "Wei")}


async def look_at_asks(stage: Stage) -> None:
    for name in ("Sam", "Jo", "Amir"):
        for sheet in ("Open now", "For you", "Why this?", "What people can lend", "People"):
            await stage.press(name, "More")
            await stage.person(name).press_in_modal(sheet)
            await stage.person(name).close(everything=True)


@pytest.mark.parametrize(
    ("before", "after"),
    [(nothing, passes), (nothing, looks_and_shuts), (puts_jo_apart, nothing), (goes_away, nothing)],
    ids=["a no", "a look", "not with Jo", "away"],
)
async def test_nobody_can_tell_what_wei_did_from_silence(
    redis_url: str, store: RedisStore, before: Deed, after: Deed
) -> None:
    silent = await a_fortnight(redis_url, store, nothing, nothing)
    other = await a_fortnight(redis_url, store, before, after)
    assert "Might that be you?" in "\n".join(silent["Wei"])
    assert "Nobody has said yes to" in "\n".join(silent["Jo"])
    for name in ("Sam", "Jo", "Amir"):
        assert sorted(other[name]) == sorted(silent[name]), name


async def test_what_wei_asks_quietly_and_offers_unseen_is_shown_and_logged_nowhere_else(
    stage: Stage, logged: Callable[[], str]
) -> None:
    await stage.gather("Jo", "Wei", "Amir")
    await stage.at("2026-11-25 09:00")
    await stage.answer("Jo", organisation=f"{NEAR} Beds are full again.")
    await asks(stage, "Wei", f"{SECRET}: {WISH}")
    await stage.press("Wei", "More")
    await stage.person("Wei").press_in_modal("What people can lend")
    await stage.person("Wei").press_in_modal("Offer something")
    fields = {LEND: f"{SECRET} room", "Who sees it": "Only to be matched: never quoted"}
    assert await stage.send("Wei", fields) is None
    await asks(stage, "Amir", f"a room in {SECRET}")
    await stage.at("2026-11-26 09:30")
    await puts_jo_apart(stage)
    await stage.at("2026-11-27 10:00")
    await look_around(stage)
    await look_at_asks(stage)
    await stage.press("Wei", "Yes, introduce us")
    await stage.at("2026-12-11 12:00")
    assert "Wei (Millrace Housing) may have it: has offered something near it" in "\n".join(stage.sent("Amir"))
    said = logged()
    assert SECRET not in said
    for words in ("repeat call-outs", "Beds are full", "Not with"):
        assert words not in said
    wei, jo, amir = (stage.person(name).id for name in ("Wei", "Jo", "Amir"))
    readers = {one.to for one in shown(stage) if f"{SECRET}: {WISH}" in f"{one.text}{one.screen}"}
    assert readers == {wei, jo}, "whose words come near it"
    assert {one.to for one in shown(stage) if f"{SECRET} room" in f"{one.text}{one.screen}"} == {wei}
    assert {one.to for one in shown(stage) if f"a room in {SECRET}" in f"{one.text}{one.screen}"} == {wei, amir}
