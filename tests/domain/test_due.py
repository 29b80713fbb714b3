"""What a group should send now, when to look again, and that looking only then misses nothing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from bot.domain.checkins import CheckIn, answered, asked, postponed
from bot.domain.due import Plan, when_to_send
from bot.domain.groups import Group
from bot.domain.outbox import Kind
from bot.domain.people import Leader, Person
from bot.domain.rounds import Round, coming_round
from bot.views.dates import say_upcoming
from scheduler.kinds import KINDS, plan
from scheduler.outbox.messages import MessageKind
from tests import kinds
from tests.domain.test_rhythm import groups, move
from tests.domain.young_carers import (
    A_MESSAGE,
    FIRST_THURSDAYS,
    Life,
    at,
    group,
    leader,
    opened,
    person,
    snapshot_of,
    unhurried,
    utc,
)

SAM = person()
AMIR = person("amir", "Asia/Kolkata", "IN")
MERE = person("mere", "Pacific/Auckland", "NZ")
ROUND = opened(group(), at("2026-11-27", "12:00"))
EVERY_FORTNIGHT = kinds.of(kinds.ROUND)


def planned(
    now: str,
    *people: Person,
    of: Group | None = None,
    leaders: list[Leader] | None = None,
    latest: Round | None = ROUND,
    checkins: dict[str, CheckIn] | None = None,
    kinds: Mapping[Kind, MessageKind] = EVERY_FORTNIGHT,
) -> Plan:
    """What is due at `now` (`11-27 09:00`, UTC), of the kinds that come in every fortnight."""
    named = {one.person_id: one for one in leaders or [leader(one.id) for one in people]}
    moment = at(f"2026-{now[:5]}", now[6:])
    people_by_id = {one.id: one for one in people}
    return plan(snapshot_of(of or group(), named, people_by_id, latest, checkins or {}), moment, kinds)


def names(found: Plan) -> list[str]:
    return [entry.name for entry in found.entries]


def story(sent: dict[str, datetime]) -> list[str]:
    return [f"{utc(moment)} {name}" for name, moment in sent.items()]


def test_a_fortnight_of_young_carers() -> None:
    life = Life(group(), [SAM, AMIR, MERE], kinds=EVERY_FORTNIGHT)
    assert story(life.live(at("2026-11-22"), at("2026-12-05"))) == [
        "Thu 26 Nov 20:00 checkin:g7:2026-W49:mere",
        "Fri 27 Nov 03:30 checkin:g7:2026-W49:amir",
        "Fri 27 Nov 09:00 checkin:g7:2026-W49:sam",
        "Sun 29 Nov 19:00 nudge:g7:2026-W49:mere",
        "Mon 30 Nov 02:30 nudge:g7:2026-W49:amir",
        "Mon 30 Nov 08:00 nudge:g7:2026-W49:sam",
        "Wed 02 Dec 10:00 digest:g7:2026-W49",
        "Fri 04 Dec 10:00 capture:g7:2026-W49",
    ]


def test_a_leader_who_stays_silent_is_asked_once_what_suits_and_then_left_in_peace() -> None:
    life = Life(group(), [SAM])
    sent = life.live(at("2026-11-20", "11:00"), at("2027-02-10"))
    assert [name for name in sent if "sam" in name] == [
        "checkin:g7:2026-W49:sam",
        "nudge:g7:2026-W49:sam",
        "checkin:g7:2026-W51:sam",
        "nudge:g7:2026-W51:sam",
        "quiet:g7:2026-W53:sam",
    ]


def test_an_entry_says_who_what_and_until_when_and_through_which_workspace() -> None:
    checkin = planned("11-27 09:30", SAM).entries[0]
    assert (checkin.kind, checkin.team_id, checkin.person_id, checkin.round) == (
        Kind.CHECK_IN,
        "T2",
        "sam",
        "2026-W49",
    )
    assert (checkin.due_at, checkin.expires_at) == (at("2026-11-27", "09:00"), at("2026-11-30", "18:00"))
    digest = planned("12-02 10:00", SAM).entries[0]
    assert (digest.kind, digest.team_id, digest.person_id, digest.group_id) == (Kind.DIGEST, "T1", "", "g7")
    assert (digest.due_at, digest.expires_at) == (at("2026-12-02", "10:00"), at("2026-12-03", "10:00"))


@pytest.mark.parametrize(
    ("now", "due"),
    [
        ("11-27 08:59", []),
        ("11-27 09:00", ["checkin"]),
        ("11-27 17:59", ["checkin"]),
        ("11-27 18:00", []),  # late, and out of Sam's hours
        ("11-28 12:00", []),
        ("11-30 08:59", []),  # on another day it comes at Sam's hour too
        ("11-30 09:00", ["checkin"]),
        ("11-30 17:59", ["checkin"]),
        ("11-30 18:00", []),  # less than a day left
        ("12-02 09:59", []),
        ("12-02 10:00", ["digest"]),
        ("12-03 09:59", ["digest"]),
        ("12-03 10:00", []),
        ("12-04 09:59", []),
        ("12-04 10:00", ["capture"]),
        ("12-05 09:59", ["capture"]),
        ("12-05 10:00", []),
    ],
)
def test_what_was_missed_while_the_bot_was_down(now: str, due: list[str]) -> None:
    assert [str(entry.kind) for entry in planned(now, SAM).entries] == due


@pytest.mark.parametrize(
    ("now", "due"),
    [("11-30 07:59", []), ("11-30 08:00", ["nudge"]), ("11-30 08:14", ["nudge"]), ("11-30 08:15", [])],
)
def test_a_nudge_is_never_late(now: str, due: list[str]) -> None:
    waiting = asked(CheckIn(person_id="sam", round=ROUND.name), at("2026-11-27", "09:00"), A_MESSAGE)
    assert [str(entry.kind) for entry in planned(now, SAM, checkins={"sam": waiting}).entries] == due


def test_later_today_comes_in_the_nudges_place_and_nothing_comes_after_an_answer() -> None:
    waiting = asked(CheckIn(person_id="sam", round=ROUND.name), at("2026-11-27", "09:00"), A_MESSAGE)
    put_off = postponed(waiting, ROUND, at("2026-11-27", "09:05"), at("2026-11-27", "12:05"))
    assert names(planned("11-27 12:05", SAM, checkins={"sam": put_off})) == ["later:g7:2026-W49:sam"]
    done = answered(put_off)
    assert names(planned("11-27 12:05", SAM, checkins={"sam": done})) == []


def test_planning_twice_gives_the_same_entries() -> None:
    first, second = planned("11-27 09:00", SAM, AMIR, MERE), planned("11-27 09:10", SAM, AMIR, MERE)
    assert first.entries == second.entries


def test_whoever_shared_before_being_asked_is_not_asked() -> None:
    done = answered(CheckIn(person_id="sam", round=ROUND.name))
    assert names(planned("11-27 09:00", SAM, checkins={"sam": done})) == []


@pytest.mark.parametrize(
    ("who", "one"),
    [
        (person(away_until=date(2026, 11, 28)), leader()),
        (SAM, leader(left_at=at("2026-11-20"))),
        (SAM, leader(paused_until=date(2026, 11, 28))),
        (SAM, leader(quiet=True, silent_rounds=2)),
        (SAM, leader(joined_at=at("2026-11-27", "09:01"))),
        (person(nation="IN-XX"), leader()),
    ],
    ids=["away", "left", "paused", "quiet", "joined just now", "of an unknown nation"],
)
def test_nothing_is_sent_to_a_leader_who_is(who: Person, one: Leader) -> None:
    found = planned("11-27 09:30", who, AMIR, leaders=[one, leader("amir")], kinds=KINDS)
    assert {entry.person_id for entry in found.entries} - {None} == {"amir"}
    assert "checkin:g7:2026-W49:amir" in names(found)
    assert found.unreadable == (("sam",) if who.nation == "IN-XX" else ())


def test_a_leader_back_from_away_is_asked_on_their_first_morning() -> None:
    back = person(away_until=date(2026, 11, 30))
    found = planned("11-30 07:59", back)
    assert (found.next_at, say_upcoming(found.next_what)) == (at("2026-11-30", "09:00"), "check-in for Sam")
    assert names(planned("11-30 09:00", back)) == ["checkin:g7:2026-W49:sam"]


def test_the_clock_of_the_demo_is_told_what_comes_next_and_never_who_has_not_answered() -> None:
    waiting = asked(CheckIn(person_id="sam", round=ROUND.name), at("2026-11-27", "09:00"), A_MESSAGE)
    said = []
    for now in ("11-27 08:00", "11-30 07:00", "12-01 17:00", "12-02 09:00", "12-03 12:00", "12-10 09:00"):
        checkins = {} if now == "11-27 08:00" else {"sam": waiting}
        latest = ROUND if now < "12-02 10:00" else replace(ROUND, digested=True)
        found = planned(now, SAM, checkins=checkins, latest=latest)
        said.append(f"{utc(found.next_at)} {say_upcoming(found.next_what)}")
    assert said == [
        "Fri 27 Nov 09:00 check-in for Sam",
        "Mon 30 Nov 08:00 a nudge",
        "Tue 01 Dec 18:00 answers close in Young carers",
        "Wed 02 Dec 10:00 digest of Young carers",
        "Fri 04 Dec 10:00 capture of Young carers",
        "Thu 10 Dec 10:00 the next round of Young carers",
    ]


def test_the_clock_of_the_demo_passes_over_quiet_days_and_the_bot_sleeps_a_day_at_most() -> None:
    found = planned("12-04 11:00", SAM, latest=replace(ROUND, digested=True))
    assert (utc(found.next_at), say_upcoming(found.next_what)) == (
        "Thu 10 Dec 10:00",
        "the next round of Young carers",
    )
    assert found.look_again_at == at("2026-12-05", "11:00")


def test_a_look_at_whether_a_digest_went_is_nothing_that_happens() -> None:
    found = planned("12-02 12:00", SAM)
    assert (utc(found.look_again_at), say_upcoming(found.next_what)) == (
        "Wed 02 Dec 12:15",
        "capture of Young carers",
    )


def test_a_meeting_that_moved_takes_its_capture_with_it() -> None:
    moved = move(group(), "2026-12-03", "2026-12-08")
    posted = replace(ROUND, digested=True)
    assert names(planned("12-04 10:00", SAM, of=moved, latest=posted)) == []
    assert names(planned("12-09 10:00", SAM, of=moved, latest=posted)) == ["capture:g7:2026-W49"]


def test_a_monthly_group_is_asked_each_week_and_caught_up_with_after_each_meeting() -> None:
    life = Life(group(FIRST_THURSDAYS), [SAM], kinds=EVERY_FORTNIGHT)
    assert story(life.live(at("2026-11-27", "11:00"), at("2026-12-05"))) == [
        "Mon 30 Nov 09:00 checkin:g7:2026-W49:sam",
        "Wed 02 Dec 09:36 nudge:g7:2026-W49:sam",
        "Fri 04 Dec 10:00 digest:g7:2026-W49",
        "Fri 04 Dec 10:00 capture:g7:2026-W49",
    ]


def test_a_new_group_is_not_asked_about_a_meeting_before_its_time() -> None:
    fresh = replace(group(), set_up_at=at("2026-11-19", "16:00"))
    assert names(planned("11-20 10:00", SAM, of=fresh, latest=None)) == []
    assert names(planned("11-20 10:00", SAM, latest=None)) == ["capture:g7:2026-W47"]


def test_an_empty_group_asks_nobody_anything() -> None:
    assert names(planned("12-04 10:00", latest=replace(ROUND, digested=True), kinds=KINDS)) == []
    found = planned("11-27 09:00", kinds=KINDS)
    assert (names(found), found.look_again_at) == ([], at("2026-11-28", "09:00"))


def test_a_leader_whose_person_was_erased_is_passed_over() -> None:
    assert names(planned("11-27 09:00", AMIR, leaders=[leader("gone"), leader("amir")])) == [
        "checkin:g7:2026-W49:amir"
    ]


def test_each_of_two_hundred_leaders_is_asked_once() -> None:
    found = planned("11-27 09:00", *[person(f"p{number}") for number in range(200)])
    assert len(set(names(found))) == len(found.entries) == 200


def test_what_waited_past_the_end_of_their_hours_waits_for_the_next_morning() -> None:
    checkin = planned("11-27 17:00", SAM).entries[0]
    rhythm = group().rhythm
    assert when_to_send(checkin, SAM, rhythm, at("2026-11-27", "17:30")) == at("2026-11-27", "17:30")
    assert when_to_send(checkin, SAM, rhythm, at("2026-11-27", "18:30")) == at("2026-11-30", "08:00")
    assert when_to_send(checkin, SAM, rhythm, at("2026-11-30", "18:00")) is None


def test_a_digest_that_is_slow_to_go_holds_the_next_round_back_only_until_it_went() -> None:
    life = Life(group(replace(group().rhythm.meeting, interval=1), checkin_days_before=10), [SAM])
    life.live(at("2026-11-20", "11:00"), at("2026-12-10"))
    for one, following in zip(life.rounds, life.rounds[1:], strict=False):
        assert one.digest_at < following.closes_at - timedelta(hours=24)
    assert [one.name for one in life.rounds] == ["2026-W48", "2026-W49", "2026-W50", "2026-W51"]
    held = planned("12-02 12:00", SAM)
    assert held.look_again_at == at("2026-12-02", "12:15")


def test_a_round_opened_early_for_somebodys_words_does_not_hide_the_digest_before_it() -> None:
    early = coming_round(group(), ROUND, at("2026-12-02", "10:00"))
    found = plan(
        snapshot_of(group(), {"sam": leader()}, {"sam": SAM}, early, {}, ROUND),
        at("2026-12-02", "10:00"),
        EVERY_FORTNIGHT,
    )
    assert names(found) == ["digest:g7:2026-W49"]
    assert early.name == "2026-W51"


@settings(unhurried, max_examples=5)
@given(groups, st.integers(0, 300))
def test_looking_only_when_told_to_misses_nothing(of: Group, day: int) -> None:
    start = at("2027-03-01") + timedelta(days=day)
    told, often = (Life(of, [SAM, AMIR, person("kai", "Pacific/Honolulu", "US")]) for _ in range(2))
    told.live(start, start + timedelta(days=14))
    often.live(start, start + timedelta(days=14), every=timedelta(minutes=50))
    assert told.sent == often.sent
    assert told.looks < often.looks / 3
