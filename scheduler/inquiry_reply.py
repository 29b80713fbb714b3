"""The answers to a question that has had its day, in its thread: some in each reply, one reply after another. The
channel sees the first, on a day without another post of ours: the question was posted days before, and a reply
alone makes nothing unread.

An entry's subject is as in `inquiry_posts`; its name has the reply's number alone, so that a reply is posted once.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from msgspec.structs import replace

from bot.domain.channel_days import post_of_today
from bot.domain.due import STILL_NEWS, Occurrence, post
from bot.domain.inquiry import Inquiry, let_go, withdrawn
from bot.domain.organisations import told_at
from bot.domain.outbox import Entry, Kind
from bot.domain.snapshot import GroupSnapshot, Section
from bot.ports import Deps, Message
from bot.usecases import inquiry, inquiry_posts
from bot.views.inquiry_answers import reply_message
from scheduler.outbox.messages import Drop, OutgoingMessage
from scheduler.recipients import snapshot_of

KIND = Kind.INQUIRY_REPLY
IN_HOURS, COUNTED = False, None
TURN = None


def due(snapshot: GroupSnapshot, now: datetime) -> Iterator[Occurrence]:
    """The next of each, where the question itself is in the channel, and once that was told for whom those speak
    whom it names."""
    for one in snapshot.inquiries.values():
        if one.closed_at is None or one.posted is None:
            continue
        owed = (n for n, reply in enumerate(one.replies) if not (reply.posted or reply.given_up))
        number = next(owed, None)
        if number is not None and now < one.closed_at + STILL_NEWS:
            yield post(
                KIND,
                snapshot.group,
                told_at(snapshot, _named_in(one, number), one.closed_at),
                round=one.id,
                subject=f"{one.id}.{number}.{withdrawn(one, number, now)}",
                named=str(number),
                lasts=STILL_NEWS,
            )


def _named_in(one: Inquiry, number: int) -> list[str]:
    """Whose names stand in that reply."""
    return [each.by for each in one.answers if each.reply == number and each.by and each.withdrawn_at is None]


async def compose(entry: Entry, deps: Deps, now: datetime) -> OutgoingMessage | Drop:
    """Dropped where it is there already, or the question is kept no more. The channel sees the first where nothing
    of ours has had the day."""
    snapshot = await snapshot_of(entry, deps, Section.NAMES | Section.INQUIRIES)
    id_, number, _ = inquiry_posts.about(entry)
    one = snapshot.inquiries.get(id_)
    if one is None or one.posted is None or number is None or number >= len(one.replies):
        return Drop("the question is no longer kept")
    if one.replies[number].posted:
        return Drop("it is there already")
    if told_at(snapshot, _named_in(one, number), now) > now:
        return Drop("the channel is yet to be told for whom they speak", stale=True)
    seen = number == 0 and post_of_today(snapshot.group, now) is None
    place = replace(snapshot.group.place, thread=one.posted.ts, broadcast=seen)
    return OutgoingMessage(await drawn(deps, snapshot, one, number, now), place=place)


async def drawn(deps: Deps, snapshot: GroupSnapshot, one: Inquiry, number: int, now: datetime) -> Message:
    """That reply, with the words that may be read by now."""
    # the record may still hold words whose time is over: the look that drops them comes after
    one = let_go(one, now)
    texts = await inquiry.shown(deps.store, snapshot.group.id, one)
    return reply_message(snapshot, one, number, texts)


sent = inquiry_posts.posted
"""Where the reply stands, and how many of its answers it shows as withdrawn. The first one stands."""
