"""Words made safe to show: nothing that can't be seen counts, nothing is cut in half, nothing turns the page."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.views.words import (
    as_plain,
    blank,
    contained,
    cut,
    cut_bytes,
    cut_markup,
    escape,
    listed_within,
    one_line,
    quote,
)
from tests.views.sound import assert_escaped


@pytest.mark.parametrize(
    "unseen", ["", " \n\t", "\u200b\u200d", "\ufeff", "\u3164", "\u2800", "\ufe0f", "\u00ad", "\x00"]
)
def test_what_nobody_can_see_is_nothing(unseen: str) -> None:
    assert blank(unseen)


@pytest.mark.parametrize("seen", ["x", "*", "👍", "e\u0301", "ش", " \u200ba"])
def test_what_somebody_can_see_is_something(seen: str) -> None:
    assert not blank(seen)


@given(st.text(alphabet="&<> ax👍", max_size=200), st.integers(10, 120))
def test_no_entity_is_cut_in_half(typed: str, most: int) -> None:
    shown = cut_markup(escape(typed), most)
    assert len(shown) <= most
    assert_escaped(shown)


@given(st.text(max_size=300), st.integers(1, 200))
def test_what_fits_stays_and_what_does_not_is_marked(typed: str, most: int) -> None:
    shown = cut(typed, most)
    assert shown == typed if len(typed) <= most else len(shown) <= most and shown.endswith("…")


@given(st.text(max_size=300))
def test_one_line_is_one_line_and_stays_as_it_is(typed: str) -> None:
    line = one_line(typed, 80)
    assert len(line.splitlines()) <= 1
    assert one_line(line, 80) == line


def test_a_name_cannot_turn_the_words_beside_it() -> None:
    assert one_line("Sam\u202e\u2066", 80) == "Sam"


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("As it is.", "As it is."),
        ("\u202eabc", "\u202eabc\u202c"),
        ("\u202e\u2067abc", "\u202e\u2067abc\u2069\u202c"),
        ("\u2067\u202eabc\u2069d", "\u2067\u202eabc\u2069d"),
        ("\u202eevil\u202c good", "\u202eevil\u202c good"),
        ("\u2069\u202cabc", "abc"),
    ],
)
def test_what_turns_somebodys_words_ends_with_them(typed: str, shown: str) -> None:
    assert contained(typed) == shown
    assert contained(shown) == shown


@given(st.text("a\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069", max_size=30))
def test_only_marks_that_close_what_they_did_not_open_are_taken_away(typed: str) -> None:
    shown = contained(typed)
    opened = re.sub("[\u202c\u2069]", "", typed)
    assert re.sub("[\u202c\u2069]", "", shown) == opened
    assert contained(shown) == shown


@given(st.lists(st.text("ab", min_size=1, max_size=30), min_size=1, max_size=50), st.integers(40, 400))
def test_a_list_that_does_not_fit_says_how_many_more(names: list[str], most: int) -> None:
    shown = listed_within(names, most)
    assert len(shown) <= most
    left = len(names) - sum(shown.replace(" and ", ", ").split(", ").count(n) for n in set(names))
    assert left == 0 or f"{left} more" in shown or shown == f"{len(names)} of them"


@pytest.mark.parametrize(
    ("markup", "read"),
    [
        ("<@U0JO> and <@U0WHO> &amp; &lt;b&gt;", "@Jo and @somebody & <b>"),
        ("<#C1|carers> <#C2> <!here> <!subteam^S1|@leads>", "#carers #a channel @here @leads"),
        ("<https://a.example|the lead> <https://a.example>", "the lead https://a.example"),
        ("<mailto:jo@a.example>", "jo@a.example"),
        ("&amp;lt;", "&lt;"),
        ("a < b", "a < b"),
        ("", ""),
    ],
)
def test_as_plain__a_message_reads_as_it_was_shown(markup: str, read: str) -> None:
    assert as_plain(markup, {"U0JO": "Jo"}) == read


@given(
    st.lists(st.sampled_from(["\u202e", "\u2067", "a", "’", " ", "&", "\u202c", "\u2069"]), max_size=400),
    st.integers(40, 600),
)
def test_words_cut_to_so_many_bytes_leave_no_turn_of_direction_open(typed: list[str], most: int) -> None:
    shown = cut_bytes(escape(contained("".join(typed) * 3)), most)
    assert len(shown.encode()) <= most
    assert contained(shown) == shown
    assert not re.search(r"&(?!amp;|lt;|gt;)", shown)


def test_quotation_marks_inside_a_quotation_are_single_ones() -> None:
    assert quote("Ask “who is at home?” on two wards", 80) == "“Ask ‘who is at home?’ on two wards”"
