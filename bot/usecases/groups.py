"""A group: set up in a channel, its settings changed in the open, its meetings moved, and an objection heard."""

from __future__ import annotations

from datetime import date, datetime

import msgspec

from bot.domain.about import About, only_named
from bot.domain.called import called_now, one_called
from bot.domain.change import edition, is_put_back, over, put_back
from bot.domain.group_words import GroupWords, SetUpWords
from bot.domain.groups import Group, GroupSettings, Hello, Place, Preview, SettingsChange, with_settings
from bot.domain.meetings import check_first, check_move, check_rhythm, is_planned, meeting_at, next_meetings
from bot.domain.nations import nation_of
from bot.domain.people import Leader, SlackIdentity
from bot.domain.problems import Problem, ProblemCode, require
from bot.domain.put_to_all import require_not_ended
from bot.domain.rhythm import Moved, Rhythm
from bot.domain.snapshot import GroupSnapshot, Membership
from bot.ports import Deps, Store
from bot.usecases import voice
from bot.usecases.channel import departures_redrawn, taken_by
from bot.usecases.follow_up import GUARD, look_after
from bot.usecases.names import check_name, require_organisation
from bot.usecases.people import enrol, take_part
from bot.usecases.rounds import retime
from bot.usecases.snapshot import load_snapshot
from bot.usecases.stored import if_there

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


async def set_up(
    deps: Deps,
    who: SlackIdentity,
    place: Place,
    words: SetUpWords,
    now: datetime,
    preview: Preview | None = None,
    hello: Hello | None = None,
) -> GroupSnapshot:
    """A new group in a channel; who sets it up looks after the rhythm and is its first leader. A second wish for
    the same channel (a form sent twice, two people at once) is answered with the group that is already there.
    Their own clock stays as it is, if they are known: the group's is another matter. With a `preview` nothing is
    owed before *Post it*. `hello` is ours whose button opened the form, if one did.

    The sequence: the group's id, by the channel; whoever sets it up; the group; their part in it. Whoever dies
    anywhere leaves what the same form, sent again, goes on from.
    """
    rhythm = _with_meeting(Rhythm(meeting=words.group.meeting), words.group, words.group.zone, now)
    check_first(words.group.meeting, words.group.zone, now)
    place = await voice.host_speaks(deps, place)
    # of two who do so at once both go on with the id that stands, and the record below says whose group it is
    group_id = await deps.store.index.put_group(place, deps.new_id())
    await check_name(deps.store, await deps.store.index.person(who) or "", words.name)
    require_organisation(words.organisation, (), "organisation_name")
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
        preview=preview,
        hello=hello,
    )
    # asked for before the record is there: should we die after that, a look finds the group and goes on
    await deps.store.due.look_at(group_id, now + GUARD)
    group = await deps.store.groups.change(group_id, lambda stored: stored or new)
    # their own form, sent again, goes on: whoever died before this line is no leader yet
    if group and group.set_up_by != person.id:
        raise await taken_by(deps.store, group, now)
    await enlist(deps.store, group_id)
    first = Leader(person_id=person.id, organisation=words.organisation, joined_at=now)  # the panel names them
    async with look_after(deps.store, group_id, now):
        await take_part(deps.store, group_id, first)
    return await load_snapshot(deps.store, group_id)


async def enlist(store: Store, group_id: str) -> None:
    """Puts a group among all groups, and everybody who was ever in it among all people: also one that was set up
    before there were such lists. Done twice, or stopped half-way, it does no harm: the group goes last, so where it
    is listed its people are.
    """
    for person_id in await store.leaders.all(group_id):  # who left has a record still
        await store.index.was_in(person_id, group_id)
    await store.index.list_group(group_id)


def _of_themselves(words: SetUpWords) -> About:
    """What is kept of somebody new: asked at nine, on their own clock and with the holidays kept there."""
    group = words.group
    zone = words.zone or group.zone
    nation = group.nation if zone == group.zone else nation_of(zone) or group.nation
    return About(name=words.name, organisation=words.organisation, zone=zone, nation=nation, hour="09:00")


async def change_settings(deps: Deps, by: Membership, words: GroupWords, now: datetime) -> GroupSnapshot:
    """Any leader may; the channel is told, and anyone can object."""
    before = by.snapshot.group
    rhythm = _with_meeting(before.rhythm, words, words.zone, now)
    if rhythm.meeting != before.rhythm.meeting or words.zone != before.zone:
        check_first(words.meeting, words.zone, now)
    after = msgspec.structs.replace(
        before.settings,
        name=words.name,
        zone=words.zone,
        nation=words.nation,
        rhythm=rhythm,
        convenor=words.convenor or before.convenor,
    )
    return await save_settings(deps, by, after, now)


def require_edition(group: Group, filled_with: str) -> None:
    """Raises Problem for a form that was filled before somebody else changed the settings: what its sender left as
    it was would undo that in their name. A form of an older version does not say."""
    if filled_with not in ("", edition(group)):
        raise Problem(ProblemCode.CHANGED_MEANWHILE)


async def take_on_role(deps: Deps, by: Membership, now: datetime) -> Group:
    """Where nobody looks after the rhythm, whoever presses does. Raises Problem where somebody else does."""
    group = by.snapshot.group
    if group.convenor == by.person.id:
        return group
    if group.convenor:
        raise Problem(ProblemCode.ROLE_TAKEN)
    settings = msgspec.structs.replace(group.settings, convenor=by.person.id)
    try:
        after = await save_settings(deps, by, settings, now)
    except Problem as problem:
        # of two who press at once the second is told who was quicker, and not of settings that they never opened
        stored = await deps.store.groups.get(group.id)
        raise Problem(ProblemCode.ROLE_TAKEN) if stored and stored.convenor else problem from problem
    await departures_redrawn(deps, group, now)
    return after.group


