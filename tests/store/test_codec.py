"""What is written can be read: now, in older versions, and never by guessing."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from bot.ports import BadRecord
from bot.store import schemas
from bot.store.codec import Schema, decode, encode
from tests.store.leaders import SAM, SAM_AT_THE_TRUST, anything
from tests.store.nouns import NOUNS


class Mug(msgspec.Struct, frozen=True, kw_only=True):
    """A noun of the tests' own, twice changed: `owner` was once called `of`, and sugar was a yes or no."""

    owner: str
    spoons: int
    lid: bool = False


def owner_for_of(mug: dict[str, Any]) -> dict[str, Any]:
    return {"owner": mug["of"], "sugar": mug["sugar"]}


def spoons_for_sugar(mug: dict[str, Any]) -> dict[str, Any]:
    return {"owner": mug["owner"], "spoons": 1 if mug["sugar"] else 0}


MUG = Schema("mug", Mug, upgrades=(owner_for_of, spoons_for_sugar))


@pytest.mark.slow
@pytest.mark.parametrize("noun", NOUNS, ids=lambda noun: noun.name)
@settings(max_examples=30, deadline=None)
@given(data=st.data())
def test_whatever_sam_says_comes_back_as_it_was(noun: Schema[Any], data: st.DataObject) -> None:
    record = data.draw(anything(noun.type))
    assert decode(noun, encode(noun, record, "w1"), "b:test") == record


def test_sams_mug_of_the_first_version_is_read_through_both_upgrades() -> None:
    raw = b'{"v":1,"d":{"of":"Sam","sugar":true}}'
    assert decode(MUG, raw, "b:mug") == Mug(owner="Sam", spoons=1)


def test_sams_mug_of_the_second_version_needs_one_upgrade_only() -> None:
    raw = b'{"v":2,"w":"aa","d":{"owner":"Sam","sugar":false}}'
    assert decode(MUG, raw, "b:mug") == Mug(owner="Sam", spoons=0)


def test_a_mug_is_written_in_the_newest_version() -> None:
    assert encode(MUG, Mug(owner="Jo", spoons=2), "w1") == (
        b'{"v":3,"d":{"owner":"Jo","spoons":2,"lid":false},"w":"w1"}'
    )


def test_a_leader_saved_before_lighter_rounds_existed_is_read_with_the_default() -> None:
    raw = b'{"v":1,"d":{"person_id":"sam","organisation":"The Trust","joined_at":"2026-11-23T09:00:00Z"}}'
    known = replace(
        SAM_AT_THE_TRUST, welcomed_at=SAM_AT_THE_TRUST.joined_at
    )  # what was never recorded counts as done
    assert decode(schemas.LEADER, raw, "b:leader") == known


def test_a_person_saved_by_a_newer_between_is_left_alone_and_named() -> None:
    with pytest.raises(BadRecord) as told:
        decode(schemas.PERSON, b'{"v":3,"d":{"soul":"new"}}', "b:{p:sam}:person")
    assert str(told.value) == (
        "b:{p:sam}:person was written by a newer Between (version 3; this one reads up to 2). "
        "Start the newer one, or restore a backup."
    )


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\xff\xfe",
        b"not json",
        b"[]",
        b'{"v":1}',
        b'{"v":0,"d":{}}',
        b'{"v":"x","d":{}}',
        b'{"v":1,"d":{"id":7}}',
    ],
)
def test_a_damaged_record_says_where_it_is_and_what_to_do(raw: bytes) -> None:
    with pytest.raises(BadRecord, match=r"b:\{p:sam\}:person can't be read as a person: it is damaged .*backup"):
        decode(schemas.PERSON, raw, "b:{p:sam}:person")


def test_an_upgrade_that_meets_something_odd_says_damaged() -> None:
    with pytest.raises(BadRecord, match="b:mug can't be read as a mug"):
        decode(MUG, b'{"v":1,"d":{"sugar":true}}', "b:mug")


@given(st.binary(max_size=60))
def test_noise_is_a_bad_record_and_nothing_else(raw: bytes) -> None:
    with pytest.raises(BadRecord, match="b:x"):
        decode(schemas.PERSON, raw, "b:x")


def test_what_sam_wrote_is_never_in_the_message_about_the_damage() -> None:
    raw = encode(schemas.PERSON, SAM, "w1").replace(b'"Europe/London"', b"7")
    with pytest.raises(BadRecord) as told:
        decode(schemas.PERSON, raw, "b:x")
    assert "Okafor" not in str(told.value)
