"""Setting a group up in a channel, changing its rhythm, moving a meeting, and objecting to a change."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from msgspec.structs import replace
from slack_bolt.async_app import AsyncAck

from bot.domain.absence import Presence
from bot.domain.groups import Group, Hello, MessageRef, Place
from bot.domain.hours import to_local
from bot.domain.nations import working_day_from
from bot.domain.people import SlackIdentity
from bot.domain.problems import Problem, ProblemCode
from bot.domain.put_to_all import require_not_ended
from bot.domain.snapshot import ANNOUNCEMENTS, Membership
from bot.domain.zones import find_zone
from bot.ports import Deps, SlackRefused, StateValues, View
from bot.usecases import channel, convening, groups, hello, reach
from bot.usecases.people import remembered
from bot.usecases.presence import check_may_join, presence, require_in_channel
from bot.usecases.preview import going_on, preview_for
from bot.usecases.snapshot import load_snapshot
from bot.views import groups as screens
from bot.views import menu
from bot.views.change import OBJECT, announcement
from bot.views.dates import read_day
from bot.views.inputs import typed
from bot.views.preview import GO_ON_FORM
from bot.views.recurrence import MEETS_AT
from handlers import preview
from handlers.acks import ack_view
from handlers.best_effort import redraw_older
from handlers.convening import answered_by_moving
from handlers.incoming import Incoming, Press, Submission, read_press, read_submission, redraw_form, show, tell
from handlers.joining import recognise, supposed
from handlers.leaders import for_leaders, opens
from handlers.routes import Routes

FIRST_MEETING_IN = timedelta(days=7)
HOME_ZONE = "Europe/London"
"""Suggested where Slack tells us no zone."""


def register(app: Routes) -> None:
    """*Set up a group* is for anybody in the channel; *Go on here* for a leader whose group has lost its own, who
    may count as gone from it."""
    app.actions |= {
        menu.SET_UP: open_set_up,
        screens.SET_UP_ANOTHER: open_set_up,
        screens.GO_ON_HERE: for_leaders(go_on_here, absent=True),
        menu.GROUP_SETTINGS: opens(open_settings),
        menu.MOVE: opens(open_move),
        menu.TAKE_ON: for_leaders(take_on, home=True),
        OBJECT: for_leaders(object_to, ANNOUNCEMENTS),
    }
    app.views |= {
        GO_ON_FORM: for_leaders(submit_go_on, absent=True),
        screens.SET_UP_FORM: submit_set_up,
        screens.SETTINGS_FORM: for_leaders(submit_settings),
        screens.MOVE_FORM: for_leaders(submit_move),
    }


async def open_set_up(ack: AsyncAck, body: dict[str, Any], deps: Deps) -> None:
    """*Set up a group*, under our hello or after a command, and *Set up another group*."""
    press = read_press(body)
    another = press.action_id == screens.SET_UP_ANOTHER
    await begin_set_up(deps, press, press.payload.subject or press.channel, another=another)
    await ack()


async def go_on_here(ack: AsyncAck, press: Press, member: Membership, deps: Deps) -> None:
    """*Go on here*, where the group's own channel is gone. Where others read this one, what goes there is shown
    first. CHANGED_SINCE where the old channel was found again."""
    group = await _going_on(deps, press, member)
    if group.connection.shared:
        view = await preview.going_on(deps, replace(member.snapshot, group=group), press.payload.state)
    else:
        view = await _goes_on(deps, press, group)
    await ack()
    await redraw_form(deps, press, view)


async def submit_go_on(ack: AsyncAck, sent: Submission, member: Membership, deps: Deps) -> None:
    """*Go on here*, sent by who has seen what goes into that channel. All is asked again, since the form may have
    lain open."""
    await ack_view(ack, await _goes_on(deps, sent, await _going_on(deps, sent, member)))


async def _going_on(deps: Deps, incoming: Press | Submission, member: Membership) -> Group:
    """The group as it will be in the channel that was named. Raises Problem where they are not in that, or the
    group's own is there again."""
    place = Place(team_id=incoming.team_id, channel=incoming.payload.subject)
    if not reach.may_go_on_in(member.snapshot.group, place):
        raise Problem(ProblemCode.CHANGED_SINCE)
    await check_may_join(deps, place, incoming.who)
    return await going_on(deps, member.snapshot.group, place, incoming.who)


