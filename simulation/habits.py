"""What people are like, in chances; and what they decide to do about what reaches them. Pure but for the dice."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from random import Random


class Act(StrEnum):
    """What somebody may decide to do."""

    NOTHING_NEW = "nothing new"
    ANSWER = "answer"
    SKIP = "skip"
    STUCK = "stuck"
    SAY_MORE = "say more"
    ADD_A_LINE = "add a line"
    READ_IT_ALL = "read it all"
    HELP = "help"
    CHANGE = "change"
    PULL_BACK = "pull it back"
    ASK = "ask"
    SAY_YES = "yes"
    KNOW = "know someone"
    SAY_NO = "no"
    INTRODUCE = "introduce"
    TAKE_UP = "take it up"
    ANSWER_QUESTION = "answer the question"
    CAN_LIVE = "can live with it"
    WOULD_CHANGE = "would change it"
    PULSE = "choose"
    LOOK = "look what for"
    PLACE = "place them"
    DRAFT_AGAIN = "draft again"


@dataclass(frozen=True)
class Habit:
    """Chances are of one, hours from when a message came, weeks from the beginning.

    `answers`: to a check-in by themselves; `when_reminded`: to the reminder, or to the check-in the group has
    closed by then. `one_tap`: of those answers, *Nothing new*. `joins`: in what is put to all; `begins`: whether
    they put something to all themselves. `away`: from which week, for how many days.
    """

    name: str
    answers: float = 0.0
    hours: tuple[float, float] = (0.1, 5.0)
    when_reminded: float = 0.0
    one_tap: float = 0.4
    tends: float = 0.0
    reads: float = 0.0
    joins: float = 0.0
    begins: bool = False
    away: tuple[int, int] | None = None
    leaves: int | None = None


PROMPT = Habit("prompt", answers=0.95, when_reminded=0.8, tends=0.35, reads=0.7, joins=0.8, begins=True)
LATE = Habit("late", when_reminded=0.75, hours=(2.0, 30.0), tends=0.1, reads=0.2, joins=0.4)
SILENT = Habit("silent")
AWAY = Habit("away", answers=0.9, when_reminded=0.5, tends=0.2, reads=0.3, joins=0.6, away=(2, 17))
LEAVING = Habit("leaving", answers=0.8, tends=0.2, reads=0.2, joins=0.3, leaves=6)
EXTERNAL = Habit(
    "external", answers=0.9, when_reminded=0.8, one_tap=0.2, tends=0.3, reads=0.5, joins=0.8, begins=True
)
IN_THREE_GROUPS = Habit(
    "in three groups", answers=0.9, when_reminded=0.5, one_tap=0.7, tends=0.2, reads=0.3, joins=0.5
)

STUCK, SAYS_MORE, HELPS, SKIPS, ASKS = 0.2, 0.3, 0.35, 0.1, 0.3
"""Chances: of who tends something, at a check-in; of whoever reads a digest; of who means not to answer; and of
whoever has read a digest, to be after something."""

SAYS_YES, KNOWS, SAYS_NO, INTRODUCES, TAKES_UP = 0.45, 0.15, 0.2, 0.8, 0.3
"""Chances of who answers at all, where something is put to them."""

WOULD_CHANGE, LOOKS = 0.3, 0.8
"""Chances: of who says something of a purpose that is put to all, to want other words; and of who puts things to
all, when they answer a check-in, to look what else there is."""

CHANGES, PULLS_BACK = 0.12, 0.08
"""Chances: of who has answered in a form, to think again."""

Decided = list[tuple[timedelta, Act]]
"""Each act, and how long after the message."""
Decide = Callable[[Habit, Random], Decided]


def on_check_in(habit: Habit, dice: Random, *, tends: bool) -> Decided:
    """A check-in has come, with buttons for what they tend where they do."""
    if dice.random() >= habit.answers:
        return [(_later(habit, dice), Act.SKIP)] if habit.answers and dice.random() < SKIPS else []
    looks = [(_later(habit, dice), Act.LOOK)] if habit.begins and dice.random() < LOOKS else []
    return _answering(habit, dice, tends=tends) + looks


def on_reminder(habit: Habit, dice: Random) -> Decided:
    """They were reminded, so they had not answered. A reminder has no *Nothing new* on it."""
    return [(_later(habit, dice), Act.ANSWER)] if dice.random() < habit.when_reminded else []


def on_answered(dice: Random) -> Decided:
    """They think again within three days: before the digest, or after it."""
    chance = dice.random()
    act = Act.CHANGE if chance < CHANGES else Act.PULL_BACK if chance < CHANGES + PULLS_BACK else None
    return [(timedelta(hours=round(dice.uniform(0.2, 72), 1)), act)] if act else []


def on_capture(habit: Habit, dice: Random) -> Decided:
    return [(_later(habit, dice), Act.ADD_A_LINE)] if dice.random() < habit.tends else []


def on_digest(habit: Habit, dice: Random) -> Decided:
    read = [(_later(habit, dice), Act.READ_IT_ALL)] if dice.random() < habit.reads else []
    if not read:
        return []
    helps = [(_later(habit, dice), Act.HELP)] if dice.random() < HELPS else []
    asks = [(_later(habit, dice), Act.ASK)] if dice.random() < ASKS else []
    return read + helps + asks


def on_ask(habit: Habit, dice: Random) -> Decided:
    """An ask that may be for them: silence is an answer too."""
    chance, acts = dice.random(), ((SAYS_YES, Act.SAY_YES), (KNOWS, Act.KNOW), (SAYS_NO, Act.SAY_NO))
    for share, act in acts if _answers_at_all(habit) else ():
        if chance < share:
            return [(_later(habit, dice), act)]
        chance -= share
    return []


def on_yes(habit: Habit, dice: Random) -> Decided:
    """Somebody has said yes to what they were after."""
    return [(_later(habit, dice), Act.INTRODUCE)] if dice.random() < INTRODUCES else []


def on_unheld(habit: Habit, dice: Random) -> Decided:
    """What nobody holds any more is put to them."""
    takes = _answers_at_all(habit) and dice.random() < TAKES_UP
    return [(_later(habit, dice), Act.TAKE_UP)] if takes else []


def on_question(habit: Habit, dice: Random) -> Decided:
    """A question that everybody answers alone, until a day."""
    return _joining(habit, dice, Act.ANSWER_QUESTION)


def on_purpose(habit: Habit, dice: Random) -> Decided:
    return _joining(habit, dice, Act.WOULD_CHANGE if dice.random() < WOULD_CHANGE else Act.CAN_LIVE)


def on_pulse(habit: Habit, dice: Random) -> Decided:
    """Two taps, beside a check-in that they mean to answer."""
    return [(_later(habit, dice), Act.PULSE)] if dice.random() < habit.answers else []


def on_review(habit: Habit, dice: Random) -> Decided:
    return _joining(habit, dice, Act.PLACE)


def on_change_asked(habit: Habit, dice: Random) -> Decided:
    """Somebody would change the words they drafted."""
    return [(_later(habit, dice), Act.DRAFT_AGAIN)]


def if_read(decide: Decide) -> Decide:
    """Of a post in the channel: nobody has to look there."""

    def decided(habit: Habit, dice: Random) -> Decided:
        return decide(habit, dice) if dice.random() < habit.reads else []

    return decided


def _joining(habit: Habit, dice: Random, act: Act) -> Decided:
    return [(_later(habit, dice), act)] if dice.random() < habit.joins else []


def _answering(habit: Habit, dice: Random, *, tends: bool) -> Decided:
    when = _later(habit, dice)
    how = Act.NOTHING_NEW if dice.random() < habit.one_tap else Act.ANSWER
    if how is Act.ANSWER and tends:
        chance = dice.random()
        more = Act.STUCK if chance < STUCK else Act.SAY_MORE if chance < STUCK + SAYS_MORE else None
        if more:
            return [(when, more), (when + timedelta(minutes=2), Act.ANSWER)]
    return [(when, how)]


def _answers_at_all(habit: Habit) -> bool:
    return bool(habit.answers or habit.when_reminded)


def _later(habit: Habit, dice: Random) -> timedelta:
    return timedelta(minutes=round(dice.uniform(*habit.hours) * 60))
