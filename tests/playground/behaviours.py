"""What the playground holds itself to: every test here that names the document its behaviour comes from.

`make conformance` writes the list to `docs/conformance.md`.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

FOLDER = Path(__file__).parent
PAGE = FOLDER.parents[1] / "docs" / "conformance.md"
APART = {
    "test_alone": "the command line",
    "test_config": "the people file",
    "test_conformance_list": "this list",
    "test_faults": "faults on order, which Slack does not sell",
    "test_http_acts": "people's acts from outside, which Slack does not offer",
    "test_imports": "the order of the modules",
    "test_manifest": "the people file, and a manifest in its place",
    "test_orders": "faults on order",
    "test_page": "the page",
    "test_page_blocks": "the page",
    "test_page_commands": "the page",
    "test_page_drawn": "the page",
    "test_page_next": "the page",
    "test_page_panels": "the page",
    "test_page_phone": "the page",
    "test_page_rubbish": "the page",
    "test_page_showcase": "the page",
    "test_page_text": "the page",
    "test_rules": "block rules by themselves; test_slack_refuses asks for them over the wire",
    "test_skeleton": "how blocks are judged fast",
    "test_speed": "the benchmark",
    "test_ties": "Slack Connect from outside, which Slack does not offer",
    "test_timers": "the playground's clock",
    "test_world": "the playground's own state",
}
"""Files whose tests are about the playground itself, and what they are about."""
ASKED = {"stage", "client", "pg", "flow"}
"""Fixtures that are a real client of slack_sdk or an app of slack_bolt, or what one is made for."""
_URL = re.compile(r"https://[^\s,;)\"]+")
_HEAD = """# What the playground holds itself to

{count} behaviours of Slack, each with the document that it comes from. Each is a test in `tests/playground`, driven
by slack_sdk and slack_bolt alone (bare HTTP only for what they never send), and named as it stands here. Most run
once over Socket Mode and once over signed HTTP. Where the playground differs from Slack is in
[playground.md](playground.md). Made by `make conformance`; a test says when this page is out of date.
"""
_GUESSED = """
## What Slack does not document

The playground has to do something here. Each is a guess, which `playground/guesses.py` or a people file can turn.
"""


@dataclass(frozen=True, slots=True)
class Behaviour:
    """One test: its file and name, what it is given to ask with, and the document it comes from."""

    file: str
    name: str
    fixtures: frozenset[str]
    source: str
    """An address; or empty, for a behaviour that is the playground's own (`Ours`) or a guess (`Not documented`)."""
    words: str

    @property
    def sentence(self) -> str:
        """The name as a sentence."""
        words = self.name.removeprefix("test_").replace("_", " ")
        return words[0].upper() + words[1:]

    @property
    def counts(self) -> bool:
        """Whether a real client asks, and a document says what it should be told."""
        return bool(self.source and self.fixtures & ASKED)

    @property
    def is_guess(self) -> bool:
        return self.words.startswith("Not documented")

    @property
    def is_ours(self) -> bool:
        return self.words.startswith("Ours:")


def behaviours() -> list[Behaviour]:
    """Every test about Slack's behaviour, in the order of files and lines."""
    files = sorted(FOLDER.rglob("test_*.py"))
    return [one for path in files if path.stem not in APART for one in _in(path)]


def _in(path: Path) -> Iterator[Behaviour]:
    for node in ast.parse(path.read_text("utf-8")).body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test_"):
            words = ast.get_docstring(node) or ""
            found = _URL.search(words)
            asked = frozenset(one.arg for one in node.args.args)
            yield Behaviour(
                path.relative_to(FOLDER).as_posix(), node.name, asked, found[0].rstrip(".:") if found else "", words
            )


def page() -> str:
    """The list as Markdown, by document."""
    known = [one for one in behaviours() if one.counts]
    known.sort(key=lambda one: (one.source.partition("#")[0], one.file))
    said = [_HEAD.format(count=len(known))]
    for source, group in groupby(known, key=lambda one: one.source.partition("#")[0]):
        said.append(f"\n## [{_title(source)}]({source})\n")
        said += [f"- {one.sentence} · `{one.file}`" for one in group]
    said.append(_GUESSED)
    said += [f"- {one.sentence} · `{one.file}`" for one in behaviours() if one.is_guess]
    return "\n".join(said) + "\n"


def _title(source: str) -> str:
    """The end of an address, which says what it is about."""
    return source.removeprefix("https://").removeprefix("docs.slack.dev/").removeprefix("github.com/").strip("/")


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
