"""Any names, plates and commitments give screens that Slack takes, in which nobody's words do anything."""

from __future__ import annotations

import inspect
import typing
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, note, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from bot.domain.absence import Presence
from bot.domain.ahead import Ahead
from bot.domain.asks import Ask, KnowsSomeone, Routed, Wave, Yes
from bot.domain.attention import Attention
from bot.domain.bands import Band
from bot.domain.brief import LONGEST_LINE, Brief, BriefLine, Why
from bot.domain.commitments import Commitment, Progress, State, Suggestion
from bot.domain.digest import AskLine, Digest, PulseLine, Reply
from bot.domain.exclusions import Exclusions
from bot.domain.groups import UNSEEN, ChannelTrouble, DayPost, MessageRef, Preview
from bot.domain.hold import Hold
from bot.domain.identity import Entered, with_identity
from bot.domain.inquiry import LEAST_WITHOUT_NAME, Grouping, Inquiry, InquiryAnswer, Shown
from bot.domain.inquiry import closed as shown_together
from bot.domain.installation import Leaving
from bot.domain.introductions import Answer as Talked
from bot.domain.introductions import Introduction, Outcome, Talk, Ticked, Way
from bot.domain.introductions import Why as For
from bot.domain.items import Item, What
from bot.domain.learning import Learning, Sort
from bot.domain.matters import Matter, MatterCode
from bot.domain.news import News, NewsCode
from bot.domain.offers import Offer
from bot.domain.outbox import Kind
from bot.domain.people import AbsenceReason, DataRequest, Departure, Leader, Person, SlackIdentity
from bot.domain.plate import Answer, Audience
from bot.domain.pulse import Pulse, Spread
from bot.domain.purpose import Aim, AskedChange, Ended, Purpose, Wording
from bot.domain.put_to import PassedOn, SteppedBack, TakenUp
from bot.domain.questions import OF_THE_BOT, WORKING
from bot.domain.reach import Words
from bot.domain.review import MOST_PLACED, Banded, Placing, Review, Stop
from bot.domain.second_account import SecondAccount
from bot.domain.shared import SHARED
from bot.domain.snapshot import GroupSnapshot, Membership
from bot.domain.twenty_minutes import HalfDay, Part
from bot.domain.why import Explained, Written
from bot.domain.year import Year, year_of
from bot.ports import Message, View
from bot.views import (
    about,
    absence,
    ahead,
    announcements,
    as_filled,
    asks,
    audience,
    blocks,
    brief,
    capture,
    change,
    checkin,
    commitments,
    convening,
    data_link,
    dates,
    digest,
    digest_pages,
    digest_reply,
    digest_room,
    erasure,
    first_step,
    groups,
    handover,
    home,
    html,
    identity,
    inputs,
    inquiry,
    inquiry_answers,
    inquiry_sheet,
    installation,
    introductions,
    item_words,
    leaders_menu,
    learnt,
    letter,
    line_of_sight,
    matching,
    matters,
    menu,
    news,
    offers,
    open_now,
    organisation_data,
    organisations,
    paging,
    passing,
    people,
    personal_data,
    plate,
    preview,
    problem_sentences,
    problems,
    progress,
    pulse,
    purpose,
    purpose_sheet,
    put_to_all,
    questions,
    quiet,
    reach,
    recurrence,
    review,
    review_shown,
    roster,
    saved,
    second_account,
    spreadsheet,
    tags,
    tending,
    timetable,
    trouble,
    twenty_minutes,
    usage,
    welcome,
    what_for,
    what_for_doors,
    why,
    words,
    year,
    year_charts,
    year_page,
    year_tables,
)
from bot.views import action_payload as aim
from bot.views import typed as in_the_dm
from bot.views.action_payload import ActionPayload
from playground.forms import initial_values
from tests.views import typed
from tests.views.sound import sound_message, sound_view
from tests.views.typed import NOW, Scene, scenes

DAY = date(2026, 12, 3)
TYPED_AT = "1795600000.000100"
POSTED = MessageRef(team_id="T1", channel="C1", ts="1795600000.000200")
TAKEN_OUT = Departure(at=NOW, reason=AbsenceReason.LEFT_CHANNEL)
ARCHIVED = ChannelTrouble(code="is_archived", since=NOW, try_at=NOW)
NOUNS = (
    about,
    absence,
    ahead,
    announcements,
    asks,
    audience,
    brief,
    capture,
    change,
    checkin,
    commitments,
    convening,
    data_link,
    digest,
    digest_pages,
    digest_reply,
    erasure,
    first_step,
    groups,
    home,
    identity,
    inquiry,
    inquiry_answers,
    inquiry_sheet,
    installation,
    introductions,
    learnt,
    letter,
    line_of_sight,
    matters,
    menu,
    news,
    offers,
    open_now,
    organisation_data,
    organisations,
    people,
    personal_data,
    plate,
    preview,
    problems,
    progress,
    purpose,
    purpose_sheet,
    pulse,
    questions,
    quiet,
    review,
    review_shown,
    roster,
    saved,
    second_account,
    timetable,
    trouble,
    twenty_minutes,
    in_the_dm,
    welcome,
    what_for,
    why,
    year,
    handover,
)
PARTS = (
    *(
        aim,
        as_filled,
        item_words,
        usage,
        blocks,
        dates,
        digest_room,
        inputs,
        leaders_menu,
        matching,
        paging,
        problem_sentences,
        put_to_all,
        passing,
        reach,
        recurrence,
        tending,
        what_for_doors,
    ),
    *(spreadsheet, tags, tending, words),
)
"""What screens are made of; they draw none themselves."""
PRINTED = (html, year_charts, year_page, year_tables)


def _of_two_accounts(person: Person) -> Person:
    return with_identity(person, SlackIdentity(team_id="T2", user_id="Up9"))


def _entered(workspace: str) -> Entered:
    return Entered(id="e1", who=SlackIdentity(team_id="T2", user_id="Up9"), workspace=workspace)


def _proved(scene: Scene) -> SecondAccount:
    return SecondAccount(id="e1", at=NOW, person_id=scene.me.id, name=scene.me.name, team_id="T2", user_id="Up9")


PARTS_OF_SCREENS = 6

unhurried = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.generate],  # all screens anew for each smaller example would take minutes
)

Draw = Callable[[Scene], Message | View]


def _announced(scene: Scene) -> Message:
    """As many as one post may hold, or as few as fit."""
    changes = {f"c{n}": replace(scene.change, id=f"c{n}") for n in range(8)}
    snapshot = replace(scene.snapshot, changes=changes, organisation_posts={scene.post.id: scene.post})
    told = (f"organisations:{scene.post.id}", *(f"change:{id_}" for id_ in changes))
    posts = [DayPost(day=DAY, post=POSTED, told=told[:n]) for n in range(len(told), 0, -1)]
    alone = change.announcement(scene.snapshot, scene.change)
    drawn = (
        announcements.announcement_at(
            replace(snapshot, group=replace(scene.snapshot.group, day_post=one)), POSTED, alone
        )
        for one in posts
    )
    return next(one for one in drawn if not announcements.too_long(one))


def _plate_form(s: Scene, **more: Any) -> View:
    kept: dict[str, Any] = {"before": None, "last": s.plate} | more
    return plate.plate_form(s.snapshot, s.me.id, s.round, **kept)


def _without_news(s: Scene) -> GroupSnapshot:
    unwanted = Attention(person_id=s.me.id, no_more=(MatterCode.GLAD,))
    return replace(s.snapshot, viewer=s.me.id, attention={s.me.id: unwanted})


def _untold(s: Scene) -> list[tuple[Commitment | Ask, News]]:
    """Whatever there is to hear, of each commitment."""
    by = s.me.id
    words = Suggestion(by=by, at=NOW, what=s.typed or "Walk.")
    codes = [News(code=code, to=by, by=by, at=NOW) for code in NewsCode if not code.startswith("ask_")]
    return [(replace(c, suggestions=(words,)), one) for c in s.commitments for one in codes]


def _joined(s: Scene) -> Commitment:
    return replace(s.commitment, made_by="somebody else", tenders=("somebody else", s.me.id))


def _said(s: Scene) -> Commitment:
    line = Progress(at=NOW, by=s.me.id, state=State.STUCK)
    return replace(s.commitment, tenders=(s.me.id,), state=State.STUCK, history=(line,))


def _matters(s: Scene) -> list[Matter]:
    """One of each sort, about what is in the scene."""
    return [
        Matter(code=code, person_id=s.me.id, subject=f"{s.commitment.id}.20261127", since=NOW, until=NOW)
        for code in MatterCode
    ]


