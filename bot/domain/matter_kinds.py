"""Every sort of matter there is: the one table; and what of it wants whose attention."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from itertools import islice

from bot.domain import (
    calls,
    exchange,
    first_steps,
    glad,
    inquiry_days,
    introduced,
    passing,
    pulse_days,
    purpose_days,
    review_days,
    tending,
)
from bot.domain.asks import Ask
from bot.domain.groups import MessageRef
from bot.domain.inquiry import Inquiry
from bot.domain.matters import Matter, MatterCode, MatterKind, Rank, code_of, subject_of, unended, unput
from bot.domain.purpose import Wording
from bot.domain.review import Review
from bot.domain.snapshot import GroupSnapshot

Names = Callable[[GroupSnapshot, str], Iterable[str]]


def _by(find: Callable[[GroupSnapshot, str], Ask | Inquiry | Review | Wording | None]) -> Names:
    """Of a matter that is about one record its words name whoever that is by, if it is by anybody."""

    def names(snapshot: GroupSnapshot, subject: str) -> tuple[str, ...]:
        found = find(snapshot, subject)
        return (found.by,) if found and found.by else ()

    return names


MATTER_KINDS: Mapping[MatterCode, MatterKind] = {
    MatterCode.ASK: MatterKind(
        Rank.SOMEBODY_WAITS, exchange.ask_matters, _by(lambda kept, id_: kept.asks.get(id_))
    ),
    MatterCode.UNHELD: MatterKind(Rank.TOGETHER, tending.unheld_matters, tending.concerned),
    MatterCode.STUCK: MatterKind(Rank.SOMEBODY_WAITS, calls.call_matters, tending.concerned),
    MatterCode.FIRST_STEP: MatterKind(Rank.ITS_DAY, first_steps.step_matters, tending.concerned),
    MatterCode.OFFER_ENDS: MatterKind(Rank.ITS_DAY, exchange.offer_matters, lambda _, __: ()),
    MatterCode.TALK: MatterKind(Rank.ITS_DAY, introduced.talk_matters, introduced.names),
    MatterCode.TWENTY: MatterKind(Rank.SOMEBODY_WAITS, introduced.tick_matters, introduced.names),
    MatterCode.PASSED_ON: MatterKind(Rank.TOGETHER, passing.passing_matters, tending.concerned),
    MatterCode.INQUIRY: MatterKind(
        Rank.TOGETHER, inquiry_days.inquiry_matters, _by(lambda kept, id_: kept.inquiries.get(id_))
    ),
    MatterCode.INQUIRY_OFFER: MatterKind(Rank.TOGETHER, inquiry_days.offer_matters, lambda _, __: ()),
    MatterCode.REVIEW: MatterKind(
        Rank.TOGETHER, review_days.review_matters, _by(lambda kept, id_: kept.reviews.get(id_))
    ),
    MatterCode.REVIEW_STOP: MatterKind(Rank.TOGETHER, review_days.stop_matters, review_days.stopper),
    MatterCode.PURPOSE: MatterKind(
        Rank.TOGETHER, purpose_days.purpose_matters, _by(lambda kept, id_: kept.purpose.find(id_))
    ),
    MatterCode.STOP_OFFER: MatterKind(Rank.TOGETHER, pulse_days.stop_matters, lambda _, __: ()),
    MatterCode.GLAD: MatterKind(Rank.NEWS, glad.glad_matters, glad.heard_from),
    MatterCode.PULSE: MatterKind(Rank.PULSE, pulse_days.pulse_matters, lambda _, __: ()),
}


def rank(matter: Matter) -> Rank:
    """What it comes before, among those that wait for one leader; see `Rank`."""
    return MATTER_KINDS[matter.code].rank


def waiting_for(snapshot: GroupSnapshot, now: datetime) -> dict[str, list[Matter]]:
    """What wants somebody's attention now or will, by person, in the order in which it comes to them: what was
    never put to them and they did not end. Nobody is asked by us what they ask themselves."""
    found: dict[str, list[Matter]] = defaultdict(list)
    for matter in _alive(snapshot, MATTER_KINDS.values(), now):
        found[matter.person_id].append(matter)
    return {
        id_: unput((one for one in _in_order(some) if not one.own), snapshot.attention.get(id_))
        for id_, some in found.items()
    }


def for_you(snapshot: GroupSnapshot, person_id: str, now: datetime) -> list[Matter]:
    """What somebody can answer now, put to them already or not."""
    mine = [one for one in _alive(snapshot, MATTER_KINDS.values(), now) if one.person_id == person_id]
    return [*unended(_in_order(mine), snapshot.attention.get(person_id), now)]


def still(snapshot: GroupSnapshot, person_id: str, ids: Iterable[str], now: datetime) -> list[Matter]:
    """Of these ids, the matters that can be answered now."""
    wanted = {*ids}
    kinds = [MATTER_KINDS[code] for code in {code_of(id_) for id_ in wanted} if code]
    mine = (one for one in _alive(snapshot, kinds, now) if one.person_id == person_id and one.id in wanted)
    found = islice(mine, len(wanted))  # a matter is put to one once, so no more need be looked for
    return [*unended(_in_order(found), snapshot.attention.get(person_id), now)]


END_UNANSWERED = (
    MatterCode.ASK,
    MatterCode.STUCK,
    MatterCode.UNHELD,
    MatterCode.PASSED_ON,
    MatterCode.TALK,
    MatterCode.INQUIRY,
    MatterCode.REVIEW,
    MatterCode.PURPOSE,
)
"""Sorts that somebody else or their day may end, so that nothing tells whoever was asked."""


def gone(snapshot: GroupSnapshot, now: datetime) -> dict[str, Counter[MessageRef]]:
    """By person, how much of what each message put to them was over before they answered it: its buttons lead
    nowhere."""
    asked = {
        (person_id, id_)
        for person_id, one in snapshot.attention.items()
        for id_ in one.put
        if code_of(id_) in END_UNANSWERED and id_ not in one.ended
    }
    if not asked:
        return {}
    alive = _alive(snapshot, [MATTER_KINDS[code] for code in END_UNANSWERED], now)
    found: dict[str, Counter[MessageRef]] = defaultdict(Counter)
    for person_id, id_ in sorted(asked - {(one.person_id, one.id) for one in alive}):
        if not _answered(snapshot, person_id, id_):
            found[person_id][snapshot.attention[person_id].put[id_].message] += 1
    return found


def _answered(snapshot: GroupSnapshot, person_id: str, id_: str) -> bool:
    """Whether they said something to it: what they read since stays. Who answers a question or a review ends it for
    themselves, as by *Not now*."""
    code, about = code_of(id_), subject_of(id_).split(".")[0]
    if code is MatterCode.ASK and (ask := snapshot.asks.get(about)):
        return any(one.by == person_id for one in ask.yeses) or any(one.by == person_id for one in ask.known)
    if code is MatterCode.TALK and (made := snapshot.introductions.get(about)):
        return person_id in made.answers
    if code is MatterCode.PURPOSE and (wording := snapshot.purpose.find(about)):
        return person_id in wording.can_live or any(one.by == person_id for one in wording.asked)
    commitment = snapshot.commitments.get(about)
    if code is MatterCode.STUCK:
        return commitment is not None and person_id in commitment.helpers
    return commitment is not None and any(one.by == person_id for one in commitment.taken_up)


def is_over_for(snapshot: GroupSnapshot, person_id: str, id_: str, now: datetime) -> bool:
    """Whether it is no matter of theirs any more: it was answered, or what it is about is over. One they ended by
    *Not now* is not meant."""
    code, attention = code_of(id_), snapshot.attention.get(person_id)
    if code is None or (attention and id_ in attention.ended):
        return False
    found = MATTER_KINDS[code].find(snapshot, now)
    return not any((one.person_id, one.id) == (person_id, id_) for one in found)


def _alive(snapshot: GroupSnapshot, kinds: Iterable[MatterKind], now: datetime) -> Iterator[Matter]:
    """Of these kinds, all that is not over."""
    return (matter for kind in kinds for matter in kind.find(snapshot, now) if now < matter.until)


def _in_order(matters: Iterable[Matter]) -> list[Matter]:
    return sorted(matters, key=lambda one: (rank(one), one.since, one.id))


def named(snapshot: GroupSnapshot, ids: Iterable[str]) -> set[str]:
    """Whom the words of these matters name."""
    kinds = [(MATTER_KINDS[code], id_) for id_ in ids if (code := code_of(id_))]
    return {person for kind, id_ in kinds for person in kind.names(snapshot, subject_of(id_))}
