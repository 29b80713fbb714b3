"""An app's manifest in place of the people file's apps, and what is refused or doubted at the start."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from playground import known, manifest
from playground.config import CONNECT, SEED, ConfigFault, doubts, load
from playground.scopes import EVENT_SCOPES
from playground.world import World
from tests.playground.conftest import CONFIG
from tests.playground.test_alone import _started, served

Json = dict[str, Any]
TEA = {
    "display_information": {"name": "Tea Rounds"},
    "features": {
        "bot_user": {"display_name": "tea rounds"},
        "app_home": {"home_tab_enabled": True, "messages_tab_enabled": False},
        "slash_commands": [{"command": "/tea", "url": "http://127.0.0.1:3000/tea", "should_escape": True}],
        "shortcuts": [{"name": "Pour", "type": "message", "callback_id": "pour", "description": "Pour"}],
    },
    "oauth_config": {"scopes": {"bot": ["chat:write", "commands"], "bot_optional": ["im:history"]}},
    "settings": {
        "event_subscriptions": {"request_url": "http://127.0.0.1:3000/events", "bot_events": ["message.im"]},
        "interactivity": {"is_enabled": True, "request_url": "http://127.0.0.1:3000/clicks"},
    },
}


def test_a_manifest_is_read_as_an_app() -> None:
    world = load(app=manifest.app(TEA))
    (app,) = world.apps.values()
    (install,) = app.installs.values()
    assert (app.name, app.socket_mode, app.home_tab, app.messages_tab) == ("Tea Rounds", False, True, False)
    assert install.scopes == ["chat:write", "commands", "im:history"]
    assert app.commands[0].escape is True
    assert app.shortcuts[0].kind == "message"
    assert app.address("slash_commands", {"command": "/tea"}) == "http://127.0.0.1:3000/tea"
    assert app.address("events_api", {}) == "http://127.0.0.1:3000/events"
    assert app.address("interactive", {"type": "block_actions"}) == "http://127.0.0.1:3000/clicks"
    assert len(world.people()) == 9


@pytest.mark.parametrize("settings", [{}, {"socket_mode_enabled": False}, {"socket_mode_enabled": True}])
def test_an_app_without_an_address_is_spoken_to_over_socket_mode(settings: Json) -> None:
    bare = {"display_information": {"name": "Tea"}, "settings": settings}
    (app,) = load(app=manifest.app(bare)).apps.values()
    assert app.socket_mode is True


def test_an_app_with_addresses_may_ask_for_socket_mode_all_the_same() -> None:
    asks = {**TEA, "settings": TEA["settings"] | {"socket_mode_enabled": True}}
    (app,) = load(app=manifest.app(asks)).apps.values()
    assert app.socket_mode is True


def test_our_own_manifest_leaves_nothing_to_doubt() -> None:
    ours = json.loads((Path(__file__).parents[2] / "manifest.json").read_text("utf-8"))
    assert list(manifest.absent(ours)) == []
    assert list(doubts(load(app=manifest.app(ours)))) == []


def test_what_a_manifest_asks_for_and_does_not_get_is_said_once() -> None:
    asks: Json = {
        **TEA,
        "functions": {"pour": {}},
        "settings": {
            "token_rotation_enabled": True,
            "event_subscriptions": {"metadata_subscriptions": [{"app_id": "*", "event_type": "tea"}]},
        },
        "oauth_config": {"scopes": {"bot": [], "user": ["search:read"], "user_optional": ["files:read"]}},
    }
    assert manifest.app(asks)["token_rotation"] is True
    assert list(manifest.absent(asks)) == [
        f"Tea Rounds asks for {what}, which the playground does not have."
        for what in ("user scopes", "events of metadata", "functions")
    ]


@pytest.mark.parametrize("broken", [None, [], "words", {"features": {}}])
def test_what_is_no_manifest_is_said(broken: Any) -> None:
    with pytest.raises(manifest.BadManifest, match=r"display_information\.name"):
        manifest.app(broken)


@pytest.mark.slow
async def test_an_app_works_with_its_manifest_alone(tmp_path: Path) -> None:
    path = tmp_path / "manifest.json"
    path.write_text(json.dumps(TEA))
    async with served("--manifest", str(path)) as alone:
        client = AsyncWebClient(alone.told("SLACK_BOT_TOKEN"), base_url=f"{alone.url}/api/")
        assert (await client.auth_test())["user"] == "tearounds"


@pytest.mark.slow
async def test_a_manifest_that_cannot_be_read_is_said_in_a_sentence(tmp_path: Path) -> None:
    process = await _started("--manifest", str(tmp_path / "none.json"))
    _, said = await process.communicate()
    assert process.returncode == 2
    assert said.decode().strip() == f"Can't read {tmp_path / 'none.json'}: no such file or directory."


# -- names that nobody knows -------------------------------------------------------------


def changed(**app: Any) -> Json:
    return {**CONFIG, "apps": [CONFIG["apps"][0] | app]}


def channel(**more: Any) -> Json:
    return {**CONFIG, "channels": [{"id": "C1", "name": "tea", **more}]}


WRONG = [
    (
        changed(scopes=["chat:wriite"]),
        "'chat:wriite' is not a scope that a bot may have. Did you mean 'chat:write'?",
    ),
    (changed(events=["mesage.im"]), "'mesage.im' is not an event of Slack's. Did you mean 'message.im'?"),
    (changed(shortcuts=[{"callback_id": "a", "name": "A", "kind": "mesage"}]), "its kind is 'mesage'"),
    (channel(kind="secret"), "#tea: its kind is 'secret'; it may be: channel, private."),
    (channel(posting="noone"), "#tea: its posting is 'noone'; it may be: anyone, admins"),
]


@pytest.mark.parametrize(("config", "said"), WRONG)
def test_a_name_that_slack_does_not_know_is_refused(config: Json, said: str) -> None:
    with pytest.raises(ConfigFault) as caught:
        World.from_config(config)
    assert said in str(caught.value)


def test_names_that_slack_added_for_agents_are_taken() -> None:
    """As the manifests of Slack's own samples have them: https://docs.slack.dev/reference/events/agent_session_stopped."""
    added = ["agent_session_stopped", "agent_session_title_changed", "app_context_changed"]
    world = World.from_config(changed(events=added, scopes=["assistant:write", "code_channels:manage"]))
    assert list(doubts(world)) == [f"Bell subscribes to {one}, which is never sent here." for one in added]


