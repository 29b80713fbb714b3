"""Every problem has its words, and those who raise it say all that its words need."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator
from pathlib import Path

import pytest

import bot
import handlers
import scheduler
from bot.domain.problems import Problem, ProblemCode, Problems
from bot.views.problem_sentences import WORDS, said

Raised = tuple[str, ProblemCode, set[str]]


def raised() -> Iterator[Raised]:
    """Where each problem is raised, its code, and the arguments given for its words."""
    for package in (bot, handlers, scheduler):
        for path in sorted(Path(package.__file__ or "").parent.rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                named = node.func.id if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) else ""
                if not isinstance(node, ast.Call) or named not in ("Problem", "require"):
                    continue
                code = node.args[0 if named == "Problem" else 1]
                if isinstance(code, ast.Attribute) and ast.unparse(code.value) == "ProblemCode":
                    given = {word.arg for word in node.keywords if word.arg}
                    yield f"{path.name}:{node.lineno}", ProblemCode[code.attr], given


RAISED = list(raised())


def test_every_code_has_words() -> None:
    assert set(WORDS) == set(ProblemCode)


@pytest.mark.parametrize("where", RAISED, ids=lambda one: one[0])
def test_whoever_raises_a_problem_gives_what_its_words_need(where: Raised) -> None:
    _, code, given = where
    words = WORDS[code]
    assert given == (set() if isinstance(words, str) else set(inspect.signature(words).parameters))


def test_no_code_is_left_that_nobody_uses() -> None:
    """Those that are handed on by name, such as what a missing line is to say, stand in a source as well."""
    sources = "".join(
        path.read_text("utf-8")
        for package in (bot, handlers, scheduler)
        for path in Path(package.__file__ or "").parent.rglob("*.py")
    )
    assert [code for code in ProblemCode if f"ProblemCode.{code.name}" not in sources] == []


def test_of_several_each_is_said() -> None:
    several = Problems([Problem(ProblemCode.COMMITMENT_EMPTY, "what"), Problem(ProblemCode.HOURS)])
    assert said(several) == "Say in a line what you will do. Hours start before 12:00 and end after it."


def test_a_problem_in_the_log_holds_nothing_that_somebody_typed() -> None:
    assert str(Problem(ProblemCode.ZONE_UNKNOWN, "zone", typed="my secret place", near=())) == "zone_unknown"
