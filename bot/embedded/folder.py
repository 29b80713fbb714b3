"""The folder that an embedded server keeps its data in: private to us, used by one bot at a time."""

from __future__ import annotations

import fcntl
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.embedded.binary import Binary, NoServer
from bot.embedded.unixsocket import LONGEST_PATH_BYTES

SOCKET = "redis.sock"
LOG = "redis.log"
LOCK = "bot.lock"
_NEW_FORMAT = "appendonlydir"
"""Where Redis 7 and newer keep their data; an older server does not see it and would start with nothing."""


@contextmanager
def claimed(folder: Path) -> Iterator[None]:
    """The folder is ours alone while the block lasts; the claim ends with our process, however that ends."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.chmod(0o700)
        lock = (folder / LOCK).open("a")
    except OSError as error:
        raise NoServer(
            f"Can't keep data in {folder}: {error.strerror}. Give the bot a folder of its own."
        ) from error
    with lock:
        try:
            # Of the open file, so it ends with our process, however that ends; a child that has the file too would
            # keep it, but Python hands none on unless told to. `LOCK_NB`: whoever starts a second bot is to hear
            # so, not to wait.
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise NoServer(
                f"Another Between already uses {folder}. Stop it first, or use another folder."
            ) from error
        yield


@contextmanager
def short_socket(folder: Path) -> Iterator[Path]:
    """Where the socket is, by a path that is short enough. The socket itself always lies in the folder."""
    if len(os.fsencode(folder / SOCKET)) <= LONGEST_PATH_BYTES:
        yield folder / SOCKET
        return
    with tempfile.TemporaryDirectory(prefix="between-") as private:
        alias = Path(private, "d")
        alias.symlink_to(folder)
        yield alias / SOCKET


def refuse_older(folder: Path, binary: Binary) -> None:
    """NoServer where the data were written by a newer server than this, which would see none of them."""
    if binary.version < (7, 0) and (folder / _NEW_FORMAT).exists():
        raise NoServer(
            f"The data in {folder} were written by Redis 7 or newer, and {binary.path} is older "
            f"({binary.version[0]}.{binary.version[1]}). Install the newer one again; nothing was changed."
        )


def last_words(folder: Path) -> str:
    """The last line of the server's log, for somebody who wonders why it did not start."""
    try:
        lines = (folder / LOG).read_text(errors="replace").strip().splitlines()
    except OSError:
        return "It left no log."
    return f"Its log ({folder / LOG}) ends: {lines[-1].strip()}" if lines else "Its log is empty."
