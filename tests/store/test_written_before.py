"""What an earlier version wrote is read for good: one of each kind of record, as its bytes stood in Redis."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from bot.domain.groups import SettingsChange
from bot.domain.snapshot import GroupSnapshot
from bot.store import schemas as nouns
from bot.store.codec import Schema, decode, encode
from bot.views.groups import announcement
from bot.views.words import escape
from tests.views.typed import circle_of, group, person


class Written(NamedTuple):
    """`of` says what is special about this one: `full` has every optional field filled, `sparse` none."""

    noun: Schema[Any]
    of: str
    raw: bytes


BY_NAME: dict[str, Schema[Any]] = {noun.name: noun for noun in nouns.ALL}
FILE = Path(__file__).with_name("written_by_052387a.json")
WRITTEN = [
    Written(BY_NAME[one["noun"]], one["of"], one["bytes"].encode()) for one in json.loads(FILE.read_text("utf-8"))
]


def named(written: Written) -> str:
    return f"{written.noun.name}, {written.of}"


def test_there_is_a_full_and_a_sparse_one_of_every_kind() -> None:
    assert {(one.noun.name, one.of) for one in WRITTEN} >= {
        (noun.name, of) for noun in nouns.ALL for of in ("full", "sparse")
    }


@pytest.mark.parametrize("written", WRITTEN, ids=named)
def test_it_is_read_and_written_again_in_the_newest_version(written: Written) -> None:
    record = decode(written.noun, written.raw, "b:x")
    again = encode(written.noun, record, "w2")
    assert json.loads(again)["v"] == written.noun.version
    assert decode(written.noun, again, "b:x") == record


@pytest.mark.parametrize("written", [one for one in WRITTEN if one.noun is nouns.CHANGE], ids=named)
def test_a_change_that_held_its_sentences_is_announced_in_the_same_ones(written: Written) -> None:
    change: SettingsChange = decode(written.noun, written.raw, "b:x")
    sentences = " ".join(json.loads(written.raw)["d"]["sentences"])
    assert f"{escape(sentences)} " in announcement(young_carers(), change).text


def young_carers() -> GroupSnapshot:
    """The group of those who speak in these records."""
    return circle_of([person("p-sam"), person("p-jo", "Jo")], ["Riverside Trust", "Council"], group())
