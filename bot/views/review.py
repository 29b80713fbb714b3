"""Reviews: starting one, its post in the channel, the form that places commitments, and all on one sheet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime

import msgspec

from bot.domain.groups import ended
from bot.domain.inquiry_days import check_day, default_close
from bot.domain.matters import Matter
from bot.domain.open_until import waits_until
from bot.domain.problems import Problem, ProblemCode
from bot.domain.review import MOST_PLACED, Placing, Review, check_open, in_order, under_way
from bot.domain.review_days import id_of_day
from bot.domain.snapshot import GroupSnapshot
from bot.ports import Message, StateValues, View
from bot.ports.blocks import Block
from bot.views import action_payload, blocks, inputs, menu, what_for_doors
from bot.views.action_payload import ActionPayload
from bot.views.blocks import Bold
from bot.views.dates import read_day, say_dated, say_dated_time
from bot.views.put_to_all import ENDED_UNSHOWN, LISTED_UNSHOWN, NOTHING_SHOWN, say_until, say_waits
from bot.views.words import as_posted, called, escape, one_line

START_FORM = "review_form"
PLACE = "review_place"
PLACE_FORM = "review_place_form"
TAKE_OUT = "review_take_out"
READ = "review_read"

UNTIL = "until"
MOST_TO_CHOOSE = 60
"""Commitments in a menu: Slack takes a hundred, but no view of three such menus with long words."""
MOST_PAST = 20
GONE = "A commitment that is no longer kept"

SAID_PLACED = "Kept. Nobody sees it before its day, or that you placed any."
ABOUT = (
    "Each places up to three open commitments as grow, nurture, weed or too early, alone. Nobody sees what others "
    "placed, or how many have. On its day the group sees, for each commitment that three or more placed, roughly "
    "how it fell: most, about half, a few. Who placed what is then deleted."
)
PLACING_WORDS = {
    Placing.GROW: "Grow",
    Placing.NURTURE: "Nurture",
    Placing.WEED: "Weed",
    Placing.TOO_EARLY: "Too early to say",
}


def commitment_field(n: int) -> str:
    """`n`: 1 to `MOST_PLACED`."""
    return f"commitment_{n}"


def placing_field(n: int) -> str:
    """Of the pair that `commitment_field` of the same `n` begins; one without the other is refused there."""
    return f"placing_{n}"


def start_form(snapshot: GroupSnapshot, now: datetime) -> View:
    """Its id is the day's, so that two who start one at once start the same."""
    group = snapshot.group
    closes_at, name = default_close(group, snapshot.rounds.values(), now)
    day = say_dated(closes_at, group.zone)
    usual = f"the day of the brief, {day}" if name else day
    return blocks.form(
        START_FORM,
        "Start a review",
        "Start it",
        action_payload.write(ActionPayload(group=group.id, subject=id_of_day(group, now))),
        blocks.section("Which of our commitments should grow, and which should we stop?"),
        inputs.date_input(UNTIL, f"Its day (else {usual})", optional=True),
        blocks.context(f"{ABOUT} It is posted in the channel under your name."),
    )


def read_start(snapshot: GroupSnapshot, values: StateValues, now: datetime) -> date | None:
    """Raises Problem at the field."""
    picked = inputs.chosen(values, UNTIL)
    return check_day(read_day(picked, UNTIL), snapshot.group, now, UNTIL) if picked else None


def started_sheet(snapshot: GroupSnapshot, one: Review, now: datetime) -> View:
    """Also where it had begun already."""
    every = what_for_doors.reviews_button(snapshot.group.id)
    return blocks.sheet("A review", *_open(snapshot, one, now), blocks.row(every))