def _with_a_day(c: Commitment) -> Commitment:
    step = replace(c.first_step, day=date(2026, 11, 27), happened_at=None)
    return replace(c, state=State.MOVING, first_step=step)


def _untouched(s: Scene) -> Commitment:
    long_ago = NOW - timedelta(days=90)
    return replace(s.commitment, made_by=s.me.id, made_at=long_ago, history=(), rewordings=(), taken_up=())


def _after_two_rounds(s: Scene) -> GroupSnapshot:
    before = [replace(s.round, name=name, opens_on=date(2026, 11, 2)) for name in ("2026-W45", "2026-W46")]
    return replace(s.snapshot, rounds={one.name: one for one in (*before, s.round)})


def _an_ask(s: Scene) -> Ask:
    """Put to the viewer quietly, answered in each way; what matters are about has one id for all."""
    routed = Routed(to=s.me.id, rests_on=f"commitment.{s.commitment.id}")
    ask = Ask(id=f"{s.commitment.id}.20261127", by=s.me.id, what=s.typed[:300] or "A van.", at=NOW)
    return replace(
        ask,
        waves=(Wave(at=NOW, routed=(routed,)),),
        yeses=(Yes(by=s.me.id, at=NOW),),
        known=(KnowsSomeone(by=s.me.id, words=s.typed[:300], at=NOW),),
    )


def _an_offer(s: Scene) -> Offer:
    return Offer(id=s.commitment.id, by=s.me.id, what=s.typed[:300] or "A room.", at=NOW, renewed_at=NOW)


def _introduced(s: Scene, **more: Any) -> Introduction:
    fields: dict[str, Any] = {"why": For.HELP, "subject": s.commitment.id, "at": NOW} | more
    return Introduction(id=f"{s.commitment.id}.20261127", asked_by=s.me.id, to=s.me.id, **fields)


def _met(s: Scene, starts_at: datetime | None = NOW) -> Introduction:
    """Both have ticked."""
    return _introduced(s, outcomes=(Outcome(at=NOW, starts_at=starts_at),))


def _inquiry(s: Scene, **more: Any) -> Inquiry:
    """Open, with whatever was typed as its question; what matters are about has one id for all."""
    fields: dict[str, Any] = {"opened_at": NOW, "closes_at": NOW + timedelta(days=3)} | more
    question = s.typed[:300] or "What for?"
    return Inquiry(id=f"{s.commitment.id}.20261127", by=s.me.id, question=question, at=NOW, **fields)


def _inquiries(s: Scene) -> GroupSnapshot:
    """One open, two that wait, one of them the viewer's, and two that had their day."""
    some = [
        _inquiry(s),
        replace(_inquiry(s, opened_at=None), id="i2"),
        replace(_inquiry(s, opened_at=None), id="i3", by="p1"),
        replace(_inquiry(s, closed_at=NOW), id="i4"),
        replace(_answered(s), id="i5"),
    ]
    return replace(s.snapshot, inquiries={one.id: one for one in some})


def _written(s: Scene, number: int = 25) -> dict[str, InquiryAnswer]:
    """By so many people, of a thousand characters each, some without a name, and one by the viewer."""
    text = ((s.typed or "Beds.") * 1000)[:1000]
    by = [*(f"p{n}" for n in range(number - 1)), s.me.id]
    return {
        id_: InquiryAnswer(id=f"w{id_}", text=text, at=NOW, named=n >= LEAST_WITHOUT_NAME)
        for n, id_ in enumerate(by)
    }


def _answered(s: Scene, number: int = 25) -> Inquiry:
    """Shown together, and some of them put under headings."""
    found = shown_together(_inquiry(s), _written(s, number), {f"p{n}" for n in range(30)}, NOW)
    ids = [one.id for one in found.answers]
    heads = [s.typed[:80] or "Beds", "Trust", ""]
    made = tuple(
        Grouping(
            id=f"h{n}",
            heading=words.one_line(heading, 80),
            answers=tuple(ids[n * 3 : n * 3 + 3]),
            by=s.me.id,
            at=NOW,
        )
        for n, heading in enumerate(heads)
    )
    return replace(found, groupings=made)


def _shown(s: Scene, number: int = 25) -> dict[str, str]:
    return {one.id: one.text for one in _written(s, number).values()}


def _review(s: Scene, number: int = 0, **more: Any) -> Review:
    """Under way, or shown with so many commitments; what matters are about has one id for all."""
    every = {Placing.WEED: Band.HALF, Placing.GROW: Band.HALF, Placing.TOO_EARLY: Band.FEW}
    shown = tuple(Banded(commitment_id=f"c{n}", bands=every) for n in range(number))
    stop = Stop(commitment_id=s.commitment.id, by=s.me.id, at=NOW)
    fields: dict[str, Any] = {"by": s.me.id, "shown": shown, "stops": (stop,), "closed_at": NOW if number else None}
    return Review(id=s.commitment.id, at=NOW, closes_at=NOW + timedelta(days=3), **fields | more)


def _reviewed(s: Scene) -> GroupSnapshot:
    """With many commitments open, in the words of the scene."""
    every = {f"c{n}": replace(s.commitment, id=f"c{n}", state=State.MOVING) for n in range(61)}
    every[s.commitment.id] = replace(s.commitment, state=State.MOVING)
    some = [_review(s), replace(_review(s, 1), id="r1"), replace(_review(s, 0, closed_at=NOW), id="r0")]
    return replace(s.snapshot, commitments=every, reviews={one.id: one for one in some})


def _of_another(s: Scene) -> GroupSnapshot:
    snapshot = _reviewed(s)
    every = {id_: replace(c, made_by=s.me.id) for id_, c in snapshot.commitments.items()}
    return replace(snapshot, commitments=every, viewer="somebody else")


def _learnings(s: Scene, number: int = 16) -> list[Learning]:
    """Half of them the viewer's own."""
    long = ((s.typed or "Beds.") * 500)[:500]
    fields: dict[str, Any] = {"made_by": "p1", "what": long, "was": long, "words": long}
    return [
        Learning(commitment_id=f"c{n}", sort=[*Sort][n % 2], at=NOW, by=[s.me.id, "p1"][n % 2], **fields)
        for n in range(number)
    ]


def _ahead(s: Scene, number: int = 13) -> list[Ahead]:
    long = ((s.typed or "Beds.") * 3000)[:3000]
    by = [s.me.id, "p1"]
    return [
        Ahead(id=f"w{n}", by=by[n % 2], organisation=s.leader.organisation, text=long, at=NOW, about=long[:500])
        for n in range(number)
    ]


def _visited(s: Scene) -> GroupSnapshot:
    offer = replace(_an_offer(s), id="visit-w1-0", by="p1")
    return replace(s.snapshot, viewer=s.me.id, offers={offer.id: offer})


def _wording(s: Scene, **more: Any) -> Wording:
    """Under way, with as much as fits; what matters are about has one id for all."""
    text = ((s.typed or "Carers are seen.") * 40)[:600]
    aims = tuple(Aim(id=f"a{n}", text=words.one_line(f"{n} {text}", 120)) for n in range(5))
    asked = [AskedChange(id=f"c{by}", by=by, text=text[:500], at=NOW) for by in ("p1", s.me.id)]
    fields: dict[str, Any] = {"by": s.me.id, "opens_at": NOW, "asked": tuple(asked)} | more
    return Wording(
        id=f"{s.commitment.id}.20261127", at=NOW, sentence=words.one_line(text, 300), aims=aims, **fields
    )


def _purposes(s: Scene, *, old: int = 12, current: bool = True) -> GroupSnapshot:
    """So many that stood or did not, and one under way."""
    past = [
        _wording(s, stood_at=NOW - timedelta(days=90 - n))
        if n % 2
        else _wording(s, ended=list(Ended)[n % 3], ended_at=NOW)
        for n in range(old)
    ]
    every = [replace(one, id=f"w{n}") for n, one in enumerate(past)]
    now = [_wording(s)] if current else []
    served = {c.id: replace(c, serves="a1", tenders=(*c.tenders, s.me.id)) for c in s.commitments}
    return replace(
        s.snapshot,
        viewer=s.me.id,
        commitments=served,
        purposes={"purpose": Purpose(wordings=(*every, *now))},
    )


HALF_DAYS = [HalfDay(DAY + timedelta(days=ahead), part) for ahead in range(10) for part in Part]


