"""Questions to all, purpose, pulse, review, the year."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from msgspec.structs import replace

from bot.domain.bands import Band
from bot.domain.commitments import Commitment, State
from bot.domain.inquiry import LEAST_WITHOUT_NAME, Grouping, Inquiry, InquiryAnswer, Shown
from bot.domain.inquiry import closed as shown_together
from bot.domain.pulse import Pulse, Spread
from bot.domain.purpose import Ended
from bot.domain.questions import OF_THE_BOT, WORKING
from bot.domain.review import MOST_PLACED, Placing
from bot.domain.snapshot import GroupSnapshot
from bot.domain.year import Year, year_of
from bot.views import (
    inquiry,
    inquiry_answers,
    inquiry_sheet,
    pulse,
    purpose,
    purpose_sheet,
    questions,
    review,
    review_shown,
    what_for,
    words,
    year,
)
from bot.views.action_payload import ActionPayload
from tests.views.screens.shared import (
    Draw,
    a_review,
    a_wording,
    an_inquiry,
    with_purposes,
)
from tests.views.typed import NOW, Scene


def _inquiries(s: Scene) -> GroupSnapshot:
    """One open, two that wait, one of them the viewer's, and two that had their day."""
    some = [
        an_inquiry(s),
        replace(an_inquiry(s, opened_at=None), id="i2"),
        replace(an_inquiry(s, opened_at=None), id="i3", by="p1"),
        replace(an_inquiry(s, closed_at=NOW), id="i4"),
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
    found = shown_together(an_inquiry(s), _written(s, number), {f"p{n}" for n in range(30)}, NOW)
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


def _reviewed(s: Scene) -> GroupSnapshot:
    """With many commitments open, in the words of the scene."""
    every = {f"c{n}": replace(s.commitment, id=f"c{n}", state=State.MOVING) for n in range(61)}
    every[s.commitment.id] = replace(s.commitment, state=State.MOVING)
    some = [a_review(s), replace(a_review(s, 1), id="r1"), replace(a_review(s, 0, closed_at=NOW), id="r0")]
    return replace(s.snapshot, commitments=every, reviews={one.id: one for one in some})


def _of_another(s: Scene) -> GroupSnapshot:
    snapshot = _reviewed(s)
    every = {id_: replace(c, made_by=s.me.id) for id_, c in snapshot.commitments.items()}
    return replace(snapshot, commitments=every, viewer="somebody else")


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


def _called_off(s: Scene, own: str) -> Any:
    """The sheet of a round whose meeting won't be."""
    group, day = s.snapshot.group, NOW.date()
    off = replace(s.snapshot, group=replace(group, rhythm=replace(group.rhythm, skipped=(day,))))
    return pulse.pulse_sheet(off, replace(s.round, planned_meeting=day), own, ActionPayload(group=group.id))


SCREENS: dict[str, Draw] = {
    "questions.questions_form": lambda s: questions.questions_form(s.snapshot.group),
    "questions.questions_form of its own": lambda s: questions.questions_form(
        replace(s.snapshot.group, questions=(s.typed[:150],), same_question=True)
    ),
    "inquiry.ask_form": lambda s: inquiry.ask_form(_inquiries(s), "i9", NOW, s.typed),
    "inquiry.asked_sheet": lambda s: inquiry.asked_sheet(s.snapshot, an_inquiry(s), NOW, NOW),
    "inquiry.asked_sheet of one that waits": lambda s: inquiry.asked_sheet(s.snapshot, an_inquiry(s), None, NOW),
    "inquiry.asked_sheet of one for another day": lambda s: inquiry.asked_sheet(
        s.snapshot, an_inquiry(s), NOW + timedelta(days=1), NOW
    ),
    "inquiry.inquiry_message": lambda s: inquiry.inquiry_message(s.snapshot, an_inquiry(s)),
    "inquiry.inquiry_message on its day": lambda s: inquiry.inquiry_message(s.snapshot, _answered(s)),
    "inquiry.inquiry_message of nothing": lambda s: inquiry.inquiry_message(
        s.snapshot, an_inquiry(s, closed_at=NOW)
    ),
    "inquiry.inquiry_message of one that waits in a pause": lambda s: inquiry.inquiry_message(
        s.snapshot, an_inquiry(s, waits_until=NOW.date())
    ),
    "inquiry.inquiry_message unshown": lambda s: inquiry.inquiry_message(
        s.snapshot, an_inquiry(s, closed_at=NOW, unshown=True)
    ),
    "inquiry.inquiry_message taken back": lambda s: inquiry.inquiry_message(
        s.snapshot, an_inquiry(s, taken_back_at=NOW, closed_at=NOW)
    ),
    "inquiry.answer_form": lambda s: inquiry.answer_form(
        s.snapshot, an_inquiry(s), _written(s)["p0"], ActionPayload(person=s.me.id)
    ),
    "inquiry.answer_form at first": lambda s: inquiry.answer_form(s.snapshot, an_inquiry(s), None, ActionPayload()),
    "inquiry.kept_sheet": lambda s: inquiry.kept_sheet(s.snapshot, an_inquiry(s)),
    "inquiry.taken_out_sheet": lambda _: inquiry.taken_out_sheet(again=True),
    "inquiry.taken_out_sheet after its day": lambda _: inquiry.taken_out_sheet(again=False),
    "inquiry.own_sheet": lambda s: inquiry.own_sheet(
        s.snapshot, an_inquiry(s), _written(s)["p0"], NOW.date() + timedelta(days=9)
    ),
    "inquiry.own_sheet of nothing": lambda s: inquiry.own_sheet(s.snapshot, an_inquiry(s), None, NOW.date()),
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
    "review.started_sheet": lambda s: review.started_sheet(s.snapshot, a_review(s), NOW),
    "review.review_message": lambda s: review.review_message(s.snapshot, a_review(s)),
    "review.review_message by itself": lambda s: review.review_message(s.snapshot, a_review(s, by="")),
    "review.review_message on its day": lambda s: review.review_message(s.snapshot, a_review(s, 1)),
    "review.review_message of one that waits in a pause": lambda s: review.review_message(
        s.snapshot, a_review(s, waits_until=NOW.date())
    ),
    "review.review_message unshown": lambda s: review.review_message(
        s.snapshot, a_review(s, closed_at=NOW, unshown=True)
    ),
    "review.review_message of nothing": lambda s: review.review_message(s.snapshot, a_review(s, closed_at=NOW)),
    "review.place_form": lambda s: review.place_form(
        _reviewed(s),
        a_review(s),
        {f"c{n}": Placing.WEED for n in range(MOST_PLACED)},
        ActionPayload(person=s.me.id),
    ),
    "review.place_form at first": lambda s: review.place_form(
        replace(_reviewed(s), commitments={s.commitment.id: s.commitment}), a_review(s), {}, ActionPayload()
    ),
    "review.kept_sheet": lambda s: review.kept_sheet(s.snapshot, a_review(s)),
    "review.taken_out_sheet": lambda _: review.taken_out_sheet(again=True),
    "review.taken_out_sheet after its day": lambda _: review.taken_out_sheet(again=False),
    "review.own_sheet": lambda s: review.own_sheet(
        _reviewed(s), a_review(s), {f"c{n}": Placing.WEED for n in range(MOST_PLACED)}, NOW.date()
    ),
    "review.own_sheet of nothing": lambda s: review.own_sheet(s.snapshot, a_review(s), {}, NOW.date()),
    "review.reviews_sheet": lambda s: review.reviews_sheet(_reviewed(s), NOW),
    "review.reviews_sheet of none": lambda s: review.reviews_sheet(s.snapshot, NOW),
    "review_shown.bands_message": lambda s: review_shown.bands_message(_reviewed(s), a_review(s, 31)),
    "review_shown.shown_sheet": lambda s: review_shown.shown_sheet(_reviewed(s), a_review(s, 26), 1),
    "review_shown.shown_sheet of nothing": lambda s: review_shown.shown_sheet(s.snapshot, a_review(s)),
    "review_shown.suggest_form": lambda s: review_shown.suggest_form(_of_another(s), a_review(s, 61)),
    "review_shown.suggest_form of one's own": lambda s: review_shown.suggest_form(s.snapshot, a_review(s)),
    "review_shown.suggested_sheet": lambda s: review_shown.suggested_sheet(s.commitment),
    "purpose.purpose_message": lambda s: purpose.purpose_message(s.snapshot, a_wording(s)),
    "purpose.purpose_message once it stands": lambda s: purpose.purpose_message(
        s.snapshot, a_wording(s, stood_at=NOW)
    ),
    "purpose.purpose_message in a pause": lambda s: purpose.purpose_message(
        s.snapshot, a_wording(s, waits_until=NOW.date())
    ),
    "purpose.purpose_message of a group that ended": lambda s: purpose.purpose_message(
        s.snapshot, a_wording(s, ended=Ended.GROUP_ENDED, ended_at=NOW)
    ),
    "purpose.purpose_message taken back": lambda s: purpose.purpose_message(
        s.snapshot, a_wording(s, ended=Ended.TAKEN_BACK, ended_at=NOW)
    ),
    "purpose.stands_message": lambda s: purpose.stands_message(s.snapshot, a_wording(s, stood_at=NOW)),
    "purpose.change_message": lambda s: purpose.change_message(s.snapshot, a_wording(s), a_wording(s).asked[0]),
    "purpose.change_message withdrawn": lambda s: purpose.change_message(
        s.snapshot, a_wording(s), replace(a_wording(s).asked[0], text="", withdrawn_at=NOW)
    ),
    "purpose.draft_form": lambda s: purpose.draft_form(s.snapshot, "w9", None),
    "purpose.draft_form of other words": lambda s: purpose.draft_form(s.snapshot, "w9", a_wording(s)),
    "purpose.change_form": lambda s: purpose.change_form(
        replace(s.snapshot, viewer=s.me.id), a_wording(s), "c9", ActionPayload(person=s.me.id)
    ),
    "purpose_sheet.purpose_sheet": lambda s: purpose_sheet.purpose_sheet(with_purposes(s), NOW),
    "purpose_sheet.purpose_sheet at its last page": lambda s: purpose_sheet.purpose_sheet(with_purposes(s), NOW, 9),
    "purpose_sheet.purpose_sheet of none": lambda s: purpose_sheet.purpose_sheet(s.snapshot, NOW),
    "purpose_sheet.said_sheet": lambda s: purpose_sheet.said_sheet(s.snapshot),
    "purpose_sheet.drafted_sheet": lambda s: purpose_sheet.drafted_sheet(s.snapshot, a_wording(s), NOW),
    "purpose_sheet.drafted_sheet of tomorrow": lambda s: purpose_sheet.drafted_sheet(
        s.snapshot, a_wording(s, opens_at=NOW + timedelta(days=1)), NOW
    ),
    "what_for.what_for_sheet with a purpose": lambda s: what_for.what_for_sheet(with_purposes(s)),
    "what_for.what_for_sheet": lambda s: what_for.what_for_sheet(s.snapshot),
    "pulse.pulse_sheet": lambda s: pulse.pulse_sheet(s.snapshot, s.round, "", ActionPayload()),
    "pulse.pulse_sheet answered": lambda s: pulse.pulse_sheet(
        s.snapshot, s.round, "in_parts", ActionPayload(group=s.snapshot.group.id, person=s.me.id)
    ),
    "pulse.pulse_sheet of a meeting called off": lambda s: _called_off(s, "in_parts"),
    "what_for.what_for_sheet behind More": lambda s: what_for.what_for_sheet(
        with_purposes(s), s.round, ActionPayload(group=s.snapshot.group.id)
    ),
    "what_for.what_for_sheet with a pulse": lambda s: what_for.what_for_sheet(s.snapshot, s.round),
    "year.year_sheet": lambda s: year.year_sheet(_year(s), {State.MOVING: 2, State.STUCK: 1}),
    "year.year_sheet of nothing": lambda s: year.year_sheet(_year(s, commitments=(), pulses={}, talks=0), {}),
}
