"""Inquiries: a question that somebody puts to all. Each answers alone until a day; then they are shown together.

The question is one record, which every look at the group loads. The answers lie apart, each under whoever wrote it:
until the day is over nobody's screen loads any but the reader's own. What the question's record then says of an
answer is its id, and who wrote it only where they put their name to it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime
from enum import StrEnum
from hashlib import sha256
from types import MappingProxyType

import msgspec
from msgspec.structs import replace

from bot.domain.groups import MessageRef
from bot.domain.problems import Problem, ProblemCode, only_own

LEAST_WITHOUT_NAME = 3
LEAST_WHO_COULD = 5
"""Answers without a name are shown only where there are so many, and so many people could have written them."""

REPLY_LETTERS = 9_000
AROUND_AN_ANSWER = 200
"""Characters of answers in one reply in the thread, and of the name and label around each."""
MOST_IN_A_REPLY = 40


class Otherwise(StrEnum):
    """What becomes of an answer without a name where too few are."""

    NAME = "name"
    HOLD = "hold"


class InquiryAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """What one person wrote. `id` says nothing of who they are."""

    id: str
    text: str
    at: datetime
    named: bool = True
    otherwise: Otherwise = Otherwise.HOLD


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """An answer that was shown; `by` is empty where it has no name, else `called` says who that was then, by id;
    `reply` is which of the replies it stands in.
    One that is withdrawn has no words any more; in the thread it is changed from `gone_from` on.
    `text` is of one without a name whose author was erased: what is left of it, for good or until `gone_from`."""

    id: str
    by: str = ""
    reply: int = 0
    withdrawn_at: datetime | None = None
    gone_from: datetime | None = None
    called: dict[str, str] = {}
    text: str = ""


class Reply(msgspec.Struct, frozen=True, kw_only=True):
    """Some of the answers, in the thread under the question. `without` counts the withdrawn ones that it shows as
    such. `given_up` is why it will never be there; `refused_at` when Slack last would not have it changed."""

    posted: MessageRef | None = None
    without: int = 0
    given_up: str = ""
    refused_at: datetime | None = None


class Grouping(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody put answers together: under that heading, or, where it is empty, under none. All are kept."""

    id: str
    heading: str
    answers: tuple[str, ...]
    by: str
    at: datetime


class Inquiry(msgspec.Struct, frozen=True, kw_only=True):
    """It waits its turn until `opened_at`. `day` is the one that was chosen, None for the brief's; while it is open
    `closes_at` says when answers close, and `round` which meeting's brief that goes with. `changes` counts what
    changed for its post, of which `drawn` are in Slack. `answers` are as shuffled when it closed; `settled`: what
    was held back is deleted. Where its asker took it back, that is when it closed, and no answer is shown.
    `called` is how its asker was called as it opened, by id. `unshown`: it closed as the group had ended, and no
    answer is shown. `waits_until`: what its post says of the pause in which its day came, see `open_until`.
    """

    id: str
    by: str
    question: str
    at: datetime
    day: date | None = None
    opened_at: datetime | None = None
    closes_at: datetime | None = None
    round: str = ""
    posted: MessageRef | None = None
    changes: int = 0
    drawn: int = 0
    refused_at: datetime | None = None
    closed_at: datetime | None = None
    settled: bool = False
    answers: tuple[Shown, ...] = ()
    replies: tuple[Reply, ...] = ()
    groupings: tuple[Grouping, ...] = ()
    taken_back_at: datetime | None = None
    called: dict[str, str] = {}
    unshown: bool = False
    waits_until: date | None = None

    @property
    def waits(self) -> bool:
        """For its turn: neither opened nor taken back."""
        return self.opened_at is None and self.closed_at is None

    @property
    def under_way(self) -> bool:
        """Opened, and its answers not shown yet."""
        return self.opened_at is not None and self.closed_at is None

    def open(self, now: datetime) -> bool:
        """Whether it can be answered."""
        return self.under_way and self.closes_at is not None and now < self.closes_at


def ask(
    inquiries: Iterable[Inquiry], *, id: str, by: str, question: str, day: date | None, now: datetime
) -> Inquiry:
    """A new one, which waits its turn; the same again where the form was sent twice. Raises Problem where it says
    nothing, and where they have one waiting."""
    if not question:
        raise Problem(ProblemCode.INQUIRY_EMPTY, "question")
    if any(one.by == by and one.waits and one.id != id for one in inquiries):
        raise Problem(ProblemCode.INQUIRY_WAITS, "question")
    return Inquiry(id=id, by=by, question=question, day=day, at=now)


def take_back(stored: Inquiry | None, by: str, now: datetime) -> Inquiry | None:
    """By its asker. One that waits leaves nothing; one that is under way closes, with no answer shown. Twice is
    once. Raises Problem for another's, and once its answers are shown."""
    if stored is None or stored.taken_back_at:
        return stored
    only_own(stored.by, by)
    if stored.waits:
        return None
    if stored.closed_at:
        raise Problem(ProblemCode.INQUIRY_CLOSED)
    return replace(stored, taken_back_at=now, closed_at=now, changes=stored.changes + 1)


