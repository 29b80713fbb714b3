"""The announcements of one day, as one post in the group's channel."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from bot.domain.groups import MessageRef
from bot.domain.outbox import Kind
from bot.domain.snapshot import GroupSnapshot
from bot.ports import Message
from bot.ports.blocks import Block
from bot.views import blocks, menu
from bot.views.absence import departed
from bot.views.change import announcement as changed
from bot.views.organisations import announcement as speaks

MOST_BLOCKS, MOST_LETTERS = 40, 9_000


def announcement(snapshot: GroupSnapshot, told: Iterable[str]) -> Message | None:
    """One or several, as `bot.domain.announcements.told` names them; None where nothing of it is on record.
    `snapshot` holds names, changes, organisations' posts and commitments."""
    drawn = [message for message in (_draw(snapshot, one) for one in told) if message]
    if len(drawn) < 2:
        return drawn[0] if drawn else None
    parts: list[Block] = []
    for message in drawn[:-1]:
        parts += [*_without_more(message.blocks), blocks.divider()]
    return blocks.message("\n".join(one.text for one in drawn), *parts, *drawn[-1].blocks)


def too_long(message: Message) -> bool:
    """More than Slack surely takes in one message, or than anybody reads."""
    return len(message.blocks) > MOST_BLOCKS or blocks.letters(message.blocks) > MOST_LETTERS


def announcement_at(snapshot: GroupSnapshot, ref: MessageRef | None, alone: Message) -> Message:
    """What a post of announcements reads now, in which one was objected to; `alone` where it stands by itself."""
    day = snapshot.group.day_post
    whole = announcement(snapshot, day.told) if day and day.post == ref else None
    return whole or alone


def _draw(snapshot: GroupSnapshot, told: str) -> Message | None:
    kind, _, subject = told.partition(":")
    draw = _DRAWN.get(kind)
    return draw(snapshot, subject) if draw else None


def _change(snapshot: GroupSnapshot, id_: str) -> Message | None:
    change = snapshot.changes.get(id_)
    return changed(snapshot, change) if change else None


def _organisations(snapshot: GroupSnapshot, id_: str) -> Message | None:
    post = snapshot.organisation_posts.get(id_)
    return speaks(snapshot, post) if post else None


def _departure(snapshot: GroupSnapshot, which: str) -> Message | None:
    person_id = which.partition(".")[0]
    leader = snapshot.leaders.get(person_id)
    gone = leader.departure if leader else None
    if leader is None or gone is None or (leader.in_group and not gone.objected_by):
        return None  # they have joined again since
    return departed(snapshot, person_id, gone)


_DRAWN: Mapping[str, Callable[[GroupSnapshot, str], Message | None]] = {
    Kind.CHANGE: _change,
    Kind.ORGANISATIONS: _organisations,
    Kind.DEPARTURE: _departure,
}


def _without_more(drawn: Iterable[Block]) -> Iterator[Block]:
    """One *More* is enough for all of them: the last one's."""
    for block in drawn:
        if block["type"] != "actions":
            yield block
            continue
        kept = [one for one in block["elements"] if one.get("action_id") != menu.MORE]
        if kept:
            yield blocks.row(*kept)
