"""Answers put together under headings by the group's own hand: what *where we differ* means. History is kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from msgspec.structs import replace

from bot.domain.brief import BriefLine, Why
from bot.domain.inquiry import Grouping, Inquiry, standing
from bot.domain.problems import Problem, ProblemCode

MOST_GROUPINGS = 200
LEAST_TO_DIFFER = 2
"""With one heading alone nobody differs."""


def put_together(inquiry: Inquiry, new: Grouping) -> Inquiry:
    """The same again, as from a form that was sent twice, changes nothing. Raises Problem where no answer that
    stands is chosen, none has been shown yet, or there is no room for more history."""
    if inquiry.closed_at is None:
        raise Problem(ProblemCode.INQUIRY_SEALED)
    if any(one.id == new.id for one in inquiry.groupings):
        return inquiry
    there = {one.id for one in standing(inquiry)}
    chosen = tuple(id_ for id_ in new.answers if id_ in there)
    if not chosen:
        raise Problem(ProblemCode.HEADING_OF_NOTHING, "answers")
    if len(inquiry.groupings) >= MOST_GROUPINGS:
        raise Problem(ProblemCode.HEADINGS_FULL, "heading")
    same = next((one for one in headings(inquiry) if one.casefold() == new.heading.casefold()), new.heading)
    return replace(inquiry, groupings=(*inquiry.groupings, replace(new, heading=same, answers=chosen)))


def headings(inquiry: Inquiry) -> dict[str, list[str]]:
    """Each with the ids of the answers under it, as things are now; the oldest first. One without any is gone."""
    under = {id_: one.heading for one in inquiry.groupings for id_ in one.answers}
    there = [one.id for one in standing(inquiry)]
    names = dict.fromkeys(one.heading for one in inquiry.groupings if one.heading)
    found = {name: [id_ for id_ in there if under.get(id_) == name] for name in names}
    return {name: ids for name, ids in found.items() if ids}


def apart(inquiries: Iterable[Inquiry], since: datetime) -> Iterator[BriefLine]:
    """Where inquiries showed us apart: a line for each heading that came up since then, in the name of whoever put
    it there; the oldest first."""
    lines = []
    for inquiry in inquiries:
        now = headings(inquiry)
        if len(now) < LEAST_TO_DIFFER:
            continue
        for name in now:
            first = next(one for one in inquiry.groupings if one.heading == name)
            if first.at > since:
                lines.append(
                    BriefLine(
                        why=Why.APART,
                        id=f"{inquiry.id}.{first.id}",
                        text=name,
                        whose=(first.by,),
                        since=first.at,
                    )
                )
    yield from sorted(lines, key=lambda line: (line.since, line.id))


def still_apart(inquiries: Iterable[Inquiry], line: BriefLine) -> bool:
    """Whether a heading that stands in a brief has answers under it yet; one whose inquiry is not kept has."""
    id_, _, first = line.id.partition(".")
    inquiry = next((one for one in inquiries if one.id == id_), None)
    heading = next((one.heading for one in inquiry.groupings if one.id == first), "") if inquiry else ""
    return inquiry is None or heading in headings(inquiry)
