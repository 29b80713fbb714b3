"""What the play comes to: the figures of the table, and the promises that were broken."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from statistics import mean

from bot.domain.ledger import DMS_A_WEEK
from bot.domain.outbox import Kind
from simulation.play import Play
from simulation.tally import Tally
from simulation.words import is_private, is_sealed

MOST_WORDS = {Kind.DIGEST: 220, Kind.BRIEF: 120, Kind.WELCOME: 90}
"""In the default group's messages, everything that is read in them counted."""
MEAN_UNASKED, MEANT_FOR_WEEKS = 1.3, 4
"""What a mean over so many weeks, or more, should be: one week may well hold a check-in and a reminder."""
ONE_TAP = "nothing new"


@dataclass(frozen=True)
class Row:
    """Of how many, the mean and the most."""

    count: int
    mean: float
    most: int


@dataclass(frozen=True)
class Figures:
    """`unasked`: a leader and week; `unasked_nine` are of those in the default group only. `taps` by the way a
    check-in was answered, `words` by the kind of message."""

    weeks: float
    groups: int
    leaders: int
    unasked: Row
    unasked_nine: Row
    taps: dict[str, Row]
    words: dict[str, Row]
    posts: Row
    """In a channel on a day that had any, beyond the panel, the digest and the brief."""
    check_ins: int
    answered: int
    together: dict[str, int]
    """Of a question to all, a purpose, pulses and a review: how often, answered by how many, shown."""
    pulses: list[int]
    """How many answered each pulse, in their order; and below, how many of these were shown."""
    pulses_shown: int
    asks: int
    asks_that_found_somebody: int
    said_to_everyone: int
    """Sentences that were saved; and below, those for their author alone."""
    said_to_nobody: int
    lost: list[str]
    doubled: list[str]
    stale: list[str]
    leaked: list[str]
    untimely: list[str]

    @property
    def broken(self) -> list[str]:
        """Promises, each in a sentence. What is only wanted is in `missed`."""
        faults = [*map("Lost: {}".format, self.lost), *map("Doubled: {}".format, self.doubled)]
        faults += [*map("Pulled back: {}".format, self.stale)]
        faults += [*map("Private words: {}".format, self.leaked), *map("Out of time: {}".format, self.untimely)]
        if self.unasked.most > DMS_A_WEEK:
            faults.append(f"{self.unasked.most} unasked messages reached one leader in one week.")
        if self.posts.most > 1:
            faults.append(f"{self.posts.most} posts of ours stood in one channel on one day.")
        return faults

    @property
    def missed(self) -> list[str]:
        """What is wanted of the default group, and is not so."""
        found = []
        if self.unasked_nine.mean > MEAN_UNASKED and self.weeks >= MEANT_FOR_WEEKS:
            found.append(
                f"{self.unasked_nine.mean:.2f} unasked messages a leader and week; {MEAN_UNASKED} are wanted."
            )
        if ONE_TAP in self.taps and self.taps[ONE_TAP].most > 1:
            found.append(f"A check-in with nothing new took {self.taps[ONE_TAP].most} taps; 1 is wanted.")
        for kind, most in MOST_WORDS.items():
            if kind in self.words and self.words[kind].most > most:
                found.append(f"A {kind} had {self.words[kind].most} words; at most {most} are wanted.")
        return found


async def figures(play: Play, weeks: float) -> Figures:
    """At the end of a play."""
    tally, stage = play.tally, play.stage
    taps: dict[str, list[int]] = defaultdict(list)
    for how, count in tally.answered.values():
        taps[how].append(count)
    for what, some in tally.sealed.together.taps.items():
        taps[what] += some
    nine = {one.id for group in play.groups if group.nine for one in group.leaders}
    ended = await stage.store.delivery.counts()
    stuck = [f"{count} messages ended as {how}" for how in ("unknown", "failed", "dead") if (count := ended[how])]
    return Figures(
        weeks=weeks,
        groups=len(play.groups),
        leaders=len(tally.people),
        unasked=_row([tally.weeks[week] for week in tally.leader_weeks(stage.now)]),
        unasked_nine=_row([tally.weeks[week] for week in tally.leader_weeks(stage.now) if week[0] in nine]),
        taps={how: _row(some) for how, some in sorted(taps.items())},
        words={str(kind): _row(some) for kind, some in sorted(tally.words.items())},
        posts=_row([*tally.posts.values()]),
        check_ins=len(tally.asked),
        answered=len(tally.answered),
        together=_together(tally),
        pulses=[len(one) for _, one in sorted(tally.sealed.together.pulses.items())],
        pulses_shown=len(tally.sealed.pulses_shown),
        asks=tally.asks,
        asks_that_found_somebody=len(tally.found),
        said_to_everyone=sum(not (is_private(mark) or is_sealed(mark)) for mark in tally.written.saved),
        said_to_nobody=sum(map(is_private, tally.written.saved)),
        lost=[*_lost(tally), *_unshown(tally), *stuck],
        stale=tally.stale,
        doubled=tally.doubled,
        leaked=[*tally.leaked, *tally.sealed.faults],
        untimely=tally.untimely,
    )


def _lost(tally: Tally) -> list[str]:
    """Words for everyone that nobody else was shown, though a digest came after them; and words for their author
    alone that the author asked to read, and was not shown."""
    written = tally.written
    shared = [
        f"{mark}, written at {written.at[mark]}"
        for mark in sorted(written.saved - tally.reached - set(written.withdrawn))
        if not (is_private(mark) or is_sealed(mark)) and _digested(tally, mark)
    ]
    return shared + [f"{mark}, which its author asked for" for mark in sorted(written.withheld)]


def _unshown(tally: Tally) -> list[str]:
    """Answers to a question that had its day, and were not shown with the others; some asked not to be."""
    sealed = tally.sealed
    return [
        f"{mark}, an answer to a question to all"
        for mark, one in sealed.together.answers.items()
        if one.channel in sealed.opened
        and (one.named or not one.held)
        and mark not in sealed.answers_shown
        and tally.people[one.author].left is None
    ]


def _together(tally: Tally) -> dict[str, int]:
    sealed, known = tally.sealed, tally.sealed.together
    return {
        "questions": known.questions,
        "answers": len(known.answers),
        "answers shown": len(sealed.answers_shown),
        "wordings of a purpose": known.wordings,
        "changes asked": known.changes_asked,
        "came to stand": sealed.stood,
        "reviews": known.reviews,
        "placed by": sum(map(len, known.placings.values())),
        "commitments shown": sealed.commitments_shown,
    }


def _digested(tally: Tally, mark: str) -> bool:
    newest = tally.digests.get(tally.written.channels[mark])
    return newest is not None and newest > tally.written.at[mark]


def _row(some: list[int]) -> Row:
    return Row(len(some), round(mean(some), 2) if some else 0.0, max(some, default=0))
