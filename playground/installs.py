"""Installing apps in workspaces and removing them, and what becomes of their tokens."""

from __future__ import annotations

from playground.apps import App, Install
from playground.people import User
from playground.state import State
from playground.user_shapes import user_json

LIGHT = {"bot", "incoming-webhook", "commands", "identify"}


def install(world: State, app: App, team_id: str, scopes: list[str], by: str = "") -> Install:
    """Give `app` a token for a workspace. Installing again adds scopes and keeps token and bot user."""
    known = app.installs.get(team_id)
    if known and known.bot_token not in world.revoked:
        known.scopes += [one for one in scopes if one not in known.scopes]
    else:
        known = _renewed(world, app, known or app.former.pop(team_id, None), team_id, scopes)
    known.installed_by = by or known.installed_by
    world.touch()
    return known


def _renewed(world: State, app: App, old: Install | None, team_id: str, scopes: list[str]) -> Install:
    """An installation with a new token; the bot user of an earlier one comes back."""
    bot = world.users[old.bot_user_id] if old else _bot(world, app, team_id)
    bot.deleted = False
    token = f"xoxb-{world.new_id(team_id)}"
    app.installs[team_id] = Install(team_id, token, bot.id, bot.bot_id or "", list(scopes))
    return app.installs[team_id]


def _bot(world: State, app: App, team_id: str) -> User:
    bot = User(
        id=world.new_id("U"),
        team_id=team_id,
        name=app.name.lower().replace(" ", ""),
        real_name=app.name,
        colour="#2f4858",
        is_bot=True,
        app_id=app.id,
        bot_id=world.new_id("B"),
    )
    world.users[bot.id] = bot
    return bot


def revoke(world: State, one: Install) -> None:
    """Revoke a bot token: the bot user is switched off and leaves its channels; the app stays installed."""
    world.announce(_tokens_revoked(one), one)
    _silence(world, one, "token_revoked")


def uninstall(world: State, app: App, team_id: str) -> None:
    """Remove an app from a workspace. Both events are sent; Slack promises no order between them."""
    one = app.installs[team_id]
    if one.bot_token not in world.revoked:
        world.announce(_tokens_revoked(one), one)
    world.announce({"type": "app_uninstalled"}, one)
    _silence(world, one, "account_inactive")
    app.former[team_id] = app.installs.pop(team_id)
    _clear_views(world, app, team_id)


def desert(world: State, user: User) -> None:
    """Somebody leaves their workspace for good; most apps they installed there go with them.

    https://docs.slack.dev/app-management/distribution: all but those with the scopes in `LIGHT` alone.
    """
    user.deleted = True
    for channel in world.channels.values():
        if channel.is_named and user.id in channel.members:
            channel.members.remove(user.id)
    orphan(world, user)
    tell_change(world, user)
    world.touch()


def tell_change(world: State, user: User) -> None:
    """What is known of somebody changed: told to the apps of their workspace that may read its people.

    https://docs.slack.dev/reference/events/user_change
    """
    for app in world.apps.values():
        one = app.installs.get(user.team_id)
        if one and "users:read" in one.scopes:
            shape = user_json(world, user)
            event = {"type": "user_change", "user": shape, "cache_ts": shape["updated"]}
            world.announce(event | {"event_ts": world.next_ts()}, one)


def orphan(world: State, user: User) -> None:
    """Remove the apps somebody installed who has left or become a guest."""
    for app in list(world.apps.values()):
        one = app.installs.get(user.team_id)
        if one and one.installed_by == user.id and not set(one.scopes) <= LIGHT:
            uninstall(world, app, user.team_id)


def _tokens_revoked(one: Install) -> dict[str, object]:
    return {"type": "tokens_revoked", "tokens": {"oauth": [], "bot": [one.bot_user_id]}}


def _silence(world: State, one: Install, error: str) -> None:
    world.revoked[one.bot_token] = error
    world.users[one.bot_user_id].deleted = True
    for channel in world.channels.values():
        if channel.is_named and one.bot_user_id in channel.members:
            channel.members.remove(one.bot_user_id)
    world.touch()


def _clear_views(world: State, app: App, team_id: str) -> None:
    """Take away the forms, Home tabs and answer addresses that belonged to an installation."""
    for user_id, stack in list(world.modals.items()):
        world.modals[user_id] = [
            view for view in stack if (view.app_id, view.app_installed_team_id) != (app.id, team_id)
        ]
    for key, view in list(world.homes.items()):
        if (view.app_id, view.app_installed_team_id) == (app.id, team_id):
            del world.homes[key]
    for secret, url in list(world.response_urls.items()):
        if (url.app_id, url.install_team_id) == (app.id, team_id):
            del world.response_urls[secret]
