"""Which rounds exist, when they open, close and are posted, and what a moved meeting does to them."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from bot.domain.groups import Group
from bot.domain.hours import to_local
from bot.domain.meetings import apart_over_a_fortnight, check_rhythm, meetings
from bot.domain.nations import working_day
from bot.domain.questions import Question
from bot.domain.rhythm import Moved, Recurrence, Rhythm
from bot.domain.rounds import (
    Round,
    capture_at,
    coming_round,
    next_opening,
    opens_at,
    retimed,
    round_due,
    week_name,
)
from tests.domain.test_meetings import recurrences
from tests.domain.young_carers import FIRST_THURSDAYS, THURSDAYS, at, group, opened, sentence, unhurried, utc


def on(weekday: int, interval: int = 1) -> Recurrence:
    return Recurrence(every="weeks", interval=interval, weekday=weekday, at="14:00", anchor=date(2026, 9, 7))


def times(round: Round) -> tuple[str, str, str]:
    return f"{round.opens_on:%a %d %b}", utc(round.closes_at), utc(round.digest_at)


def rounds(of: Group, start: str, count: int) -> list[Round]:
    """The rounds that open one after the other, each digest posted in time."""
    now, latest, found = at(start), None, []
    while len(found) < count:
        latest = round_due(of, latest, now)
        if latest is None:
            latest = found[-1] if found else None
            now = max(next_opening(of, latest, now), now + timedelta(seconds=1))
        else:
            latest = replace(latest, digested=True)
            found.append(latest)
    return found


@pytest.mark.parametrize(
    ("weekday", "opens", "closes", "digest"),
    [
        (0, "Wed 25 Nov", "Thu 26 Nov 18:00", "Fri 27 Nov 10:00"),
        (1, "Thu 26 Nov", "Fri 27 Nov 18:00", "Mon 30 Nov 10:00"),
        (2, "Fri 27 Nov", "Mon 30 Nov 18:00", "Tue 01 Dec 10:00"),
        (3, "Fri 27 Nov", "Tue 01 Dec 18:00", "Wed 02 Dec 10:00"),
        (4, "Fri 27 Nov", "Wed 02 Dec 18:00", "Thu 03 Dec 10:00"),
        (5, "Mon 30 Nov", "Thu 03 Dec 18:00", "Fri 04 Dec 10:00"),
        (6, "Tue 01 Dec", "Thu 03 Dec 18:00", "Fri 04 Dec 10:00"),
    ],
)
def test_a_round_leads_up_to_its_meeting(weekday: int, opens: str, closes: str, digest: str) -> None:
    found = next(one for one in rounds(group(on(weekday)), "2026-11-16", 4) if one.name == "2026-W49")
    assert times(found) == (opens, closes, digest)


@pytest.mark.parametrize(
    ("nation", "meeting", "expected"),
    [
        ("GB", on(1), ("Tue 22 Dec", "Wed 23 Dec 18:00", "Thu 24 Dec 10:00")),  # Tuesday 29 December
        ("GB", on(3), ("Thu 24 Dec", "Tue 29 Dec 18:00", "Wed 30 Dec 10:00")),
        ("GB-SCT", on(1, 2), ("Tue 29 Dec", "Wed 30 Dec 18:00", "Thu 31 Dec 10:00")),  # Tuesday 5 January
        ("GB-ENG", on(1, 2), ("Wed 30 Dec", "Thu 31 Dec 18:00", "Mon 04 Jan 10:00")),
    ],
)
def test_over_christmas_a_round_keeps_to_working_days(
    nation: str, meeting: Recurrence, expected: tuple[str, str, str]
) -> None:
    anchored = replace(meeting, anchor=date(2026, 12, 29) if meeting.interval == 1 else date(2027, 1, 5))
    assert times(rounds(group(anchored, nation=nation), "2026-12-20", 1)[0]) == expected


def test_a_monthly_group_is_asked_each_week_and_told_of_a_meeting_that_is_near() -> None:
    found = rounds(group(FIRST_THURSDAYS), "2026-11-16", 4)
    assert [(one.name, *times(one)) for one in found] == [
        ("2026-W47", "Mon 16 Nov", "Thu 19 Nov 18:00", "Fri 20 Nov 10:00"),
        ("2026-W48", "Mon 23 Nov", "Thu 26 Nov 18:00", "Fri 27 Nov 10:00"),
        ("2026-W49", "Mon 30 Nov", "Thu 03 Dec 18:00", "Fri 04 Dec 10:00"),
        ("2026-W50", "Mon 07 Dec", "Thu 10 Dec 18:00", "Fri 11 Dec 10:00"),
    ]
    assert [one.meeting_at for one in found] == [None, None, at("2026-12-03", "14:00"), None]


def test_weekly_rounds_over_christmas_and_easter() -> None:
    christmas = rounds(group(FIRST_THURSDAYS, nation="GB-SCT"), "2026-12-19", 3)
    assert [times(one) for one in christmas] == [
        ("Mon 21 Dec", "Thu 24 Dec 18:00", "Tue 29 Dec 10:00"),
        ("Tue 29 Dec", "Thu 31 Dec 18:00", "Tue 05 Jan 10:00"),
        ("Tue 05 Jan", "Thu 07 Jan 18:00", "Fri 08 Jan 10:00"),
    ]
    easter = rounds(group(FIRST_THURSDAYS), "2027-03-20", 2)
    assert [times(one) for one in easter] == [
        ("Mon 22 Mar", "Thu 25 Mar 18:00", "Tue 30 Mar 09:00"),
        ("Tue 30 Mar", "Thu 01 Apr 17:00", "Fri 02 Apr 09:00"),
    ]


def test_a_week_with_one_working_day_left_has_no_round() -> None:
    found = rounds(group(FIRST_THURSDAYS, nation="CN", zone="Asia/Shanghai"), "2026-09-21", 3)
    assert [one.name for one in found] == ["2026-W39", "2026-W40", "2026-W42"]  # 1 to 7 October are holidays


def test_the_fourth_question_turns() -> None:
    asked = [one.question for one in rounds(group(), "2026-01-10", 7)]
    assert asked == [*Question, Question.MATTERS_MOST]


def test_a_round_opens_when_its_day_begins_in_the_east() -> None:
    before, opening = at("2026-11-26", "09:59"), at("2026-11-26", "10:00")
    last = replace(opened(group(), at("2026-11-13", "12:00")), digested=True)
    assert round_due(group(), last, before) is None
    assert next_opening(group(), last, before) == opening
    found = opened(group(), opening, last)
    assert (found.name, found.opens_on, found.number) == ("2026-W49", date(2026, 11, 27), 2)
    assert round_due(group(), found, opening) is None


def test_a_round_missed_while_the_bot_was_down_opens_while_a_day_is_left() -> None:
    assert opened(group(), at("2026-11-30", "18:00")).name == "2026-W49"
    assert round_due(group(), None, at("2026-11-30", "18:01")) is None
    assert next_opening(group(), None, at("2026-11-30", "18:01")) == at("2026-12-10", "10:00")


def test_the_next_round_waits_for_the_digest_of_the_one_before() -> None:
    last = opened(group(on(3)), at("2026-11-27"))
    late = at("2026-12-03", "10:00")  # a day after the digest was due
    weekly = group(on(3), checkin_days_before=10)
    assert round_due(weekly, last, at("2026-12-03", "09:59")) is None
    assert next_opening(weekly, last, at("2026-12-03", "09:59")) == late
    assert opened(weekly, at("2026-12-02", "10:01"), replace(last, digested=True)).name == "2026-W50"
    assert opened(weekly, late, last).name == "2026-W50"


def move(of: Group, planned: str, to: str, clock: str = "14:00") -> Group:
    moved = Moved(planned=date.fromisoformat(planned), to=date.fromisoformat(to), at=clock)
    return replace(of, rhythm=replace(of.rhythm, moved=(*of.rhythm.moved, moved)))


def test_a_meeting_that_moved_before_its_round_takes_the_round_with_it() -> None:
    found = rounds(move(group(), "2026-12-03", "2026-12-08"), "2026-11-25", 1)[0]
    assert found.name == "2026-W49"
    assert times(found) == ("Thu 03 Dec", "Fri 04 Dec 18:00", "Mon 07 Dec 10:00")
    assert found.meeting_at == at("2026-12-08", "14:00")
    assert found.planned_meeting == date(2026, 12, 3)


def test_a_meeting_that_moves_after_prompts_went_out_keeps_the_round_and_its_name() -> None:
    round = opened(group(), at("2026-11-27", "12:00"))
    later = retimed(round, move(group(), "2026-12-03", "2026-12-08"), at("2026-11-30", "12:00"))
    assert (later.name, times(later)) == (round.name, ("Fri 27 Nov", "Fri 04 Dec 18:00", "Mon 07 Dec 10:00"))
    sooner = retimed(round, move(group(), "2026-12-03", "2026-12-02"), at("2026-11-30", "12:00"))
    assert times(sooner) == ("Fri 27 Nov", "Mon 30 Nov 18:00", "Tue 01 Dec 10:00")
    tomorrow = retimed(round, move(group(), "2026-12-03", "2026-12-01"), at("2026-11-30", "12:00"))
    assert times(tomorrow) == ("Fri 27 Nov", "Mon 30 Nov 16:00", "Mon 30 Nov 16:00")
    assert round_due(move(group(), "2026-12-03", "2026-12-08"), later, at("2026-12-02", "12:00")) is None


def test_a_round_opened_early_for_somebodys_words_still_follows_its_meeting() -> None:
    early = coming_round(group(), opened(group(), at("2026-11-13", "12:00")), at("2026-11-19", "15:00"))
    assert times(early) == ("Fri 27 Nov", "Tue 01 Dec 18:00", "Wed 02 Dec 10:00")
    moved = retimed(early, move(group(), "2026-12-03", "2026-12-08"), at("2026-11-20", "12:00"))
    assert times(moved) == ("Thu 03 Dec", "Fri 04 Dec 18:00", "Mon 07 Dec 10:00")


def test_a_round_that_has_closed_stays_closed_when_its_meeting_moves() -> None:
    round = opened(group(), at("2026-11-27", "12:00"))
    later = retimed(round, move(group(), "2026-12-03", "2026-12-08"), at("2026-12-01", "19:00"))
    assert times(later) == times(round)
    assert later.meeting_at == at("2026-12-08", "14:00")
    posted = replace(round, digested=True)
    assert times(retimed(posted, move(group(), "2026-12-03", "2026-12-08"), at("2026-12-02", "19:00"))) == times(
        round
    )


def test_a_new_day_of_the_week_takes_the_open_round_with_it_and_does_not_ask_twice() -> None:
    round = opened(group(), at("2026-11-27", "12:00"))
    fridays = group(replace(THURSDAYS, weekday=4))
    moved = retimed(round, fridays, at("2026-11-30", "12:00"))
    assert times(moved) == ("Fri 27 Nov", "Wed 02 Dec 18:00", "Thu 03 Dec 10:00")
    following = replace(moved, digested=True)
    assert next_opening(fridays, following, at("2026-12-03", "12:00")) == at("2026-12-10", "10:00")


def test_a_fortnightly_group_that_turns_monthly_keeps_its_open_round() -> None:
    round = opened(group(), at("2026-11-13", "12:00"))
    monthly = retimed(round, group(FIRST_THURSDAYS), at("2026-11-16", "12:00"))
    assert times(monthly) == times(round)
    assert monthly.meeting_at is None
    assert opened(group(FIRST_THURSDAYS), at("2026-11-23"), replace(monthly, digested=True)).name == "2026-W48"


@pytest.mark.parametrize(
    ("meeting", "nation", "asked"),
    [
        ("2026-12-03", "GB", "Fri 04 Dec 10:00"),
        ("2026-12-24", "GB", "Tue 29 Dec 10:00"),
        ("2026-12-31", "GB-SCT", "Tue 05 Jan 10:00"),
        ("2026-12-31", "GB-ENG", "Mon 04 Jan 10:00"),
        ("2026-07-10", "GB-NIR", "Tue 14 Jul 09:00"),
    ],
)
def test_what_was_said_is_asked_the_working_day_after(meeting: str, nation: str, asked: str) -> None:
    assert utc(capture_at(at(meeting, "13:00"), group(nation=nation))) == asked


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({}, ""),
        ({"checkin_days_before": 1}, "Ask 2 to 10 days before the meeting."),
        ({"checkin_weekday": 3}, "Ask on a Monday, Tuesday or Wednesday: answers close on Thursday."),
        ({"brief_at": "25:00"}, "I can't read “25:00” as a time. Write it as 09:00."),
        ({"nudge_percent": 0}, "Pick one of those."),
        ({"digest_at": "ten"}, "I can't read “ten” as a time. Write it as 09:00."),
        ({"hours_from": "9:00"}, "Write the time as 09:00."),
        ({"hours_from": "13:00"}, "Hours start before 12:00 and end after it."),
        ({"hours_to": "08:00"}, "Hours start before 12:00 and end after it."),
        ({"hours_from": "12:00", "hours_to": "12:00"}, "Hours start before 12:00 and end after it."),
    ],
)
def test_a_rhythm_nobody_can_live_by_is_answered_with_a_sentence(change: dict[str, object], said: str) -> None:
    assert sentence(lambda: check_rhythm(Rhythm(**{"meeting": THURSDAYS} | change))) == said  # type: ignore[arg-type]


groups = st.builds(
    lambda meeting, zone, nation, before, weekday: group(
        meeting, zone=zone, nation=nation, checkin_days_before=before, checkin_weekday=weekday
    ),
    recurrences,
    st.sampled_from(["Europe/London", "Asia/Kolkata", "Asia/Kathmandu", "Pacific/Auckland", "Pacific/Honolulu"]),
    st.sampled_from(["", "GB", "GB-SCT", "IN", "US", "JP", "IL", "CN"]),
    st.integers(2, 10),
    st.integers(0, 2),
)


@settings(unhurried, max_examples=80)
@given(groups, st.integers(0, 365 * 24))
def test_rounds_come_one_after_the_other_whatever_the_rhythm(of: Group, hours: int) -> None:
    start = at("2027-01-01") + timedelta(hours=hours)
    found = rounds(of, f"{start:%Y-%m-%d}", 6)
    for one in found:
        assert working_day(one.opens_on, of.nation)
        assert opens_at(one) + timedelta(hours=24) <= one.closes_at < one.digest_at
        assert working_day(to_local(one.digest_at, of.zone).date(), of.nation)
        if one.planned_meeting:
            assert one.meeting_at is not None
            assert to_local(one.digest_at, of.zone).date() < to_local(one.meeting_at, of.zone).date()
            assert one.name == week_name(one.planned_meeting)
        else:
            assert one.name == week_name(one.opens_on)
    for one, following in pairwise(found):
        assert one.name < following.name
        assert one.closes_at < following.closes_at
        assert one.question != following.question
        assert following.number == one.number + 1


@settings(unhurried, max_examples=60)
@given(groups, st.lists(st.tuples(st.integers(0, 3), st.integers(-6, 6), st.integers(-80, 80)), max_size=4))
def test_no_move_reopens_a_round_or_closes_it_in_the_past(of: Group, moves: list[tuple[int, int, int]]) -> None:
    now = at("2027-03-01")
    round = replace(rounds(of, "2027-03-01", 1)[0], digested=False)
    for nth, by, hours in moves:
        planned = meetings(of.rhythm.meeting, date(2027, 3, 1), date(2032, 1, 1))[nth]
        moved = move(of, str(planned), str(planned + timedelta(days=by)))
        now = max(now, opens_at(round)) + timedelta(hours=abs(hours))
        was, round = round, retimed(round, moved, now)
        assert (round.name, round.number) == (was.name, was.number)
        assert round.opens_on == was.opens_on or opens_at(was) > now
        assert round.closes_at >= min(now, was.closes_at)
        assert round.digest_at >= round.closes_at
        assert retimed(round, moved, now) == round
        assert round_due(moved, round, now) is None or now >= round.digest_at
        of = moved
    assert apart_over_a_fortnight(of.rhythm.meeting) == (round.planned_meeting is None)
