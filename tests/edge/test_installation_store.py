"""Our installation store and states, through slack_sdk's own interfaces."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from slack_sdk.oauth.installation_store import Installation as SdkInstallation

from bot.domain.installation import End, Installation
from bot.domain.installation import ended as ended_by
from bot.slack.installation_store import RecordInstallationStore
from bot.slack.oauth import OneTimeStates
from bot.storage import RedisStore

NOW = datetime(2026, 11, 27, 15, tzinfo=UTC)


@pytest.fixture
def kept(store: RedisStore) -> RecordInstallationStore:
    async def save(one: Installation) -> None:
        await store.installations.change(one.key, lambda _: one)

    async def remove(key: str) -> None:
        await store.installations.change(key, lambda one: one and ended_by(one, End.UNINSTALLED, NOW))

    return RecordInstallationStore(store.installations, lambda: NOW, save, remove)


def given(**more: object) -> SdkInstallation:
    args: dict[str, object] = {
        "user_id": "U9",
        "user_token": "xoxp-never-kept",
        "team_id": "T1",
        "team_name": "Council",
        "bot_token": "xoxb-1",
        "bot_id": "B1",
        "bot_user_id": "U1",
        "bot_scopes": ["users:read", "chat:write"],
    }
    return SdkInstallation(**args | more)  # type: ignore[arg-type]


async def test_what_was_saved_is_found_by_its_workspace(kept: RecordInstallationStore) -> None:
    await kept.async_save(given())
    found = await kept.async_find_installation(enterprise_id=None, team_id="T1")
    bot = await kept.async_find_bot(enterprise_id=None, team_id="T1")
    assert found is not None
    assert bot is not None
    assert (found.bot_token, bot.bot_user_id, list(bot.bot_scopes)) == (
        "xoxb-1",
        "U1",
        ["chat:write", "users:read"],
    )
    assert await kept.async_find_bot(enterprise_id=None, team_id="T2") is None


async def test_a_token_of_the_installers_is_never_kept(kept: RecordInstallationStore, store: RedisStore) -> None:
    await kept.async_save(given())
    raw = await store.connection.client.hgetall("b:{all}:installations")
    assert b"xoxp" not in b"".join(raw.values())


async def test_an_organisations_is_found_with_no_workspace_and_with_any_of_its(
    kept: RecordInstallationStore,
) -> None:
    await kept.async_save(
        given(is_enterprise_install=True, enterprise_id="E1", enterprise_name="County", team_id=None)
    )
    for team in (None, "T7"):
        found = await kept.async_find_bot(enterprise_id="E1", team_id=team, is_enterprise_install=True)
        assert found is not None
        assert (found.enterprise_id, found.team_id, found.is_enterprise_install) == ("E1", None, True)


async def test_a_token_that_ends_keeps_for_how_long_it_was_given(
    kept: RecordInstallationStore, store: RedisStore
) -> None:
    await kept.async_save(given(bot_refresh_token="xoxe-1", bot_token_expires_in=43200))
    one = await store.installations.get("T1")
    assert one is not None
    assert one.tokens.expires_at is not None
    assert abs(one.tokens.expires_at - NOW - timedelta(hours=12)) < timedelta(seconds=2)


async def test_what_slack_sdk_renews_takes_the_place_of_the_token(
    kept: RecordInstallationStore, store: RedisStore
) -> None:
    await kept.async_save(given(bot_refresh_token="xoxe-1", bot_token_expires_in=43200))
    bot = await kept.async_find_bot(enterprise_id=None, team_id="T1")
    assert bot is not None
    bot.bot_token, bot.bot_refresh_token = "xoxb-2", "xoxe-2"
    await kept.async_save_bot(bot)
    one = await store.installations.get("T1")
    assert one is not None
    assert (one.tokens.bot, one.tokens.refresh, one.installed_by) == ("xoxb-2", "xoxe-2", "U9")


async def test_deleting_takes_the_token_away(kept: RecordInstallationStore, store: RedisStore) -> None:
    await kept.async_save(given())
    await kept.async_delete_installation(enterprise_id=None, team_id="T1", user_id="U9")
    assert await kept.async_find_bot(enterprise_id=None, team_id="T1"), "one person's is not the workspace's"
    await kept.async_delete_all(enterprise_id=None, team_id="T1")
    assert await kept.async_find_bot(enterprise_id=None, team_id="T1") is None
    one = await store.installations.get("T1")
    assert one is not None
    assert one.tokens.bot == ""


async def test_a_state_is_good_for_one_callback(store: RedisStore) -> None:
    states = OneTimeStates(store.tickets)
    state = await states.async_issue()
    assert await asyncio.gather(*(states.async_consume(state) for _ in range(5))) != [False] * 5
    assert not await states.async_consume(state)
    assert not await states.async_consume("made up")


async def test_an_invitation_in_a_state_can_not_be_changed(store: RedisStore) -> None:
    states = OneTimeStates(store.tickets)
    state = await states.async_issue("k1")
    assert not await states.async_consume(state.replace(".k1", ".k2"))
    assert await states.async_consume(state)
