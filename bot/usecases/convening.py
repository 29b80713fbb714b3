"""Looking after a group: a meeting that won't be, a pause, an end.

Any leader may; each is announced, and anyone can object.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from msgspec.structs import replace

from bot.domain.absence import present
from bot.domain.groups import ended
from bot.domain.hours import to_local
from bot.domain.meetings import check_skip
from bot.domain.people import SlackIdentity
from bot.domain.problems import Problem, ProblemCode
from bot.domain.put_to_all import require_not_ended
from bot.domain.rhythm import Rhythm
from bot.domain.snapshot import GroupSnapshot, Membership
from bot.ports import Deps
from bot.usecases.groups import save_settings
from bot.usecases.snapshot import load_snapshot

MOST_SKIPPED = 20

NOTICE = timedelta(days=7)
"""Between saying that a group ends and its end."""


async def skip_meeting(deps: Deps, by: Membership, planned: date, now: datetime) -> GroupSnapshot:
    """It won't be: no check-in, no digest. Twice is once."""
    group = by.snapshot.group
    if planned in group.rhythm.skipped:
        return by.snapshot
    skipped = (*group.rhythm.skipped, check_skip(group.rhythm, group.zone, planned, now))[-MOST_SKIPPED:]
    settings = replace(group.settings, rhythm=replace(group.rhythm, skipped=skipped))
    return await save_settings(deps, by, settings, now)


async def pause_group(deps: Deps, by: Membership, until: date, now: datetime) -> GroupSnapshot:
    """Nobody is asked before that day. Raises Problem where the group ends by then."""
    group = by.snapshot.group
    if group.ends_on and not ended(group, now) and until >= group.ends_on:
        today = to_local(now, group.zone).date()
        raise Problem(ProblemCode.PAUSE_PAST_END, "until", day=group.ends_on, today=today)
    return await save_settings(deps, by, replace(by.snapshot.group.settings, paused_until=until), now)


async def end_group(deps: Deps, by: Membership, now: datetime) -> GroupSnapshot:
    """In a week. Where it ends already, that day stays."""
    group = by.snapshot.group
    if group.ends_on:
        return by.snapshot
    return await save_settings(deps, by, replace(group.settings, ends_on=end_of(by.snapshot, now)), now)


def end_of(snapshot: GroupSnapshot, now: datetime) -> date:
    """The day on which the group would end, said now."""
    return to_local(now, snapshot.group.zone).date() + NOTICE


async def go_on(deps: Deps, by: Membership, now: datetime) -> GroupSnapshot:
    """The group is no longer paused, and no longer ends."""
    return await save_settings(deps, by, replace(by.snapshot.group.settings, paused_until=None, ends_on=None), now)


def require_open(snapshot: GroupSnapshot, now: datetime) -> None:
    """Raises Problem where the group has ended, and somebody is left who can take it up again. Where nobody is,
    whoever joins does, since their channel would have no group for ever."""
    if present(snapshot.leaders):
        require_not_ended(snapshot.group, now)


async def taken_up(deps: Deps, who: SlackIdentity, joined: GroupSnapshot, now: datetime) -> GroupSnapshot:
    """The group goes on, where it had ended, by who has just joined it."""
    if not ended(joined.group, now):
        return joined
    # Loaded anew, as whoever has just become a leader: `joined` was read for nobody.
    member = (await load_snapshot(deps.store, joined.group.id, who=who)).member()
    return await go_on(deps, member, now) if member else joined


async def keep_questions(
    deps: Deps, by: Membership, questions: tuple[str, ...], *, same: bool, now: datetime
) -> GroupSnapshot:
    """What each round asks, from the next that opens on."""
    settings = replace(by.snapshot.group.settings, questions=questions, same_question=same)
    return await save_settings(deps, by, settings, now)


async def keep_rhythm(deps: Deps, by: Membership, rhythm: Rhythm, now: datetime) -> GroupSnapshot:
    """When the bot writes, from now on. A round that has begun keeps its opening day."""
    return await save_settings(deps, by, replace(by.snapshot.group.settings, rhythm=rhythm), now)


async def hand_on(deps: Deps, by: Membership, to: str, now: datetime) -> GroupSnapshot:
    """Somebody else of the group looks after the rhythm. Raises Problem where they have left it."""
    if by.snapshot.member(to) is None:
        raise Problem(ProblemCode.LEFT_ALREADY)
    return await save_settings(deps, by, replace(by.snapshot.group.settings, convenor=to), now)