def _with_commitment(s: Scene) -> GroupSnapshot:
    """With one of all that matters are about."""
    ask, offer = _an_ask(s), _an_offer(s)
    one_put = _inquiry(s)
    one = _introduced(s, answers={s.me.id: Talked(talk=Talk.WE_DID, at=NOW)})
    met = dict.fromkeys((one.id, s.commitment.id, "third"), one)
    return replace(
        s.snapshot,
        commitments={s.commitment.id: s.commitment},
        asks={ask.id: ask, "a2": replace(ask, id="a2", quiet=False, opened_at=NOW, by="p1")},
        offers={offer.id: offer, "o2": replace(offer, id="o2", by="p1")},
        introductions=met,
        inquiries={one_put.id: one_put},
        reviews=dict.fromkeys((one_put.id, "20261127"), _review(s)),
        purposes={"purpose": Purpose(wordings=(_wording(s),))},
    )


def _heard_of_asks(s: Scene) -> list[tuple[Commitment | Ask, News]]:
    codes = (NewsCode.ASK_YES, NewsCode.ASK_KNOWS, NewsCode.ASK_ENDED)
    return [(_an_ask(s), News(code=code, to=s.me.id, by=s.me.id, at=NOW)) for code in codes]


def _worded(s: Scene) -> View:
    """Its history, of the viewer's own words, any of which can be pulled back."""
    words, hours = s.typed or "Beds.", (timedelta(hours=n) for n in range(3))
    said = tuple(Progress(at=NOW + hour, by=s.me.id, state=State.STUCK, note=words) for hour in hours)
    return progress.history(replace(s.snapshot, viewer=s.me.id), replace(s.commitment, history=said), NOW)


def _came_and_went(s: Scene) -> Commitment:
    """Everybody joined in, offered help, stepped back and took it up."""
    every, hours = s.snapshot.leaders, [NOW + timedelta(hours=n) for n in range(len(s.snapshot.leaders))]
    came = [
        News(code=code, to=s.me.id, by=id_, at=at)
        for code in (NewsCode.JOINED, NewsCode.CAN_HELP)
        for id_, at in zip(every, hours, strict=True)
    ]
    return replace(
        s.commitment,
        news=tuple(came),
        stepped_back=tuple(SteppedBack(at=at, by=id_) for id_, at in zip(every, hours, strict=True)),
        taken_up=tuple(TakenUp(at=at, by=id_, of=s.me.id) for id_, at in zip(every, hours, strict=True)),
    )


def _my_data(s: Scene, number: int = 60) -> View:
    """One of each thing there may be of somebody, with whatever they typed."""
    items = [
        Item(what=what, text=(s.typed or "Beds.")[:3000], about=s.typed[:500], at=NOW, people=("p0", "gone"))
        for what in What
    ]
    found = [(s.snapshot.group.name, one) for one in items[:number]]
    rows = personal_data.rows(found, {"p0": s.me.name}, s.me, private=True)
    return personal_data.data_pages(s.snapshot.group.id, s.me.id, rows, NOW, s.me.zone, 1)


def _their_data(s: Scene) -> View:
    found = [(s.me.id, Item(what=what, text=(s.typed or "Beds.")[:3000], at=NOW)) for what in sorted(SHARED) * 4]
    rows = organisation_data.rows(s.snapshot, found, s.me)
    return organisation_data.pages(s.snapshot.group.id, s.me.id, rows, NOW, s.me.zone, 1)


def another(s: Scene) -> dict[str, Any]:
    """Their settings as Slack sends them back, once they chose another organisation."""
    view: dict[str, Any] = {**people.my_settings_form(s.snapshot, s.me, s.leader)}
    values = initial_values([block for block in view["blocks"] if block["type"] == "input"])
    chosen = view["blocks"][1]["element"]["options"][-1]
    values["organisation_name"]["organisation_name"]["selected_option"] = chosen
    return view | {"state": {"values": values}}


