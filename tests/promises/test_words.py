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


def strings(path: Path) -> Iterator[str]:
    """Every string in the source that is no docstring."""
    tree = ast.parse(path.read_text("utf-8"))
    docs = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
            yield node.value


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_no_string_for_people_shouts_or_blames(path: Path) -> None:
    said = [text for text in strings(path) if " " in text]
    assert not [text for text in said if "!" in text and not text.startswith("<!")]
    assert not [text for text in said if any(word in text.casefold() for word in FORBIDDEN)]


def test_the_views_have_strings_to_look_at() -> None:
    assert sum(1 for path in SOURCES for text in strings(path) if " " in text) > 300
