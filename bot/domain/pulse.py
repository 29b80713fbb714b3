"""The pulse: a question with a choice of answers, put to each alone. What is kept of it is how the answers were
spread, in bands.

While it is open one record holds who chose what. As it closes that record becomes the bands: in one write, so that
nobody can die between the two, and no number is ever stored.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

import msgspec
from msgspec.structs import replace

from bot.domain.bands import Band, bands
from bot.domain.problems import Problem, ProblemCode
from bot.domain.questions import QuestionSpec

LEAST_LEADERS = 7
"""In a smaller group nothing of the sort is asked."""

LEAST_ANSWERS = 5
"""Below it nothing is said, not even that something was asked."""

WEED = "weed"
"""The bot's own question: whoever says so would rather do without it."""

Tally = tuple[int, ...]
"""How many chose what, in the order of the question's choices."""


class Spread(msgspec.Struct, frozen=True, kw_only=True):
    """One answer's band."""

    choice: str
    band: Band


class Pulse(msgspec.Struct, frozen=True, kw_only=True):
    """`question` is a reference, so its version is in it. `answers` are the codes of choices by who chose them, and
    are empty once it is closed. `spread` is what may be shown from then on, empty where too few answered. `stop`:
    half of all leaders would do without the bot.
    """

    question: str
    answers: dict[str, str] = {}
    closed_at: datetime | None = None
    spread: tuple[Spread, ...] = ()
    stop: bool = False


def name_of_bots(round: str) -> str:
    """Of the record that holds what leaders think of the bot, as that round's digest asks it. That of a round's own
    pulse has the round's name."""
    return f"{round}.bot"


def answer(stored: Pulse | None, spec: QuestionSpec, by: str, choice: str) -> Pulse:
    """Theirs, or another in its place. Raises Problem once it has closed, and for a choice that there is not."""
    if choice not in spec.choices:
        raise Problem(ProblemCode.OLD_BUTTON)
    before = _open(stored) or Pulse(question=spec.reference)
    return replace(before, answers={**before.answers, by: choice})


def take_out(stored: Pulse | None, by: str) -> Pulse | None:
    """As if they had not answered. Raises Problem once it has closed."""
    return without(_open(stored), by)


def _open(stored: Pulse | None) -> Pulse | None:
    if stored and stored.closed_at:
        raise Problem(ProblemCode.PULSE_CLOSED)
    return stored


def without(stored: Pulse | None, by: str) -> Pulse | None:
    """Of a closed one nobody's is left."""
    if stored is None or by not in stored.answers:
        return stored
    return replace(stored, answers={id_: choice for id_, choice in stored.answers.items() if id_ != by})


def closed(
    stored: Pulse | None,
    spec: QuestionSpec,
    here: Sequence[str],
    before: Sequence[Spread],
    now: datetime,
    *,
    unshown: bool = False,
) -> Pulse:
    """Only how the answers of those who are `here` were spread. Closed already, it stays as it is. `before`: what
    was shown of this question last. `unshown`: it is deleted, and nothing is ever shown of it.

    The bot is to stop where half of all who are here say so, not half of those who answered: five of twenty are not
    to end what fifteen use without a word.
    """
    if stored and stored.closed_at:
        return stored
    given = [choice for by, choice in stored.answers.items() if by in here] if stored and not unshown else []
    counted = Counter(given)
    tally = tuple(counted[choice] for choice in spec.choices)
    enough = len(given) >= LEAST_ANSWERS
    return Pulse(
        question=spec.reference,
        closed_at=now,
        spread=shown(spec, tally, before),
        stop=enough and counted[WEED] * 2 >= len(here),
    )


def shown(spec: QuestionSpec, tally: Tally, before: Sequence[Spread] = ()) -> tuple[Spread, ...]:
    """What may be shown of so many answers, after `before` was.

    Bands that were shown stay for as long as one person more, or one fewer, would give just them. So where one
    person joins or leaves and all others answer as they did, nothing moves; what is shown is right to within one
    answer.
    """
    if sum(tally) < LEAST_ANSWERS:
        return ()
    held = tuple(before)
    fresh = spread(spec, tally)
    if held and held != fresh and any(spread(spec, one) == held for one in one_apart(tally)):
        return held
    return fresh


def spread(spec: QuestionSpec, tally: Tally) -> tuple[Spread, ...]:
    """Bands of so many answers by themselves. What one alone chose is never shown; so *nearly all* may be all or
    all but one, and stands alone."""
    if sum(tally) < LEAST_ANSWERS:
        return ()
    found = bands(dict(zip(spec.choices, tally, strict=True)))
    return tuple(Spread(choice=choice, band=band) for choice, band in found.items())


def one_apart(tally: Tally) -> Iterator[Tally]:
    """With one answer more, or one fewer."""
    for place, count in enumerate(tally):
        for step in (1, -1):
            if count + step >= 0:
                yield (*tally[:place], count + step, *tally[place + 1 :])


def last_shown(kept: Mapping[str, Pulse], spec: QuestionSpec) -> tuple[Spread, ...]:
    """Of this version of the question; `kept` are by their names, and a later round's sorts later."""
    names = sorted(name for name, one in kept.items() if one.question == spec.reference and one.spread)
    return kept[names[-1]].spread if names else ()
