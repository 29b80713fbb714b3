"""App Home: all that one viewer may see of their groups."""

from __future__ import annotations

import asyncio
from collections.abc import Collection
from datetime import datetime

from bot.domain.checkins import CheckInState, closed
from bot.domain.home import HomeSection
from bot.domain.ledger import waiting, week_of
from bot.domain.matter_kinds import for_you
from bot.domain.outbox import Kind, Status, dm_name
from bot.domain.people import Person, SlackIdentity
from bot.domain.tending import spoken_since, tended_by
from bot.ports import Deps
from bot.usecases.groups import next_planned
from bot.usecases.people import known
from bot.usecases.plate import NEEDS
from bot.usecases.snapshot import load_snapshot


async def home_sections(deps: Deps, who: SlackIdentity, now: datetime) -> tuple[Person | None, list[HomeSection]]:
    """Nothing but their own plate, and what the group sees anyway."""
    person = await known(deps.store, who)
    if person is None:
        return None, []
    ids = await deps.store.index.groups_of(person.id)
    held_back: set[str] = set()
    if ledger := await deps.store.ledgers.get(person.id):
        span = (person.id, week_of(person, now))
        held_back = waiting(ledger, person, (await deps.store.allowance.taken([span]))[span], now)
    sections = (_home_section(deps, who, group_id, held_back, now) for group_id in ids)
    return person, [section for section in await asyncio.gather(*sections) if section]


async def _home_section(
    deps: Deps, who: SlackIdentity, group_id: str, held_back: Collection[str], now: datetime
) -> HomeSection | None:
    snapshot = await load_snapshot(deps.store, group_id, NEEDS, who=who)
    leader = snapshot.leaders.get(snapshot.viewer)
    if leader is None or not leader.in_group:
        return None
    # membership follows the channel (0010): whoever is gone from it reads nothing of the group here
    if leader.absence:
        return HomeSection(snapshot=snapshot, plate=None, tended=[], next_meeting=None, absent=True)
    round, viewer = snapshot.latest_round(now), snapshot.people[snapshot.viewer]
    plate = snapshot.own_plates.get(round.name) if round else None
    asked = snapshot.own_checkins.get(round.name) if round else None
    # *Nothing new* writes no plate: the one of last time stands
    as_before = plate is None and asked is not None and asked.state is CheckInState.ANSWERED
    unasked = round is not None and plate is None and not as_before and not closed(round, now)
    tended = tended_by(snapshot.commitments.values(), viewer.id)
    since = (asked and asked.asked_at) or leader.joined_at
    name = dm_name(Kind.CHECK_IN, group_id, round.name, viewer.id) if round and unasked else ""
    # where Slack refused it, or can't tell, it can't be said to have reached them; a reason stands only by what has
    # ended, so while somebody is still about to look, nothing is said
    sent = await deps.store.delivery.status(name, viewer.reach.via_team) if name else None
    return HomeSection(
        snapshot=snapshot,
        plate=snapshot.last_plate(round.name) if round and as_before else plate,
        as_before=as_before,
        tapped=spoken_since(snapshot.commitments.values(), viewer.id, since),
        tended=tended,
        next_meeting=next_planned(snapshot.group, now)[1],
        matters=tuple(for_you(snapshot, viewer.id, now)),
        unsent=sent is not None and bool(sent.why) and sent.status in (Status.UNKNOWN, Status.FAILED),
        waiting=name in held_back,
    )
