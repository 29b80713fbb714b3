"""What both read once they have ticked: the time on both their clocks, and lines that any calendar takes."""

from __future__ import annotations

from datetime import UTC, datetime

from icalendar import Calendar
from msgspec.structs import replace

from bot.domain.introductions import Introduction, Outcome, Why
from bot.domain.snapshot import GroupSnapshot
from bot.domain.twenty_minutes import HalfDay, Part
from bot.views.twenty_minutes import (
    calendar_sheet,
    form,
    invitation_file,
    outcome_message,
    read_ticks,
    ticked_sheet,
)
from tests.domain.young_carers import at, group, leader, person

NOW = at("2026-11-25", "10:00")
STARTS = datetime(2026, 12, 1, 9, tzinfo=UTC)
OUTCOME = Outcome(at=NOW, starts_at=STARTS)
ONE = Introduction(
    id="help.c1.priya.sam",
    asked_by="sam",
    to="priya",
    why=Why.HELP,
    subject="c1",
    at=NOW,
    outcomes=(Outcome(at=NOW), OUTCOME),
)
SNAPSHOT = GroupSnapshot(
    group=group(),
    leaders={"sam": leader("sam"), "priya": leader("priya")},
    people={"sam": person("sam"), "priya": person("priya", "Asia/Kolkata", "IN")},
    introductions={ONE.id: ONE},
)


def test_the_time_stands_on_both_clocks() -> None:
    text = outcome_message(SNAPSHOT, ONE, OUTCOME, NOW).text
    assert "Sam and Priya, you both have Tuesday 1 December, 09:00 GMT (14:30 IST for Priya)." in text
    assert text.startswith("Young carers: your twenty minutes.")


def test_who_reads_it_alone_reads_their_own_clock_first() -> None:
    assert "you both have Tuesday 1 December, 14:30 IST (09:00 GMT for Sam)." in (
        outcome_message(SNAPSHOT, ONE, OUTCOME, NOW, "priya").text
    )
    for sheet in (
        ticked_sheet(SNAPSHOT, ONE, SNAPSHOT.people["priya"], NOW),
        form(SNAPSHOT, ONE, SNAPSHOT.people["priya"], [HalfDay(day=STARTS.date(), part=Part.MORNING)], NOW),
        calendar_sheet(replace(SNAPSHOT, viewer="priya"), ONE, OUTCOME, NOW),
    ):
        assert "Tuesday 1 December, 14:30 IST (09:00 GMT for Sam)" in str(sheet)


def test_a_calendar_takes_the_lines_and_the_same_are_drawn_each_time() -> None:
    lines = invitation_file(SNAPSHOT, ONE, OUTCOME)
    assert lines == invitation_file(SNAPSHOT, ONE, OUTCOME)
    (event,) = Calendar.from_ical(lines).walk("VEVENT")
    assert event["uid"] == "help.c1.priya.sam.1@between"
    assert (event.decoded("dtstart"), event.decoded("dtend")) == (STARTS, STARTS.replace(minute=20))
    assert event["summary"] == "Sam Tester and Priya Tester"


def test_a_name_can_add_no_line_of_its_own() -> None:
    sly = replace(SNAPSHOT.people["sam"], name="Sam;\nATTENDEE:mailto:x@y.example, and\\more")
    drawn = invitation_file(replace(SNAPSHOT, people={**SNAPSHOT.people, "sam": sly}), ONE, OUTCOME)
    (event,) = Calendar.from_ical(drawn).walk("VEVENT")
    assert "attendee" not in event
    assert event["summary"].startswith("Sam; ATTENDEE:mailto:x@y.example, and\\more")


def test_a_form_without_its_fields_ticks_nothing() -> None:
    ticked = {"pm": {"pm": {"selected_options": [{"value": "2026-12-01.pm"}]}}}
    assert read_ticks(ticked) == ["2026-12-01.pm"]
