"""A Redis of our own, for when no REDIS_URL is given: a real server as a child, its data in one folder.

A small shell stands between us and the server. It holds one end of a pipe whose other end is ours: when we
close it, or die in any way at all, it stops the server cleanly, so that no server outlives its bot. It also
starts the server again should that die (out of memory, a full disk). Both have a session of their own, so
that Ctrl-C reaches the bot first and everything can still be saved.

The sequence: lock the folder, wait for the server of a bot that was killed, start shell and server, wait until it
answers, tell the shell that it is up. One bot at a time has a folder. Whoever dies at any step gives the lock back
with its process, and the end of the pipe stops what it had started. A server that dies before it was up ends its
shell: it would only die again. One that dies later is started again within a second; until then callers hear
StoreDown.
"""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import time
from collections.abc import AsyncIterator, Iterable
from contextlib import ExitStack, asynccontextmanager
from pathlib import Path
from urllib.parse import quote

from bot.embedded import folder as folders
from bot.embedded.binary import Binary, NoServer, find, programs_here
from bot.embedded.unixsocket import answers, ask

START_TIMEOUT_S = 20.0
"""How long a new server may say nothing; while it reads its data it says so, and may take as long as it needs."""
STOP_TIMEOUT_S = 10.0

_KEEPER = """
# 3: the bot's end of the pipe closes, whatever becomes of the bot
exec 3<&0
trap 'signalled=1; ready=1' USR1
trap 'signalled=1; stop=1; kill -TERM "$server" 2>/dev/null' TERM
# nobody ever writes, so `read` comes back when the pipe is closed
( read _ <&3; kill -TERM $$ ) &
ears=$!
while [ -z "$stop" ]; do
    "$@" </dev/null 3<&- &
    server=$!
    # asked to stop before there was a server to tell
    [ "$stop" ] && kill -TERM "$server"
    # a signal ends `wait` too: only then wait again
    while signalled=; wait "$server"; code=$?; [ "$signalled" ]; do :; done
    [ -z "$stop" ] && [ -z "$ready" ] && { kill "$ears"; exit "$code"; }
    [ "$stop" ] || sleep 1
done
"""


class EmbeddedServer:
    """One server on one folder. `start` and `stop` block; `embedded` is their async face.

    `fsync` is Redis's appendfsync: `always`, so that what was answered survives the death of the server
    and of the machine; it costs a third of a millisecond a write on an ordinary disk. `programs` are tried
    instead of those found on this computer.
    """

    def __init__(self, folder: Path, *, fsync: str = "always", programs: Iterable[Path] | None = None) -> None:
        self.folder = folder.absolute()
        self.fsync = fsync
        self.programs = programs
        self._held = ExitStack()
        self._keeper: subprocess.Popen[bytes] | None = None
        self._socket = self.folder / folders.SOCKET

    @property
    def url(self) -> str:
        """A Unix socket's, for redis-py."""
        return f"unix://{quote(str(self._socket))}"

    def start(self) -> None:
        """Returns when the server answers. NoServer, in a sentence, when it can't be had."""
        with ExitStack() as held:
            held.enter_context(folders.claimed(self.folder))
            self._socket = held.enter_context(folders.short_socket(self.folder))
            # With the lock: the bot that had the folder is gone, its server perhaps not yet. Two servers on one
            # folder would write over each other's data.
            self._end_orphan()
            self._launch(find(self.folder, programs_here() if self.programs is None else self.programs))
            # Before we wait: also where it never answers, or we are interrupted while it reads its data.
            held.callback(self._end)
            self._wait_until_ready()
            self._held = held.pop_all()  # from here on it is `stop` that ends it

    def stop(self) -> None:
        """Ends the server cleanly, then lets go of the folder. Doing it twice does no harm."""
        self._held.close()

    def _launch(self, binary: Binary) -> None:
        folders.refuse_older(self.folder, binary)
        self._socket.unlink(missing_ok=True)  # of a server that is gone: we have the folder's lock
        with (self.folder / folders.LOG).open("ab") as log:
            self._keeper = subprocess.Popen(  # noqa: S603
                ["/bin/sh", "-c", _KEEPER, "between-redis", *self._command(binary.path)],
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def _command(self, program: Path) -> list[str]:
        settings = {
            "port": "0",
            "unixsocket": str(self._socket),
            "unixsocketperm": "700",
            "dir": str(self.folder),
            "appendonly": "yes",
            "appendfsync": self.fsync,
            "save": "",
            "maxmemory-policy": "noeviction",
            "logfile": folders.LOG,
            "daemonize": "no",
        }
        return [str(program), *(word for name, value in settings.items() for word in (f"--{name}", value))]

    def _wait_until_ready(self) -> None:
        quiet_since = time.monotonic()
        while (said := ask(self._socket, b"PING")) != b"+PONG":
            if said.startswith(b"-LOADING"):  # it says something, so it may take its time
                quiet_since = time.monotonic()
            # The shell ends with a server that dies before it was up: no need to wait for the rest of the time.
            ended = self._keeper is None or self._keeper.poll() is not None
            if ended or time.monotonic() - quiet_since > START_TIMEOUT_S:
                raise NoServer(f"Redis did not start on {self.folder}. {folders.last_words(self.folder)}")
            time.sleep(0.01)
        # From here on the keeper starts it again. By a signal, which is pending before we go on: a word in the pipe
        # would be read some time, and until then a server that died would have ended its keeper.
        if self._keeper:
            self._keeper.send_signal(signal.SIGUSR1)

    def _end(self) -> None:
        """Closes the pipe, which ends the server as our death would."""
        # Taken first, so that a second stop finds nothing: its pid may be another's by then.
        keeper, self._keeper = self._keeper, None
        if keeper is None or keeper.stdin is None:
            return
        keeper.stdin.close()  # the shell reads the end of the pipe, and asks the server to stop
        try:
            keeper.wait(STOP_TIMEOUT_S)
        except subprocess.TimeoutExpired:
            os.killpg(keeper.pid, signal.SIGKILL)  # its own session, so shell and server and nobody else
            keeper.wait()

    def _end_orphan(self) -> None:
        """Waits for the server of a killed bot: it is stopping, or is asked to. We hold the folder by now."""
        deadline = time.monotonic() + STOP_TIMEOUT_S
        while answers(self._socket):
            ask(self._socket, b"SHUTDOWN")
            if time.monotonic() > deadline:
                raise NoServer(
                    f"An old Redis still uses {self.folder} and does not stop. End it, then start again."
                )
            time.sleep(0.05)


@asynccontextmanager
async def embedded(folder: Path, *, fsync: str = "always") -> AsyncIterator[str]:
    """A server on `folder`, by its URL, until the block ends. NoServer when it can't be had."""
    server = EmbeddedServer(folder, fsync=fsync)
    # In a thread, since it may read its data for minutes. Cancelled meanwhile, the thread goes on to its end: the
    # pipe closes with our process, and the shell stops what was started.
    await asyncio.to_thread(server.start)
    try:
        yield server.url
    finally:
        await asyncio.to_thread(server.stop)
