"""Every kind of message there is: the one table. The planner asks each what is due, the delivery who draws it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

from msgspec.structs import replace

from bot.domain.channel_days import in_turn
from bot.domain.due import Event, Occurrence, Plan, Upcoming, planned
from bot.domain.groups import ended
from bot.domain.hours import hours_known
from bot.domain.ledger import Claim
from bot.domain.outbox import Kind
from bot.domain.people import Person
from bot.domain.pulse_days import next_close
from bot.domain.rounds import coming_round, next_opening
from bot.domain.snapshot import GroupSnapshot
from scheduler import (
    absence,
    aloud,
    brief,
    brief_correction,
    capture,
    change,
    checkin,
    correction,
    day_redrawn,
    departure,
    digest,
    digest_reply,
    ending,
    erased,
    hello,
    hello_redrawn,
    hold,
    holiday,
    inquiry,
    inquiry_redrawn,
    inquiry_reply,
    installer,
    introduced,
    introduction,
    letter,
    letter_redrawn,
    news,
    nudge,
    organisation_data,
    organisations,
    panel,
    personal_data,
    purpose,
    purpose_redrawn,
    purpose_reply,
    purpose_stands,
    quiet,
    redrawn,
    remind_later,
    reply_correction,
    review,
    review_redrawn,
    review_shown,
    second_account,
    trouble,
    twenty_minutes,
    unconfirmed,
    uncorrected,
    uninstalled,
    welcome,
)
from scheduler.outbox.messages import MessageKind

KINDS: Mapping[Kind, MessageKind] = {
    kind.KIND: kind
    for kind in (
        hello,
        welcome,
        checkin,
        letter,
        nudge,
        remind_later,
        quiet,
        digest,
        brief,
        correction,
        digest_reply,
        reply_correction,
        brief_correction,
        capture,
        panel,
        change,
        organisations,
        trouble,
        unconfirmed,
        uncorrected,
        news,
        absence,
        departure,
        ending,
        holiday,
        redrawn,
        letter_redrawn,
        introduction,
        introduced,
        twenty_minutes,
        inquiry,
        inquiry_reply,
        inquiry_redrawn,
        review,
        review_shown,
        review_redrawn,
        installer,
        uninstalled,
        personal_data,
        erased,
        hold,
        organisation_data,
        purpose,
        purpose_reply,
        purpose_redrawn,
        purpose_stands,
        aloud,
        second_account,
        day_redrawn,
        hello_redrawn,
    )
}


AFTER_THE_END = (
    Kind.ENDING,
    Kind.CHANGE,
    Kind.PANEL,
    Kind.DEPARTURE,
    Kind.REDRAWN,
    Kind.LETTER_REDRAWN,
    Kind.CORRECTION,
    Kind.REPLY_CORRECTION,
    Kind.BRIEF_CORRECTION,
    Kind.UNCORRECTED,
    Kind.INQUIRY_REDRAWN,
    Kind.REVIEW_REDRAWN,
    Kind.ERASED,
    Kind.HOLD,
    Kind.PURPOSE_REDRAWN,
    Kind.DAY_REDRAWN,
    Kind.MY_DATA,
    Kind.ORGANISATION_DATA,
    Kind.SECOND_ACCOUNT,
    Kind.ALOUD,
)
"""What a group that has ended is still owed: news of itself, buttons that go, words pulled back or that they could
not be, what people ask for of theirs."""


def plan(snapshot: GroupSnapshot, now: datetime, kinds: Mapping[Kind, MessageKind] = KINDS) -> Plan:
    """What is due for a group at `now`, and when to look again.

    The snapshot holds the latest round, opened and saved (see `rhythm.round_due`), and the one before it. People
    whose zone or nation is not known to us are left out, and named in the plan.
    """
    unreadable = [
        id_
        for id_, leader in sorted(snapshot.leaders.items(), key=lambda pair: (pair[1].joined_at, pair[0]))
        if leader.in_group
        and id_ in snapshot.people
        and not hours_known(snapshot.people[id_].zone, snapshot.people[id_].nation, now)
    ]
    people = {id_: person for id_, person in snapshot.people.items() if id_ not in unreadable}
    owed = () if snapshot.group.unposted else _found(replace(snapshot, people=people), now, kinds)
    turns = {name: kind.TURN for name, kind in kinds.items()}
    found = planned(in_turn(owed, turns, snapshot.group, now), now)
    return replace(found, unreadable=tuple(unreadable))


def coming_check_ins(snapshot: GroupSnapshot, people: Mapping[str, Person], now: datetime) -> Iterator[Occurrence]:
    """Those of these people in the round after the latest, which nobody has opened yet."""
    coming = coming_round(snapshot.group, snapshot.round, now)
    ahead = replace(snapshot, round=coming, checkins={}, people=dict(people))
    for kind in KINDS.values():
        if kind.COUNTED is Claim.CHECK_IN:
            yield from kind.due(ahead, now)


def _found(snapshot: GroupSnapshot, now: datetime, kinds: Mapping[Kind, MessageKind]) -> Iterator[Occurrence]:
    group = snapshot.group
    if not ended(group, now):
        opening = next_opening(group, snapshot.round, now)
        yield Occurrence(at=opening, what=Upcoming(event=Event.NEXT_ROUND, of=group.name))
    yield from (Occurrence(at=at) for at in next_close(snapshot, now))
    for name, kind in kinds.items():
        if name in AFTER_THE_END or not ended(group, now):
            yield from kind.due(snapshot, now)
