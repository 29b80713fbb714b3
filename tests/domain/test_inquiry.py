"""Which answers are shown, with whose name, and until when they can be written."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from bot.domain.groups import Group
from bot.domain.headings import apart, headings, put_together, still_apart
from bot.domain.inquiry import (
    LEAST_WHO_COULD,
    LEAST_WITHOUT_NAME,
    MOST_IN_A_REPLY,
    REPLY_LETTERS,
    Grouping,
    Inquiry,
    InquiryAnswer,
    Otherwise,
    ask,
    closed,
    disclosed,
    withdraw,
    withdrawn,
)
from bot.domain.inquiry_days import check_day, default_close, next_to_open, opened, opens_from
from bot.domain.open_until import close_due, followed
from bot.domain.problems import Problem, ProblemCode
from tests.domain.test_rhythm import move
from tests.domain.young_carers import at, group, utc

NOW = at("2026-11-28", "12:00")
CARERS = group()
"""They meet on Thursday 3 December at 14:00; their brief goes on Wednesday at four."""


def skip(of: Group, day: str) -> Group:
    return replace(of, rhythm=replace(of.rhythm, skipped=(date.fromisoformat(day),)))


PEOPLE = [f"p{number}" for number in range(9)]


def inquiry(**more: object) -> Inquiry:
    return Inquiry(**{"id": "i1", "by": "sam", "question": "What for?", "at": NOW} | more)  # type: ignore[arg-type]


def written(named: str, without: str = "", held: str = "") -> dict[str, InquiryAnswer]:
    """By one letter each: with a name; without, or else with it; without, or not at all."""

    def one(by: str, **how: object) -> InquiryAnswer:
        return InquiryAnswer(id=f"w{by}", text=f"Of {by}.", at=NOW, **how)  # type: ignore[arg-type]

    return (
        {by: one(by) for by in named}
        | {by: one(by, named=False, otherwise=Otherwise.NAME) for by in without}
        | {by: one(by, named=False, otherwise=Otherwise.HOLD) for by in held}
    )


@pytest.mark.parametrize(
    ("answers", "could", "expected"),
    [
        (written("ab"), "abcde", {"wa": "a", "wb": "b"}),
        (written("", "abc"), "abcde", {"wa": "", "wb": "", "wc": ""}),
        (written("", "", "abc"), "abcde", {"wa": "", "wb": "", "wc": ""}),
        (written("", "ab", "c"), "abcd", {"wa": "a", "wb": "b"}),  # four could have
        (written("", "a", "b"), "abcdefgh", {"wa": "a"}),  # two are too few
        (written("de", "a", "bc"), "abcdef", {"wd": "d", "we": "e", "wa": "a"}),  # two of six put their names
        (written("de", "a", "bc"), "abcdefg", {"wd": "d", "we": "e", "wa": "", "wb": "", "wc": ""}),
        (written("", "", "ab"), "abcdefgh", {}),
        ({}, "abcdefgh", {}),
    ],
)
def test_without_a_name_only_among_three_and_five_who_could(
    answers: dict[str, InquiryAnswer], could: str, expected: dict[str, str]
) -> None:
    assert disclosed(answers, {*could}) == expected


ANSWERS = st.dictionaries(
    st.sampled_from(PEOPLE),
    st.builds(
        InquiryAnswer,
        id=st.uuids().map(str),
        text=st.text(min_size=1, max_size=1000),
        at=st.just(NOW),
        named=st.booleans(),
        otherwise=st.sampled_from(Otherwise),
    ),
)


@given(ANSWERS, st.sets(st.sampled_from(PEOPLE)))
def test_whoever_answers_no_name_stands_that_was_not_put_there(
    answers: dict[str, InquiryAnswer], could: set[str]
) -> None:
    one = closed(inquiry(opened_at=NOW), answers, could, NOW)
    nameless = [shown for shown in one.answers if not shown.by]
    if nameless:
        assert len(nameless) >= LEAST_WITHOUT_NAME
        assert len(could | {by for by, a in answers.items() if not a.named}) >= LEAST_WHO_COULD
    for shown in one.answers:
        own = next(a for a in answers.values() if a.id == shown.id)
        assert not shown.by or own.named or own.otherwise is Otherwise.NAME
    assert closed(one, {}, set(), NOW + timedelta(days=1)) == one
    assert len(one.replies) == len({shown.reply for shown in one.answers})


def test_the_order_says_nothing_of_when_or_by_whom_and_is_always_the_same() -> None:
    answers = written("abcdefgh")
    one, again = (closed(inquiry(opened_at=NOW), some, set("abcdefgh"), NOW) for some in (answers, answers))
    other = closed(inquiry(id="i2", opened_at=NOW), answers, set("abcdefgh"), NOW)
    assert one.answers == again.answers
    assert [shown.by for shown in one.answers] != sorted(answers)
    assert [shown.by for shown in one.answers] != [shown.by for shown in other.answers]


def test_each_reply_has_room_for_what_stands_in_it() -> None:
    many = {f"p{n}": InquiryAnswer(id=f"w{n}", text="x" * 1000, at=NOW) for n in range(25)}
    one = closed(inquiry(opened_at=NOW), many, {*many}, NOW)
    for number in range(len(one.replies)):
        of = [shown for shown in one.answers if shown.reply == number]
        assert 0 < len(of) <= MOST_IN_A_REPLY
        assert len(of) * 1000 <= REPLY_LETTERS
    short = {f"p{n}": InquiryAnswer(id=f"w{n}", text="x", at=NOW) for n in range(200)}
    assert len(closed(inquiry(opened_at=NOW), short, {*short}, NOW).replies) >= 5


def test_a_withdrawal_is_for_the_thread_from_its_day_on_and_twice_is_once() -> None:
    one = closed(inquiry(opened_at=NOW), written("ab"), set("ab"), NOW)
    later = NOW + timedelta(days=3)
    gone = withdraw(one, "wa", NOW, later)
    assert withdraw(gone, "wa", later, later + timedelta(days=9)) == gone
    assert withdrawn(gone, 0, NOW) == 0
    assert withdrawn(gone, 0, later) == 1


# -- its day ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("now", "of", "expected"),
    [
        ("11-28 12:00", CARERS, "Wed 02 Dec 16:00"),
        ("12-01 17:00", CARERS, "Wed 16 Dec 16:00"),  # the day before is too short
        ("11-28 12:00", move(CARERS, "2026-12-03", "2026-12-08"), "Mon 07 Dec 16:00"),
        ("11-28 12:00", skip(CARERS, "2026-12-03"), "Wed 16 Dec 16:00"),
        (
            "11-28 12:00",
            replace(CARERS, paused_until=date(2027, 1, 1)),
            "Mon 07 Dec 16:00",
        ),  # a week on is a Saturday
    ],
)
def test_by_default_it_is_the_briefs_that_leaves_a_day(now: str, of: Group, expected: str) -> None:
    moment = at(f"2026-{now[:5]}", now[6:])
    assert utc(default_close(of, (), moment)[0]) == expected


def opened_by_default(of: Group = CARERS, now: datetime = NOW) -> Inquiry:
    return opened(inquiry(), of, (), now)


def test_it_moves_with_its_meeting_and_never_within_four_hours() -> None:
    one = opened_by_default()
    later = followed(one, move(CARERS, "2026-12-03", "2026-12-08"), (), NOW)
    assert (utc(later.closes_at or NOW), later.changes) == ("Mon 07 Dec 16:00", 1)
    now = at("2026-12-01", "10:00")
    sooner = followed(one, move(CARERS, "2026-12-03", "2026-12-02"), (), now)
    assert utc(sooner.closes_at or NOW) == "Tue 01 Dec 16:00"
    hurried = followed(one, move(CARERS, "2026-12-03", "2026-12-02"), (), at("2026-12-01", "14:00"))
    assert utc(hurried.closes_at or NOW) == "Tue 01 Dec 18:00"
    assert followed(hurried, move(CARERS, "2026-12-03", "2026-12-02"), (), at("2026-12-01", "15:00")) == hurried


def test_a_meeting_that_is_skipped_hands_its_day_on() -> None:
    assert utc(followed(opened_by_default(), skip(CARERS, "2026-12-03"), (), NOW).closes_at or NOW) == (
        "Wed 16 Dec 16:00"
    )
    late = at("2026-12-01", "17:00")
    after_next = opened_by_default(now=late)
    assert followed(after_next, CARERS, (), late) == after_next
    assert utc(followed(after_next, skip(CARERS, "2026-12-17"), (), late).closes_at or NOW) == "Wed 30 Dec 16:00"


def test_a_day_that_was_chosen_stays_and_one_that_passed_in_the_queue_is_the_briefs() -> None:
    chosen = opened(inquiry(day=date(2026, 12, 1)), CARERS, (), NOW)
    assert utc(chosen.closes_at or NOW) == "Tue 01 Dec 16:00"
    assert followed(chosen, move(CARERS, "2026-12-03", "2026-12-08"), (), NOW) == chosen
    passed = opened(inquiry(day=date(2026, 11, 20)), CARERS, (), NOW)
    assert utc(passed.closes_at or NOW) == "Wed 02 Dec 16:00"


def test_the_day_is_to_come_and_within_eight_weeks() -> None:
    for day, code in ((NOW.date(), ProblemCode.DAY_TODAY), (date(2027, 2, 1), ProblemCode.INQUIRY_TOO_LONG)):
        with pytest.raises(Problem) as refused:
            check_day(day, CARERS, NOW, "until")
        assert refused.value.code is code


@pytest.mark.parametrize("day", [date(2026, 12, 5), date(2026, 12, 6), date(2026, 12, 25)])
def test_answers_are_shown_on_a_working_day(day: date) -> None:
    with pytest.raises(Problem) as refused:
        check_day(day, CARERS, NOW, "until")
    assert refused.value.code is ProblemCode.DAY_OFF


def test_it_closes_half_a_minute_after_its_hour_not_in_a_pause_and_at_once_with_the_group() -> None:
    one = opened_by_default()
    assert one.closes_at
    assert not one.open(one.closes_at)
    assert not close_due(one, CARERS, one.closes_at)
    assert close_due(one, CARERS, one.closes_at + timedelta(seconds=30))
    assert not close_due(one, replace(CARERS, paused_until=date(2027, 1, 1)), one.closes_at + timedelta(days=1))


def test_one_at_a_time_the_oldest_first_and_none_of_who_has_left() -> None:
    first, second = inquiry(), inquiry(id="i2", by="jo", at=NOW + timedelta(hours=1))
    assert next_to_open([second, first], CARERS, ["sam", "jo"]) == (NOW, first)
    assert next_to_open([second, first], CARERS, ["jo"]) == (NOW + timedelta(hours=1), second)
    under_way = opened(first, CARERS, (), NOW)
    assert next_to_open([under_way, second], CARERS, ["sam", "jo"]) is None
    done = closed(under_way, {}, set(), at("2026-12-02", "16:00"))
    assert utc(opens_from([done], CARERS) or NOW) == "Thu 03 Dec 10:00"


def test_one_that_waits_is_enough_for_each() -> None:
    with pytest.raises(Problem):
        ask([inquiry()], id="i2", by="sam", question="And?", day=None, now=NOW)
    with pytest.raises(Problem):
        ask([], id="i2", by="sam", question="", day=None, now=NOW)
    assert ask([inquiry()], id="i1", by="sam", question="What for?", day=None, now=NOW)


# -- headings --------------------------------------------------------------------------------------


def grouped(*made: tuple[str, str]) -> Inquiry:
    one = closed(inquiry(opened_at=NOW), written("abc"), set("abc"), NOW)
    for number, (heading, ids) in enumerate(made):
        new = Grouping(id=f"h{number}", heading=heading, answers=tuple(ids.split()), by="jo", at=NOW)
        one = put_together(one, new)
    return one


def test_the_last_hand_counts_and_all_of_history_is_kept() -> None:
    one = grouped(("Speed", "wa wb"), ("Trust", "wb wc"), ("speed", "wc"), ("", "wa"))
    assert {name: {*ids} for name, ids in headings(one).items()} == {"Speed": {"wc"}, "Trust": {"wb"}}
    assert len(one.groupings) == 4
    assert put_together(one, one.groupings[0]) == one


def test_where_we_differ_is_two_headings_and_goes_with_their_answers() -> None:
    assert not [*apart([grouped(("Speed", "wa"))], NOW - timedelta(days=1))]
    one = grouped(("Speed", "wa"), ("Trust", "wb"))
    lines = [*apart([one], NOW - timedelta(days=1))]
    assert [(line.text, line.whose) for line in lines] == [("Speed", ("jo",)), ("Trust", ("jo",))]
    assert not [*apart([one], NOW)]
    gone = withdraw(one, "wa", NOW, NOW)
    assert [still_apart([gone], line) for line in lines] == [False, True]


def test_what_is_sealed_is_put_under_nothing() -> None:
    new = Grouping(id="h1", heading="Speed", answers=("wa",), by="jo", at=NOW)
    with pytest.raises(Problem):
        put_together(inquiry(opened_at=NOW), new)
    with pytest.raises(Problem):
        put_together(closed(inquiry(opened_at=NOW), written("a"), {"a"}, NOW), replace(new, answers=("w9",)))
