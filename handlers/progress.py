"""Saying how a commitment is going: the form, letting go, its history, and the day of its first step."""

from __future__ import annotations

from functools import partial

from slack_bolt.async_app import AsyncAck

from bot.domain.commitments import State
from bot.domain.matters import MatterCode
from bot.domain.snapshot import Membership
from bot.ports import Deps, View
from bot.usecases import checkin, commitments
from bot.usecases.plate import NEEDS
from bot.views import first_step
from bot.views import progress as screens
from bot.views.commitments import HISTORY, LET_GO, PROGRESS
from bot.views.matters import SAID_NOT_NOW, SAID_OVER
from bot.views.review_shown import SAID_LET_GO
from handlers.as_read import as_read
from handlers.best_effort import best_effort
from handlers.checkin import redraw
from handlers.commitments import redraw_sheet
from handlers.incoming import Press, Submission, redraw_form
from handlers.leaders import for_leaders, opens
from handlers.matters import after_form, after_press, answered_elsewhere, pressed_where_put
from handlers.routes import Routes


def register(app: Routes) -> None:
    """Whoever tends a commitment says how it goes, in their own name; done, let go and its step's day are its
    maker's to say (NOT_ITS_MAKER)."""
    app.actions |= {
        PROGRESS: opens(partial(open_form, None), commitments.NEEDS),
        LET_GO: opens(partial(open_form, State.LET_GO), commitments.NEEDS),
        HISTORY: opens(open_history, commitments.NEEDS),
        screens.UNSAY: for_leaders(pull_back_words, commitments.CHANGES_WORDS, home=True),
        first_step.HAPPENED: for_leaders(as_read(happened), NEEDS, home=True),
        first_step.ANOTHER_DAY: opens(open_another_day, commitments.NEEDS),
    }
    app.views |= {
        screens.PROGRESS_FORM: for_leaders(submit_progress, NEEDS, home=True),
        first_step.ANOTHER_DAY_FORM: for_leaders(submit_another_day, NEEDS, home=True),
    }


async def open_form(state: State | None, press: Press, member: Membership, deps: Deps) -> View:
    """*Say more…*, *Say how it's going*, and *Let it go…*, which sets it at that `state`: nothing is saved before
    it is sent."""
    commitment = commitments.find(member, press.payload.subject)
    return screens.progress_form(member.snapshot, commitment, state, press.payload.round)


async def submit_progress(ack: AsyncAck, sent: Submission, member: Membership, deps: Deps) -> None:
    """Saved, and an answer to the check-in that it was opened from, while that is open. Then whatever shows it is
    drawn anew: the check-in, the matter, the sheet below. NOT_TENDED, and what has no place at its field."""
    words = screens.read_progress(sent.values)
    now = deps.now()
    done = await checkin.say_more(deps, member, sent.payload.round, sent.payload.subject, words, now)
    await ack()
    if done:
        await redraw(deps, done, now)
    if sent.payload.state:  # a matter's id
        said = SAID_LET_GO if words.state is State.LET_GO else SAID_NOT_NOW
        await after_form(deps, sent, member, sent.payload.state, said)
    elif sent.below:  # only the sheet of commitments opens this form on top of itself
        await best_effort(redraw_sheet(deps, sent, sent.below))
    if words.state and not (words.state.open or sent.payload.state):  # that it be stopped may have been suggested
        suggested = f"{MatterCode.REVIEW_STOP}.{sent.payload.subject}"
        await answered_elsewhere(deps, sent, suggested, SAID_LET_GO if words.state is State.LET_GO else SAID_OVER)


async def open_history(press: Press, member: Membership, deps: Deps) -> View:
    """*History*, on every card: all that was said of it and how it was worded, for any leader."""
    commitment = commitments.find(member, press.payload.subject)
    return screens.history(member.snapshot, commitment, deps.now())


async def pull_back_words(ack: AsyncAck, press: Press, member: Membership, deps: Deps) -> None:
    """*Pull it back*, beside one's own words in its history, which is drawn anew without them; a digest or brief
    that held them is corrected."""
    id_, at = screens.said_at(press.payload.subject)
    now = deps.now()
    changed = await commitments.pull_back_words(deps, member, id_, at, now)
    await ack()
    await redraw_form(deps, press, screens.history(member.snapshot, changed, now))


async def happened(ack: AsyncAck, press: Press, member: Membership, deps: Deps) -> None:
    """*It happened*, the morning after the day that was picked. STEP_GONE where it has another day by now, or its
    commitment has ended; said twice it is said once."""
    id_, day = first_step.subject_of(press.payload.subject)
    async with pressed_where_put(deps, press):
        await commitments.step_happened(deps, member, id_, day, deps.now(), read=press.payload.words)
    await ack()
    await after_press(deps, press, first_step.SAID_HAPPENED)


async def open_another_day(press: Press, member: Membership, deps: Deps) -> View:
    """*Another day*, in place of that: a form for the day, and for what changed. COMMITMENT_GONE where it is kept
    no more."""
    async with pressed_where_put(deps, press):
        commitment = commitments.find(member, first_step.subject_of(press.payload.subject)[0])
        return first_step.another_day_form(member.snapshot, commitment, press.payload)


async def submit_another_day(ack: AsyncAck, sent: Submission, member: Membership, deps: Deps) -> None:
    """Recorded as learning, in its maker's words; the old day stands in its history. STEP_GONE as for *It
    happened*, DAY_PAST at the field."""
    words = first_step.read_another_day(sent.values)
    id_, was = first_step.subject_of(sent.payload.subject)
    await commitments.pick_another_day(deps, member, id_, was, words.day, words.why, deps.now())
    await ack()
    matter = f"{MatterCode.FIRST_STEP}.{sent.payload.subject}"
    await after_form(deps, sent, member, matter, first_step.said_another_day(words.day))
