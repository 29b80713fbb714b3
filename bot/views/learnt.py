"""What we learnt: what was let go and what was reshaped, the newest first, in pages; found by words."""

from __future__ import annotations

from bot.domain import moments
from bot.domain.learning import Learning, Sort
from bot.domain.learnt import all_learnt, matching
from bot.domain.snapshot import GroupSnapshot
from bot.ports import StateValues, View
from bot.ports.blocks import Block
from bot.views import action_payload, blocks, inputs
from bot.views.action_payload import ActionPayload
from bot.views.blocks import Bold
from bot.views.dates import say_dated
from bot.views.paging import paged, turns, weight
from bot.views.words import called, cut, one_line, quote

FORM = "learnt_form"
PAGE = "learnt_page"
UNLEARN = "learnt_pull_back"

WORDS = "words"

LONGEST = 100
MOST_ON_A_PAGE = 15
QUOTED = 500


def learnt_form(snapshot: GroupSnapshot, typed: str = "", page: int = 0) -> View:
    """Sent, it shows those that have the words in it."""
    typed = cut(one_line(typed, LONGEST), LONGEST)
    every = all_learnt(snapshot)
    found = matching(every, typed)
    pages = paged(found, lambda one: weight(one.what, one.was, one.words), MOST_ON_A_PAGE)
    page = max(0, min(page, len(pages) - 1))
    here = ActionPayload(group=snapshot.group.id, page=page)
    parts: list[Block] = []
    for one in pages[page]:
        parts += _told(snapshot, one)
    if not every:
        parts.append(blocks.section("Nothing was let go or reshaped yet. What you learn by that will stand here."))
    elif not found:
        parts.append(blocks.section("Nothing has all of these words. Fewer of them may find more."))
    return blocks.form(
        FORM,
        "What we learnt",
        "Find",
        action_payload.write(here),
        inputs.text_input(WORDS, "With the words", initial=typed, most=LONGEST),
        blocks.context(
            "What was let go or reshaped, in the words of who said it. It is kept as long as the group."
        ),
        *parts,
        *turns(PAGE, here, len(pages)),
    )


def read_words(values: StateValues) -> str:
    """Raises Problem where it is too long."""
    return inputs.typed_within(values, WORDS, LONGEST)


def _told(snapshot: GroupSnapshot, one: Learning) -> list[Block]:
    """One's own words can be pulled back."""
    on = say_dated(one.at, snapshot.group.zone)
    how = "let go" if one.sort is Sort.LET_GO else "reshaped"
    lines = [
        f"{called(snapshot, one.by)}, {how} on {on}.",
        *([f"It was: {quote(one.was, QUOTED)}"] if one.was else []),
    ]
    told = blocks.paragraph(Bold(one_line(one.what, QUOTED)), *(f"\n{line}" for line in lines))
    if not one.words:
        return [told]
    if one.by != snapshot.viewer:
        return [told, blocks.quote(one.words)]
    # by its moment, since one commitment may teach several things on a page
    at = moments.written(one.at)
    value = action_payload.write(ActionPayload(group=snapshot.group.id, subject=f"{one.commitment_id}.{at}"))
    action = f"{UNLEARN}:{one.commitment_id}.{at}"
    return [told, blocks.quote(one.words), blocks.row(blocks.button("Pull it back", action, value))]