def answer(stored: InquiryAnswer | None, new: InquiryAnswer) -> InquiryAnswer:
    """Edited, it keeps its id. Raises Problem where nothing is written."""
    if not new.text:
        raise Problem(ProblemCode.INQUIRY_ANSWER_EMPTY, "answer")
    return replace(new, id=stored.id) if stored else new


def closed(
    inquiry: Inquiry,
    answers: Mapping[str, InquiryAnswer],
    could: Collection[str],
    now: datetime,
    called: Mapping[str, str] = MappingProxyType({}),
    *,
    unshown: bool = False,
) -> Inquiry:
    """Its answers are shown: in an order that says nothing, once for all. `answers` are by who wrote them, of those
    in the group; `could` is who could have written one, and `called` how each is called. None is where it is to
    close `unshown`. Closed already, it stays as it is.
    """
    if inquiry.closed_at is not None:
        return inquiry
    if unshown:
        return replace(inquiry, closed_at=now, changes=inquiry.changes + 1, unshown=True)
    # ids are drawn by lot, so this order says nothing of who wrote first, or what; and it is the same however often
    # it is asked for
    found = sorted(
        disclosed(answers, could).items(),
        key=lambda pair: sha256(f"{inquiry.id}.{pair[0]}".encode()).hexdigest(),
    )
    lengths = {one.id: len(one.text) for one in answers.values()}
    shown: list[Shown] = []
    reply, room, held = 0, REPLY_LETTERS, 0
    for id_, by in found:
        weight = lengths[id_] + AROUND_AN_ANSWER
        if held and (weight > room or held == MOST_IN_A_REPLY):
            reply, room, held = reply + 1, REPLY_LETTERS, 0
        shown.append(Shown(id=id_, by=by, reply=reply, called={by: called[by]} if by in called else {}))
        room, held = room - weight, held + 1
    return replace(
        inquiry,
        closed_at=now,
        changes=inquiry.changes + 1,
        answers=tuple(shown),
        replies=(Reply(),) * (reply + 1) if shown else (),
    )


def disclosed(answers: Mapping[str, InquiryAnswer], could: Collection[str]) -> dict[str, str]:
    """The ids of those that are shown, each with who wrote it; empty where it has no name. Whoever put their name
    to an answer can't have written one without, and so is not among those who could.
    """
    named = {one.id: by for by, one in answers.items() if one.named}
    without = {by: one for by, one in answers.items() if not one.named}
    crowd = {*could, *without} - {*named.values()}
    if len(without) >= LEAST_WITHOUT_NAME and len(crowd) >= LEAST_WHO_COULD:
        return named | {one.id: "" for one in without.values()}
    return named | {one.id: by for by, one in without.items() if one.otherwise is Otherwise.NAME}


def withdraw(inquiry: Inquiry, answer_id: str, now: datetime, gone_from: datetime) -> Inquiry:
    """It was shown; twice is once."""
    gone = tuple(
        replace(one, withdrawn_at=now, gone_from=gone_from)
        if one.id == answer_id and one.withdrawn_at is None
        else one
        for one in inquiry.answers
    )
    return replace(inquiry, answers=gone)


def author_erased(inquiry: Inquiry, own: InquiryAnswer, gone_from: datetime | None, now: datetime) -> Inquiry:
    """With a name it is withdrawn at once. Without one its words stand on until `gone_from`, or for good where that
    is None: what went as somebody was erased would be known for theirs."""
    if any(one.id == own.id and one.by for one in inquiry.answers):
        return withdraw(inquiry, own.id, now, now)
    kept = tuple(
        replace(one, text=own.text, gone_from=gone_from)
        if one.id == own.id and one.withdrawn_at is None and not one.text
        else one
        for one in inquiry.answers
    )
    return replace(inquiry, answers=kept)


def let_go(inquiry: Inquiry, now: datetime) -> Inquiry:
    """Without the words that stood on until now after their author was erased."""
    gone = tuple(
        replace(one, text="", withdrawn_at=now) if one.text and one.gone_from and one.gone_from <= now else one
        for one in inquiry.answers
    )
    return replace(inquiry, answers=gone)


def standing(inquiry: Inquiry) -> list[Shown]:
    """The answers that are not withdrawn, in the order in which they are shown."""
    return [one for one in inquiry.answers if one.withdrawn_at is None]


def withdrawn(inquiry: Inquiry, reply: int, now: datetime) -> int:
    """How many of a reply are to be shown there as withdrawn by now."""
    return sum(one.reply == reply and one.gone_from is not None and one.gone_from <= now for one in inquiry.answers)


def with_reply(inquiry: Inquiry, number: int, reply: Reply) -> Inquiry:
    """IndexError where there is no reply of that number yet: replies are made as it closes."""
    return replace(inquiry, replies=(*inquiry.replies[:number], reply, *inquiry.replies[number + 1 :]))
