"""What Slack refused of a group's channel: the trouble is noted, or that one message stays as it is, and what
follows."""

from __future__ import annotations

from datetime import datetime, timedelta

from msgspec.structs import replace

from bot.domain import posted
from bot.domain.brief_changes import gone
from bot.domain.digest import Digest
from bot.domain.outbox import CHANGES, Entry, Kind, reply_number
from bot.domain.trouble import OURS, troubled
from bot.ports import Deps, Store
from bot.usecases import channel, hello, inquiry_posts, purpose_posts, review_posts, voice
from bot.usecases.reach import look_at_connection
from bot.usecases.stored import if_there

EDITS_ONLY = ("edit_window_closed", "cant_update_message")
"""Of one message: others can be posted."""

THREADS_ONLY = ("restricted_action_thread_locked", "restricted_action_non_threadable_channel")
"""Of replies: the channel takes other messages."""

IN_THREADS = (Kind.DIGEST_REPLY, Kind.INQUIRY_REPLY, Kind.PURPOSE_REPLY, Kind.REVIEW_SHOWN, Kind.ALOUD)

GONE = "message_not_found"

POSTS = {
    Kind.INQUIRY_REPLY: inquiry_posts,
    Kind.INQUIRY_REDRAWN: inquiry_posts,
    Kind.REVIEW_SHOWN: review_posts,
    Kind.REVIEW_REDRAWN: review_posts,
    Kind.PURPOSE_REPLY: purpose_posts,
    Kind.PURPOSE_REDRAWN: purpose_posts,
}
"""What stands in a channel of a question, a review, a purpose: who notes that."""

TRY_AGAIN = timedelta(days=1)
"""After Slack would not have a day's post changed."""


async def in_channel(deps: Deps, entry: Entry, code: str, now: datetime) -> None:
    """Slack would not have a message in the group's channel, or not have one changed."""
    if code in EDITS_ONLY or (code in OURS and await _changes(deps.store, entry)):
        await _not_changed(deps, entry, code, now)
    # a locked thread stays locked, so what was to stand in it is given up and the next thing follows
    elif entry.kind in IN_THREADS and (code in THREADS_ONLY or code in OURS):
        await given_up(deps, entry, code)
    # where another bot of ours is in the channel it speaks from now on, and nothing is the matter with the channel
    elif code not in voice.OUT_OF_IT or not await voice.chosen(deps, entry.group_id, now, unless=entry.team_id):
        if entry.kind is Kind.DIGEST and entry.round:
            # before the trouble, which ends: after it only the round knows why its digest is late (`news_until`)
            held_up = if_there(replace, held_up=True)
            await deps.store.rounds.change(entry.group_id, entry.round, held_up)
        edit = entry.kind in CHANGES
        group = await deps.store.groups.change(entry.group_id, if_there(troubled, code, now, edit=edit))
        if group and group.trouble and group.trouble.archived:  # or frozen, which Slack may call the same
            await look_at_connection(deps, group, now)
    await deps.store.due.look_at(entry.group_id, now)


async def _changes(store: Store, entry: Entry) -> bool:
    """Whether it changes what stands there: a fault of ours in that says nothing of other messages."""
    group = await store.groups.get(entry.group_id) if entry.kind is Kind.PANEL else None
    return entry.kind in CHANGES or (group is not None and group.panel is not None)


async def _not_changed(deps: Deps, entry: Entry, code: str, now: datetime) -> None:
    """It stays as it was drawn, and is tried again on another day."""
    if entry.kind is Kind.PANEL:
        await deps.store.groups.change(entry.group_id, if_there(replace, panel_refused_at=now))
    if entry.kind in (Kind.CORRECTION, Kind.REPLY_CORRECTION):
        await deps.store.digests.change(
            entry.group_id,
            entry.round,
            lambda stored: stored and posted.refused(stored, code, now, reply_number(entry)),
        )
    if entry.kind in POSTS:
        await POSTS[entry.kind].not_redrawn(deps, entry, now)
    if entry.kind is Kind.DAY_REDRAWN:
        await channel.day_redrawn(deps, entry, again_at=now + TRY_AGAIN)
    if entry.kind is Kind.HELLO_REDRAWN:
        await hello.not_redrawn(deps.store, entry, now)
    if entry.kind is Kind.BRIEF_CORRECTION:
        await deps.store.briefs.change(
            entry.group_id,
            entry.round,
            lambda stored: stored and replace(stored, refused=code, refused_at=now),
        )


async def given_up(deps: Deps, entry: Entry, code: str) -> None:
    """It will never be in Slack, or can't be told to be: what waits for it goes on."""

    def noted(stored: Digest | None) -> Digest | None:
        number = reply_number(entry)
        if stored and entry.kind is Kind.DIGEST_REPLY and number is not None:
            return posted.reply_given_up(stored, number, code)
        return stored and (posted.gone(stored, number) if code == GONE else stored)

    if entry.kind in POSTS:
        await POSTS[entry.kind].given_up(deps, entry, code)
        await deps.store.due.look_at(entry.group_id, deps.now())
    if entry.kind is Kind.ALOUD:
        await channel.said_aloud(deps, entry)
    if entry.kind is Kind.DAY_REDRAWN:
        await channel.day_redrawn(deps, entry)
    if entry.kind is Kind.HELLO_REDRAWN:
        await hello.redrawn(deps.store, entry)
    if entry.kind is Kind.BRIEF_CORRECTION and code == GONE:
        await deps.store.briefs.change(entry.group_id, entry.round, lambda stored: stored and gone(stored))
    if entry.kind in (Kind.DIGEST_REPLY, Kind.CORRECTION, Kind.REPLY_CORRECTION):
        await deps.store.digests.change(entry.group_id, entry.round, noted)
        await deps.store.due.look_at(entry.group_id, deps.now())
