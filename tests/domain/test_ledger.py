"""A person's week: at most two unasked, and each of their groups in its turn."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from math import ceil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.ledger import DMS_A_WEEK, Claim, Ledger, Wish, choose, noted, week_of
from tests.domain.young_carers import person, unhurried

SAM = person()
MONDAY = datetime(2026, 11, 23, tzinfo=UTC)
NINE, DAY, WEEK = timedelta(hours=9), timedelta(days=1), timedelta(weeks=1)


def wish(name: str, claim: Claim = Claim.CHECK_IN, day: int = 0, lasts: timedelta = DAY) -> Wish:
    at = MONDAY + day * DAY + NINE
    return Wish(name=name, claim=claim, at=at, until=at + lasts)


def ledger(**wishes: tuple[Wish, ...]) -> Ledger:
    """With the groups' wishes, in the order in which they have waited."""
    return Ledger(wishes=wishes, queue=tuple(wishes))


def test_a_nudge_on_monday_does_not_take_the_place_of_a_check_in_on_friday() -> None:
    one = ledger(a=(wish("nudge", Claim.NUDGE),), b=(wish("b", day=3),), c=(wish("c", day=4),))
    assert choose(one, SAM, [], MONDAY + NINE) == ["b", "c"]


def test_a_letter_goes_before_a_nudge_and_after_check_ins() -> None:
    one = ledger(a=(wish("nudge", Claim.NUDGE), wish("letter", Claim.LETTER, day=1), wish("check-in", day=2)))
    assert choose(one, SAM, [], MONDAY) == ["check-in", "letter"]


def test_the_group_that_has_waited_longest_comes_first_whatever_its_id_and_day() -> None:
    one = ledger(z=(wish("z", day=4),), b=(wish("b"),), a=(wish("a"),))
    assert choose(one, SAM, [], MONDAY) == ["z", "b"]


def test_a_group_with_two_check_ins_in_a_week_does_not_take_both_places() -> None:
    one = ledger(a=(wish("old"), wish("new", day=1)), b=(wish("b", day=4),))
    assert choose(one, SAM, [], MONDAY) == ["old", "b"]


def test_what_counts_already_leaves_less_room_and_ends_its_groups_turn() -> None:
    one = ledger(a=(wish("a"), wish("again", day=1)), b=(wish("b", day=1),))
    assert choose(one, SAM, ["a"], MONDAY) == ["b"]
    assert choose(one, SAM, ["a", "an older Between's"], MONDAY) == []


def test_what_is_no_longer_worth_sending_or_is_for_another_week_keeps_no_place() -> None:
    one = ledger(a=(wish("a"),), b=(wish("b", day=7),), c=(wish("c", day=2),))
    assert choose(one, SAM, [], MONDAY + DAY + NINE) == ["c"]


def test_whose_message_went_and_who_is_new_stand_last_in_the_queue() -> None:
    before = ledger(a=(wish("a"),), b=(wish("b"),))
    after = noted(before, "c", (wish("c"),), groups=["a", "b", "d", "c"], taken=["a"])
    assert after.queue == ("b", "a", "d", "c")
    assert after.wishes == {"a": (), "b": (wish("b"),), "c": (wish("c"),)}


def test_a_group_that_the_person_has_left_leaves_the_ledger() -> None:
    before = ledger(a=(wish("a"),), b=(wish("b"),))
    assert noted(before, "b", (), groups=["b"], taken=[]) == ledger(b=())


def test_the_turn_is_over_of_a_group_that_wishes_something_else_by_now() -> None:
    before = ledger(a=(wish("a"),), b=(wish("b"),))
    assert noted(before, "a", (wish("a2"),), groups=["a", "b"], taken=["a"]).queue == ("b", "a")


