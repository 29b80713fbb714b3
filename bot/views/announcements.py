"""What the channel is told on one day, as one post: announcements, below what has the day, or by themselves."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import TypeVar

from bot.domain.channel_days import UNDONE, post_at
from bot.domain.groups import MessageRef
from bot.domain.outbox import Kind
from bot.domain.snapshot import GroupSnapshot
from bot.ports import Message
from bot.ports.blocks import Block, Button, Choice
from bot.views import (
    absence,
    blocks,
    capture,
    convening,
    erasure,
    inquiry,
    organisation_data,
    organisations,
    purpose,
    review,
    second_account,
)
from bot.views import change as changes

_OBJECTS = (changes.OBJECT, organisations.OBJECT, absence.OBJECT, second_account.OBJECT)

Found = TypeVar("Found")
Draw = Callable[[GroupSnapshot, str], Message | None]

MOST_BLOCKS, MOST_LETTERS = 40, 9_000


def announcement(snapshot: GroupSnapshot, told: Iterable[str]) -> Message | None:
    """One or several, as `channel_days.told` names them; None where nothing of it is on record. `snapshot` holds
    `ANNOUNCEMENTS`."""
    drawn = [message for message in (_draw(snapshot, one) for one in told) if message]
    if len(drawn) < 2:
        return drawn[0] if drawn else None
    below = {_acts(one) for block in drawn[-1].blocks if block["type"] == "actions" for one in block["elements"]}
    parts: list[Block] = []
    for number, message in enumerate(drawn[:-1]):
        parts += [*_above(message.blocks, number, below), blocks.divider()]
    return blocks.message("\n".join(one.text for one in drawn), *parts, *drawn[-1].blocks)


def aloud(snapshot: GroupSnapshot, what: str) -> Message | None:
    """In the thread of the post that tells it, for the channel to see. Of a change the words alone, since *Object*
    stands in the post."""
    told = what.removesuffix(UNDONE)
    kind, _, id_ = told.partition(":")
    change = snapshot.changes.get(id_) if kind == Kind.CHANGE else None
    return changes.announcement(snapshot, change, aloud=True) if change else _draw(snapshot, told)


def too_long(message: Message) -> bool:
    """More than Slack surely takes in one message, or than anybody reads."""
    return len(message.blocks) > MOST_BLOCKS or blocks.letters(message.blocks) > MOST_LETTERS


def announcement_at(snapshot: GroupSnapshot, ref: MessageRef | None, alone: Message) -> Message:
    """What a day's post reads now, in which something has changed; `alone` where that stands by itself."""
    day = post_at(snapshot.group, ref)
    whole = announcement(snapshot, day.told) if day and len(day.told) > 1 else None
    return whole or alone


def _draw(snapshot: GroupSnapshot, told: str) -> Message | None:
    kind, _, subject = told.partition(":")
    draw = _DRAWN.get(kind)
    return draw(snapshot, subject) if draw else None


def _kept(
    find: Callable[[GroupSnapshot, str], Found | None], draw: Callable[[GroupSnapshot, Found], Message]
) -> Draw:
    """Of what is kept by the id that a post tells, while it is kept."""

    def drawn(snapshot: GroupSnapshot, id_: str) -> Message | None:
        one = find(snapshot, id_)
        return draw(snapshot, one) if one else None

    return drawn


def _departure(snapshot: GroupSnapshot, which: str) -> Message | None:
    person_id = which.partition(".")[0]
    leader = snapshot.leaders.get(person_id)
    gone = leader.departure if leader else None
    if leader is None or gone is None or (leader.in_group and not gone.objected_by):
        return None  # they have joined again since, so the news of it would be wrong
    return absence.departed(snapshot, person_id, gone)


def _organisation_data(snapshot: GroupSnapshot, which: str) -> Message | None:
    leader = snapshot.leaders.get(which.partition(".")[0])
    asked = leader.asked_of_organisation if leader else None
    return organisation_data.announcement(snapshot, leader, asked) if leader and asked else None


_DRAWN: Mapping[str, Draw] = {
    Kind.CHANGE: _kept(lambda kept, id_: kept.changes.get(id_), changes.announcement),
    Kind.ORGANISATIONS: _kept(lambda kept, id_: kept.organisation_posts.get(id_), organisations.announcement),
    Kind.DEPARTURE: _departure,
    Kind.PURPOSE_STANDS: _kept(
        lambda kept, id_: next((one for one in kept.purpose.wordings if one.id == id_ and one.stood_at), None),
        purpose.stands_message,
    ),
    Kind.HOLD: lambda kept, which: erasure.hold_message(kept.group, lifted=which.endswith(".lifted")),
    Kind.ERASED: lambda *_: erasure.somebody_erased(),
    Kind.ORGANISATION_DATA: _organisation_data,
    Kind.CAPTURE: lambda kept, met_on: capture.capture(kept, date.fromisoformat(met_on)),
    Kind.ENDING: lambda kept, on: convening.has_ended(kept.group, date.fromisoformat(on)),
    Kind.INQUIRY: _kept(lambda kept, id_: kept.inquiries.get(id_), inquiry.inquiry_message),
    Kind.PURPOSE: _kept(lambda kept, id_: kept.purpose.find(id_), purpose.purpose_message),
    Kind.REVIEW: _kept(lambda kept, id_: kept.reviews.get(id_), review.review_message),
    Kind.SECOND_ACCOUNT: _kept(
        lambda kept, id_: next((one for one in kept.group.second_accounts if one.id == id_), None),
        second_account.announcement,
    ),
}


def _above(drawn: Iterable[Block], number: int, below: set[tuple[str, str]]) -> Iterator[Block]:
    """An announcement that is not the last one. A button that stands `below` again (*More*) is left out here; each
    *Object* gets an action id of its own."""
    for block in drawn:
        if block["type"] != "actions":
            yield block
            continue
        kept = [one for one in block["elements"] if _acts(one) not in below]
        below.update(map(_acts, kept))
        for element in kept:
            if element["action_id"] in _OBJECTS:
                element["action_id"] = f"{element['action_id']}:{number}"
        if kept:
            yield blocks.row(*kept)


def _acts(element: Button | Choice) -> tuple[str, str]:
    """What a press of it does."""
    return element["action_id"], str(element.get("value", ""))
