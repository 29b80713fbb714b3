"""Asks: `/between ask`, its form, *Yes, introduce us*, *I know someone*, the asker's answer, *Open now*."""

from __future__ import annotations

from typing import Any

from slack_bolt.async_app import AsyncAck

from bot.domain.matters import MatterCode
from bot.domain.put_to_all import require_not_ended
from bot.domain.snapshot import Membership, Section
from bot.ports import Deps, View
from bot.usecases import asks
from bot.usecases.asks import NEEDS
from bot.usecases.snapshot import require_member
from bot.views import asks as screens
from bot.views import menu, resting
from bot.views.open_now import open_now
from handlers.acks import ack_view
from handlers.group_choice import member_chosen, member_for_command
from handlers.incoming import Command, Press, Submission, acknowledge, redraw_form, show, tell
from handlers.leaders import for_leaders, opens
from handlers.matters import after_form, after_press, answered_elsewhere, pressed_where_put
from handlers.news import after_news_press
from handlers.routes import Routes


def register(app: Routes) -> None:
    """A quiet ask is known to its asker and to those it was put to; a press of anybody else's is refused, with
    NOT_YOURS or ASK_GONE. Once the group has ended an ask can only be ended too (GROUP_ENDED), since nobody is told
    of anything."""
    app.actions |= {
        menu.ASK: opens(open_form),
        menu.OPEN_NOW: opens(open_sheet, NEEDS),
        screens.YES: for_leaders(say_yes, NEEDS, home=True),
        screens.KNOW: opens(open_know, NEEDS),
        screens.TO_EVERYONE: for_leaders(put_to_everyone, NEEDS),
        screens.GOT_IT: opens(open_got_it, NEEDS),
        screens.WITHDRAW: for_leaders(withdraw, NEEDS | Section.OWN),
        screens.INTRODUCE: for_leaders(introduce, NEEDS),
        screens.PASSED: for_leaders(pass_over, NEEDS),
    }
    app.views |= {
        screens.BEGINNING.form: choose_group,
        screens.ASK_FORM: for_leaders(submit, NEEDS),
        screens.KNOW_FORM: for_leaders(submit_know, NEEDS | Section.OWN, home=True),
        screens.GOT_IT_FORM: for_leaders(submit_got_it, NEEDS),
    }


async def command(ack: AsyncAck, incoming: Command, deps: Deps, typed: str) -> None:
    """`/between ask [what you are after]`"""
    member = await member_for_command(
        ack, incoming, deps, menu.ask_button, beginning=screens.BEGINNING, typed=typed
    )
    if member:
        require_not_ended(member.snapshot.group, deps.now())
        await show(deps, incoming, screens.ask_form(member.snapshot, deps.new_id(), typed))
        await acknowledge(ack, typed, screens.LONGEST)


async def choose_group(ack: AsyncAck, body: dict[str, Any], deps: Deps) -> None:
    """*Next*, by who is in several groups: the form itself."""
    member, words = await member_chosen(body, deps, screens.BEGINNING)
    require_not_ended(member.snapshot.group, deps.now())
    await ack_view(ack, screens.ask_form(member.snapshot, deps.new_id(), words))


async def open_form(press: Press, member: Membership, deps: Deps) -> View:
    """*Ask for something*, wherever it stands. Two quiet ones are refused as the form is sent, and not before."""
    require_not_ended(member.snapshot.group, deps.now())
    return screens.ask_form(member.snapshot, deps.new_id())


async def submit(ack: AsyncAck, sent: Submission, member: Membership, deps: Deps) -> None:
    """A quiet one is put to people by the next look at the group, so the sheet says only what will be tried.
    ASKED_QUIETLY_ALREADY at *How* where another of theirs is open."""
    words = screens.read_ask(sent.values)
    now = deps.now()
    done = await asks.add(deps, member, sent.payload.subject, words.what, words.quiet, now)
    await ack_view(ack, screens.asked_sheet(member.snapshot, done, now))


async def open_sheet(press: Press, member: Membership, deps: Deps) -> View:
    """*Open now*: their own asks, what is put to everyone, and what is stuck and wants help; of others' quiet ones
    no word."""
    return open_now(member.snapshot, member.person.id, deps.now())


async def say_yes(ack: AsyncAck, press: Press, member: Membership, deps: Deps) -> None:
    """*Yes, introduce us*, to an ask that was put to them, or *I can help*, to one that is put to everyone: the
    asker hears of it at once. ASK_GONE where it is over, or its asker has left."""
    async with pressed_where_put(deps, press):
        await asks.say_yes(deps, member, press.payload.subject, deps.now())
    await ack()
    said = screens.said_yes(member.snapshot, asks.find(member, press.payload.subject))
    # it was put to them as a matter; else to everyone, and they pressed in a sheet or in the channel
    if press.payload.person:
        await after_press(deps, press, said)
    else:
        await _say(deps, press, said)
        await answered_elsewhere(deps, press, f"{MatterCode.ASK}.{press.payload.subject}", said)


