"""Nobody can tell whether a digest is in the channel: said to whoever looks after the rhythm, who can look there
and have it posted again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from msgspec.structs import replace

from bot.domain.due import Occurrence, dm, in_hours
from bot.domain.groups import MessageRef, ended
from bot.domain.ledger import Claim
from bot.domain.moments import to_the_second
from bot.domain.outbox import Entry, Kind
from bot.domain.rounds import news_until
from bot.domain.snapshot import GroupSnapshot, Section
from bot.domain.unconfirmed import may_post_again
from bot.ports import Deps
from bot.usecases.stored import if_there
from bot.views.unconfirmed import unconfirmed_digest
from scheduler.outbox.messages import Drop, OutgoingMessage
from scheduler.recipients import leader_of, round_of

KIND = Kind.UNCONFIRMED
IN_HOURS, COUNTED = True, Claim.LETTER
TURN = None


def due(snapshot: GroupSnapshot, now: datetime) -> Iterator[Occurrence]:
    """Where `unconfirmed_at` is set and was not told: to the convenor, or the first active leader where there is
    none. While it is news."""
    group, active = snapshot.group, snapshot.active()
    for round in (snapshot.round, snapshot.previous):
        since = round.unconfirmed_at if round and not round.told_unconfirmed else None
        if (
            round is None
            or since is None
            or not active
            or ended(group, now)
            or not may_post_again(round, group, now)
        ):
            continue
        keeper = group.convenor if group.convenor in active else next(iter(active))
        person, until = snapshot.people[keeper], news_until(round, group.trouble)
        found = dm(KIND, group, person, since, until, round=round.name, named=to_the_second(since))
        yield from in_hours(found, snapshot, person, now, back=active[keeper])


async def compose(entry: Entry, deps: Deps, now: datetime) -> OutgoingMessage | Drop:
    """Dropped where somebody had it posted again, or it is no news any more."""
    to = await leader_of(entry, deps, Section.NAMES | Section.ROUNDS)
    if isinstance(to, Drop):
        return to
    if not may_post_again(round_of(entry, to.snapshot), to.snapshot.group, now):
        return Drop("it is posted again, or no news any more")
    return OutgoingMessage(unconfirmed_digest(to.snapshot, entry.round or ""), person=to.person)


async def sent(entry: Entry, ref: MessageRef, deps: Deps, now: datetime) -> None:  # noqa: ARG001
    """`told_unconfirmed` of the round."""
    told = if_there(replace, told_unconfirmed=True)
    await deps.store.rounds.change(entry.group_id, entry.round or "", told)