SCREENS: dict[str, Draw] = {
    "absence.still_with_us": lambda s: absence.still_with_us(s.snapshot),
    "absence.with_us": lambda s: absence.with_us(s.snapshot),
    "absence.left_open": lambda s: absence.left_open(s.snapshot),
    "absence.departed": lambda s: absence.departed(
        replace(s.snapshot, group=replace(s.snapshot.group, convenor=None)), s.me.id, TAKEN_OUT
    ),
    "absence.departed by a press": lambda s: absence.departed(s.snapshot, s.me.id, Departure(at=NOW)),
    "absence.departed and put back": lambda s: absence.departed(
        s.snapshot, s.me.id, replace(TAKEN_OUT, objected_by=s.me.id)
    ),
    "absence.point_form": lambda s: absence.point_form(s.snapshot, ""),
    "absence.pointed": lambda s: absence.pointed(s.snapshot, s.me.id, Presence.OUTSIDE),
    "convening.sheet": lambda s: convening.sheet(s.snapshot, "p0", NOW),
    "convening.sheet of a group that rests": lambda s: convening.sheet(
        replace(s.snapshot, group=replace(s.snapshot.group, convenor=None, paused_until=DAY)), "p0", NOW
    ),
    "convening.invitation": lambda s: convening.invitation(s.snapshot, s.me.id),
    "convening.skip_form": lambda s: convening.skip_form(s.snapshot, DAY, NOW + timedelta(days=10), NOW),
    "convening.pause_form": lambda s: convening.pause_form(s.snapshot.group),
    "convening.end_form": lambda s: convening.end_form(s.snapshot.group, DAY, NOW.date()),
    "convening.hand_on_form": lambda s: convening.hand_on_form(s.snapshot, ""),
    "convening.saved": lambda _: convening.saved(),
    "convening.has_ended": lambda s: convening.has_ended(s.snapshot.group),
    "convening.on_a_holiday": lambda s: convening.on_a_holiday(s.snapshot, DAY, DAY, NOW.date()),
    "convening.holiday_answered": lambda s: convening.holiday_answered(s.snapshot, convening.SAID_MEET),
    "questions.questions_form": lambda s: questions.questions_form(s.snapshot.group),
    "questions.questions_form of its own": lambda s: questions.questions_form(
        replace(s.snapshot.group, questions=(s.typed[:150],), same_question=True)
    ),
    "timetable.timetable_form": lambda s: timetable.timetable_form(s.snapshot.group),
    "timetable.timetable_form of weekly rounds": lambda s: timetable.timetable_form(
        replace(
            s.snapshot.group,
            rhythm=replace(s.snapshot.group.rhythm, meeting=replace(s.snapshot.group.rhythm.meeting, interval=4)),
        )
    ),
    "groups.hello_answered": lambda s: groups.hello_answered(s.snapshot.group.name),
    "groups.took_on_sheet": lambda s: groups.took_on_sheet(s.snapshot.group),
    "groups.panel without a convenor": lambda s: groups.panel(
        replace(s.snapshot, group=replace(s.snapshot.group, convenor=None)), NOW + timedelta(days=10), NOW
    ),
    "home.home of somebody gone": lambda s: home.home(s.me, [replace(s.section, absent=True)], NOW),
    "checkin.check_in": lambda s: checkin.check_in(
        s.snapshot, s.me, s.round, last=s.plate, mine=s.commitments, now=NOW
    ),
    "checkin.check_in with a matter": lambda s: checkin.check_in(
        _with_commitment(s), s.me, s.round, last=s.plate, mine=s.commitments, now=NOW, matter=_matters(s)[-1]
    ),
    "letter.letter": lambda s: letter.letter(_with_commitment(s), s.me, _matters(s), NOW),
    "letter.answered": lambda s: letter.answered(s.snapshot, matters.SAID_NOT_NOW),
    "matters.for_you_sheet": lambda s: matters.for_you_sheet(_with_commitment(s), _matters(s)),
    "matters.for_you_sheet of who wants no more news": lambda s: matters.for_you_sheet(_without_news(s), []),
    "matters.for_you_sheet of nothing": lambda s: matters.for_you_sheet(s.snapshot, []),
    "home.home with matters": lambda s: home.home(
        s.me, [replace(s.section, snapshot=_with_commitment(s), matters=tuple(_matters(s)))], NOW
    ),
    "why.why": lambda s: why.why(
        _with_commitment(s),
        Explained(
            written=tuple(Written(week="2026-W48", kind=kind, group=s.snapshot.group.name) for kind in why.RULES),
            held_back=(Written(week="2026-W48", kind=Kind.LETTER, group=""),),
            waiting=tuple(_matters(s)),
        ),
        NOW.date(),
    ),
    "why.why of nothing": lambda s: why.why(
        s.snapshot, Explained(written=(), held_back=(), waiting=()), NOW.date()
    ),
    "checkin.nudge": lambda s: checkin.nudge(s.snapshot, s.me, s.round, NOW),
    "checkin.asked_again": lambda s: checkin.asked_again(s.snapshot, s.me, s.round),
    "quiet.quiet": lambda s: quiet.quiet(s.snapshot, s.me, s.leader, s.round, NOW),
    "checkin.checkin_status": lambda s: checkin.checkin_status(
        s.snapshot, replace(s.me, away_until=DAY), s.round, s.checkin, plate=s.plate, mine=s.commitments, now=NOW
    ),
    "checkin.checkin_status by a late tap": lambda s: checkin.checkin_status(
        s.snapshot,
        s.me,
        s.round,
        s.checkin,
        plate=s.plate,
        mine=s.commitments,
        now=NOW + timedelta(days=9),
        said=checkin.noted_late(s.commitment),
    ),
    "quiet.answered": lambda s: quiet.answered(s.snapshot, "As it was, then."),
    "quiet.paused": lambda s: quiet.paused(s.snapshot, DAY, NOW.date()),
    "commitments.commitment_form": lambda s: commitments.commitment_form(s.snapshot, "c9", typed=s.typed),
    "commitments.commitment_form to change": lambda s: commitments.commitment_form(s.snapshot, "c0", s.commitment),
    "progress.progress_form": lambda s: progress.progress_form(s.snapshot, s.commitment),
    "progress.progress_form after a tap": lambda s: progress.progress_form(s.snapshot, s.commitment, State.STUCK),
    "commitments.sheet": lambda s: commitments.sheet(s.snapshot, s.commitments, s.me.id, NOW),
    "progress.history": lambda s: progress.history(s.snapshot, s.commitment, NOW),
    "progress.suggest_form": lambda s: progress.suggest_form(s.snapshot, replace(s.commitment, state=State.STUCK)),
    "progress.history of who came and went": lambda s: progress.history(s.snapshot, _came_and_went(s), NOW),
    "progress.history of one's own words": _worded,
    "checkin.put_off": lambda s: checkin.put_off(checkin.nudge(s.snapshot, s.me, s.round, NOW)),
    "news.news": lambda s: news.news(s.snapshot, _untold(s)),
    "news.news of an ask": lambda s: news.news(_with_commitment(s), _heard_of_asks(s)),
    "asks.ask_form": lambda s: asks.ask_form(s.snapshot, "a9", s.typed),
    "asks.asked_sheet": lambda s: asks.asked_sheet(s.snapshot, _an_ask(s)),
    "asks.asked_sheet to everyone": lambda s: asks.asked_sheet(s.snapshot, replace(_an_ask(s), quiet=False)),
    "asks.know_form": lambda s: asks.know_form(s.snapshot, _an_ask(s)),
    "asks.introduced_sheet": lambda s: asks.introduced_sheet(s.snapshot, _an_ask(s), _introduced(s)),
    "asks.line_sheet": lambda _: asks.line_sheet(),
    "asks.got_it_form": lambda s: asks.got_it_form(s.snapshot, _an_ask(s)),
    "asks.ended_sheet": lambda s: asks.ended_sheet(s.snapshot, replace(_an_ask(s), thanked=s.me.id)),
    "open_now.open_now": lambda s: open_now.open_now(_with_commitment(s), s.me.id, NOW),
    "open_now.open_now of nothing": lambda s: open_now.open_now(s.snapshot, s.me.id, NOW),
    "offers.offer_form": lambda s: offers.offer_form(s.snapshot, "o9"),
    "offers.offer_form to change": lambda s: offers.offer_form(s.snapshot, "o9", _an_offer(s)),
    "offers.offered_sheet": lambda s: offers.offered_sheet(s.snapshot, _an_offer(s)),
    "offers.lend": lambda s: offers.lend(_with_commitment(s), s.me.id, NOW),
    "offers.lend of nothing": lambda s: offers.lend(s.snapshot, s.me.id, NOW),
    "introductions.introduction": lambda s: introductions.introduction(_with_commitment(s), _introduced(s)),
    "introductions.introduction of an ask": lambda s: introductions.introduction(
        _with_commitment(s), _introduced(s, why=For.ASK, subject=_an_ask(s).id)
    ),
    "introductions.by_dm": lambda s: introductions.by_dm(
        _with_commitment(s), _introduced(s, way=Way.APART), s.me.id
    ),
    "introductions.by_dm after a lost answer": lambda s: introductions.by_dm(
        s.snapshot, _introduced(s, way=Way.UNSURE), s.me.id
    ),
    "introductions.by_dm of who has left": lambda s: introductions.by_dm(
        s.snapshot, replace(_introduced(s), to="gone"), s.me.id
    ),
    "introductions.asked_sheet": lambda s: introductions.asked_sheet(s.snapshot, _introduced(s), s.me.id),
    "introductions.asked_sheet once open": lambda s: introductions.asked_sheet(
        s.snapshot, _introduced(s, way=Way.TOGETHER), s.me.id
    ),
    "introductions.exclusions_sheet": lambda s: introductions.exclusions_sheet(
        s.snapshot, Exclusions(person_id="p9", of={s.me.id: NOW, "gone": NOW})
    ),
    "introductions.exclusions_sheet of nobody": lambda s: introductions.exclusions_sheet(
        s.snapshot, Exclusions(person_id="p9")
    ),
    "twenty_minutes.form": lambda s: twenty_minutes.form(
        s.snapshot,
        _introduced(s, ticks={s.me.id: Ticked(half_days=(HALF_DAYS[0].code,), at=NOW)}),
        s.me,
        HALF_DAYS,
        NOW,
    ),
    "twenty_minutes.form of no hours": lambda s: twenty_minutes.form(s.snapshot, _introduced(s), s.me, [], NOW),
    "twenty_minutes.ticked_sheet": lambda s: twenty_minutes.ticked_sheet(s.snapshot, _met(s), s.me, NOW),
    "twenty_minutes.ticked_sheet of nothing": lambda s: twenty_minutes.ticked_sheet(
        s.snapshot, _met(s, None), s.me, NOW
    ),
    "twenty_minutes.outcome_message": lambda s: twenty_minutes.outcome_message(
        s.snapshot, _met(s), _met(s).outcomes[0], NOW
    ),
    "twenty_minutes.outcome_message of nothing": lambda s: twenty_minutes.outcome_message(
        s.snapshot, _met(s, None), _met(s, None).outcomes[0], NOW
    ),
    "twenty_minutes.calendar_sheet": lambda s: twenty_minutes.calendar_sheet(
        s.snapshot, _met(s), _met(s).outcomes[0], NOW
    ),
    "commitments.sheet to who joined in": lambda s: commitments.sheet(s.snapshot, [_joined(s)], s.me.id, NOW),
    "checkin.checkin_status after a tap": lambda s: checkin.checkin_status(
        s.snapshot,
        s.me,
        s.round,
        replace(s.checkin, asked_at=NOW),
        plate=None,
        mine=[_said(s)],
        now=NOW,
    ),
    "menu.menu of a check-in": lambda s: menu.menu(
        s.snapshot.group,
        joined=True,
        checkin=aim.ActionPayload(group=s.snapshot.group.id, round=s.round.name, person=s.me.id),
    ),
    "commitments.sheet of what nobody holds": lambda s: commitments.sheet(
        s.snapshot, [replace(c, made_by="gone", state=State.MOVING) for c in s.commitments], s.me.id, NOW
    ),
    "brief.brief_message": lambda s: brief.brief_message(
        replace(_brief(s), corrected_at=NOW), zone=s.snapshot.group.zone
    ),
    "brief.nothing_left": lambda s: brief.nothing_left(_brief(s)),
    "brief.so_far": lambda s: brief.so_far(
        replace(s.snapshot, viewer="p0"), replace(_brief(s), drawn_at=None), _twice(_brief(s)), NOW, NOW
    ),
    "brief.so_far of nothing": lambda s: brief.so_far(s.snapshot, replace(_brief(s), drawn_at=None), [], NOW, NOW),
    "brief.so_far as posted": lambda s: brief.so_far(
        replace(s.snapshot, viewer="p0"), _brief(s), [*_brief(s).lines], None, NOW
    ),
    "brief.line_form": lambda s: brief.line_form(s.snapshot, s.round.name, "n1", NOW + timedelta(days=1), NOW),
    "inquiry.ask_form": lambda s: inquiry.ask_form(_inquiries(s), "i9", NOW, s.typed),
    "inquiry.asked_sheet": lambda s: inquiry.asked_sheet(s.snapshot, _inquiry(s), NOW, NOW),
    "inquiry.asked_sheet of one that waits": lambda s: inquiry.asked_sheet(s.snapshot, _inquiry(s), None, NOW),
    "inquiry.asked_sheet of one for another day": lambda s: inquiry.asked_sheet(
        s.snapshot, _inquiry(s), NOW + timedelta(days=1), NOW
    ),
    "inquiry.inquiry_message": lambda s: inquiry.inquiry_message(s.snapshot, _inquiry(s)),
    "inquiry.inquiry_message on its day": lambda s: inquiry.inquiry_message(s.snapshot, _answered(s)),
    "inquiry.inquiry_message of nothing": lambda s: inquiry.inquiry_message(s.snapshot, _inquiry(s, closed_at=NOW)),
    "inquiry.inquiry_message taken back": lambda s: inquiry.inquiry_message(
        s.snapshot, _inquiry(s, taken_back_at=NOW, closed_at=NOW)
    ),
    "inquiry.answer_form": lambda s: inquiry.answer_form(
        s.snapshot, _inquiry(s), _written(s)["p0"], ActionPayload(person=s.me.id)
    ),
    "inquiry.answer_form at first": lambda s: inquiry.answer_form(s.snapshot, _inquiry(s), None, ActionPayload()),
    "inquiry.kept_sheet": lambda s: inquiry.kept_sheet(s.snapshot, _inquiry(s)),
    "inquiry.taken_out_sheet": lambda _: inquiry.taken_out_sheet(),
    "inquiry_sheet.questions_sheet": lambda s: inquiry_sheet.questions_sheet(_inquiries(s), s.me.id, NOW),
    "inquiry_sheet.questions_sheet of none": lambda s: inquiry_sheet.questions_sheet(s.snapshot, s.me.id, NOW),
    "inquiry_answers.reply_message": lambda s: inquiry_answers.reply_message(
        s.snapshot, _answered(s), 0, _shown(s)
    ),
    "inquiry_answers.reply_message of what was withdrawn": lambda s: inquiry_answers.reply_message(
        s.snapshot, _answered(s), 1, {}
    ),
    "inquiry_answers.answers_sheet": lambda s: inquiry_answers.answers_sheet(
        s.snapshot, _answered(s), _shown(s), f"w{s.me.id}"
    ),
    "inquiry_answers.answers_sheet at the last page": lambda s: inquiry_answers.answers_sheet(
        s.snapshot, _answered(s), _shown(s), "", 9
    ),
    "inquiry_answers.answers_sheet of two hundred": lambda s: inquiry_answers.answers_sheet(
        s.snapshot, _answered(s, 200), _shown(s, 200), "", 3
    ),
    "inquiry_answers.answers_sheet of nothing": lambda s: inquiry_answers.answers_sheet(
        s.snapshot, replace(_answered(s), answers=(Shown(id="w1", withdrawn_at=NOW),)), {}, ""
    ),
    "inquiry_answers.heading_form": lambda s: inquiry_answers.heading_form(
        s.snapshot, _answered(s), _shown(s), "h9", 0
    ),
    "review.start_form": lambda s: review.start_form(s.snapshot, NOW),
    "review.started_sheet": lambda s: review.started_sheet(s.snapshot, _review(s)),
    "review.review_message": lambda s: review.review_message(s.snapshot, _review(s)),
    "review.review_message by itself": lambda s: review.review_message(s.snapshot, _review(s, by="")),
    "review.review_message on its day": lambda s: review.review_message(s.snapshot, _review(s, 1)),
    "review.review_message of nothing": lambda s: review.review_message(s.snapshot, _review(s, closed_at=NOW)),
    "review.place_form": lambda s: review.place_form(
        _reviewed(s), _review(s), {f"c{n}": Placing.WEED for n in range(MOST_PLACED)}, ActionPayload(person=s.me.id)
    ),
    "review.place_form at first": lambda s: review.place_form(
        replace(_reviewed(s), commitments={s.commitment.id: s.commitment}), _review(s), {}, ActionPayload()
    ),
    "review.kept_sheet": lambda s: review.kept_sheet(s.snapshot, _review(s)),
    "review.taken_out_sheet": lambda _: review.taken_out_sheet(),
    "review.reviews_sheet": lambda s: review.reviews_sheet(_reviewed(s)),
    "review.reviews_sheet of none": lambda s: review.reviews_sheet(s.snapshot),
    "review_shown.bands_message": lambda s: review_shown.bands_message(_reviewed(s), _review(s, 31)),
    "review_shown.shown_sheet": lambda s: review_shown.shown_sheet(_reviewed(s), _review(s, 26), 1),
    "review_shown.shown_sheet of nothing": lambda s: review_shown.shown_sheet(s.snapshot, _review(s)),
    "review_shown.suggest_form": lambda s: review_shown.suggest_form(_of_another(s), _review(s, 61)),
    "review_shown.suggest_form of one's own": lambda s: review_shown.suggest_form(s.snapshot, _review(s)),
    "review_shown.suggested_sheet": lambda s: review_shown.suggested_sheet(s.commitment),
    "learnt.learnt_form": lambda s: learnt.learnt_form(replace(s.snapshot, viewer=s.me.id), _learnings(s)),
    "learnt.learnt_form at the last page": lambda s: learnt.learnt_form(s.snapshot, _learnings(s), "", 1),
    "learnt.learnt_form of words": lambda s: learnt.learnt_form(s.snapshot, _learnings(s), s.typed),
    "learnt.learnt_form of nothing": lambda s: learnt.learnt_form(s.snapshot, [], s.typed),
    "ahead.ahead_sheet": lambda s: ahead.ahead_sheet(_visited(s), _ahead(s), NOW),
    "ahead.ahead_sheet at the last page": lambda s: ahead.ahead_sheet(s.snapshot, _ahead(s), NOW, 9),
    "ahead.ahead_sheet of nothing": lambda s: ahead.ahead_sheet(s.snapshot, [], NOW),
    "capture.capture": lambda s: capture.capture(s.snapshot, date(2026, 11, 26)),
    "commitments.added": lambda s: commitments.added(s.snapshot, s.commitment, NOW),
    "commitments.taken_out": lambda s: commitments.taken_out(s.snapshot, s.commitment),
    "first_step.another_day_form": lambda s: first_step.another_day_form(
        s.snapshot,
        _with_a_day(s.commitment),
        ActionPayload(group=s.snapshot.group.id, subject=f"{s.commitment.id}.20261127"),
    ),
    "checkin.check_in of what nobody touched": lambda s: checkin.check_in(
        _after_two_rounds(s), s.me, s.round, last=None, mine=[_untouched(s)], now=NOW
    ),
    "progress.progress_form to let go": lambda s: progress.progress_form(
        replace(s.snapshot, viewer=s.commitment.made_by), s.commitment, State.LET_GO
    ),
    "progress.progress_form passed on": lambda s: progress.progress_form(
        replace(s.snapshot, viewer=s.commitment.made_by),
        replace(_with_a_day(s.commitment), passing=(PassedOn(to="", at=NOW), PassedOn(to="p1", at=NOW))),
    ),
    "digest.digest_message": lambda s: digest.digest_message(
        replace(_digest(s), corrected_at=NOW + timedelta(days=1)), zone=s.snapshot.group.zone
    ),
    "digest_reply.reply_message": lambda s: digest_reply.reply_message(_threaded(s), 0),
    "digest_reply.reply_message corrected": lambda s: digest_reply.reply_message(_threaded(s, corrections=1), 0),
    "digest_reply.reply_message of nothing": lambda s: digest_reply.reply_message(
        replace(_threaded(s), plates=()), 0
    ),
    "digest.digest_message with asks": lambda s: digest.digest_message(
        replace(
            _digest(s),
            asks=(
                *(AskLine(ask_id=f"a{n}", by=s.me.id, what=s.typed[:300] or "A van.") for n in range(4)),
                AskLine(ask_id="a9", by=s.me.id, what=s.typed[:300] or "A van.", thanks=s.me.id),
            ),
        ),
        zone=s.snapshot.group.zone,
    ),
    "digest.nothing_left": lambda s: digest.nothing_left(_digest(s)),
    "digest_pages.whole": lambda s: digest_pages.whole(_digest(s), zone=s.snapshot.group.zone),
    "digest_pages.chooser": lambda s: digest_pages.chooser(s.snapshot, [_digest(s)] * 3),
    "digest_pages.chooser of none": lambda s: digest_pages.chooser(s.snapshot, []),
    "groups.hello": lambda _: groups.hello("C1"),
    "groups.setting_up": lambda _: groups.setting_up(),
    "groups.set_up_form": lambda s: groups.set_up_form(
        "C1", typed.about_of(s.me, s.leader), known=False, next_meeting=DAY
    ),
    "groups.settings_form": lambda s: groups.settings_form(s.snapshot, DAY),
    "groups.move_form": lambda s: groups.move_form(s.snapshot, DAY, NOW + timedelta(days=10)),
    "preview.preview_form": lambda s: preview.preview_form(
        _unposted(s, "T1", "T2", "T3"), NOW, NOW, {"T1": s.typed[:300] or "A", "T2": "Council"}, hello_ts="1.2"
    ),
    "preview.preview_form of a channel shared later": lambda s: preview.preview_form(_unseen(s), NOW, NOW, {}),
    "preview.going_on_form": lambda s: preview.going_on_form(_unseen(s), NOW, NOW, {}),
    "preview.posts_again": lambda s: preview.posts_again(s.snapshot.group),
    "trouble.channel_trouble of a channel shared later": lambda s: trouble.channel_trouble(_unseen(s)),
    "preview.preview_form of nobody knows whom": lambda s: preview.preview_form(_unposted(s), NOW, NOW, {}),
    "groups.set_up_done": lambda s: groups.set_up_done(s.snapshot.group),
    "groups.saved": lambda s: groups.saved(s.snapshot.group, replace(s.snapshot.group, convenor=None)),
    "groups.saved as it was": lambda s: groups.saved(s.snapshot.group, s.snapshot.group),
    "groups.panel": lambda s: groups.panel(s.snapshot, NOW + timedelta(days=10), NOW),
    "announcements.announcement_at": lambda s: _announced(s),
    "change.announcement": lambda s: change.announcement(s.snapshot, s.change),
    "home.home": lambda s: home.home(replace(s.me, away_until=DAY), [s.section], NOW),
    "home.home of nobody": lambda _: home.home(None, [], NOW),
    "home.home of who installed it": lambda _: home.home(None, [], NOW, ["Riverside Council", "Wye Water"]),
    "menu.menu": lambda s: menu.menu(s.snapshot.group, joined=True),
    "menu.menu before a look": lambda s: menu.menu(_unseen(s).group, joined=True),
    "home.home before a look": lambda s: home.home(s.me, [replace(s.section, snapshot=_unseen(s))], NOW),
    "menu.menu while a brief is made": lambda s: menu.menu(s.snapshot.group, joined=True, brief=s.round.name),
    "menu.menu of a stranger": lambda s: menu.menu(s.snapshot.group, joined=False),
    "menu.menu of a stranger in the channel": lambda s: menu.menu(s.snapshot.group, joined=False, in_channel=True),
    "menu.choose_group": lambda s: menu.choose_group([s.snapshot.group], menu.share_button),
    "data_link.link_sheet": lambda _: data_link.link_sheet("https://between.example/my-data/Q1w2-E3_r4"),
    "personal_data.data_form by a link too": lambda s: personal_data.data_form(s.snapshot, s.me, link=True),
    "personal_data.data_message by a link": lambda s: personal_data.data_message(
        s.snapshot, s.me, refused=True, link=True
    ),
    "menu.no_group": lambda _: menu.no_group("C1"),
    "menu.no_group of who was in one": lambda _: menu.no_group("C1", known=True),
    "home.home of who is in no group any more": lambda s: home.home(s.me, [], NOW),
    "menu.menu of who has left": lambda s: menu.menu(s.snapshot.group, joined=False, left=True),
    "about.about without commands": lambda _: about.about(commands=False),
    "about.about": lambda _: about.about(),
    "line_of_sight.sight_sheet": lambda s: line_of_sight.sight_sheet(_purposes(s)),
    "line_of_sight.sight_sheet of none": lambda s: line_of_sight.sight_sheet(s.snapshot),
    "commitments.commitment_form with aims": lambda s: commitments.commitment_form(
        _purposes(s), "c0", replace(s.commitment, serves="a1")
    ),
    "purpose.purpose_message": lambda s: purpose.purpose_message(s.snapshot, _wording(s)),
    "purpose.purpose_message once it stands": lambda s: purpose.purpose_message(
        s.snapshot, _wording(s, stood_at=NOW)
    ),
    "purpose.purpose_message taken back": lambda s: purpose.purpose_message(
        s.snapshot, _wording(s, ended=Ended.TAKEN_BACK, ended_at=NOW)
    ),
    "purpose.stands_message": lambda s: purpose.stands_message(s.snapshot, _wording(s, stood_at=NOW)),
    "purpose.change_message": lambda s: purpose.change_message(s.snapshot, _wording(s), _wording(s).asked[0]),
    "purpose.change_message withdrawn": lambda s: purpose.change_message(
        s.snapshot, _wording(s), replace(_wording(s).asked[0], text="", withdrawn_at=NOW)
    ),
    "purpose.draft_form": lambda s: purpose.draft_form(s.snapshot, "w9", None),
    "purpose.draft_form of other words": lambda s: purpose.draft_form(s.snapshot, "w9", _wording(s)),
    "purpose.change_form": lambda s: purpose.change_form(
        replace(s.snapshot, viewer=s.me.id), _wording(s), "c9", ActionPayload(person=s.me.id)
    ),
    "purpose_sheet.purpose_sheet": lambda s: purpose_sheet.purpose_sheet(_purposes(s), NOW),
    "purpose_sheet.purpose_sheet at its last page": lambda s: purpose_sheet.purpose_sheet(_purposes(s), NOW, 9),
    "purpose_sheet.purpose_sheet of none": lambda s: purpose_sheet.purpose_sheet(s.snapshot, NOW),
    "purpose_sheet.said_sheet": lambda s: purpose_sheet.said_sheet(s.snapshot),
    "purpose_sheet.drafted_sheet": lambda s: purpose_sheet.drafted_sheet(s.snapshot, _wording(s), NOW),
    "purpose_sheet.drafted_sheet of tomorrow": lambda s: purpose_sheet.drafted_sheet(
        s.snapshot, _wording(s, opens_at=NOW + timedelta(days=1)), NOW
    ),
    "what_for.what_for_sheet with a purpose": lambda s: what_for.what_for_sheet(_purposes(s)),
    "what_for.what_for_sheet": lambda s: what_for.what_for_sheet(s.snapshot),
    "organisations.announcement": lambda s: organisations.announcement(s.snapshot, s.post),
    "organisations.announcement of one": lambda s: organisations.announcement(
        s.snapshot, replace(s.post, lines=s.post.lines[:1])
    ),
    "organisations.announcement of who is back": lambda s: organisations.announcement(
        s.snapshot, replace(s.post, lines=tuple(replace(line, back=True) for line in s.post.lines))
    ),
    "organisations.announcement after an objection": lambda s: organisations.announcement(
        s.snapshot, replace(s.post, lines=tuple(replace(line, objected_by="p0") for line in s.post.lines))
    ),
    "organisations.with_choice": lambda s: organisations.with_choice(another(s)),
    "people.join_form": lambda s: people.join_form(s.snapshot, typed.about_of(s.me, s.leader), known=True),
    "people.my_settings_form": lambda s: people.my_settings_form(s.snapshot, s.me, s.leader),
    "people.joined": lambda s: people.joined(s.snapshot),
    "groups.standing_group": lambda s: groups.standing_group(s.snapshot.group, "C9", may_move=True),
    "groups.standing_group of others": lambda s: groups.standing_group(s.snapshot.group, "C9", may_move=False),
    "groups.goes_on": lambda s: groups.goes_on(s.snapshot.group),
    "absence.still_with_us of a workspace": lambda s: absence.still_with_us(s.snapshot, disconnected=True),
    "identity.accounts_form": lambda s: identity.accounts_form("g1", s.me),
    "identity.accounts_form of somebody new": lambda _: identity.accounts_form("g1", None),
    "identity.accounts_form with a code": lambda s: identity.accounts_form(
        "g1", _of_two_accounts(s.me), "ABCDEFGH"
    ),
    "identity.accounts_form that nobody has entered": lambda s: identity.accounts_form(
        "g1", s.me, "ABCDEFGH", looked=True
    ),
    "identity.accounts_form that was entered": lambda s: identity.accounts_form(
        "g1", s.me, entered=_entered(s.snapshot.group.name)
    ),
    "identity.waits_for_yes": lambda _: identity.waits_for_yes("g1"),
    "identity.not_them": lambda _: identity.not_them("g1"),
    "second_account.announcement": lambda s: second_account.announcement(s.snapshot, _proved(s)),
    "second_account.announcement that was objected to": lambda s: second_account.announcement(
        s.snapshot, replace(_proved(s), objected_by=s.me.id)
    ),
    "identity.joined_up": lambda s: identity.joined_up(_of_two_accounts(s.me), "g1"),
    "identity.written_here": lambda s: identity.written_here(s.snapshot, s.me),
    "welcome.welcome": lambda s: welcome.welcome(s.snapshot, s.me, s.leader),
    "welcome.welcome of who has buttons only": lambda s: welcome.welcome(s.snapshot, s.me, s.leader, Words.BUTTONS),
    "welcome.welcome of who is only reached in a conversation": lambda s: welcome.welcome(
        s.snapshot, s.me, s.leader, Words.CONVERSATION
    ),
    "people.away_form": lambda s: people.away_form(s.snapshot, s.me, round_name=s.round.name, today=NOW.date()),
    "people.pause_form": lambda s: people.pause_form(s.snapshot, s.me),
    "people.gone_away": lambda s: people.gone_away(replace(s.me, away_until=DAY), s.snapshot.group.id, NOW),
    "people.welcome_back": lambda s: people.welcome_back(s.me),
    "people.settings_saved": lambda s: people.settings_saved(s.snapshot, s.me),
    "people.left": lambda s: people.left(s.snapshot),
    "people.left_sheet": lambda s: people.left_sheet(s.snapshot),
    "plate.plate_form": lambda s: _plate_form(s),
    "plate.plate_form of this round": lambda s: _plate_form(s, before=s.plate, typed=s.typed),
    "plate.plate_form empty": lambda s: _plate_form(s, last=None),
    "saved.saved": lambda s: saved.saved(s.snapshot, s.round, s.plate, NOW),
    "saved.saved with a private answer": lambda s: saved.saved(
        s.snapshot, s.round, replace(s.plate, me=Answer(text=s.typed, audience=Audience.ME)), NOW
    ),
    "saved.saved late": lambda s: saved.saved(
        s.snapshot, replace(s.round, digested=True, digested_at=NOW), s.plate, NOW
    ),
    "saved.saved before a late digest": lambda s: saved.saved(
        s.snapshot, replace(s.round, digested=True, late_at=NOW + timedelta(hours=9)), s.plate, NOW
    ),
    "saved.saved_sheet of the next round": lambda s: saved.saved_sheet(
        s.snapshot, s.round, s.plate, NOW, late=True
    ),
    "checkin.not_in_channel": lambda s: checkin.not_in_channel(s.snapshot, s.me),
    "checkin.over": lambda s: checkin.over(s.snapshot, s.me, s.round, s.plate),
    "checkin.over where the group has ended": lambda s: checkin.over(s.snapshot, s.me, s.round, None, ended=True),
    "checkin.check_in of a meeting that moved": lambda s: checkin.check_in(
        s.snapshot, s.me, s.round, last=None, mine=[], now=NOW, until=s.round.closes_at
    ),
    "typed.question": lambda s: in_the_dm.question(
        s.snapshot.group, s.me.id, TYPED_AT, length=40_000, file=True, told=False
    ),
    "typed.question of few words": lambda s: in_the_dm.question(s.snapshot.group, s.me.id, TYPED_AT),
    "typed.which_group": lambda s: in_the_dm.which_group([s.snapshot.group], s.me.id, TYPED_AT, told=False),
    "typed.line": lambda _: in_the_dm.line(in_the_dm.SUPERSEDED),
    "typed.declined": lambda _: in_the_dm.declined(),
    "typed.committed": lambda s: in_the_dm.committed(s.snapshot, s.commitment),
    "saved.saved_sheet": lambda s: saved.saved_sheet(s.snapshot, s.round, s.plate, NOW),
    "saved.mine_sheet": lambda s: saved.mine_sheet(s.snapshot, s.round, s.plate),
    "saved.mine_sheet of nothing": lambda s: saved.mine_sheet(s.snapshot, s.round, None),
    "audience.names_sheet": lambda s: audience.names_sheet(s.snapshot),
    "welcome.more_of_welcome of who has buttons only": lambda s: welcome.more_of_welcome(s.snapshot, Words.BUTTONS),
    "welcome.more_of_welcome": lambda s: welcome.more_of_welcome(s.snapshot),
    "plate.pulled_back_sheet": lambda s: plate.pulled_back_sheet(s.snapshot, s.me, went_out=True),
    "problems.not_saved": lambda s: problems.not_saved(_plate_form(s), {}, s.typed),
    "problems.with_typed": lambda s: problems.with_typed(problems.line(s.typed), s.typed),
    "problems.join_first": lambda s: problems.join_first(s.typed),
    "problems.not_taken": lambda s: problems.not_taken(s.typed),
    "problems.line": lambda s: problems.line(s.typed),
    "problems.too_long_for_form": lambda s: problems.too_long_for_form(s.typed * 3, 3000),
    "pulse.pulse_sheet": lambda s: pulse.pulse_sheet(s.snapshot, s.round, "", ActionPayload()),
    "pulse.pulse_sheet answered": lambda s: pulse.pulse_sheet(
        s.snapshot, s.round, "in_parts", ActionPayload(group=s.snapshot.group.id, person=s.me.id)
    ),
    "digest.digest_message with pulses": lambda s: digest.digest_message(_pulsed(s), zone=s.snapshot.group.zone),
    "digest_pages.whole with pulses": lambda s: digest_pages.whole(_pulsed(s), zone=s.snapshot.group.zone),
    "what_for.what_for_sheet behind More": lambda s: what_for.what_for_sheet(
        _purposes(s), s.round, ActionPayload(group=s.snapshot.group.id)
    ),
    "what_for.what_for_sheet with a pulse": lambda s: what_for.what_for_sheet(s.snapshot, s.round),
    "roster.sheet": lambda s: roster.sheet(s.snapshot, ActionPayload(group=s.snapshot.group.id), NOW),
    "installation.still_works": lambda s: installation.still_works(s.snapshot, s.snapshot.group.name),
    "installation.installer_leaves": lambda s: installation.installer_leaves(
        s.snapshot, s.snapshot.group.name, Leaving.GUEST
    ),
    "trouble.channel_trouble": lambda s: trouble.channel_trouble(_troubled(s.snapshot)),
    "trouble.brief_not_corrected": lambda s: trouble.brief_not_corrected(s.snapshot, _brief(s)),
    "trouble.not_corrected": lambda s: trouble.not_corrected(s.snapshot, _digest(s)),
    "problems.sorry_sheet": lambda s: problems.sorry_sheet(s.typed),
    "personal_data.data_form": lambda s: personal_data.data_form(s.snapshot, s.me),
    "personal_data.asked_sheet": lambda s: personal_data.asked_sheet(s.snapshot, s.me),
    "personal_data.data_pages": lambda s: _my_data(s),
    "personal_data.data_pages of one long thing": lambda s: _my_data(s, 1),
    "personal_data.data_message": lambda s: personal_data.data_message(s.snapshot, s.me),
    "personal_data.data_message without files": lambda s: personal_data.data_message(
        s.snapshot, s.me, refused=True
    ),
    "erasure.erase_form": lambda s: erasure.erase_form(s.snapshot.group.id, s.me, [s.snapshot.group] * 12),
    "erasure.erase_form under a legal hold": lambda s: erasure.erase_form(
        s.snapshot.group.id, s.me, [replace(s.snapshot.group, hold=Hold(since=NOW))] * 12
    ),
    "erasure.being_erased": lambda s: erasure.being_erased(words.one_line(s.snapshot.group.name, 600)),
    "erasure.wordless": lambda s: erasure.wordless(),  # noqa: ARG005
    "erasure.somebody_erased": lambda s: erasure.somebody_erased(),  # noqa: ARG005
    "erasure.hold_message": lambda s: erasure.hold_message(s.snapshot.group, lifted=False),
    "erasure.hold_message of one that is lifted": lambda s: erasure.hold_message(s.snapshot.group, lifted=True),
    "organisation_data.request_form": lambda s: organisation_data.request_form(s.snapshot, s.me, s.leader),
    "organisation_data.requested": lambda s: organisation_data.requested(s.leader.organisation),
    "organisation_data.announcement": lambda s: organisation_data.announcement(
        s.snapshot, s.leader, DataRequest(at=NOW, organisation=s.leader.organisation)
    ),
    "organisation_data.message": lambda s: organisation_data.message(s.snapshot, s.me),
    "organisation_data.message without files": lambda s: organisation_data.message(s.snapshot, s.me, refused=True),
    "organisation_data.pages": lambda s: _their_data(s),
    "year.year_sheet": lambda s: year.year_sheet(_year(s), {State.MOVING: 2, State.STUCK: 1}),
    "year.year_sheet of nothing": lambda s: year.year_sheet(_year(s, commitments=(), pulses={}, talks=0), {}),
    "handover.handover_sheet": lambda s: handover.handover_sheet(_new_here(s), NOW),
    "handover.handover_sheet at its last page": lambda s: handover.handover_sheet(_new_here(s), NOW, 99),
    "handover.handover_sheet of nothing": lambda s: handover.handover_sheet(
        Membership(snapshot=s.snapshot, person=s.me, leader=s.leader), NOW
    ),
    "welcome.welcome to whoever follows somebody": lambda s: welcome.welcome(
        replace(s.snapshot, leaders=s.snapshot.leaders | {"gone": _gone(s)}), s.me, s.leader
    ),
}


