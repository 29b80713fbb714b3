"""The playground's world: what exists in it, with what can be done to its workspaces, apps and shared channels."""

from dataclasses import dataclass
from typing import Any, Self

from playground import connect, installs
from playground.apps import App, Install
from playground.clock import Clock
from playground.furnish import furnish
from playground.messages import Channel
from playground.people import User
from playground.state import Herald, State, Unknown

__all__ = ["Herald", "Unknown", "World"]
Json = dict[str, Any]


@dataclass
class World(State):
    """Everything there is; see `playground.state` for the facts and look-ups."""

    @classmethod
    def from_config(cls, config: Json, clock: Clock | None = None) -> Self:
        """A world as `people.yaml` describes one; see `playground.furnish`."""
        made = cls(clock or Clock())
        furnish(made, config)
        return made

    def install_for(self, app: App, user: User) -> Install | None:
        """The installation that serves this person: the one at home, else one they share a conversation with."""
        if user.team_id in app.installs:
            return app.installs[user.team_id]
        every = list(app.installs.values())
        near = [one for one in every if connect.meet(self, one.bot_user_id, user.id)]
        return next(iter(near or every), None)

    # -- workspaces ----------------------------------------------------------------------

    def share(self, channel: "str | Channel", team_id: str, *members: str) -> Channel:
        """Connect a channel to another workspace, and let these of its people in; see `playground.connect`."""
        return connect.share(self, self.channel(channel), team_id, [self.user(one).id for one in members])

    def unshare(self, channel: "str | Channel", team_id: str) -> None:
        """Take a workspace out of a connected channel; nothing of it stays there."""
        connect.unshare(self, self.channel(channel), team_id)

    def disconnect(self, channel: "str | Channel", team_id: str) -> Channel:
        """Sever a workspace from a connected channel; it keeps a frozen copy, returned, with a new id."""
        return connect.disconnect(self, self.channel(channel), team_id)

    def install(self, app: App | str, team_id: str, scopes: list[str], by: str = "") -> Install:
        """Install an app in a workspace, as OAuth does; see `playground.installs`."""
        return installs.install(self, self.app(app) if isinstance(app, str) else app, team_id, scopes, by)

    def uninstall(self, app: App | str, team_id: str) -> None:
        """Remove an app from a workspace: its token, its bot user and what it showed go with it."""
        installs.uninstall(self, self.app(app) if isinstance(app, str) else app, team_id)

    def leave_workspace(self, called: str) -> None:
        """Somebody's account is closed; apps that they installed go too, as at Slack."""
        installs.desert(self, self.user(called))

    def return_to_workspace(self, called: str) -> None:
        """Their account is open again; they are in none of their earlier channels."""
        user = self.user(called)
        user.deleted = False
        installs.tell_change(self, user)
        self.touch()

    def make_guest(self, called: str, single_channel: bool = False) -> None:
        """Somebody becomes a guest; apps that they installed go."""
        user = self.user(called)
        user.is_restricted, user.is_ultra_restricted = True, single_channel
        installs.orphan(self, user)
        self.touch()
