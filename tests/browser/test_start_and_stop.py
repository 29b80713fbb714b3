"""Starting and stopping the demo: Ctrl-C leaves nothing behind, and what is in the way is said in a sentence."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.demo import STOP_TIMEOUT_S, Demo, launch, running
from tests.free_port import free_port

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """For these tests alone; the last of them stops it."""
    with running(tmp_path_factory.mktemp("own") / "demo") as demo:
        yield demo


async def test_a_second_demo_says_what_is_in_its_way(own: Demo, tmp_path: Path) -> None:
    assert _refused(tmp_path / "other", own.port).startswith(
        f"Can't open the page on port {own.port}: address already in use. Try another with --port."
    )
    assert _refused(own.folder, free_port()).startswith("Another Between already uses")


async def test_a_folder_that_no_demo_made_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letters.txt").write_text("Dear Jo")
    assert "holds something that no demo made" in _refused(tmp_path, free_port())
    assert (tmp_path / "letters.txt").read_text() == "Dear Jo"


async def test_ctrl_c_stops_all_of_it(own: Demo) -> None:
    code, said = own.interrupt()
    assert (code, said.split()[-1]) == (0, "Stopping.")
    with socket.socket() as one:
        one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        one.bind(("127.0.0.1", own.port))
    assert not (own.folder / "redis.sock").exists()
    assert "bye bye" in (own.folder / "redis.log").read_text().splitlines()[-1]


def _refused(folder: Path, port: int) -> str:
    """What the demo says, without the line it greets with."""
    with launch(folder, port) as process:
        try:
            said, _ = process.communicate(timeout=STOP_TIMEOUT_S)
        finally:
            process.kill()
    assert process.returncode == 2
    assert "Traceback" not in said
    return said.partition("…\n")[2]
