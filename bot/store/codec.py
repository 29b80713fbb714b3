"""Records as bytes: JSON in an envelope that names its version, read in every older version too.

`{"v": 1, "w": "5f0c…", "d": {…}}`: `v` the version of `d`, the record. `w` is a new one at every write, so
that no two writes are ever the same bytes: a swap that lost its answer knows its own write again, and two
writers who reach the same record by chance are still two.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Generic, TypeVar

import msgspec

from bot.ports import BadRecord

T = TypeVar("T")

Upgrade = Callable[[dict[str, Any]], dict[str, Any]]
"""From a record as its version wrote it (plain JSON values) to the next version."""


@dataclass(frozen=True)
class OwnPart(Generic[T]):
    """What of a record is for its author alone: `split` gives the rest, and that part as a record of the same kind,
    None where there is none; `merge` puts them together again."""

    split: Callable[[T], tuple[T, T | None]]
    merge: Callable[[T, T], T]


@dataclass(frozen=True)
class Schema(Generic[T]):
    """What is stored under one name. `upgrades[0]` leads from version 1 to 2, and so on.

    A new field with a default needs no upgrade. Renaming, splitting or giving a new meaning does. `own`: a part is
    sealed with the key of the person whom the record's field names. `remembered`: each press of a group reads it,
    and nobody's answers stand in it, so what its bytes opened to is kept as long as the key that opened them.
    """

    name: str
    type: type[T]
    upgrades: tuple[Upgrade, ...] = ()
    own: OwnPart[T] | None = None
    remembered: bool = False

    @cached_property
    def version(self) -> int:
        """Of what is written now, from 1."""
        return len(self.upgrades) + 1

    @cached_property
    def current(self) -> msgspec.json.Decoder[Any]:
        """Reads envelope and record in one, where it was written in this version: nearly all are."""
        envelope = msgspec.defstruct("Current", [("v", int), ("d", self.type), ("w", str, "")])
        return msgspec.json.Decoder(envelope)


class _Envelope(msgspec.Struct, omit_defaults=True):
    v: int
    d: msgspec.Raw
    w: str = ""


def encode(schema: Schema[T], record: T, write: str = "") -> bytes:
    """`write` is what makes these bytes unlike any others; none is needed for what will be sealed, since each
    sealing draws a nonce of its own."""
    try:
        plain = msgspec.json.encode(record)
    except UnicodeEncodeError:
        # Half an emoji, as a cut in the middle leaves it, is no text in any encoding: kept as a question mark.
        plain = json.dumps(msgspec.to_builtins(record), ensure_ascii=False).encode(errors="replace")
    return msgspec.json.encode(_Envelope(schema.version, msgspec.Raw(plain), write))


def decode(schema: Schema[T], raw: bytes | str, where: str) -> T:
    """BadRecord, naming `where`, for a damaged record or one that a newer Between wrote."""
    try:
        # One decode for envelope and record, and no exception on the way: nearly all that is read is of this
        # version.
        found = schema.current.decode(raw)
        if found.v == schema.version:
            return found.d  # type: ignore[no-any-return]
    except Exception:  # noqa: S110 (another version's record looks otherwise; what is damaged is told below)
        pass
    try:
        envelope = msgspec.json.decode(raw, type=_Envelope)
        if envelope.v > schema.version:
            # Two versions run side by side while a bot is upgraded. What the newer one wrote may hold more than we
            # know, and writing it back would lose that: so it is refused, and stands as it stood.
            raise BadRecord(
                f"{where} was written by a newer Between (version {envelope.v}; this one reads up to "
                f"{schema.version}). Start the newer one, or restore a backup."
            )
        return _upgraded(schema, envelope)
    except BadRecord:
        raise
    except Exception as error:
        raise BadRecord(
            f"{where} can't be read as a {schema.name}: it is damaged ({type(error).__name__}). "
            "Restore a backup, or move that key away; everything else still works."
        ) from error


def _upgraded(schema: Schema[T], envelope: _Envelope) -> T:
    """Of an earlier version; a damaged one of this version raises here."""
    if envelope.v < 1:
        raise ValueError(f"there never was a version {envelope.v}")
    plain = msgspec.json.decode(envelope.d)
    for upgrade in schema.upgrades[envelope.v - 1 :]:
        plain = upgrade(plain)
    return msgspec.convert(plain, schema.type)
