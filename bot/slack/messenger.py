"""Every call to Slack; Slack's refusals become our errors."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

import aiohttp
from msgspec.structs import replace

from bot.domain.groups import Connection, MessageRef, Place
from bot.ports import MembersPage, Message, Own, OwnPage, Profile, Said, SlackRefused, View
from bot.slack.calls import Calls, Json, Tokens, never, new_session
from bot.slack.refusals import PERSON, refused
from bot.slack.told import connection_in, profile_in

__all__ = ["SlackMessenger", "Tokens", "new_session"]

EVENT_TYPE = "between_delivery"
"""Marks our messages in their metadata; anybody in the workspace can read it, so it carries an id and no more."""

EARLIER_S = 5.0
"""Seconds to look back before a send began: Slack's clock and ours are not the same."""

APART_S = 60.0
"""Seconds between Slack's clock and ours that are worth another look."""

PAGE, PAGES = 15, 4
"""Messages asked for at a time (some apps get no more than 15), and how many times."""

BY_PEOPLE = (None, "file_share")
"""Subtypes of what a person wrote: none, or one with a file."""

MEMBERS_A_PAGE = 200
"""Asked for at a time: Slack recommends no more."""


class SlackMessenger:
    """`bot.ports.Messenger` over Slack's Web API. Stateless but for the session, which its maker closes.

    `real` tells the machine's own time, to know how far Slack's is from it."""

    def __init__(
        self, session: aiohttp.ClientSession, tokens: Tokens, base_url: str, *, real: Callable[[], datetime] = never
    ) -> None:
        self._calls = Calls(session, tokens, base_url, real)

    async def open_dm(self, team_id: str, user_id: str) -> str:
        """PERSON refusals (`refusals`) are `unreachable`: user_disabled, cannot_dm_bot. A 429 is the method's
        own."""
        answer = await self._calls.write(team_id, "conversations.open", users=user_id)
        return str(answer["channel"]["id"])

    async def open_group_dm(self, team_id: str, user_ids: Sequence[str]) -> str:
        """Without mpim:write, and where one of them can't be had in it, a permanent refusal
        (docs/decisions/0015)."""
        answer = await self._calls.write(team_id, "conversations.open", users=",".join(user_ids))
        return str(answer["channel"]["id"])

    async def post(self, place: Place, message: Message, *, delivery_id: str) -> MessageRef:
        """Never tried twice here. PLACE refusals are `can_end`; lost answers, 5xx and fatal_error are `in_doubt`; a
        429 is the workspace's, and surely not sent (docs/decisions/0003)."""
        answer = await self._calls.write(
            place.team_id,
            "chat.postMessage",
            channel=place.channel,
            # The one thing of ours that Slack gives back in history: there is no idempotency key.
            metadata={"event_type": EVENT_TYPE, "event_payload": {"id": delivery_id}},
            unfurl_links=False,
            unfurl_media=False,
            **({"thread_ts": place.thread} if place.thread else {}),
            **({"reply_broadcast": True} if place.broadcast else {}),
            **_drawn(message),
        )
        return MessageRef(team_id=place.team_id, channel=str(answer["channel"]), ts=str(answer["ts"]))

    async def find(
        self, place: Place, *, delivery_id: str, since: datetime, until: datetime | None = None
    ) -> MessageRef | None:
        """Twice where Slack's first answer tells that its clock is far from ours: then it stands elsewhere."""
        # `ahead` is what any call of this bot heard last, mostly seconds ago; at first it is nothing, and the look
        # itself tells. Not more than twice: a clock that leaps while we look is somebody else's trouble.
        for _ in range(2):
            known = self._calls.ahead
            # As Slack takes it; the wider of the two clocks at each end, since the mark was made by ours, and the
            # message stamped by Slack's.
            window = {"oldest": f"{since.timestamp() + min(0.0, known) - EARLIER_S:.6f}"}
            if until:
                window["latest"] = f"{until.timestamp() + max(0.0, known) + EARLIER_S:.6f}"
            found = await self._look(place, delivery_id, window)
            if found or abs(self._calls.ahead - known) < APART_S:
                break
        return found

    async def _look(self, place: Place, delivery_id: str, window: Json) -> MessageRef | None:
        asked: Json = {"limit": PAGE, "include_all_metadata": True} | window
        for _ in range(PAGES):
            page = await self._said_in(place, asked)
            for message in page["messages"]:
                mark: Json = message.get("metadata") or {}
                ours: Json = mark.get("event_payload") or {}
                if mark.get("event_type") == EVENT_TYPE and ours.get("id") == delivery_id:
                    return MessageRef(team_id=place.team_id, channel=place.channel, ts=str(message["ts"]))
            asked["cursor"] = (page.get("response_metadata") or {}).get("next_cursor")
            if page.get("has_more") and not asked["cursor"] and page["messages"]:
                asked["oldest" if place.thread else "latest"] = page["messages"][-1]["ts"]
            elif not asked["cursor"]:
                return None  # read to its end, so it is not there: the one answer after which it is sent
        # Not seen in the newest sixty is not the same as not there: saying "no" here would post it twice.
        raise SlackRefused("too_much_history", permanent=False)

    async def _said_in(self, place: Place, asked: Json) -> Json:
        """Newest first, and in a thread oldest first, which the channel's own history leaves out."""
        team, channel = place.team_id, place.channel
        if place.thread:
            return await self._calls.read(team, "conversations.replies", channel=channel, ts=place.thread, **asked)
        return await self._calls.read(team, "conversations.history", channel=channel, **asked)

    async def said(self, place: Place, ts: str) -> Said | None:
        """https://docs.slack.dev/messaging/retrieving-messages#individual_messages"""
        only: Json = {"oldest": ts, "latest": ts, "inclusive": True, "limit": 1}
        page = await self._calls.read(place.team_id, "conversations.history", channel=place.channel, **only)
        found = next((one for one in page.get("messages") or () if one.get("ts") == ts), None)
        if found is None or found.get("bot_id") or found.get("subtype") not in BY_PEOPLE:
            return None
        return Said(user_id=str(found.get("user") or ""), text=str(found.get("text") or ""))

    async def update(self, ref: MessageRef, message: Message) -> None:
        """message_not_found is permanent; edit_window_closed and cant_update_message are so too, and `can_end`:
        tried again a day later. A 429 is the method's own (docs/decisions/0007)."""
        await self._calls.write(ref.team_id, "chat.update", channel=ref.channel, ts=ref.ts, **_drawn(message))

    async def post_ephemeral(self, place: Place, user_id: str, message: Message) -> None:
        """user_not_in_channel is a permanent refusal, and `unreachable`."""
        await self._calls.write(
            place.team_id, "chat.postEphemeral", channel=place.channel, user=user_id, **_drawn(message)
        )

    async def reply(self, response_url: str, message: Message, *, replace: bool = False) -> None:
        """used_url and expired_url are permanent refusals: five answers within half an hour. Only to a host of
        Slack's."""
        how: Json = (
            {"replace_original": True} if replace else {"response_type": "ephemeral", "replace_original": False}
        )
        await self._calls.answer(response_url, how | {"text": message.text, "blocks": list(message.blocks)})

    async def open_form(self, team_id: str, trigger_id: str, view: View) -> str:
        """A trigger that is too old (three seconds), or was used, is a permanent refusal."""
        answer = await self._calls.write(team_id, "views.open", trigger_id=trigger_id, view=dict(view))
        return str(answer["view"]["id"])

    async def push_form(self, team_id: str, trigger_id: str, view: View) -> str:
        """As `open_form`; push_limit_reached where two lie under it already."""
        answer = await self._calls.write(team_id, "views.push", trigger_id=trigger_id, view=dict(view))
        return str(answer["view"]["id"])

    async def update_form(self, team_id: str, view_id: str, view: View) -> None:
        """not_found, where it was closed, is a permanent refusal. Without a hash: what comes last stands."""
        await self._calls.write(team_id, "views.update", view_id=view_id, view=dict(view))

    async def show_home(self, team_id: str, user_id: str, view: View) -> None:
        """PERSON refusals are permanent; nothing is tried again here."""
        await self._calls.write(team_id, "views.publish", user_id=user_id, view=dict(view))

    async def profile(self, team_id: str, user_id: str) -> Profile:
        """Empty for somebody Slack won't show us: a suggestion only, so its lack stops nobody."""
        try:
            answer = await self._calls.read(team_id, "users.info", user=user_id)
        except SlackRefused as refusal:
            if refusal.code in PERSON:
                return Profile()
            raise
        return profile_in(answer.get("user") or {})

    async def connection(self, place: Place) -> Connection:
        """https://docs.slack.dev/apis/slack-connect (`conversation_host_id`, `connected_team_ids`)"""
        answer = await self._calls.read(place.team_id, "conversations.info", channel=place.channel)
        return connection_in(answer.get("channel") or {})

    async def workspaces(self, place: Place) -> tuple[str, ...]:
        """https://docs.slack.dev/apis/slack-connect (`is_ext_shared`: with others than the organisation's own)"""
        answer = await self._calls.read(place.team_id, "conversations.info", channel=place.channel)
        channel = answer.get("channel") or {}
        if not (channel.get("is_ext_shared") or channel.get("is_pending_ext_shared")):
            return (place.team_id,)
        lists = ("shared_team_ids", "connected_team_ids", "pending_connected_team_ids")
        found = [id_ for name in lists for id_ in channel.get(name) or ()]
        return tuple(dict.fromkeys([place.team_id, *map(str, found)])) if found else ()

    async def members(self, place: Place, cursor: str = "") -> MembersPage:
        """At most 200 a page; bad_answer where Slack's has no list of them."""
        more = {"cursor": cursor} if cursor else {}
        page = await self._calls.read(
            place.team_id, "conversations.members", channel=place.channel, limit=MEMBERS_A_PAGE, **more
        )
        if not isinstance(page.get("members"), list):
            raise refused("bad_answer")
        following = (page.get("response_metadata") or {}).get("next_cursor") or ""
        return MembersPage(user_ids=tuple(map(str, page["members"])), cursor=following)

    async def upload(self, team_id: str, name: str, content: bytes) -> str:
        """https://docs.slack.dev/messaging/working-with-files#upload"""
        answer = await self._calls.read(team_id, "files.getUploadURLExternal", filename=name, length=len(content))
        # Nobody sees it before `share`: who dies in between leaves a file of nobody's, and uploads another.
        await self._calls.upload(str(answer["upload_url"]), content)
        return str(answer["file_id"])

    async def share(self, place: Place, files: Sequence[tuple[str, str]]) -> None:
        """Where the answer is lost the files may be there: `in_doubt`. There is nothing to find them by, so it is
        done once."""
        await self._calls.write(
            place.team_id,
            "files.completeUploadExternal",
            files=[{"id": id_, "title": title} for id_, title in files],
            channel_id=place.channel,
            **({"thread_ts": place.thread} if place.thread else {}),
        )

    async def delete(self, ref: MessageRef) -> None:
        """message_not_found where it is gone; cant_delete_message and compliance_exports_prevent_deletion are for
        good."""
        await self._calls.write(ref.team_id, "chat.delete", channel=ref.channel, ts=ref.ts)

    async def delete_file(self, team_id: str, file_id: str) -> None:
        """file_not_found, file_deleted where it is gone; cant_delete_file where another bot put it there."""
        await self._calls.write(team_id, "files.delete", file=file_id)

    async def own_messages(self, place: Place, *, before: str = "") -> OwnPage:
        """What stands in threads is asked for with the message above it."""
        asked: Json = {"limit": PAGE} | ({"latest": before} if before else {})
        # From the newest on, by the oldest that was seen: while messages are deleted, pages by number would skip
        # some.
        page = await self._calls.read(place.team_id, "conversations.history", channel=place.channel, **asked)
        found = list(page.get("messages") or ())
        own = []
        for one in found:
            thread = replace(place, thread=str(one["ts"]))
            replied = bool(one.get("reply_count"))
            under = (await self._said_in(thread, {"limit": PAGE * PAGES}))["messages"] if replied else []
            mine = [each for each in (*under, one) if each.get("bot_id")]
            times = dict.fromkeys(str(each["ts"]) for each in mine)
            files = dict.fromkeys(str(file["id"]) for each in mine for file in each.get("files") or ())
            if mine:
                own.append(
                    Own(
                        refs=tuple(MessageRef(team_id=place.team_id, channel=place.channel, ts=ts) for ts in times),
                        values=tuple(value for each in mine for value in _values(each.get("blocks"))),
                        files=tuple(files),
                    )
                )
        return OwnPage(own=tuple(own), oldest=min((str(one["ts"]) for one in found), default=""))

    async def former_id(self, team_id: str, user_id: str) -> str:
        """https://docs.slack.dev/reference/methods/migration.exchange"""
        answer = await self._calls.read(team_id, "migration.exchange", users=user_id, to_old=True)
        return str((answer.get("user_id_map") or {}).get(user_id) or "")


def _drawn(message: Message) -> Json:
    """`parse` none, so that Slack makes no mentions or links of what people typed."""
    return {"text": message.text, "blocks": list(message.blocks), "parse": "none"}


def _values(part: object) -> Iterator[str]:
    """Of buttons, and of what can be chosen, however deep they stand."""
    if isinstance(part, dict):
        if isinstance(part.get("value"), str):
            yield part["value"]
        part = [*part.values()]
    for each in part if isinstance(part, list) else ():
        yield from _values(each)
