"""A posted digest whose words were edited or pulled back: its message is changed to match.

An entry's subject is `<n>.<id>`: it is there to show the correction that follows the n-th.
"""

from __future__ import annotations

from datetime import datetime

from bot.domain.groups import MessageRef
from bot.domain.outbox import Entry
from bot.ports import Deps
from bot.usecases import digest
from bot.usecases.snapshot import load_snapshot
from bot.views.digest import digest_message, nothing_left
from scheduler.outbox.messages import Drop, OutgoingMessage


async def compose(entry: Entry, deps: Deps, now: datetime) -> OutgoingMessage | Drop:
    kept = await digest.rewritten(deps.store, entry.group_id, entry.round or "", now)
    if kept is None or kept.posted is None:
        return Drop("the digest is no longer kept")
    if kept.corrections <= _after(entry):
        return Drop("its words are as they were")
    zone = (await load_snapshot(deps.store, entry.group_id)).group.zone
    message = digest_message(kept, zone=zone) if kept.plates or kept.commitments else nothing_left(kept)
    return OutgoingMessage(message, replaces=kept.posted)


async def sent(entry: Entry, ref: MessageRef, deps: Deps, now: datetime) -> None:  # noqa: ARG001
    group = (await load_snapshot(deps.store, entry.group_id)).group
    await digest.was_corrected(deps, group, entry.round or "", _after(entry), now)


def _after(entry: Entry) -> int:
    """An entry of before they were counted has an id alone, and is to be shown whatever it says."""
    number, _, id_ = (entry.subject or "").partition(".")
    return int(number) if id_ else -1
