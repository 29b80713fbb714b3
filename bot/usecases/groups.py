"""A group: set up in a channel, its settings changed in the open, its meetings moved, and an objection heard."""

from __future__ import annotations

from datetime import date, datetime

import msgspec

from bot.domain.groups import Group, GroupWords, Place, SettingsChange, SetUpWords
from bot.domain.hours import from_local, say_day, say_time, to_local
from bot.domain.meetings import check_move, meeting_at, next_meetings, say_meetings
from bot.domain.nations import nation_name, nation_of
from bot.domain.outbox import Kind
from bot.domain.people import About, SlackIdentity
from bot.domain.problems import Problem
from bot.domain.rhythm import Moved, Rhythm, check_rhythm
from bot.domain.snapshot import GroupSnapshot
from bot.domain.zones import say_zone
from bot.ports import Deps, Store
from bot.usecases.follow_up import followed_by, soon
from bot.usecases.people import enrol, only_named, require_member, take_part
from bot.usecases.rounds import retime
from bot.usecases.snapshot import load_snapshot

MOST_MOVES = 20
MOST_CHANGES = 20


async def groups_of(store: Store, who: SlackIdentity) -> list[Group]:
    """The groups a person is in, in the order they joined."""
    person_id = await store.index.person(who)
    ids = await store.index.groups_of(person_id) if person_id else []
    found = await store.groups.many(ids)
    return [found[id_] for id_ in ids if id_ in found]


async def group_in(store: Store, place: Place) -> Group | None:
    """The group whose channel that is, if any."""
    group_id = await store.index.group(place)
    return await store.groups.get(group_id) if group_id else None


async def set_up(deps: Deps, who: SlackIdentity, place: Place, words: SetUpWords, now: datetime) -> GroupSnapshot:
    """A new group in a channel; who sets it up looks after the rhythm and is its first leader. A second wish for
    the same channel (a form sent twice, two people at once) is answered with the group that is already there.
    Their own clock stays as it is, if they are known: the group's is another matter.
    """
    rhythm = check_rhythm(Rhythm(meeting=words.group.meeting))
    group_id = await deps.store.index.put_group(place, deps.new_id())
    person = await enrol(deps, who, place.team_id, _of_themselves(words), only_named)
    new = Group(
        id=group_id,
        name=words.group.name,
        place=place,
        zone=words.group.zone,
        nation=words.group.nation,
        rhythm=rhythm,
        set_up_by=person.id,
        set_up_at=now,
        convenor=person.id,
    )
    group = await deps.store.groups.change(group_id, lambda stored: stored or new)
    if group and group.set_up_by != person.id:
        raise Problem(f"This channel already has a group: {group.name}. Press Join under my message in it.")
    await deps.store.outbox.add([soon(Kind.PANEL, new, now)])
    snapshot = await load_snapshot(deps.store, group_id)
    return await take_part(deps, snapshot, person, words.organisation, now)


def _of_themselves(words: SetUpWords) -> About:
    """What is kept of somebody new: asked at nine, on their own clock and with the holidays kept there."""
    group = words.group
    zone = words.zone or group.zone
    nation = group.nation if zone == group.zone else nation_of(zone) or group.nation
    return About(name=words.name, organisation=words.organisation, zone=zone, nation=nation, hour="09:00")


async def change_settings(
    deps: Deps, who: SlackIdentity, group_id: str, words: GroupWords, now: datetime
) -> GroupSnapshot:
    """Any leader may; the channel is told, and anyone can object."""
    by = await require_member(deps.store, who, group_id)
    before = by.snapshot.group
    rhythm = msgspec.structs.replace(before.rhythm, meeting=_meeting(before, words))
    after = msgspec.structs.replace(
        before,
        name=words.name,
        zone=words.zone,
        nation=words.nation,
        rhythm=check_rhythm(rhythm),
        convenor=words.convenor or before.convenor,
    )
    return await _change(deps, by.snapshot, by.person.id, after, _what_changed(by.snapshot, after), now)


