"""The command line, as a newcomer meets it: words they can act on, the right exit code, and no traceback."""

import asyncio
import json
import os
import signal
import sys
from contextlib import asynccontextmanager
from importlib.metadata import version
from pathlib import Path

import pytest

from tests.edge.conftest import APP_TOKEN, TOKEN
from tests.master_keys import LINE

pytestmark = pytest.mark.slow

BETWEEN = Path(sys.executable).with_name("between")
ROOT = Path(__file__).parents[2]
PLAIN = {"PATH": os.environ["PATH"], "HOME": "/nonexistent", "COLUMNS": "120"}  # noqa: TID251 - a child needs PATH


@pytest.fixture
def run(tmp_path):
    """Run `between` in an empty folder (with these lines in .env); returns exit code, words, and complaints."""

    async def between(*args, env=()):
        (tmp_path / ".env").write_text("\n".join(env))
        async with started(tmp_path, *args) as process:
            out, err = await process.communicate()
        assert "Traceback" not in err.decode()
        return process.returncode, out.decode(), err.decode()

    return between


@asynccontextmanager
async def started(folder, *args, **others):
    """A test that fails leaves no `between` behind."""
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(
        BETWEEN, *args, cwd=folder, env=PLAIN | others, stdout=pipe, stderr=pipe
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
            await process.communicate()


def tokens(slack, **others):
    known = {"SLACK_BOT_TOKEN": TOKEN, "SLACK_APP_TOKEN": APP_TOKEN, "SLACK_API_URL": slack.api_url}
    return [f"{name}={value}" for name, value in (known | others).items()]


async def test_help_tells_a_newcomer_where_to_begin(run):
    code, out, _ = await run("--help")
    assert code == 0
    assert "New here? `between demo`" in out
    assert [line.split()[0] for line in out.partition("Commands:")[2].strip().splitlines()] == [
        "run",
        "demo",
        "playground",
        "simulate",
        "manifest",
        "installations",
        "invite-workspace",
        "doctor",
        "hold",
        "erase",
        "year",
        "keys",
    ]


@pytest.mark.parametrize("command", ["demo", "playground", "simulate"])
async def test_help_on_the_slack_of_ones_own_names_the_command_that_was_typed(run, command):
    code, out, _ = await run(command, "--help")
    assert (code, out.splitlines()[0]) == (0, f"Usage: between {command} [OPTIONS]")
    assert str(ROOT) not in out


@pytest.mark.timeout(300)
async def test_simulate_prints_its_table_and_writes_it_beside_the_transcript(run, tmp_path):
    code, out, err = await run("simulate", "--weeks", "1", "--into", "found")
    assert (code, err) == (0, "")
    assert out.startswith("13 leaders in 3 groups, 1 week, seed 7\n")
    assert (tmp_path / "found" / "table.txt").read_text("utf-8") in out
    assert json.loads((tmp_path / "found" / "table.json").read_text("utf-8"))["broken"] == []
    assert "Sam presses [Set up a group]." in (tmp_path / "found" / "transcript.txt").read_text("utf-8")


@pytest.mark.parametrize("command", ["demo", "playground"])
@pytest.mark.parametrize("port", ["80000", "0", "tea"])
async def test_a_port_that_is_none_is_refused_in_a_sentence(run, command, port):
    code, _, err = await run(command, "--port", port)
    assert code == 2
    assert "Invalid value for '--port'" in err


async def test_it_says_which_version_it_is(run):
    assert await run("--version") == (0, f"between {version('between')}\n", "")


async def test_to_run_without_settings_names_all_that_is_missing(run):
    code, out, err = await run("run")
    assert (code, out) == (2, "")
    assert err.startswith("Between can't start:\n- SLACK_BOT_TOKEN is missing.")
    assert "- Slack has no way to reach Between." in err


async def test_to_run_without_slack_says_so_in_one_line(run, unused_tcp_port):
    url = f"http://127.0.0.1:{unused_tcp_port}/api/"
    env = [f"SLACK_BOT_TOKEN={TOKEN}", f"SLACK_APP_TOKEN={APP_TOKEN}", f"SLACK_API_URL={url}", "LOG_LEVEL=error"]
    code, _, err = await run("run", env=env)
    assert (code, err) == (2, f"Between can't start. Can't reach Slack at {url}; is this machine online?\n")


async def test_to_run_without_redis_says_so_in_one_line(slack, run, unused_tcp_port):
    where = f"redis://127.0.0.1:{unused_tcp_port}/0"
    code, _, err = await run("run", env=tokens(slack, REDIS_URL=where, BETWEEN_KEYS=LINE, LOG_LEVEL="error"))
    assert code == 2
    assert err.startswith(f"Between can't start. Can't reach Redis at {where}; is it running?")


@pytest.mark.parametrize("ask", [signal.SIGTERM, signal.SIGINT])
async def test_it_runs_until_asked_to_stop_and_leaves_nothing_behind(slack, tmp_path, ask):
    (tmp_path / ".env").write_text("\n".join(tokens(slack, LOG_FORMAT="json")[1:]))
    async with started(tmp_path, "run", SLACK_BOT_TOKEN=TOKEN) as process:
        keys = json.loads(await process.stderr.readline())
        assert keys["event"].startswith("Encrypted with the master key own-")
        first = json.loads(await process.stderr.readline())
        assert (first["event"], first["level"], first["teams"]) == ("started", "info", ["T0RIVER"])
        assert (await slack.person("Sam").command("/between", "help")).ok
        process.send_signal(ask)
        _, rest = await process.communicate()
    assert process.returncode == 0
    assert [json.loads(line)["event"] for line in rest.decode().splitlines()] == ["stopping"]
    assert not (tmp_path / "data" / "redis.sock").exists()


async def test_the_manifest_is_printed_as_it_stands_in_the_repository(run):
    code, out, err = await run("manifest")
    assert (code, out, err) == (0, (ROOT / "manifest.json").read_text("utf-8"), "")


async def test_the_manifest_for_http_needs_an_address_that_slack_can_call(run):
    code, out, err = await run("manifest", "--http", "between.example")
    assert (code, out) == (2, "")
    assert (
        err == "That can't be done. --http needs an address that Slack can call, and it must begin with https://.\n"
    )


async def test_the_doctor_ends_well_where_all_is_well(slack, run):
    code, out, err = await run("doctor", env=tokens(slack))
    assert (code, err) == (0, "")
    assert {line.split()[0] for line in out.splitlines()} == {"ok"}


async def test_the_doctor_ends_badly_where_something_is_to_mend_and_looks_at_the_rest(run, unused_tcp_port):
    code, out, _ = await run("doctor", env=[f"SLACK_API_URL=http://127.0.0.1:{unused_tcp_port}/api/"])
    assert code == 1
    assert "mend  SLACK_BOT_TOKEN is missing." in out
    assert "mend  Can't reach Slack at" in out
    assert "ok    Clock agrees with Redis's" in out


async def test_a_year_of_nobody_is_answered_in_one_line(slack, run):
    code, out, err = await run("year", "all", "--into", "year", env=tokens(slack))
    assert (code, out, err) == (2, "", "That can't be done. There is no group yet.\n")


async def test_an_unknown_command_is_answered_with_the_way_to_help(run):
    code, _, err = await run("dance")
    assert code == 2
    assert "--help" in err
