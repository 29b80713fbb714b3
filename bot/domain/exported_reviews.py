"""What reviews, and what was learnt, hold of a person: for their own eyes and files."""

from __future__ import annotations

from bot.domain.items import Item, What
from bot.domain.learning import Learnt
from bot.domain.review import Placings, Review


def review(one: Review, person_id: str) -> list[Item]:
    """That they started it, and of which commitments they suggested in it to stop."""
    items = [Item(what=What.REVIEW, at=one.at)] if one.by == person_id else []
    return items + [
        Item(what=What.REVIEW_STOP, at=each.at, about=each.commitment_id)
        for each in one.stops
        if each.by == person_id
    ]


def placings(one: Placings, person_id: str) -> list[Item]:  # noqa: ARG001
    """Private: until its day nobody knows that they placed any, and then it is deleted."""
    return [
        Item(what=What.PLACED, text=way.value, at=one.at, about=id_, private=True)
        for id_, way in one.placed.items()
    ]


def learnt(one: Learnt, person_id: str) -> list[Item]:
    """Their own words alone."""
    return [
        Item(what=What.LEARNT, text=each.words, at=each.at, about=each.what)
        for each in one.learnings
        if each.by == person_id
    ]
