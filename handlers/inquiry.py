"""A question to all: `/between inquiry`, its form, *Answer*, the answers, withdrawing, headings."""

from __future__ import annotations

from typing import Any

from slack_bolt.async_app import AsyncAck

from bot.domain.matters import MatterCode
from bot.domain.open_until import waits_until
from bot.domain.problems import Problem, ProblemCode
from bot.domain.put_to_all import require_not_ended
from bot.domain.snapshot import Membership
from bot.ports import Deps, View
from bot.usecases import inquiry
from bot.usecases.plate import NEEDS
from bot.views import inquiry as screens
from bot.views import inquiry_answers as answers
from bot.views import menu
from bot.views.inquiry_sheet import questions_sheet
from bot.views.matters import SAID_NOT_NOW
from handlers.acks import ack_view
from handlers.best_effort import best_effort
from handlers.group_choice import member_chosen, member_for_command
from handlers.incoming import Command, Press, Submission, acknowledge, redraw_form, show
from handlers.leaders import for_leaders, opens
from handlers.matters import after_answer, pressed_where_put
from handlers.routes import Routes


def register(app: Routes) -> None:
    """What anybody answered is loaded for nobody but them before its day; after it, by its own press alone
    (`read`)."""
    app.actions |= {
        menu.INQUIRE: opens(open_form, NEEDS),
        screens.ASK_IT: opens(open_offered, NEEDS),
        menu.INQUIRIES: opens(open_sheet, NEEDS),
        screens.TAKE_BACK: for_leaders(take_back, NEEDS),
        screens.TAKE_BACK_OPEN: for_leaders(take_back, NEEDS),
        screens.ANSWER: opens(open_answer, NEEDS),
        screens.TAKE_OUT: for_leaders(take_out, NEEDS),
        screens.READ: opens(read, NEEDS),
        answers.PAGE: opens(read, NEEDS),
        answers.WITHDRAW: for_leaders(withdraw, NEEDS),
        answers.HEAD: opens(open_heading, NEEDS),
    }
    app.views |= {
        screens.BEGINNING.form: choose_group,
        screens.ASK_FORM: for_leaders(submit, NEEDS),
        screens.ANSWER_FORM: for_leaders(submit_answer, NEEDS, home=True),
        answers.HEADING_FORM: for_leaders(submit_heading, NEEDS),
    }


async def command(ack: AsyncAck, incoming: Command, deps: Deps, typed: str) -> None:
    """`/between inquiry [the question]`"""
    member = await member_for_command(
        ack, incoming, deps, menu.inquire_button, NEEDS, beginning=screens.BEGINNING, typed=typed
    )
    if member:
        require_not_ended(member.snapshot.group, deps.now())
        await show(deps, incoming, screens.ask_form(member.snapshot, deps.new_id(), deps.now(), typed))
        await acknowledge(ack, typed, screens.LONGEST_QUESTION)


async def choose_group(ack: AsyncAck, body: dict[str, Any], deps: Deps) -> None:
    """*Next*, by who is in several groups: the form itself."""
    member, words = await member_chosen(body, deps, screens.BEGINNING, NEEDS)
    require_not_ended(member.snapshot.group, deps.now())
    await ack_view(ack, screens.ask_form(member.snapshot, deps.new_id(), deps.now(), words))


async def open_form(press: Press, member: Membership, deps: Deps) -> View:
    """*Put a question to all*. GROUP_ENDED where nothing is posted any more; a question of theirs that waits is
    said as the form is sent (INQUIRY_WAITS)."""
    require_not_ended(member.snapshot.group, deps.now())
    return screens.ask_form(member.snapshot, deps.new_id(), deps.now())


async def open_offered(press: Press, member: Membership, deps: Deps) -> View:
    """*Ask it*, under the question that the bot offers in the third round; they may say it in their own words."""
    return screens.ask_form(member.snapshot, deps.new_id(), deps.now(), screens.FIRST_QUESTION, press.payload)


async def submit(ack: AsyncAck, sent: Submission, member: Membership, deps: Deps) -> None:
    """Under the id it was opened with, so that sent twice it asks once. The sheet says when it opens, or that
    others have their turn first. Where the bot had offered the question, that matter is over."""
    now = deps.now()
    words = screens.read_ask(member.snapshot, sent.values, now)
    after, done, opens = await inquiry.add(deps, member, sent.payload.subject, words.question, words.day, now)
    await ack_view(ack, screens.asked_sheet(after.snapshot, done, opens, deps.now()))
    latest = member.snapshot.latest_round(now)
    if latest:  # where it was offered as a matter, that is over
        offered = f"{MatterCode.INQUIRY_OFFER}.{latest.name}"
        await after_answer(deps, sent, member, offered, screens.SAID_ASKED)


async def open_sheet(press: Press, member: Membership, deps: Deps) -> View:
    """*Questions to all*: those that wait, are open or were shown; of answers before their day nothing, not even a
    number."""
    return questions_sheet(member.snapshot, member.person.id, deps.now())


