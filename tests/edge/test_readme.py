"""What the README promises is there: commands, settings, pictures, pages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text("utf-8")
PAGES = [README, *(page.read_text("utf-8") for page in sorted((ROOT / "docs").rglob("*.md")))]


def test_its_table_has_every_setting_of_env_example_in_that_order() -> None:
    told = re.findall(r"^\| `([A-Z_]+)` \|", README, re.MULTILINE)
    assert told == re.findall(r"^([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE)
    assert set(told) == {name.upper() for name in Settings.model_fields}


def test_every_make_command_it_names_can_be_made() -> None:
    rules = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE)
    assert set(re.findall(r"\bmake ([a-z]+)\b", "".join(re.findall(r"`[^`]+`|```[^`]+```", README)))) <= set(rules)


def test_every_file_it_points_to_is_there() -> None:
    for path in re.findall(r"\]\(([\w./-]+)\)", README):
        assert (ROOT / path).exists(), path


@pytest.mark.parametrize("page", PAGES)
def test_no_page_names_a_machine(page: str) -> None:
    here = re.escape(f"{ROOT.parent if ROOT.parent.name else ROOT}/")
    assert not re.search(rf"{here}|/root/|/home/|/tmp/|/Users/", page)


@pytest.mark.parametrize("page", sorted((ROOT / "docs").glob("*.md")), ids=lambda path: path.name)
def test_every_document_is_in_the_list_of_documents(page: Path) -> None:
    listed = (ROOT / "docs" / "README.md").read_text("utf-8")
    assert page.name == "README.md" or f"]({page.name})" in listed