async def _goes_on(deps: Deps, incoming: Press | Submission, group: Group) -> View:
    await _can_speak(deps, group.place, incoming.who)
    now = deps.now()
    await channel.go_on_in(
        deps, group, group.place, group.connection, _hello(group.place, incoming.payload.state, now), now
    )
    return screens.goes_on(group)


async def begin_set_up(deps: Deps, incoming: Incoming, channel_id: str, *, another: bool = False) -> None:
    """Raises Problem where the channel has a group already, which is said to who is in it. `another`: they know
    that a group of theirs has lost its channel."""
    if not channel_id:
        raise Problem(ProblemCode.OLD_BUTTON)
    if channel_id.startswith("D"):
        raise Problem(ProblemCode.DIRECT_MESSAGE)
    await recognise(deps, incoming.team_id, incoming.who)
    place = Place(team_id=incoming.team_id, channel=channel_id)
    stored = await groups.group_in(deps.store, place)
    hello_ts, now = _hello_ts(incoming, channel_id), deps.now()
    if stored:
        await require_in_channel(deps, incoming.who, stored)
        if pressed := _hello(place, hello_ts, now):  # set up another way, or Slack has not had it changed so far
            await hello.pressed(deps.store, stored.id, pressed)
        if stored.unposted:
            await preview.show_again(deps, incoming, stored)
            return
        convening.require_open(await load_snapshot(deps.store, stored.id), now)
        raise await channel.taken_by(deps.store, stored, now)
    standing = None if another else await reach.parted_from(deps.store, incoming.who, place)
    if standing:
        may_move = reach.may_go_on_in(standing, place)
        await show(deps, incoming, screens.standing_group(standing, channel_id, hello_ts, may_move=may_move))
        return
    known = await remembered(deps.store, incoming.who)
    about = await supposed(deps, incoming, HOME_ZONE, known=known)
    # for whoever keeps what is suggested: nobody meets on a Sunday
    next_meeting = working_day_from(_today(deps, about.zone or HOME_ZONE) + FIRST_MEETING_IN, about.nation)
    view = screens.set_up_form(
        channel_id, about, known=known is not None, next_meeting=next_meeting, hello_ts=hello_ts
    )
    await show(deps, incoming, view)


async def submit_set_up(ack: AsyncAck, body: dict[str, Any], deps: Deps) -> None:
    """The bot must be able to speak in the channel, else nothing is set up and the form says what to do."""
    sent, now = read_submission(body), deps.now()
    if not sent.payload.subject:
        raise Problem(ProblemCode.OLD_BUTTON)
    words = screens.read_set_up(sent.values, _today(deps, _typed_zone(sent.values)))
    place = Place(team_id=sent.team_id, channel=sent.payload.subject)
    await check_may_join(deps, place, sent.who, joins=False)
    # before anything is saved: a group in a channel that nothing can be posted in would be none
    await _can_speak(deps, place, sent.who)
    try:
        shown = await preview_for(deps, place, sent.who)
        snapshot = await groups.set_up(
            deps, sent.who, place, words, now, shown, _hello(place, sent.payload.state, now)
        )
    except Problem as problem:
        raise problem.at(_RHYTHM_FIELDS.get(problem.field or "")) from problem
    if snapshot.group.unposted:
        await ack_view(ack, await preview.form(deps, snapshot))
        return
    await ack_view(ack, screens.set_up_done(snapshot.group))


def _hello_ts(incoming: Incoming, channel_id: str) -> str:
    """Of our message in that channel that was pressed, or that led to the sheet that was; or empty."""
    if not isinstance(incoming, Press):
        return ""
    if incoming.message is None:
        return incoming.payload.state
    return incoming.message.ts if incoming.channel == channel_id else ""


def _hello(place: Place, ts: str, now: datetime) -> Hello | None:
    return (
        Hello(post=MessageRef(team_id=place.team_id, channel=place.channel, ts=ts), pressed_at=now) if ts else None
    )


async def open_settings(press: Press, member: Membership, deps: Deps) -> View:
    """*Change the rhythm*, behind *More*: filled with the group's name, its meetings, zone, country, reminder, and
    who looks after it. GROUP_ENDED where nothing of it would come true."""
    require_not_ended(member.snapshot.group, deps.now())
    planned, _ = groups.next_planned(member.snapshot.group, deps.now())
    return screens.settings_form(member.snapshot, planned)


