"""Workspaces and the people (and bots) in them."""

from dataclasses import dataclass


@dataclass(slots=True)
class Workspace:
    """One Slack workspace, known to the API as a team."""

    id: str
    name: str
    domain: str = ""
    guests_use_apps: bool = True
    """The setting "guests may use app slash commands and shortcuts"."""
    edit_minutes: int | None = None
    """How long messages may be changed, if the workspace limits it."""
    approves_apps: bool = False
    """Whether only admins may install an app."""
    keeps_messages: bool = False
    """Whether its exports for compliance forbid that messages are deleted."""


@dataclass(slots=True)
class User:
    """A person, or an app's bot user, whose home is the workspace `team_id`."""

    id: str
    team_id: str
    name: str
    real_name: str
    tz: str = "Europe/London"
    title: str = ""
    organisation: str = ""
    colour: str = "#4a5a68"
    email: str = ""
    locale: str = "en-GB"
    is_bot: bool = False
    app_id: str | None = None
    bot_id: str | None = None
    deleted: bool = False
    is_admin: bool = False
    is_restricted: bool = False
    is_ultra_restricted: bool = False

    @property
    def is_guest(self) -> bool:
        """A guest of several channels (`is_restricted`) or of one (`is_ultra_restricted` as well)."""
        return self.is_restricted or self.is_ultra_restricted

    @property
    def first_name(self) -> str:
        return self.real_name.split()[0] if self.real_name else self.name

    def answers_to(self, called: str) -> bool:
        """Whether `called` is this person's id, handle, first name or whole name."""
        wanted = called.lstrip("@").casefold()
        return wanted in {self.id.casefold(), self.name.casefold(), self.real_name.casefold()} or (
            wanted == self.first_name.casefold()
        )
