"""A workspace took Between out: its leaders are told, once, through the host, what still works.

It counts towards nobody's week, though they did nothing: two weeks of check-ins would otherwise keep it from them
for good, or it would keep a check-in from them for what their workspace did (docs/attention.md).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from msgspec.structs import replace

from bot.domain.due import STILL_NEWS, Occurrence, dm, in_hours
from bot.domain.groups import MessageRef
from bot.domain.installation import speaking_in
from bot.domain.moments import to_the_second
from bot.domain.outbox import Entry, Kind
from bot.domain.snapshot import GroupSnapshot
from bot.ports import Deps
from bot.views.installation import still_works
from scheduler.outbox.messages import Drop, OutgoingMessage
from scheduler.recipients import leader_of

KIND = Kind.UNINSTALLED
IN_HOURS, COUNTED = True, None
TURN = None


def due(snapshot: GroupSnapshot, now: datetime) -> Iterator[Occurrence]:
    """To each leader whose own workspace took Between out and who was not told: for ten days."""
    for id_, leader in snapshot.active().items():
        if leader.unserved_since and leader.unserved_told_at is None:
            since = leader.unserved_since
            subject = to_the_second(since)
            found = dm(KIND, snapshot.group, snapshot.people[id_], since, since + STILL_NEWS, subject=subject)
            yield from in_hours(found, snapshot, snapshot.people[id_], now, back=leader)


async def compose(entry: Entry, deps: Deps, now: datetime) -> OutgoingMessage | Drop:  # noqa: ARG001
    """Dropped where they know, or one of their workspaces has Between again."""
    to = await leader_of(entry, deps)
    if isinstance(to, Drop):
        return to
    if to.leader.unserved_told_at or to.leader.unserved_since is None:
        return Drop("they know")
    installations = await deps.store.installations.all()
    own = [one.team_id for one in to.person.identities]
    if any(speaking_in(installations.values(), team) for team in own):
        return Drop("their workspace has us again")
    names = [one.name for team in own if (one := installations.get(team))]
    return OutgoingMessage(still_works(to.snapshot, names[0] if names else ""), person=to.person)


async def sent(entry: Entry, ref: MessageRef, deps: Deps, now: datetime) -> None:  # noqa: ARG001
    """`unserved_told_at` of the leader; nothing, where it was taken out anew since."""
    await deps.store.leaders.change(
        entry.group_id,
        entry.person_id,
        lambda one: (
            replace(one, unserved_told_at=now)
            if one and one.unserved_since and entry.subject == to_the_second(one.unserved_since)
            else one
        ),
    )
