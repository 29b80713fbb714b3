"""Words: plain, without cheering, none of those that people are not to read; in every string the views hold."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import bot
import handlers
from tests.promises.watch import FORBIDDEN

SOURCES = sorted(
    path
    for package, folders in ((bot, ("views", "domain", "usecases")), (handlers, (".",)))
    for folder in folders
    for path in (Path(package.__file__ or "").parent / folder).glob("*.py")
)


NAMES = ("_PLACES", "_ALSO", "_UK", "ALIKE", "COMMON", "PARTICLES", "NOBODYS")
"""Tables of what people type: they are read by, and shown to nobody but who typed the same."""


def strings(path: Path) -> Iterator[str]:
    """Every string in the source that is no docstring and in no table of what people type."""
    tree = ast.parse(path.read_text("utf-8"))
    docs = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr) or _a_table(node)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
            yield node.value


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_no_string_for_people_shouts_or_blames(path: Path) -> None:
    said = [text for text in strings(path) if " " in text]
    assert not [text for text in said if "!" in text and not text.startswith("<!")]
    assert not [text for text in said if any(word in text.casefold() for word in FORBIDDEN)]


NOT_FOR_PEOPLE = ("log", "ValueError", "re")


def phrases(path: Path) -> Iterator[str]:
    """Every string of more than a word that is no docstring, place, pattern, line of the log or fault of ours."""
    tree = ast.parse(path.read_text("utf-8"))
    passed = {id(inner) for node in ast.walk(tree) if _not_for_people(node) for inner in ast.walk(node)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in passed:
            yield from [node.value] if " " in node.value.strip() else []


def _not_for_people(node: ast.AST) -> bool:
    if _a_table(node):
        return True
    if isinstance(node, ast.Call):
        return ast.unparse(node.func).partition(".")[0] in NOT_FOR_PEOPLE
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _a_table(node: ast.AST) -> bool:
    return isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) in NAMES


@pytest.mark.parametrize(
    "path", [path for path in SOURCES if path.parent.name != "views"], ids=lambda p: f"{p.parent.name}/{p.stem}"
)
def test_words_for_people_stand_in_the_views_alone(path: Path) -> None:
    """Facts, decisions and handlers hold codes: see `bot.domain.problems`."""
    assert list(phrases(path)) == []


@pytest.mark.slow
def test_the_views_have_strings_to_look_at() -> None:
    assert sum(1 for path in SOURCES for text in strings(path) if " " in text) > 300
