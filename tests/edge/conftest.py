"""What the edge meets: a playground over real sockets, a Slack that fails as told, and a check for leftovers."""

import asyncio

import pytest

from bot.domain.groups import Place
from bot.settings import Settings
from bot.slack.messenger import SlackMessenger, new_session
from playground.config import load
from playground.server import Playground
from tests import master_keys
from tests.edge.awkward import Awkward

TOKEN = "xoxb-playground-between"
APP_TOKEN = "xapp-1-A0BETWEEN-playground"
SECRET = "playground-signing-secret"
TEAM = "T0RIVER"
CARERS = Place(team_id=TEAM, channel="C0CARERS")


@pytest.fixture(autouse=True)
async def nothing_left_behind():
    """Every task that a test started has ended when it ends."""
    before = asyncio.all_tasks()
    yield
    left = asyncio.all_tasks() - before - {asyncio.current_task()}
    assert not left


@pytest.fixture
async def slack():
    async with Playground(load()) as playground:
        yield playground


@pytest.fixture
async def awkward():
    async with Awkward() as server:
        yield server


@pytest.fixture
async def messenger_at():
    """A messenger that speaks to a Web API at some address, as Between in the Riverside workspace."""
    async with new_session() as session:
        yield lambda url: SlackMessenger(session, only_riverside, url)


@pytest.fixture
async def messenger(slack, messenger_at):
    return messenger_at(slack.api_url)


@pytest.fixture
def settings_for(tmp_path):
    """Settings for a Slack at some address; Redis is Between's own, in a folder of the test's."""

    def settings(api_url, **others):
        known = {"slack_bot_token": TOKEN, "slack_app_token": APP_TOKEN, "data_dir": tmp_path / "data"}
        if "redis_url" in others:
            known["between_keys"] = master_keys.LINE
        return Settings(slack_api_url=api_url, **(known | others))

    return settings


async def only_riverside(team_id):
    if team_id != TEAM:
        raise LookupError(team_id)
    return TOKEN
