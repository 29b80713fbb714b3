"""Asking a server on a unix socket one thing, before there is a client: does it answer, is it still loading?"""

from __future__ import annotations

import socket
from pathlib import Path

LONGEST_PATH_BYTES = 100
"""Bytes of a path that every system takes (107 on Linux, 103 on macOS)."""
ANSWER_TIMEOUT_S = 2.0


def ask(path: Path, command: bytes) -> bytes:
    """The first line of the answer; empty when nobody answers."""
    try:
        with socket.socket(socket.AF_UNIX) as line:
            line.settimeout(ANSWER_TIMEOUT_S)
            line.connect(str(path))
            line.sendall(command + b"\r\n")
            return line.recv(4096).split(b"\r\n", 1)[0]
    except OSError:
        return b""


def answers(path: Path) -> bool:
    """Whether somebody listens there, even somebody too busy to say anything."""
    try:
        with socket.socket(socket.AF_UNIX) as line:
            # Taken by the system's queue, not by the server: so one that is too busy, or stopped, counts too.
            line.settimeout(ANSWER_TIMEOUT_S)
            line.connect(str(path))
            return True
    except OSError:
        return False
