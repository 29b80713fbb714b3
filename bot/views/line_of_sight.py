"""The line of sight: my part → the commitment → the aim → whose life gets better; and the menu of aims."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.commitments import Commitment
from bot.domain.line_of_sight import aim_served, in_sight, line_of_sight, serving
from bot.domain.snapshot import GroupSnapshot
from bot.domain.tending import tended_by
from bot.ports import StateValues, View
from bot.ports.blocks import Block
from bot.views import blocks, inputs, menu
from bot.views.blocks import Bold
from bot.views.words import one_line

SERVES = "serves"
NONE = "none"

ARROW = " → "
PIECE = 120
"""Characters of each part of a line."""

MOST_OWN = 10
MOST_SERVING = 8
AS_IT_WAS = " (as it was)"

HOW = "My part → the commitment → the aim it serves → whose life gets better"


def serves_words(snapshot: GroupSnapshot, commitment: Commitment) -> str:
    """The aim in words, as it was where it is none any more; empty where it names none."""
    found = aim_served(commitment, snapshot.purpose)
    return f"{found[0].text}{'' if found[1] else AS_IT_WAS}" if found else ""


def own_sight(
    snapshot: GroupSnapshot,
    tended: Sequence[Commitment],
    most: int,
    piece: int = PIECE,
    title: str = "Line of sight",
) -> list[Block]:
    """Of what the viewer tends, in one block, or none. What nobody said is left out; each part is cut to `piece`
    characters."""
    said = []
    for line in in_sight(tended, snapshot.purpose, snapshot.viewer)[:most]:
        aim = f"{one_line(line.aim, piece)}{'' if line.still else AS_IT_WAS}" if line.aim else ""
        said_of = [one_line(text, piece) for text in (line.part, line.commitment.what)]
        pieces = [*said_of, aim, one_line(line.benefit, piece)]
        said.append(f"\n• {ARROW.join(filter(None, pieces))}")
    return [blocks.paragraph(Bold(title), *said)] if said else []


def sight_sheet(snapshot: GroupSnapshot) -> View:
    """What Home shows, for where there is none; and for each aim what serves it."""
    standing = snapshot.purpose.standing
    tended = tended_by(snapshot.commitments.values(), snapshot.viewer)
    parts: list[Block] = [blocks.aside(HOW)]
    own = own_sight(snapshot, tended, MOST_OWN, title="What you tend")
    if own:
        parts += own
    elif tended:
        parts.append(
            blocks.section("None of what you tend names an aim yet. *Change its words* has a place for it.")
        )
    else:
        parts.append(blocks.section("You tend nothing just now."))
    for aim in standing.aims if standing else ():
        found = serving(snapshot.commitments.values(), aim)
        lines = []
        for one in found[:MOST_SERVING]:
            part = line_of_sight(one, snapshot.purpose, snapshot.viewer).part
            pieces = [one_line(text, PIECE) for text in (part, one.what, one.benefit)]
            lines.append(f"\n• {ARROW.join(filter(None, pieces))}")
        left = len(found) - len(lines)
        more = [f"\nAnd {left} more."] if left > 0 else []
        nothing = [] if found else ["\nNothing serves it yet."]
        parts.append(blocks.paragraph(Bold(aim.text), *lines, *more, *nothing))
    group = snapshot.group.id
    return blocks.sheet(
        "Line of sight",
        *parts,
        blocks.row(menu.commitments_button(group), menu.commit_button(group), menu.purpose_button(group)),
    )


def serves_inputs(snapshot: GroupSnapshot, before: Commitment | None) -> list[Block]:
    """Which aim it serves; not asked where there is none to choose."""
    standing = snapshot.purpose.standing
    options = [inputs.option(one_line(aim.text, 75), aim.id) for aim in (standing.aims if standing else ())]
    found = aim_served(before, snapshot.purpose) if before else None
    if found and not found[1]:
        # an aim that stands no more is kept, unless they choose another: the form was opened for other words
        options.append(inputs.option(f"{one_line(found[0].text, 60)}{AS_IT_WAS}", found[0].id))
    if not options:
        return []
    options.append(inputs.option("None of these", NONE))
    chosen = found[0].id if found else None
    menu_of = inputs.select(SERVES, options, chosen, placeholder="Which aim")
    return [inputs.asked(SERVES, "Serves", menu_of)]


def read_serves(values: StateValues) -> str | None:
    """The aim's id, empty for none; None where the form did not ask."""
    if SERVES not in values:
        return None
    chosen = inputs.chosen(values, SERVES)
    return "" if chosen == NONE else chosen