async def open_know(press: Press, member: Membership, deps: Deps) -> View:
    """*I know someone*, under an ask that was put to them or to everyone: a form for one line to the asker."""
    async with pressed_where_put(deps, press):
        ask = asks.find_asked(member, press.payload.subject, deps.now())
    return screens.know_form(member.snapshot, ask, press.payload.round)


async def submit_know(ack: AsyncAck, sent: Submission, member: Membership, deps: Deps) -> None:
    """The line is saved before the sheet thanks them, and goes to the asker alone, by a look at the group. Their
    matter then can be pressed no more."""
    words = screens.read_line(sent.values)
    await asks.know_someone(deps, member, sent.payload.subject, words, deps.now())
    await ack_view(ack, screens.line_sheet())
    await after_form(deps, sent, member, f"{MatterCode.ASK}.{sent.payload.subject}", screens.SAID_LINE)


async def put_to_everyone(ack: AsyncAck, press: Press, member: Membership, deps: Deps) -> None:
    """*Put it to everyone*, by the asker alone, under *Open now* or in the news that nobody said yes. It can't be
    made quiet again. Pressed twice it is done once."""
    now = deps.now()
    done = await asks.put_to_everyone(deps, member, press.payload.subject, now)
    await ack()
    said = resting.put_to_everyone(member.snapshot, done, now)
    if not await after_news_press(deps, press, said):
        await _say(deps, press, said)


async def open_got_it(press: Press, member: Membership, deps: Deps) -> View:
    """*Got it*, by the asker alone: a form that may thank one leader by name."""
    own = asks.find_own(member, press.payload.subject)
    return screens.got_it_form(member.snapshot, own, deps.now())


async def submit_got_it(ack: AsyncAck, sent: Submission, member: Membership, deps: Deps) -> None:
    """The ask is over. Sent twice, or after it was taken back, the first stands. NOT_IN_CHANNEL at the name of
    somebody who left while the form was open."""
    thanks = screens.read_thanks(member.snapshot, sent.values)
    done = await asks.got_it(deps, member, sent.payload.subject, thanks, deps.now())
    await ack_view(ack, screens.ended_sheet(member.snapshot, done))


async def withdraw(ack: AsyncAck, press: Press, member: Membership, deps: Deps) -> None:
    """*Take it back*, by the asker alone, under *Open now*. A digest that shows the ask is corrected."""
    await asks.withdraw(deps, member, press.payload.subject, deps.now())
    await ack()
    await _say(deps, press, screens.SAID_WITHDRAWN)


async def introduce(ack: AsyncAck, press: Press, member: Membership, deps: Deps) -> None:
    """*Introduce us*, by the asker, after somebody's yes: the second yes, from which both hear. OTHER_HAS_LEFT
    where the first one has left the group; the ask goes on."""
    id_, _, of = press.payload.subject.rpartition(".")
    done, made = await asks.introduce(deps, member, id_, of, deps.now())
    await show(deps, press, screens.introduced_sheet(member.snapshot, done, made))
    await ack()
    await after_news_press(deps, press, screens.SAID_YES)


async def pass_over(ack: AsyncAck, press: Press, member: Membership, deps: Deps) -> None:
    """*Not now*, by the asker, to somebody's yes, who never hears of it."""
    id_, _, of = press.payload.subject.rpartition(".")
    done = await asks.pass_over(deps, member, id_, of, deps.now())
    await ack()
    # they said yes before, in a message that was not drawn anew: that stands
    introduced = any(yes.by == of and yes.introduced for yes in done.yeses)
    words = screens.SAID_YES_ALREADY if introduced else screens.SAID_PASSED_OVER
    if not await after_news_press(deps, press, words):
        await _say(deps, press, words)


async def _say(deps: Deps, press: Press, words: str) -> None:
    """In the sheet, the sheet as things are now; on a message, a line to the presser alone."""
    if press.in_modal:
        await redraw_open_now(deps, press)
    else:
        await tell(deps, press, words)


async def redraw_open_now(deps: Deps, press: Press) -> None:
    """As things are after a save."""
    member = await require_member(deps.store, press.who, press.payload.group, NEEDS)
    await redraw_form(deps, press, open_now(member.snapshot, member.person.id, deps.now()))