def review_message(snapshot: GroupSnapshot, one: Review) -> Message:
    """The post: it says nothing of who placed any, or how many, and only changes with its day."""
    group = snapshot.group
    begins = (
        f"{as_posted(snapshot, one.called, one.by)} has started a review." if one.by else "It is time for a review."
    )
    asks = f"{begins} Which of our commitments should grow, and which should we stop?"
    value = action_payload.write(ActionPayload(group=group.id, subject=one.id))
    if one.under_way and one.waits_until:
        words = say_waits(group, one.waits_until, posted=True)
        buttons = [blocks.button("What I placed", PLACE, value), menu.more_button(group.id)]
    elif one.under_way:
        words = (
            f"Each places up to three, alone, until {say_dated_time(one.closes_at, group.zone)}. Nobody sees what "
            "others placed; then it is shown together here, never by person."
        )
        buttons = [blocks.button("Place them", PLACE, value, style="primary"), menu.more_button(group.id)]
    elif one.shown:
        words = "Its day has come. What it showed is in the thread and here; who placed what is deleted."
        buttons = [blocks.button("Read what it showed", READ, value), menu.more_button(group.id)]
    else:
        too_few = "Its day has come. Nothing is shown: no commitment was placed by as many as it takes."
        words = ENDED_UNSHOWN if one.unshown else too_few
        buttons = [menu.more_button(group.id)]
    return blocks.message(
        escape(f"{asks} {words}"),
        blocks.paragraph(asks),
        blocks.context(escape(words)),
        blocks.row(*buttons),
    )


def place_form(snapshot: GroupSnapshot, one: Review, own: Mapping[str, Placing], aimed: ActionPayload) -> View:
    """To the reader alone: with what they placed. `aimed`: at where it was opened."""
    open_now = in_order(snapshot.commitments.values())
    if len(open_now) > MOST_TO_CHOOSE:  # those that something was said of last
        said_of = sorted(open_now, key=lambda c: c.history[-1].at if c.history else c.made_at)
        open_now = said_of[-MOST_TO_CHOOSE:]
    open_now = sorted(open_now, key=lambda c: snapshot.viewer not in c.tenders)  # one's own first
    choices = [inputs.option(one_line(c.what, 75), c.id) for c in open_now]
    ways = [inputs.option(PLACING_WORDS[way], way) for way in Placing]
    before = [id_ for id_ in own if id_ in [c.id for c in open_now]][:MOST_PLACED]
    fields: list[Block] = []
    for n in range(1, min(MOST_PLACED, len(choices)) + 1):
        had = before[n - 1] if n <= len(before) else ""
        which = inputs.select(commitment_field(n), choices, had, placeholder="Which")
        how = inputs.select(placing_field(n), ways, own.get(had), placeholder="How")
        fields += [
            inputs.asked(commitment_field(n), f"Commitment {n}", which),
            inputs.asked(placing_field(n), f"Place {n}", how),
        ]
    until = say_until(snapshot, one.closes_at)
    value = action_payload.write(ActionPayload(group=snapshot.group.id, subject=one.id))
    out = [blocks.row(blocks.button("Take mine out", TAKE_OUT, value))] if own else []
    return blocks.form(
        PLACE_FORM,
        "Place commitments",
        "Save",
        action_payload.write(msgspec.structs.replace(aimed, group=snapshot.group.id, subject=one.id)),
        blocks.section(f"One is enough. Until {until} you can change it."),
        *fields,
        blocks.context(
            "Nobody sees what others placed, or how many have. On its day the group sees roughly how each fell, "
            "where three or more placed it and five could have: most, about half, a few. Who placed what is then "
            "deleted. Those who pool theirs can still guess the rest."
        ),
        *out,
    )


def read_placings(snapshot: GroupSnapshot, values: StateValues) -> dict[str, Placing]:
    """Raises Problem at the field: for half of a pair, one commitment twice, one that is open no more, and none."""
    placed: dict[str, Placing] = {}
    for n in range(1, MOST_PLACED + 1):
        which, how = inputs.chosen(values, commitment_field(n)), inputs.chosen(values, placing_field(n))
        if bool(which) != (how in list(Placing)):
            raise Problem(ProblemCode.REVIEW_HALF, placing_field(n) if which else commitment_field(n))
        if not which:
            continue
        if which in placed:
            raise Problem(ProblemCode.REVIEW_TWICE, commitment_field(n))
        check_open(which, snapshot.commitments, commitment_field(n))
        placed[which] = Placing(how)
    if not placed:
        raise Problem(ProblemCode.REVIEW_EMPTY, commitment_field(1))
    return placed


