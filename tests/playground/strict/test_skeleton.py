"""Judging the shape of a block instead of the block: never another verdict. The rules: see `test_rules`."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground import rules, skeleton
from tests.playground.bad_blocks import BAD
from tests.playground.bad_parts import BAD_PARTS
from tests.playground.blocks import actions, button, menu, option, section
from tests.playground.good_blocks import GOOD
from tests.playground.parts import card, cell, container, data_table, line, piece, rich, table

Json = dict[str, Any]
WORDS = st.one_of(
    st.text(max_size=40),
    st.sampled_from(["", " ", "\n", "\x00", "\x001:8", "&lt;", "ة", "👩‍👧"]),
    st.integers(0, 3005).map(lambda length: "x" * length),
)
SHORT = st.one_of(st.text(max_size=5), st.integers(70, 260).map(lambda length: "y" * length))
BLOCKS = st.one_of(
    st.builds(section, WORDS, block_id=SHORT),
    st.builds(
        lambda one, two, value: actions(button(one, "a", value=value), button(two, "b")), SHORT, SHORT, WORDS
    ),
    st.builds(lambda one, id_, id2: actions(button(one, id_), button(one, id2)), SHORT, SHORT, SHORT),
    st.builds(
        lambda one, two, first: actions(menu("m", one, two, initial_option=option(first))), SHORT, SHORT, SHORT
    ),
    st.builds(lambda words: {"type": "markdown", "text": words}, WORDS),
    st.builds(lambda words: rich(line(piece(text=words))), WORDS),
    st.builds(lambda words, text: table() | {"rows": [[cell(words), rich(line(piece(text=text)))]]}, WORDS, WORDS),
    st.builds(lambda one, two: data_table() | {"rows": [[cell(one)], *[[cell(two)]] * 9]}, WORDS, WORDS),
    st.builds(lambda one, two: container(section("a", block_id=one), section("b", block_id=two)), SHORT, SHORT),
    st.builds(lambda one, two: card(actions=[button("a", one), button("b", two)]), SHORT, SHORT),
)


def exactly(block: Json) -> list[str]:
    """The verdict on the block itself."""
    found = list(rules.outline.blocks([block], "/blocks", "message"))
    return [one.code for one in found or rules._alone(block, "/blocks/0", "message")]


@given(BLOCKS)
def test_the_shape_never_passes_what_the_rules_refuse(block: Json) -> None:
    if rules._passes(block, "message"):
        assert exactly(block) == []


@pytest.mark.parametrize("name", BAD | BAD_PARTS)
def test_no_bad_block_passes_by_its_shape_alone(name: str) -> None:
    surface, payload, *_ = (BAD | BAD_PARTS)[name]
    assert rules.judge(payload, surface)  # type: ignore[arg-type]
    assert rules.judge(payload, surface), "and not the second time either"  # type: ignore[arg-type]


def test_most_good_messages_are_judged_by_shape() -> None:
    known = [
        block for surface, payload in GOOD.values() if surface == "message" for block in payload.get("blocks", [])
    ]
    assert sum(rules._passes(block, "message") for block in known) > len(known) * 0.8


def test_other_words_have_the_same_shape_and_other_keys_do_not() -> None:
    one, two = section("Sam said this."), section("Jo said that.")
    assert skeleton.shape(one) == skeleton.shape(two) != skeleton.shape(section("Sam", block_id="b"))


def test_the_same_words_twice_are_another_shape() -> None:
    assert skeleton.shape(actions(button("a", "x"), button("b", "x"))) != skeleton.shape(
        actions(button("a", "x"), button("b", "y"))
    )
