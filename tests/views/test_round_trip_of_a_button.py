"""What a button aims at is read back as it was written; rubbish is not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.problems import Problem, ProblemCode
from bot.views import action_payload
from bot.views.action_payload import ActionPayload
from tests.views.test_round_trip import unhurried

ids = st.from_regex(r"[A-Za-z0-9-]{0,16}", fullmatch=True)


@given(st.builds(ActionPayload, group=ids, subject=ids, page=st.integers(0, 99)))
@unhurried
def test_what_a_button_aims_at(aimed: ActionPayload) -> None:
    assert action_payload.read(action_payload.write(aimed)) == aimed


@pytest.mark.parametrize(
    "rubbish", [None, "", "{", "null", "[]", "7", '{"n":"x"}', '{"g":1}', "\ud800", "x" * 3000, '{"g":"}{"}']
)
def test_a_button_with_rubbish_in_it_says_where_a_fresh_one_is(rubbish: str | None) -> None:
    with pytest.raises(Problem, match=ProblemCode.OLD_BUTTON):
        action_payload.read(rubbish)
