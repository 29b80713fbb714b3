"""A commitment's tags in its form: one line, with the group's own list beside it."""

from __future__ import annotations

from bot.domain.commitments import Commitment
from bot.domain.snapshot import GroupSnapshot
from bot.domain.tags import LONGEST_TAG, MOST_TAGS, known, split
from bot.ports import StateValues
from bot.ports.blocks import Block
from bot.views import inputs
from bot.views.words import listed_within, one_line

TAGS = "tags"

# more than two tags take: what is too long is refused in our words, not by a field that takes no more
LONGEST = MOST_TAGS * (LONGEST_TAG + 10)
MOST_LISTED = 200
"""Characters of the group's list."""


def tags_input(snapshot: GroupSnapshot, before: Commitment | None) -> Block:
    """The group's list stands below it: what is typed anew is in it from then on."""
    in_use = known(snapshot.commitments.values())
    use = f" In use here: {listed_within(in_use, MOST_LISTED)}." if in_use else ""
    return inputs.text_input(
        TAGS,
        "Tags",
        initial=", ".join(before.tags) if before else "",
        most=LONGEST,
        hint=f"Up to two, with a comma between: what it is about, not who, for our year.{use}",
    )


def read_tags(values: StateValues) -> tuple[str, ...] | None:
    """None where the form did not ask. Raises Problem at the field."""
    if TAGS not in values:
        return None
    return split(one_line(inputs.typed_within(values, TAGS, LONGEST), LONGEST), TAGS)
