"""The check-in's buttons: skip, later, a tap on a commitment; and what suits after two silent rounds."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime
from functools import partial

from slack_bolt.async_app import AsyncAck

from bot.domain.checkins import CheckInState, closed, gone_quiet, unasked
from bot.domain.commitments import State
from bot.domain.groups import MessageRef
from bot.domain.hours import to_local
from bot.domain.matters import Matter
from bot.domain.problems import Problem, ProblemCode
from bot.domain.snapshot import Membership, Section
from bot.ports import Deps, Message
from bot.usecases import checkin, commitments, people
from bot.usecases.matters import riding, with_names
from bot.usecases.plate import NEEDS, NEEDS_TO_ANSWER, PlateContext
from bot.usecases.snapshot import require_member
from bot.views import checkin as screens
from bot.views import menu, quiet
from bot.views.people import PAUSE_FORM, pause_form, read_until
from bot.views.progress import progress_form, read_state
from handlers.acks import ack_view
from handlers.best_effort import best_effort
from handlers.incoming import Press, Submission, redraw_form, show, tell
from handlers.leaders import draws, for_leaders
from handlers.routes import Routes

Answer = Callable[[Deps, Membership, str, datetime], Awaitable[PlateContext]]


def register(app: Routes) -> None:
    """The buttons carry whom the message was for, so that a forwarded check-in answers nobody else (NOT_YOURS).
    What changes a commitment draws their Home anew."""
    app.actions |= {
        screens.SKIP: for_leaders(partial(answer, checkin.skip), NEEDS_TO_ANSWER),
        menu.LATER: for_leaders(remind_later, NEEDS_TO_ANSWER),
        screens.NOTHING_NEW: for_leaders(partial(answer, checkin.nothing_new), NEEDS_TO_ANSWER),
        screens.STUCK: for_leaders(tap, NEEDS, home=True),
        screens.UNDO: for_leaders(undo, NEEDS, home=True),
        screens.TAP: for_leaders(tap, NEEDS, home=True),
        quiet.LIGHTER: for_leaders(suit, Section.NAMES | Section.ROUNDS),
        quiet.KEEP: for_leaders(suit, Section.NAMES | Section.ROUNDS),
        quiet.QUIET_SKIP: for_leaders(suit, Section.NAMES | Section.ROUNDS),
        # *Pause until…*, after two silent rounds: this group alone, where being away holds in all of theirs
        quiet.PAUSE: draws(
            lambda press, member, _: pause_form(member.snapshot, member.person, press.payload.round)
        ),
    }
    app.views |= {PAUSE_FORM: for_leaders(submit_pause, NEEDS)}


async def answer(saved: Answer, ack: AsyncAck, press: Press, member: Membership, deps: Deps) -> None:
    """*Skip this one*, or *Nothing new*. CHECKIN_CLOSED for a skip that comes too late; *Nothing new* counts late
    too."""
    now = deps.now()
    done = await saved(deps, member, press.payload.round, now)
    await ack()
    await redraw(deps, done, now, press.message)


async def remind_later(ack: AsyncAck, press: Press, member: Membership, deps: Deps) -> None:
    """*Later today*, behind *More* under a check-in: asked once more, in three hours or so. The message then says
    when, or that it is too late for that. CHECKIN_CLOSED after the close; an answer already given stays."""
    now = deps.now()
    done = await checkin.remind_later(deps, member, press.payload.round, now)
    await ack()
    await redraw(deps, done, now, press.message)
    if press.in_modal:
        await redraw_form(deps, press, screens.put_off(_status(done, now)))


async def tap(ack: AsyncAck, press: Press, member: Membership, deps: Deps) -> None:
    """*Stuck, want help*, saved at once, and an answer; or a choice in a message from before, whose end only opens
    the form, since no tap brings that about. Of a check-in that is over it still says how the commitment stands,
    and answers none."""
    now, target = deps.now(), press.payload
    state = State.STUCK if press.action_id.startswith(screens.STUCK) else read_state(target.state)
    if state is None:
        raise Problem(ProblemCode.OLD_BUTTON)
    if not state.open:
        commitment = commitments.find(member, target.subject)
        await show(deps, press, progress_form(member.snapshot, commitment, state, target.round))
        await ack()
        return
    done = await checkin.tap(deps, member, target.round, target.subject, state, now)
    await ack()
    if done.late:
        await _say_late(deps, press, done, now)
    elif done.where:
        await redraw(deps, done.where, now, press.message)


async def undo(ack: AsyncAck, press: Press, member: Membership, deps: Deps) -> None:
    """*Undo* of a tap, or of *Nothing new*, while the check-in is open (CHECKIN_CLOSED). Where nothing they said is
    left the message asks again."""
    now = deps.now()
    done = await checkin.undo(deps, member, press.payload.round, press.payload.subject, now)
    await ack()
    if done.checkin and done.checkin.state is CheckInState.WAITING:
        await bring_up_to_date(deps, done, now)
    else:
        await redraw(deps, done, now, press.message)


async def suit(ack: AsyncAck, press: Press, member: Membership, deps: Deps) -> None:
    """After two silent rounds: *Every other round*, *Keep asking*, or *Skip*, which saves nothing. They read when
    they are asked next; after *Skip* that nothing comes, unless they were heard from since that message."""
    leader, now = member.leader, deps.now()
    if press.action_id == quiet.LIGHTER:
        leader = await people.lighten(deps, member, now)
    elif press.action_id == quiet.KEEP:
        await people.keep_as_is(deps, member)
    silent = press.action_id == quiet.QUIET_SKIP and (leader.quiet or gone_quiet(leader))
    await ack()
    round = member.snapshot.latest_round(now)
    said = quiet.said_keep(member.snapshot, member.person, leader, round, now)
    name, words = member.snapshot.group.name, quiet.SAID_SILENT if silent else said
    if press.message:
        answered = quiet.answered(member.snapshot, f"{name}. {words}")
        await best_effort(deps.messenger.update(press.message, answered))


async def submit_pause(ack: AsyncAck, sent: Submission, member: Membership, deps: Deps) -> None:
    """The message that it was opened from says until when too: what it offers names days on which nothing comes.
    DAY_TODAY, DAY_PAST and the like at its field."""
    now = deps.now()
    today = to_local(now, member.person.zone).date()
    until = read_until(sent.values, today)
    await people.pause(deps, member, until, now)
    words = quiet.said_paused(member.snapshot, until, today)
    await ack_view(ack, quiet.paused(member.snapshot, words))
    own = member.snapshot.own_checkins.get(sent.payload.round)
    for ref in own.messages if own and unasked(own) else ():
        await best_effort(deps.messenger.update(ref, quiet.answered(member.snapshot, words)))


async def redraw(
    deps: Deps, context: PlateContext, now: datetime, pressed: MessageRef | None = None, *, said: str = ""
) -> None:
    """Every message that asked for this check-in now says where it stands; a press on any answers for all. `said`
    comes before that: what a press just did, where that is more than where it stands.
    """
    if context.checkin is None:
        return
    refs = [*context.checkin.messages]
    # a bot that died after posting it has not noted where it stands
    if pressed and pressed not in refs and _in_dm(context, pressed):
        refs.append(pressed)
    matter = riding(context, now)  # on the first: a nudge carries nothing
    context = await with_names(deps.store, context, matter)
    drawn = [(ref, _status(context, now, said, None if index else matter)) for index, ref in enumerate(refs)]
    await _update(deps, context, drawn, now)


async def _update(
    deps: Deps, context: PlateContext, drawn: list[tuple[MessageRef, Message]], now: datetime
) -> None:
    """Whatever Slack won't have now is owed."""
    done = await asyncio.gather(*(best_effort(deps.messenger.update(ref, message)) for ref, message in drawn))
    if refused := [ref for (ref, _), shown in zip(drawn, done, strict=True) if not shown]:
        await best_effort(checkin.owe_redraw(deps, context, refused, now))


