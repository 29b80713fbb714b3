"""Somebody who can write to Redis, and has no key, puts a record in the clear in the place of a sealed one. Where
an earlier Between left such records they are read; once none is left, one more is forged."""

from __future__ import annotations

import msgspec
import pytest
from structlog.testing import capture_logs

from bot.master_keys import MasterKeys, new_master
from bot.ports import BadRecord
from bot.storage import RedisStore
from bot.store import encryption, keys, rotation, schemas
from bot.store.codec import encode
from bot.store.record_key import FIELD
from bot.store.rotation import Rotation
from bot.store.wholly_sealed import Forged
from tests.master_keys import MASTERS
from tests.store.leaders import CARERS, SAM, SAM_AT_THE_TRUST

LEADERS = keys.of_group("g7", "leaders")
NEXT = new_master("next")


@pytest.fixture(autouse=True)
def hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rotation, "CHANGES_END_S", 0.01)


async def started(store: RedisStore, masters: MasterKeys = MASTERS) -> RedisStore:
    """Another bot on the same Redis, as `opened` starts it."""
    bot = RedisStore(store.connection, masters)
    assert await bot.keyring.data_keys.noted_masters.faults() == []
    await bot.keyring.wholly_sealed.look()
    return bot


async def forge(store: RedisStore) -> None:
    """Sam says they speak for the police, in the clear."""
    forged = msgspec.structs.replace(SAM_AT_THE_TRUST, organisation="Police")
    await store.connection.client.hset(LEADERS, "sam", encode(schemas.LEADER, forged, "w9"))


async def in_use(store: RedisStore) -> RedisStore:
    """A bot that began with an empty store, and a group in it."""
    bot = await started(store)
    await bot.groups.change("g7", lambda _: CARERS)
    await bot.people.change("sam", lambda _: SAM)
    await bot.leaders.change("g7", "sam", lambda _: SAM_AT_THE_TRUST)
    return bot


async def test_a_record_in_the_clear_in_the_place_of_a_sealed_one_is_refused(store: RedisStore) -> None:
    bot = await in_use(store)
    await forge(store)
    with capture_logs() as said:
        for _ in range(2):
            with pytest.raises(Forged, match="so somebody without the key put it there"):
                await bot.leaders.get("g7", "sam")
        with pytest.raises(Forged):
            await bot.leaders.all("g7")
        with pytest.raises(BadRecord):
            await bot.leaders.change("g7", "sam", lambda one: one)
    assert [(one["event"], one["key"]) for one in said] == [
        ("a record in the clear was refused: all were encrypted, so it is forged", LEADERS)
    ]
    assert await bot.people.get("sam") == SAM  # everything else still works


async def test_every_later_start_refuses_it_too(store: RedisStore) -> None:
    await in_use(store)
    await forge(store)
    with pytest.raises(Forged):
        await (await started(store)).leaders.get("g7", "sam")


async def test_somebody_who_was_never_there_is_forged_as_well(store: RedisStore) -> None:
    bot = await in_use(store)
    await store.connection.client.hset(keys.of_person("eve", "person"), FIELD, encode(schemas.PERSON, SAM, "w9"))
    with pytest.raises(Forged):
        await bot.people.get("eve")


async def test_turning_keys_seals_no_forged_record(store: RedisStore) -> None:
    await in_use(store)
    await forge(store)
    bot = await started(store, MasterKeys((NEXT, *MASTERS)))
    turned = await Rotation(bot.keyring).run()
    (why,) = turned.unread
    assert "is refused" in why
    with pytest.raises(Forged):
        await (await started(store, MasterKeys((NEXT, *MASTERS)))).leaders.get("g7", "sam")


async def test_what_an_earlier_between_left_in_the_clear_is_read_until_it_is_sealed(store: RedisStore) -> None:
    await store.connection.client.hset(LEADERS, "sam", encode(schemas.LEADER, SAM_AT_THE_TRUST, "w1"))
    bot = await started(store)
    assert await bot.leaders.get("g7", "sam") == SAM_AT_THE_TRUST
    assert await bot.keyring.wholly_sealed.clear_records() == {LEADERS: 1}
    assert (await Rotation(bot.keyring).run()).rewritten == 1
    assert await bot.leaders.get("g7", "sam") == SAM_AT_THE_TRUST
    await forge(store)
    with pytest.raises(Forged):
        await (await started(store)).leaders.get("g7", "sam")


async def test_records_that_were_sealed_one_by_one_are_noticed_at_the_next_start(store: RedisStore) -> None:
    await store.connection.client.hset(LEADERS, "sam", encode(schemas.LEADER, SAM_AT_THE_TRUST, "w1"))
    bot = await started(store)
    police = msgspec.structs.replace(SAM_AT_THE_TRUST, organisation="Police")
    await bot.leaders.change("g7", "sam", lambda _: police)
    assert not bot.keyring.wholly_sealed.stands
    assert (await started(store)).keyring.wholly_sealed.stands


async def test_whoever_takes_the_mark_away_is_found_out(store: RedisStore) -> None:
    await in_use(store)
    await forge(store)
    for forged_mark in (None, "tests:AAAA", encryption.mark_of(new_master("tests"))):
        await store.connection.client.delete(keys.WHOLLY_SEALED)
        if forged_mark:
            await store.connection.client.set(keys.WHOLLY_SEALED, forged_mark)
        with capture_logs() as said:
            bot = await started(store)
        assert "taken away" in said[0]["event"]
        with pytest.raises(Forged):
            await bot.leaders.get("g7", "sam")


async def test_a_data_key_that_no_longer_says_since_when_opens_nothing(store: RedisStore) -> None:
    await in_use(store)
    client, tag = store.connection.client, keys.data_keys("g:g7")
    raw = await client.hget(tag, FIELD)
    assert b'"since_sealed":true' in raw
    await client.hset(tag, FIELD, raw.replace(b',"since_sealed":true', b""))
    with pytest.raises(BadRecord, match="does not open with the master key"):
        await (await started(store)).groups.get("g7")


async def test_the_mark_outlives_the_master_key_that_made_it(store: RedisStore) -> None:
    await in_use(store)
    await Rotation((await started(store, MasterKeys((NEXT, *MASTERS)))).keyring).run()
    with capture_logs() as said:
        bot = await started(store, MasterKeys((NEXT,)))
    assert said == []
    assert bot.keyring.wholly_sealed.stands
    assert await bot.leaders.get("g7", "sam") == SAM_AT_THE_TRUST