async def move_meeting(
    deps: Deps, by: Membership, planned: date, to: date, at: str, now: datetime
) -> GroupSnapshot:
    """One meeting moves; prompts and digest move with it, and nobody is asked twice."""
    before = by.snapshot.group
    move = check_move(before.rhythm, before.zone, Moved(planned=planned, to=to, at=at), now)
    earlier = [m for m in before.rhythm.moved if m.planned != planned]
    rhythm = msgspec.structs.replace(before.rhythm, moved=(*earlier, move)[-MOST_MOVES:])
    if meeting_at(rhythm, before.zone, planned) == meeting_at(before.rhythm, before.zone, planned):
        return by.snapshot
    return await save_settings(deps, by, msgspec.structs.replace(before.settings, rhythm=rhythm), now)


async def object_to(
    deps: Deps, by: Membership, change_id: str, now: datetime
) -> tuple[GroupSnapshot, SettingsChange]:
    """What was changed goes back to how it was. Raises Problem where that has been, or was changed again since.

    The sequence: the group, since it may refuse; then the objection. Whoever dies in between has put it back, and
    the next press, be it somebody else's, notes who objected. Of two at once the first one noted stands.
    """
    group_id = by.snapshot.group.id
    change = require(by.snapshot.changes.get(change_id), ProblemCode.CHANGE_GONE)
    if change.objected_by:
        return by.snapshot, change

    def without(stored: Group | None) -> Group:
        if stored and is_put_back(stored, change, by.snapshot.changes):
            return stored
        if over(change, now):
            raise Problem(ProblemCode.CHANGE_OVER)
        settings = put_back(stored, change, by.snapshot.changes) if stored else None
        if stored is None or settings is None:
            raise Problem(ProblemCode.CHANGED_SINCE)
        return with_settings(stored, settings, tuple(id_ for id_ in stored.changes if id_ != change_id))

    noted_by = {"objected_by": by.person.id, "called": one_called(by) | change.called}
    async with look_after(deps.store, group_id, now):
        group = await deps.store.groups.change(group_id, without, seen=by.snapshot.versions)
        noted = await deps.store.changes.change(
            group_id,
            change_id,
            if_there(lambda one: one if one.objected_by else msgspec.structs.replace(one, **noted_by)),
        )
        assert group is not None
        await retime(deps.store, group, now)
    return msgspec.structs.replace(by.snapshot, group=group), noted or change


def next_planned(group: Group, now: datetime) -> tuple[date, datetime]:
    """The next meeting: the day it was planned for, and when it is."""
    return next_meetings(group.rhythm, group.zone, now, 1)[0]


async def save_settings(deps: Deps, by: Membership, settings: GroupSettings, now: datetime) -> GroupSnapshot:
    """Raises Problem where somebody else changed them meanwhile, and once the group has ended, but for going on and
    for who looks after it: nothing else would come true. The sequence: the change, on record; the group; the times
    of its round."""
    snapshot, before = by.snapshot, by.snapshot.group
    goes_on = settings.ends_on != before.ends_on
    if not goes_on and msgspec.structs.replace(settings, convenor=before.convenor) != before.settings:
        require_not_ended(before, now)
    if settings == before.settings:
        return snapshot
    id_ = deps.new_id()
    after = with_settings(before, settings, (*before.changes, id_)[-MOST_CHANGES:])
    called = called_now(snapshot.people, snapshot.leaders, by.person.id, settings.convenor)
    change = SettingsChange(id=id_, at=now, by=by.person.id, before=before.settings, after=settings, called=called)
    # Before the group that lists it. Whoever dies in between leaves a change that nobody is told of, since it did
    # not happen.
    await deps.store.changes.change(before.id, id_, lambda _: change)

    # of two who change the settings at once the second has not seen what the first one did, and is told so
    def unless_changed(stored: Group | None) -> Group:
        if stored is None or stored.settings != before.settings:
            raise Problem(ProblemCode.CHANGED_MEANWHILE)
        return with_settings(stored, after.settings, after.changes)

    async with look_after(deps.store, before.id, now):
        await deps.store.groups.change(before.id, unless_changed, seen=snapshot.versions)
        # should we die before this, a look does it (`follow_meeting` in `scheduler/due.py`)
        await retime(deps.store, after, now)
    return msgspec.structs.replace(snapshot, group=after)


def _with_meeting(rhythm: Rhythm, words: GroupWords, zone: str, now: datetime) -> Rhythm:
    """The rhythm with the meetings that a form says. The recurrence stays as it was where the form says the same
    again, so that its first day does not wander; a first meeting on another weekday is one that moved. Raises
    Problem.
    """
    old, new = rhythm.meeting, words.meeting
    same = (old.every, old.interval, old.weekday, old.nth) == (new.every, new.interval, new.weekday, new.nth)
    if same and is_planned(old, new.anchor):
        new = msgspec.structs.replace(old, at=new.at)
    rhythm = check_rhythm(msgspec.structs.replace(rhythm, meeting=new, nudge=words.nudge))
    if words.first is None:
        return rhythm
    move = check_move(rhythm, zone, Moved(planned=words.meeting.anchor, to=words.first, at=new.at), now)
    earlier = [one for one in rhythm.moved if one.planned != move.planned]
    return msgspec.structs.replace(rhythm, moved=(*earlier, move)[-MOST_MOVES:])
