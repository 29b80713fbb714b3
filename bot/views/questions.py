"""The group's own questions: the list as a form shows it and reads it back."""

from __future__ import annotations

from bot.domain.change import edition
from bot.domain.groups import Group
from bot.domain.problems import Problem, ProblemCode
from bot.domain.questions import Question
from bot.ports import StateValues, View
from bot.views import action_payload, blocks, inputs
from bot.views.action_payload import ActionPayload
from bot.views.plate import QUESTION_WORDS, question_words
from bot.views.words import blank, listed_within, one_line

OPEN = "questions_open"
FORM = "questions_form"
LIST = "questions"
HOW = "questions_how"
IN_TURN, THE_FIRST = "turn", "first"

MOST = 12
LONGEST = 150


def questions_form(group: Group) -> View:
    """To any leader: the group's own, or ours as they stand where it has none. It carries how the settings stand
    (`edition`)."""
    how = [
        inputs.option("These in turn, one a round", IN_TURN),
        inputs.option("The first of them, every round", THE_FIRST),
    ]
    kept = group.questions or tuple(Question)
    return blocks.form(
        FORM,
        "Our questions",
        "Save and announce",
        action_payload.write(ActionPayload(group=group.id, state=edition(group))),
        blocks.section("Each check-in asks one question beside what's on your plate. From the next round on:"),
        inputs.text_input(
            LIST, "One a line", initial="\n".join(map(question_words, kept)), lines=True, hint="Empty: mine again."
        ),
        inputs.asked(
            HOW, "Ask", inputs.radio(HOW, how, THE_FIRST if group.same_question else IN_TURN), optional=False
        ),
    )


def read_questions(values: StateValues) -> tuple[tuple[str, ...], bool]:
    """The list, empty where it is ours as it stands, and whether the first of it is asked every round. Raises
    Problem at the field."""
    typed = [one_line(line, 3000) for line in inputs.typed(values, LIST).splitlines()]
    lines = list(dict.fromkeys(line for line in typed if not blank(line)))
    longest = max(map(len, lines), default=0)
    if longest > LONGEST:
        raise Problem(ProblemCode.TOO_LONG, LIST, length=longest, most=LONGEST)
    if len(lines) > MOST:
        raise Problem(ProblemCode.TOO_MANY_QUESTIONS, LIST, count=len(lines), most=MOST)
    # ours are kept by their code, so that they keep their meaning where we word them better
    codes = {words: str(code) for code, words in QUESTION_WORDS.items()}
    found = tuple(codes.get(line, line) for line in lines)
    same = inputs.chosen(values, HOW) == THE_FIRST
    # ours as they stand: so the group goes on with ours as these change
    return (() if not same and found == tuple(Question) else found), same and bool(found)


def asked(group_questions: tuple[str, ...], *, same: bool) -> str:
    """What is asked from now on, in a sentence."""
    if not group_questions:
        return "I ask my own questions again, in turn."
    quoted = [f"“{question_words(one)}”" for one in group_questions[: 1 if same else None]]
    return f"I ask each round: {quoted[0]}." if same else f"I ask in turn: {listed_within(quoted, 900)}."
