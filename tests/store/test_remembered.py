"""What a press reads again and again is opened once; Redis is asked all the same, so nothing old is ever shown."""

from __future__ import annotations

import msgspec
import pytest

from bot.ports import BadRecord
from bot.storage import RedisStore
from bot.store import encryption, keys
from bot.store.record_key import RecordKey
from tests.master_keys import MASTERS
from tests.store.leaders import CARERS, JO, SAM_AT_THE_TRUST
from tests.store.nouns import NOUNS


@pytest.fixture
async def known(store: RedisStore) -> RedisStore:
    await store.groups.change("g7", lambda _: CARERS)
    for id_ in ("sam", "jo"):
        leader = msgspec.structs.replace(SAM_AT_THE_TRUST, person_id=id_)
        await store.leaders.change("g7", id_, lambda _, leader=leader: leader)  # type: ignore[misc]
    await store.people.change("jo", lambda _: JO)
    return store


async def test_the_same_bytes_are_opened_once(known: RedisStore, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []

    def unseal(key: encryption.DataKey, raw: bytes, address: str) -> bytes:
        opened.append(address)
        return encryption.unseal(key, raw, address)

    monkeypatch.setattr("bot.store.keyring.unseal", unseal)
    for _ in range(3):
        assert await known.groups.get("g7") == CARERS
        assert len(await known.leaders.all("g7")) == 2
        assert await known.people.get("jo") == JO
    assert len(opened) == len(set(opened)) == 4


async def test_what_another_bot_wrote_is_read_at_once(known: RedisStore) -> None:
    assert await known.groups.get("g7") == CARERS
    other = RedisStore(known.connection, MASTERS)
    await other.groups.change("g7", lambda group: group and msgspec.structs.replace(group, name="Families"))
    found = await known.groups.get("g7")
    assert found
    assert found.name == "Families"


async def test_what_was_copied_to_another_place_does_not_open_there_while_it_is_known(known: RedisStore) -> None:
    hash_ = keys.of_group("g7", "leaders")
    assert len(await known.leaders.all("g7")) == 2
    stored = await known.connection.client.hget(hash_, "sam")
    await known.connection.client.hset(hash_, "jo", stored)  # type: ignore[arg-type, misc]
    with pytest.raises(BadRecord, match=f"{hash_} jo can't be read: it is damaged, or was copied"):
        await known.leaders.get("g7", "jo")


async def test_it_goes_with_the_key_that_opened_it(known: RedisStore) -> None:
    assert await known.groups.get("g7") == CARERS
    raw = await known.connection.client.hget(*RecordKey(keys.group("g7"), "record"))
    tag = keys.tag_of(keys.group("g7"))
    held = known.keyring.data_keys.key(tag, bytes(raw or b"")[1 : encryption.ID_END])
    assert isinstance(held, encryption.DataKey)
    assert held.opened
    await known.keyring.data_keys.fetch([tag])
    fresh = known.keyring.data_keys.key(tag, held.id)
    assert isinstance(fresh, encryption.DataKey)
    assert fresh.opened == {}


def test_no_answer_of_anybody_is_remembered() -> None:
    assert {one.name for one in NOUNS if one.remembered} == {"person", "group", "leader", "round"}
