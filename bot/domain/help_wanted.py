"""*I can help* in a posted digest: what it stands beside, and which of that wants help still."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from bot.domain.absence import present
from bot.domain.digest import Digest
from bot.domain.digest_lines import Part
from bot.domain.rounds import Round
from bot.domain.snapshot import GroupSnapshot
from bot.domain.stuck import stuck_by

FOLLOWED = 2
"""So many of the newest digests, as with words (`correcting`): in older ones a press is answered as it is."""


def with_help(digest: Digest) -> tuple[str, ...]:
    """The ids of commitments and asks that it offers help with."""
    stuck = [line.commitment_id for line in digest.commitments if line.stands_under is Part.STUCK]
    return (*stuck, *(line.ask_id for line in digest.asks if not line.thanks))


def wanted(ids: Iterable[str], snapshot: GroupSnapshot, now: datetime) -> dict[str, bool]:
    """Whether each of them wants help. Not where it has ended or is gone, nor where nobody is stuck any more: its
    maker may say so at any time, and may yet be stuck again."""
    found, here = {}, present(snapshot.leaders)
    for id_ in ids:
        commitment, ask = snapshot.commitments.get(id_), snapshot.asks.get(id_)
        asker = snapshot.leaders.get(ask.by) if ask and ask.open(now) else None
        found[id_] = bool(commitment and stuck_by(commitment, here)) or bool(asker and asker.active)
    return found


def out_of_date(snapshot: GroupSnapshot, now: datetime) -> dict[str, dict[str, bool]]:
    """What is wanted now, by the name of each round whose digest has a button too many or too few."""
    now_wanted = ((round, wanted(round.can_help, snapshot, now)) for round in _followed(snapshot))
    return {round.name: found for round, found in now_wanted if found != round.can_help}


def next_end(snapshot: GroupSnapshot, now: datetime) -> Iterator[datetime]:
    """When asks in them will have had their time."""
    ids = {id_ for round in _followed(snapshot) for id_ in round.can_help}
    yield from (one.until for id_, one in snapshot.asks.items() if id_ in ids and one.open(now))


def _followed(snapshot: GroupSnapshot) -> list[Round]:
    posted = [one for one in snapshot.rounds.values() if one.digested_at]
    return sorted(posted, key=lambda one: one.name)[-FOLLOWED:]
