"""Joining, one's own settings, being away, leaving."""

from __future__ import annotations

import asyncio
from typing import Any

from slack_bolt.async_app import AsyncAck

from bot.domain.absence import question_of
from bot.domain.hours import to_local
from bot.domain.snapshot import Membership, Section
from bot.ports import Deps, View
from bot.usecases import checkin, convening, people
from bot.usecases.people import known
from bot.usecases.plate import NEEDS
from bot.usecases.presence import check_may_join
from bot.usecases.reach import ways_of
from bot.usecases.snapshot import NotJoined, load_snapshot
from bot.views import menu, welcome
from bot.views import people as screens
from handlers import preview
from handlers.acks import ack_view
from handlers.best_effort import best_effort
from handlers.checkin import redraw
from handlers.incoming import Press, Submission, read_press, read_submission, redraw_form, show
from handlers.joining import is_gone, offer
from handlers.leaders import for_leaders, member_of, opens
from handlers.open_homes import Homes
from handlers.routes import Routes


def register(app: Routes) -> None:
    """Joining is for anybody in the channel, and so is being back, which is a person's and no group's. Who is gone
    from the channel can leave all the same."""
    app.actions |= {
        menu.JOIN: open_join,
        welcome.TELL_MORE: opens(tell_more),
        menu.MY_SETTINGS: opens(open_settings),
        menu.AWAY: opens(open_away),
        menu.BACK: back,
        menu.LEAVE: for_leaders(leave, NEEDS, home=True, absent=True),
    }
    app.views |= {
        screens.JOIN_FORM: submit_join,
        screens.SETTINGS_FORM: for_leaders(submit_settings, home=True),
        screens.AWAY_FORM: for_leaders(submit_away, home=True),
    }


async def open_join(ack: AsyncAck, body: dict[str, Any], deps: Deps) -> None:
    """*Join*, in the channel (NOT_IN_CHANNEL); for who is in already, their settings."""
    press = read_press(body)
    member = await member_of(deps, press)
    if isinstance(member, NotJoined):
        await offer(deps, press, member.snapshot)
    else:
        await show(deps, press, await open_settings(press, member, deps))
    await ack()


async def submit_join(ack: AsyncAck, body: dict[str, Any], deps: Deps, homes: Homes) -> None:
    """Consent: from here on they are written to. Slack is asked again whether they are in the channel, since the
    form may have lain open. Into a group that had ended and that everybody left, they bring it back to life."""
    sent = read_submission(body)
    about = screens.read_about(sent.values)
    before = await load_snapshot(deps.store, sent.payload.group, Section.NOTHING, who=sent.who)
    group, now = before.group, deps.now()
    convening.require_open(before, now)
    profile = await check_may_join(deps, group.place, sent.who, gone=is_gone(before))
    snapshot = await people.join(deps, sent.who, sent.team_id, group.id, about, now, profile)
    snapshot = await convening.taken_up(deps, sent.who, snapshot, now)
    # nothing of the group is in the channel yet, and whoever set it up has not been seen since
    waits = snapshot.group.unposted
    await ack_view(ack, await preview.form(deps, snapshot) if waits else screens.joined(snapshot))
    await homes.redraw(deps, sent)


async def tell_more(press: Press, member: Membership, deps: Deps) -> View:
    """*Tell me more*, in the first DM: the rest of what that has no room for, and what works where they are."""
    return welcome.more_of_welcome(member.snapshot, (await ways_of(deps.store, member)).words)


async def open_settings(press: Press, member: Membership, deps: Deps) -> View:
    """*Change my settings*: name, zone, country and hour hold in all of their groups; organisation and how often,
    in this one."""
    return screens.my_settings_form(member.snapshot, member.person, member.leader, deps.now())


async def submit_settings(ack: AsyncAck, sent: Submission, member: Membership, deps: Deps) -> None:
    """Saved, and a *Later today* that was promised by the old clock is moved, before the form gives way; then the
    check-ins say so. NAME_TAKEN and the like at their fields."""
    about = screens.read_about(sent.values)
    member = await people.change_about(deps, member, about, deps.now())
    promised = await checkin.follow_clock(deps, sent.who, deps.now())
    await ack_view(ack, screens.settings_saved(member.snapshot, member.person, deps.now()))
    for context in promised:
        await redraw(deps, context, deps.now())


async def open_away(press: Press, member: Membership, deps: Deps) -> View:
    """*I'm away until…*, from a check-in, the menu or the settings."""
    today = to_local(deps.now(), member.person.zone).date()
    return screens.away_form(member.snapshot, member.person, round_name=press.payload.round, today=today)


async def submit_away(ack: AsyncAck, sent: Submission, member: Membership, deps: Deps) -> None:
    """Away in every group, before anything is said of the check-in that it was pressed on, which may have closed.
    What was promised for later moves or is promised no more."""
    now = deps.now()
    until = screens.read_until(sent.values, to_local(now, member.person.zone).date())
    done = await checkin.away_from(deps, sent.who, sent.payload.group, sent.payload.round, until, now)
    promised = await checkin.follow_clock(deps, sent.who, now)
    person = await known(deps.store, sent.who)
    assert person is not None
    await ack_view(ack, screens.gone_away(person, sent.payload.group, now))
    for context in (*([done] if done else []), *promised):
        await redraw(deps, context, now)


async def back(ack: AsyncAck, body: dict[str, Any], deps: Deps, homes: Homes) -> None:
    """*I'm back*: asked again from today on, in every group; a check-in they were away for can still be
    answered."""
    press, now = read_press(body), deps.now()
    # on Home it stands for all their groups
    member = await member_of(deps, press, NEEDS) if press.payload.group else None
    person = await people.go_away(deps, press.who, None, now)
    await ack()
    if press.message and press.payload.round and isinstance(member, Membership):
        await redraw(deps, checkin.checkin_context(member, press.payload.round), now, press.message)
    elif press.in_modal:
        await redraw_form(deps, press, screens.welcome_back(person))
    await homes.redraw(deps, press)


async def leave(ack: AsyncAck, press: Press, member: Membership, deps: Deps) -> None:
    """*Leave*, *Leave the group*, *Take me off*, after a dialogue: saved, and from then on nothing is sent to them.
    Whatever asked them about the group, in their DM, asks no more."""
    await people.leave(deps, member, deps.now())
    await ack()
    left = screens.left(member.snapshot)
    latest = max(member.snapshot.own_checkins.items(), default=None)
    asked_by = (*(latest[1].messages if latest else ()), question_of(member.leader))
    asking = [ref for ref in asked_by if ref and ref != press.message]
    await asyncio.gather(*(best_effort(deps.messenger.update(ref, left)) for ref in asking))
    if press.in_modal:
        await redraw_form(deps, press, screens.left_sheet(member.snapshot))
    elif press.message and press.channel == member.person.reach.dm_channel:
        await best_effort(deps.messenger.update(press.message, left))
    elif press.response_url:
        await best_effort(deps.messenger.reply(press.response_url, left))
