"""The simulation notices what must not be: each fault is made by hand, and counted."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

import pytest

from bot.domain.outbox import Entry, Kind
from bot.views.asks import INTRODUCE
from simulation.cast import NINE
from simulation.sealed import Sealed
from simulation.shown import SOMEBODY, Shown, Way
from simulation.tally import Tally, count_words, unasked
from simulation.together import Together
from simulation.words import SAID, Written, marks

NOON = datetime(2026, 9, 16, 12, tzinfo=UTC)
SAM, JO = NINE[0], NINE[1]


@pytest.fixture
def tally() -> Tally:
    written = Written()
    found = Tally(written, Sealed(Together(written)))
    for one in NINE:
        found.joined(one, NOON - timedelta(days=7))
    return found


def letter(words: str = "Morning Sam.", *, kind: Kind = Kind.NUDGE, name: str = "nudge:1", **more: Any) -> Shown:
    entry = Entry(
        name=name,
        kind=kind,
        group_id="g",
        team_id="T",
        due_at=NOON,
        expires_at=NOON,
        person_id="p",
        round="2026-W38",
    )
    return replace(Shown(NOON, SAM.id, Way.DM, words, drawn(words), "D1", "1.0", entry, name), **more)


def drawn(words: str) -> dict[str, Any]:
    return {"text": words, "blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": words}}]}


def test_sams_private_words_in_a_message_are_counted_even_where_it_is_sams_own(tally: Tally) -> None:
    words = tally.written.private(Random(1), SAM.id, "C1", NOON)
    tally.add(letter(words))
    assert len(tally.leaked) == 1


@pytest.mark.parametrize(("to", "count"), [(SAM.id, 0), (JO.id, 1), (SOMEBODY, 1)])
def test_sams_private_words_in_a_form_are_sams_to_see_and_nobody_elses(tally: Tally, to: str, count: int) -> None:
    words = tally.written.private(Random(1), SAM.id, "C1", NOON)
    form = {"title": {"text": "Just for you"}, "blocks": drawn(words)["blocks"]}
    tally.add(Shown(NOON, to, Way.FORM, "", form))
    assert len(tally.leaked) == count


def test_words_for_everyone_have_reached_somebody_once_another_than_their_author_was_shown_them(
    tally: Tally,
) -> None:
    words = tally.written.shared(Random(1), SAID, SAM.id, "C1", NOON)
    tally.add(letter(words))
    assert tally.reached == set()
    tally.add(letter(words, to=JO.id, name="nudge:2"))
    assert tally.reached == marks(words)


def test_words_that_were_pulled_back_are_counted_where_they_are_shown_afterwards(tally: Tally) -> None:
    words = tally.written.shared(Random(1), SAID, SAM.id, "C1", NOON)
    tally.add(letter(words, to=JO.id))
    tally.written.withdraw(words, NOON)
    assert tally.stale == []
    tally.add(letter(words, to=JO.id, name="nudge:2", at=NOON + timedelta(minutes=1)))
    tally.add(letter(words, name="nudge:3", at=NOON + timedelta(minutes=2)))
    assert len(tally.stale) == 1, "Sam may see them"


def test_an_ask_has_found_somebody_once_its_asker_is_told_of_a_yes(tally: Tally) -> None:
    button = {"type": "button", "action_id": f"{INTRODUCE}:ask1.jo", "text": {"type": "plain_text", "text": "Yes"}}
    said = drawn("Jo may have it.")
    said["blocks"].append({"type": "actions", "elements": [button]})
    tally.add(letter(drawn=said, kind=Kind.NEWS, name="news:1"))
    tally.add(letter("And Amir.", drawn=said, kind=Kind.NEWS, name="news:2"))
    assert tally.found == {"ask1"}


def test_a_message_that_came_twice_is_counted_by_its_name_and_by_its_words(tally: Tally) -> None:
    tally.add(letter())
    tally.add(letter("Morning again.", name="nudge:2"))
    assert tally.doubled == []
    tally.add(letter("Others.", name="nudge:2"))
    assert len(tally.doubled) == 1
    tally.add(letter(name="nudge:3"))
    assert len(tally.doubled) == 2


@pytest.mark.parametrize(
    ("at", "why"),
    [
        (datetime(2026, 9, 16, 19, tzinfo=UTC), "outside their hours"),
        (datetime(2026, 9, 19, 12, tzinfo=UTC), "outside their hours"),
        (datetime(2026, 9, 22, 12, tzinfo=UTC), "away"),
        (datetime(2026, 9, 30, 12, tzinfo=UTC), "left"),
        (NOON, ""),
    ],
)
def test_who_is_away_has_left_or_is_at_home_is_not_written_to(tally: Tally, at: datetime, why: str) -> None:
    tally.people[SAM.id].away.append((datetime(2026, 9, 21, tzinfo=UTC), date(2026, 9, 24)))
    tally.people[SAM.id].left = datetime(2026, 9, 29, tzinfo=UTC)
    tally.add(letter(at=at))
    assert [why in fault for fault in tally.untimely] == ([True] if why else [])


def test_the_week_is_on_their_own_wall_and_what_answers_a_press_is_not_in_it(tally: Tally) -> None:
    late_on_sunday = datetime(2026, 9, 20, 23, 30, tzinfo=UTC)
    tally.add(letter(at=late_on_sunday))
    tally.add(letter("Welcome.", kind=Kind.WELCOME, name="welcome:1"))
    assert tally.weeks == {(SAM.id, 2026, 39): 1}
    assert [kind for kind in (Kind.CHECK_IN, Kind.NUDGE, Kind.QUIET) if not unasked(kind)] == []


def test_weeks_are_counted_from_when_somebody_joined_until_they_left(tally: Tally) -> None:
    tally.people = {SAM.id: tally.people[SAM.id]}
    tally.people[SAM.id].left = NOON + timedelta(days=7)
    assert tally.leader_weeks(NOON + timedelta(weeks=10)) == [(SAM.id, 2026, week) for week in (37, 38, 39)]


def test_neither_buttons_nor_the_phones_line_are_words_to_read() -> None:
    assert count_words("(Morning.)\nMorning Sam, it's 09:00. Two minutes?\n[Answer] [Nothing new]") == 7
