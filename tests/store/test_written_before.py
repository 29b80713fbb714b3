"""What an earlier version wrote is read for good: one of each kind of record, as its bytes stood in Redis."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import pytest

from bot.domain.commitments import State
from bot.domain.groups import SettingsChange
from bot.domain.questions import Question
from bot.domain.snapshot import GroupSnapshot
from bot.store import schemas
from bot.store.codec import Schema, decode, encode
from bot.views.change import announcement
from bot.views.plate import question_words
from bot.views.words import escape
from tests.store.nouns import NOUNS
from tests.views.typed import circle_of, group, person

T = TypeVar("T")


class Written(NamedTuple):
    """`of` says what is special about this one: `full` has every optional field filled, `sparse` none."""

    noun: Schema[Any]
    of: str
    raw: bytes


BY_NAME: dict[str, Schema[Any]] = {noun.name: noun for noun in NOUNS}
FILE = Path(__file__).with_name("written_by_052387a.json")
WRITTEN = [
    Written(BY_NAME[one["noun"]], one["of"], one["bytes"].encode()) for one in json.loads(FILE.read_text("utf-8"))
]


NEWER = (
    schemas.LEDGER,
    schemas.ATTENTION,
    schemas.ASK,
    schemas.OFFER,
    schemas.INTRODUCTION,
    schemas.EXCLUSIONS,
    schemas.TYPED,
    schemas.INQUIRY,
    schemas.INQUIRY_ANSWER,
    schemas.REVIEW,
    schemas.PLACINGS,
    schemas.LEARNT,
    schemas.SEALED,
    schemas.PURPOSE,
    schemas.PULSE,
)
"""Kinds of record that the earlier version did not know."""

GONE = {
    "person": {"enterprise_id"},
    "plate": {"changed_at", "shared_at"},
    "check-in": {"week_full"},
    "commitment": {"group_id"},
    "digest": {"commitment_id", "shared"},
    "change of settings": {"sentences", "id", "team_id", "channel", "set_up_by", "set_up_at", "changes"},
}
"""Fields that are not read any more, or never were; of a change also what no change changes of a group."""
IN_CODES = {"state", "question"}


def values(plain: Any, field: str = "") -> Iterator[tuple[str, Any]]:
    """All that stands in a record, each with the way to its field."""
    if isinstance(plain, dict):
        for key, value in plain.items():
            yield from values(value, f"{field}.{key}")
    elif isinstance(plain, list):
        for value in plain:
            yield from values(value, field)
    else:
        yield field, plain


def read_of(written: Written) -> Any:
    return decode(written.noun, written.raw, "b:x")


def named(written: Written) -> str:
    return f"{written.noun.name}, {written.of}"


def test_there_is_a_full_and_a_sparse_one_of_every_kind() -> None:
    assert {(one.noun.name, one.of) for one in WRITTEN} >= {
        (noun.name, of) for noun in NOUNS if noun not in NEWER for of in ("full", "sparse")
    }


@pytest.mark.parametrize("written", WRITTEN, ids=named)
def test_it_is_read_and_written_again_in_the_newest_version(written: Written) -> None:
    record = decode(written.noun, written.raw, "b:x")
    again = encode(written.noun, record, "w2")
    assert json.loads(again)["v"] == written.noun.version
    assert decode(written.noun, again, "b:x") == record


@pytest.mark.parametrize("written", WRITTEN, ids=named)
def test_nothing_it_held_is_lost_but_what_is_said_here(written: Written) -> None:
    """Each value that stood in the old bytes stands in the new ones, in codes where it stood in words."""
    before, after = json.loads(written.raw)["d"], json.loads(encode(written.noun, read_of(written), "w2"))["d"]
    lost = set(values(before)) - set(values(after))
    assert {field.rpartition(".")[2] for field, _ in lost} <= GONE.get(written.noun.name, set()) | IN_CODES


def undated(words: str) -> str:
    return re.sub(r"(\w+day) \d+ \w+", r"\1", words)


@pytest.mark.parametrize("written", [one for one in WRITTEN if one.noun is schemas.CHANGE], ids=named)
def test_a_change_that_held_its_sentences_is_announced_in_the_same_ones(written: Written) -> None:
    """But for the dates beside its days, which they had not."""
    change: SettingsChange = decode(written.noun, written.raw, "b:x")
    sentences = " ".join(json.loads(written.raw)["d"]["sentences"])
    assert f"{undated(escape(sentences))} " in undated(announcement(young_carers(), change).text)


@pytest.mark.parametrize("state", State)
def test_where_a_commitment_stands_is_read_from_the_words_it_was_stored_in(state: State) -> None:
    sparse = read(schemas.COMMITMENT, f"state {state.name}")
    assert sparse.state is state
    assert [line.state for line in read(schemas.COMMITMENT, "full").history] == list(State)
    assert [line.state for line in read(schemas.DIGEST, "full").commitments] == list(State)


def test_no_state_is_written_in_words_again() -> None:
    for noun in (schemas.COMMITMENT, schemas.DIGEST):
        again = encode(noun, read(noun, "full"), "w2").decode()
        assert '"state":"let_go"' in again
        assert not [words for words in ("let go", "needs tending", "want help") if words in again]


@pytest.mark.parametrize(("number", "question"), list(enumerate(Question)), ids=list(Question))
def test_a_rounds_question_is_read_from_the_words_it_was_stored_in(number: int, question: Question) -> None:
    asked = read(schemas.ROUND, f"question {number}").question
    assert asked == question
    raw = next(one.raw for one in WRITTEN if one.of == f"question {number}")
    assert question_words(asked) == json.loads(raw)["d"]["question"]


def test_a_question_in_words_nobody_knows_is_shown_in_those_words() -> None:
    for noun in (schemas.ROUND, schemas.DIGEST):
        assert question_words(read(noun, "question of their own").question) == "What would Ada say?"
    assert read(schemas.DIGEST, "full").question == Question.PREPARED_TO_DO


def read(noun: Schema[T], of: str) -> T:
    return next(decode(noun, one.raw, "b:x") for one in WRITTEN if (one.noun, one.of) == (noun, of))


def young_carers() -> GroupSnapshot:
    """The group of those who speak in these records."""
    return circle_of([person("p-sam"), person("p-jo", "Jo")], ["Riverside Trust", "Council"], group())
