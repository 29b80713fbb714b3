"""Apps, what they are configured to do, and where they are installed."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(slots=True)
class Command:
    """A slash command. `escape` is Slack's `should_escape`: names become ids. `url` is its own request URL."""

    name: str
    description: str = ""
    usage_hint: str = ""
    escape: bool = False
    url: str | None = None


@dataclass(slots=True)
class Shortcut:
    """A global or message shortcut."""

    callback_id: str
    name: str
    kind: str = "global"


@dataclass(slots=True)
class Install:
    """An app in one workspace: its token there and what that token may do."""

    team_id: str
    bot_token: str
    bot_user_id: str
    bot_id: str
    scopes: list[str] = field(default_factory=list)
    installed_by: str = ""
    refresh_token: str = ""
    expires_at: datetime | None = None
    """Where tokens rotate: what the next one is had for, and when this one ends."""
    older: dict[str, datetime] = field(default_factory=dict)
    """Earlier access tokens that still work, and until when."""


@dataclass(slots=True)
class App:
    """An app. Deliveries go to `request_url` by signed HTTP, or over Socket Mode when `socket_mode` is set."""

    id: str
    name: str
    signing_secret: str
    app_token: str = ""
    client_id: str = ""
    client_secret: str = ""
    socket_mode: bool = True
    request_url: str | None = None
    """Where everything goes that has no address of its own."""
    events_url: str | None = None
    interactivity_url: str | None = None
    options_url: str | None = None
    """Where the app is asked what an external menu offers."""
    commands: list[Command] = field(default_factory=list)
    shortcuts: list[Shortcut] = field(default_factory=list)
    events: list[str] = field(default_factory=list)
    installs: dict[str, Install] = field(default_factory=dict)
    former: dict[str, Install] = field(default_factory=dict)
    """Installations that were removed, by workspace; a new one there gets the same bot user back."""
    app_token_scopes: list[str] = field(default_factory=lambda: ["connections:write", "authorizations:read"])
    redirect_urls: list[str] = field(default_factory=list)
    """Where OAuth may lead back to, each with what lies below its path; with none, anywhere is allowed."""
    distributed: bool = True
    """Whether other workspaces than its own may install it."""
    token_rotation: bool = False
    """Whether its tokens end after twelve hours. At Slack it can't be switched off again."""
    home_tab: bool = True
    messages_tab: bool = True
    messages_tab_read_only: bool = False

    def command(self, name: str) -> Command | None:
        return next((command for command in self.commands if command.name == name), None)

    def address(self, kind: str, payload: dict[str, Any]) -> str | None:
        """Where a delivery goes over HTTP: Slack has a request URL for each kind, and for each command."""
        if kind == "events_api":
            own = self.events_url
        elif kind == "slash_commands":
            command = self.command(str(payload.get("command")))
            own = command.url if command else None
        elif payload.get("type") == "block_suggestion":
            own = self.options_url or self.interactivity_url
        else:
            own = self.interactivity_url
        return own or self.request_url

    @property
    def speaks_http(self) -> bool:
        """Whether it has any address."""
        own = (self.request_url, self.events_url, self.interactivity_url, self.options_url)
        return any(own) or any(one.url for one in self.commands)

    def install_of_bot(self, bot_user_id: str) -> Install | None:
        return next((one for one in self.installs.values() if one.bot_user_id == bot_user_id), None)
