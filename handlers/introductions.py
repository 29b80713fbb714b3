"""Introductions: *Find us twenty minutes*, *For my calendar*, did you talk, *Not with this person*."""

from __future__ import annotations

from functools import partial

from slack_bolt.async_app import AsyncAck

from bot.domain.introductions import Introduction, Outcome, Talk
from bot.domain.matters import MatterCode
from bot.domain.problems import Problem, ProblemCode
from bot.domain.snapshot import Membership
from bot.domain.twenty_minutes import offered
from bot.ports import Deps, View
from bot.usecases import introductions
from bot.usecases.introductions import NEEDS
from bot.views import introductions as screens
from bot.views import menu, twenty_minutes
from handlers.acks import ack_view
from handlers.incoming import Press, Submission, redraw_form
from handlers.leaders import for_leaders, opens
from handlers.matters import after_press, answered_elsewhere, pressed_where_put
from handlers.routes import Routes


def register(app: Routes) -> None:
    """An introduction is its two people's alone: NOT_YOURS for anybody else. *Not with this person* is known to
    whoever pressed it, and changes nothing that another sees."""
    app.actions |= {
        screens.TWENTY: opens(open_twenty, NEEDS),
        twenty_minutes.CALENDAR: opens(open_calendar, NEEDS),
        twenty_minutes.SEND_FILE: for_leaders(send_calendar, NEEDS),
        screens.TALKED: for_leaders(partial(answer, Talk.WE_DID), NEEDS, home=True),
        screens.NOT_YET: for_leaders(partial(answer, Talk.NOT_YET), NEEDS, home=True),
        screens.NOT_WITH: for_leaders(not_with),
        screens.EXCLUDE: for_leaders(not_with),
        screens.LIFT: for_leaders(not_with),
        menu.NOT_WITH: opens(open_exclusions),
    }
    app.views |= {twenty_minutes.TWENTY_FORM: for_leaders(submit_twenty, NEEDS, home=True)}


async def open_twenty(press: Press, member: Membership, deps: Deps) -> View:
    """*Find us twenty minutes*, by either of the two, wherever the button stands. OTHER_HAS_LEFT where there is
    nobody to find them with."""
    snapshot, now = member.snapshot, deps.now()
    one = introductions.find_open(member, press.payload.subject, now)
    other = snapshot.people[one.other(member.person.id)]
    half_days = offered(member.person, other, snapshot.group.rhythm, now)
    return twenty_minutes.form(snapshot, one, member.person, half_days, now)


async def submit_twenty(ack: AsyncAck, sent: Submission, member: Membership, deps: Deps) -> None:
    """Their ticks are kept until the other has ticked, and then deleted; what both could do is told to both by a
    look at the group. NOTHING_TICKED, or TICKS_PASSED where the form lay open too long."""
    codes, now = twenty_minutes.read_ticks(sent.values), deps.now()
    done = await introductions.tick(deps, member, sent.payload.subject, codes, now)
    await ack_view(ack, twenty_minutes.ticked_sheet(member.snapshot, done, member.person, now))
    about = f"{MatterCode.TWENTY}.{sent.payload.subject}"
    await answered_elsewhere(deps, sent, about, twenty_minutes.SAID_TICKED)


async def open_calendar(press: Press, member: Membership, deps: Deps) -> View:
    """*For my calendar*, beside the time that both have: the file is sent by a press in that sheet.
    INTRODUCTION_GONE for a time that is kept no more."""
    one, outcome = _named(press, member)
    return twenty_minutes.calendar_sheet(member.snapshot, one, outcome, deps.now())


async def send_calendar(ack: AsyncAck, press: Press, member: Membership, deps: Deps) -> None:
    """*Send me the file*. Acknowledged first: a file takes three calls to Slack, and nothing of ours
    hangs on it."""
    one, outcome = _named(press, member)
    await ack()
    content = twenty_minutes.invitation_file(member.snapshot, one, outcome)
    sent = await introductions.send_file(deps, member, twenty_minutes.FILE_NAME, content)
    said = twenty_minutes.SENT[sent]
    view = twenty_minutes.calendar_sheet(member.snapshot, one, outcome, deps.now(), said=said)
    await redraw_form(deps, press, view)


def _named(press: Press, member: Membership) -> tuple[Introduction, Outcome]:
    id_, _, number = press.payload.subject.rpartition(".")
    one = introductions.find(member, id_)
    # of a forged button, or of an outcome that names no time
    if not number.isdecimal() or int(number) >= len(one.outcomes) or not one.outcomes[int(number)].starts_at:
        raise Problem(ProblemCode.INTRODUCTION_GONE)
    return one, one.outcomes[int(number)]


async def answer(talk: Talk, ack: AsyncAck, press: Press, member: Membership, deps: Deps) -> None:
    """*We did* or *Not yet*, to “Did you get to talk?”. Each answers for themselves; the other hears
    nothing of it."""
    async with pressed_where_put(deps, press):
        await introductions.answer(deps, member, press.payload.subject, talk, deps.now())
    await ack()
    await after_press(deps, press, screens.SAID[talk])


async def open_exclusions(press: Press, member: Membership, deps: Deps) -> View:
    """*Not with…*, in one's settings: whom one would not be put in touch with, to add to and to lift."""
    return screens.exclusions_sheet(member.snapshot, await introductions.excluded(deps, member))


async def not_with(ack: AsyncAck, press: Press, member: Membership, deps: Deps) -> None:
    """*Not with this person*, in the form of an introduction; or chosen, or *Lift*, in the sheet itself, which is
    then drawn anew."""
    if press.action_id.startswith(f"{screens.LIFT}:"):
        own = await introductions.lift(deps, member, press.payload.subject)
    else:
        own = await introductions.exclude(deps, member, press.payload.subject, deps.now())
    await ack()
    await redraw_form(deps, press, screens.exclusions_sheet(member.snapshot, own))
