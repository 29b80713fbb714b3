"""What the figures say of a quarter in which something went wrong, and how the table reads."""

from __future__ import annotations

from dataclasses import replace

import pytest
from inline_snapshot import snapshot

from simulation.figures import Figures, Row
from simulation.growth import sizes
from simulation.table import table

GOOD = Figures(
    weeks=13,
    groups=1,
    leaders=9,
    unasked=Row(110, 1.1, 2),
    unasked_nine=Row(110, 1.1, 2),
    taps={"answer": Row(20, 2.0, 2), "nothing new": Row(30, 1.0, 1)},
    words={"digest": Row(6, 90.5, 150)},
    posts=Row(12, 1.0, 1),
    check_ins=60,
    answered=50,
    together={
        "questions": 1,
        "answers": 6,
        "answers shown": 5,
        "wordings of a purpose": 3,
        "changes asked": 1,
        "came to stand": 2,
        "reviews": 1,
        "placed by": 6,
        "commitments shown": 3,
    },
    pulses=[4, 6],
    pulses_shown=1,
    asks=4,
    asks_that_found_somebody=1,
    said_to_everyone=30,
    said_to_nobody=12,
    lost=[],
    doubled=[],
    stale=[],
    leaked=[],
    untimely=[],
)


def test_a_good_quarter_has_nothing_to_say_but_its_figures() -> None:
    assert (GOOD.broken, GOOD.missed) == ([], [])
    assert table(GOOD, 7) == snapshot("""\
9 leaders in 1 group, 13 weeks, seed 7

                                    of    mean  most
Unasked messages, leader a week    110    1.10     2
Posts in a channel, day with any    12    1.00     1
Taps to answer, answer              20    2.00     2
Taps to answer, nothing new         30    1.00     1
Words in a digest                    6   90.50   150

Check-ins answered: 50 of 60, 83%
Asks that found somebody: 1 of 4
Questions to all: 1, answered by 6, shown 5
Wordings of a purpose: 3, 1 asked to be changed, 2 came to stand
Pulses: 2, answered by 4, 6, shown 1
Reviews: 1, placed by 6, commitments shown 3
Sentences saved: 30 for everyone, 12 for their author alone
Lost: 0
Sent twice: 0
Private words found elsewhere than with their author: 0
Shown after it was changed or pulled back: 0
While away, after leaving or out of hours: 0
""")


@pytest.mark.parametrize("what", ["lost", "doubled", "stale", "leaked", "untimely"])
def test_whatever_must_not_be_is_a_broken_promise(what: str) -> None:
    found = replace(GOOD, **{what: ["Sam's words"]})
    assert len(found.broken) == 1
    assert "\nBroken. " in table(found, 7)


def test_a_third_message_in_a_week_is_one_too() -> None:
    assert replace(GOOD, unasked=Row(110, 1.1, 3)).broken == ["3 unasked messages reached one leader in one week."]


def test_so_is_a_second_post_in_a_channel_on_one_day() -> None:
    found = replace(GOOD, posts=Row(12, 1.1, 2))
    assert found.broken == ["2 posts of ours stood in one channel on one day."]


def test_what_is_wanted_of_the_nine_and_missed_is_said() -> None:
    found = replace(
        GOOD,
        unasked_nine=Row(110, 1.4, 2),
        taps={"nothing new": Row(30, 1.1, 2)},
        words={"digest": Row(6, 200.0, 221)},
    )
    assert found.missed == snapshot(
        [
            "1.40 unasked messages a leader and week; 1.3 are wanted.",
            "A check-in with nothing new took 2 taps; 1 is wanted.",
            "A digest had 221 words; at most 220 are wanted.",
        ]
    )


def test_a_mean_is_no_mean_of_one_week() -> None:
    assert replace(GOOD, weeks=1, unasked_nine=Row(9, 1.4, 2)).missed == []


@pytest.mark.parametrize(("most", "played"), [(2, [1, 2]), (40, [1, 4, 40]), (2000, [20, 200, 2000])])
def test_growth_is_seen_at_three_sizes(most: int, played: list[int]) -> None:
    assert sizes(most) == played
