"""The check-in's buttons: skip, later, a tap on a commitment; and what suits after two silent rounds."""

from __future__ import annotations

import asyncio
import re
from datetime import datetime
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from bot.domain.checkins import CheckInState
from bot.domain.commitments import State
from bot.domain.groups import MessageRef
from bot.domain.hours import wall
from bot.domain.problems import Problem
from bot.domain.rhythm import taken
from bot.ports import Deps
from bot.usecases import checkin, people
from bot.usecases.plate import Sharing
from bot.views import action_payload as aim
from bot.views import checkin as screens
from bot.views.commitments import asks_for_words, progress_form
from bot.views.people import PAUSE_FORM, pause_form, read_until
from bot.views.problems import line
from handlers.best_effort import kindly
from handlers.incoming import Press, read_press, read_submission, show
from handlers.open_homes import Homes

LIGHTER = "Every other round, then. You can change that in your settings."
KEPT = "As it was, then. I'll ask at the next round."
SILENT = "That's fine. I'll stay silent until you share something."


def register(app: AsyncApp) -> None:
    app.action(screens.SKIP)(skip)
    app.action(screens.LATER)(later)
    app.action(re.compile(f"^{screens.TAP}"))(tap)
    app.action(screens.LIGHTER)(lighter)
    app.action(screens.KEEP)(keep)
    app.action(screens.QUIET_SKIP)(stay_silent)
    app.action(screens.PAUSE)(open_pause)
    app.view(PAUSE_FORM)(submit_pause)


async def skip(ack: AsyncAck, body: dict[str, Any], deps: Deps) -> None:
    press, now = await read_press(body, deps), deps.now()
    done = await checkin.skip(deps, press.who, press.aim.group, press.aim.round, now)
    await ack()
    await redraw(deps, done, now, press.message)


async def later(ack: AsyncAck, body: dict[str, Any], deps: Deps) -> None:
    press, now = await read_press(body, deps), deps.now()
    done = await checkin.later_today(deps, press.who, press.aim.group, press.aim.round, now)
    await ack()
    await redraw(deps, done, now, press.message)


async def tap(ack: AsyncAck, body: dict[str, Any], deps: Deps, homes: Homes) -> None:
    """One tap on a commitment's state: saved at once, and an answer; some states then ask for a line more."""
    press = await read_press(body, deps)
    if press.aim.state not in State.__members__:
        raise Problem(aim.OLD_BUTTON)
    state, now, aimed = State[press.aim.state], deps.now(), press.aim
    done = await checkin.tap(deps, press.who, aimed.group, aimed.round, aimed.subject, state, now)
    if asks_for_words(state):
        there = await people.standing(deps.store, press.who, press.aim.group)
        await kindly(show(deps, press, progress_form(there.circle, done.commitment, state)))
    await ack()
    if done.late:
        await _say_late(deps, press, done, now)
    elif done.where:
        await redraw(deps, done.where, now, press.message)
    await homes.redraw(deps, press)


async def lighter(ack: AsyncAck, body: dict[str, Any], deps: Deps) -> None:
    press = await read_press(body, deps)
    there = await people.lighten(deps, press.who, press.aim.group)
    await ack()
    await _say(deps, press, there, LIGHTER)


async def keep(ack: AsyncAck, body: dict[str, Any], deps: Deps) -> None:
    press = await read_press(body, deps)
    there = await people.keep(deps, press.who, press.aim.group)
    await ack()
    await _say(deps, press, there, KEPT)


async def stay_silent(ack: AsyncAck, body: dict[str, Any], deps: Deps) -> None:
    press = await read_press(body, deps)
    there = await people.standing(deps.store, press.who, press.aim.group)
    await ack()
    await _say(deps, press, there, SILENT)


async def open_pause(ack: AsyncAck, body: dict[str, Any], deps: Deps) -> None:
    press = await read_press(body, deps)
    there = await people.standing(deps.store, press.who, press.aim.group)
    await show(deps, press, pause_form(there.circle, there.person))
    await ack()


async def submit_pause(ack: AsyncAck, body: dict[str, Any], deps: Deps) -> None:
    sent, now = await read_submission(body, deps), deps.now()
    there = await people.standing(deps.store, sent.who, sent.aim.group)
    today = wall(now, there.person.zone).date()
    until = read_until(sent.values, today)
    there = await people.pause(deps, sent.who, sent.aim.group, until, now)
    await ack(response_action="update", view=screens.paused(there.circle, until, today))


async def redraw(
    deps: Deps, sharing: Sharing, now: datetime, pressed: MessageRef | None = None, *, said: str = ""
) -> None:
    """Every message that asked for this check-in now says where it stands; a press on any answers for all. `said`
    comes before that: what a press just did, where that is more than where it stands.
    """
    if sharing.checkin is None:
        return
    message = screens.settled(
        sharing.circle,
        sharing.person,
        sharing.round,
        sharing.checkin,
        plate=sharing.before,
        mine=sharing.tended,
        now=now,
        said=said,
    )
    refs = [*sharing.checkin.messages]
    if pressed and pressed not in refs and _in_dm(sharing, pressed):
        refs.append(pressed)
    await asyncio.gather(*(kindly(deps.messenger.update(ref, message)) for ref in refs))


async def _say_late(deps: Deps, press: Press, done: checkin.Tapped, now: datetime) -> None:
    """The check-in they tapped is over: said in its place, and what asks them now shows the state too."""
    said = screens.noted_late(done.commitment)
    if done.where and done.where.checkin and press.message and _in_dm(done.where, press.message):
        await redraw(deps, done.where, now, press.message, said=said)
    elif press.response_url:
        await kindly(deps.messenger.reply(press.response_url, line(said)))
    newest = await checkin.newest(deps.afresh(), press.who, press.aim.group, now)
    if newest and newest.round.name != press.aim.round:
        await _bring_up_to_date(deps, newest, now)


async def _bring_up_to_date(deps: Deps, there: Sharing, now: datetime) -> None:
    """A check-in that still waits for its answer goes on asking; its reminder shows no commitments."""
    if there.checkin is None or there.checkin.state is not CheckInState.WAITING or taken(there.round, now):
        await redraw(deps, there, now)
        return
    asks = screens.check_in(there.circle, there.person, there.round, last=there.last, mine=there.tended, now=now)
    await asyncio.gather(*(kindly(deps.messenger.update(ref, asks)) for ref in there.checkin.messages[:1]))


def _in_dm(sharing: Sharing, ref: MessageRef) -> bool:
    """Never redraw a channel's message with what only one person may see."""
    return ref.channel == sharing.person.reach.dm_channel


async def _say(deps: Deps, press: Press, there: people.Standing, words: str) -> None:
    if press.message:
        await kindly(deps.messenger.update(press.message, screens.settled_quiet(there.circle, words)))
