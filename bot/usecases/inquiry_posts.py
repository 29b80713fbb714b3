"""What Slack shows of an inquiry: its post, the replies with the answers, and how far both read as they should.

An entry's subject names what it is about: `<inquiry>.<n>` its post as after the n-th change, and
`<inquiry>.<reply>.<n>` a reply that shows n of its answers as withdrawn. Where Slack would not have a message
changed, the moment of that try stands behind it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial

from msgspec.structs import replace

from bot.domain.groups import MessageRef
from bot.domain.inquiry import Inquiry, Reply, with_reply
from bot.domain.outbox import Entry, Kind
from bot.ports import Deps

POST = "post"
"""In place of a reply's number, in the subject of an entry that changes the post."""


def about(entry: Entry) -> tuple[str, int | None, int]:
    """The inquiry's id, the reply's number or None for the post, and how much it shows."""
    id_, number, shows, *_ = [*entry.subject.split("."), "", ""]
    return id_, int(number) if number.isdecimal() else None, int(shows or 0)


async def posted(entry: Entry, ref: MessageRef, deps: Deps, now: datetime) -> None:  # noqa: ARG001
    """The first one stands."""
    shows = about(entry)[2]
    await _change(
        deps,
        entry,
        lambda one: one if one.posted else replace(one, posted=ref, drawn=max(one.drawn, shows)),
        lambda one: one if one.posted else replace(one, posted=ref, without=shows),
    )


async def redrawn(deps: Deps, entry: Entry) -> None:
    """The post, or that reply, shows at least what the entry says; an earlier refusal is over."""
    shows = about(entry)[2]
    # max: of two edits on their way the older one may be noted last
    await _change(
        deps,
        entry,
        lambda one: replace(one, drawn=max(one.drawn, shows), refused_at=None),
        lambda one: replace(one, without=max(one.without, shows), refused_at=None),
    )


async def not_redrawn(deps: Deps, entry: Entry, now: datetime) -> None:
    """Slack would not have it changed; it is tried again."""
    noted = partial(replace, refused_at=now)
    await _change(deps, entry, noted, noted)


async def given_up(deps: Deps, entry: Entry, code: str) -> None:
    """A reply that will never be there, or a message that was deleted: nothing waits for it."""
    if entry.kind is Kind.INQUIRY_REPLY:
        await _change(deps, entry, lambda one: one, lambda one: replace(one, given_up=code))
    # as if it had been redrawn: nothing is owed to a message that is gone
    elif entry.kind is Kind.INQUIRY_REDRAWN:
        await redrawn(deps, entry)


async def _change(
    deps: Deps, entry: Entry, of_post: Callable[[Inquiry], Inquiry], of_reply: Callable[[Reply], Reply]
) -> None:
    """Whichever of the two it is about; nothing, where there is no reply of that number."""
    id_, number, _ = about(entry)

    def changed(one: Inquiry | None) -> Inquiry | None:
        if one is None or number is None:
            return one and of_post(one)
        return with_reply(one, number, of_reply(one.replies[number])) if number < len(one.replies) else one

    await deps.store.inquiries.change(entry.group_id, id_, changed)
