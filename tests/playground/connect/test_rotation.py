"""Tokens that end after twelve hours, and are exchanged for others.

https://docs.slack.dev/authentication/using-token-rotation
"""

from datetime import timedelta
from typing import Any

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from tests.playground.connect.conftest import Stage
from tests.playground.connect.installing import CLIENT, installed
from tests.playground.refusals import code

Json = dict[str, Any]
pytestmark = pytest.mark.filterwarnings("ignore:BasicAuth is deprecated:DeprecationWarning")


async def refreshed(stage: Stage, token: str) -> Json:
    client = AsyncWebClient(base_url=stage.pg.api_url)
    answer = await client.oauth_v2_access(**CLIENT, grant_type="refresh_token", refresh_token=token)
    return dict(answer.data)  # type: ignore[arg-type]


@pytest.fixture
async def first(stage: Stage, http: aiohttp.ClientSession) -> Json:
    stage.world.app("Between").token_rotation = True
    return await installed(stage, http)


async def test_a_token_comes_with_its_end_and_with_what_the_next_is_had_for(first: Json) -> None:
    """https://docs.slack.dev/authentication/using-token-rotation: `expires_in` is 43200."""
    assert first["access_token"].startswith("xoxe.xoxb-1-")
    assert first["refresh_token"].startswith("xoxe-1-")
    assert first["expires_in"] == 43200


async def test_after_twelve_hours_a_token_has_expired(stage: Stage, first: Json) -> None:
    """https://docs.slack.dev/reference/methods/auth.test (`token_expired`)"""
    client = AsyncWebClient(first["access_token"], base_url=stage.pg.api_url)
    assert (await client.auth_test())["ok"]
    stage.world.clock.advance(timedelta(hours=12))
    assert await code(client, "auth.test") == "token_expired"


async def test_a_refresh_token_is_good_for_one_and_the_old_token_works_to_its_end(
    stage: Stage, first: Json
) -> None:
    """https://docs.slack.dev/authentication/using-token-rotation"""
    stage.world.clock.advance(timedelta(hours=11))
    second = await refreshed(stage, first["refresh_token"])
    assert second["access_token"] != first["access_token"]
    for token in (first["access_token"], second["access_token"]):
        assert (await AsyncWebClient(token, base_url=stage.pg.api_url).auth_test())["ok"]
    anybody = AsyncWebClient(base_url=stage.pg.api_url)
    args = CLIENT | {"grant_type": "refresh_token", "refresh_token": first["refresh_token"]}
    assert await code(anybody, "oauth.v2.access", **args) == "invalid_refresh_token"


async def test_no_more_than_two_tokens_work_at_once(stage: Stage, first: Json) -> None:
    """https://docs.slack.dev/authentication/using-token-rotation"""
    second = await refreshed(stage, first["refresh_token"])
    third = await refreshed(stage, second["refresh_token"])
    oldest = AsyncWebClient(first["access_token"], base_url=stage.pg.api_url)
    assert await code(oldest, "auth.test") == "token_expired"
    for token in (second["access_token"], third["access_token"]):
        assert (await AsyncWebClient(token, base_url=stage.pg.api_url).auth_test())["ok"]