async def move_meeting(
    deps: Deps, who: SlackIdentity, group_id: str, planned: date, to: date, at: str, now: datetime
) -> GroupSnapshot:
    """One meeting moves; prompts and digest move with it, and nobody is asked twice."""
    by = await require_member(deps.store, who, group_id)
    before = by.snapshot.group
    move = check_move(before.rhythm, before.zone, Moved(planned=planned, to=to, at=at), now)
    earlier = [m for m in before.rhythm.moved if m.planned != planned]
    rhythm = msgspec.structs.replace(before.rhythm, moved=(*earlier, move)[-MOST_MOVES:])
    after = msgspec.structs.replace(before, rhythm=rhythm)
    day = to_local(now, before.zone).date()
    clock = say_time(from_local(to, at, before.zone), before.zone)
    sentences = [f"The meeting of {say_day(planned, day)} moves to {say_day(to, day)} at {clock}."]
    if meeting_at(rhythm, before.zone, planned) == meeting_at(before.rhythm, before.zone, planned):
        sentences = []
    return await _change(deps, by.snapshot, by.person.id, after, sentences, now)


async def object_to(deps: Deps, who: SlackIdentity, group_id: str, change_id: str, now: datetime) -> SettingsChange:
    """What was changed goes back to how it was, unless it has been changed again since. Raises Problem then."""
    by = await require_member(deps.store, who, group_id)
    change = await deps.store.changes.get(group_id, change_id)
    if change is None:
        raise Problem("That change is no longer on record. Press More to change the settings instead.")
    if change.objected_by:
        return change
    before = change.before

    def put_back(stored: Group | None) -> Group | None:
        if stored != change.after:
            raise Problem("This has been changed again since. Press More to see how it stands now.")
        return before

    objected = msgspec.structs.replace(change, objected_by=by.person.id)
    async with followed_by(deps, group_id, now):
        await deps.store.groups.change(group_id, put_back)
        await deps.store.changes.change(group_id, change_id, lambda stored: objected if stored else None)
        await retime(deps.store, before, now)
    return objected


def next_planned(group: Group, now: datetime) -> tuple[date, datetime]:
    """The next meeting: the day it was planned for, and when it is."""
    return next_meetings(group.rhythm, group.zone, now, 1)[0]


async def _change(
    deps: Deps, snapshot: GroupSnapshot, by: str, after: Group, sentences: list[str], now: datetime
) -> GroupSnapshot:
    before = snapshot.group
    if not sentences:
        return snapshot
    id_ = deps.new_id()
    after = msgspec.structs.replace(after, changes=(*before.changes, id_)[-MOST_CHANGES:])
    change = SettingsChange(id=id_, at=now, by=by, sentences=tuple(sentences), before=before, after=after)

    await deps.store.changes.change(before.id, id_, lambda _: change)

    def unless_changed(stored: Group | None) -> Group:
        if stored != before:
            raise Problem(
                "Somebody changed the settings at the same moment. Open them again to see how they stand."
            )
        return after

    async with followed_by(deps, before.id, now, soon(Kind.CHANGE, after, now, subject=id_)):
        await deps.store.groups.change(before.id, unless_changed)
        await retime(deps.store, after, now)
    return msgspec.structs.replace(snapshot, group=after)


def _meeting(group: Group, words: GroupWords) -> msgspec.Struct:
    """The recurrence as it was where the form says the same again, so that its first day does not wander."""
    old, new = group.rhythm.meeting, words.meeting
    same = (old.every, old.interval, old.weekday, old.nth) == (new.every, new.interval, new.weekday, new.nth)
    return msgspec.structs.replace(old, at=new.at) if same else new


def _what_changed(snapshot: GroupSnapshot, after: Group) -> list[str]:
    before = snapshot.group
    said = {
        f"It is called {after.name}.": before.name != after.name,
        f"We meet {say_meetings(after.rhythm.meeting, after.zone)}.": before.rhythm.meeting != after.rhythm.meeting,
        f"Its clock is {say_zone(after.zone)}.": before.zone != after.zone,
        f"It keeps the public holidays of {nation_name(after.nation)}.": before.nation != after.nation,
        f"{snapshot.name(after.convenor or '')} looks after the rhythm.": before.convenor != after.convenor,
    }
    return [sentence for sentence, changed in said.items() if changed]
