"""Asks of groups that people invented who had not seen the rule, and chose who is right for each."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.matching import FIRST_TWO, FOUR_MORE, answers, ours, read, share

WANTED = 0.8


@pytest.mark.parametrize("path", [FIRST_TWO, FOUR_MORE], ids=lambda path: path.stem)
def test_four_asks_in_five_find_somebody_right_among_the_first_three_and_plain_words_fewer(path: Path) -> None:
    found, plainly = answers(read(path)), answers(read(path), "plain")
    assert len(found) >= 40
    assert share(found) >= WANTED, [one.ask.words for one in found if not one.right]
    assert share(plainly) < share(found)


@pytest.mark.parametrize("path", [FIRST_TWO, FOUR_MORE], ids=lambda path: path.stem)
def test_the_cases_are_whole(path: Path) -> None:
    for group in read(path).groups:
        ids = {one.id for one in group.people}
        for ask in group.asks:
            assert ask.by in ids
            assert {*ask.right} <= ids - {ask.by}
            assert ask.by not in ours(group, ask)
