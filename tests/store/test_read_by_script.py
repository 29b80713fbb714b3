"""What lies in many hashes is read by one command, and each answer is as if it had been asked for alone."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from bot.ports import BadRecord
from bot.storage import RedisStore
from bot.store import keys
from tests.store.leaders import SAM

CROWD = [f"leader{n}" for n in range(20)]


@pytest.fixture
async def crowd(store: RedisStore) -> RedisStore:
    for id_ in CROWD:
        await store.people.change(id_, lambda _, id_=id_: replace(SAM, id=id_))  # type: ignore[misc]
    return store


async def test_twenty_leaders_are_found_each_in_their_place(crowd: RedisStore) -> None:
    found = await crowd.people.many([*reversed(CROWD), "nobody"])
    assert [(id_, person.id) for id_, person in found.items()] == [(id_, id_) for id_ in reversed(CROWD)]


async def test_a_server_that_lost_its_scripts_is_told_them_again(crowd: RedisStore) -> None:
    await crowd.people.many(CROWD)
    await crowd.connection.ask("", "SCRIPT", "FLUSH")
    assert list(await crowd.people.many(CROWD)) == CROWD


async def test_a_key_of_a_wrong_kind_is_named_and_is_the_fault_of_no_other(crowd: RedisStore) -> None:
    wrong = keys.of_person("leader7", "person")
    await crowd.connection.ask(wrong, "DEL", wrong)
    await crowd.connection.ask(wrong, "SET", wrong, "words")
    asked = [(keys.of_person(id_, "person"), ("HGET", keys.of_person(id_, "person"), "record")) for id_ in CROWD]
    answers = await crowd.connection.line.ask_all(asked)
    assert [n for n, answer in enumerate(answers) if isinstance(answer, Exception)] == [7]
    with pytest.raises(BadRecord, match=r"leader7.*did not write"):
        await crowd.people.get("leader7")
    await crowd.connection.ask(wrong, "DEL", wrong)
