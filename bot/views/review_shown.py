"""What a review showed, as bands: in its thread, on a sheet; and suggesting to stop one: its maker decides."""

from __future__ import annotations

from bot.domain.bands import Band
from bot.domain.commitments import Commitment
from bot.domain.matters import Matter
from bot.domain.review import Banded, Review, may_stop
from bot.domain.snapshot import GroupSnapshot
from bot.ports import Message, StateValues, View
from bot.ports.blocks import Block
from bot.views import action_payload, blocks, inputs
from bot.views.action_payload import ActionPayload
from bot.views.blocks import Bold
from bot.views.commitments import named
from bot.views.dates import say_dated
from bot.views.paging import paged, turns, weight
from bot.views.put_to_all import ENDED_UNSHOWN
from bot.views.review import MOST_TO_CHOOSE, PLACING_WORDS
from bot.views.words import called, contained, cut, escape, one_line

SUGGEST = "review_suggest_stop"
SUGGEST_FORM = "review_stop_form"
PAGE = "review_page"
LET_GO = "review_let_go"

STOP = "stop"

MOST_IN_MESSAGE = 30
MOST_ON_A_PAGE = 25
QUOTED = 160

SAID_LET_GO = "Let go. What you learnt stands in its history, and under What we learnt."
SAID_SUGGESTED = (
    "Its maker is asked whether to let it go: once, in the name of whoever suggests it first. They decide alone; "
    "if they keep it, nobody is told."
)
BAND_WORDS = {
    Band.NEARLY_ALL: "nearly all",
    Band.MOST: "most",
    Band.HALF: "about half",
    Band.FEW: "a few",
}


def bands_message(snapshot: GroupSnapshot, one: Review) -> Message:
    """In the thread: of very many commitments the first, the rest on the sheet."""
    known = _known(snapshot, one)
    stands = "What the review showed, of those that three or more placed:"
    opening = stands if known else "Nothing of what the review showed is kept any more."
    lines = [_line(c, banded) for c, banded in known[:MOST_IN_MESSAGE]]
    left = len(known) - len(lines)
    more = [blocks.aside(f"And {left} more, under Read what it showed.")] if left else []
    text = "\n".join([opening, *(f"{what}: {fell}" for what, fell in lines)])
    told = [blocks.paragraph(Bold(what), f"\n{fell}") for what, fell in lines]
    return blocks.message(escape(cut(text, 3000)), blocks.section(opening), *told, *more, *_suggest(snapshot, one))


def shown_sheet(snapshot: GroupSnapshot, one: Review, page: int = 0) -> View:
    """To any leader, from its day on: bands, and no number or name of who placed what. Of commitments
    kept still."""
    known = _known(snapshot, one)
    pages = paged(known, lambda each: weight(each[0].what[:QUOTED]), MOST_ON_A_PAGE)
    page = max(0, min(page, len(pages) - 1))
    parts: list[Block] = []
    if one.closed_at and not one.unshown:
        parts.append(blocks.aside(f"Shown {say_dated(one.closed_at, snapshot.group.zone)}."))
    for c, banded in pages[page]:
        what, fell = _line(c, banded)
        parts.append(blocks.paragraph(Bold(what), f"\n{fell}"))
    if not known:
        too_few = "Nothing was shown: no commitment was placed by as many as it takes."
        parts.append(blocks.section(ENDED_UNSHOWN if one.unshown else too_few))
    here = ActionPayload(group=snapshot.group.id, subject=one.id, page=page)
    return blocks.sheet("What it showed", *parts, *_suggest(snapshot, one), *turns(PAGE, here, len(pages)))


def _known(snapshot: GroupSnapshot, one: Review) -> list[tuple[Commitment, Banded]]:
    """What was shown, of commitments that are kept still."""
    kept = snapshot.commitments
    return [(kept[each.commitment_id], each) for each in one.shown if each.commitment_id in kept]


def _line(commitment: Commitment, banded: Banded) -> tuple[str, str]:
    """Its words, and how it fell: “Most: grow. A few: weed.”"""
    fell = [f"{BAND_WORDS[band].capitalize()}: {PLACING_WORDS[way].lower()}." for way, band in banded.bands.items()]
    fell += [] if commitment.state.open else [f"{named(commitment.state)} since."]
    return one_line(commitment.what, QUOTED), " ".join(fell)


def _suggest(snapshot: GroupSnapshot, one: Review) -> list[Block]:
    if not may_stop(one, snapshot.commitments):
        return []
    value = action_payload.write(ActionPayload(group=snapshot.group.id, subject=one.id))
    return [blocks.row(blocks.button("Suggest stopping one", SUGGEST, value))]


def suggest_form(snapshot: GroupSnapshot, one: Review) -> View:
    """To any leader: others' commitments that some would weed, as far as a menu holds them. A sheet that says so
    where there are none."""
    # nobody suggests it to themselves: they let go of their own whenever they like; nor to who has left
    others = snapshot.active().keys() - {snapshot.viewer}
    weeded = [snapshot.commitments[banded.commitment_id] for banded in may_stop(one, snapshot.commitments)]
    found = [c for c in weeded if c.made_by in others][:MOST_TO_CHOOSE]
    if not found:
        return blocks.sheet(
            "Stop one?",
            blocks.section(
                "There is nobody to suggest it to. Your own you can let go of at any time, and what its maker left "
                "behind anybody can take up."
            ),
        )
    options = [inputs.option(one_line(c.what, 75), c.id) for c in found]
    return blocks.form(
        SUGGEST_FORM,
        "Stop one?",
        "Suggest it",
        action_payload.write(ActionPayload(group=snapshot.group.id, subject=one.id)),
        inputs.asked(STOP, "Which one", inputs.select(STOP, options, placeholder="Which"), optional=False),
        blocks.context(
            "Its maker is asked once, with the name of whoever suggests it first, and decides alone. If they keep "
            "it, nobody is told. "
            "You can suggest one after each review."
        ),
    )


def read_stop(values: StateValues) -> str:
    """A commitment's id, or empty; whether it may be suggested is for the use case to say."""
    return inputs.chosen(values, STOP)


def suggested_sheet(commitment: Commitment) -> View:
    """In place of the form; its maker has not been asked yet."""
    return blocks.sheet("Suggested", blocks.quote(one_line(commitment.what, 500)), blocks.section(SAID_SUGGESTED))


def stop_line(snapshot: GroupSnapshot, matter: Matter) -> str:
    """To its maker alone, with the name of whoever suggested it first; `matter` is of a suggestion that is kept."""
    commitment_id, _, id_ = matter.subject.partition(".")
    stop = next(one for one in snapshot.reviews[id_].stops if one.commitment_id == commitment_id)
    what = one_line(snapshot.commitments[commitment_id].what, QUOTED)
    who = "you suggest" if matter.own else f"{called(snapshot, stop.by)} suggests"
    return (
        f"In the review some would weed “{contained(what)}”, and {who} stopping it. "
        "You decide alone; if you keep it, nobody is told."
    )
