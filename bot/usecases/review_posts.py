"""What Slack shows of a review: its post, the bands in its thread, and how far the post reads as it should.

An entry's subject is `<review>.<n>`: as after the n-th change; and of the bands `<review>.reply.<reads>.<k>`: as
they read then, for the k-th time drawn anew. Where Slack would not have a message changed, the moment of that try
stands behind it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from msgspec.structs import replace

from bot.domain.groups import MessageRef
from bot.domain.outbox import Entry, Kind
from bot.domain.review import Review
from bot.ports import Deps

REPLY = "reply"
"""In place of a number, in the subject of an entry about the bands."""


def about(entry: Entry) -> tuple[str, int]:
    """The review's id, and how many changes the message shows."""
    id_, shows, *_ = [*entry.subject.split("."), "", ""]
    return id_, int(shows) if shows.isdecimal() else 0


def reply_reads(entry: Entry) -> str:
    """What the bands are to read as; empty where the entry is about the post."""
    _, which, reads, *_ = [*entry.subject.split("."), "", ""]
    return reads if which == REPLY else ""


async def posted(entry: Entry, ref: MessageRef, deps: Deps, now: datetime) -> None:  # noqa: ARG001
    """The first one stands."""
    shows = about(entry)[1]
    await _change(
        deps, entry, lambda one: one if one.posted else replace(one, posted=ref, drawn=max(one.drawn, shows))
    )


async def replied(entry: Entry, ref: MessageRef, deps: Deps, now: datetime) -> None:  # noqa: ARG001
    """Where the bands stand, and what they read as there. The first one stands."""
    reads = reply_reads(entry)
    await _change(deps, entry, lambda one: one if one.reply else replace(one, reply=ref, reply_shows=reads))


async def redrawn(deps: Deps, entry: Entry) -> None:
    """The post shows at least that many changes, or the bands read as the entry says; an earlier refusal is
    over."""
    shows, reads = about(entry)[1], reply_reads(entry)
    if reads:
        # done again after a death it counts one too many, which only gives the next edit another name
        return await _change(
            deps,
            entry,
            lambda one: replace(one, reply_shows=reads, reply_drawn=one.reply_drawn + 1, reply_refused_at=None),
        )
    # of two edits on their way the older one may be noted last
    return await _change(deps, entry, lambda one: replace(one, drawn=max(one.drawn, shows), refused_at=None))


async def not_redrawn(deps: Deps, entry: Entry, now: datetime) -> None:
    """Slack would not have it changed; it is tried again."""
    if reply_reads(entry):
        await _change(deps, entry, lambda one: replace(one, reply_refused_at=now))
    else:
        await _change(deps, entry, lambda one: replace(one, refused_at=now))


async def given_up(deps: Deps, entry: Entry, code: str) -> None:
    """A reply that will never be there, or a message that was deleted: nothing waits for it."""
    if entry.kind is Kind.REVIEW_SHOWN or reply_reads(entry):
        await _change(deps, entry, lambda one: replace(one, given_up=code))
    else:
        await redrawn(deps, entry)


async def _change(deps: Deps, entry: Entry, decide: Callable[[Review], Review]) -> None:
    await deps.store.reviews.change(entry.group_id, about(entry)[0], lambda one: one and decide(one))
