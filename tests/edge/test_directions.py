"""The import contracts: a rule that can't fail holds nothing, so here each of them does."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

OFFENCES = {
    "Inside the bot, every module has its place": ("bot/helpers.py", '"""A place for everything."""'),
    "Handlers and scheduler stand between the app and the use cases": (
        "bot/usecases/offence.py",
        "import handlers",
    ),
    "Domain, use cases and views know no Slack, web, Redis or timer": ("bot/domain/offence.py", "import redis"),
    "Domain and views are pure": ("bot/views/offence.py", "import random"),
    "The bot never imports the playground, nor the simulation": ("handlers/offence.py", "import playground"),
    "Only playground.__main__ may import the bot": ("playground/offence.py", "import bot.app"),
    "People in the simulation see what Slack shows, and never the bot": ("simulation/words.py", "import bot.app"),
    "Only clockwork knows APScheduler": ("scheduler/offence.py", "import apscheduler"),
    "Only the app picks a store and a messenger": ("handlers/offence2.py", "import bot.store"),
}


@pytest.fixture(scope="module")
def broken(tmp_path_factory):
    """What lint-imports says of a copy of the source in which every rule is broken once."""
    copy = tmp_path_factory.mktemp("offences")
    for package in ("bot", "handlers", "scheduler", "playground", "simulation"):
        shutil.copytree(ROOT / package, copy / package, ignore=shutil.ignore_patterns("__pycache__", "static"))
    shutil.copy(ROOT / "pyproject.toml", copy)
    for path, line in OFFENCES.values():
        (copy / path).write_text(line + "\n", "utf-8")
    lint = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    return subprocess.run(lint, cwd=copy, capture_output=True, text=True, timeout=50).stdout


@pytest.mark.parametrize("contract", OFFENCES)
def test_each_contract_fails_when_it_is_broken(broken, contract):
    assert f"{contract} BROKEN" in broken


def test_no_contract_is_left_out_here(broken):
    assert f"Contracts: 0 kept, {len(OFFENCES)} broken" in broken


def test_a_module_without_a_place_is_named(broken):
    assert "bot.helpers" in broken
