"""A pulse closes: whoever dies on the way, the bands stand once, and of who said what nothing is left anywhere."""

from __future__ import annotations

import time
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from bot.domain.attention import end, put
from bot.domain.bands import Band
from bot.domain.groups import MessageRef
from bot.domain.pulse import Pulse, Spread, answer, name_of_bots
from bot.domain.questions import OF_THE_BOT, WORKING
from bot.domain.rounds import Round
from bot.embedded.server import EmbeddedServer
from bot.storage import RedisStore
from bot.store import keys
from bot.store.record_key import RecordKey
from bot.usecases.retention import forget_old
from tests.domain import young_carers
from tests.scheduler.deaths import calls
from tests.scheduler.fortnight import FRIDAY, ROUND, carers_of, live
from tests.scheduler.postroom import Bot, Death, Killed, doomed

SEVEN = ("sam", "jo", "amir", "wei", "priya", "aoife", "kasia")
FIVE = SEVEN[:5]
CLOSES = datetime(2026, 12, 1, 18, tzinfo=UTC)
PUT = (f"pulse.{ROUND}", "ask.a1")
MESSAGE = MessageRef(team_id="T1", channel="D1", ts="1.0")
HALVES = (Spread(choice="yes", band=Band.HALF), Spread(choice="in_parts", band=Band.HALF))


async def closing(store: RedisStore) -> Bot:
    """Half a minute after answers close, in a round that has a pulse: five of seven chose."""
    bot = await carers_of(store)
    for name in SEVEN:
        await store.people.change(name, lambda _, name=name: young_carers.person(name))
        await store.leaders.change("g7", name, lambda _, name=name: young_carers.leader(name))
    await bot.tick()
    await store.rounds.change("g7", ROUND, lambda one: one and replace(one, number=2))
    for number, name in enumerate(FIVE):
        choice = "yes" if number < 3 else "in_parts"
        await store.pulses.change("g7", ROUND, lambda one, by=name, choice=choice: answer(one, WORKING, by, choice))
    for name in SEVEN:
        await store.attention.change("g7", name, lambda one, by=name: put(one, by, PUT, MESSAGE, FRIDAY))
        await store.attention.change("g7", name, lambda one, by=name: end(one, by, f"pulse.{ROUND}", FRIDAY))
    await live(bot, CLOSES)
    bot.clock.move_to(CLOSES + timedelta(seconds=30))
    return bot


async def the_round(store: RedisStore) -> Round:
    found = await store.rounds.get("g7", ROUND)
    assert found is not None
    return found


async def the_pulse(store: RedisStore, name: str = ROUND) -> Pulse:
    found = await store.pulses.get("g7", name)
    assert found is not None
    return found


async def everything(store: RedisStore) -> str:
    """All that stands in Redis: every key, with all that it holds, as whoever has the key reads it."""
    client: Any = store.connection.client
    found = []
    for key in [key async for key in client.scan_iter()]:
        kind = (await client.type(key)).decode()
        read = {
            "hash": client.hgetall,
            "string": client.get,
            "set": client.smembers,
            "zset": lambda one: client.zrange(one, 0, -1),
            "list": lambda one: client.lrange(one, 0, -1),
        }[kind]
        held = await read(key)
        if kind == "hash" and keys.may_hold_records(key.decode()) and not key.endswith(b":keys"):
            spots = [(RecordKey(key.decode(), field.decode()), raw) for field, raw in held.items()]
            await store.keyring.ask(key.decode(), "HGETALL", key.decode())
            held = {spot.field: store.keyring.plain(raw, spot) for spot, raw in spots}
        found.append(f"{key!r} {held!r}")
    return "\n".join(found)


def told_of(said: str) -> list[str]:
    """What in it says who was asked, who answered, or what they said."""
    return [words for words in (f"pulse.{ROUND}", '"yes"', '"in_parts"') if words in said]


def without_bands(said: str) -> str:
    """Without what is to stay."""
    for one in HALVES:
        said = said.replace(f'{{"choice":"{one.choice}","band":"half"}}', "")
    return said


@pytest.mark.dies
@pytest.mark.parametrize("after", [False, True], ids=["before a call", "after a call"])
async def test_whoever_dies_while_it_closes_the_bands_stand_once_and_no_answer_is_left(
    store: RedisStore, after: bool
) -> None:
    for step in calls(7, 1 + 3 * after):
        bot = await closing(store)
        death = Death(step, after=after)
        with suppress(Killed, BaseExceptionGroup):
            await doomed(bot, death).tick()
        await bot.after(timedelta(seconds=15))
        await live(bot, CLOSES + timedelta(minutes=30))
        kept = await the_pulse(store)
        assert kept.answers == {}, f"dead at step {step}"
        assert kept.spread == HALVES, f"dead at step {step}"
        assert (await the_round(store)).pulse_closed_at == kept.closed_at, f"dead at step {step}"
        for name in SEVEN:
            one = await store.attention.get("g7", name)
            assert one is not None
            assert [*one.put] == ["ask.a1"], f"dead at step {step}"
            assert not one.ended, f"dead at step {step}"
        if not death.came:
            return


async def test_after_it_closed_nothing_in_the_store_says_who_said_what(store: RedisStore) -> None:
    bot = await closing(store)
    assert told_of(await everything(store)) == [f"pulse.{ROUND}", '"yes"', '"in_parts"']
    await bot.tick()
    await live(bot, datetime(2026, 12, 2, 12, tzinfo=UTC))
    said = await everything(store)
    (record,) = [line for line in said.splitlines() if ":pulses'" in line]
    assert '"answers":{}' in record
    without_bands = said.replace('{"choice":"yes","band":"half"}', "").replace(
        '{"choice":"in_parts","band":"half"}', ""
    )
    assert told_of(without_bands) == []
    assert any("About half: in parts" in post.text for post in bot.slack.posted)


