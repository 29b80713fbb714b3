"""*Later today* once its time has gone by, and the nudge that is never late."""

from __future__ import annotations

from datetime import timedelta

from bot.domain.checkins import LAST_HOURS, CheckIn, asked, postponed, reminder_missed
from scheduler.kinds import plan
from tests.domain.test_due import ROUND, SAM, planned
from tests.domain.young_carers import A_MESSAGE, at, group, leader, snapshot_of

NEW = CheckIn(person_id="sam", round=ROUND.name)
NOON = at("2026-11-27", "12:05")
PUT_OFF = postponed(asked(NEW, at("2026-11-27", "09:00"), A_MESSAGE), ROUND, at("2026-11-27", "09:05"), NOON)


def test_a_later_that_did_not_come_is_missed_a_quarter_of_an_hour_after_its_time() -> None:
    before, after = (planned(f"11-27 {clock}", SAM, checkins={"sam": PUT_OFF}) for clock in ("12:19", "12:20"))
    assert (len(before.entries), len(after.entries)) == (1, 0)
    missed = [reminder_missed(PUT_OFF, at("2026-11-27", clock)) for clock in ("12:19", "12:20")]
    assert missed == [False, True]


def test_a_nudge_is_not_sent_late_into_the_windows_last_four_hours() -> None:
    """60 % of the window have gone five minutes before those begin."""
    last = ROUND.closes_at - LAST_HOURS
    opened = ROUND.closes_at - (LAST_HOURS + timedelta(minutes=5)) / 0.4
    waiting = {"sam": asked(NEW, opened, A_MESSAGE)}
    [nudge] = plan(
        snapshot_of(group(), {"sam": leader()}, {"sam": SAM}, ROUND, waiting), last - timedelta(minutes=5)
    ).entries
    assert (nudge.due_at, nudge.expires_at) == (last - timedelta(minutes=5), last)
