"""What stands behind every act of a person: who they are, and how a payload leaves their client."""

import uuid
from typing import Any

from playground import connect
from playground.apps import App, Install
from playground.clock import stopwatch
from playground.delivery import Dispatcher
from playground.messages import Channel, Message
from playground.people import User
from playground.tickets import Notice, ResponseUrl, Trigger, keep
from playground.traffic import Ack
from playground.views import View
from playground.world import Unknown, World

Json = dict[str, Any]


MOST_OTHERS = 8


class PersonCannot(Exception):
    """Slack's own client would not let this person do that; the words say why."""


class Actor:
    """A handle on one person in the playground."""

    def __init__(self, dispatcher: Dispatcher, user_id: str) -> None:
        self.dispatcher, self.id = dispatcher, user_id

    @property
    def world(self) -> World:
        return self.dispatcher.world

    @property
    def user(self) -> User:
        return self.world.users[self.id]

    @property
    def notices(self) -> list[Notice]:
        """What Slack itself has told this person, oldest first."""
        return self.world.notices_of(self.id)

    @property
    def modal(self) -> View | None:
        """The modal on top, or None."""
        return self.world.modal(self.id)

    def app(self, called: str | None = None) -> App:
        """The app with this name; without a name, the only one there is."""
        if called is None and len(self.world.apps) != 1:
            raise PersonCannot("There are several apps here; say which.")
        return self.world.app(called) if called else next(iter(self.world.apps.values()))

    def install(self, app: App) -> Install:
        """The installation that serves this person."""
        install = self.world.install_for(app, self.user)
        if install is None:
            raise PersonCannot(f"{app.name} is not installed anywhere.")
        return install

    def dm(self, app: str | None = None) -> Channel:
        """This person's direct conversation with an app."""
        return self.world.dm(self.install(self.app(app)).bot_user_id, self.id)

    def group(self, *called: str) -> Channel:
        """This person's direct conversation with these people and apps, at most eight of them."""
        others = list(dict.fromkeys(self._met(one) for one in called))
        others = [one for one in others if one != self.id]
        if not 1 <= len(others) <= MOST_OTHERS:
            raise PersonCannot(f"A message goes to one person at least, and to {MOST_OTHERS} at most.")
        return self.world.dm(others[0], self.id) if len(others) == 1 else self.world.group_dm([self.id, *others])

    def _met(self, called: str) -> str:
        """The id of a person by any name, or of the bot of an app."""
        try:
            return self.install(self.world.app(called)).bot_user_id
        except Unknown:
            user = self.world.user(called)
        if not connect.knows(self.world, self.user.team_id, user):
            raise PersonCannot(f"Nobody here is called {called}.")
        return user.id

    def channel(self, where: str | Channel) -> Channel:
        """A conversation this person is in, by id or name, or by an app's name for the DM with it."""
        try:
            channel = self.known(where)
        except Unknown:
            return self.dm(str(where))
        if self.id not in channel.members:
            raise PersonCannot(f"{self.user.real_name} is not in #{channel.name}.")
        return channel

    def known(self, where: str | Channel) -> Channel:
        """A conversation by id, or by its name in this person's workspace, or else anywhere."""
        if isinstance(where, str) and where not in self.world.channels:
            ours = [one.id for one in self.world.channels.values() if self.user.team_id in one.teams]
            try:
                return self.world.named(where, ours)
            except Unknown:
                return self.world.channel(where)
        return self.world.channel(where)

    # -- what every payload carries ------------------------------------------------------

    def trigger(self, app: App, view: View | None = None, channel: Channel | None = None) -> str:
        """A fresh trigger id for this person and app, from a view or a conversation."""
        team_id = self.user.team_id
        trigger = Trigger(
            f"{self.world.new_id('')}.{team_id}.{uuid.uuid4().hex}", app.id, self.id, team_id, stopwatch()
        )
        trigger.view_id = view.id if view else None
        trigger.channel_id = channel.id if channel else view.channel_id if view else None
        keep(self.world.triggers, trigger.id, trigger)
        return trigger.id

    def response_url(self, app: App, channel: Channel, message: Message | None = None) -> str:
        key = uuid.uuid4().hex
        install = app.installs[message.team_id] if message and message.app_id == app.id else self.install(app)
        ticket = ResponseUrl(
            key=key,
            app_id=app.id,
            install_team_id=install.team_id,
            channel_id=channel.id,
            user_id=self.id,
            born=self.world.clock.now(),
            message_ts=message.ts if message else None,
        )
        keep(self.world.response_urls, key, ticket)
        return f"{self.dispatcher.base_url}/response/{key}"

    def signature(self, app: App, team_id: str) -> Json:
        """The part of an interaction payload that says who, where and for which app."""
        team = self.world.workspaces[team_id]
        user = self.user
        return {
            "team": {"id": team.id, "domain": team.domain},
            "user": {"id": user.id, "username": user.name, "name": user.name, "team_id": user.team_id},
            "api_app_id": app.id,
            "token": "playground",
            "enterprise": None,
            "is_enterprise_install": False,
        }

    async def interact(self, app: App, payload: Json) -> Ack:
        return await self.dispatcher.deliver(app, "interactive", payload)

    def told(self, text: str, channel: Channel | None = None, view: View | None = None) -> None:
        """Slack says something to this person."""
        self.world.notice(self.id, text, channel.id if channel else None, view.id if view else None)
