"""A real server on loopback that may be killed. A shell stands between us and it, and kills it when we end."""

from __future__ import annotations

import os
import random
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from redis import Redis
from redis.exceptions import RedisError

from bot.embedded.binary import programs_here

LOOPBACK = "127.0.0.1"
AGREE_TIMEOUT_S = 50.0
"""Seconds for servers to find each other or to agree on who takes over; nothing that is promised, so ample, but
less than pytest gives a test: what was waited for in vain is to be said."""
BUS = 10_000
"""How far a server's port for its cluster is from the one for clients, in every version."""

_KEEPER = '"$@" </dev/null & server=$!; read _; kill -KILL $server 2>/dev/null; wait $server'


def programs() -> dict[str, Path]:
    """What is here to test with, by the name of its maker: the first of each."""
    found: dict[str, Path] = {}
    for path in programs_here():
        found.setdefault("valkey" if "valkey" in path.name else "redis", path)
    return found


def free_port(bus: bool = False) -> int:
    """One that nobody listens on just now, below those that a system gives to who asks for any."""
    for _ in range(200):
        port = random.randint(20_000, 32_000 - (BUS if bus else 0) // 10)
        if all(_is_free(each) for each in ((port, port + BUS) if bus else (port,))):
            return port
    raise OSError("no free port")


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            return False
    return True


def until(true: Callable[[], Any], what: str) -> Any:
    """Waits for something to become true and returns it."""
    deadline = time.monotonic() + AGREE_TIMEOUT_S
    while True:
        try:
            if found := true():
                return found
        except (RedisError, OSError):
            pass
        if time.monotonic() > deadline:
            raise AssertionError(f"waited {AGREE_TIMEOUT_S} s in vain for {what}")
        time.sleep(0.05)


@dataclass
class Server:
    """One process and its folder; started again it has what it had."""

    program: Path
    folder: Path
    settings: dict[str, str]
    port: int = 0
    sentinel: bool = False
    _keeper: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        for _ in range(1 if self.port else 5):  # somebody who comes back comes back to the same place
            self.port = self.port or free_port(bus="cluster-enabled" in self.settings)
            self._launch()
            if self._up():
                return
            self.stop()
            self.port = 0
        raise AssertionError(f"{self.program} does not start: {(self.folder / 'log').read_text()[-500:]}")

    def _launch(self) -> None:
        basis = {
            "port": str(self.port),
            "bind": LOOPBACK,
            "dir": str(self.folder),
            "logfile": str(self.folder / "log"),
        }
        words = [
            word for name, value in {**basis, **self.settings}.items() for word in (f"--{name}", *value.split())
        ]
        own = [str(self.folder / "sentinel.conf")] if self.sentinel else []
        more = ["--sentinel"] if self.sentinel else []
        if self.sentinel:
            (self.folder / "sentinel.conf").touch()
        self._keeper = subprocess.Popen(
            ["/bin/sh", "-c", _KEEPER, "server", str(self.program), *own, *words, *more],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )

    def _up(self) -> bool:
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            try:
                return bool(self.ask("PING"))
            except (RedisError, OSError):
                time.sleep(0.02)
        return False

    def ask(self, *command: Any) -> Any:
        with Redis(host=LOOPBACK, port=self.port, socket_timeout=1) as client:
            return client.execute_command(*command)

    def pid(self) -> int:
        return int(self.ask("INFO", "server")["process_id"])

    def kill(self) -> None:
        """`kill -9`: nothing is said to anybody."""
        os.kill(self.pid(), signal.SIGKILL)
        self.stop()

    @contextmanager
    def frozen(self) -> Iterator[None]:
        pid = self.pid()
        os.kill(pid, signal.SIGSTOP)
        try:
            yield
        finally:
            os.kill(pid, signal.SIGCONT)

    def runs(self) -> bool:
        return self._keeper is not None and self._keeper.poll() is None

    def role(self) -> str:
        return str(self.ask("INFO", "replication")["role"])

    def replicas(self) -> int:
        """Those that keep up."""
        told = self.ask("INFO", "replication")
        return sum(told.get(f"slave{n}", {}).get("state") == "online" for n in range(told["connected_slaves"]))

    def stop(self) -> None:
        keeper, self._keeper = self._keeper, None
        if keeper and keeper.stdin:
            keeper.stdin.close()
            keeper.wait(10)


KEPT = {"appendonly": "yes", "appendfsync": "everysec", "save": "", "repl-diskless-sync-delay": "0"}
