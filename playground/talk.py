"""What a person does with words: talk, use commands and shortcuts."""

import uuid
from typing import Any

from playground import reactions, typed
from playground.actor import Actor, PersonCannot
from playground.answers import reply
from playground.apps import App, Command
from playground.messages import BROADCAST, Channel, Message
from playground.modals import with_ids
from playground.shapes import message_json
from playground.tickets import Offer, ResponseUrl
from playground.traffic import Ack

Json = dict[str, Any]
NAME = {"im": "directmessage", "private": "privategroup"}


def shown_name(channel: Channel) -> str:
    """The conversation's name as payloads give it: direct and private ones are not named."""
    return NAME.get(channel.kind, channel.name)


class Talker(Actor):
    """Talks in channels and runs commands."""

    def sees(self, where: str | Channel) -> list[Message]:
        """The messages this person sees there, oldest first, ephemerals to them included."""
        return self.channel(where).seen_by(self.id)

    def last(self, where: str | Channel) -> Message:
        """The newest message this person sees there."""
        seen = self.sees(where)
        if not seen:
            raise PersonCannot("There is no message to see.")
        return seen[-1]

    def read(self, where: str | Channel) -> None:
        """Mark a conversation as read."""
        self.channel(where).unread[self.id] = 0
        self.world.touch()

    async def say(
        self, where: str | Channel, text: str, thread_ts: str | None = None, broadcast: bool = False
    ) -> Message:
        """Write a message. Names, channels and addresses in it are sent as Slack's client sends them; see `typed`.

        A reply goes to the channel as well with `broadcast`.
        """
        channel = self.channel(where)
        self._may_write(channel, thread_ts)
        names = self._names()
        message = Message(
            ts=self.world.next_ts(),
            channel_id=channel.id,
            user_id=self.id,
            team_id=self.user.team_id,
            text=typed.text(text, names),
            blocks=with_ids(self.world, [typed.rich(text, names)]),
            thread_ts=thread_ts,
            subtype=BROADCAST if thread_ts and broadcast else None,
            client_msg_id=str(uuid.uuid4()),
        )
        self.world.add_message(message)
        self.dispatcher.events.message(message)
        self._offer_to_invite(channel, message)
        return message

    def edit(self, message: Message, text: str) -> None:
        """Put other words in place of one's own. The apps that hear of messages hear of that, with both.

        https://slack.com/help/articles/202395258-Edit-or-delete-messages
        """
        channel = self._own(message, "edited")
        if self.world.past_editing(message):
            minutes = self.world.workspaces[message.team_id].edit_minutes
            raise PersonCannot(f"Messages can be edited for {minutes} minutes here.")
        before, names = message_json(self.world, message), self._names()
        message.text = typed.text(text, names)
        message.blocks = with_ids(self.world, [typed.rich(text, names)])
        message.edited_ts = self.world.next_ts()
        self.world.touch()
        self.dispatcher.events.changed(channel, message, before)

    def delete(self, message: Message) -> None:
        """Take one's own message away."""
        channel = self._own(message, "deleted")
        del channel.messages[message.ts]
        self.world.touch()
        self.dispatcher.events.deleted(channel, message_json(self.world, message))

    def _own(self, message: Message, done: str) -> Channel:
        channel = self.channel(message.channel_id)
        if message.user_id != self.id or message.app_id:
            raise PersonCannot(f"Only one's own messages can be {done}.")
        if channel.archived or channel.frozen:
            raise PersonCannot(f"#{channel.name} can only be read.")
        return channel

    def _offer_to_invite(self, channel: Channel, message: Message) -> None:
        """Where a bot was named that is not there, Slack asks whoever named it."""
        if not channel.is_named or self.user.is_guest:
            return
        for app in self.world.apps.values():
            bot = app.installs[self.user.team_id].bot_user_id if self.user.team_id in app.installs else ""
            if bot and bot not in channel.members and f"<@{bot}>" in message.text:
                said = f"You mentioned {app.name}, but it is not in this channel."
                self.world.notice(self.id, said, channel.id).offer = Offer(app.id, message.ts)

    def _names(self) -> typed.Names:
        """Whom and what this person may name."""
        ours = [one for one in self.world.channels.values() if self.user.team_id in one.teams and one.is_named]
        seen = {one.name: one.id for one in ours if one.kind == "channel" or self.id in one.members}
        people = {name: one.id for one in self.world.users.values() for name in (one.real_name, one.name)}
        return typed.Names(people, seen)

    def _may_write(self, channel: Channel, thread_ts: str | None) -> None:
        if channel.archived or channel.frozen:
            raise PersonCannot(f"#{channel.name} can only be read.")
        if not channel.is_im:
            self._may_post(channel, thread_ts)
            return
        for app in self.world.apps.values():
            closed = not app.messages_tab or app.messages_tab_read_only
            if closed and any(app.install_of_bot(member) for member in channel.members):
                raise PersonCannot("Sending messages to this app has been turned off.")

    def _may_post(self, channel: Channel, thread_ts: str | None) -> None:
        """Admins may post wherever anybody may."""
        allowed = {
            "anyone": True,
            "admins": self.user.is_admin,
            "threads": self.user.is_admin or bool(thread_ts),
            "no_threads": not thread_ts,
            "nobody": False,
        }
        if not allowed[channel.posting]:
            raise PersonCannot(f"Not everybody may post in #{channel.name}.")

    def react(self, message: Message, emoji: str) -> None:
        """Put an emoji under a message, or take one's own away again, as one press on it does."""
        channel = self.channel(message.channel_id)
        theirs = self.id in message.reactions.get(emoji.strip(":"), [])
        try:
            (reactions.remove if theirs else reactions.add)(
                self.dispatcher.events, channel, message, self.id, emoji
            )
        except reactions.CannotReact as fault:
            raise PersonCannot(f"That emoji can't be put there ({fault.code}).") from None

    # -- commands and shortcuts ----------------------------------------------------------

    async def command(self, name: str, text: str = "", where: str | Channel | None = None) -> Ack:
        """Run a slash command in a conversation, or in the direct one with its app if none is named."""
        app, command = self._command(name)
        channel = self.channel(where) if where is not None else self.dm(app.name)
        url = self.response_url(app, channel)
        handles = {one.id: one.name for one in self.world.users.values()}
        said = typed.command_text(text, self._names(), handles) if command.escape else text
        fields = self._command_fields(app, channel) | {"command": name, "text": said, "response_url": url}
        ack = await self.dispatcher.deliver(app, "slash_commands", fields)
        if not ack.ok:
            self.told(_command_failed(name, ack), channel)
        elif ack.body:
            ticket = self.world.response_urls[url.rsplit("/", 1)[-1]]
            self._hear(name, ticket, ack)
        return ack

    def _command(self, name: str) -> tuple[App, Command]:
        """The app that owns a command and is installed in this person's own workspace."""
        for app in reversed(list(self.world.apps.values())):
            command = app.command(name)
            if command and self.user.team_id in app.installs:
                self._may_use_apps(name)
                return app, command
        raise PersonCannot(f"{name} is not a valid command.")

    def _may_use_apps(self, what: str) -> None:
        """Guests use commands and shortcuts if their workspace lets them.

        https://slack.com/intl/en-in/help/articles/1500009181142-Manage-app-permissions-in-Slack speaks of guests of
        several channels; that the same holds for guests of one is our guess.
        """
        team = self.world.workspaces[self.user.team_id]
        if self.user.is_guest and not team.guests_use_apps:
            raise PersonCannot(f"{what} is not there for guests of {team.name}.")

    def _command_fields(self, app: App, channel: Channel) -> Json:
        team = self.world.workspaces[self.user.team_id]
        return {
            "token": "playground",
            "team_id": team.id,
            "team_domain": team.domain,
            "channel_id": channel.id,
            "channel_name": shown_name(channel),
            "user_id": self.id,
            "user_name": self.user.name,
            "api_app_id": app.id,
            "is_enterprise_install": "false",
            "trigger_id": self.trigger(app, channel=channel),
        }

    def _hear(self, name: str, ticket: ResponseUrl, ack: Ack) -> None:
        body = ack.json or {"text": str(ack.body)}
        fault = reply(self.dispatcher, ticket, body)
        if fault:
            self.told(f'{name} failed with the error "{fault}"', self.world.channels[ticket.channel_id])

    async def shortcut(self, called: str, message: Message | None = None) -> Ack:
        """Use a shortcut by name or callback id: a global one, or one on a message."""
        kind = "message" if message else "global"
        for app in self.world.apps.values():
            for one in app.shortcuts:
                if called in (one.name, one.callback_id) and one.kind == kind and self.user.team_id in app.installs:
                    self._may_use_apps(one.name)
                    return await self._shortcut(app, one.callback_id, message)
        raise PersonCannot(f"There is no {kind} shortcut called {called}.")

    async def _shortcut(self, app: App, callback_id: str, message: Message | None) -> Ack:
        channel = self.channel(message.channel_id) if message else None
        payload = self.signature(app, self.user.team_id) | {
            "type": "message_action" if message else "shortcut",
            "callback_id": callback_id,
            "trigger_id": self.trigger(app, channel=channel),
            "action_ts": self.world.next_ts(),
        }
        if message and channel:
            payload |= {
                "channel": {"id": channel.id, "name": shown_name(channel)},
                "message": message_json(self.world, message),
                "message_ts": message.ts,
                "response_url": self.response_url(app, channel, message),
            }
        ack = await self.interact(app, payload)
        if not ack.ok:
            self.told("That shortcut did not work: the app did not respond.")
        return ack


def _command_failed(name: str, ack: Ack) -> str:
    if ack.failure == "operation_timeout":
        return f'{name} failed with the error "operation_timeout": the app did not respond in time.'
    return f'{name} failed with the error "{ack.failure}".'
