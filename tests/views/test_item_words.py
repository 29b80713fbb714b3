"""*My data* in words: no code and no bare date is left where a person reads."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime

import pytest

from bot.domain.checkins import CheckInState
from bot.domain.items import Item, What
from bot.domain.matters import MatterCode
from bot.views.item_words import MATTERS, about_in_words, in_words
from bot.views.personal_data import as_csv, as_json, rows
from tests.domain.young_carers import person

AT = datetime(2026, 11, 30, 9, tzinfo=UTC)
LONDON = "Europe/London"


@pytest.mark.parametrize(
    ("what", "code", "words"),
    [
        (What.NATION, "GB", "United Kingdom"),
        (What.NATION, "GB-SCT", "Scotland"),
        (What.ZONE, LONDON, "London time"),
        (What.AWAY, "2026-12-07", "7 December 2026"),
        (What.PAUSED, "2026-12-07", "7 December 2026"),
        (What.CHECK_IN, "waiting", "Not answered"),
        (What.WAITING, "checkin", "A check-in, since the group meets soon"),
        (What.PUT, "first_step", "A first step whose day had come"),
        (What.TALKED, "we_did", "We did"),
        (What.TICKED, "2026-12-01.pm", "Tuesday 1 December 2026, afternoon"),
        (What.PULSE_ANSWER, "in_parts", "In parts"),
        (What.PLACED, "too_early", "Too early to say"),
        (What.PROGRESS, "stuck", "Stuck, want help"),
        (What.PROGRESS, "let_go: It took a year: all of it.", "Let go: It took a year: all of it."),
        (What.TYPED, "1796029200.000100", "30 November 2026, 09:00"),
        (What.PLATE_ME, "waiting: GB", "waiting: GB"),
        (What.PUT, "of_a_later_release", "of a later release"),
    ],
)  # fmt: skip
def test_in_words__a_code_is_said_and_what_somebody_wrote_stays(what: What, code: str, words: str) -> None:
    assert in_words(Item(what=what, text=code), LONDON) == words


def test_about_in_words__a_round_is_a_week() -> None:
    assert about_in_words(Item(what=What.CHECK_IN, about="2026-W48")) == "the week of 23 November 2026"
    assert about_in_words(Item(what=What.TENDS, about="One form")) == "One form"
    assert about_in_words(Item(what=What.SLACK_ID, about="single")) == "a guest there, in one channel"


def test_every_sort_of_matter_and_every_state_has_its_words() -> None:
    assert {*MATTERS} == {*MatterCode}
    assert all(in_words(Item(what=What.CHECK_IN, text=one), LONDON) != one for one in CheckInState)


def test_the_spreadsheet_has_the_words_and_the_other_file_the_codes() -> None:
    items = [
        ("", Item(what=What.NATION, text="GB")),
        ("Young carers", Item(what=What.CHECK_IN, text="later", at=AT, about="2026-W48")),
    ]
    found = rows(items, {}, person(), private=True)
    sheet = as_csv(found).decode("utf-8-sig")
    assert "30 November 2026, 09:00" in sheet
    assert not re.search(r"\d{4}-(\d\d|W)|GB|later\b(?! that)", sheet)
    records = json.loads(as_json(found, person(), AT))["Records"]
    assert records[0]["Words"] == "GB"
    assert [records[1][key] for key in ("Date", "About", "Words")] == ["2026-11-30 09:00", "2026-W48", "later"]