def kept_sheet(snapshot: GroupSnapshot, one: Review) -> View:
    """To who placed some, in place of the form: no message says that they did."""
    value = action_payload.write(ActionPayload(group=snapshot.group.id, subject=one.id))
    return blocks.sheet(
        "Place commitments",
        blocks.section(SAID_PLACED),
        blocks.row(blocks.button("Change mine", PLACE, value)),
    )


def own_sheet(snapshot: GroupSnapshot, one: Review, own: Mapping[str, Placing], until: date) -> View:
    """To the reader alone, after the day of a review that waits `until` then: what they placed, to be taken out."""
    value = action_payload.write(ActionPayload(group=snapshot.group.id, subject=one.id))
    held = snapshot.commitments
    parts = [
        blocks.paragraph(Bold(one_line(held[id_].what, 160) if id_ in held else GONE), f"\n{PLACING_WORDS[way]}")
        for id_, way in own.items()
    ]
    if own:
        parts.append(blocks.row(blocks.button("Take mine out", TAKE_OUT, value)))
    return blocks.sheet(
        "What I placed",
        *(parts or [blocks.section("You placed none.")]),
        blocks.context(say_waits(snapshot.group, until, posted=one.posted is not None)),
    )


def taken_out_sheet(*, again: bool) -> View:
    """To who took theirs out; `again`: before its day."""
    more = " You can place some again until its day." if again else ""
    return blocks.sheet("Place commitments", blocks.section(f"Taken out, and deleted.{more}"))


def reviews_sheet(snapshot: GroupSnapshot, now: datetime) -> View:
    """The one that is open, and those that had their day, the newest first."""
    running = under_way(snapshot.reviews.values())
    # an id is the day on which it began
    past = sorted((one for one in snapshot.reviews.values() if one.closed_at), key=lambda one: one.id, reverse=True)
    parts: list[Block] = [*_open(snapshot, running, now)] if running else [blocks.section(ABOUT)]
    for one in past[:MOST_PAST]:
        assert one.closed_at is not None
        words = f"The review of {say_dated(one.closed_at, snapshot.group.zone)}"
        value = action_payload.write(ActionPayload(group=snapshot.group.id, subject=one.id))
        read = blocks.button("Read what it showed", f"{READ}:{one.id}", value)
        nothing = LISTED_UNSHOWN if one.unshown else NOTHING_SHOWN
        parts.append(blocks.line(words, read) if one.shown else blocks.paragraph(f"{words}: {nothing}"))
    start = (
        []
        if running or ended(snapshot.group, now)
        else [blocks.row(what_for_doors.review_button(snapshot.group.id))]
    )
    return blocks.sheet("Reviews", *parts, *start)


def review_line(snapshot: GroupSnapshot, matter: Matter) -> str:
    """To one leader; `matter` is of a review in the snapshot, and says until when in their own zone."""
    one = snapshot.reviews[matter.subject]
    who = "You have" if matter.own else f"{called(snapshot, one.by)} has"
    begun = f"{who} started a review" if one.by else "It is time for a review"
    return (
        f"{begun}: which of our commitments should grow, and which should we stop? Each places up to three alone, "
        f"until {say_until(snapshot, matter.until, matter.person_id)}; nobody sees who has."
    )


def _open(snapshot: GroupSnapshot, one: Review, now: datetime) -> Iterable[Block]:
    who = called(snapshot, one.by) if one.by else ""
    begun = f"{who} has started a review." if who else "A review is under way."
    value = action_payload.write(ActionPayload(group=snapshot.group.id, subject=one.id))
    if one.open(now):
        yield blocks.paragraph(f"{begun} Open until {say_dated_time(one.closes_at, snapshot.group.zone)}. {ABOUT}")
        yield blocks.row(blocks.button("Place them", PLACE, value))
    elif until := waits_until(one, snapshot.group, now):
        yield blocks.paragraph(f"{begun} {say_waits(snapshot.group, until, posted=one.posted is not None)}")
        yield blocks.row(blocks.button("What I placed", PLACE, value))
    else:
        yield blocks.paragraph(f"{begun} Its day has come.")