@pytest.mark.parametrize("stored", [None, ledger(a=(wish("a"),)), ledger(b=(), a=(wish("a"),), c=())])
@pytest.mark.parametrize("taken", [[], ["a"]])
def test_noted_twice_is_noted_once(stored: Ledger | None, taken: list[str]) -> None:
    once = noted(stored, "a", (wish("a"),), groups=["a", "b", "c"], taken=taken)
    assert noted(once, "a", (wish("a"),), groups=["a", "b", "c"], taken=taken) == once


@dataclass(frozen=True)
class Habits:
    """Of one group: the week it comes, its day for check-ins in each week, for how many days one is worth sending
    (over the weekend too), and when its nudge follows."""

    comes: int
    days: list[int]
    lasts: int
    nudge_after: int


WEEKS = 14
habits = st.builds(
    Habits,
    comes=st.integers(0, 6),
    days=st.lists(st.integers(0, 4), min_size=WEEKS + 1, max_size=WEEKS + 1),
    lasts=st.integers(1, 6),
    nudge_after=st.integers(1, 4),
)


@dataclass
class Lived:
    """Weeks of one person in several groups, each of which asks in each. `order`: in which the groups look."""

    groups: list[Habits]
    order: list[int]
    ledger: Ledger = field(default_factory=Ledger)
    taken: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    nudges: dict[int, Wish] = field(default_factory=dict)
    served: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))

    def live(self) -> None:
        for number in range(WEEKS * 7):
            now = MONDAY + number * DAY + NINE
            for group in self.order:
                if number >= self.groups[group].comes * 7 and now.weekday() < 5:
                    self._look(group, now)

    def _look(self, group: int, now: datetime) -> None:
        wishes = self._wishes(group, now)
        ids = [f"g{n}" for n, one in enumerate(self.groups) if now >= MONDAY + one.comes * WEEK]
        week = week_of(SAM, now)
        taken = self.taken[week] | self.taken[week_of(SAM, now - WEEK)]
        self.ledger = noted(self.ledger, f"g{group}", wishes, groups=ids, taken=taken)
        for wish in wishes:
            if wish.at <= now < wish.until and wish.name in choose(self.ledger, SAM, self.taken[week], now):
                self.taken[week].add(wish.name)
                if wish.claim is Claim.CHECK_IN:
                    self.served[group].append((now - MONDAY).days // 7)
                    at = now + self.groups[group].nudge_after * DAY
                    nudge = Wish(name=f"nudge of {wish.name}", claim=Claim.NUDGE, at=at, until=at + DAY)
                    self.nudges[group] = nudge

    def _wishes(self, group: int, now: datetime) -> tuple[Wish, ...]:
        """This week's check-in unless it has gone, last week's if it is still worth it, the coming one, a nudge."""
        one, this = self.groups[group], (now - MONDAY).days // 7
        check_ins = [
            Wish(name=f"g{group} {n}", claim=Claim.CHECK_IN, at=at, until=at + one.lasts * DAY)
            for n in range(max(one.comes, this - 1), this + 2)
            for at in (MONDAY + n * WEEK + one.days[n] * DAY + NINE,)
        ]
        nudge = [self.nudges[group]] if group in self.nudges else []
        gone = set().union(*self.taken.values())
        return tuple(wish for wish in (*check_ins, *nudge) if wish.name not in gone and now < wish.until)


@pytest.mark.slow
@unhurried
@given(st.lists(habits, min_size=1, max_size=6), st.randoms(use_true_random=False))
def test_never_above_two_a_week_and_each_group_in_its_turn(groups: list[Habits], dice: object) -> None:
    order = list(range(len(groups)))
    dice.shuffle(order)  # type: ignore[attr-defined]
    lived = Lived(groups, order)
    lived.live()
    assert all(len(names) <= DMS_A_WEEK for names in lived.taken.values())
    longest = ceil(len(groups) / 2) + 1
    for number, one in enumerate(groups):
        weeks = [one.comes - 1, *lived.served[number], WEEKS]
        assert all(later - earlier <= longest for earlier, later in pairwise(weeks)), (number, weeks)