def _gone(s: Scene) -> Leader:
    """Spoke for the viewer's organisation, and left."""
    return replace(s.leader, person_id="gone", left_at=NOW - timedelta(days=20))


def _new_here(s: Scene) -> Membership:
    """With all that there may be to hand over: what somebody left, too."""
    full = _purposes(s)
    ask = replace(_an_ask(s), by="p1", quiet=False, opened_at=NOW)
    left = [replace(s.commitment, id=f"left{n}", made_by="gone") for n in range(3)]
    snapshot = replace(
        full,
        leaders=full.leaders | {"gone": _gone(s)},
        people=full.people | {"gone": replace(s.me, id="gone")},
        commitments=full.commitments | {one.id: replace(one, state=State.STUCK) for one in left},
        asks={f"a{n}": replace(ask, id=f"a{n}") for n in range(5)},
        inquiries={"i": _inquiry(s)},
    )
    return Membership(snapshot=snapshot, person=s.me, leader=s.leader)


def _year(
    s: Scene, *, commitments: tuple[Commitment, ...] | None = None, pulses: Any = None, talks: int = 7
) -> Year:
    """Twelve months of whatever there is, with tags as people typed them."""
    held = s.commitments if commitments is None else commitments
    tagged = [
        replace(
            one, id=f"{one.id}{n}", tags=(words.one_line(f"{n} {s.typed}", 30),), made_at=NOW - timedelta(days=n)
        )
        for n in range(9)
        for one in held[:1]
    ]
    spread = tuple(Spread(choice=choice, band=Band.HALF) for choice in WORKING.choices)
    shown = [Pulse(question=one.reference, closed_at=NOW, spread=spread) for one in (WORKING, OF_THE_BOT)]
    rounds = [replace(s.round, digested_at=NOW)]
    kept = {str(n): one for n, one in enumerate(shown * 9)} if pulses is None else pulses
    group = replace(s.snapshot.group, set_up_at=NOW - timedelta(days=900))
    return replace(year_of(group, tagged, [], kept, rounds, [], NOW), talks=talks)