async def submit_settings(ack: AsyncAck, sent: Submission, member: Membership, deps: Deps) -> None:
    """CHANGED_MEANWHILE where somebody changed any of it since the form was filled, as it would undo that.
    Announced by a look at the group."""
    now = deps.now()
    groups.require_edition(member.snapshot.group, sent.payload.state)
    words = screens.read_group(sent.values, _today(deps, member.snapshot.group.zone))
    try:
        after = await groups.change_settings(deps, member, words, now)
    except Problem as problem:
        raise problem.at(_RHYTHM_FIELDS.get(problem.field or "")) from problem
    await ack_view(ack, screens.saved(member.snapshot.group, after.group))


async def open_move(press: Press, member: Membership, deps: Deps) -> View:
    """*Move a meeting*, behind *More*: the next one, by the day it was planned for. GROUP_ENDED as for the
    rhythm."""
    require_not_ended(member.snapshot.group, deps.now())
    planned, at = groups.next_planned(member.snapshot.group, deps.now())
    return screens.move_form(member.snapshot, planned, at)


async def submit_move(ack: AsyncAck, sent: Submission, member: Membership, deps: Deps) -> None:
    """CHANGED_MEANWHILE as for the settings; a day or hour that it can't move to is said at its field."""
    groups.require_edition(member.snapshot.group, sent.payload.state)
    to, at = screens.read_move(sent.values, _today(deps, member.snapshot.group.zone))
    day, _, asked_in = sent.payload.subject.partition(".")
    planned = read_day(day)
    try:
        after = await groups.move_meeting(deps, member, planned, to, at, deps.now())
    except Problem as problem:
        raise problem.at(_MOVE_FIELDS.get(problem.field or "")) from problem
    await ack_view(ack, screens.saved(member.snapshot.group, after.group))
    await answered_by_moving(deps, member.person, after, planned, asked_in)


async def take_on(ack: AsyncAck, press: Press, member: Membership, deps: Deps) -> None:
    """*Take it on*, where nobody looks after the rhythm: whoever presses first does, and it is announced.
    ROLE_TAKEN for the next."""
    after = await groups.take_on_role(deps, member, deps.now())
    await ack()
    if press.in_modal:
        await redraw_form(deps, press, screens.took_on_sheet(after))
    else:
        await tell(deps, press, screens.took_on(after))


async def object_to(ack: AsyncAck, press: Press, member: Membership, deps: Deps) -> None:
    """*Object*, under a change that was announced: it is put back, and its part of that post says who objected
    first. CHANGED_SINCE where it was changed again, CHANGE_OVER where it has been."""
    async with channel.redrawn_after(deps, member.snapshot.group.id, press.message, deps.now()):
        snapshot, change = await groups.object_to(deps, member, press.payload.subject, deps.now())
    await ack()
    await redraw_older(deps, snapshot.group, press.message, announcement(snapshot, change))


_RHYTHM_FIELDS = {"at": MEETS_AT}
_MOVE_FIELDS = {"to": screens.MOVED_TO, "at": screens.MOVED_AT}


async def _can_speak(deps: Deps, place: Place, who: SlackIdentity) -> None:
    """Tried with a line that only the presser sees. Raises Problem that says how to let the bot in, or that they
    are not in the channel themselves, where nothing else says that they are: to somebody of another workspace Slack
    may show no such line.

    Any other refusal says nothing about that, and stands in nobody's way.
    """
    try:
        await deps.messenger.post_ephemeral(place, who.user_id, screens.setting_up())
    except SlackRefused as refused:
        if refused.code in ("not_in_channel", "channel_not_found"):
            raise Problem(ProblemCode.BOT_NOT_IN_CHANNEL) from refused
        if refused.code == "user_not_in_channel":
            seen = await presence(deps, place, who, with_account=False)
            if seen is not Presence.IN_CHANNEL:
                raise Problem(ProblemCode.NOT_IN_CHANNEL) from refused


def _typed_zone(values: StateValues) -> str:
    """The zone whose today counts: the one in the form, if it can be read."""
    try:
        return find_zone(typed(values, screens.ZONE))
    except Problem:
        return HOME_ZONE


def _today(deps: Deps, zone: str) -> date:
    return to_local(deps.now(), zone).date()
