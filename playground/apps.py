"""Apps, what they are configured to do, and where they are installed."""

from dataclasses import dataclass, field


@dataclass(slots=True)
class Command:
    """A slash command. `escape` is Slack's `should_escape`: names become ids."""

    name: str
    description: str = ""
    usage_hint: str = ""
    escape: bool = False


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
    home_tab: bool = True
    messages_tab: bool = True
    messages_tab_read_only: bool = False

    def command(self, name: str) -> Command | None:
        return next((command for command in self.commands if command.name == name), None)

    def install_of_bot(self, bot_user_id: str) -> Install | None:
        return next((one for one in self.installs.values() if one.bot_user_id == bot_user_id), None)