def _troubled(snapshot: GroupSnapshot) -> GroupSnapshot:
    return replace(snapshot, group=replace(snapshot.group, trouble=ARCHIVED))


def _unseen(s: Scene) -> GroupSnapshot:
    unseen = ChannelTrouble(code=UNSEEN, since=NOW, try_at=NOW)
    return replace(s.snapshot, group=replace(s.snapshot.group, trouble=unseen))


def _brief(s: Scene) -> Brief:
    """One line of each sort, as long as they are."""
    lines = tuple(
        BriefLine(
            why=why,
            id=f"x{n}",
            text=s.typed if why is not Why.ADDED else s.typed[:LONGEST_LINE],
            whose=("p0",),
            name=s.me.name,
            since=NOW,
            learnt=s.commitment.what,
        )
        for n, why in enumerate(Why)
    )
    return Brief(
        group_id=s.snapshot.group.id,
        round=s.round.name,
        group_name=s.snapshot.group.name,
        meeting_at=NOW + timedelta(days=3),
        drawn_at=NOW,
        lines=lines,
    )


def _twice(one: Brief) -> list[BriefLine]:
    """More lines than there is room for."""
    return [*one.lines, *(replace(line, id=f"{line.id}again") for line in one.lines)]


def _unposted(s: Scene, *teams: str) -> GroupSnapshot:
    return replace(s.snapshot, group=replace(s.snapshot.group, preview=Preview(teams=teams)))


