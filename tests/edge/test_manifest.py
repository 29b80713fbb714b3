"""The manifest: valid as Slack reads it, with the fewest scopes, and true to what the bot calls and handles."""

import ast
import json
from pathlib import Path

import jsonschema
import pytest

from bot import manifest
from bot.manifest import FREE_EVENTS, FREE_METHODS, PATH, SCOPES

ROOT = Path(__file__).parents[2]
SCHEMA = json.loads(Path(__file__).with_name("manifest.schema.2.0.0.json").read_text("utf-8"))
MARKS = {"write", "read", "api_call"}
"""Names of the functions that take a Web API method by name."""

NAMED = {"auth_test": "auth.test", "apps_connections_open": "apps.connections.open"}
"""slack_sdk's own functions that we call, and what they call."""

FOR_EVENTS_AND_COMMANDS = {"commands"}


def methods_called():
    """Every Web API method that the bot's source names in a call, with the file that does."""
    found = {}
    for path in sorted((ROOT / "bot").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and (method := method_of(node)):
                found.setdefault(method, path.name)
    return found


def method_of(call):
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    if name in NAMED:
        return NAMED[name]
    if name not in MARKS:
        return None
    words = [arg.value for arg in call.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)]
    return next((word for word in words if "." in word and " " not in word), None)


@pytest.mark.parametrize("typing", [False, True])
@pytest.mark.parametrize("http", [None, "https://between.example"])
def test_slack_would_take_the_manifest(http, typing):
    jsonschema.validate(manifest.manifest(http, typing=typing), SCHEMA, cls=jsonschema.Draft7Validator)


def test_the_manifest_in_the_repository_is_what_the_command_prints():
    assert (ROOT / "manifest.json").read_text("utf-8") == manifest.as_json() + "\n", "Say: make manifest"


def test_over_socket_mode_no_address_is_needed():
    assert "url" not in manifest.as_json()
    assert manifest.manifest()["settings"]["socket_mode_enabled"] is True


def test_over_http_everything_comes_in_at_one_address():
    made = manifest.manifest("https://between.example/")
    address = "https://between.example" + PATH
    assert made["settings"]["socket_mode_enabled"] is False
    assert made["settings"]["event_subscriptions"]["request_url"] == address
    assert made["settings"]["interactivity"]["request_url"] == address
    assert {one["url"] for one in made["features"]["slash_commands"]} == {address}


def test_names_in_commands_come_as_ids():
    assert all(one["should_escape"] for one in manifest.manifest()["features"]["slash_commands"])


@pytest.mark.slow
def test_every_method_the_bot_calls_has_its_scope_in_the_manifest():
    allowed = {method for scope in SCOPES for method in scope.methods} | FREE_METHODS
    assert {method: file for method, file in methods_called().items() if method not in allowed} == {}


@pytest.mark.slow
def test_no_method_is_in_the_table_that_the_bot_does_not_call():
    listed = {method for scope in SCOPES for method in scope.methods} | FREE_METHODS
    assert listed - set(methods_called()) == set()


def test_no_scope_is_asked_for_without_a_use():
    unused = [scope.name for scope in SCOPES if not (scope.methods or scope.events)]
    assert set(unused) == FOR_EVENTS_AND_COMMANDS
    assert manifest.COMMANDS


def test_every_event_we_subscribe_to_has_its_scope():
    covered = {event for scope in SCOPES for event in scope.events} | set(FREE_EVENTS)
    assert set(manifest.events()) == covered
    assert set(manifest.events(typing=True)) == covered | {"message.im"}


def test_whoever_lets_leaders_type_needs_the_scope_for_it_and_no_other():
    usual = manifest.manifest()["oauth_config"]["scopes"]
    scopes = manifest.manifest(typing=True)["oauth_config"]["scopes"]
    assert scopes["bot"] == usual["bot"]
    assert "im:history" not in scopes.get("bot_optional", [])


def test_what_is_optional_is_asked_for_and_marked():
    scopes = manifest.manifest()["oauth_config"]["scopes"]
    assert set(scopes["bot_optional"]) <= set(scopes["bot"])
    assert scopes["bot_optional"] == ["mpim:write", "files:write", "im:history"]


@pytest.mark.parametrize("typing", [False, True])
def test_nobody_can_type_where_nothing_would_answer(typing):
    made = manifest.manifest(typing=typing)
    home, events = made["features"]["app_home"], made["settings"]["event_subscriptions"]["bot_events"]
    assert home["messages_tab_enabled"], "or DMs fail with messages_tab_disabled"
    assert home["messages_tab_read_only_enabled"] == ("message.im" not in events)
    assert ("message.im" in events) == typing


def test_typing_changes_nothing_else_in_the_manifest():
    usual, made = manifest.manifest(), manifest.manifest(typing=True)
    made["oauth_config"], made["features"]["app_home"] = usual["oauth_config"], usual["features"]["app_home"]
    made["settings"]["event_subscriptions"] = usual["settings"]["event_subscriptions"]
    assert made == usual


def test_browsers_are_led_back_to_where_the_bot_waits_for_them():
    from bot.manifest import manifest
    from bot.slack.oauth import BACK_PATH

    back = [f"https://between.example{BACK_PATH}"]
    assert manifest("https://between.example/")["oauth_config"]["redirect_urls"] == back
    assert manifest(install_at="https://between.example")["oauth_config"]["redirect_urls"] == back
    assert "redirect_urls" not in manifest()["oauth_config"]
    assert manifest(org=True)["settings"]["org_deploy_enabled"]
