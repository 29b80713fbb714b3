"""Keys are turned while bots run: nothing is lost; whoever is killed starts again, and passes over what is done."""

from __future__ import annotations

import asyncio
from contextlib import suppress

import msgspec
import pytest

from bot.domain.exclusions import Exclusions
from bot.domain.plate import Answer, Audience
from bot.master_keys import MasterKeys, new_master
from bot.storage import RedisStore
from bot.store import data_keys, encryption, keys, rotation, schemas
from bot.store.codec import encode
from bot.store.record_key import FIELD, RecordKey
from bot.store.rotation import Rotation, Turned
from bot.store.wholly_sealed import DATA_KEYS
from tests.master_keys import MASTERS, store_at
from tests.store.leaders import CARERS, NOW, SAM, SAM_AT_THE_TRUST, plate

WEEK = "2026-W48"
NEXT = new_master("next")
OWN = msgspec.structs.replace(plate("words"), me=Answer(text="for me", audience=Audience.ME))
BOTH = MasterKeys((NEXT, *MASTERS))
CROWD = [f"p{number}" for number in range(12)]


@pytest.fixture(autouse=True)
def hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rotation, "CHANGES_END_S", 0.05)
    monkeypatch.setattr(data_keys, "KEY_LIFE_S", 0.1)


@pytest.fixture
async def crowd(store: RedisStore) -> RedisStore:
    """A dozen leaders, each with a plate, and somebody whom an earlier Between wrote down."""
    await store.groups.change("g7", lambda _: CARERS)
    for id_ in CROWD:
        await store.people.change(id_, lambda _, id_=id_: msgspec.structs.replace(SAM, id=id_))  # type: ignore[misc]
        await store.plates.change("g7", id_, lambda _: OWN, round=WEEK)
    await store.exclusions.change("g7", "p0", lambda _: Exclusions(person_id="p0"))
    leader = encode(schemas.LEADER, SAM_AT_THE_TRUST, "w1")
    await store.connection.client.hset(keys.of_group("g7", "leaders"), "sam", leader)
    return store


def with_keys(store: RedisStore, masters: MasterKeys) -> RedisStore:
    return RedisStore(store.connection, masters)


async def rotated(store: RedisStore, masters: MasterKeys = BOTH, *, data: bool = False) -> tuple[Turned, list[str]]:
    said: list[str] = []
    turned = await Rotation(with_keys(store, masters).keyring, data=data, say=said.append).run()
    return turned, said


async def readable(store: RedisStore, masters: MasterKeys) -> None:
    bot = with_keys(store, masters)
    assert await bot.groups.get("g7") == CARERS
    assert len(await bot.people.many(CROWD)) == len(CROWD)
    assert await bot.plates.all("g7", round=WEEK) == dict.fromkeys(sorted(CROWD), OWN)
    assert await bot.exclusions.get("g7", "p0") == Exclusions(person_id="p0")
    assert await bot.leaders.get("g7", "sam") == SAM_AT_THE_TRUST


async def wrapped_by(store: RedisStore, tag: str) -> list[str]:
    key = keys.data_keys(tag)
    stored = msgspec.json.decode(await store.connection.client.hget(key, FIELD) or b"{}")
    return [one.master for one in msgspec.convert(stored["d"], DATA_KEYS.type).keys]


async def test_after_a_turn_the_old_master_key_is_not_needed(crowd: RedisStore) -> None:
    turned, said = await rotated(crowd)
    assert (turned.rewrapped, turned.rewritten, turned.unread) == (len(CROWD) + 1, 1, ())
    assert said[0].startswith("From now on next wraps.")
    assert said[-2:] == [
        "tests opens nothing any more. Keep it only for as long as you keep older backups.",
        f"Done: {len(CROWD) + 1} data keys, 1 records encrypted anew.",
    ]
    only_next = MasterKeys((NEXT,))
    assert await with_keys(crowd, only_next).keyring.data_keys.noted_masters.faults() == []
    await readable(crowd, only_next)


async def test_a_second_turn_finds_nothing_to_do(crowd: RedisStore) -> None:
    await rotated(crowd)
    turned, said = await rotated(crowd)
    assert (turned.rewrapped, turned.rewritten) == (0, 0)
    assert said == ["Done: 0 data keys, 0 records encrypted anew."]


async def test_what_an_earlier_between_wrote_is_encrypted_by_it(crowd: RedisStore) -> None:
    await rotated(crowd, MASTERS)
    found = await crowd.connection.client.hget(keys.of_group("g7", "leaders"), "sam")
    assert encryption.kind_of(found or b"") == encryption.OF_SLOT
    await readable(crowd, MASTERS)


