"""Every call to Slack that use cases and listeners make, and what it is given and gives."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

import msgspec

from bot.domain.groups import Connection, MessageRef, Place
from bot.domain.people import Account, SlackIdentity
from bot.ports.blocks import Block, View


class Message(msgspec.Struct, frozen=True, kw_only=True):
    """A message as drawn: `text` is what notifications and screen readers say, at most 4,000 characters."""

    text: str
    blocks: tuple[Block, ...]


class Profile(msgspec.Struct, frozen=True, kw_only=True):
    """What Slack lets us see of somebody; for people of other organisations it may be next to nothing. `ids` are
    what Slack calls them: in an Enterprise Grid a user id may have become another.
    """

    name: str = ""
    zone: str = ""
    ids: tuple[str, ...] = ()
    bot: bool = False
    deleted: bool = False
    account: Account = Account()
    """As it is kept of a leader."""
    guest: bool = False
    identities: tuple[SlackIdentity, ...] = ()
    """Every pair that Slack calls the same person: their id in a workspace, and in its organisation."""


class Said(msgspec.Struct, frozen=True, kw_only=True):
    """What a person wrote, as Slack has it now: `text` is in its markup."""

    user_id: str
    text: str


class MembersPage(msgspec.Struct, frozen=True, kw_only=True):
    """Some of who is in a channel, people of other organisations among them, by Slack's user id. `cursor` is where
    the next page begins; empty after the last.
    """

    user_ids: tuple[str, ...]
    cursor: str = ""


class Own(msgspec.Struct, frozen=True, kw_only=True):
    """A message of ours and what we said under it: the values of its buttons, and the ids of files in it."""

    refs: tuple[MessageRef, ...]
    values: tuple[str, ...] = ()
    files: tuple[str, ...] = ()


class OwnPage(msgspec.Struct, frozen=True, kw_only=True):
    """Our messages on a page of a DM, and the time of its oldest message; empty where there is none."""

    own: tuple[Own, ...] = ()
    oldest: str = ""


class Messenger(Protocol):
    """Every call to Slack. All raise SlackRefused, and nothing else, when Slack does not do as asked."""

    async def open_dm(self, team_id: str, user_id: str) -> str:
        """The id of the DM between the bot of `team_id` and the user."""

    async def open_group_dm(self, team_id: str, user_ids: Sequence[str]) -> str:
        """The id of the conversation of these users and the bot; always the same one for the same users (needs
        mpim:write; else SlackRefused)."""

    async def post(self, place: Place, message: Message, *, delivery_id: str) -> MessageRef:
        """Once for each call: no refusal but one `in_doubt` leaves it open whether it is there. `delivery_id` is
        what `find` finds it by."""

    async def find(
        self, place: Place, *, delivery_id: str, since: datetime, until: datetime | None = None
    ) -> MessageRef | None:
        """Our own message with that delivery id, if Slack has it (needs im:history; else SlackRefused).

        Both times are by our clock; where Slack's is known to be another, more is looked through."""

    async def said(self, place: Place, ts: str) -> Said | None:
        """What stands there of that time, if a person wrote it, and not in a thread (needs im:history; else
        SlackRefused)."""

    async def update(self, ref: MessageRef, message: Message) -> None:
        """The whole message anew; the same twice is the same once. Refused for good where it is gone, or too old
        for Slack."""

    async def post_ephemeral(self, place: Place, user_id: str, message: Message) -> None:
        """An ephemeral: not promised to arrive, so nothing that matters is said only here."""

    async def reply(self, response_url: str, message: Message, *, replace: bool = False) -> None:
        """Answer at a response_url, to the presser alone; `replace` puts it in place of the pressed message."""

    async def open_form(self, team_id: str, trigger_id: str, view: View) -> str:
        """Returns the view's id."""

    async def push_form(self, team_id: str, trigger_id: str, view: View) -> str:
        """Over the form that is open, three at most; the view's id. The trigger is good for three seconds, and
        once."""

    async def update_form(self, team_id: str, view_id: str, view: View) -> None:
        """Refused for good where it was closed meanwhile."""

    async def show_home(self, team_id: str, user_id: str, view: View) -> None:
        """In place of what their home shows; of two at once, either may stand."""

    async def profile(self, team_id: str, user_id: str) -> Profile:
        """An empty one where Slack lets us see nothing of them."""

    async def connection(self, place: Place) -> Connection:
        """Who shares a channel, by its host's word; without what Slack does not say."""

    async def workspaces(self, place: Place) -> tuple[str, ...]:
        """Every workspace that shares a channel, those invited to it among them; one, or none, where it is not
        shared with another organisation."""

    async def members(self, place: Place, cursor: str = "") -> MembersPage:
        """One page, from `cursor` on."""

    async def upload(self, team_id: str, name: str, content: bytes) -> str:
        """A file's id; nobody sees it before it is shared (needs files:write; else SlackRefused)."""

    async def share(self, place: Place, files: Sequence[tuple[str, str]]) -> None:
        """Puts uploaded files there, each with its title."""

    async def delete(self, ref: MessageRef) -> None:
        """Our own message, for good."""

    async def delete_file(self, team_id: str, file_id: str) -> None:
        """A file that we put somewhere, wherever it stands."""

    async def own_messages(self, place: Place, *, before: str = "") -> OwnPage:
        """A page of a DM from the newest on, or from what is older than `before`: which of it is ours (needs
        im:history; else SlackRefused)."""

    async def former_id(self, team_id: str, user_id: str) -> str:
        """What somebody was called before their workspace joined an Enterprise Grid; empty where Slack knows of
        nothing."""


class Stacked(Protocol):
    """The forms that lie under others, as far as they were seen: only a hint."""

    def keep(self, view_id: str, view: View, now: datetime) -> None:
        """As it reads now: it stands under another form, and nobody may ask Slack for it."""

    def forget(self, view_id: str) -> None:
        """It may read otherwise by now."""

    def find(self, view_id: str, now: datetime) -> View | None:
        """None where it was not seen, or too long ago: draw it anew."""


class _NoneSeen:
    def keep(self, view_id: str, view: View, now: datetime) -> None:
        """Kept nowhere."""

    def forget(self, view_id: str) -> None:
        """There is nothing to forget."""

    def find(self, view_id: str, now: datetime) -> View | None:  # noqa: ARG002
        """Never seen, so always drawn anew."""
        return None


NONE_SEEN: Stacked = _NoneSeen()