def _digest(s: Scene) -> Digest:
    """As composed; or of nothing, where nobody shares a word."""
    return s.digest or Digest(
        group_id=s.snapshot.group.id,
        round=s.round.name,
        group_name=s.snapshot.group.name,
        composed_at=NOW,
        question=s.round.question,
        shared=0,
    )


def _pulsed(s: Scene) -> Digest:
    """With both questions' spreads, the offer to stop, and the question about the bot."""
    lines = [
        PulseLine(question=one.reference, spread=tuple(Spread(choice=c, band=Band.FEW) for c in one.choices))
        for one in (WORKING, OF_THE_BOT)
    ]
    return replace(_digest(s), asks_of_bot=True, pulses=(lines[0], replace(lines[1], stop=True)))


def _threaded(s: Scene, **more: Any) -> Digest:
    made = _digest(s)
    organisation = made.plates[0].organisation if made.plates else s.me.name
    return replace(made, threaded=True, replies=(Reply(organisation=organisation, since=NOW, **more),))


@pytest.mark.slow
@pytest.mark.parametrize("part", range(PARTS_OF_SCREENS))
@given(scenes())
@unhurried
def test_whatever_people_are_called_and_wrote_slack_takes_every_screen(part: int, scene: Scene) -> None:
    """In parts, so that none takes long on a busy machine."""
    for name, draw in [*SCREENS.items()][part::PARTS_OF_SCREENS]:
        note(name)
        drawn = draw(scene)
        if isinstance(drawn, Message):
            sound_message(drawn)
        else:
            sound_view(drawn)


