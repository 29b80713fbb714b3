"""The ten steps of `docs/run-it.md`, over Socket Mode: each of three ways from its installation to the digest."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp
import pytest

from bot.storage import RedisStore
from playground.acts import PersonCannot
from tests.connect.conftest import COUNCIL, HOSPITALS, Browser, connected
from tests.promises.watch import all_kept
from tests.stage import Stage, staged

pytestmark = pytest.mark.filterwarnings("ignore:BasicAuth is deprecated:DeprecationWarning")

ONE, HOST_ONLY, SEVERAL = "one workspace", "host only", "several"
WORDS = {
    "Sam": "Two schools are piloting a quiet room",
    "Jo": "Discharge letters now ask who else is at home",
    "Aoife": "A waiting list of forty",
}
COMMANDS = {ONE: {"Sam", "Jo", "Aoife"}, HOST_ONLY: {"Sam"}, SEVERAL: {"Sam", "Jo"}}
"""Who has them."""


@asynccontextmanager
async def installed(way: str, redis_url: str) -> AsyncIterator[Stage]:
    """Step 7: over Socket Mode; where there are several, Jo has opened the link for her hospitals."""
    if way == ONE:
        async with staged(redis_url) as stage:
            yield stage
        return
    oauth = {} if way == SEVERAL else {"slack_client_id": "", "slack_client_secret": "", "between_url": ""}
    allowed = {"slack_allowed_workspaces": HOSPITALS} if way == SEVERAL else {}
    async with connected(redis_url, by_socket=True, **allowed, **oauth) as stage, aiohttp.ClientSession() as http:
        if way == SEVERAL:
            assert "Between is in" in await Browser(stage, http).install("U0JO")
        else:  # Slack itself knows of no other installation
            del stage.pg.world.app("Between").installs[HOSPITALS]
        yield stage


@pytest.mark.slow
@pytest.mark.parametrize("way", [ONE, HOST_ONLY, SEVERAL])
async def test_from_the_installation_to_the_first_digest(way: str, redis_url: str, store: RedisStore) -> None:
    async with installed(way, redis_url) as stage:
        await stage.gather("Jo", "Aoife")
        assert [len(stage.dms(name)) for name in WORDS] == [1, 1, 1]
        await stage.at("2026-11-25 12:00")
        for name, words in WORDS.items():
            assert f"Morning {name}." in stage.dm(name)
            await stage.answer(name, organisation=words)
        assert await with_commands(stage) == COMMANDS[way]
        await stage.at("2026-12-02 12:00")
        [digest] = [post for post in stage.posts() if WORDS["Jo"] in stage.shown(post)]
        assert digest.team_id == COUNCIL
        assert all(words in stage.shown(digest) for words in WORDS.values())
        await all_kept(stage)


async def with_commands(stage: Stage) -> set[str]:
    found = set()
    for name in WORDS:
        try:
            await stage.person(name).command("/plate", where="young-carers")
        except PersonCannot:
            continue
        await stage.person(name).close(everything=True)
        found.add(name)
    return found