async def test_lanes_of_ones_own_that_lay_open_to_the_group_are_sealed_with_the_authors_key(
    crowd: RedisStore,
) -> None:
    place = RecordKey(keys.of_group("g7", "plates", WEEK), "p1")
    await crowd.connection.client.hset(*place, encode(schemas.PLATE, OWN, "w1"))
    turned, _ = await rotated(crowd, MASTERS)
    assert turned.rewritten == 2
    found = await crowd.connection.client.hget(*place)
    assert encryption.kind_of(found or b"") == encryption.OF_BOTH
    await readable(crowd, MASTERS)


async def test_new_data_keys_seal_everything_anew_and_the_old_are_dropped(crowd: RedisStore) -> None:
    client = crowd.connection.client
    before = await client.hget(keys.data_keys("p:p0"), FIELD)
    turned, _ = await rotated(crowd, data=True)
    assert turned.rewritten == 1 + 1 + 2 * len(CROWD) + 1
    assert await wrapped_by(crowd, "g:g7") == await wrapped_by(crowd, "p:p0") == ["next"]
    assert await client.hget(keys.data_keys("p:p0"), FIELD) != before
    await readable(crowd, MasterKeys((NEXT,)))


async def test_a_round_that_begins_just_before_its_group_has_a_new_data_key_is_sealed_anew_too(
    crowd: RedisStore,
) -> None:
    class Interrupted(Rotation):
        async def _new_data_keys(self, tags: list[str]) -> None:
            await crowd.plates.change("g7", "p3", lambda _: OWN, round="2026-W49")
            await super()._new_data_keys(tags)

    await Interrupted(with_keys(crowd, BOTH).keyring, data=True).run()
    assert await with_keys(crowd, MasterKeys((NEXT,))).plates.all("g7", round="2026-W49") == {"p3": OWN}


async def test_a_bot_that_was_not_given_the_new_key_yet_goes_on_with_the_old(crowd: RedisStore) -> None:
    """Until somebody turns, all bots wrap with the same."""
    newer, older = with_keys(crowd, BOTH), with_keys(crowd, MASTERS)
    assert await newer.keyring.data_keys.noted_masters.faults() == []
    await newer.people.change("new", lambda _: SAM)
    assert await wrapped_by(crowd, "p:new") == ["tests"]
    assert await older.people.get("new") == SAM


@pytest.mark.slow
@pytest.mark.parametrize("data", [False, True], ids=["master", "data"])
async def test_it_is_killed_again_and_again_while_bots_write_and_nothing_is_lost(
    crowd: RedisStore, redis_url: str, data: bool
) -> None:
    over = False
    written: dict[str, int] = {}

    async def answering(bot: RedisStore, id_: str) -> None:
        number = 0
        while not over:
            number += 1
            new = msgspec.structs.replace(OWN, round=f"{number}")
            kept = Exclusions(person_id=id_, of={str(number): NOW})
            await bot.plates.change("g7", id_, lambda before, new=new: before and new, round=WEEK)  # type: ignore[misc]
            await bot.exclusions.change("g7", id_, lambda _, kept=kept: kept)  # type: ignore[misc]
            written[id_] = number
            await asyncio.sleep(0.002)

    bots = [with_keys(crowd, BOTH) for _ in range(3)]
    async with asyncio.TaskGroup() as group:
        for number, id_ in enumerate(CROWD[:6]):
            group.create_task(answering(bots[number % 3], id_))
        for life in range(1, 8):
            own = store_at(redis_url)  # its line to Redis dies with it
            with suppress(TimeoutError):
                async with asyncio.timeout(0.03 * life):
                    await rotated(own, data=data)
            await own.close()
        await rotated(crowd, data=data)
        over = True
    bot = with_keys(crowd, MasterKeys((NEXT,)))
    plates = await bot.plates.all("g7", round=WEEK)
    for id_, number in written.items():
        assert plates[id_] == msgspec.structs.replace(OWN, round=f"{number}")
        assert await bot.exclusions.get("g7", id_) == Exclusions(person_id=id_, of={str(number): NOW})
    assert len(plates) == len(CROWD)


async def test_what_can_not_be_opened_is_said_and_keeps_its_keys(crowd: RedisStore) -> None:
    turned, said = await rotated(crowd, MasterKeys((NEXT,)))
    assert "g:g7: the master key tests was not given. Add it to BETWEEN_KEYS, or where your keys come from." in said
    assert turned.unread
    assert "tests" in await crowd.keyring.data_keys.noted_masters.all()
    turned, _ = await rotated(crowd)
    assert turned.unread == ()
    await readable(crowd, MasterKeys((NEXT,)))
