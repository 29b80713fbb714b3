"""How an entry of the outbox lies in Redis: as short as it can be, since a million of them may wait there."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from typing import Any
from zlib import crc32

import msgspec

from bot.domain.groups import MessageRef, Place
from bot.domain.outbox import Claimed, Entry, Kind, Outcome, Status
from bot.ports import BadRecord
from bot.store.keys import PARTITIONS

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MS = timedelta(milliseconds=1)
_SOON, _LATE = 0, 253_402_300_799_999


class StoredEntry(msgspec.Struct, array_like=True, frozen=True):
    """What lies in Redis: an array in this order, which the scripts read by the same names (see `layout`). Some are
    old already: whatever is added later goes to the end, with a default."""

    team: str
    dm: bool
    group: str
    person: str | None
    due: int
    expires: int
    kind: Kind
    round: str | None
    subject: str | None
    name: str | None
    """None where it follows from the rest, as the planned ones do."""


def layout() -> str:
    """For the scripts, so that it is said once: a Lua table of where each field of an entry stands."""
    return (
        f"local AT = {{{', '.join(f'{name} = {n}' for n, name in enumerate(StoredEntry.__struct_fields__, 1))}}}\n"
    )


class _State(msgspec.Struct, frozen=True):
    """What the scripts note about an entry under way, as JSON."""

    token: str = ""
    status: str = ""
    tries: int = 0
    faults: int = 0
    intended: float | None = None
    last: float | None = None
    ago: float | None = None
    last_ago: float | None = None
    place: tuple[str, ...] | None = None
    """Team, channel and, for a reply, its thread."""
    sent: tuple[str, str, str] | None = None
    why: str = ""
    """Slack's code, where it waits for that to end."""


class _Ended(msgspec.Struct, frozen=True, omit_defaults=True):
    status: Status
    why: str = ""
    sent: tuple[str, str, str] | None = None


def ms(moment: datetime) -> int:
    """Milliseconds since 1970, rounded down; what no calendar holds is brought to its edge."""
    return min(max((moment - _EPOCH) // _MS, _SOON), _LATE)


def moment(at: float) -> datetime:
    """Of milliseconds since 1970, cut to whole ones; what no calendar holds is brought to its edge."""
    return _EPOCH + min(max(int(at), _SOON), _LATE) * _MS


def partition_of(team_id: str) -> int:
    """A workspace's entries stay together, so that its pace is kept in one place."""
    return crc32(team_id.encode()) % PARTITIONS


def delivery_id(name: str) -> str:
    """Twelve bytes of hash: names can't be read out of what anyone in the workspace may see."""
    return urlsafe_b64encode(blake2b(name.encode(), digest_size=12).digest()).decode()


def _follows(kind: Kind, group: str, round_: str | None, person: str | None) -> str:
    return ":".join(part for part in (kind.value, group, round_, person) if part)


def pack(entry: Entry) -> bytes:
    """MessagePack, as `StoredEntry`; without the name where that follows from the rest."""
    plain = entry.name == _follows(entry.kind, entry.group_id, entry.round, entry.person_id)
    return msgspec.msgpack.encode(
        StoredEntry(
            team=entry.team_id,
            dm=bool(entry.person_id),
            group=entry.group_id,
            person=entry.person_id or None,
            due=ms(entry.due_at),
            expires=ms(entry.expires_at),
            kind=entry.kind,
            round=entry.round or None,
            subject=entry.subject or None,
            name=None if plain else entry.name,
        )
    )


def unpack(raw: bytes) -> Entry:
    """BadRecord where the bytes are damaged or of a newer Between."""
    try:
        kept = msgspec.msgpack.decode(raw, type=StoredEntry)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise BadRecord(f"An entry of the outbox can't be read: {error}") from error
    return Entry(
        name=kept.name or _follows(kept.kind, kept.group, kept.round, kept.person),
        kind=kept.kind,
        group_id=kept.group,
        team_id=kept.team,
        due_at=moment(kept.due),
        expires_at=moment(kept.expires),
        person_id=kept.person or "",
        round=kept.round or "",
        subject=kept.subject or "",
    )


def claimed(id_: str, raw: bytes, state: bytes) -> Claimed:
    """From the three that the claim's script answers for each entry. BadRecord where the entry can't be read."""
    entry, known = unpack(raw), msgspec.json.decode(state, type=_State)
    return Claimed(
        entry=entry,
        delivery_id=id_,
        token=known.token,
        tries=known.tries,
        faults=known.faults,
        marked_at=None if known.intended is None else moment(known.intended),
        last_marked_at=None if known.last is None else moment(known.last),
        marked_ago=None if known.ago is None else known.ago * _MS,
        last_marked_ago=None if known.last_ago is None else known.last_ago * _MS,
        place=_place(known.place),
        sent=_message(known.sent),
    )


def place_parts(place: Place) -> tuple[str, ...]:
    """As a mark holds it."""
    return (place.team_id, place.channel, *([place.thread] if place.thread else []))


def _place(parts: tuple[str, ...] | None) -> Place | None:
    if parts is None:
        return None
    return Place(team_id=parts[0], channel=parts[1], thread=parts[2] if len(parts) > 2 else "")


def faults(state: bytes) -> int:
    """How often it failed by a fault of ours: known also of an entry that can't be read."""
    return msgspec.json.decode(state, type=_State).faults


def outcome_json(outcome: Outcome) -> str:
    """As its tombstone holds it."""
    ref = outcome.sent
    ended = _Ended(outcome.status, outcome.why, (ref.team_id, ref.channel, ref.ts) if ref else None)
    return msgspec.json.encode(ended).decode()


def outcome(raw: bytes) -> Outcome:
    """What `outcome_json` wrote."""
    ended = msgspec.json.decode(raw, type=_Ended)
    return Outcome(status=ended.status, why=ended.why, sent=_message(ended.sent))


def under_way(state: bytes | None) -> Outcome:
    """Of an entry that has not ended; PENDING where nobody has claimed it yet."""
    known = msgspec.json.decode(state, type=_State) if state else _State()
    return Outcome(status=Status(known.status or Status.PENDING), sent=_message(known.sent))


def name_of(raw: bytes) -> str:
    """For people; of one that can't be read it says so."""
    try:
        return unpack(raw).name
    except BadRecord:
        return "one that can't be read"


def refusal(state: bytes) -> str:
    """Slack's code, where an entry waits for the reason of a refusal to end; else empty."""
    return msgspec.json.decode(state, type=_State).why


def _message(parts: tuple[str, str, str] | None) -> MessageRef | None:
    return MessageRef(team_id=parts[0], channel=parts[1], ts=parts[2]) if parts else None


def dead_letter(note: bytes, raw: bytes) -> tuple[str, str]:
    """The name, or the id where even that can't be read, and why."""
    told: dict[str, Any] = msgspec.json.decode(note, type=dict[str, Any])
    try:
        return unpack(raw).name, str(told["why"])
    except BadRecord:
        return str(told["id"]), str(told["why"])


def readable(raw: bytes) -> Entry | None:
    """As `unpack`; None where that raises BadRecord."""
    try:
        return unpack(raw)
    except BadRecord:
        return None
