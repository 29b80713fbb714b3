"""A round and a check-in, for tests."""

from __future__ import annotations

from datetime import date, datetime

from hypothesis import strategies as st

from bot.domain.checkins import (
    CheckIn,
    answered,
    asked,
)
from bot.domain.rhythm import Rhythm
from tests.domain.young_carers import (
    A_MESSAGE,
    THURSDAYS,
    at,
    group,
    opened,
    person,
    utc,
)

RHYTHM = Rhythm(meeting=THURSDAYS)


def now_answered(checkin: CheckIn, *_: object) -> CheckIn:
    return answered(checkin)


CLOSED = "That check-in has closed. Nothing to do."
ROUND = opened(group(), at("2026-11-27", "12:00"))
"""Opens on Friday 27 November, closes on Tuesday 1 December at 18:00, for the meeting on Thursday 3 December."""
WAITING = CheckIn(person_id="sam", round=ROUND.name)
ASKED = asked(WAITING, at("2026-11-27", "09:00"), A_MESSAGE)


def when(moment: datetime | None) -> str:
    return utc(moment) if moment else "never"


people = st.builds(
    person,
    st.just("sam"),
    st.sampled_from(
        ["Europe/London", "Asia/Kathmandu", "Pacific/Kiritimati", "Pacific/Midway", "America/St_Johns"]
    ),
    st.sampled_from(["", "GB", "GB-SCT", "IN", "US", "IL", "JP"]),
    hour=st.sampled_from(["06:00", "08:00", "09:00", "12:30", "17:45", "18:00"]),
    away_until=st.one_of(st.none(), st.dates(date(2026, 11, 20), date(2026, 12, 10))),
)
