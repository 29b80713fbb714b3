"""What leaders wrote lies in Redis encrypted: each record opens at its own place and with its owner's key."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain.exclusions import Exclusions
from bot.domain.people import Leader
from bot.domain.plate import Answer, Audience, Plate
from bot.master_keys import MasterKeys, new_master
from bot.ports import BadRecord
from bot.storage import RedisStore
from bot.store import data_keys, encryption, keys, schemas
from bot.store.codec import Schema, encode
from bot.store.record_key import FIELD, RecordKey
from bot.store.wholly_sealed import DATA_KEYS
from tests.master_keys import LINE, MASTERS, store_at
from tests.store.leaders import CARERS, JO, SAM, SAM_AT_THE_TRUST, anything, plate
from tests.store.nouns import NOUNS

SAMS = RecordKey(keys.of_person("sam", "person"), FIELD)
JOS = RecordKey(keys.of_person("jo", "person"), FIELD)
WEEK = "2026-W48"


async def raw(store: RedisStore, record_key: RecordKey) -> bytes:
    return bytes(await store.connection.client.hget(*record_key) or b"")


def put(store: RedisStore, record_key: RecordKey, stored: bytes) -> Any:
    return store.connection.client.hset(*record_key, stored)


@pytest.fixture
async def known(store: RedisStore) -> RedisStore:
    for person in (SAM, JO):
        await store.people.change(person.id, lambda _, person=person: person)  # type: ignore[misc]
    await store.groups.change("g7", lambda _: CARERS)
    return store


async def test_sams_name_does_not_stand_in_redis(known: RedisStore) -> None:
    assert b"Okafor" not in await raw(known, SAMS)
    assert await store_at_same(known).people.get("sam") == SAM


def store_at_same(store: RedisStore, masters: MasterKeys | None = MASTERS) -> RedisStore:
    """Another bot: its memory holds nothing yet."""
    return RedisStore(store.connection, masters)


async def test_a_record_that_is_moved_to_another_person_is_refused_in_a_sentence(known: RedisStore) -> None:
    await put(known, JOS, await raw(known, SAMS))
    with pytest.raises(BadRecord, match=r"^b:\{p:jo\}:person record can't be read: its data key \w+ is gone\."):
        await known.people.get("jo")


async def test_an_older_record_put_back_at_its_own_place_is_not_found_out(known: RedisStore) -> None:
    """As SECURITY.md says; nothing outside Redis knows which was the last. Erased is erased all the same."""
    older = await raw(known, SAMS)
    await known.people.change("sam", lambda one: one and msgspec.structs.replace(one, hour="10:00"))
    await put(known, SAMS, older)
    assert await store_at_same(known).people.get("sam") == SAM
    await known.people.change("sam", lambda _: None)
    await known.destroy_person_key("sam")
    await put(known, SAMS, older)
    with pytest.raises(BadRecord):
        await store_at_same(known).people.get("sam")


async def test_nor_may_a_plate_be_moved_within_its_group(store: RedisStore) -> None:
    await store.plates.change("g7", "sam", lambda _: plate("mine"), round=WEEK)
    key = keys.of_group("g7", "plates", WEEK)
    await put(store, RecordKey(key, "jo"), await raw(store, RecordKey(key, "sam")))
    with pytest.raises(BadRecord, match=r"it is damaged, or was copied there from another place\."):
        await store.plates.get("g7", "jo", round=WEEK)


async def test_nor_does_somebodys_data_key_open_under_another_name(known: RedisStore) -> None:
    """Key and record together: the key knows whose it is."""
    await put(known, JOS, await raw(known, SAMS))
    theirs = RecordKey(keys.data_keys("p:jo"), FIELD)
    await put(known, theirs, await raw(known, RecordKey(keys.data_keys("p:sam"), FIELD)))
    with pytest.raises(BadRecord, match="does not open with the master key tests"):
        await store_at_same(known).people.get("jo")


async def test_another_master_key_of_the_same_name_is_told_by_its_id(known: RedisStore) -> None:
    wrong = store_at_same(known, MasterKeys((new_master("tests"),)))
    with pytest.raises(BadRecord, match="the master key tests that was given") as told:
        await wrong.people.get("sam")
    assert LINE.partition(":")[2] not in str(told.value)
    assert await wrong.keyring.data_keys.noted_masters.faults() == [
        "The master key tests that was given is not the one that the data were encrypted with. Give that one "
        "instead, or restore the backup that goes with this one."
    ]


async def test_a_missing_master_key_is_named(known: RedisStore) -> None:
    other = store_at_same(known, MasterKeys((new_master("k9"),)))
    with pytest.raises(BadRecord, match=r"the master key tests was not given\. Add it to BETWEEN_KEYS"):
        await other.people.get("sam")
    with pytest.raises(BadRecord, match="the master key tests was not given"):
        await other.people.change("amir", lambda _: SAM)
    (fault,) = await other.keyring.data_keys.noted_masters.faults()
    assert fault.startswith("What is stored is encrypted: the master key tests was not given.")


async def test_without_any_key_nothing_is_read(known: RedisStore) -> None:
    with pytest.raises(BadRecord, match="it is encrypted, and no key was given"):
        await store_at_same(known, None).people.get("sam")


async def test_what_an_earlier_between_wrote_is_read_and_encrypted_at_its_next_change(store: RedisStore) -> None:
    place = RecordKey(keys.of_group("g7", "leaders"), "sam")
    await put(store, place, encode(schemas.LEADER, SAM_AT_THE_TRUST, "w1"))
    assert await store.leaders.get("g7", "sam") == SAM_AT_THE_TRUST
    assert (await raw(store, place)).startswith(b"{")

    def quieter(leader: Leader | None) -> Leader | None:
        return leader and msgspec.structs.replace(leader, silent_rounds=1)

    await store.leaders.change("g7", "sam", quieter)
    assert encryption.kind_of(await raw(store, place)) == encryption.OF_SLOT
    assert b"Trust" not in await raw(store, place)


async def test_two_bots_that_write_first_at_once_make_one_data_key(store: RedisStore, redis_url: str) -> None:
    bots = [store, *(store_at(redis_url) for _ in range(4))]
    async with asyncio.TaskGroup() as group:
        for number, bot in enumerate(bots * 5):
            group.create_task(bot.plates.change("g7", f"p{number}", lambda _: plate("words"), round=WEEK))
    found = json.loads(await raw(store, RecordKey(keys.data_keys("g:g7"), FIELD)))["d"]
    assert len(found["keys"]) == 1
    for bot in bots:
        assert len(await bot.plates.all("g7", round=WEEK)) == 25
    for bot in bots[1:]:
        await bot.close()


async def test_no_nonce_is_used_twice(store: RedisStore) -> None:
    place = RecordKey(keys.group("g7"), FIELD)
    sealed = [await store.keyring.encode(schemas.GROUP, CARERS, place) for _ in range(2000)]
    assert len({one[7:19] for one in sealed}) == 2000
    assert {one[:7] for one in sealed} == {sealed[0][:7]}


async def test_a_person_whose_key_is_destroyed_can_be_read_by_nobody(known: RedisStore, redis_url: str) -> None:
    await known.exclusions.change("g7", "sam", lambda _: Exclusions(person_id="sam"))
    other = store_at(redis_url)
    assert await other.people.get("sam") == SAM
    await known.destroy_person_key("sam")
    for bot in (known, store_at_same(known)):
        with pytest.raises(BadRecord, match=r"is gone\. Where that was not an erasure, restore a backup"):
            await bot.people.get("sam")
        with pytest.raises(BadRecord, match="is gone"):
            await bot.exclusions.get("g7", "sam")
    assert await known.exclusions.all("g7") == {}
    assert await known.people.get("jo") == JO
    assert await known.groups.get("g7") == CARERS
    await other.close()


async def test_a_bot_that_still_has_a_destroyed_key_in_memory_writes_nothing_with_it_and_soon_forgets_it(
    known: RedisStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = store_at_same(known)
    assert await other.groups.get("g7") == CARERS
    await known.keyring.data_keys.destroy(keys.tag_of(keys.group("g7")))
    with pytest.raises(BadRecord, match="is gone"):
        await other.groups.change("g7", lambda group: group and msgspec.structs.replace(group, name="Families"))
    await other.leaders.change("g7", "sam", lambda _: SAM_AT_THE_TRUST)
    assert await store_at_same(known).leaders.get("g7", "sam") == SAM_AT_THE_TRUST

    other = store_at_same(known)
    assert await other.people.get("sam") == SAM
    await known.destroy_person_key("sam")
    assert await other.people.get("sam") == SAM
    monkeypatch.setattr(data_keys.time, "monotonic", lambda: 10**9)
    with pytest.raises(BadRecord, match="is gone"):
        await other.people.get("sam")


def with_own_lane(words: str) -> Plate:
    mine = Answer(text="for me", audience=Audience.ME)
    return msgspec.structs.replace(plate(words), me=mine, question=mine)


async def test_what_sam_keeps_to_himself_is_sealed_with_his_key_within_the_groups(known: RedisStore) -> None:
    whole, place = with_own_lane("for all"), RecordKey(keys.of_group("g7", "plates", WEEK), "sam")
    await known.plates.change("g7", "sam", lambda _: whole, round=WEEK)
    stored = await raw(known, place)
    assert encryption.kind_of(stored) == encryption.OF_BOTH
    assert b"for me" not in known.keyring.plain(stored, place)
    assert b"for all" not in (known.keyring.own(stored, place) or b"")
    bot = store_at_same(known)
    assert await bot.plates.all("g7", round=WEEK) == {"sam": whole}
    await bot.plates.change("g7", "sam", lambda _: with_own_lane("for all of us"), round=WEEK)
    assert await known.plates.get("g7", "sam", round=WEEK) == with_own_lane("for all of us")
    await known.destroy_person_key("sam")
    assert await store_at_same(known).plates.get("g7", "sam", round=WEEK) == plate("for all of us")


async def test_a_part_of_sams_own_can_not_be_put_into_jos_plate(known: RedisStore) -> None:
    key = keys.of_group("g7", "plates", WEEK)
    for id_ in ("sam", "jo"):
        await known.plates.change("g7", id_, lambda _: with_own_lane("words"), round=WEEK)
    sams, jos = RecordKey(key, "sam"), RecordKey(key, "jo")
    shared, _ = encryption.parted(await raw(known, jos))
    _, own = encryption.parted(await raw(known, sams))
    await put(known, jos, encryption.join(shared, own))
    assert await store_at_same(known).plates.get("g7", "jo", round=WEEK) == plate("words")


async def test_memory_holds_the_keys_of_no_more_than_so_many(
    known: RedisStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(data_keys, "MOST_TAGS", 1)
    assert await known.people.many(["sam", "jo"]) == {"sam": SAM, "jo": JO}
    assert await known.groups.get("g7") == CARERS
    assert await known.people.many(["jo", "sam"]) == {"jo": JO, "sam": SAM}


async def test_keys_whose_time_is_over_leave_memory_with_what_they_opened(
    known: RedisStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    held, began = known.keyring.data_keys._held, data_keys.time.monotonic()
    assert {"p:sam", "p:jo"} <= held.keys()
    monkeypatch.setattr(data_keys.time, "monotonic", lambda: began + data_keys.KEY_LIFE_S + data_keys.SPARE_S + 2)
    assert await known.people.get("jo") == JO
    assert list(held) == ["p:jo"]


async def test_nothing_that_is_shown_of_keys_shows_one(known: RedisStore) -> None:
    secret = LINE.partition(":")[2]
    shown = f"{MASTERS!r} {known.masters} {MASTERS.newest} {vars(known.keyring.data_keys)}"
    assert secret not in shown
    assert repr(MASTERS.newest.secret) not in shown


@pytest.mark.slow
@pytest.mark.parametrize("noun", NOUNS, ids=lambda noun: noun.name)
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_whatever_is_sealed_opens_as_it_was(noun: Schema[Any], data: st.DataObject) -> None:
    record = data.draw(anything(noun.type))
    key = encryption.unwrap(MASTERS.newest, "g:g7", encryption.new_data_key(MASTERS.newest, "g:g7"))
    plain = encode(noun, record)
    sealed = encryption.seal(encryption.OF_SLOT, key, plain, "b:{g:g7}:x y")
    assert encryption.kind_of(sealed) == encryption.OF_SLOT
    assert encryption.key_id_of(sealed) == key.id
    assert encryption.unseal(key, sealed, "b:{g:g7}:x y") == plain


@pytest.mark.slow
@given(st.data())
def test_what_is_split_is_merged_to_the_same(data: st.DataObject) -> None:
    whole = data.draw(anything(Plate))
    assert schemas.PLATE.own
    shared, own = schemas.PLATE.own.split(whole)
    assert not [
        lane for lane in (shared.organisation, shared.me, shared.question) if lane and lane.audience == "me"
    ]
    assert (schemas.PLATE.own.merge(shared, own) if own else shared) == whole


@given(st.data())
def test_a_single_bit_that_was_turned_is_found_out(data: st.DataObject) -> None:
    key = encryption.unwrap(MASTERS.newest, "p:sam", encryption.new_data_key(MASTERS.newest, "p:sam"))
    sealed = bytearray(encryption.seal(encryption.OF_SLOT, key, b"words", "b:{p:sam}:person record"))
    at = data.draw(st.integers(0, len(sealed) * 8 - 1))
    sealed[at // 8] ^= 1 << at % 8
    with pytest.raises(encryption.InvalidTag):
        encryption.unseal(key, bytes(sealed), "b:{p:sam}:person record")


def test_what_was_sealed_once_is_read_for_good() -> None:
    """The bytes of a wrapped key and of a record, as this version wrote them first."""
    found = msgspec.json.decode(GOLDEN_KEYS)
    wrapped = msgspec.convert(found["d"], DATA_KEYS.type).keys[0]
    key = encryption.unwrap(MASTERS.newest, "p:sam", wrapped)
    assert encryption.unseal(key, bytes.fromhex(GOLDEN_RECORD), str(SAMS)) == b'{"v":1,"d":{}}'


GOLDEN_KEYS = (
    b'{"v":1,"d":{"newest":"7a1ec6774b58","keys":[{"id":"7a1ec6774b58","master":"tests","wrapped'
    b'":"zGMouS89X/szHBsgXXCjOJma0wpH6twl+hK8o7ev8gy+PfSDtT+ct9SBy0wsAAzm/KdqQFAo8CXHYnAJ"}]},"w'
    b'":"w1"}'
)
GOLDEN_RECORD = "017a1ec6774b58100fef22c221b681b1a8ff17dfd74b53dd830f0287c93fec89bc2d48bc694315800aa47499f702a8cde7"
