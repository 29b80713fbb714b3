"""What leaders are asked over and over: each question has an id, a version, and a kind of answer."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

import msgspec

from bot.domain.groups import Group


class Question(StrEnum):
    """The fourth question of a check-in: one a round, in this order, over and over."""

    MATTERS_MOST = "matters_most"
    PREPARED_TO_DO = "prepared_to_do"
    REALLY_WORKING = "really_working"
    ALREADY_AHEAD = "already_ahead"
    WHOSE_EXPERIENCE = "whose_experience"
    NOT_TALKING_ABOUT = "not_talking_about"


class QuestionSpec(msgspec.Struct, frozen=True, kw_only=True):
    """`version` goes up when a question comes to mean something else: answers to two versions are never put
    together. `choices` are the codes of its answers, in the order in which they are shown, and none where it is
    answered in words; their words, and the question's, are the views'.
    """

    id: str
    version: int = 1
    choices: tuple[str, ...] = ()

    @property
    def reference(self) -> str:
        """As a record names it. Of the first version its id alone, as records did before there were versions."""
        return self.id if self.version == 1 else f"{self.id}@{self.version}"


ROTATING: tuple[QuestionSpec, ...] = tuple(QuestionSpec(id=code) for code in Question)
"""Ours for the check-in, all answered in words."""

WORKING = QuestionSpec(id="is_it_working", choices=("yes", "in_parts", "too_early", "no"))
"""The pulse: whether what the group does is really working."""

OF_THE_BOT = QuestionSpec(id="between_itself", choices=("keep", "change", "weed"))
"""The same of the bot itself."""

KNOWN: Mapping[str, QuestionSpec] = {one.reference: one for one in (*ROTATING, WORKING, OF_THE_BOT)}


def question_of(reference: str) -> QuestionSpec:
    """What a record names. A question in a group's own words is one by itself: other words are another question."""
    return KNOWN.get(reference) or QuestionSpec(id=reference)


def question_for(group: Group, number: int) -> str:
    """The question of a group's `number`th round: a code of ours, or words of the group's."""
    questions = group.questions or tuple(one.reference for one in ROTATING)
    return questions[0] if group.same_question else questions[(number - 1) % len(questions)]
