"""A moment as it stands in an entry or a button: what was written is read back, and nothing else is read."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import moments

NO_MOMENTS = (
    "",
    "over",
    "20261127",
    "2026112718000000000",
    "202611271800000000000",
    "2026-W48180000000000",
    "20261327180000000000",
    "20261127250000000000",
    "2026112718000000000٠",
    "20261127 80000000000",
)


@given(st.datetimes(min_value=datetime.fromisoformat("1970-01-01"), timezones=st.just(UTC)))
def test_what_is_written_is_read_back_to_the_microsecond(at: datetime) -> None:
    assert moments.read(moments.written(at)) == at


@pytest.mark.parametrize("text", NO_MOMENTS)
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(ValueError):  # by what it says is for nobody: callers read none of it
        moments.read(text)
