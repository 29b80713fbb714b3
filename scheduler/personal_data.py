"""What somebody asked for of theirs: a DM, and under it the files. Their press asked for it, so it comes at once.

The sequence: the message goes like any other; then the files are uploaded, which nobody sees; it is noted that they
are about to be put under the message; then they are. Whoever dies after that note leaves them perhaps not there,
which the message says what to do about, and never there twice.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import structlog

from bot.domain.due import STILL_NEWS, Occurrence, dm
from bot.domain.groups import MessageRef, Place
from bot.domain.moments import to_the_second
from bot.domain.outbox import Entry, Kind
from bot.domain.people import DataRequest, Leader
from bot.domain.snapshot import GroupSnapshot, Membership
from bot.ports import Deps, Message, SlackRefused
from bot.usecases import organisation_data
from bot.usecases import personal_data as usecase
from bot.views import organisation_data as theirs
from bot.views import personal_data as screens
from scheduler.outbox.messages import Drop, OutgoingMessage
from scheduler.recipients import asker_of

KIND = Kind.MY_DATA
IN_HOURS, COUNTED = False, None
TURN = None

log = structlog.get_logger()


def due(snapshot: GroupSnapshot, now: datetime) -> Iterator[Occurrence]:  # noqa: ARG001 (every kind's shape)
    """Also to who has left since, or asked after leaving: their press asked for it. Not an organisation's words."""
    for id_, leader in snapshot.leaders.items():
        asked, person = leader.data_request, snapshot.people.get(id_)
        if asked and asked.sent_at is None and person and (leader.active or not asked.organisation):
            yield dm(KIND, snapshot.group, person, asked.at, asked.at + STILL_NEWS, subject=to_the_second(asked.at))


def _asked(entry: Entry, leader: Leader) -> DataRequest | None:
    asked = leader.data_request
    return asked if asked and to_the_second(asked.at) == entry.subject else None


async def compose(entry: Entry, deps: Deps, now: datetime) -> OutgoingMessage | Drop:  # noqa: ARG001
    """Dropped where they have asked anew, are being erased, or are known no more."""
    to = await asker_of(entry, deps)
    if isinstance(to, Drop):
        return to
    asked = _asked(entry, to.leader)
    if asked is None:
        return Drop("they have asked anew")
    return OutgoingMessage(_message(to, asked, deps), person=to.person)


async def sent(entry: Entry, ref: MessageRef, deps: Deps, now: datetime) -> None:
    """The files, once: see the sequence above. Raises SlackRefused where that may yet be done, to be tried again;
    else the refusal is noted, and the message says it. Last `sent_at`, so that nothing is due any more."""
    to = await asker_of(entry, deps)
    asked = None if isinstance(to, Drop) else _asked(entry, to.leader)
    if isinstance(to, Drop) or asked is None:
        return
    if asked.sharing_at is None and not asked.refused:
        try:
            drawn = await _files(to, asked, deps, now)
            files = [
                (await deps.messenger.upload(ref.team_id, name, content), name) for name, content in drawn.items()
            ]
            ids = tuple(id_ for id_, _ in files)
            # Before they are put there: who dies in between leaves a message without files, which says what to do,
            # and never the files twice.
            await usecase.note_request(
                deps.store, entry.group_id, to.person.id, asked.at, sharing_at=now, files=ids
            )
            await deps.messenger.share(Place(team_id=ref.team_id, channel=ref.channel, thread=ref.ts), files)
        except SlackRefused as refusal:
            if not refusal.permanent and not refusal.in_doubt:
                raise
            await _refused(entry, ref, to, asked, deps, refusal)
    await usecase.note_request(deps.store, entry.group_id, to.person.id, asked.at, sent_at=now)


async def _files(to: Membership, asked: DataRequest, deps: Deps, now: datetime) -> dict[str, bytes]:
    if asked.organisation:
        snapshot, shared = await organisation_data.shared(deps.store, to.snapshot.group.id, asked.organisation)
        rows = theirs.rows(snapshot, shared, to.person)
        return theirs.files(rows, asked.organisation, to.person, now)
    found = await usecase.kept_of(deps.store, to.person.id)
    rows = screens.rows(found.items, found.names, to.person, private=asked.private)
    return screens.files(rows, to.person, now)


def _message(to: Membership, asked: DataRequest, deps: Deps, *, refused: bool = False) -> Message:
    if asked.organisation:
        return theirs.message(to.snapshot, to.person, refused=refused)
    return screens.data_message(to.snapshot, to.person, refused=refused, link=bool(deps.address))


async def _refused(
    entry: Entry, ref: MessageRef, to: Membership, asked: DataRequest, deps: Deps, refusal: SlackRefused
) -> None:
    """Noted first; the message then says so. If that is lost, it says what to do where no files are there."""
    await usecase.note_request(deps.store, entry.group_id, to.person.id, asked.at, refused=refusal.code)
    try:
        await deps.messenger.update(ref, _message(to, asked, deps, refused=True))
    except SlackRefused as again:
        log.info("not redrawn", error=again.code)
