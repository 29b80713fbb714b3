"""Looking after a group: what the sheet behind *Look after the group…* opens, and a meeting on a public holiday."""

from __future__ import annotations

from datetime import date

from slack_bolt.async_app import AsyncAck

from bot.domain.groups import Group, MessageRef
from bot.domain.hours import to_local
from bot.domain.meetings import check_skip, meeting_at
from bot.domain.nations import public_holiday
from bot.domain.people import Person
from bot.domain.problems import Problem, ProblemCode
from bot.domain.put_to_all import require_not_ended
from bot.domain.snapshot import GroupSnapshot, Membership
from bot.ports import Deps, View
from bot.usecases import convening, groups
from bot.views import convening as screens
from bot.views import menu
from bot.views.dates import read_day
from bot.views.groups import move_form, saved
from bot.views.people import read_until
from handlers.acks import ack_view
from handlers.best_effort import best_effort
from handlers.incoming import Press, Submission, redraw_form
from handlers.leaders import for_leaders, opens
from handlers.routes import Routes


def register(app: Routes) -> None:
    """By any leader, whoever looks after the rhythm. What is changed is announced by a look at the group, and open
    to objection; where somebody did the same meanwhile the sheet says that it stands already and nobody is told."""
    app.actions |= {
        menu.LOOK_AFTER: opens(open_sheet),
        screens.INVITE: opens(open_invitation),
        screens.SKIP_MEETING: opens(open_skip),
        screens.PAUSE: opens(open_pause),
        screens.END: opens(open_end),
        screens.GO_ON: for_leaders(go_on),
        screens.HAND_ON: opens(open_hand_on),
        screens.MEET: for_leaders(meet),
        screens.MOVE_IT: opens(move_it),
        screens.SKIP_IT: for_leaders(skip_it),
    }
    app.views |= {
        screens.SKIP_FORM: for_leaders(submit_skip),
        screens.PAUSE_FORM: for_leaders(submit_pause),
        screens.END_FORM: for_leaders(submit_end),
        screens.HAND_ON_FORM: for_leaders(submit_hand_on),
    }


async def open_sheet(press: Press, member: Membership, deps: Deps) -> View:
    """*Look after the group…*, behind *More*."""
    return screens.sheet(member.snapshot, member.person.id, deps.now())


async def open_invitation(press: Press, member: Membership, deps: Deps) -> View:
    """*Invite people…*: a text for them to send, since we write to nobody who has not joined. GROUP_ENDED as for a
    pause."""
    require_not_ended(member.snapshot.group, deps.now())
    return screens.invitation(member.snapshot, member.person.id)


async def open_skip(press: Press, member: Membership, deps: Deps) -> View:
    """*We won't meet this time*: of the next meeting, by the day it was planned for, so that the form skips the one
    it shows. GROUP_ENDED as for a pause."""
    now = deps.now()
    require_not_ended(member.snapshot.group, now)
    planned, at = groups.next_planned(member.snapshot.group, now)
    return screens.skip_form(member.snapshot, planned, at, now)


async def submit_skip(ack: AsyncAck, sent: Submission, member: Membership, deps: Deps) -> None:
    """TIME_PASSED where that meeting has begun, NO_MEETING_THEN where the rhythm has changed since."""
    after = await convening.skip_meeting(deps, member, read_day(sent.payload.subject), deps.now())
    await ack_view(ack, saved(member.snapshot.group, after.group))


async def open_pause(press: Press, member: Membership, deps: Deps) -> View:
    """*Pause the group until…* GROUP_ENDED as for all that would no more come true."""
    require_not_ended(member.snapshot.group, deps.now())
    return screens.pause_form(member.snapshot.group)


async def submit_pause(ack: AsyncAck, sent: Submission, member: Membership, deps: Deps) -> None:
    """Until a day after today and within a year; else a Problem at its field."""
    now = deps.now()
    today = to_local(now, member.snapshot.group.zone).date()
    until = read_until(sent.values, today, ProblemCode.PAUSE_TOO_LONG)
    after = await convening.pause_group(deps, member, until, now)
    await ack_view(ack, saved(member.snapshot.group, after.group))


