"""A clock that is moved on while something waits by the server's clock: the move ends, whatever Slack does."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot import app
from playground.faults import Fault
from tests.stage import staged


@pytest.mark.slow
async def test_days_go_by_while_slack_is_down(
    redis_url: str, store: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What may have been sent is looked at again after ten seconds that only the server's clock can tell."""
    monkeypatch.setattr(app, "SERVER_CLOCK_TIMEOUT_S", 1)
    steps = 0
    async with staged(redis_url) as stage:
        await stage.gather("Jo")
        await stage.at("2026-11-25 08:55")
        stage.pg.world.faults.order(Fault("outage", seconds=48 * 3600), method="chat.postMessage")

        def move(to: object) -> None:
            nonlocal steps
            steps += 1
            stage.clock.move_to(to)  # type: ignore[arg-type]

        await stage.bot.live_to(stage.clock.now() + timedelta(days=2), move)
    assert steps < 1000
