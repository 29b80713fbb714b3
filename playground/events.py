"""What happens in the playground as Slack's events: who hears of it, and in which words."""

from collections.abc import Callable
from typing import Any

from playground.apps import App, Install
from playground.connect import connects
from playground.messages import Channel, Message
from playground.scopes import EVENT_SCOPES
from playground.shapes import message_json, view_json
from playground.tickets import EventContext, keep
from playground.world import World

Json = dict[str, Any]
Post = Callable[[App, Json], None]
MESSAGE_KIND = {"channel": "channels", "private": "groups", "im": "im", "mpim": "mpim"}
CHANNEL_TYPE = {"channel": "channel", "private": "group", "im": "im", "mpim": "mpim"}


class Events:
    """Turns what happened into one event delivery an app, for apps that subscribe and may know."""

    def __init__(self, world: World, post: Post) -> None:
        self.world, self._post = world, post
        world.heralds.append(self.hear)

    def hear(self, event: Json, where: Channel | Install) -> None:
        """Something happened to a channel (told to an app in it) or to an installation (told to its app)."""
        if isinstance(where, Channel):
            self._tell(event["type"], event, where)
            return
        app = self.world.apps[self.world.users[where.bot_user_id].app_id or ""]
        if event["type"] in app.events:
            self._post(app, self._wrapped(app, where.team_id, event))

    # -- conversations -------------------------------------------------------------------

    def message(self, message: Message) -> None:
        """A new message: `message.*` for members, `app_mention` for a bot that is named."""
        channel = self.world.channels[message.channel_id]
        shape = message_json(self.world, message) | self._where(channel, message.ts)
        parent = channel.messages.get(message.thread_ts or "")
        if parent and parent is not message:
            shape["parent_user_id"] = parent.user_id
        self._tell(f"message.{MESSAGE_KIND[channel.kind]}", shape, channel)
        if message.app_id is None and not channel.is_im:
            self._mention(channel, shape)

    def named(self, app: App, channel: Channel, message: Message) -> None:
        """An app was let in after somebody had named it: only now it hears of that."""
        shape = message_json(self.world, message) | self._where(channel, message.ts)
        self._tell("app_mention", _as_mention(shape), channel, only=app)

    def _mention(self, channel: Channel, shape: Json) -> None:
        for app in self.world.apps.values():
            for install in app.installs.values():
                if f"<@{install.bot_user_id}>" in shape["text"]:
                    self._tell("app_mention", _as_mention(shape), channel, only=app)

    def changed(self, channel: Channel, message: Message, before: Json) -> None:
        self._revised(channel, "message_changed", {"message": message_json(self.world, message)}, before)

    def deleted(self, channel: Channel, before: Json) -> None:
        self._revised(channel, "message_deleted", {"deleted_ts": before["ts"]}, before)

    def _revised(self, channel: Channel, subtype: str, more: Json, before: Json) -> None:
        ts = self.world.next_ts()
        shape = {"type": "message", "subtype": subtype, "hidden": True, "ts": ts, "previous_message": before}
        kind = f"message.{MESSAGE_KIND[channel.kind]}"
        self._tell(kind, shape | more | self._where(channel, ts), channel)

    def _where(self, channel: Channel, ts: str) -> Json:
        return {"channel": channel.id, "channel_type": CHANNEL_TYPE[channel.kind], "event_ts": ts}

    def reacted(self, kind: str, channel: Channel, message: Message, user_id: str, name: str) -> None:
        """`kind` is `reaction_added` or `reaction_removed`."""
        self.world.touch()
        item = {"type": "message", "channel": channel.id, "ts": message.ts}
        shape = {"type": kind, "user": user_id, "reaction": name, "item": item, "item_user": message.user_id}
        self._tell(kind, shape | {"event_ts": self.world.next_ts()}, channel)

    # -- members -------------------------------------------------------------------------

    def join(self, channel: Channel, user_id: str, inviter: str | None = None) -> None:
        """Put somebody into a channel and tell the apps that are in it."""
        if user_id in channel.members:
            return
        channel.members.append(user_id)
        self.world.touch()
        extra = {"inviter": inviter} if inviter else {}
        joined = self._membership(channel, "member_joined_channel", user_id) | extra
        if self._hears_of(channel, user_id):
            self._tell("member_joined_channel", joined, channel)

    def leave(self, channel: Channel, user_id: str) -> None:
        """Take somebody out of a channel; an app whose own bot left still hears of it."""
        if user_id not in channel.members:
            return
        shape = self._membership(channel, "member_left_channel", user_id)
        if self._hears_of(channel, user_id):
            self._tell("member_left_channel", shape, channel)
        channel.members.remove(user_id)
        self.world.touch()

    def _hears_of(self, channel: Channel, user_id: str) -> bool:
        ours = self.world.users[user_id].team_id == channel.teams[0]
        return ours or self.world.guesses.external_membership

    def _membership(self, channel: Channel, kind: str, user_id: str) -> Json:
        return {
            "type": kind,
            "user": user_id,
            "channel": channel.id,
            "channel_type": "C" if channel.kind == "channel" else "G",
            "team": self.world.users[user_id].team_id,
            "event_ts": self.world.next_ts(),
        }

    def archive(self, channel: Channel, user_id: str, archived: bool) -> None:
        """Nobody can write in an archived channel; the apps in it hear of either."""
        channel.archived = archived
        self.world.touch()
        kind = f"{CHANNEL_TYPE[channel.kind]}_{'archive' if archived else 'unarchive'}"
        self._tell(kind, {"type": kind, "channel": channel.id, "user": user_id}, channel)

    def created(self, channel: Channel, user_id: str) -> None:
        """A new channel: of a public one the whole workspace hears, and its first member is said to have joined."""
        channel.creator = user_id
        self.world.touch()
        if channel.kind == "channel":
            told = {"id": channel.id, "name": channel.name, "created": channel.created, "creator": user_id}
            event = {"type": "channel_created", "channel": told, "event_ts": self.world.next_ts()}
            self._tell("channel_created", event, channel, anywhere=True)
        joined = self._membership(channel, "member_joined_channel", user_id)
        self._tell("member_joined_channel", joined, channel)

    def described(self, channel: Channel, user_id: str, what: str, words: str) -> None:
        """Somebody set the channel's `topic` or `purpose`; Slack says so in the channel."""
        setattr(channel, what, words)
        channel.described[what] = (user_id, int(self.world.clock.now().timestamp()))
        said = Message(self.world.next_ts(), channel.id, user_id, self.world.users[user_id].team_id)
        said.text = f"set the channel {'description' if what == 'purpose' else what}: {words}"
        said.subtype, said.more = f"{CHANNEL_TYPE[channel.kind]}_{what}", {what: words}
        self.world.add_message(said)
        self.message(said)

    def rename(self, channel: Channel, name: str) -> None:
        channel.name = name
        self.world.touch()
        renamed = {"id": channel.id, "name": name, "name_normalized": name, "created": channel.created}
        kind = "channel_rename" if channel.kind == "channel" else "group_rename"
        self._tell(kind, {"type": kind, "channel": renamed, "event_ts": self.world.next_ts()}, channel)

    # -- Home ----------------------------------------------------------------------------

    def home_opened(self, app: App, install: Install, user_id: str, tab: str = "home") -> None:
        dm = self.world.dm(install.bot_user_id, user_id)
        event: Json = {"type": "app_home_opened", "user": user_id, "channel": dm.id, "tab": tab}
        event["event_ts"] = self.world.next_ts()
        home = self.world.home(app.id, user_id)
        if home and tab == "home":
            event["view"] = view_json(home)
        self._tell("app_home_opened", event, dm, only=app)

    # -- delivery ------------------------------------------------------------------------

    def _tell(
        self, kind: str, event: Json, channel: Channel, only: App | None = None, anywhere: bool = False
    ) -> None:
        """`anywhere` tells apps of the channel's workspaces that are not in it, too."""
        for app in [only] if only else list(self.world.apps.values()):
            found = self._listeners(app, kind, channel, anywhere)
            if found:
                self._post(app, self._envelope(app, found, channel, event))

    def _listeners(self, app: App, kind: str, channel: Channel, anywhere: bool) -> list[Install]:
        """The installations of `app` to which `kind` is visible there, the one last added to the channel first.

        A channel of several workspaces gives one delivery all the same. Slack does not say for which installation;
        people have seen the one last added.
        """
        if kind not in app.events:
            return []
        scope = EVENT_SCOPES.get(kind, "").format(MESSAGE_KIND[channel.kind])
        found = [
            install
            for install in app.installs.values()
            if (install.bot_user_id in channel.members or (anywhere and install.team_id in channel.teams))
            and (not scope or scope in install.scopes)
        ]
        if len(found) < 2:
            return found
        return sorted(found, key=lambda one: _place(channel, one), reverse=True)

    def _envelope(self, app: App, installs: list[Install], channel: Channel, event: Json) -> Json:
        install = installs[0]
        context = f"4-{self.world.new_id('EC')}"
        keep(self.world.event_contexts, context, EventContext(app.id, [one.team_id for one in installs]))
        shared = connects(self.world, channel)
        if shared and event["type"] in ("message", "app_mention") and "team" in event:
            sender = event["team"]
            event = event | {"team": install.team_id, "user_team": sender, "source_team": sender}
        return self._wrapped(app, install.team_id, event) | {
            "context_team_id": install.team_id,
            "context_enterprise_id": None,
            "authorizations": [authorization(install)],
            "is_ext_shared_channel": shared,
            "event_context": context,
        }

    def _wrapped(self, app: App, team_id: str, event: Json) -> Json:
        return {
            "token": "playground",
            "team_id": team_id,
            "api_app_id": app.id,
            "event": event,
            "type": "event_callback",
            "event_id": self.world.new_id("Ev"),
            "event_time": int(self.world.clock.now().timestamp()),
        }


def _place(channel: Channel, install: Install) -> int:
    """Where an installation's bot stands among the members; before all, where it is none."""
    return channel.members.index(install.bot_user_id) if install.bot_user_id in channel.members else -1


def _as_mention(shape: Json) -> Json:
    return {key: value for key, value in shape.items() if key != "channel_type"} | {"type": "app_mention"}


def authorization(install: Install) -> Json:
    """One installation to which an event is visible."""
    return {
        "enterprise_id": None,
        "team_id": install.team_id,
        "user_id": install.bot_user_id,
        "is_bot": True,
        "is_enterprise_install": False,
    }
