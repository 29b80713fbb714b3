"""An app's manifest as an entry of a people file, so that `between playground --manifest` needs no other.

https://docs.slack.dev/reference/app-manifest
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

Json = dict[str, Any]
ID = "A0APP"
ABSENT = {
    "oauth_config.scopes.user": "user scopes",
    "oauth_config.scopes.user_optional": "user scopes",
    "settings.event_subscriptions.user_events": "events told on behalf of users",
    "settings.event_subscriptions.metadata_subscriptions": "events of metadata",
    "settings.org_deploy_enabled": "installing for a whole organisation",
    "settings.incoming_webhooks": "incoming webhooks",
    "features.unfurl_domains": "unfurling of links",
    "features.agent_view": "the agent's view",
    "features.assistant_view": "the agent's view",
    "features.workflow_steps": "steps of workflows",
    "features.code_channels": "code channels",
    "features.rich_previews": "unfurling of links",
    "functions": "functions",
    "workflows": "workflows",
    "datastores": "datastores",
}
"""What a manifest may ask for and the playground has not."""


class BadManifest(ValueError):
    """The manifest cannot be read; the words say why."""


def at(manifest: Any, path: str, default: Any = None) -> Any:
    """What stands at `a.b.c`, or `default` if nothing does."""
    for part in path.split("."):
        manifest = manifest.get(part) if isinstance(manifest, dict) else None
    return default if manifest is None else manifest


def absent(manifest: Json) -> Iterator[str]:
    """What it asks for and does not get here, in words."""
    name = at(manifest, "display_information.name", "The app")
    for what in dict.fromkeys(words for path, words in ABSENT.items() if at(manifest, path)):
        yield f"{name} asks for {what}, which the playground does not have."


def app(manifest: Any) -> Json:
    """The app as an entry under `apps`. Raises BadManifest."""
    name = at(manifest, "display_information.name")
    if not name:
        raise BadManifest("it has no display_information.name, without which it is no manifest.")
    scopes = [*at(manifest, "oauth_config.scopes.bot", []), *at(manifest, "oauth_config.scopes.bot_optional", [])]
    home = at(manifest, "features.app_home", {})
    return {
        "id": ID,
        "name": name,
        "signing_secret": f"{ID.lower()}-signing-secret",
        "app_token": f"xapp-1-{ID}-playground",
        "bot_token": f"xoxb-{ID.lower()}-playground",
        "client_id": f"playground.{ID.lower()}",
        "client_secret": f"{ID.lower()}-client-secret",
        "bot_user": {"name": str(at(manifest, "features.bot_user.display_name", name)).lower().replace(" ", "")},
        "scopes": list(dict.fromkeys(scopes)),
        "events": list(at(manifest, "settings.event_subscriptions.bot_events", [])),
        "commands": [_command(one) for one in at(manifest, "features.slash_commands", [])],
        "shortcuts": [_shortcut(one) for one in at(manifest, "features.shortcuts", [])],
        "redirect_urls": list(at(manifest, "oauth_config.redirect_urls", [])),
        "token_rotation": bool(at(manifest, "settings.token_rotation_enabled", False)),
        "home_tab": bool(home.get("home_tab_enabled", False)),
        "messages_tab": bool(home.get("messages_tab_enabled", True)),
        "messages_tab_read_only": bool(home.get("messages_tab_read_only_enabled", False)),
    } | _addresses(manifest)


def _addresses(manifest: Json) -> Json:
    events = at(manifest, "settings.event_subscriptions.request_url")
    clicks = at(manifest, "settings.interactivity.request_url")
    # Said only where it is so: an app that says no and has no address either could be told nothing.
    socket_mode = {"socket_mode": True} if at(manifest, "settings.socket_mode_enabled") else {}
    return socket_mode | {
        "request_url": events or clicks,
        "events_url": events,
        "interactivity_url": clicks,
        "options_url": at(manifest, "settings.interactivity.message_menu_options_url"),
    }


def _command(one: Json) -> Json:
    return {
        "name": one.get("command"),
        "description": one.get("description", ""),
        "usage_hint": one.get("usage_hint", ""),
        "escape": bool(one.get("should_escape")),
        "url": one.get("url"),
    }


def _shortcut(one: Json) -> Json:
    return {"callback_id": one.get("callback_id"), "name": one.get("name"), "kind": one.get("type", "global")}
