"""What goes into the outbox at once because somebody pressed something, by its name."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta

from bot.domain.groups import Group
from bot.domain.outbox import Entry, Kind
from bot.domain.people import Person
from bot.ports import Deps

STILL_NEWS = timedelta(days=10)
"""How long a message that answers a press is worth sending, if Slack or the bot was down meanwhile; or if the
leader's week has no room, which is until their Monday."""

GUARD = timedelta(seconds=15)
"""What a save is to bring is asked for before it too, to be done this much later: by then the press has ended, or
its bot is dead."""


@asynccontextmanager
async def followed_by(deps: Deps, group_id: str, now: datetime, *entries: Entry) -> AsyncIterator[None]:
    """Around a save: these messages follow from it, and a look at the group.

    Both are asked for before it, should we die in the midst; and again after it, should they have been taken up
    in between, when there was nothing to send yet (see `scheduler.outbox.messages.not_yet`).
    """
    await deps.store.outbox.add(entries)
    await deps.store.due.look_at(group_id, now + GUARD)
    yield
    await deps.store.outbox.add(entries)
    await deps.store.due.look_at(group_id, now)


def soon(
    kind: Kind,
    group: Group,
    now: datetime,
    *,
    person: Person | None = None,
    round: str = "",
    subject: str = "",
    lasts: timedelta = STILL_NEWS,
) -> Entry:
    """An entry that is due now: to a person where one is named, else to the group's channel."""
    about = [kind.value, group.id, round, person.id if person else "", subject]
    return Entry(
        name=":".join(part for part in about if part),
        kind=kind,
        group_id=group.id,
        team_id=person.reach.via_team if person else group.place.team_id,
        due_at=now,
        expires_at=now + lasts,
        person_id=person.id if person else None,
        round=round or None,
        subject=subject or None,
    )
