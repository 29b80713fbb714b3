"""A Redis server of a benchmark's own, on a loopback port, kept on disk as Between keeps its own."""

from __future__ import annotations

import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from bot.embedded.binary import NoServer, find, programs_here

START_SECONDS = 10


@contextmanager
def a_server(*, newest: bool = True) -> Iterator[str]:
    """Its URL. `appendfsync always`, no snapshots: the same for whatever is measured on it. Not the `newest`: the
    one that Between would start for itself."""
    with tempfile.TemporaryDirectory() as name, socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        port = held.getsockname()[1]
        held.close()
        folder = Path(name)
        program = _newest(folder) if newest else find(folder, programs_here()).path
        options = (
            "--port",
            str(port),
            "--dir",
            name,
            "--appendonly",
            "yes",
            "--appendfsync",
            "always",
            "--save",
            "",
        )
        with subprocess.Popen([program, *options], stdout=subprocess.DEVNULL) as server:
            _wait_for(port)
            try:
                yield f"redis://127.0.0.1:{port}/0"
            finally:
                server.terminate()


def _newest(folder: Path) -> Path:
    """Some of what is measured needs Redis 7 or Valkey."""
    found = []
    for program in programs_here():
        with suppress(NoServer):
            found.append(find(folder, [program]))
    return max(found, key=lambda binary: binary.version).path


def _wait_for(port: int) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            time.sleep(0.02)
    raise RuntimeError("The benchmark's Redis did not start.")