def _status(context: PlateContext, now: datetime, said: str = "", matter: Matter | None = None) -> Message:
    assert context.checkin is not None
    return screens.checkin_status(
        context.snapshot,
        context.person,
        context.round,
        context.checkin,
        plate=context.plate,
        mine=context.tended,
        now=now,
        said=said,
        matter=matter,
    )


async def _say_late(deps: Deps, press: Press, done: checkin.Tapped, now: datetime) -> None:
    """The check-in they tapped is over: said in its place, and what asks them now shows the state too."""
    said = screens.noted_late(done.commitment)
    if done.where and done.where.checkin and press.message and _in_dm(done.where, press.message):
        await redraw(deps, done.where, now, press.message, said=said)
    else:
        await tell(deps, press, said)
    member = await require_member(deps.store, press.who, press.payload.group, NEEDS)  # Slack was waited for
    newest = checkin.newest(member, now)
    if newest and newest.round.name != press.payload.round:
        await bring_up_to_date(deps, newest, now)


async def bring_up_to_date(deps: Deps, member: PlateContext, now: datetime) -> None:
    """As things are now. A check-in that still waits for its answer goes on asking; its reminder shows no
    commitments."""
    if member.checkin is None or member.checkin.state is not CheckInState.WAITING or closed(member.round, now):
        await redraw(deps, member, now)
        return
    asks = screens.check_in(
        member.snapshot,
        member.person,
        member.round,
        last=member.last,
        mine=member.tended,
        now=now,
        asked_at=member.checkin.asked_at,
        matter=riding(member, now),
    )
    await _update(deps, member, [(ref, asks) for ref in member.checkin.messages[:1]], now)


def _in_dm(context: PlateContext, ref: MessageRef) -> bool:
    """Never redraw a channel's message with what only one person may see."""
    return ref.channel == context.person.reach.dm_channel
