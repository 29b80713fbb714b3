"""What the leaders of one organisation have shared with everyone in a group: what any leader of it can read.

For an organisation that must keep, or hand over, its own people's words. The personal lane is left out, also
where it was for everyone: it is the person's and not the organisation's.
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec.structs import replace

from bot.domain import exported
from bot.domain.inquiry import standing
from bot.domain.items import Item, What
from bot.domain.snapshot import GroupSnapshot, Section

NEEDS = (
    Section.NAMES
    | Section.DIGESTS
    | Section.COMMITMENTS
    | Section.ASKS
    | Section.OFFERS
    | Section.BRIEFS
    | Section.INQUIRIES
)

_READABLE = frozenset(
    {
        What.COMMITMENT,
        What.PART,
        What.FIRST_STEP,
        What.BENEFIT,
        What.TAGS,
        What.WORDS_BEFORE,
        What.PROGRESS,
        What.NOTICED,
        What.ASK,
        What.OFFER,
        What.INQUIRY,
    }
)
"""Of a person's own items, those that the whole group reads."""

SHARED = _READABLE | {What.PLATE_ORGANISATION, What.PLATE_QUESTION, What.BRIEF_LINE, What.INQUIRY_ANSWER}


def shared_by(
    snapshot: GroupSnapshot, organisation: str, answers: Mapping[str, Mapping[str, str]]
) -> list[tuple[str, Item]]:
    """Each with the person id of whose it is. `answers`: the words of answers that were shown, by their question
    and their own id."""
    members = {id_ for id_, one in snapshot.leaders.items() if one.organisation == organisation}
    put_to_all = [one for one in snapshot.inquiries.values() if not (one.waits or one.taken_back_at)]
    # what was posted, under the name of whoever shared it for that organisation, for which they may speak no more
    found = [
        (line.person_id, Item(what=what, text=text, at=digest.composed_at, about=digest.round))
        for digest in snapshot.digests.values()
        if digest.posted
        for line in digest.plates
        if line.organisation == organisation
        for what, text in (
            (What.PLATE_ORGANISATION, line.organisation_lane),
            (What.PLATE_QUESTION, line.question),
        )
        if text
    ]
    for id_ in sorted(members):
        records = [
            *(exported.commitment(one, id_) for one in snapshot.commitments.values()),
            *(exported.ask(one, id_) for one in snapshot.asks.values()),
            *(exported.offer(one, id_) for one in snapshot.offers.values()),
            *(exported.inquiry(one, id_) for one in put_to_all),
        ]
        items = [item for some in records for item in some if item.what in _READABLE and not item.private]
        found += [(id_, replace(item, people=())) for item in items]
        found += [(id_, item) for item in _said(snapshot, id_, answers)]
    return found


def _said(snapshot: GroupSnapshot, person_id: str, answers: Mapping[str, Mapping[str, str]]) -> list[Item]:
    """Lines they added to briefs that were posted, and answers with their name to them."""
    lines = [item for one in snapshot.briefs.values() if one.posted for item in exported.brief(one, person_id)]
    return lines + [
        Item(what=What.INQUIRY_ANSWER, text=answers[id_][each.id], at=one.closed_at, about=one.question)
        for id_, one in snapshot.inquiries.items()
        for each in standing(one)
        if each.by == person_id and each.id in answers.get(id_, {})
    ]