def test_an_event_that_is_never_sent_or_lacks_its_scope_is_doubted() -> None:
    world = World.from_config(
        changed(events=["pin_added", "message.mpim", "member_joined_channel"], scopes=["chat:write"])
    )
    assert list(doubts(world)) == [
        "Bell subscribes to pin_added, which is never sent here.",
        "Bell subscribes to message.mpim and lacks its scope: mpim:history.",
        "Bell subscribes to member_joined_channel and lacks its scope: channels:read.",
    ]


@pytest.mark.slow
async def test_doubts_are_told_at_the_start(tmp_path: Path) -> None:
    path = tmp_path / "manifest.json"
    doubtful = {**TEA, "settings": {"event_subscriptions": {"bot_events": ["pin_added"]}}}
    path.write_text(json.dumps(doubtful))
    async with served("--manifest", str(path)) as alone:
        assert alone.process.stderr
        said = await alone.process.stderr.readline()
    assert said.decode() == "  Note: Tea Rounds subscribes to pin_added, which is never sent here.\n"


@pytest.mark.parametrize("path", [SEED, CONNECT])
def test_the_files_that_come_with_it_leave_nothing_to_doubt(path: Path) -> None:
    assert list(doubts(load(path))) == []


def test_every_event_that_is_told_is_known_as_sent() -> None:
    assert EVENT_SCOPES.keys() <= known.SENT
    assert known.SENT <= known.EVENTS
