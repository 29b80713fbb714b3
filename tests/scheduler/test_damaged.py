"""A damaged entry is set aside by itself: those that were taken along with it go on."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.domain.groups import Place
from bot.domain.outbox import Kind
from bot.store import keys
from scheduler.outbox.entries import delivery_id, partition_of
from tests.scheduler.loopback import Loopback
from tests.scheduler.postroom import Bot, entry, message
from tests.scheduler.test_outbox import NINE, PANEL, put

OTHERS = [entry(Kind.PANEL, f"panel:other{n}", NINE, group_id=f"g{n}") for n in range(5)]
BAD = delivery_id(PANEL.name)


async def damage(bot: Bot, part: str, rubbish: bytes) -> None:
    key = keys.outbox(partition_of(PANEL.team_id), part)
    await bot.store.connection.ask(key, "HSET", key, BAD, rubbish)


@pytest.mark.parametrize(
    "rubbish",
    [b"\xc1", b"\x93\x01\x02\x03", b"rubbish", b"\x95\xa2T1\xc2\xc0\xc0\x01", b"\x95\xa2T1\xc3\xa2g7\x90\x01"],
    ids=str,
)
async def test_a_record_that_cannot_be_read_is_set_aside(bot: Bot, slack: Loopback, rubbish: bytes) -> None:
    await put(bot, PANEL, *OTHERS)
    await damage(bot, "entries", rubbish)
    await bot.tick()
    assert sorted(slack.texts) == [other.name for other in OTHERS]
    assert await bot.store.delivery.dead() == [(BAD, "its record cannot be read")]


@pytest.mark.parametrize("held", [False, True], ids=["waits", "was held by a bot that died"])
@pytest.mark.parametrize("rubbish", [b"{broken", b"7", b""])
async def test_what_is_known_of_it_cannot_be_read_so_it_is_set_aside_and_not_sent(
    bot: Bot, slack: Loopback, rubbish: bytes, held: bool
) -> None:
    """It may be in Slack already."""
    await put(bot, PANEL, *OTHERS)
    if held:
        assert len(await bot.take(partition_of(PANEL.team_id))) == 6
    await damage(bot, "states", rubbish)
    await bot.after(timedelta(seconds=40))
    assert sorted(slack.texts) == [other.name for other in OTHERS]
    [(name, why)] = await bot.store.delivery.dead()
    assert name == PANEL.name
    assert "may have been sent" in why
    await put(bot, PANEL)
    await bot.tick()
    assert PANEL.name not in slack.texts


async def test_proof_that_it_is_in_slack_is_kept_over_what_cannot_be_read(bot: Bot, slack: Loopback) -> None:
    await put(bot, PANEL)
    [claimed] = await bot.take(partition_of(PANEL.team_id))
    await damage(bot, "states", b"{broken")
    place = Place(team_id=PANEL.team_id, channel="C1")
    ref = await slack.post(place, message(PANEL.name), delivery_id=claimed.delivery_id)
    assert not await bot.store.delivery.mark_sent(claimed, ref)
    await bot.after(timedelta(seconds=40))
    assert slack.texts == [PANEL.name]
    assert await bot.store.delivery.dead() == []
