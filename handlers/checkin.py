"""The check-in's buttons: skip, later, a tap on a commitment; and what suits after two silent rounds."""

from __future__ import annotations

import asyncio
import re
from datetime import datetime
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from bot.domain.checkins import CheckInState
from bot.domain.groups import MessageRef
from bot.domain.hours import to_local
from bot.domain.problems import Problem, ProblemCode
from bot.domain.rounds import taken
from bot.ports import Deps
from bot.usecases import checkin, people
from bot.usecases.plate import PlateContext
from bot.views import checkin as screens
from bot.views.commitments import asks_for_words, progress_form, read_state
from bot.views.people import PAUSE_FORM, pause_form, read_until
from bot.views.problems import line
from handlers.acks import ack_view
from handlers.best_effort import best_effort
from handlers.incoming import Press, read_press, read_submission, show
from handlers.open_homes import Homes


def register(app: AsyncApp) -> None:
    app.action(screens.SKIP)(skip)
    app.action(screens.LATER)(remind_later)
    app.action(re.compile(f"^{screens.TAP}"))(tap)
    app.action(screens.LIGHTER)(lighter)
    app.action(screens.KEEP)(keep_as_is)
    app.action(screens.QUIET_SKIP)(stay_silent)
    app.action(screens.PAUSE)(open_pause)
    app.view(PAUSE_FORM)(submit_pause)


async def skip(ack: AsyncAck, body: dict[str, Any], deps: Deps) -> None:
    press, now = await read_press(body, deps), deps.now()
    done = await checkin.skip(deps, press.who, press.payload.group, press.payload.round, now)
    await ack()
    await redraw(deps, done, now, press.message)


async def remind_later(ack: AsyncAck, body: dict[str, Any], deps: Deps) -> None:
    press, now = await read_press(body, deps), deps.now()
    done = await checkin.remind_later(deps, press.who, press.payload.group, press.payload.round, now)
    await ack()
    await redraw(deps, done, now, press.message)


async def tap(ack: AsyncAck, body: dict[str, Any], deps: Deps, homes: Homes) -> None:
    """One tap on a commitment's state: saved at once, and an answer; some states then ask for a line more."""
    press = await read_press(body, deps)
    state, now, target = read_state(press.payload.state), deps.now(), press.payload
    if state is None:
        raise Problem(ProblemCode.OLD_BUTTON)
    done = await checkin.tap(deps, press.who, target.group, target.round, target.subject, state, now)
    if asks_for_words(state):
        member = await people.require_member(deps.store, press.who, press.payload.group)
        await best_effort(show(deps, press, progress_form(member.snapshot, done.commitment, state)))
    await ack()
    if done.late:
        await _say_late(deps, press, done, now)
    elif done.where:
        await redraw(deps, done.where, now, press.message)
    await homes.redraw(deps, press)


async def lighter(ack: AsyncAck, body: dict[str, Any], deps: Deps) -> None:
    press = await read_press(body, deps)
    stored = await people.lighten(deps, press.who, press.payload.group)
    await ack()
    await _say(deps, press, stored, screens.SAID_LIGHTER)


async def keep_as_is(ack: AsyncAck, body: dict[str, Any], deps: Deps) -> None:
    press = await read_press(body, deps)
    stored = await people.keep_as_is(deps, press.who, press.payload.group)
    await ack()
    await _say(deps, press, stored, screens.SAID_KEEP)


async def stay_silent(ack: AsyncAck, body: dict[str, Any], deps: Deps) -> None:
    press = await read_press(body, deps)
    member = await people.require_member(deps.store, press.who, press.payload.group)
    await ack()
    await _say(deps, press, member, screens.SAID_SILENT)


async def open_pause(ack: AsyncAck, body: dict[str, Any], deps: Deps) -> None:
    press = await read_press(body, deps)
    member = await people.require_member(deps.store, press.who, press.payload.group)
    await show(deps, press, pause_form(member.snapshot, member.person))
    await ack()


async def submit_pause(ack: AsyncAck, body: dict[str, Any], deps: Deps) -> None:
    sent, now = await read_submission(body, deps), deps.now()
    member = await people.require_member(deps.store, sent.who, sent.payload.group)
    today = to_local(now, member.person.zone).date()
    until = read_until(sent.values, today)
    member = await people.pause(deps, sent.who, sent.payload.group, until, now)
    await ack_view(ack, screens.paused(member.snapshot, until, today))


async def redraw(
    deps: Deps, context: PlateContext, now: datetime, pressed: MessageRef | None = None, *, said: str = ""
) -> None:
    """Every message that asked for this check-in now says where it stands; a press on any answers for all. `said`
    comes before that: what a press just did, where that is more than where it stands.
    """
    if context.checkin is None:
        return
    message = screens.checkin_status(
        context.snapshot,
        context.person,
        context.round,
        context.checkin,
        plate=context.before,
        mine=context.tended,
        now=now,
        said=said,
    )
    refs = [*context.checkin.messages]
    if pressed and pressed not in refs and _in_dm(context, pressed):
        refs.append(pressed)
    await asyncio.gather(*(best_effort(deps.messenger.update(ref, message)) for ref in refs))


async def _say_late(deps: Deps, press: Press, done: checkin.Tapped, now: datetime) -> None:
    """The check-in they tapped is over: said in its place, and what asks them now shows the state too."""
    said = screens.noted_late(done.commitment)
    if done.where and done.where.checkin and press.message and _in_dm(done.where, press.message):
        await redraw(deps, done.where, now, press.message, said=said)
    elif press.response_url:
        await best_effort(deps.messenger.reply(press.response_url, line(said)))
    newest = await checkin.newest(deps.afresh(), press.who, press.payload.group, now)
    if newest and newest.round.name != press.payload.round:
        await _bring_up_to_date(deps, newest, now)


async def _bring_up_to_date(deps: Deps, member: PlateContext, now: datetime) -> None:
    """A check-in that still waits for its answer goes on asking; its reminder shows no commitments."""
    if member.checkin is None or member.checkin.state is not CheckInState.WAITING or taken(member.round, now):
        await redraw(deps, member, now)
        return
    asks = screens.check_in(
        member.snapshot, member.person, member.round, last=member.last, mine=member.tended, now=now
    )
    await asyncio.gather(*(best_effort(deps.messenger.update(ref, asks)) for ref in member.checkin.messages[:1]))


def _in_dm(context: PlateContext, ref: MessageRef) -> bool:
    """Never redraw a channel's message with what only one person may see."""
    return ref.channel == context.person.reach.dm_channel


async def _say(deps: Deps, press: Press, member: people.Membership, words: str) -> None:
    if press.message:
        await best_effort(deps.messenger.update(press.message, screens.quiet_answered(member.snapshot, words)))
