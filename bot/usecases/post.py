"""What goes into the outbox at once because somebody pressed something, by its name."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.domain.groups import Group
from bot.domain.outbox import Entry, Kind
from bot.domain.people import Person

STILL_NEWS = timedelta(days=10)
"""How long a message that answers a press is worth sending, if Slack or the bot was down meanwhile; or if the
leader's week has no room, which is until their Monday."""

GUARD = timedelta(seconds=15)
"""What a save is to bring is asked for before it too, to be done this much later: by then the press has ended, or
its bot is dead."""


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
