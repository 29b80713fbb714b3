"""Plates: what a leader shares in a round, in two lanes and one question, each with its own audience."""

from __future__ import annotations

from enum import StrEnum

import msgspec

from bot.domain.commitments import State
from bot.domain.problems import Problem, ProblemCode

ORGANISATION_LANE = "organisation"
ME_LANE = "me"
QUESTION = "question"

LONGEST = 3000
"""Characters in one answer; Slack's own ceiling for an input."""


class Audience(StrEnum):
    """Who sees an answer. `ME` is shown to nobody else, in no digest, brief, export, chart or log."""

    GROUP = "group"
    ME = "me"


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """`pulled_back`: it was for everyone until its author pulled it back, in this round; the next one begins as
    before. `as_last_time`: the group was told these words already, so they are no news.
    """

    text: str
    audience: Audience
    pulled_back: bool = False
    as_last_time: bool = False


class Plate(msgspec.Struct, frozen=True, kw_only=True):
    """One leader's words in one round. A lane left empty is None."""

    person_id: str
    round: str
    organisation: Answer | None = None
    me: Answer | None = None
    question: Answer | None = None


class Words(msgspec.Struct, frozen=True, kw_only=True):
    """What came from a form for one answer; `text` empty means the lane is left empty."""

    text: str
    audience: Audience


def share(
    before: Plate | None,
    *,
    person_id: str,
    round: str,
    organisation: Words,
    me: Words,
    question: Words,
    last: Plate | None = None,
) -> Plate:
    """The plate after a form was sent; `last`: of an earlier one, what the group was told. Raises Problem where
    nothing was ever written.
    """
    plate = Plate(
        person_id=person_id,
        round=round,
        organisation=_answer(organisation, of(before, ORGANISATION_LANE), of(last, ORGANISATION_LANE)),
        me=_answer(me, of(before, ME_LANE), of(last, ME_LANE)),
        question=_answer(question, of(before, QUESTION), None),
    )
    if before is None and not answers(plate):
        raise Problem(ProblemCode.PLATE_EMPTY, ORGANISATION_LANE)
    return plate


def add(before: Plate | None, *, person_id: str, round: str, lane: str, words: Words) -> Plate:
    """With one thing more in a lane, under what stands there; what is there to the letter is not added again.
    Raises Problem where the lane has another audience, which is not for this to change, and where it gets too long.
    """
    there = of(before, lane)
    if there and there.audience is not words.audience:
        raise Problem(ProblemCode.LANE_FOR_ME if there.audience is Audience.ME else ProblemCode.LANE_FOR_EVERYONE)
    # a whole line of it, and not a part of one
    if before and there and f"\n{words.text}\n" in f"\n{there.text}\n":
        return before
    whole = f"{there.text}\n{words.text}" if there else words.text
    if len(whole) > LONGEST:
        raise Problem(ProblemCode.TYPED_TOO_LONG, length=len(whole), most=LONGEST)
    plate = before or Plate(person_id=person_id, round=round)
    return msgspec.structs.replace(plate, **{lane: Answer(text=whole, audience=words.audience)})


def answers(plate: Plate) -> list[Answer]:
    """Those that are there, in the order of the form."""
    return [answer for answer in (plate.organisation, plate.me, plate.question) if answer]


def of(plate: Plate | None, lane: str) -> Answer | None:
    """The answer in a lane, by the lane's constant; None where there is no plate."""
    return (
        {ORGANISATION_LANE: plate.organisation, ME_LANE: plate.me, QUESTION: plate.question}[lane]
        if plate
        else None
    )


def seen_by_group(answer: Answer | None) -> str:
    """The words, if the group may see them; else nothing at all."""
    return answer.text if answer and answer.audience is Audience.GROUP else ""


def news_to_group(answer: Answer | None) -> str:
    """As `seen_by_group`, but for words that the group was told last time."""
    return "" if answer is None or answer.as_last_time else seen_by_group(answer)


def private(plate: Plate | None) -> dict[str, Answer]:
    """The answers that only their author sees, by lane."""
    return {lane: answer for lane, answer in _by_lane(plate) if answer.audience is Audience.ME}


def shared(plate: Plate | None) -> dict[str, Answer]:
    """The answers for everyone, by lane."""
    return {lane: answer for lane, answer in _by_lane(plate) if answer.audience is Audience.GROUP}


def _by_lane(plate: Plate | None) -> list[tuple[str, Answer]]:
    each = [(lane, of(plate, lane)) for lane in (ORGANISATION_LANE, ME_LANE, QUESTION)]
    return [(lane, answer) for lane, answer in each if answer]


def told_earlier(plate: Plate) -> Plate:
    """What of it the group was told before, where nothing that was new in it ever came before them."""
    new = [lane for lane, answer in _by_lane(plate) if not answer.as_last_time]
    return msgspec.structs.replace(plate, **dict.fromkeys([*new, QUESTION]))


def said_again(plate: Plate, round: str) -> Plate | None:
    """In another round, what of it is for everyone; without the answer to its own round's question. None where
    nothing of that is news."""
    kept = {lane: answer for lane, answer in shared(plate).items() if lane != QUESTION}
    again = msgspec.structs.replace(Plate(person_id=plate.person_id, round=round), **kept)
    return again if has_news(again) else None


def pull_back(plate: Plate) -> Plate:
    """Every answer becomes *Just me*: nobody else sees it from now on, and its author loses nothing."""
    to_me = {
        lane: msgspec.structs.replace(answer, audience=Audience.ME, pulled_back=True)
        for lane, answer in shared(plate).items()
    }
    return msgspec.structs.replace(plate, **to_me)


def _answer(words: Words, before: Answer | None, last: Answer | None) -> Answer | None:
    """`before`, of this round; `last`, of an earlier one, which the form was filled with."""
    if not words.text:
        return None
    told = last is not None and seen_by_group(last) == words.text
    return Answer(
        text=words.text,
        audience=words.audience,
        pulled_back=words.audience is Audience.ME and before is not None and before.pulled_back,
        as_last_time=told and words.audience is Audience.GROUP,
    )


class PlateWords(msgspec.Struct, frozen=True, kw_only=True):
    """What the form holds: three answers, and where each commitment stands by its id."""

    organisation: Words
    me: Words
    question: Words
    states: dict[str, State] = {}


def has_news(plate: Plate) -> bool:
    """Whether anything of it is news to the group."""
    return bool(news_of(plate))


def news_of(plate: Plate | None) -> dict[str, str]:
    """What of it is news to the group, by lane."""
    return {lane: news for lane, answer in _by_lane(plate) if (news := news_to_group(answer))}
