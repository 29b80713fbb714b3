"""The words behind a digest, in its thread: a reply for each organisation, one after another, so that people can
answer each other under the words they mean.

An entry's subject is `<reply>.<n>`: the reply's number, and how many corrections it had by then. Its name has the
number alone: a reply is posted once, whatever its words are when it goes.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from msgspec.structs import replace

from bot.domain.due import Occurrence, post
from bot.domain.groups import MessageRef
from bot.domain.outbox import Entry, Kind, reply_number
from bot.domain.posted import REPLY_STILL_NEWS, next_reply, of_reply, reply_posted
from bot.domain.snapshot import GroupSnapshot, Section
from bot.ports import Deps
from bot.usecases import digest
from bot.views.digest_reply import reply_message
from scheduler.outbox.messages import Drop, OutgoingMessage
from scheduler.recipients import snapshot_of

KIND = Kind.DIGEST_REPLY
IN_HOURS, COUNTED = False, None
TURN = None


def due(snapshot: GroupSnapshot, now: datetime) -> Iterator[Occurrence]:
    """The next one of each digest that is being looked after: a digest is, from when it is posted."""
    group = snapshot.group
    for name in group.to_correct:
        kept = snapshot.digests.get(name)
        if kept and (found := next_reply(kept, now)):
            number, reply = found
            yield post(
                KIND,
                group,
                reply.since,
                round=name,
                subject=f"{number}.{reply.corrections}",
                named=str(number),
                lasts=REPLY_STILL_NEWS,
            )


async def compose(entry: Entry, deps: Deps, now: datetime) -> OutgoingMessage | Drop:
    """Dropped where it is there already, where all of it was pulled back, or where its digest is kept no more."""
    kept, number = await digest.rewritten(deps.store, entry.group_id, entry.round, now), reply_number(entry)
    if kept is None or kept.posted is None or number is None:
        return Drop("the digest is no longer kept")
    reply = kept.replies[number]
    if reply.posted:
        return Drop("it is there already")
    if not of_reply(kept, reply):
        return Drop("all of it was pulled back")
    group = (await snapshot_of(entry, deps, Section.NOTHING)).group
    return OutgoingMessage(reply_message(kept, number), place=replace(group.place, thread=kept.posted.ts))


async def sent(entry: Entry, ref: MessageRef, deps: Deps, now: datetime) -> None:  # noqa: ARG001
    """In the digest: where the reply stands, and how many corrections it was drawn with at least. The first one
    stands."""
    number, _, shown = entry.subject.partition(".")
    await deps.store.digests.change(
        entry.group_id,
        entry.round,
        lambda stored: stored and reply_posted(stored, int(number), ref, int(shown)),
    )
