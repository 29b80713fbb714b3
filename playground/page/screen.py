"""Everything one person's page shows, gathered for the templates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from itertools import groupby
from typing import Any

from markupsafe import Markup

from playground import as_text, ties
from playground.apps import Command, Shortcut
from playground.messages import Message
from playground.page import builtin, dates, emoji, inspector, render, seeing, trouble
from playground.page.seeing import Place, Row
from playground.page.surface import Surface
from playground.page.viewer import Viewer
from playground.people import User
from playground.views import View
from playground.world import World

QUICK = ("+1", "heart", "tada", "eyes", "raised_hands", "pray", "white_check_mark", "thinking_face")
"""The emoji that are offered for a reaction."""
SHOWN = 40
"""How many of the newest messages a conversation shows until somebody asks for earlier ones."""


@dataclass(frozen=True)
class Somebody:
    """A line of the switcher. `workspace` says which, and what apps it has; empty where there is only one."""

    user: User
    time: str
    workspace: str


@dataclass(frozen=True)
class Next:
    """What the clock's line says of what comes next; `known` if one may skip to it, `unsure` if nobody could tell
    just now, and it is worth asking again soon. `landmark` is what may be skipped to at one go."""

    told: str = ""
    known: bool = False
    unsure: bool = False
    landmark: str = ""


@dataclass(frozen=True)
class Reacted:
    """One emoji under a message: its name, how it looks, who put it there, and whether the viewer did."""

    name: str
    picture: str
    people: list[str]
    mine: bool


@dataclass(frozen=True)
class Screen:
    """What `user` sees at `place`. `panel` is `traffic`, `faults` or ``."""

    world: World
    user: User
    place: Place
    version: int
    next: Next
    panel: str = ""
    shown: int = SHOWN

    # -- addresses -----------------------------------------------------------------------

    @property
    def here(self) -> str:
        return f"/as/{self.user.id}/{self.place.id}"

    @property
    def base(self) -> str:
        return f"/do/{self.user.id}/{self.place.id}"

    @property
    def keeps_place(self) -> bool:
        """Whether somebody else would find this place under the same address."""
        return self.place.channel is None or self.place.channel.is_named

    def messages_id(self, place: Place) -> str:
        """The address of the direct conversation with an app."""
        install = self.world.install_for(place.app, self.user) if place.app else None
        return install.bot_user_id if install else place.id

    def is_here(self, place: Place) -> bool:
        return place.id == self.place.id or (place.app is not None and place.app == self.place.app)

    # -- around --------------------------------------------------------------------------

    @cached_property
    def viewer(self) -> Viewer:
        return seeing.viewer(self.world, self.user)

    @property
    def workspace(self) -> str:
        return self.world.workspaces[self.user.team_id].name

    def outside(self, other: User | None) -> str:
        """The workspace of somebody who is not of the viewer's own."""
        away = other is not None and other.team_id != self.user.team_id
        return self.world.workspaces[other.team_id].name if other and away else ""

    def shared_with(self, place: Place) -> list[str]:
        """The other workspaces that a channel connects."""
        teams = place.channel.teams if place.channel and place.channel.is_named else []
        return [self.world.workspaces[one].name for one in teams if one != self.user.team_id]

    @property
    def clock(self) -> str:
        return dates.clock_face(self.world.clock.now(), self.viewer)

    @property
    def everyone(self) -> list[Somebody]:
        return everyone(self.world)

    @property
    def channels(self) -> list[Place]:
        return seeing.places(self.world, self.user)

    @property
    def direct(self) -> list[Place]:
        return seeing.direct(self.world, self.user)

    @property
    def apps(self) -> list[Place]:
        return seeing.apps(self.world, self.user)

    @property
    def commands(self) -> list[Command]:
        """Slash commands work only for people of a workspace in which the app is installed."""
        near = [app for app in self.world.apps.values() if self.user.team_id in app.installs]
        own = () if self.place.channel and not self.place.channel.is_named else builtin.COMMANDS
        return [*(command for app in near for command in app.commands), *own]

    def shortcuts(self, kind: str) -> list[Shortcut]:
        """Shortcuts, too, work only where the app is installed."""
        near = [app for app in self.world.apps.values() if self.user.team_id in app.installs]
        return [one for app in near for one in app.shortcuts if one.kind == kind]

    @property
    def has_home(self) -> bool:
        """An app's Home shows only to people of a workspace in which it is installed."""
        app = self.place.app
        return app is not None and app.home_tab and self.user.team_id in app.installs

    @property
    def may_join(self) -> bool:
        return self.place.channel is not None and self.user.id not in self.place.channel.members

    @property
    def can_write(self) -> bool:
        app = self.place.app
        return not self.place.is_home and not self.may_join and not (app and app.messages_tab_read_only)

    @property
    def may_react(self) -> bool:
        channel = self.place.channel
        return channel is not None and not self.may_join and not (channel.archived or channel.frozen)

    quick = tuple((name, emoji.draw(f":{name}:")) for name in QUICK)

    # -- messages ------------------------------------------------------------------------

    @cached_property
    def _rows(self) -> list[Row]:
        return seeing.rows(self.world, self.user, self.place.channel) if self.place.channel else []

    @property
    def earlier(self) -> int:
        """How many messages would be shown if somebody asked for earlier ones; 0 if there are none."""
        return self.shown + 5 * SHOWN if len(self._rows) > self.shown else 0

    @property
    def days(self) -> list[tuple[str, list[Row]]]:
        """The newest messages, one group for each of the viewer's own days."""
        newest = self._rows[-self.shown :]
        return [(day, list(group)) for day, group in groupby(newest, key=lambda row: self.day(row.at))]

    def text(self, message: Message) -> Markup:
        """A message's own text."""
        return render.message_text({"text": message.text}, self.viewer)

    def may_change(self, message: Message) -> bool:
        return self.may_react and message.user_id == self.user.id and not message.app_id

    def as_typed(self, message: Message) -> str:
        """Their own words, with the names that they named, to change."""
        return as_text.plain(message.text, self._named)

    @cached_property
    def _named(self) -> dict[str, str]:
        people = {id_: f"@{one.real_name}" for id_, one in self.world.users.items()}
        return people | {id_: f"#{one.name}" for id_, one in self.world.channels.items()}

    def attachments(self, message: Message) -> list[Any]:
        """What hangs below a message, whatever it is."""
        return message.attachments if isinstance(message.attachments, list) else [message.attachments]

    def reactions(self, message: Message) -> list[Reacted]:
        """The emoji under a message."""
        known, me = self.viewer.people, self.user.id
        found = message.reactions.items()
        return [
            Reacted(name, emoji.draw(f":{name}:"), [known.get(one, one) for one in who], me in who)
            for name, who in found
        ]

    def day(self, when: datetime) -> str:
        return dates.day_heading(when, self.viewer)

    def time(self, when: datetime) -> str:
        return f"{when.astimezone(self.viewer.zone):%H:%M}"

    def clock_at(self, when: datetime) -> str:
        return dates.clock_face(when, self.viewer)

    def on_message(self, message: Message) -> Surface:
        key = f"m-{message.ts.replace('.', '-')}"
        act = f"{self.base}/message/{message.channel_id}/{message.ts}"
        return Surface(self.viewer, "message", key, act, message.drafts.get(self.user.id, {}))

    # -- views ---------------------------------------------------------------------------

    @property
    def home(self) -> View | None:
        return self.world.home(self.place.app.id, self.user.id) if self.place.app else None

    @property
    def modal(self) -> View | None:
        return self.world.modal(self.user.id)

    @property
    def modal_depth(self) -> int:
        return len(self.world.modals.get(self.user.id, []))

    def on_view(self, view: View, kind: Any) -> Surface:
        act = f"{self.base}/view/{view.id}"
        return Surface(self.viewer, kind, view.id, act, view.values, view.errors)

    # -- traffic -------------------------------------------------------------------------

    @property
    def traffic(self) -> list[inspector.Line]:
        return inspector.lines(self.world.traffic)

    @property
    def refused(self) -> int:
        """Calls refused since this person last looked at the traffic."""
        return self.world.traffic.refused_since_look(self.user.id)

    @property
    def ties(self) -> list[tuple[str, str]]:
        """What can be done to a channel of several workspaces; nothing where there is only one workspace."""
        return list(ties.DEEDS.items()) if len(self.world.workspaces) > 1 else []

    @property
    def faults(self) -> trouble.Trouble:
        return trouble.read(self.world)


def everyone(world: World) -> list[Somebody]:
    """All people with their local times."""
    return [Somebody(one, _local_time(world, one), _workspace(world, one)) for one in world.people()]


def pair(world: World) -> tuple[User, User] | None:
    """Two to see side by side: the first, and the first of another workspace if there is one."""
    people = world.people()
    away = [one for one in people if one.team_id != people[0].team_id]
    return (people[0], (away or people[1:])[0]) if len(people) > 1 else None


def _workspace(world: World, user: User) -> str:
    if len(world.workspaces) == 1:
        return ""
    apps = [app.name for app in world.apps.values() if user.team_id in app.installs]
    return f"{world.workspaces[user.team_id].name}, with {' and '.join(apps) or 'no app'}"


def _local_time(world: World, user: User) -> str:
    return f"{dates.clock_face(world.clock.now(), seeing.viewer(world, user))} · {user.tz}"
