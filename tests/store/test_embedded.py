"""A Redis of our own: it keeps what it was given, belongs to one bot, and never outlives it."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest
from redis import Redis

from bot.embedded import folder as folders
from bot.embedded.binary import Binary, NoServer, find, programs_here
from bot.embedded.server import EmbeddedServer, embedded
from bot.embedded.unixsocket import answers, ask
from tests.master_keys import store_at
from tests.store.leaders import SAM

A_BOT = """
import os, signal, sys
from pathlib import Path
from redis import Redis
from bot.embedded.server import EmbeddedServer
server = EmbeddedServer(Path(sys.argv[1]))
server.start()
redis = Redis.from_url(server.url)
redis.set("said", "before")
# Held back from here on, so that one that lands just before the wait ends it all the same.
signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
print("ready", flush=True)
signal.sigwait({signal.SIGINT})
redis.set("said", "after Ctrl-C")
redis.close()
server.stop()
"""


@contextmanager
def a_bot(folder: Path) -> Iterator[subprocess.Popen[str]]:
    """Another bot on the folder, in a process and a terminal's group of its own, once it is ready. A test that
    fails leaves none behind: the next one would be blamed for it."""
    command = [sys.executable, "-c", A_BOT, str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, start_new_session=True) as bot:
        try:
            assert bot.stdout is not None
            assert bot.stdout.readline() == "ready\n"
            yield bot
        finally:
            bot.kill()


@contextmanager
def a_process(command: Sequence[str | Path]) -> Iterator[subprocess.Popen[bytes]]:
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
        try:
            yield process
        finally:
            process.kill()


@contextmanager
def a_server(folder: Path, programs: Sequence[Path] | None = None) -> Iterator[EmbeddedServer]:
    server = EmbeddedServer(folder, programs=programs)
    server.start()
    try:
        yield server
    finally:
        server.stop()


def until_silent(socket: Path) -> None:
    while answers(socket):
        time.sleep(0.01)


def pid_of(url: str) -> int:
    with Redis.from_url(url) as redis:
        return int(redis.info("server")["process_id"])


async def test_what_was_saved_is_there_at_the_next_start(tmp_path: Path) -> None:
    async with embedded(tmp_path / "data") as url:
        store = store_at(url)
        await store.people.change("sam", lambda _: SAM)
        await store.close()
    assert not answers(tmp_path / "data" / folders.SOCKET)
    async with embedded(tmp_path / "data") as url:
        store = store_at(url)
        assert await store.people.get("sam") == SAM
        await store.close()


async def test_nobody_else_on_the_computer_can_look_inside(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir(mode=0o755)
    async with embedded(tmp_path / "data") as url:
        assert stat.S_IMODE((tmp_path / "data").stat().st_mode) == 0o700
        assert stat.S_IMODE((tmp_path / "data" / folders.SOCKET).stat().st_mode) == 0o700
        with Redis.from_url(url) as redis:
            assert redis.config_get("port") == {"port": "0"}


async def test_a_second_bot_on_the_same_folder_is_refused_in_a_sentence(tmp_path: Path) -> None:
    async with embedded(tmp_path) as url:
        with pytest.raises(NoServer) as told:
            async with embedded(tmp_path):
                pass
        assert str(told.value) == f"Another Between already uses {tmp_path}. Stop it first, or use another folder."
        with Redis.from_url(url) as redis:
            assert redis.ping()


def test_a_bot_that_was_killed_takes_its_server_with_it_and_loses_nothing(tmp_path: Path) -> None:
    with a_bot(tmp_path) as bot:
        bot.kill()
    until_silent(tmp_path / folders.SOCKET)
    with a_server(tmp_path) as server, Redis.from_url(server.url) as redis:
        assert redis.get("said") == b"before"


def test_the_next_bot_need_not_wait_for_the_killed_ones_server(tmp_path: Path) -> None:
    with a_bot(tmp_path) as bot:
        bot.kill()
    with a_server(tmp_path) as server, Redis.from_url(server.url) as redis:
        assert redis.get("said") == b"before"


def test_a_server_whose_keeper_was_killed_too_is_ended_by_the_next_bot(tmp_path: Path) -> None:
    program = find(tmp_path, programs_here()).path
    options = ["--port", "0", "--unixsocket", tmp_path / folders.SOCKET, "--dir", tmp_path, "--appendonly", "yes"]
    with a_process([program, *options]) as orphan:
        while ask(tmp_path / folders.SOCKET, b"SET said orphan") != b"+OK":
            time.sleep(0.01)
        with a_server(tmp_path) as server:
            assert orphan.wait() == 0
            with Redis.from_url(server.url) as redis:
                assert redis.get("said") == b"orphan"


def test_ctrl_c_reaches_the_bot_first_so_that_it_can_still_save(tmp_path: Path) -> None:
    with a_bot(tmp_path) as bot:
        os.killpg(bot.pid, signal.SIGINT)
        assert bot.wait() == 0
    with a_server(tmp_path) as server, Redis.from_url(server.url) as redis:
        assert redis.get("said") == b"after Ctrl-C"


@pytest.mark.slow
def test_a_server_that_dies_is_started_again_with_all_it_had(tmp_path: Path) -> None:
    with a_server(tmp_path) as server:
        with Redis.from_url(server.url) as redis:
            redis.set("said", "before")
        first = pid_of(server.url)
        os.kill(first, signal.SIGKILL)
        while ask(tmp_path / folders.SOCKET, b"PING") != b"+PONG":
            time.sleep(0.01)
        assert pid_of(server.url) != first
        with Redis.from_url(server.url) as redis:
            assert redis.get("said") == b"before"
    assert not answers(tmp_path / folders.SOCKET)


SLOW_TO_HEAR = """#!/bin/sh
case "$*" in *--port*)
    echo $$ > {folder}/pid
    [ -e {folder}/ears ] || for one in $(cat /proc/$PPID/task/$PPID/children); do
        [ "$one" = $$ ] || {{ kill -STOP "$one"; echo "$one" > {folder}/ears; }}
    done
