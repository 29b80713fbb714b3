"""What one person sees of the world: names, conversations, unread marks and the messages of a place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from playground.apps import App
from playground.connect import knows
from playground.messages import BROADCAST, Channel, Message
from playground.page.viewer import Viewer
from playground.people import User
from playground.tickets import Notice
from playground.world import World

TOGETHER_S = 300
"""Seconds within which Slack draws one person's messages under one name."""


@dataclass(frozen=True, slots=True)
class Place:
    """One conversation or one app's Home, as it stands in the address."""

    id: str
    name: str
    channel: Channel | None = None
    app: App | None = None
    unread: int = 0

    @property
    def is_home(self) -> bool:
        return self.channel is None

    @property
    def sign(self) -> str:
        """The mark before the name: # for a channel, a lock for a private one."""
        kinds = {"channel": "#", "private": "🔒"}
        return kinds.get(self.channel.kind, "") if self.channel else ""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the message pane: a message with its replies, or Slack's own words to the viewer."""

    at: datetime
    author: User | None = None
    message: Message | None = None
    notice: Notice | None = None
    heading: bool = True
    replies: tuple[Row, ...] = ()


def viewer(world: World, user: User) -> Viewer:
    """This person's zone, and the names they see."""
    people = {one.id: one.real_name for one in world.users.values()}
    seen = {c.id: c.name for c in world.channels.values() if c.is_named and sees(c, user)}
    bots = frozenset(one.id for one in world.users.values() if one.is_bot)
    away = (one.id for one in world.users.values() if one.deleted or not knows(world, user.team_id, one))
    return Viewer(user.id, ZoneInfo(user.tz), world.clock.now(), people, seen, bots, frozenset(away))


def sees(channel: Channel, user: User) -> bool:
    """Members see a conversation; a public channel is seen by its whole workspace."""
    return user.id in channel.members or (channel.kind == "channel" and user.team_id in channel.teams)


def places(world: World, user: User) -> list[Place]:
    """The channels of this person, by name."""
    found = [_conversation(world, c, user) for c in world.channels.values() if c.is_named and user.id in c.members]
    return sorted(found, key=lambda place: place.name)


def direct(world: World, user: User) -> list[Place]:
    """Conversations with people: group DMs, and those of two of which neither is an app."""
    ours = [c for c in world.channels.values() if not c.is_named and user.id in c.members]
    found = [c for c in ours if c.is_mpim or not any(world.users[one].is_bot for one in c.members)]
    return sorted((_conversation(world, c, user) for c in found), key=lambda place: place.name)


def apps(world: World, user: User) -> list[Place]:
    """The apps this person may talk to, each with its direct conversation."""
    found = []
    for app in world.apps.values():
        install = world.install_for(app, user)
        channel = im_with(world, install.bot_user_id, user) if install else None
        if user.team_id in app.installs or channel:
            found.append(Place(app.id, app.name, channel, app, channel.unread.get(user.id, 0) if channel else 0))
    return found


def im_with(world: World, other: str, user: User) -> Channel | None:
    """The direct conversation of these two, if there is one."""
    pair = {other, user.id}
    return next((c for c in world.channels.values() if c.is_im and set(c.members) == pair), None)


def place(world: World, user: User, called: str) -> Place | None:
    """The place with this id; an app's id is its Home, and its bot's id opens the direct conversation."""
    if called in world.apps:
        return Place(called, world.apps[called].name, app=world.apps[called])
    if called in world.users and world.users[called].is_bot:
        return _conversation(world, world.dm(called, user.id), user)
    channel = world.channels.get(called)
    return _conversation(world, channel, user) if channel and sees(channel, user) else None


def _conversation(world: World, channel: Channel, user: User) -> Place:
    unread = channel.unread.get(user.id, 0)
    if channel.is_named:
        return Place(channel.id, channel.name, channel, unread=unread)
    if channel.is_mpim:
        names = [world.users[one].first_name for one in channel.members if one != user.id]
        return Place(channel.id, ", ".join(names), channel, unread=unread)
    other = world.users[next((m for m in channel.members if m != user.id), user.id)]
    return Place(channel.id, other.real_name, channel, world.apps.get(other.app_id or ""), unread)


def rows(world: World, user: User, channel: Channel) -> list[Row]:
    """Everything this person sees in a conversation, oldest first, replies under their parent."""
    messages = channel.seen_by(user.id)
    tops = [m for m in messages if m.subtype == BROADCAST or _begins(m, channel)]
    notices = [n for n in world.notices_of(user.id) if n.channel_id == channel.id and not n.view_id]
    found = [_row(world, m, messages) for m in tops] + [Row(n.at, notice=n) for n in notices]
    return list(_grouped(sorted(found, key=lambda row: row.at)))


def _begins(message: Message, channel: Channel) -> bool:
    """Whether it stands by itself, and not below the message it replies to."""
    return message.thread_ts in (None, message.ts) or message.thread_ts not in channel.messages


def _row(world: World, message: Message, others: list[Message]) -> Row:
    under = [m for m in others if m.thread_ts == message.ts != m.ts and m.subtype != BROADCAST]
    replies = tuple(_row(world, m, []) for m in under)
    return Row(said_at(message), world.users.get(message.user_id), message, replies=replies)


def said_at(message: Message) -> datetime:
    """When a message was sent."""
    return datetime.fromtimestamp(float(message.ts), UTC)


def _grouped(found: list[Row]) -> Iterator[Row]:
    last: Row | None = None
    for row in found:
        yield Row(row.at, row.author, row.message, row.notice, not _follows(last, row), row.replies)
        last = row


def _follows(last: Row | None, row: Row) -> bool:
    if not last or not last.message or not row.message or last.author != row.author or last.replies:
        return False
    near = (row.at - last.at).total_seconds() < TOGETHER_S
    return near and not (row.message.ephemeral_to or last.message.ephemeral_to)


def read(channel: Channel, user: User) -> bool:
    """Mark a conversation as seen; whether that changed anything."""
    return bool(channel.unread.pop(user.id, 0))
