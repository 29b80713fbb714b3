"""Two tick half-days alone, each on their own clock; what is named to both is inside both their hours and days."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from bot.domain.hours import to_local
from bot.domain.introductions import Introduction, Why
from bot.domain.nations import working_day
from bot.domain.people import Person
from bot.domain.problems import Problem, ProblemCode
from bot.domain.twenty_minutes import (
    DAYS_OFFERED,
    NOTICE,
    TWENTY,
    HalfDay,
    Part,
    half_day,
    offered,
    offered_days,
    span,
    tick,
    without_old_ticks,
)
from tests.domain.young_carers import at, group, person, unhurried

NOW = at("2026-11-25", "10:00")
RHYTHM = group().rhythm
BOTH = Introduction(id="help.c1.jo.sam", asked_by="sam", to="jo", why=Why.HELP, subject="c1", at=NOW)

PLACES = {
    "Europe/London": "GB-ENG",
    "Europe/Dublin": "IE",
    "Asia/Kolkata": "IN",
    "America/New_York": "US",
    "Asia/Dubai": "AE",
    "Pacific/Auckland": "NZ",
}
people = st.sampled_from(sorted(PLACES)).map(lambda zone: person("jo", zone, PLACES[zone]))


def both(sam: Person, jo: Person) -> dict[str, Person]:
    return {"sam": replace(sam, id="sam"), "jo": replace(jo, id="jo")}


def ticked(
    sam: Person, jo: Person, by_sam: list[HalfDay], by_jo: list[HalfDay], now: datetime = NOW
) -> Introduction:
    half = tick(BOTH, "sam", [one.code for one in by_sam], both(sam, jo), RHYTHM, now)
    assert half.outcomes == ()
    return tick(half, "jo", [one.code for one in by_jo], both(sam, jo), RHYTHM, now)


def test_they_are_ten_days_that_both_work() -> None:
    """Thursday 26 November is Thanksgiving; Monday 30 November is Saint Andrew's day, kept in Scotland."""
    days = offered_days([person(zone="America/New_York", nation="US"), person(nation="GB-SCT")], NOW)
    assert len(days) == DAYS_OFFERED
    assert date(2026, 11, 26) not in days
    assert date(2026, 11, 30) not in days
    assert days[0] == date(2026, 11, 27)


@given(people, people, st.datetimes(at("2026-01-01").replace(tzinfo=None), at("2027-12-31").replace(tzinfo=None)))
@unhurried
def test_each_half_day_offered_has_one_of_the_other_s_beside_it(sam: Person, jo: Person, when: datetime) -> None:
    now = when.replace(tzinfo=NOW.tzinfo)
    mine, theirs = offered(sam, jo, RHYTHM, now), offered(jo, sam, RHYTHM, now)
    assert bool(mine) == bool(theirs)
    for one in mine:
        begins, ends = span(one, sam, RHYTHM)
        assert any(
            min(ends, span(other, jo, RHYTHM)[1]) - max(begins, span(other, jo, RHYTHM)[0]) >= TWENTY
            for other in theirs
        )


@given(people, people, st.data())
@unhurried
def test_what_is_found_was_ticked_by_both_and_is_in_the_hours_of_both(
    sam: Person, jo: Person, data: st.DataObject
) -> None:
    mine, theirs = offered(sam, jo, RHYTHM, NOW), offered(jo, sam, RHYTHM, NOW)
    if not mine:
        return
    by_sam = data.draw(st.lists(st.sampled_from(mine), min_size=1, unique=True))
    by_jo = data.draw(st.lists(st.sampled_from(theirs), min_size=1, unique=True))
    done = ticked(sam, jo, by_sam, by_jo)
    assert done.ticks == {}
    begins = done.outcomes[-1].starts_at
    if begins is None:
        return
    assert begins >= NOW + NOTICE
    for who, chosen in ((sam, by_sam), (jo, by_jo)):
        assert any(
            start <= begins and begins + TWENTY <= end for start, end in (span(one, who, RHYTHM) for one in chosen)
        )
        assert working_day(to_local(begins, who.zone).date(), who.nation)


def test_the_first_that_both_have_is_named() -> None:
    sam, jo = person("sam"), person("jo")
    days = offered_days([sam, jo], NOW)
    done = ticked(
        sam,
        jo,
        [HalfDay(days[3], Part.AFTERNOON), HalfDay(days[1], Part.MORNING), HalfDay(days[0], Part.MORNING)],
        [HalfDay(days[3], Part.AFTERNOON), HalfDay(days[1], Part.MORNING), HalfDay(days[0], Part.AFTERNOON)],
    )
    assert done.outcomes[-1].starts_at == at(str(days[1]), "09:00")


def test_a_london_morning_is_an_afternoon_in_kolkata() -> None:
    sam, priya = person("sam"), person("jo", "Asia/Kolkata", "IN")
    day = date(2026, 12, 1)
    done = ticked(sam, priya, [HalfDay(day, Part.MORNING)], [HalfDay(day, Part.AFTERNOON)])
    assert done.outcomes[-1].starts_at == at("2026-12-01", "09:00")
    none = ticked(sam, priya, [HalfDay(day, Part.MORNING)], [HalfDay(day, Part.MORNING)])
    assert none.outcomes[-1].starts_at is None


def test_where_hours_never_meet_nothing_is_offered() -> None:
    assert offered(person(), person("jo", "Pacific/Auckland", "NZ"), RHYTHM, NOW) == []


def test_ticking_again_alone_takes_the_place_of_what_was_ticked() -> None:
    sam, jo = person("sam"), person("jo")
    first = tick(BOTH, "sam", ["2026-12-01.am"], both(sam, jo), RHYTHM, NOW)
    again = tick(first, "sam", ["2026-12-02.pm"], both(sam, jo), RHYTHM, NOW)
    assert again.ticks["sam"].half_days == ("2026-12-02.pm",)
    assert again.outcomes == ()


def test_a_third_person_and_an_empty_form_are_refused() -> None:
    everybody = both(person("sam"), person("jo"))
    with pytest.raises(Problem) as refused:
        tick(BOTH, "wei", ["2026-12-01.am"], everybody, RHYTHM, NOW)
    assert refused.value.code is ProblemCode.NOT_YOURS
    with pytest.raises(Problem):
        tick(BOTH, "sam", ["yesterday", "2026-12-01.night"], everybody, RHYTHM, NOW)


def test_half_days_that_have_passed_are_kept_no_longer() -> None:
    one = tick(BOTH, "sam", ["2026-12-01.am"], both(person("sam"), person("jo")), RHYTHM, NOW)
    assert without_old_ticks(one, at("2026-12-01", "08:00")) == one
    assert without_old_ticks(one, at("2026-12-02", "08:00")).ticks == {}


@given(st.text(max_size=20))
def test_whatever_a_forged_form_says_it_is_a_half_day_or_none(code: str) -> None:
    found = half_day(code)
    assert found is None or half_day(found.code) == found


def test_what_passed_before_both_can_be_told_is_not_named() -> None:
    """Ticked on Friday evening: both are told on Monday at eight, and have an hour from then."""
    sam, jo = person("sam"), person("jo")
    monday = [HalfDay(date(2026, 11, 30), Part.MORNING)]
    begins = ticked(sam, jo, monday, monday, at("2026-11-27", "19:00")).outcomes[-1].starts_at
    assert begins is None or begins >= at("2026-11-30", "08:00") + timedelta(hours=1)
