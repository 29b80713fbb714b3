"""What 052387a left in a store goes on: its changes can be objected to, and what is rewritten is new."""

from __future__ import annotations

import json
from typing import Any

import msgspec
import pytest

from bot.domain.commitments import State, progress
from bot.domain.groups import Group
from bot.domain.people import SlackIdentity
from bot.domain.problems import Problem, ProblemCode
from bot.domain.rhythm import Rhythm
from bot.ports import Deps
from bot.storage import RedisStore
from bot.store import keys, schemas
from bot.store.record_key import RecordKey
from bot.usecases import groups
from tests.members import as_leader
from tests.store.test_written_before import WRITTEN
from tests.usecases.conftest import MONDAY

SAM = SlackIdentity(team_id="T-TRUST", user_id="U-SAM")


def raw(noun: schemas.Schema[Any], of: str) -> bytes:
    return next(one.raw for one in WRITTEN if (one.noun, one.of) == (noun, of))


def deps(store: RedisStore) -> Deps:
    return Deps(store=store, messenger=None, now=lambda: MONDAY, new_id=lambda: "new")  # type: ignore[arg-type]


async def written(store: RedisStore, change: str) -> dict[str, Any]:
    """Sam's group as that change left it, by the bytes of then; and the change."""
    client = store.connection.client
    held: dict[str, Any] = json.loads(raw(schemas.CHANGE, change))["d"]
    await store.index.put_person(SAM, "p-sam")
    await client.hset(keys.of_person("p-sam", "person"), "record", raw(schemas.PERSON, "sparse"))
    await client.hset(keys.of_group("g7", "leaders"), "p-sam", raw(schemas.LEADER, "sparse"))
    await client.hset(keys.group("g7"), "record", json.dumps({"v": 1, "d": held["after"], "w": "x"}))
    await client.hset(keys.of_group("g7", "changes"), held["id"], raw(schemas.CHANGE, change))
    return held


@pytest.mark.parametrize("change", ["move", "sparse"])
async def test_a_change_of_the_old_version_is_undone_by_an_objection(store: RedisStore, change: str) -> None:
    """`sparse` is of a group that kept no ids of its changes yet."""
    held = await written(store, change)
    _, objected = await groups.object_to(deps(store), await as_leader(deps(store), SAM, "g7"), held["id"], MONDAY)
    assert objected.objected_by == "p-sam"
    group = await store.groups.get("g7")
    stands = json.loads(msgspec.json.encode(group))
    rhythm = json.loads(msgspec.json.encode(msgspec.convert(held["before"]["rhythm"], Rhythm)))  # newer fields too
    assert {name: stands[name] for name in held["before"]} == held["before"] | {"rhythm": rhythm}


async def test_a_change_of_the_old_version_that_was_changed_again_is_not_undone(store: RedisStore) -> None:
    held = await written(store, "move")

    def moved_again(there: Group | None) -> Group | None:
        assert there is not None
        moved = tuple(msgspec.structs.replace(one, at="18:30") for one in there.rhythm.moved)
        return msgspec.structs.replace(there, rhythm=msgspec.structs.replace(there.rhythm, moved=moved))

    await store.groups.change("g7", moved_again)
    with pytest.raises(Problem, match=ProblemCode.CHANGED_SINCE):
        await groups.object_to(deps(store), await as_leader(deps(store), SAM, "g7"), held["id"], MONDAY)


async def test_what_is_rewritten_is_of_the_new_version(store: RedisStore) -> None:
    client, key = store.connection.client, keys.of_group("g7", "commitments")
    await client.hset(key, "c1", raw(schemas.COMMITMENT, "full"))

    def said(there: Any) -> Any:
        return progress(there, by="p-sam", state=State.TENDING, now=MONDAY, note="Again.")

    await store.commitments.change("g7", "c1", said)
    sealed = await client.hget(key, "c1") or b""
    stands = json.loads(store.keyring.plain(sealed, RecordKey(key, "c1")))
    assert stands["v"] == schemas.COMMITMENT.version
    states = [line["state"] for line in stands["d"]["history"]]
    assert states == ["moving", "tending", "stuck", "changed", "let_go", "done", "tending"]
