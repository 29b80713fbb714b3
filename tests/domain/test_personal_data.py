"""Every kind of record there is has its answer to *My data*, *Erase me* and how long it is kept."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.domain import erased
from bot.domain.groups import SettingsChange
from bot.domain.items import What
from bot.domain.personal_data import RECORDS, Kept, Where
from bot.ports import Store
from bot.store import schemas
from bot.views.personal_data import HEADINGS
from tests import known_keys
from tests.domain.young_carers import group

TABLE = Path(__file__).parents[2] / "docs" / "rights.md"


EVERY = [one for one in vars(schemas).values() if isinstance(one, schemas.Schema)]


@pytest.mark.parametrize("schema", EVERY, ids=lambda schema: schema.name)
def test_every_kind_of_record_has_its_answer(schema: schemas.Schema[object]) -> None:
    assert schema.type in RECORDS, f"Say in bot/domain/personal_data.py what a {schema.name} holds of a person."


def test_nothing_is_answered_for_that_is_not_kept() -> None:
    assert set(RECORDS) == {schema.type for schema in EVERY}


def test_every_answer_names_a_collection_of_the_store() -> None:
    assert [one.collection for one in RECORDS.values() if one.collection not in Store.__annotations__] == []


def test_every_collection_in_redis_is_one_of_these() -> None:
    """A hash of records that no schema names would be erased by nobody."""
    named = {
        word
        for one in known_keys.PATTERNS
        for words in re.findall(r"\(([a-z_|]+)\)", one.pattern)
        for word in words.split("|")
    }
    kept = {one.collection for one in RECORDS.values()} | {"group", "person", "ledger"}
    indexes = {
        "groups",
        "groups_ever",
        "identities",
        "people",
        "layout",
        "gate",
        "shut",
        "state",
        "invitation",
        "identity",
        "masters",
        "second",
        "renamed",
        "my_data",
    }
    assert named - kept - indexes == set()


def test_every_item_of_an_export_has_a_heading() -> None:
    assert set(HEADINGS) == set(What)


IN_WORDS = {
    Kept.WHILE_KNOWN: "until erased",
    Kept.WHILE_INSTALLED: "while it is installed",
    Kept.WITH_GROUP: "as long as the group",
    Kept.TWELVE_MONTHS: "twelve months",
    Kept.TWELVE_MONTHS_AND_THREE: "twelve months, the personal lane three",
    Kept.TWELVE_MONTHS_AFTER: "twelve months after its end",
    Kept.EIGHT_WEEKS: "eight weeks",
    Kept.WHILE_HELD: "while the legal hold stands",
    Kept.UNTIL_LIFTED: "until lifted",
    Kept.UNTIL_ITS_DAY: "until the day of its review",
    Kept.UNTIL_SHOWN: "as the question; what is held back, until its day",
}


def test_the_docs_say_how_long_each_kind_is_kept() -> None:
    said = TABLE.read_text("utf-8")
    assert set(IN_WORDS) == set(Kept)
    assert [words for words in IN_WORDS.values() if f"| {words} |" not in said] == []


def test_what_lies_under_a_persons_own_id_is_erased_whole() -> None:
    for rights in RECORDS.values():
        if rights.where is Where.OF_PERSON:
            assert rights.erase(object(), "p1", True, datetime(2026, 12, 2, tzinfo=UTC)) is None


def test_who_is_erased_is_called_nothing_in_a_change_that_stays() -> None:
    settings = group().settings
    called = {"sam": "Sam (Riverside Council)", "jo": "Jo (Riverside Hospitals Trust)"}
    change = SettingsChange(
        id="s1", at=datetime(2026, 11, 9, 10, tzinfo=UTC), by="sam", before=settings, after=settings, called=called
    )
    assert erased.change(change, "sam", False, datetime(2026, 12, 2, tzinfo=UTC)).called == {
        "jo": "Jo (Riverside Hospitals Trust)"
    }
