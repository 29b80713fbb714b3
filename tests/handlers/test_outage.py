"""While Redis is gone or hangs: a sentence within Slack's three seconds, and the words are kept."""

from __future__ import annotations

import os
import signal
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot.embedded.server import EmbeddedServer
from bot.storage import RedisStore
from tests.handlers.conftest import last_payload
from tests.stage import Stage, staged

pytestmark = [pytest.mark.real_timeouts, pytest.mark.slow]

SLACKS_TIMEOUT_S = 3.0
SAID = "I can't reach my memory just now, so nothing was changed. Please try again in a minute."


@pytest.fixture
async def server(tmp_path: Path) -> AsyncIterator[EmbeddedServer]:
    server = EmbeddedServer(tmp_path / "d", fsync="no")
    server.start()
    yield server
    server.stop()


@contextmanager
def gone(server: EmbeddedServer, pid: int) -> Iterator[None]:
    server.stop()
    yield
    server.start()


@contextmanager
def hanging(server: EmbeddedServer, pid: int) -> Iterator[None]:
    os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(pid, signal.SIGCONT)


@pytest.mark.parametrize("outage", [gone, hanging])
async def test_a_click_a_command_and_a_form_are_answered_and_nothing_is_lost(
    server: EmbeddedServer, outage
) -> None:
    """The playground, like Slack, takes no answer after three seconds."""
    async with staged(server.url) as stage:
        stage.pg.world.ack_timeout_s = SLACKS_TIMEOUT_S
        await stage.gather("Jo")
        jo, message = stage.person("Jo"), stage.dms("Jo")[-1]
        pid = await _pid(stage)
        await stage.press("Jo", "Answer")
        await jo.fill("For Riverside Hospitals Trust", "Beds are full again.")
        with outage(server, pid):
            assert await jo.submit() is None
            assert "I couldn't save that." in stage.modal("Jo")
            assert "[Beds are full again.]" in stage.modal("Jo")
            for command in ("/plate", "/between digest last"):
                word, _, rest = command.partition(" ")
                ack = await jo.command(word, rest, "young-carers")
                assert ack.ok
                assert ack.json["text"] == SAID
            before = len(stage.notes("Jo"))
            for button in ("Answer", "More"):
                assert (await jo.press(message, button)).ok
            assert [SAID in note for note in stage.notes("Jo")[before:]] == [True] * 2
        assert await jo.submit() is None
        await jo.close(everything=True)
        await stage.press("Jo", "Answer")
        assert "[Beds are full again.]" in stage.modal("Jo")


@pytest.mark.parametrize("outage", [gone, hanging])
async def test_what_is_typed_meanwhile_is_not_acknowledged_and_is_asked_about_when_slack_tells_again(
    server: EmbeddedServer, outage
) -> None:
    async with staged(server.url) as stage:
        await stage.gather("Jo")
        stage.let_them_type()
        pid, dispatcher, app = await _pid(stage), stage.pg.dispatcher, stage.person("Jo").app()
        stage.pg.world.ack_timeout_s = SLACKS_TIMEOUT_S
        with outage(server, pid):
            await stage.person("Jo").say("Between", "Beds are full again.")
            await stage.pg.settled(quiet=SLACKS_TIMEOUT_S)
            [told] = [d for d in stage.pg.world.traffic.deliveries if d.payload.get("event", {}).get("text")]
            assert told.ack is not None
            assert not told.ack.ok
            before = len(stage.dms("Jo"))
        for _ in range(2):
            assert (await dispatcher.deliver(app, "events_api", told.payload, attempt=1)).ok
        await stage.settle()
        assert len(stage.dms("Jo")) == before + 1
        assert "[On my plate]" in stage.dm("Jo")


async def _pid(stage: Stage) -> int:
    store = stage.bot.deps.store
    assert isinstance(store, RedisStore)
    return int((await store.connection.client.info("server"))["process_id"])


async def test_what_somebody_chose_is_in_no_log_when_it_can_not_be_kept(server: EmbeddedServer) -> None:
    async with staged(server.url) as stage:
        await stage.gather("Jo")
        await stage.press("Jo", "More")
        payload = last_payload(stage, "block_actions")
        aimed = payload["actions"][0]["value"].replace("}", ',"r":"2026-W48","t":"weed"}')
        payload["actions"][0] |= {"action_id": "pulse_of_bot.weed", "value": aimed}
        with gone(server, 0), capture_logs() as logs:
            await stage.pg.dispatcher.deliver(stage.person("Jo").app(), "interactive", payload)
        assert [one["what"] for one in logs if one["event"] == "store down"] == ["pulse_of_bot"]
        assert "weed" not in str(logs)