@pytest.mark.slow
async def test_it_is_gone_from_the_file_on_disk_and_from_what_a_backup_would_hold(tmp_path: Path) -> None:
    """On a server of our own, whose file is written anew as a pulse closes: a backup is a copy of its folder."""
    server = EmbeddedServer(tmp_path / "data", fsync="no")
    server.start()
    store = RedisStore.at(server.url, own=True)
    try:
        bot = await closing(store)
        bot.store.own = True
        assert told_of(on_disk(tmp_path)) == [f"pulse.{ROUND}", '"yes"', '"in_parts"']
        await bot.tick()
        await live(bot, datetime(2026, 12, 2, 12, tzinfo=UTC))
        await rewritten(store)
        assert '{"choice":"in_parts","band":"half"}' in on_disk(tmp_path)
        assert told_of(without_bands(on_disk(tmp_path))) == []
    finally:
        await store.close()
        server.stop()


async def rewritten(store: RedisStore) -> None:
    client: Any = store.connection.client
    until, busy = time.monotonic() + 20, True
    while busy:
        info = await client.info("persistence")
        busy = info["aof_rewrite_in_progress"] or info["aof_rewrite_scheduled"]
        assert time.monotonic() < until


def on_disk(folder: Path) -> str:
    return "".join(one.read_bytes().decode(errors="replace") for one in folder.rglob("*") if one.is_file())


async def test_of_a_group_that_has_ended_nothing_is_kept_but_that_it_closed(store: RedisStore) -> None:
    bot = await closing(store)
    yesterday = (CLOSES - timedelta(days=1)).date()
    await store.groups.change("g7", lambda stored: stored and replace(stored, ends_on=yesterday))
    await store.due.look_at("g7", bot.clock.now())
    await bot.tick()
    kept = await the_pulse(store)
    assert (kept.answers, kept.spread, bool(kept.closed_at)) == ({}, (), True)


async def test_a_press_that_comes_back_to_life_after_the_close_writes_nothing(store: RedisStore) -> None:
    """Also where nobody had answered: that it has closed is a record of its own."""
    bot = await closing(store)
    await store.pulses.change("g7", ROUND, lambda _: None)
    await bot.tick()
    with pytest.raises(Exception, match="pulse_closed"):
        await store.pulses.change("g7", ROUND, lambda one: answer(one, WORKING, "sam", "no"))
    assert (await the_pulse(store)).answers == {}


async def test_the_question_about_the_bot_closes_with_the_next_rounds_answers(store: RedisStore) -> None:
    bot = await closing(store)
    asked_at = FRIDAY - timedelta(days=10)
    before = replace(await the_round(store), name="2026-W47", number=1, digested=True, counted=True)
    await store.rounds.change("g7", "2026-W47", lambda _: replace(before, bot_asked_at=asked_at))
    name = name_of_bots("2026-W47")
    for one in FIVE:
        await store.pulses.change("g7", name, lambda stored, by=one: answer(stored, OF_THE_BOT, by, "weed"))
    await store.due.look_at("g7", bot.clock.now())
    await bot.tick()
    kept, round = await the_pulse(store, name), await store.rounds.get("g7", "2026-W47")
    assert round is not None
    assert (kept.answers, kept.stop, round.stop_offered) == ({}, True, True)
    assert [one.band for one in kept.spread] == [Band.NEARLY_ALL]


async def test_of_the_question_about_the_bot_nothing_is_shown_where_six_are_left(store: RedisStore) -> None:
    bot = await closing(store)
    before = replace(await the_round(store), name="2026-W47", number=1, digested=True, counted=True)
    await store.rounds.change("g7", "2026-W47", lambda _: replace(before, bot_asked_at=FRIDAY - timedelta(days=10)))
    name = name_of_bots("2026-W47")
    for one in FIVE:
        await store.pulses.change("g7", name, lambda stored, by=one: answer(stored, OF_THE_BOT, by, "weed"))
    await store.leaders.change("g7", "kasia", lambda one: one and replace(one, left_at=FRIDAY))
    await store.due.look_at("g7", bot.clock.now())
    await bot.tick()
    kept = await the_pulse(store, name)
    assert (kept.answers, kept.spread, kept.stop) == ({}, (), False)


async def test_where_kasia_is_erased_and_six_are_left_no_answer_outlives_the_day_after(store: RedisStore) -> None:
    bot = await closing(store)
    await store.leaders.change("g7", "kasia", lambda _: None)
    await store.due.look_at("g7", bot.clock.now())
    await bot.tick()
    await forget_old(store, "g7", CLOSES - timedelta(hours=1))
    assert len((await the_pulse(store)).answers) == 5, "it is open still"
    await forget_old(store, "g7", CLOSES + timedelta(days=2))
    assert (await store.pulses.get("g7", ROUND)) is None


async def test_bands_are_kept_with_their_round(store: RedisStore) -> None:
    bot = await closing(store)
    await bot.tick()
    await forget_old(store, "g7", CLOSES + timedelta(days=360))
    assert await store.pulses.all("g7")
    await forget_old(store, "g7", CLOSES + timedelta(days=368))
    assert not await store.pulses.all("g7")
