"""A Slack of one page: keeps what was posted, and fails as it is told to."""

# ruff: noqa: ARG002 (the scheduler needs little of what a messenger can do)

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from msgspec.structs import replace

from bot.domain.groups import Connection, MessageRef, Place
from bot.ports import MembersPage, Message, Own, OwnPage, Profile, SlackRefused, View, send_guard


@dataclass(frozen=True)
class Posted:
    place: Place
    text: str
    delivery_id: str
    at: datetime
    ref: MessageRef


@dataclass
class Loopback:
    """`orders` are for the next posts, one each: an error to raise, or `LOST` to post it and lose the answer.

    Workspaces that are `resting` get a 429. `stands` is what each message says now, by its `ts`.
    """

    now: Callable[[], datetime]
    posted: list[Posted] = field(default_factory=list)
    orders: deque[SlackRefused | BaseException | None] = field(default_factory=deque)
    cannot_post: SlackRefused | None = None
    cannot_look: SlackRefused | None = None
    cannot_open: SlackRefused | None = None
    cannot_open_group: SlackRefused | None = None
    cannot_update: SlackRefused | None = None
    stands: dict[str, str] = field(default_factory=dict)
    resting: set[str] = field(default_factory=set)
    opened: list[str] = field(default_factory=list)
    looked: int = 0

    async def open_dm(self, team_id: str, user_id: str) -> str:
        if self.cannot_open:
            raise self.cannot_open
        self.opened.append(user_id)
        return f"D-{team_id}-{user_id}"

    async def open_group_dm(self, team_id: str, user_ids: Sequence[str]) -> str:
        if self.cannot_open_group:
            raise self.cannot_open_group
        self.opened.append(",".join(user_ids))
        return f"G-{team_id}-{'-'.join(sorted(user_ids))}-G"

    async def post(self, place: Place, message: Message, *, delivery_id: str) -> MessageRef:
        if place.team_id in self.resting:
            raise BUSY
        if self.cannot_post:
            raise self.cannot_post
        order = self.orders.popleft() if self.orders else None
        if not send_guard.get(lambda: True)():
            raise TOO_LATE
        if order is not None and order is not LOST:
            raise order
        ref = MessageRef(team_id=place.team_id, channel=place.channel, ts=f"{len(self.posted) + 1}.0")
        self.posted.append(Posted(place, message.text, delivery_id, self.now(), ref))
        self.stands[ref.ts] = message.text
        if order is LOST:
            raise LOST
        return ref

    async def find(
        self, place: Place, *, delivery_id: str, since: datetime, until: datetime | None = None
    ) -> MessageRef | None:
        self.looked += 1
        if self.cannot_look:
            raise self.cannot_look
        here = replace(place, broadcast=False)  # a reply is found in its thread, whoever else sees it
        said = [one for one in self.posted if one.delivery_id == delivery_id]
        mine = [one for one in said if replace(one.place, broadcast=False) == here]
        return next((one.ref for one in mine if one.at >= since and (until is None or one.at <= until)), None)

    @property
    def texts(self) -> list[str]:
        return [one.text for one in self.posted]

    def to(self, person: str) -> list[tuple[datetime, str]]:
        """What somebody got in their DM, and when."""
        return [(one.at, one.text) for one in self.posted if one.place.channel.endswith(f"U-{person}")]

    @property
    def twice(self) -> list[str]:
        """What stands in Slack more than once."""
        return [text for text, times in Counter(self.texts).items() if times > 1]

    async def update(self, ref: MessageRef, message: Message) -> None:
        if self.cannot_update:
            raise self.cannot_update
        self.stands[ref.ts] = message.text

    async def post_ephemeral(self, place: Place, user_id: str, message: Message) -> None: ...

    async def reply(self, response_url: str, message: Message, *, replace: bool = False) -> None: ...

    async def open_form(self, team_id: str, trigger_id: str, view: View) -> str:
        return "V1"

    async def push_form(self, team_id: str, trigger_id: str, view: View) -> str:
        return "V2"

    async def update_form(self, team_id: str, view_id: str, view: View) -> None: ...

    async def show_home(self, team_id: str, user_id: str, view: View) -> None: ...

    async def profile(self, team_id: str, user_id: str) -> Profile:
        return Profile()

    async def connection(self, place: Place) -> Connection:
        return Connection()

    async def upload(self, team_id: str, name: str, content: bytes) -> str:
        raise NO_SCOPE

    async def share(self, place: Place, files: Sequence[tuple[str, str]]) -> None:
        raise NO_SCOPE

    async def delete(self, ref: MessageRef) -> None:
        if self.stands.pop(ref.ts, None) is None:
            raise NOT_THERE

    async def delete_file(self, team_id: str, file_id: str) -> None:
        raise NO_SCOPE

    async def own_messages(self, place: Place, *, before: str = "") -> OwnPage:
        """The newest that still stands, one a page."""
        there = [one.ref for one in self.posted if one.place == place and one.ref.ts in self.stands]
        older = [ref for ref in there if not before or float(ref.ts) < float(before)]
        return OwnPage(own=(Own(refs=(older[-1],)),), oldest=older[-1].ts) if older else OwnPage()

    async def members(self, place: Place, cursor: str = "") -> MembersPage:
        raise NO_SCOPE


LOST = SlackRefused("timeout", permanent=False, in_doubt=True)
TOO_LATE = SlackRefused("held_too_long", permanent=False, retry_after=0.0)
BUSY = SlackRefused("ratelimited", permanent=False, retry_after=30)
NO_SCOPE = SlackRefused("missing_scope", permanent=True)
NOT_THERE = SlackRefused("message_not_found", permanent=True)
GONE = SlackRefused("channel_not_found", permanent=True)
ODD = SlackRefused("something_new", permanent=False)
