"""Somebody was erased while messages to them waited, lay aside, or had not surely arrived: the outbox names them no
more, and what is for others goes its way."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.outbox import Kind, Status
from bot.storage import RedisStore
from tests.domain import young_carers
from tests.scheduler.loopback import GONE, Loopback
from tests.scheduler.postroom import Bot, entry
from tests.stories.erasing import everything_in

NINE = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def nudge(person_id: str, group_id: str, at: datetime = NINE):  # type: ignore[no-untyped-def]
    return entry(Kind.NUDGE, f"nudge:{group_id}:2026-W48:{person_id}", at, person_id=person_id, group_id=group_id)


@pytest.fixture(autouse=True)
async def known(store: RedisStore) -> None:
    for id_ in ("sam", "jo"):
        await store.people.change(id_, lambda _, id_=id_: young_carers.person(id_))  # type: ignore[misc]


async def outbox(store: RedisStore) -> str:
    return str({key: held for key, held in (await everything_in(store)).items() if key.startswith("b:{o")})


async def test_what_waits_lies_aside_or_was_refused_names_them_no_more(
    bot: Bot, slack: Loopback, store: RedisStore
) -> None:
    tomorrow = NINE + timedelta(days=1)
    await store.outbox.add([nudge("sam", "g7"), nudge("sam", "g8"), nudge("sam", "g9", tomorrow)])
    await store.outbox.add([nudge("jo", "g7", tomorrow)])
    slack.orders.extend([GONE] * 6)
    bot.letters.breaks.add("nudge:g8:2026-W48:sam")
    for _ in range(30):
        await bot.after(timedelta(minutes=1))
    slack.orders.clear()
    assert {name for name, _ in await store.delivery.dead()} == {"nudge:g8:2026-W48:sam"}
    assert {name for name, _ in await store.delivery.unconfirmed()} == {"nudge:g7:2026-W48:sam"}
    assert "sam" in await outbox(store)
    for _ in range(2):
        await store.delivery.forget("sam")
    assert "sam" not in await outbox(store)
    assert await store.delivery.dead() == await store.delivery.unconfirmed() == []
    assert (await store.delivery.counts())["dead"] == 0
    await bot.after(timedelta(days=1))
    assert slack.texts == ["nudge:g7:2026-W48:jo"]


async def test_what_a_bot_holds_just_now_is_left_to_it(bot: Bot, store: RedisStore) -> None:
    await store.outbox.add([nudge("sam", "g7")])
    (held,) = [one for partition in range(8) for one in await bot.take(partition)]
    await store.delivery.forget("sam")
    found = await store.delivery.status(held.entry.name)
    assert found is not None
    assert found.status is Status.PENDING


async def test_of_what_was_sent_it_is_kept_that_it_was_and_not_where(
    bot: Bot, slack: Loopback, store: RedisStore
) -> None:
    await store.outbox.add([nudge("sam", "g7")])
    await bot.tick()
    found = await store.delivery.status("nudge:g7:2026-W48:sam")
    assert found is not None
    assert (found.status, found.sent) == (Status.SENT, None)
    assert slack.texts == ["nudge:g7:2026-W48:sam"]
