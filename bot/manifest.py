"""The Slack app manifest, and the one table that ties scopes to the Web API methods and events that need them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

Json = dict[str, Any]
PATH = "/slack/events"
"""Where Slack's signed requests come in, in HTTP mode."""


@dataclass(frozen=True)
class Scope:
    """A scope of the bot token and what we need it for. Without an `optional` one Between still works; where
    leaders may answer by typing, one with `typing` events is needed.
    """

    name: str
    why: str
    methods: tuple[str, ...] = ()
    events: tuple[str, ...] = ()
    optional: bool = False
    typing: tuple[str, ...] = ()


@dataclass(frozen=True)
class Command:
    name: str
    description: str
    hint: str


@dataclass(frozen=True)
class Shortcut:
    """In the menu of every message. As a command, it is there only for people whose workspace has the app."""

    callback_id: str
    name: str
    description: str


SCOPES = (
    Scope(
        "chat:write",
        "write in the group's channel and in leaders' DMs",
        methods=("chat.postMessage", "chat.update", "chat.postEphemeral", "chat.delete"),
    ),
    Scope("commands", "offer /plate, /commit and /between, and a shortcut on messages"),
    Scope("im:write", "open the DM with a leader who joined", methods=("conversations.open",)),
    Scope(
        "users:read",
        "see leaders' names, suggest their time zone, and see that an account was closed",
        methods=("users.info",),
        events=("user_change",),
    ),
    Scope(
        "channels:read",
        "see who is in the group's channel, who came or left, and whether it can be used",
        methods=("conversations.members", "conversations.info"),
        events=(
            *("member_joined_channel", "member_left_channel", "channel_id_changed"),
            *("channel_archive", "channel_unarchive", "channel_shared", "channel_unshared"),
        ),
    ),
    Scope(
        "groups:read",
        "see the same in a private channel",
        methods=("conversations.members", "conversations.info"),
        events=(
            *("member_joined_channel", "member_left_channel", "channel_id_changed"),
            *("group_archive", "group_unarchive", "channel_shared", "channel_unshared"),
        ),
    ),
    Scope(
        "mpim:write",
        "open one conversation for two leaders whom it introduces, rather than write to each of them",
        methods=("conversations.open",),
        optional=True,
    ),
    Scope(
        "files:write",
        "put what somebody asks for of their own data into their DM as files; without it they read it on pages",
        methods=("files.getUploadURLExternal", "files.completeUploadExternal", "files.delete"),
        optional=True,
    ),
    Scope(
        "im:history",
        "look, after a broken connection, whether a message got to its DM, so that it is not sent twice, "
        "or read again what leaders type to it, where they may",
        methods=("conversations.history", "conversations.replies"),
        optional=True,
        typing=("message.im",),
    ),
)

FREE_METHODS = frozenset(
    {
        "auth.test",
        "apps.connections.open",
        "views.open",
        "views.push",
        "views.update",
        "views.publish",
        "migration.exchange",
    }
)
"""Methods that need no scope we must ask for: `apps.connections.open` goes with the app-level token, and every
token has `tokens.basic`, which `migration.exchange` needs."""

FREE_EVENTS = ("app_home_opened", "app_uninstalled", "tokens_revoked")
"""Events that need no scope."""

OF_AN_ORGANISATION = ("team_access_granted", "team_access_revoked")
"""And those of apps that are installed for a whole organisation."""

COMMANDS = (
    Command("/plate", "Share what is on your plate", "[what is on your plate]"),
    Command("/commit", "Say what you will do together", "[what you will do]"),
    Command("/between", "Your check-ins, the last digest, settings and help", "[digest last | help]"),
)


SHORTCUTS = (Shortcut("make_commitment", "Make this a commitment", "Say what you will do, from its words"),)


def events(*, typing: bool = False, org: bool = False) -> tuple[str, ...]:
    """The events to subscribe to, each once, in a settled order."""
    needed = {event for scope in SCOPES for event in (*scope.events, *(scope.typing if typing else ()))}
    return tuple(sorted({*FREE_EVENTS, *needed, *(OF_AN_ORGANISATION if org else ())}))


BACK_PATH = "/slack/oauth_redirect"
"""Where Slack leads a browser back to in which somebody installs us."""


def manifest(
    http: str | None = None, *, typing: bool = False, install_at: str | None = None, org: bool = False
) -> Json:
    """The manifest for Socket Mode, or for signed HTTP when `http` says where the bot is found. `typing`: leaders
    may answer by typing in their DM, so the bot is told what they write there. `install_at`: where browsers install
    it, which is `http` where that is set. `org`: for a whole organisation at once.
    """
    where: Json = {"request_url": http.rstrip("/") + PATH} if http else {}
    back_at = install_at or http
    redirects: Json = {"redirect_urls": [back_at.rstrip("/") + BACK_PATH]} if back_at else {}
    # Slack wants the optional ones in both lists.
    optional = [scope.name for scope in SCOPES if scope.optional and not (typing and scope.typing)]
    scopes: Json = {"bot": [scope.name for scope in SCOPES]} | ({"bot_optional": optional} if optional else {})
    return {
        "display_information": {
            "name": "Between",
            "description": "Looks after the time between meetings, and between organisations.",
            "background_color": "#24424f",
        },
        "features": _features({"url": where["request_url"]} if where else {}, typing),
        "oauth_config": redirects | {"scopes": scopes},
        "settings": {
            "event_subscriptions": where | {"bot_events": list(events(typing=typing, org=org))},
            "interactivity": {"is_enabled": True} | where,
            "org_deploy_enabled": org,
            "socket_mode_enabled": http is None,
            "token_rotation_enabled": False,
        },
    }


def _features(where: Json, typing: bool) -> Json:
    """`should_escape` turns names in a command into ids, so that a mention can't be forged.

    The Messages tab must be on, or DMs fail. It is read-only unless whoever installs it chose otherwise: Between is
    pressed, not chatted with, and being told what people type there is more than it needs.
    """
    return {
        "app_home": {
            "home_tab_enabled": True,
            "messages_tab_enabled": True,
            "messages_tab_read_only_enabled": not typing,
        },
        "bot_user": {"display_name": "Between", "always_online": True},
        "shortcuts": [
            {"name": one.name, "type": "message", "callback_id": one.callback_id, "description": one.description}
            for one in SHORTCUTS
        ],
        "slash_commands": [
            {
                "command": command.name,
                "description": command.description,
                "usage_hint": command.hint,
                "should_escape": True,
            }
            | where
            for command in COMMANDS
        ],
    }


def as_json(
    http: str | None = None, *, typing: bool = False, install_at: str | None = None, org: bool = False
) -> str:
    """The manifest as it stands in `manifest.json`, without the last newline."""
    return json.dumps(manifest(http, typing=typing, install_at=install_at, org=org), indent=2)
