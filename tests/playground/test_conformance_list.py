"""The list of what the playground holds itself to: long enough, each with its document, and up to date."""

from __future__ import annotations

import ast
import re

import pytest

from playground.api.registry import METHODS
from playground.known import EVENTS, SENT
from tests.playground.behaviours import APART, FOLDER, PAGE, Behaviour, behaviours, page

FEWEST = 120
NOT_SLACK = ("bot", "handlers", "scheduler", "tests.stage", "tests.cast", "tests.screen")


def test_at_least_120_behaviours_are_asked_of_a_real_client_and_name_their_document() -> None:
    assert len([one for one in behaviours() if one.counts]) >= FEWEST


@pytest.mark.parametrize("one", [pytest.param(one, id=one.name) for one in behaviours() if not one.source])
def test_without_a_document_it_is_a_guess_or_our_own(one: Behaviour) -> None:
    assert one.is_guess or one.is_ours, f"{one.file}: {one.name} names no document in its docstring."


def test_no_behaviour_is_named_twice() -> None:
    names = [(one.file, one.name) for one in behaviours()]
    assert len(names) == len(set(names))


def test_no_line_of_the_bot_has_a_part_in_it() -> None:
    for path in FOLDER.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            names = [one.name for one in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            assert not [name for name in names if name.startswith(NOT_SLACK)], path.name


def test_files_left_out_of_the_list_are_there() -> None:
    assert {path.stem for path in FOLDER.rglob("test_*.py")} >= APART.keys()


def test_the_page_in_docs_is_current() -> None:
    assert PAGE.read_text("utf-8") == page(), "Run `make conformance`."


def test_what_the_docs_call_absent_is_absent() -> None:
    said = (PAGE.parent / "playground.md").read_text("utf-8").partition("## What is absent")[2]
    rows = [line.split("|")[2:4] for line in said.splitlines() if line.startswith("| ") and "`" in line]
    methods = {one for row in rows for one in re.findall(r"`([\w.]+)`", row[0])}
    events = {one for row in rows for one in re.findall(r"`([\w.]+)`", row[1])}
    assert len(methods) > 40
    assert methods & METHODS.keys() == set()
    assert events <= EVENTS, "Each is an event of Slack's."
    assert events & SENT == set()


def test_the_docs_name_every_method_it_speaks() -> None:
    said = (
        (PAGE.parent / "playground.md").read_text("utf-8").partition("- Web API: ")[2].partition("Anything else")[0]
    )
    family, named = "", set()
    for one in re.findall(r"`([\w.]+)`", said):
        family = one.rpartition(".")[0] if not one.startswith(".") else family
        named.add(one if not one.startswith(".") else family + one)
    assert named == set(METHODS)
