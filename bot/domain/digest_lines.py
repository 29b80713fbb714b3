"""A digest's commitments: under which heading each stands, and what is said of it."""

from __future__ import annotations

from collections.abc import Container, Iterable
from datetime import datetime
from enum import StrEnum

import msgspec

from bot.domain.commitments import Commitment, Progress, State
from bot.domain.endings import ending
from bot.domain.put_to import TakenUp
from bot.domain.stuck import stuck_by, stuck_since


class Part(StrEnum):
    """Where a commitment stands in a digest, in this order; what is held is counted only."""

    NEW = "new"
    MOVED = "moved"
    STUCK = "stuck"
    DONE = "done"
    LET_GO = "let_go"
    HELD = "held"


_PART_OF = {State.STUCK: Part.STUCK, State.DONE: Part.DONE, State.LET_GO: Part.LET_GO}


class Moved(StrEnum):
    """What moved last, where nobody said it in words: that somebody took it up, that a step happened, or where it
    stands by whoever said so."""

    TAKEN_UP = "taken_up"
    STEP = "step"
    MOVING = "moving"
    TENDING = "tending"
    STUCK = "stuck"
    CHANGED = "changed"


class CommitmentLine(msgspec.Struct, frozen=True, kw_only=True):
    """`by` says the `note`. `since` is since when it is stuck, `stuck` who is; `helpers` offered help."""

    commitment_id: str
    what: str
    state: State
    tenders: tuple[str, ...]
    note: str = ""
    part: Part | None = None
    by: str = ""
    since: datetime | None = None
    stuck: tuple[str, ...] = ()
    helpers: tuple[str, ...] = ()
    moved: Moved | None = None

    @property
    def of_one(self) -> bool:
        """Whether the note is one's, and others tend it: it would be read as theirs."""
        return self.by != "" and self.tenders != (self.by,)

    @property
    def stuck_alone(self) -> tuple[str, ...]:
        """Who is stuck, where others tend it who are not, and the note beside it is not theirs."""
        known = {*self.tenders} <= {*self.stuck} or (self.note and self.stuck == (self.by,))
        return () if known else self.stuck

    @property
    def stands_under(self) -> Part:
        """Digests from before November 2026 held what had moved, by its state."""
        return self.part or _PART_OF.get(self.state, Part.MOVED)


def commitment_lines(
    commitments: Iterable[Commitment], since: datetime, here: Container[str]
) -> tuple[CommitmentLine, ...]:
    """In the order of their parts; within each, the oldest first. `here`: who is in the group; what others said and
    no digest has posted went with them."""
    found = [(part, c) for c in commitments if (part := part_of(c, since, here))]
    order = list(Part)
    lines = []
    for part, c in sorted(found, key=lambda pair: (order.index(pair[0]), pair[1].made_at, pair[1].id)):
        last, stuck = said_last(c, since, here), stuck_by(c, here)
        line = CommitmentLine(
            commitment_id=c.id,
            what=c.what,
            state=c.state,
            tenders=tuple(id_ for id_ in c.tenders if id_ in here),
            note=last.note if last else "",
            by=last.by if last else "",
            part=part,
            moved=moved(c, since, here),
            since=stuck_since(c, stuck[0]) if stuck else None,
            stuck=tuple(stuck),
            helpers=tuple(id_ for id_ in c.helpers if id_ in here),
        )
        lines.append(line)
    return tuple(lines)


def said_last(c: Commitment, since: datetime, here: Container[str]) -> Progress | None:
    """The newest words on it of somebody who is `here`; of what has ended its maker's, on that."""
    if not c.state.open:
        end = _end_since(c, since)
        return end if end and end.note and end.by in here else None
    return next((line for line in reversed(c.history) if line.note and _told(line, since, here)), None)


def _end_since(c: Commitment, since: datetime) -> Progress | None:
    end = ending(c)
    return end if end and end.at > since else None


def _told(line: Progress | TakenUp, since: datetime, here: Container[str]) -> bool:
    return line.at > since and line.by in here


def part_of(c: Commitment, since: datetime, here: Container[str]) -> Part | None:
    """None for what ended before."""
    if not c.state.open:
        return _PART_OF[c.state] if _end_since(c, since) else None
    if stuck_by(c, here):
        return Part.STUCK
    if c.made_at > since:
        return Part.NEW
    return Part.MOVED if told_since(c, since, here) else Part.HELD


def told_since(c: Commitment, since: datetime, here: Container[str]) -> bool:
    """Whether anybody who is `here` said how it goes, or took it up; or it was made, or ended. What others say
    after its end stands in its history alone."""
    if not c.state.open:
        return _end_since(c, since) is not None
    if c.made_at > since:
        return True
    said: list[Progress | TakenUp] = [*c.history, *c.taken_up]
    return any(_told(line, since, here) for line in said)


def moved(c: Commitment, since: datetime, here: Container[str]) -> Moved | None:
    """Of what is open and was not made since; None where nothing did."""
    if not c.state.open or c.made_at > since:
        return None
    last = max((line for line in c.history if _told(line, since, here)), key=lambda line: line.at, default=None)
    taken = max((one.at for one in c.taken_up if _told(one, since, here)), default=None)
    if taken and (last is None or last.at < taken):
        return Moved.TAKEN_UP
    if last is None:
        return None
    if last.step:
        return Moved.STEP
    # one who tends it, and did not make it, may have said in an earlier version that it is done
    return Moved(last.state) if last.state.open else None
