"""The people file of several workspaces, and what it says when something is wrong."""

import pytest

from playground.config import CONNECT, ConfigFault, load
from playground.world import World

TEAM = {"id": "T1", "name": "One"}
APP = {"id": "A1", "name": "Bell", "signing_secret": "s"}


def test_connect_yaml_has_three_workspaces_one_of_them_without_the_app() -> None:
    world = load(CONNECT)
    assert set(world.workspaces) == {"T0RIVER", "T0TRUST", "T0CARERS"}
    assert set(world.app("Between").installs) == {"T0RIVER", "T0TRUST"}
    assert world.channels["C0CARERS"].teams == ["T0RIVER", "T0TRUST", "T0CARERS"]
    assert {user.is_guest for user in world.people()} == {True, False}


def test_everyone_means_everyone_of_the_channels_workspaces() -> None:
    assert load(CONNECT).channels["C0TRUST"].members == ["U0JO", "U0PRIYA"]


def test_an_app_may_be_installed_nowhere_yet() -> None:
    world = World.from_config({"workspaces": [TEAM], "apps": [APP | {"installs": {}}]})
    assert world.app("Bell").installs == {}


def test_every_installation_has_its_own_bot_though_only_one_is_named() -> None:
    teams = [TEAM, {"id": "T2", "name": "Two"}]
    app = APP | {"bot_user": {"id": "U1", "name": "bell"}, "bot_token": "xoxb-1", "installs": {"T1": {}, "T2": {}}}
    one, other = World.from_config({"workspaces": teams, "apps": [app]}).app("Bell").installs.values()
    assert (one.bot_user_id, one.bot_token) == ("U1", "xoxb-1")
    assert one.bot_user_id != other.bot_user_id
    assert one.bot_token != other.bot_token


def test_what_slack_leaves_open_may_stand_in_the_file() -> None:
    world = World.from_config({"workspaces": [TEAM], "guesses": {"external_tz": False}})
    assert world.guesses.external_tz is False
    with pytest.raises(ConfigFault, match="The guesses has no 'zone'"):
        World.from_config({"workspaces": [TEAM], "guesses": {"zone": True}})


def test_a_channel_of_an_unknown_workspace_is_a_fault_in_words() -> None:
    with pytest.raises(ConfigFault, match="names the workspace T9"):
        World.from_config({"workspaces": [TEAM], "channels": [{"name": "a", "teams": ["T1", "T9"]}]})
