"""Starting and stopping the demo: Ctrl-C leaves nothing behind, and what is in the way is said in a sentence."""

from __future__ import annotations

import socket
from pathlib import Path

from tests.browser.demo import PATIENCE, Demo, free_port, launch, running


async def test_ctrl_c_stops_all_of_it(tmp_path: Path) -> None:
    with running(tmp_path / "demo") as demo:
        code, said = demo.interrupt()
    assert (code, said.split()[-1]) == (0, "Stopping.")
    with socket.socket() as one:
        one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        one.bind(("127.0.0.1", demo.port))
    assert not (tmp_path / "demo" / "redis.sock").exists()
    assert "bye bye" in (tmp_path / "demo" / "redis.log").read_text().splitlines()[-1]


async def test_a_second_demo_says_what_is_in_its_way(demo: Demo, tmp_path: Path) -> None:
    assert _refused(tmp_path / "other", demo.port).startswith(
        f"Can't open the page on port {demo.port}: address already in use. Try another with --port."
    )
    assert _refused(demo.folder, free_port()).startswith("Another Between already uses")


async def test_a_folder_that_no_demo_made_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letters.txt").write_text("Dear Jo")
    assert "holds something that no demo made" in _refused(tmp_path, free_port())
    assert (tmp_path / "letters.txt").read_text() == "Dear Jo"


def _refused(folder: Path, port: int) -> str:
    """What the demo says, without the line it greets with."""
    with launch(folder, port) as process:
        try:
            said, _ = process.communicate(timeout=PATIENCE)
        finally:
            process.kill()
    assert process.returncode == 2
    assert "Traceback" not in said
    return said.partition("…\n")[2]