async def take_back(ack: AsyncAck, press: Press, member: Membership, deps: Deps) -> None:
    """*Take it back*, by its asker (NOT_YOURS). One that has opened since the sheet was drawn is not taken back by
    the button of one that waits: it stands there now with what taking it back would do."""
    one, waited = member.snapshot.inquiries.get(press.payload.subject), f"{screens.TAKE_BACK}:"
    if press.action_id.startswith(waited) and one and not one.waits:
        after = member
    else:
        after = await inquiry.take_back(deps, member, press.payload.subject, deps.now())
    await ack()
    await redraw_form(deps, press, questions_sheet(after.snapshot, after.person.id, deps.now()))


async def open_answer(press: Press, member: Membership, deps: Deps) -> View:
    """*Answer*, in the post, a matter or the sheet: with the presser's own words, and nobody else's; from its day
    on, with what was shown; in a pause before that with their own, to be taken out. INQUIRY_TAKEN_BACK, or
    INQUIRY_CLOSED between its hour and that."""
    async with pressed_where_put(deps, press):
        one = inquiry.find(member.snapshot, press.payload.subject)
        until = waits_until(one, member.snapshot.group, deps.now())
        if not (one.closed_at or until or one.open(deps.now())):
            raise Problem(ProblemCode.INQUIRY_CLOSED)
    if one.closed_at:
        return await _answers(deps, member, one.id)
    own = await inquiry.own_answer(deps.store, member, one.id)
    if until:
        return screens.own_sheet(member.snapshot, one, own, until)
    return screens.answer_form(member.snapshot, one, own, press.payload)


async def submit_answer(ack: AsyncAck, sent: Submission, member: Membership, deps: Deps) -> None:
    """Their own, or other words for it, until its day (INQUIRY_CLOSED). Where it was put to them as a matter it
    reads as after *Not now*: a DM does not say that they answered. INQUIRY_TAKEN_BACK where the asker was quicker.
    """
    words, id_ = screens.read_answer(sent.values), sent.payload.subject
    await inquiry.answer(deps, member, id_, words.text, words.named, words.otherwise, deps.now())
    await ack_view(ack, screens.kept_sheet(member.snapshot, inquiry.find(member.snapshot, id_)))
    # where it was put to them as a matter, their DM then reads as after *Not now*
    await after_answer(deps, sent, member, f"{MatterCode.INQUIRY}.{id_}", SAID_NOT_NOW)


async def take_out(ack: AsyncAck, press: Press, member: Membership, deps: Deps) -> None:
    """*Take my answer out*, while nobody sees it: deleted, as if it had not been written. They may answer again
    while the question is open."""
    id_, now = press.payload.subject, deps.now()
    await inquiry.take_out(deps, member, id_, now)
    await ack()
    await redraw_form(deps, press, screens.taken_out_sheet(again=inquiry.find(member.snapshot, id_).open(now)))


async def read(press: Press, member: Membership, deps: Deps) -> View:
    """*Read the answers*, in the post and on the sheet of questions; and turning the page. What was withdrawn
    stands there no more."""
    return await _answers(deps, member, press.payload.subject, press.payload.page)


async def withdraw(ack: AsyncAck, press: Press, member: Membership, deps: Deps) -> None:
    """*Withdraw my answer*, after it was shown: from this sheet at once, from the thread with the coming digest.
    Nobody is told. Pressed twice it is done once."""
    id_ = press.payload.subject
    after = await inquiry.withdraw(deps, member, id_, deps.now())
    await ack()
    await redraw_form(deps, press, await _answers(deps, after, id_, press.payload.page))


async def open_heading(press: Press, member: Membership, deps: Deps) -> View:
    """*Put answers together*, by any leader: those of the page that the press came from. INQUIRY_GONE where none is
    shown any more."""
    one = inquiry.find(member.snapshot, press.payload.subject)
    texts = await inquiry.shown(deps.store, member.snapshot.group.id, one)
    if not texts:
        raise Problem(ProblemCode.INQUIRY_GONE)
    return answers.heading_form(member.snapshot, one, texts, deps.new_id(), press.payload.page)


async def submit_heading(ack: AsyncAck, sent: Submission, member: Membership, deps: Deps) -> None:
    """The sheet it was opened on shows the heading; without one, it comes in the form's place."""
    id_, _, key = sent.payload.subject.partition(".")
    words = answers.read_heading(inquiry.find(member.snapshot, id_), sent.values)
    after = await inquiry.put_together(deps, member, id_, key, words.heading, words.answers, deps.now())
    view = await _answers(deps, after, id_, sent.payload.page)
    if sent.below:
        await ack()
        await best_effort(deps.messenger.update_form(sent.team_id, sent.below, view))
    else:
        await ack_view(ack, view)


async def _answers(deps: Deps, member: Membership, id_: str, page: int = 0) -> View:
    one = inquiry.find(member.snapshot, id_)
    texts = await inquiry.shown(deps.store, member.snapshot.group.id, one)
    own = await inquiry.own_answer(deps.store, member, id_) if texts else None
    return answers.answers_sheet(member.snapshot, one, texts, own.id if own else "", page)
