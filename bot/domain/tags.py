"""The group's own tags: what its commitments carry, two at most each. The group's list is what they carry.

The same tag in other letters is one: it is spelt as the group spelt it first.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from bot.domain.commitments import Commitment
from bot.domain.problems import Problem, ProblemCode
from bot.domain.spelling import seen

MOST_TAGS = 2
LONGEST_TAG = 30

_BETWEEN = re.compile(r"[,;\n]")


def folded(tag: str) -> str:
    """What two spellings of one tag have in common."""
    return " ".join(tag.split()).casefold()


def split(typed: str, field: str | None = None) -> tuple[str, ...]:
    """The tags that somebody typed, with commas between, each once. Raises Problem at the field where they are too
    many, or one is too long."""
    found = [" ".join(part.split()).lstrip("# ") for part in _BETWEEN.split(typed)]
    once: dict[str, str] = {}
    for tag in found:
        if any(map(seen, tag)):
            once.setdefault(folded(tag), tag)
    tags = tuple(once.values())
    if len(tags) > MOST_TAGS:
        raise Problem(ProblemCode.TAGS_TOO_MANY, field, most=MOST_TAGS)
    longest = max(map(len, tags), default=0)
    if longest > LONGEST_TAG:
        raise Problem(ProblemCode.TAG_TOO_LONG, field, length=longest, most=LONGEST_TAG)
    return tags


def known(commitments: Iterable[Commitment]) -> list[str]:
    """The group's list: what most carry comes first. Each is spelt as on the oldest that carries it."""
    counted: Counter[str] = Counter()
    spelt: dict[str, str] = {}
    for commitment in sorted(commitments, key=lambda c: (c.made_at, c.id)):
        for tag in commitment.tags:
            counted[folded(tag)] += 1
            spelt.setdefault(folded(tag), tag)
    return [spelt[key] for key in sorted(spelt, key=lambda key: (-counted[key], key))]


def spelt_as(tags: Iterable[str], others: Iterable[Commitment]) -> tuple[str, ...]:
    """As the group spells them, where it has them."""
    list_ = {folded(tag): tag for tag in known(others)}
    return tuple(list_.get(folded(tag), tag) for tag in tags)
