"""Organisations: the group's list, and what its channel is told of who speaks for which."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

import msgspec

from bot.domain.due import STILL_NEWS
from bot.domain.groups import NowSpeaks, OrganisationsPost
from bot.domain.hours import from_local, to_local
from bot.domain.names import taken
from bot.domain.people import Leader
from bot.domain.problems import Problem, ProblemCode
from bot.domain.snapshot import GroupSnapshot

PAUSE = timedelta(minutes=10)
"""From a choice to its announcement: whoever slips mends it, and who joins together is announced together."""

TOLD_WITHIN = timedelta(days=1)
"""After that what names somebody in the channel waits no longer for the announcement of their organisation."""

MOST_TOLD = 20
"""In one post; the rest follow the next day."""

NEXT_DAY_AT = "09:00"


def listed(leaders: Mapping[str, Leader]) -> list[str]:
    """The group's list: every organisation that a leader speaks for, or spoke for when they left; and the one they
    spoke for before, as long as the channel was told no other, so that a slip is mended by choosing it again."""
    chosen = {leader.organisation for leader in leaders.values()}
    return sorted((chosen | {last_told(leader) for leader in leaders.values()}) - {""}, key=str.casefold)


def as_listed(organisation: str, leaders: Mapping[str, Leader]) -> str:
    """The entry of the list that it is, however it was typed; else a new one."""
    entries = listed(leaders)
    return organisation if organisation in entries else taken(organisation, entries) or organisation


def added_twice(leaders: Mapping[str, Leader]) -> dict[str, str]:
    """By person id, the entry they should have found in the list: of those who add one at the same moment, spelt
    otherwise, none sees the others'. The first one's spelling stands."""
    chosen = {id_: one for id_, one in leaders.items() if one.unannounced_since is None}
    entries: dict[str, str] = {}
    fresh = sorted((one.unannounced_since, id_) for id_, one in leaders.items() if one.unannounced_since)
    for _, id_ in fresh:
        entry = as_listed(leaders[id_].organisation, chosen)
        if entry == leaders[id_].organisation:
            chosen[id_] = leaders[id_]
        else:
            entries[id_] = entry
    return entries


def speaking_for(leader: Leader, organisation: str, now: datetime) -> Leader:
    """The leader, speaking for it from now on. The channel is owed that, unless it has been told nothing else."""
    if organisation == leader.organisation:
        return leader
    told = last_told(leader)
    since = leader.unannounced_since or now
    return msgspec.structs.replace(
        leader,
        organisation=organisation,
        announced=told,
        unannounced_since=None if organisation == told else since,
    )


def last_told(leader: Leader) -> str:
    """For whom they speak, as the channel was told last; empty where it was told nothing."""
    return leader.announced if leader.unannounced_since else leader.organisation


def unannounced(snapshot: GroupSnapshot) -> list[Leader]:
    """Those whose organisation the channel is owed, the longest owed first."""
    owed = [
        (leader.unannounced_since, leader.person_id, leader)
        for leader in snapshot.active().values()
        if leader.unannounced_since and leader.organisation
    ]
    return [leader for _, _, leader in sorted(owed, key=lambda one: one[:2])]


def announce_at(snapshot: GroupSnapshot, now: datetime) -> datetime | None:
    """When the channel is told next: soon, once a day at most, and always before a digest, late words in one, or
    a change of theirs that would say it first. What is no news any more asks for no post; it is told with what
    is."""
    last, zone = snapshot.group.organisations_told_at, snapshot.group.zone
    owed = [one.unannounced_since for one in unannounced(snapshot) if one.unannounced_since]
    since = next((moment for moment in owed if moment + PAUSE + STILL_NEWS > now), None)
    if since is None:
        return None
    if _said_otherwise(snapshot):
        return since
    soon = at = since + PAUSE
    if last:
        at = max(soon, from_local(to_local(last, zone).date() + timedelta(days=1), NEXT_DAY_AT, zone))
    for round in (snapshot.previous, snapshot.round):
        if round and not round.digested and since <= round.digest_at <= at:
            return soon if soon < round.digest_at else since
    return at


def _said_otherwise(snapshot: GroupSnapshot) -> bool:
    """Whether a post that can't wait is about to name what the channel is owed: late words of theirs in a digest
    that it has, or a change made by somebody of whom it was told another organisation."""
    owed = {one.person_id: one for one in unannounced(snapshot)}
    late = any(
        line.person_id in owed and line.organisation == owed[line.person_id].organisation
        for digest in snapshot.digests.values()
        if digest.posted
        for line in digest.plates
    )
    untold = (snapshot.changes[id_] for id_ in snapshot.group.changes if id_ in snapshot.changes)
    return late or any(
        one.announced_at is None and one.by in owed and bool(owed[one.by].announced) for one in untold
    )


def told_at(snapshot: GroupSnapshot, person_ids: Iterable[str], at: datetime) -> datetime:
    """When what names those may stand in the channel: `at`, or once that was told for whom they speak, for which
    it waits a day at most: it may be that it can't be told."""
    owed = {one.person_id: one.unannounced_since for one in unannounced(snapshot)}
    waits = (since + PAUSE + TOLD_WITHIN for id_ in person_ids if (since := owed.get(id_)))
    return max([at, *waits])


def draw_post(snapshot: GroupSnapshot, id_: str, now: datetime) -> OrganisationsPost | None:
    """What the channel is owed, or None where that is nothing."""
    told_of = [one for one in snapshot.leaders.values() if one.unannounced_since is None or one.announced]
    known = {one.announced or one.organisation for one in told_of}
    lines: list[NowSpeaks] = []
    for leader in unannounced(snapshot)[:MOST_TOLD]:
        back = leader.announced == leader.organisation  # only of somebody who had left
        line = NowSpeaks(
            person_id=leader.person_id,
            name=snapshot.people[leader.person_id].name,
            before="" if back else leader.announced,
            after=leader.organisation,
            new=leader.organisation not in known,
            back=back,
        )
        known.add(leader.organisation)
        lines.append(line)
    return OrganisationsPost(id=id_, at=now, lines=tuple(lines)) if lines else None


def told(leader: Leader, line: NowSpeaks) -> Leader:
    """The channel knows that line now. What they changed meanwhile is still owed."""
    if leader.unannounced_since is None:
        return leader
    owed = None if leader.organisation == line.after else leader.unannounced_since
    return msgspec.structs.replace(leader, announced=line.after, unannounced_since=owed)


def can_object(leader: Leader | None, line: NowSpeaks) -> bool:
    """Whether somebody who objects to that line now would be heard: as long as they speak for it still, or were put
    back by a press that has not noted whose it was."""
    return (
        leader is not None and leader.active and (leader.organisation == line.after or _is_put_back(leader, line))
    )


def _is_put_back(leader: Leader, line: NowSpeaks) -> bool:
    return leader.organisation == line.before and leader.unannounced_since is None


def put_back(leader: Leader, line: NowSpeaks) -> Leader:
    """As before the line somebody objects to; where they are that already, as they are. Raises Problem where they
    speak for another by now."""
    if not can_object(leader, line):
        raise Problem(ProblemCode.CHANGED_SINCE)
    if _is_put_back(leader, line):
        return leader
    return msgspec.structs.replace(leader, organisation=line.before, announced=line.before, unannounced_since=None)
