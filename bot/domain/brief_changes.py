"""What becomes of a brief: lines come and go, it is drawn, and its post follows the words it was made of."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from msgspec.structs import replace

from bot.domain import posted
from bot.domain.asks import Ask, AskState
from bot.domain.brief import LINES_EACH, Added, Brief, BriefLine, Why
from bot.domain.commitments import Commitment
from bot.domain.digest import Digest
from bot.domain.problems import Problem, ProblemCode


def add(brief: Brief, new: Added) -> Brief:
    """The brief with a line of somebody's; the same again adds nothing. Raises Problem where it says nothing, they
    have two already, or it is on its way."""
    if any(one.id == new.id for one in brief.added):
        return brief
    if not new.text:
        raise Problem(ProblemCode.BRIEF_LINE_EMPTY, "line")
    check_room(brief, new.by)
    return replace(brief, added=(*brief.added, new))


def check_room(brief: Brief, by: str) -> None:
    """Raises Problem where they can add no line."""
    if brief.drawn_at:
        raise Problem(ProblemCode.BRIEF_CLOSED)
    if sum(one.by == by for one in brief.added) >= LINES_EACH:
        raise Problem(ProblemCode.BRIEF_LINES_FULL, most=LINES_EACH)


def without_added(brief: Brief, ids: Collection[str]) -> Brief:
    """Without those lines, which another brief has gathered."""
    return replace(brief, added=tuple(one for one in brief.added if one.id not in ids))


def strike(brief: Brief, line: BriefLine, by: str, now: datetime) -> Brief:
    """Without that line, for good, from the channel too. Raises Problem for whoever's words it does not hold."""
    if by not in line.whose:
        raise Problem(ProblemCode.NOT_YOUR_WORDS)
    if line.key in brief.struck:
        return brief
    without = tuple(one for one in brief.added if line.why is not Why.ADDED or one.id != line.id)
    left = replace(brief, struck={**brief.struck, line.key: now}, added=without)
    return with_lines(left, tuple(one for one in brief.lines if one.key != line.key), now)


def with_lines(brief: Brief, lines: tuple[BriefLine, ...], now: datetime) -> Brief:
    """Lines that are drawn already, as they should read now."""
    if lines == brief.lines:
        return brief
    changed = {id_ for line in brief.lines if line not in lines for id_ in line.whose}
    return replace(
        brief,
        lines=lines,
        corrected_at=now,
        corrections=brief.corrections + 1,
        uncorrected=tuple(sorted({*brief.uncorrected, *changed})),
    )


def moved(brief: Brief, meeting_at: datetime, now: datetime) -> Brief:
    """A brief that is drawn, for its meeting as that now is."""
    if meeting_at == brief.meeting_at:
        return brief
    return replace(brief, meeting_at=meeting_at, corrected_at=now, corrections=brief.corrections + 1)


def drawn(brief: Brief, lines: tuple[BriefLine, ...], now: datetime) -> Brief:
    """About to be posted. One that was drawn before may be in Slack already, for all we know, and is then changed
    to these lines."""
    return with_lines(brief, lines, now) if brief.drawn_at else replace(brief, lines=lines, drawn_at=now)


def followed(
    brief: Brief,
    commitments: Mapping[str, Commitment],
    asks: Mapping[str, Ask],
    digest: Digest | None,
    here: Collection[str],
    now: datetime,
) -> Brief:
    """A brief that is drawn, its lines as the words they were taken from now are. Where things stand by now is not
    said: that is for the next one. The words of who has left stay as they were posted. `digest`: of the round that
    its lines are from, if it is known.
    """
    lines = [_followed(line, commitments, asks, digest, here) for line in brief.lines]
    return with_lines(brief, tuple(line for line in lines if line), now)


def _followed(
    line: BriefLine,
    commitments: Mapping[str, Commitment],
    asks: Mapping[str, Ask],
    digest: Digest | None,
    here: Collection[str],
) -> BriefLine | None:
    if line.whose[0] not in here:
        return line
    if line.why in (Why.STUCK, Why.LET_GO):
        c = commitments.get(line.id)
        if c is None:
            return line
        said = next((one for one in c.history if one.at == line.since), None)
        if said is None:  # taken back
            return None
        return replace(line, text=c.what, learnt=said.note if line.why is Why.LET_GO else "")
    if line.why is Why.ASK:
        ask = asks.get(line.id)
        return None if ask and ask.state is AskState.WITHDRAWN else line
    if line.why is Why.AHEAD and digest and digest.round == line.round:
        text = next((one.question for one in digest.plates if one.person_id == line.id), "")
        return replace(line, text=text) if text else None
    return line


def redrawn(brief: Brief, after: int) -> Brief:
    """As `posted.redrawn`."""
    return replace(posted.shows(brief, after), refusal_told=())


def gone(brief: Brief) -> Brief:
    """Somebody deleted it: nothing is left there to be corrected. As `posted.gone`."""
    return replace(brief, shown=brief.corrections, uncorrected=(), refusal_told=())
