"""Conversations and the messages in them."""

from dataclasses import dataclass, field
from typing import Any, Literal

Json = dict[str, Any]
Kind = Literal["channel", "private", "im", "mpim"]
#: The subtype of a reply that was sent to the channel as well.
BROADCAST = "thread_broadcast"
Posting = Literal["anyone", "admins", "threads", "no_threads", "nobody"]


@dataclass(slots=True)
class Message:
    """One message. `ephemeral_to` names the only person who sees it, if it is ephemeral."""

    ts: str
    channel_id: str
    user_id: str
    team_id: str
    text: str = ""
    blocks: list[Json] = field(default_factory=list)
    attachments: list[Json] = field(default_factory=list)
    metadata: Json | None = None
    app_id: str | None = None
    bot_id: str | None = None
    subtype: str | None = None
    more: Json = field(default_factory=dict)
    """What messages of its subtype carry besides, such as a channel's new `topic`."""
    edited_ts: str | None = None
    thread_ts: str | None = None
    ephemeral_to: str | None = None
    client_msg_id: str = ""
    """What the client of whoever typed it called it; apps' messages have none."""
    reactions: dict[str, list[str]] = field(default_factory=dict)
    """Names of emoji, each with the ids of those who put it there, in the order of the first of each."""
    drafts: dict[str, Json] = field(default_factory=dict)
    """What each viewer has chosen in the message's menus and fields so far: user id to `state.values`."""

    def visible_to(self, user_id: str) -> bool:
        return self.ephemeral_to in (None, user_id)


@dataclass(slots=True)
class Channel:
    """A conversation. `teams` are the workspaces it is connected to; the first one hosts it."""

    id: str
    name: str
    kind: Kind
    teams: list[str]
    members: list[str] = field(default_factory=list)
    messages: dict[str, Message] = field(default_factory=dict)
    topic: str = ""
    purpose: str = ""
    described: dict[str, tuple[str, int]] = field(default_factory=dict)
    """Who set the topic and the purpose, and when in unix seconds."""
    creator: str = ""
    created: int = 0
    is_general: bool = False
    archived: bool = False
    frozen: str = ""
    """Slack's reason why nothing may be written here any more, for instance `connection_severed`."""
    posting: Posting = "anyone"
    """Who may write: anyone, admins, anyone in threads only or outside threads only, nobody."""
    post_only: list[str] = field(default_factory=list)
    """Connected workspaces whose people may write here and do nothing else."""
    unread: dict[str, int] = field(default_factory=dict)
    """How many messages each member has not seen yet."""

    @property
    def is_im(self) -> bool:
        return self.kind == "im"

    @property
    def is_mpim(self) -> bool:
        """Whether it is a group DM: a direct conversation of more than two."""
        return self.kind == "mpim"

    @property
    def is_named(self) -> bool:
        """Whether it is a channel, and no direct conversation."""
        return self.kind in ("channel", "private")

    @property
    def shared(self) -> bool:
        return len(self.teams) > 1

    def spoken(self) -> list[Message]:
        """The messages that all members see, oldest first."""
        return [message for message in self.messages.values() if not message.ephemeral_to]

    def seen_by(self, user_id: str) -> list[Message]:
        """The messages this person sees, oldest first."""
        return [message for message in self.messages.values() if message.visible_to(user_id)]
