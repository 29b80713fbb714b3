"""Fills a world from plain data, as it stands in `people.yaml`, which shows every kind of entry."""

import copy
from collections.abc import Iterator
from dataclasses import fields
from typing import Any, TypeVar, get_args

from playground import connect
from playground import known as known_
from playground.apps import App, Command, Install, Shortcut
from playground.guesses import Guesses
from playground.limits import Limits
from playground.messages import Posting
from playground.people import User, Workspace
from playground.state import State

Json = dict[str, Any]
Made = TypeVar("Made")
KNOWN = ("workspaces", "people", "apps", "channels", "strict", "guesses")


KINDS = ("channel", "private")


def furnish(world: State, config: Json) -> None:
    """Add the workspaces, people, apps and channels of `config` to `world`, in that order."""
    if not isinstance(config, dict) or (strange := sorted(config.keys() - {*KNOWN})):
        at = f"It has no {strange[0]!r}. " if isinstance(config, dict) else ""
        raise ConfigFault(f"{at}A people file may have: {', '.join(KNOWN)}.")
    config = copy.deepcopy(config)
    for data in config.get("workspaces", []):
        world.workspaces[data["id"]] = _made("A workspace", Workspace, data)
    for data in config.get("people", []):
        _add_person(world, data)
    for data in config.get("apps", []):
        _add_app(world, data)
    for data in config.get("channels", []):
        _add_channel(world, data)
    if config.get("strict"):
        world.strict, world.limits = True, Limits()
    if "guesses" in config:
        world.guesses = _made("The guesses", Guesses, config["guesses"])


class ConfigFault(ValueError):
    """The people file cannot be used; the words say what to change."""


def _refuse(fault: str, name: str) -> None:
    if fault:
        raise ConfigFault(f"{name}: {fault}")


def doubts(world: State) -> Iterator[str]:
    """What the apps ask for and will not get."""
    for app in world.apps.values():
        scopes = {scope for install in app.installs.values() for scope in install.scopes}
        if app.installs:
            yield from known_.doubts(app.name, app.events, scopes)


def _made(what: str, kind: type[Made], data: Json) -> Made:
    """An object from its entry, or a sentence about the key that does not belong or is missing."""
    known = [one.name for one in fields(kind)]  # type: ignore[arg-type]
    strange = [key for key in data if key not in known]
    if strange:
        raise ConfigFault(f"{what} has no {strange[0]!r}. It may have: {', '.join(known)}.")
    try:
        return kind(**data)
    except TypeError as fault:
        raise ConfigFault(f"{what} {data.get('id') or data.get('name') or data}: {fault}.") from None


def _home(world: State) -> str:
    """The first workspace, where everything is that names none."""
    if not world.workspaces:
        raise ConfigFault("There is no workspace. Name one under `workspaces`, with an id and a name.")
    return next(iter(world.workspaces))


def _add_person(world: State, given: Json) -> None:
    data: Json = {"team_id": _home(world), **given}
    data.setdefault("name", data["id"].lower())
    data.setdefault("real_name", data["name"].title())
    world.users[data["id"]] = _made("A person", User, data)


def _add_channel(world: State, data: Json) -> None:
    members = data.get("members", [])
    teams = data.get("teams") or [_home(world)]
    _refuse(known_.unknown_kind(data.get("kind", "channel"), KINDS, "its kind"), f"#{data['name']}")
    _refuse(
        known_.unknown_kind(data.get("posting", "anyone"), get_args(Posting), "its posting"), f"#{data['name']}"
    )
    if unknown := [team for team in teams if team not in world.workspaces]:
        raise ConfigFault(f"A channel names the workspace {unknown[0]}, which is not there.")
    if members == "everyone":
        members = [user.id for user in world.people() if user.team_id in teams]
    channel = world.add_channel(
        data["name"],
        data.get("kind", "channel"),
        teams,
        [world.user(one).id for one in members],
        data.get("id", ""),
    )
    channel.topic, channel.purpose = data.get("topic", ""), data.get("purpose", "")
    channel.is_general = channel.name == "general"
    channel.posting, channel.post_only = data.get("posting", "anyone"), data.get("post_only", [])
    channel.archived, channel.frozen = data.get("archived", False), data.get("frozen", "")
    connect.introduce(world, channel)


def _add_app(world: State, data: Json) -> None:
    """An app, installed where `installs` says, else in the first workspace; any address alone means HTTP."""
    known = dict(data)
    installs = known.pop("installs", None)
    installs = {_home(world): {}} if installs is None else installs
    scopes = known.pop("scopes", [])
    bot = known.pop("bot_user", None) or {}
    token = known.pop("bot_token", "")
    parts: Json = {
        "commands": [_made("A command", Command, _named(one)) for one in known.get("commands", [])],
        "shortcuts": [_made("A shortcut", Shortcut, one) for one in known.get("shortcuts", [])],
    }
    for one in parts["shortcuts"]:
        _refuse(known_.unknown_kind(one.kind, ("global", "message"), "its kind"), f"The shortcut {one.name}")
    app = _made("An app", App, known | parts)
    app.socket_mode = data.get("socket_mode", not app.speaks_http)
    world.apps[app.id] = app
    _refuse(known_.unknown_event(app.events), app.name)
    for team_id, given in installs.items():
        _install(world, app, team_id, {"scopes": scopes, "bot_user": bot, "bot_token": token} | (given or {}))
        bot, token = {key: bot[key] for key in ("name", "colour") if key in bot}, ""


def _named(command: str | Json) -> Json:
    return {"name": command} if isinstance(command, str) else command


def _install(world: State, app: App, team_id: str, given: Json) -> None:
    bot = given["bot_user"]
    user = User(
        id=bot.get("id") or world.new_id("U"),
        team_id=team_id,
        name=bot.get("name") or app.name.lower().replace(" ", ""),
        real_name=app.name,
        colour=bot.get("colour", "#2f4858"),
        is_bot=True,
        app_id=app.id,
        bot_id=bot.get("bot_id") or world.new_id("B"),
    )
    _refuse(known_.unknown_scope(list(given["scopes"])), app.name)
    world.users[user.id] = user
    app.installs[team_id] = Install(
        team_id=team_id,
        bot_token=given["bot_token"] or f"xoxb-{app.id}-{team_id}",
        bot_user_id=user.id,
        bot_id=user.bot_id or "",
        scopes=list(given["scopes"]),
    )
