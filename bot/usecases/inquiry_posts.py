"""What Slack shows of an inquiry: its post, the replies with the answers, and how far both read as they should.

An entry's subject names what it is about: `<inquiry>.<n>` its post as after the n-th change, and
`<inquiry>.<reply>.<n>` a reply that shows n of its answers as withdrawn. Where Slack would not have a message
changed, the moment of that try stands behind it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

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


async def posted(deps: Deps, entry: Entry, ref: MessageRef) -> None:
    """The first one stands."""
    id_, number, shows = about(entry)
    if number is None:
        await _change(
            deps,
            entry,
            id_,
            lambda one: one if one.posted else replace(one, posted=ref, drawn=max(one.drawn, shows)),
        )
    else:
        await _change_reply(
            deps, entry, number, lambda one: one if one.posted else replace(one, posted=ref, without=shows)
        )


async def redrawn(deps: Deps, entry: Entry) -> None:
    """The post, or that reply, shows at least what the entry says; an earlier refusal is over."""
    id_, number, shows = about(entry)
    if number is None:
        # max: of two edits on their way the older one may be noted last
        await _change(deps, entry, id_, lambda one: replace(one, drawn=max(one.drawn, shows), refused_at=None))
    else:
        await _change_reply(
            deps, entry, number, lambda one: replace(one, without=max(one.without, shows), refused_at=None)
        )


async def not_redrawn(deps: Deps, entry: Entry, now: datetime) -> None:
    """Slack would not have it changed; it is tried again."""
    id_, number, _ = about(entry)

    def noted(one: Inquiry | None) -> Inquiry | None:
        if one is None or number is None or number >= len(one.replies):
            return one and replace(one, refused_at=now)
        return with_reply(one, number, replace(one.replies[number], refused_at=now))

    await deps.store.inquiries.change(entry.group_id, id_, noted)


async def given_up(deps: Deps, entry: Entry, code: str) -> None:
    """A reply that will never be there, or a message that was deleted: nothing waits for it."""
    _, number, _ = about(entry)
    if number is not None and entry.kind is Kind.INQUIRY_REPLY:
        await _change_reply(deps, entry, number, lambda one: replace(one, given_up=code))
    # as if it had been redrawn: nothing is owed to a message that is gone
    elif entry.kind is Kind.INQUIRY_REDRAWN:
        await redrawn(deps, entry)


async def _change(deps: Deps, entry: Entry, id_: str, decide: Callable[[Inquiry], Inquiry]) -> None:
    await deps.store.inquiries.change(entry.group_id, id_, lambda one: one and decide(one))


async def _change_reply(deps: Deps, entry: Entry, number: int, decide: Callable[[Reply], Reply]) -> None:
    """Nothing, where there is no reply of that number."""
    await _change(
        deps,
        entry,
        about(entry)[0],
        lambda one: one if number >= len(one.replies) else with_reply(one, number, decide(one.replies[number])),
    )
