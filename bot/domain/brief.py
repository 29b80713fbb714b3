"""The brief: one phone screen before a meeting. Which lines it has, and why each is there; see docs/brief.md."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta
from enum import StrEnum

import msgspec
from msgspec.structs import replace

from bot.domain.asks import Ask
from bot.domain.commitments import Commitment, State
from bot.domain.digest import Correctable, Digest
from bot.domain.endings import ending
from bot.domain.questions import Question, question_of
from bot.domain.stuck import stuck_by, stuck_since

MOST_LINES, LINES_EACH = 7, 2
LONGEST_LINE = 140
"""Characters of a line that somebody adds."""

MOST_WORDS, HEADING_WORDS = 120, 20
TEXT_WORDS, LEARNT_WORDS = 15, 12
"""Of the text of a line that nobody wrote for the brief, and of what was learnt; an added one stands whole."""
TAG_WORDS, NAME_WORDS = 5, 4
"""Of why a line is there, and of the name in it."""


class Why(StrEnum):
    """Why a line is there. What comes first stands first, and is the last to be left out."""

    ADDED = "added"
    STUCK = "stuck"
    ASK = "ask"
    APART = "apart"
    PURPOSE = "purpose"
    LET_GO = "let_go"
    AHEAD = "ahead"


class BriefLine(msgspec.Struct, frozen=True, kw_only=True):
    """`id` is of what it is about: an added line, a commitment, a person. `whose` are the people whose words it
    holds, the one it names first, `name` as they were called then, or as the place
    was that it is credited to. `since` is when that was said, `learnt` what
    came of it, `round` the digest that it was taken from.
    """

    why: Why
    id: str
    text: str
    whose: tuple[str, ...]
    name: str = ""
    since: datetime | None = None
    learnt: str = ""
    round: str = ""

    @property
    def key(self) -> str:
        """One in a brief."""
        return f"{self.why}.{self.id}"


class Added(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    by: str
    at: datetime
    text: str

    @property
    def key(self) -> str:
        """As of the line that it becomes."""
        return f"{Why.ADDED}.{self.id}"


class Brief(Correctable, frozen=True, kw_only=True):
    """What people added and struck for a meeting, and the post made of it. `round` is the week of its meeting.

    `struck` says by a line's key when it was struck; the words of an added one are gone then. `lines` are as posted
    or about to be, from `drawn_at` on, and follow what changes. `refusal_told` are those who know why Slack still
    shows their words.
    """

    group_id: str
    round: str
    added: tuple[Added, ...] = ()
    struck: dict[str, datetime] = msgspec.field(default_factory=dict)
    group_name: str = ""
    meeting_at: datetime | None = None
    drawn_at: datetime | None = None
    lines: tuple[BriefLine, ...] = ()
    corrected_at: datetime | None = None
    refusal_told: tuple[str, ...] = ()


def found(
    brief: Brief | None,
    commitments: Iterable[Commitment],
    digest: Digest | None,
    names: Mapping[str, str],
    since: datetime,
    asks: Iterable[Ask] = (),
    more: Iterable[BriefLine] = (),
) -> list[BriefLine]:
    """Every line there could be, in its order. `names` are of those who are in the group now: nobody else is named,
    and what somebody added who has left since is left out. `since` is the meeting before; `digest` the one before
    the brief, where it is posted; `asks` are those still open, of which quiet ones stand nowhere;
    `more` are lines of other nouns.
    """
    kept = list(commitments)
    lines = [
        *_added(brief),
        *_stuck(kept, names),
        *_let_go(kept, since, names),
        *_ahead(digest),
        *sorted(
            (
                BriefLine(why=Why.ASK, id=ask.id, text=ask.what, whose=(ask.by,), since=ask.opened_at or ask.at)
                for ask in asks
                if not ask.quiet
            ),
            key=_oldest_first,
        ),
        *more,
    ]
    struck = brief.struck if brief else {}
    here = [replace(line, name=line.name or names[line.whose[0]]) for line in lines if line.whose[0] in names]
    order = list(Why)
    return sorted((line for line in here if line.key not in struck), key=lambda line: order.index(line.why))


def chosen(lines: Iterable[BriefLine]) -> tuple[BriefLine, ...]:
    """Those that a phone's screen has room for: the first seven, as long as all stay within the words. What has no
    room keeps out what comes after it, so that nothing goes before what it stands behind."""
    left = MOST_WORDS - HEADING_WORDS
    taken: list[BriefLine] = []
    for line in lines:
        left -= words_of(line)
        if len(taken) == MOST_LINES or left < 0:
            break
        taken.append(line)
    return tuple(taken)


STILL_WANTED = timedelta(weeks=13)
"""How long a line waits for a brief: a group that was silent for longer begins anew."""


def gathered(own: Brief, briefs: Mapping[str, Brief], now: datetime) -> Brief:
    """A brief before it is drawn, with the lines that people added to others and that the channel never had: of a
    meeting that is skipped or has been, or whose brief could not be posted or had no room for them. From the newest
    that was posted on: drawing one gathers them. What was struck there of a commitment, or of a person, is struck
    here only where that brief was never posted either: such a line has its key again when they say something anew.
    After a quarter it is let go. `briefs`: the group's, by name."""
    others = {name: one for name, one in briefs.items() if name != own.round}
    last = max((name for name, one in others.items() if one.posted), default="")
    never_had = [one for name, one in others.items() if name > last and not one.posted]
    struck = {key: at for one in (*never_had, own) for key, at in one.struck.items()}
    over = {key for one in (*others.values(), own) for key in one.struck}
    over |= {line.key for one in others.values() if one.posted for line in one.lines}
    waiting = {
        one.id: one
        for name, each in others.items()
        if name >= last
        for one in each.added
        if one.at > now - STILL_WANTED
    }
    added = {**waiting, **{one.id: one for one in own.added}}
    left = tuple(one for one in added.values() if one.key not in over)
    return replace(own, added=left, struck=struck)