async def open_end(press: Press, member: Membership, deps: Deps) -> View:
    """*End the group…*: on which day, which is in a week, and what becomes of the words."""
    now, group = deps.now(), member.snapshot.group
    day = group.ends_on or convening.end_of(member.snapshot, now)
    return screens.end_form(group, day, to_local(now, group.zone).date())


async def submit_end(ack: AsyncAck, sent: Submission, member: Membership, deps: Deps) -> None:
    """By whoever sends it first; the day that was said then stands."""
    after = await convening.end_group(deps, member, deps.now())
    await ack_view(ack, saved(member.snapshot.group, after.group))


async def go_on(ack: AsyncAck, press: Press, member: Membership, deps: Deps) -> None:
    """*Go on now*, shown while it is paused, ends or has ended."""
    after = await convening.go_on(deps, member, deps.now())
    await ack()
    if press.in_modal:
        await redraw_form(deps, press, saved(member.snapshot.group, after.group))


async def open_hand_on(press: Press, member: Membership, deps: Deps) -> View:
    """*Hand the role on…*, shown to whoever looks after the rhythm."""
    return screens.hand_on_form(member.snapshot, member.person.id)


async def submit_hand_on(ack: AsyncAck, sent: Submission, member: Membership, deps: Deps) -> None:
    """LEFT_ALREADY where the one chosen has left since."""
    after = await convening.hand_on(deps, member, screens.read_to_whom(sent.values), deps.now())
    await ack_view(ack, saved(member.snapshot.group, after.group))


async def meet(ack: AsyncAck, press: Press, member: Membership, deps: Deps) -> None:
    """*Meet*, in the DM about a public holiday: nothing is saved. NO_MEETING_THEN where somebody skipped that
    meeting since, TIME_PASSED where it has begun, CHANGED_SINCE where it was moved off the holiday. Whatever comes
    of the press, that DM then says how it stands."""
    group, planned = member.snapshot.group, read_day(press.payload.subject)
    try:
        check_skip(group.rhythm, group.zone, planned, deps.now())
        _require_on_holiday(group, planned)
        await ack()
    finally:
        await say_how_it_stands(deps, member.snapshot, planned, press.message)


async def move_it(press: Press, member: Membership, deps: Deps) -> View:
    """*Move it…*, in that DM: the form to move it from where it stands by now."""
    group, planned = member.snapshot.group, read_day(press.payload.subject)
    at, asked_in = meeting_at(group.rhythm, group.zone, planned), press.message.ts if press.message else ""
    return move_form(member.snapshot, planned, at, asked_in)


async def skip_it(ack: AsyncAck, press: Press, member: Membership, deps: Deps) -> None:
    """*Skip it*, in that DM, which then says how it stands. TIME_PASSED and CHANGED_SINCE as for *Meet*; skipped by
    somebody else meanwhile, it is."""
    planned, after = read_day(press.payload.subject), member.snapshot
    try:
        _require_on_holiday(after.group, planned)
        after = await convening.skip_meeting(deps, member, planned, deps.now())
        await ack()
    finally:
        await say_how_it_stands(deps, after, planned, press.message)


def _require_on_holiday(group: Group, planned: date) -> None:
    """Raises Problem where somebody has moved that meeting off the holiday since."""
    day = to_local(meeting_at(group.rhythm, group.zone, planned), group.zone).date()
    if not public_holiday(day, group.nation):
        raise Problem(ProblemCode.CHANGED_SINCE)


async def answered_by_moving(
    deps: Deps, person: Person, after: GroupSnapshot, planned: date, asked_in: str
) -> None:
    """That meeting was moved by a form that was opened from the question about it, by its time in their DM; else
    nothing."""
    reach = person.reach
    if asked_in and reach.dm_channel:
        asked = MessageRef(team_id=reach.via_team, channel=reach.dm_channel, ts=asked_in)
        await say_how_it_stands(deps, after, planned, asked)


async def say_how_it_stands(deps: Deps, snapshot: GroupSnapshot, planned: date, asked: MessageRef | None) -> None:
    """In the DM that asked about that meeting, if one did. It asks no more."""
    if asked:
        stands = screens.holiday_answered(snapshot, planned, deps.now())
        await best_effort(deps.messenger.update(asked, stands))
