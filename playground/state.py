"""Everything that exists in the playground: workspaces, people, conversations, apps, open views, and the log."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from typing import Any

from playground.apps import App, Install
from playground.clock import Clock
from playground.faults import Faults
from playground.files import File
from playground.guesses import Guesses
from playground.limits import Limits
from playground.messages import Channel, Kind, Message
from playground.people import User, Workspace
from playground.scheduled import Schedule
from playground.tickets import Code, EventContext, Notice, ResponseUrl, Trigger
from playground.traffic import Traffic
from playground.views import View

Json = dict[str, Any]
Herald = Callable[[Json, "Channel | Install"], None]


class Unknown(LookupError):
    """Nothing in this world has that name or id."""


@dataclass
class State:
    """Plain facts with look-ups. It sends nothing; whoever changes it calls `touch()`."""

    clock: Clock = field(default_factory=Clock)
    workspaces: dict[str, Workspace] = field(default_factory=dict)
    users: dict[str, User] = field(default_factory=dict)
    channels: dict[str, Channel] = field(default_factory=dict)
    apps: dict[str, App] = field(default_factory=dict)
    modals: dict[str, list[View]] = field(default_factory=dict)
    homes: dict[tuple[str, str], View] = field(default_factory=dict)
    notices: dict[str, list[Notice]] = field(default_factory=dict)
    triggers: dict[str, Trigger] = field(default_factory=dict)
    response_urls: dict[str, ResponseUrl] = field(default_factory=dict)
    codes: dict[str, Code] = field(default_factory=dict)
    files: dict[str, File] = field(default_factory=dict)
    event_contexts: dict[str, EventContext] = field(default_factory=dict)
    revoked: dict[str, str] = field(default_factory=dict)
    """Tokens that no longer work, each with the error it now gets."""
    acquainted: set[frozenset[str]] = field(default_factory=set)
    """Pairs of workspaces that share a channel or once did."""
    guesses: Guesses = field(default_factory=Guesses)
    traffic: Traffic = field(default_factory=Traffic)
    ack_timeout_s: float = 3.0
    """Real seconds an app has to acknowledge, and a trigger id lives."""
    ping_seconds: float = 10.0
    """Real seconds between two pings on a socket connection."""
    strict: bool = False
    """Whether events are sent again and socket connections have their time, as at Slack."""
    limits: Limits | None = None
    """How often apps may call, post and be told of events; None lets them do as they like."""
    scheduled: Schedule = field(default_factory=Schedule)
    faults: Faults = field(init=False)
    """What shall go wrong, and what did."""
    version: int = 0
    heralds: list[Herald] = field(default_factory=list)
    """Whoever tells apps what happened to a channel or to an installation."""
    _watchers: list[Callable[[], None]] = field(default_factory=list)
    _ids: int = 0
    _last_ts: int = 0

    def __post_init__(self) -> None:
        self.faults = Faults(self.clock)

    # -- time, ids and change ------------------------------------------------------------

    def next_ts(self) -> str:
        """A message time from the clock, later than every one before it."""
        now = int(self.clock.now().timestamp() * 1_000_000)
        self._last_ts = max(now, self._last_ts + 1)
        return f"{self._last_ts // 1_000_000}.{self._last_ts % 1_000_000:06d}"

    def new_id(self, prefix: str) -> str:
        self._ids += 1
        return f"{prefix}0PG{self._ids:06X}"

    def touch(self) -> None:
        """Say that something changed, so that whoever watches looks again."""
        self.version += 1
        for watcher in list(self._watchers):
            watcher()

    def announce(self, event: Json, where: "Channel | Install") -> None:
        """Say what happened to a channel or to an installation, to whoever tells the apps."""
        event = event | {"event_ts": self.next_ts()} if isinstance(where, Channel) else event
        for herald in list(self.heralds):
            herald(event, where)

    def watch(self, watcher: Callable[[], None]) -> None:
        self._watchers.append(watcher)

    # -- look-ups ------------------------------------------------------------------------

    def user(self, called: str) -> User:
        """The person (or bot) with this id, handle, first name or whole name."""
        if called in self.users:
            return self.users[called]
        found = [user for user in self.users.values() if user.answers_to(called)]
        if len(found) != 1:
            raise Unknown(f"{len(found)} people are called {called!r}.")
        return found[0]

    def app(self, called: str) -> App:
        """The app with this id or name."""
        for app in self.apps.values():
            if called.casefold() in {app.id.casefold(), app.name.casefold()}:
                return app
        raise Unknown(f"No app is called {called!r}.")

    def channel(self, called: "str | Channel") -> Channel:
        """The conversation with this id, or the channel with this name (with or without #)."""
        if isinstance(called, Channel):
            return called
        if called in self.channels:
            return self.channels[called]
        return self.named(called, [channel.id for channel in self.channels.values()])

    def named(self, called: str, among: Collection[str]) -> Channel:
        """The channel with this name among those with these ids: two workspaces may use one name."""
        for channel in self.channels.values():
            if channel.is_named and channel.name == called.removeprefix("#") and channel.id in among:
                return channel
        raise Unknown(f"No channel is called {called!r}.")

    def people(self) -> list[User]:
        return [user for user in self.users.values() if not user.is_bot]

    def home(self, app_id: str, user_id: str) -> View | None:
        """What this person sees as the app's Home: never that of another workspace's installation."""
        return self.homes.get((app_id, user_id))

    def modal(self, user_id: str) -> View | None:
        """The modal on top of this person's stack."""
        stack = self.modals.get(user_id)
        return stack[-1] if stack else None

    def view(self, view_id: str) -> View | None:
        """The open modal or Home tab with this id."""
        stacked = (view for stack in self.modals.values() for view in stack)
        return next((view for view in [*stacked, *self.homes.values()] if view.id == view_id), None)

    def bearer(self, token: str) -> tuple[App, Install | None] | None:
        """Whose token this is: an app and its installation, or an app alone for an app-level token."""
        for app in self.apps.values():
            if token and token == app.app_token:
                return app, None
            for install in app.installs.values():
                if token and token in (install.bot_token, *install.older):
                    return app, install
        return None

    def notices_of(self, user_id: str) -> list[Notice]:
        return self.notices.setdefault(user_id, [])

    # -- conversations -------------------------------------------------------------------

    def add_channel(self, name: str, kind: Kind, teams: list[str], members: list[str], id: str = "") -> Channel:
        channel = Channel(id=id or self.new_id("D" if kind == "im" else "C"), name=name, kind=kind, teams=teams)
        channel.members = list(members)
        channel.created = int(self.clock.now().timestamp())
        self.channels[channel.id] = channel
        self.touch()
        return channel

    def dm(self, bot_user_id: str, user_id: str) -> Channel:
        """The direct conversation of a bot and a person, opened now if there was none."""
        for channel in self.channels.values():
            if channel.is_im and set(channel.members) == {bot_user_id, user_id}:
                return channel
        return self.add_channel("", "im", [self.users[bot_user_id].team_id], [bot_user_id, user_id])

    def group_dm(self, members: list[str]) -> Channel:
        """The direct conversation of these people and bots, opened now if there was none; the first opens it."""
        for channel in self.channels.values():
            if channel.is_mpim and set(channel.members) == set(members):
                return channel
        name = f"mpdm-{'--'.join(self.users[one].name for one in members)}-1"
        return self.add_channel(name, "mpim", [self.users[members[0]].team_id], list(members))

    def past_editing(self, message: Message) -> bool:
        """Whether its workspace lets messages be changed for a while only, and that is over."""
        minutes = self.workspaces[message.team_id].edit_minutes
        return minutes is not None and self.clock.now().timestamp() - float(message.ts) > minutes * 60

    def add_message(self, message: Message) -> Message:
        """Put a message in its conversation and mark it unread for the others who see it."""
        channel = self.channels[message.channel_id]
        channel.messages[message.ts] = message
        for member in channel.members:
            if member != message.user_id and message.visible_to(member):
                channel.unread[member] = channel.unread.get(member, 0) + 1
        self.touch()
        return message

    def notice(self, user_id: str, text: str, channel_id: str | None = None, view_id: str | None = None) -> Notice:
        """Show Slack's own words to one person."""
        said = Notice(self.clock.now(), user_id, text, channel_id, view_id)
        self.notices_of(user_id).append(said)
        self.touch()
        return said