def repeats(lines: Iterable[BriefLine], before: Brief) -> bool:
    """Whether each stood in the brief before, in the same words."""
    stood = {(line.key, line.text, line.learnt) for line in before.lines}
    return all((line.key, line.text, line.learnt) in stood for line in lines)


def words_of(line: BriefLine) -> int:
    """How many words it takes on the screen: what somebody added counts whole, of the rest what is shown at
    most."""
    text = len(line.text.split())
    text = text if line.why is Why.ADDED else min(TEXT_WORDS, text)
    return text + min(LEARNT_WORDS, len(line.learnt.split())) + min(NAME_WORDS, len(line.name.split())) + TAG_WORDS


def _added(brief: Brief | None) -> list[BriefLine]:
    """The first line of each, then the second of each, so that nobody takes up all the room by being early."""
    of: dict[str, list[Added]] = {}
    for one in sorted(brief.added if brief else (), key=lambda one: (one.at, one.id)):
        of.setdefault(one.by, []).append(one)
    ordered = [each[n] for n in range(LINES_EACH) for each in of.values() if n < len(each)]
    return [BriefLine(why=Why.ADDED, id=one.id, text=one.text, whose=(one.by,), since=one.at) for one in ordered]


def _stuck(commitments: list[Commitment], here: Collection[str]) -> list[BriefLine]:
    """In the name of who has been stuck with it longest; whoever made it may strike it too."""
    lines = []
    for c in commitments:
        by = next(iter(stuck_by(c, here)), None)
        if by:
            whose = tuple(dict.fromkeys((by, c.made_by)))
            since = stuck_since(c, by)
            lines.append(BriefLine(why=Why.STUCK, id=c.id, text=c.what, whose=whose, since=since))
    return sorted(lines, key=_oldest_first)


def _let_go(commitments: list[Commitment], since: datetime, here: Collection[str]) -> list[BriefLine]:
    """What was let go since the meeting before; with what was learnt first, by those who are `here`."""
    lines = []
    for c in commitments:
        end = ending(c)
        if end and c.state is State.LET_GO and end.at > since:
            whose = tuple(dict.fromkeys((c.made_by, end.by)))
            learnt = end.note if end.by in here else ""
            lines.append(BriefLine(why=Why.LET_GO, id=c.id, text=c.what, whose=whose, since=end.at, learnt=learnt))
    return sorted(lines, key=lambda line: (not line.learnt, _oldest_first(line)))


def _ahead(digest: Digest | None) -> list[BriefLine]:
    """Answers to *Who is already ahead?*, where that was the round's question and they stand in its digest; each is
    credited to the place."""
    if digest is None or digest.posted is None or question_of(digest.question).id != Question.ALREADY_AHEAD:
        return []
    return [
        BriefLine(
            why=Why.AHEAD,
            id=line.person_id,
            text=line.question,
            whose=(line.person_id,),
            name=line.organisation,
            round=digest.round,
        )
        for line in digest.plates
        if line.question
    ]


def _oldest_first(line: BriefLine) -> tuple[datetime, str]:
    assert line.since is not None
    return line.since, line.id
