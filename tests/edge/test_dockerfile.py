"""The container, as far as its text tells: nobody in it may change the bot, and it holds no secret."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.settings import Settings

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]
TEXT = (ROOT / "Dockerfile").read_text("utf-8")
SECRET = re.compile(r"TOKEN|SECRET|KEY|PASSWORD|REDIS_URL", re.IGNORECASE)


def lines() -> Iterator[tuple[str, str]]:
    """Each instruction with its words; lines that go on are one."""
    for line in re.sub(r"\\\n", " ", TEXT).splitlines():
        if line and not line.startswith("#"):
            yield (parts := line.split(maxsplit=1))[0], parts[1]


def said(instruction: str) -> list[str]:
    return [words for name, words in lines() if name == instruction]


def environment() -> dict[str, str]:
    return dict(one.split("=", 1) for words in said("ENV") for one in words.split())


def test_the_bot_runs_as_a_user_without_rights() -> None:
    (user,) = said("USER")
    assert user not in ("root", "0")
    after = [name for name, _ in lines()][[name for name, _ in lines()].index("USER") :]
    assert not {"RUN", "COPY"} & set(after)
    assert not any(f"--chown={user}" in words or "chown" in words for _, words in lines())


def test_nothing_comes_from_an_address_but_locked_packages() -> None:
    assert not said("ADD")
    assert not [
        words
        for _, words in lines()
        if re.search(r"https?://|curl|wget|git clone", words) and "127.0.0.1" not in words
    ]
    assert all(re.fullmatch(r"python:3\.\d+-slim( AS \w+)?", words) for words in said("FROM"))
    (install,) = [words for words in said("RUN") if "pip install" in words]
    assert "--require-hashes" in install


def test_no_secret_is_in_it() -> None:
    assert not said("ARG")
    assert not [name for name in environment() if SECRET.search(name)]
    assert not [words for words in said("COPY") if ".env" in words or "data" in words.split()]
    ignored = (ROOT / ".dockerignore").read_text("utf-8").splitlines()
    assert ignored[0] == "*"
    assert {one for one in ignored if one.startswith("!")} == {
        *("!requirements-bot.lock", "!bot", "!handlers", "!scheduler"),
    }


def test_what_is_kept_lies_on_the_volume_and_so_does_the_list_of_erasures() -> None:
    (volume,) = said("VOLUME")
    settings = Settings.model_construct(data_dir=Path(environment()["DATA_DIR"]))
    assert settings.data_dir.parent == Path(volume)
    assert settings.erasures is not None
    assert settings.erasures.parent == Path(volume)  # beside the data, so not in their backup


def test_its_health_is_the_bots_own() -> None:
    (health,) = said("HEALTHCHECK")
    assert "/healthz" in health
    assert environment()["HTTP_PORT"] in said("EXPOSE")


def test_what_it_installs_is_locked_as_for_everybody() -> None:
    locked = re.compile(r"^([\w.\-\[\]]+==\S+)(?:[^\n]*\\\n +--hash=sha256:[0-9a-f]{64})+", re.MULTILINE)
    ours, all_of = (
        {found[1] for found in locked.finditer((ROOT / name).read_text("utf-8"))}
        for name in ("requirements-bot.lock", "requirements.lock")
    )
    named = re.findall(r"^[\w.\-\[\]]+==\S+", (ROOT / "requirements-bot.lock").read_text("utf-8"), re.MULTILINE)
    assert len(ours) == len(named) > 30
    assert ours < all_of


@pytest.mark.parametrize("asked", [["manifest"], ["keys", "new"], ["doctor"]])
def test_what_is_copied_is_all_that_the_bot_needs(asked: list[str], tmp_path: Path) -> None:
    for words in said("COPY"):
        name = words.split()[0]
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    elsewhere = f"sys.path[:] = [one for one in sys.path if one != {str(ROOT)!r}]; sys.argv[1:] = {asked!r}"
    done = subprocess.run(
        [sys.executable, "-c", f"import sys, runpy; {elsewhere}; runpy.run_module('bot', run_name='__main__')"],
        cwd=tmp_path,
        env={"PATH": "/usr/bin:/bin", "DATA_DIR": str(tmp_path / "data")},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert "Traceback" not in done.stderr
    assert "No module" not in done.stdout + done.stderr
