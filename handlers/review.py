"""A review: its form, *Place them*, what it showed, *Suggest stopping one*, *Let it go…*."""

from __future__ import annotations

from slack_bolt.async_app import AsyncAck

from bot.domain.commitments import State
from bot.domain.matters import MatterCode
from bot.domain.open_until import waits_until
from bot.domain.problems import Problem, ProblemCode
from bot.domain.put_to_all import require_not_resting
from bot.domain.review import Review, under_way
from bot.domain.snapshot import Membership
from bot.ports import Deps, View
from bot.usecases import commitments, review
from bot.usecases.plate import NEEDS
from bot.views import review as screens
from bot.views import review_shown as shown
from bot.views import what_for_doors
from bot.views.matters import SAID_NOT_NOW
from bot.views.progress import progress_form
from handlers.acks import ack_view
from handlers.incoming import Press, Submission, redraw_form
from handlers.leaders import draws, for_leaders, opens
from handlers.matters import after_answer, pressed_where_put
from handlers.routes import Routes


def register(app: Routes) -> None:
    """What anybody placed is loaded for nobody but them; from its day on there are only the bands."""
    app.actions |= {
        what_for_doors.REVIEW: opens(open_start, review.NEEDS),
        # *Reviews*: the one under way, and what the others showed
        what_for_doors.REVIEWS: draws(
            lambda _, member, deps: screens.reviews_sheet(member.snapshot, deps.now()), review.NEEDS
        ),
        screens.PLACE: opens(open_place, review.NEEDS),
        screens.TAKE_OUT: for_leaders(take_out, review.NEEDS),
        screens.READ: opens(read, review.NEEDS),
        shown.PAGE: opens(read, review.NEEDS),
        shown.SUGGEST: opens(open_suggest, review.NEEDS),
        shown.LET_GO: opens(open_let_go, commitments.NEEDS),
    }
    app.views |= {
        screens.START_FORM: for_leaders(submit_start, review.NEEDS),
        screens.PLACE_FORM: for_leaders(submit_placings, NEEDS, home=True),
        shown.SUGGEST_FORM: for_leaders(submit_suggest, review.NEEDS),
    }


async def open_start(press: Press, member: Membership, deps: Deps) -> View:
    """*Start a review*. One at a time: where one is under way, that. GROUP_ENDED and GROUP_PAUSED, as it would
    begin at once."""
    if running := under_way(member.snapshot.reviews.values()):
        return screens.started_sheet(member.snapshot, running, deps.now())
    require_not_resting(member.snapshot.group, deps.now())
    return screens.start_form(member.snapshot, deps.now())


async def submit_start(ack: AsyncAck, sent: Submission, member: Membership, deps: Deps) -> None:
    """REVIEW_TOO_FEW, REVIEW_OF_NOTHING or a day that won't do, in the form. Of two who start one at once, both
    read of the same."""
    now = deps.now()
    day = screens.read_start(member.snapshot, sent.values, now)
    done = await review.start(deps, member, sent.payload.subject, day, now)
    await ack_view(ack, screens.started_sheet(member.snapshot, done, now))


async def open_place(press: Press, member: Membership, deps: Deps) -> View:
    """*Place them*, in the post, a matter or the sheet: with what the presser placed, and nobody else. From its day
    on, what it showed; in a pause before that their own, to be taken out. REVIEW_CLOSED between its hour and
    that."""
    async with pressed_where_put(deps, press):
        one = review.find(member.snapshot, press.payload.subject)
        until = waits_until(one, member.snapshot.group, deps.now())
        if not (one.closed_at or until or one.open(deps.now())):
            raise Problem(ProblemCode.REVIEW_CLOSED)
    if one.closed_at:
        return shown.shown_sheet(member.snapshot, one)
    own = await review.own_placings(deps.store, member, one.id)
    if until:
        return screens.own_sheet(member.snapshot, one, own, until)
    return screens.place_form(member.snapshot, one, own, press.payload)


async def submit_placings(ack: AsyncAck, sent: Submission, member: Membership, deps: Deps) -> None:
    """Theirs, in place of what they placed before, until its day (REVIEW_CLOSED). Where it was put to them as a
    matter it reads as after *Not now*: a DM does not say that they placed any."""
    placed, id_ = screens.read_placings(member.snapshot, sent.values), sent.payload.subject
    await review.place(deps, member, id_, placed, deps.now())
    await ack_view(ack, screens.kept_sheet(member.snapshot, review.find(member.snapshot, id_)))
    # where it was put to them as a matter, their DM then reads as after *Not now*
    await after_answer(deps, sent, member, f"{MatterCode.REVIEW}.{id_}", SAID_NOT_NOW)


async def take_out(ack: AsyncAck, press: Press, member: Membership, deps: Deps) -> None:
    """*Take mine out*, while nobody sees it: deleted, as if they had placed none."""
    id_, now = press.payload.subject, deps.now()
    await review.take_out(deps, member, id_, now)
    await ack()
    await redraw_form(deps, press, screens.taken_out_sheet(again=review.find(member.snapshot, id_).open(now)))


async def read(press: Press, member: Membership, deps: Deps) -> View:
    """*Read what it showed*, in the post and under *Reviews*; and turning the page. REVIEW_CLOSED before its day
    too."""
    return shown.shown_sheet(member.snapshot, _had_its_day(press, member), press.payload.page)


async def open_suggest(press: Press, member: Membership, deps: Deps) -> View:
    """*Suggest stopping one*, of those that some would weed; where none of them is another's, a sheet says so."""
    return shown.suggest_form(member.snapshot, _had_its_day(press, member))


async def submit_suggest(ack: AsyncAck, sent: Submission, member: Membership, deps: Deps) -> None:
    """Its maker is asked once, in the name of whoever suggested it first. REVIEW_NOT_TO_STOP where it ended, or its
    maker left, since; REVIEW_STOPPED_ONE for a second one."""
    id_ = shown.read_stop(sent.values)
    await review.suggest_stop(deps, member, sent.payload.subject, id_, deps.now())
    await ack_view(ack, shown.suggested_sheet(commitments.find(member, id_)))


async def open_let_go(press: Press, member: Membership, deps: Deps) -> View:
    """*Let it go…*, on what somebody suggests to stop: the form set at that; nothing is saved before it is sent."""
    commitment = commitments.find(member, press.payload.subject.partition(".")[0])
    matter = f"{MatterCode.REVIEW_STOP}.{press.payload.subject}"
    return progress_form(member.snapshot, commitment, State.LET_GO, press.payload.round, matter=matter)


def _had_its_day(press: Press, member: Membership) -> Review:
    one = review.find(member.snapshot, press.payload.subject)
    if one.closed_at is None:
        raise Problem(ProblemCode.REVIEW_CLOSED)
    return one