esac
exec {program} "$@"
"""
"""A server beside which whoever listens at its keeper's pipe gets no processor for now."""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="only Linux lists a process's children in a file")
def test_a_server_that_dies_as_soon_as_it_is_ready_is_started_again(tmp_path: Path) -> None:
    program, socket = tmp_path / "redis-server", tmp_path / "data" / folders.SOCKET
    program.write_text(SLOW_TO_HEAR.format(folder=tmp_path, program=find(tmp_path, programs_here()).path))
    program.chmod(0o700)
    with a_server(tmp_path / "data", [program]) as server:
        first = pid_of(server.url)
        try:
            os.kill(int((tmp_path / "pid").read_text()), signal.SIGKILL)
            until_silent(socket)
            while not answers(socket):
                time.sleep(0.01)
        finally:
            os.kill(int((tmp_path / "ears").read_text()), signal.SIGCONT)
        assert pid_of(server.url) != first


@pytest.mark.slow
def test_stopping_while_the_server_is_between_two_lives_stops_it_for_good(tmp_path: Path) -> None:
    with a_server(tmp_path) as server:
        os.kill(pid_of(server.url), signal.SIGKILL)
        until_silent(tmp_path / folders.SOCKET)
    assert not answers(tmp_path / folders.SOCKET)


def test_a_path_too_long_for_a_socket_is_no_hindrance(tmp_path: Path) -> None:
    deep = tmp_path / ("a-long-name-" * 8) / "data"
    with a_server(deep) as server:
        with Redis.from_url(server.url) as redis:
            redis.set("said", "deep")
        assert (deep / folders.SOCKET).is_socket()
    with a_server(deep) as again, Redis.from_url(again.url) as redis:
        assert redis.get("said") == b"deep"


def test_a_folder_with_odd_letters_is_no_hindrance(tmp_path: Path) -> None:
    with a_server(tmp_path / "Sam's été #1 100% ?") as server, Redis.from_url(server.url) as redis:
        assert redis.ping()


def test_stopping_twice_does_no_harm(tmp_path: Path) -> None:
    server = EmbeddedServer(tmp_path)
    server.start()
    server.stop()
    server.stop()


def test_damaged_data_are_named_and_nothing_is_left_running(tmp_path: Path) -> None:
    (tmp_path / "appendonly.aof").write_bytes(b"*3\r\n$3\r\nSET\r\n$x\r\n" + b"nonsense\r\n" * 9)
    with pytest.raises(NoServer, match=rf"Redis did not start on {tmp_path}. Its log .* ends: "):
        EmbeddedServer(tmp_path).start()
    assert not answers(tmp_path / folders.SOCKET)
    with folders.claimed(tmp_path):
        pass


def test_no_program_at_all_is_said_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(NoServer) as told:
        EmbeddedServer(tmp_path, programs=[]).start()
    assert str(told.value) == (
        "There is no Redis to keep things in: no redis-server or valkey-server 6.2 or newer was found. "
        "Install one, or set REDIS_URL."
    )


def a_program(path: Path, version: str, mode: int = 0o700) -> Path:
    path.write_text(f"#!/bin/sh\necho 'Redis server v={version} sha=0'\n")
    path.chmod(mode)
    return path


def test_programs_too_old_or_broken_are_passed_over(tmp_path: Path) -> None:
    old = a_program(tmp_path / "old", "6.0.16")
    broken = tmp_path / "broken"
    broken.write_bytes(b"\x7fELF of another machine")
    broken.chmod(0o700)
    good = a_program(tmp_path / "good", "7.2.4")
    assert find(tmp_path, [old, broken, good]) == Binary(good, (7, 2))
    with pytest.raises(NoServer, match=rf"tried {old} \(6.0\), {broken} \(does not run here\)"):
        find(tmp_path, [old, broken])


def test_a_program_the_installer_left_without_leave_to_run_is_copied(tmp_path: Path) -> None:
    locked = a_program(tmp_path / "valkey-server", "9.1.2", mode=0o600)
    (tmp_path / "data").mkdir()
    assert find(tmp_path / "data", [locked]) == Binary(tmp_path / "data" / "valkey-server", (9, 1))


def test_an_older_server_does_not_start_empty_beside_newer_data(tmp_path: Path) -> None:
    (tmp_path / "appendonlydir").mkdir()
    with pytest.raises(NoServer, match="written by Redis 7 or newer"):
        EmbeddedServer(tmp_path, programs=[a_program(tmp_path / "redis-server", "6.2.14")]).start()


def test_a_folder_that_can_not_be_one_is_said_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file")
    with pytest.raises(NoServer, match=r"Can't keep data in .*: File exists. Give the bot a folder of its own."):
        EmbeddedServer(tmp_path / "data").start()
