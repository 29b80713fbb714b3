"""The real demo, as a newcomer starts it: a process of its own, found by the address that it prints."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.free_port import free_port

ROOT = Path(__file__).resolve().parents[2]
STOP_TIMEOUT_S = 30.0
"""Seconds until somebody who waits for the demo to stop gives up."""


@dataclass
class Demo:
    """A demo that has said where it is."""

    process: subprocess.Popen[str]
    url: str
    port: int
    folder: Path

    def interrupt(self) -> tuple[int, str]:
        """Ctrl-C. Returns the exit code and the rest of what was said."""
        self.process.send_signal(signal.SIGINT)
        said, _ = self.process.communicate(timeout=STOP_TIMEOUT_S)
        return self.process.returncode, said


def launch(folder: Path, port: int, *, connect: bool = False) -> subprocess.Popen[str]:
    scene = ["--connect"] if connect else []
    return subprocess.Popen(
        [sys.executable, "-m", "playground", "--port", str(port), "--data", str(folder), *scene],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


@contextmanager
def running(folder: Path, port: int | None = None, *, connect: bool = False) -> Iterator[Demo]:
    """The demo, ready; it is stopped at the end whatever happened. The process it ends is its own."""
    port = port or free_port()
    process = launch(folder, port, connect=connect)
    try:
        yield Demo(process, _address(process), port, folder)
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
        try:
            process.communicate(timeout=STOP_TIMEOUT_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()


def _address(process: subprocess.Popen[str]) -> str:
    assert process.stdout
    said = []
    for line in process.stdout:
        said.append(line)
        if found := re.search(r"http://\S+", line):
            return found[0].rstrip("/")
    raise AssertionError(f"The demo did not start. It said: {''.join(said)}")
