"""Whoever watches over the bot is told of any workspace whose token is dead: its leaders would hear nothing."""

from __future__ import annotations

import aiohttp
import pytest

from bot.storage import RedisStore
from playground.world import World
from tests.connect.conftest import COUNCIL, HOSPITALS, Browser, connected
from tests.stage import Stage

pytestmark = pytest.mark.filterwarnings("ignore:BasicAuth is deprecated:DeprecationWarning")


def revoked(stage: Stage, team: str, code: str = "token_revoked") -> None:
    world: World = stage.pg.world
    world.revoked[world.app("Between").installs[team].bot_token] = code


@pytest.mark.parametrize("env", [True, False])
@pytest.mark.parametrize("dead", [COUNCIL, HOSPITALS])
async def test_a_dead_token_of_either_workspace_is_not_well_and_says_how_to_mend_it(
    redis_url: str, store: RedisStore, env: bool, dead: str
) -> None:
    allowed = {"slack_allowed_workspaces": f"{COUNCIL},{HOSPITALS}"}
    async with connected(redis_url, env=env, **allowed) as stage, aiohttp.ClientSession() as http:
        browser, health = Browser(stage, http), stage.bot.health
        health.ask_after_s = 0
        if not env:
            await browser.install("U0SAM")
        await browser.install("U0JO")
        assert (await health.state())["ok"]
        revoked(stage, dead)
        state = await health.state()
        mend = f"the token of workspace {dead} (token_revoked). Install Between there again."
        if env and dead == COUNCIL:
            mend = "SLACK_BOT_TOKEN (token_revoked). Copy it again from your Slack app's settings."
        assert (state["ok"], state["token"], state["why"]) == (False, False, [f"Slack does not accept {mend}"])
        stage.pg.world.revoked.clear()
        assert (await health.state())["ok"]