@given(scenes())
@settings(unhurried, max_examples=5)
def test_a_screen_drawn_twice_shares_nothing_that_could_be_changed(scene: Scene) -> None:
    for name, draw in SCREENS.items():
        note(name)
        first, second = draw(scene), draw(scene)
        assert first == second
        assert not _containers(first) & _containers(second)


def _containers(drawn: Message | View) -> set[int]:
    """The identity of every dict and list in it, both of them alive."""
    found: set[int] = set()
    waiting: list[Any] = [*drawn.blocks] if isinstance(drawn, Message) else [drawn]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict | list):
            found.add(id(one))
            waiting += one.values() if isinstance(one, dict) else one
    return found


@given(st.lists(scenes(), min_size=2, max_size=7))
@unhurried
def test_somebody_in_many_groups_has_a_home_and_a_choice_among_them(several: list[Scene]) -> None:
    """Each group has the same buttons, in a row of its own: an action id stands once in its block."""
    view = home.home(several[0].me, [one.section for one in several], NOW)
    sound_view(view, groups=len(several))
    if len(several) > home.MOST_GROUPS:
        assert "more: press More in their channels." in str(view["blocks"][-1])
    groups = [one.snapshot.group for one in several]
    sound_message(menu.choose_group(groups, menu.more_button), groups=len(several))
    sound_message(in_the_dm.which_group(groups, several[0].me.id, TYPED_AT), groups=len(several))


def _drawn_by(noun: ModuleType) -> set[str]:
    """Its public functions that draw a whole message, form or Home."""
    short = noun.__name__.rpartition(".")[2]
    return {
        f"{short}.{name}"
        for name, function in inspect.getmembers(noun, inspect.isfunction)
        if function.__module__ == noun.__name__
        and not name.startswith("_")
        and typing.get_type_hints(function).get("return") in (Message, View)
    }


def test_every_screen_there_is_was_drawn() -> None:
    known = {name.split()[0] for name in SCREENS}
    assert set().union(*(_drawn_by(noun) for noun in NOUNS)) == known


def test_every_file_of_views_was_looked_at() -> None:
    files = {path.stem for path in Path(aim.__file__).parent.glob("*.py")} - {"__init__"}
    assert files == {module.__name__.rpartition(".")[2] for module in (*NOUNS, *PARTS, *PRINTED)}
