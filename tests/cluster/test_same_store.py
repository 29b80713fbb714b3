"""What the store holds on one server it holds on a cluster, behind sentinels and on Valkey: the same tests."""

from __future__ import annotations

from tests.cluster.shapes import on_all
from tests.store.test_index import *  # noqa: F403
from tests.store.test_records import *  # noqa: F403
from tests.store.test_two_writers import (
    test_a_hundred_counts_at_once_are_a_hundred,
    test_a_leader_who_stopped_waiting_leaves_no_words_for_the_next,
    test_jo_and_amir_each_add_a_line_and_both_lines_stay,
    test_two_bots_counting_against_each_other_lose_none,
    test_two_first_answers_at_once_do_not_hide_each_other,
)

__all__ = [
    "test_a_hundred_counts_at_once_are_a_hundred",
    "test_a_leader_who_stopped_waiting_leaves_no_words_for_the_next",
    "test_jo_and_amir_each_add_a_line_and_both_lines_stay",
    "test_two_bots_counting_against_each_other_lose_none",
    "test_two_first_answers_at_once_do_not_hide_each_other",
]

pytestmark = on_all()
