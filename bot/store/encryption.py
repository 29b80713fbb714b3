"""Encryption at rest: AES-256-GCM under a data key, which lies in Redis wrapped under a master key that does not.

A sealed record is `kind (1 byte), id of its data key (6), nonce (12), ciphertext and tag`. The kind says whose the
data key is: of the group, person or workspace in whose slot the record lies, or of the person whom its field
names; or of both, each for a part of it. What is sealed is the record as the codec wrote it. Its address goes along
as associated data, so that what was copied to another place opens nowhere. A record's JSON begins with `{`, so what
an earlier Between wrote is told apart.
"""

from __future__ import annotations

import secrets
from base64 import b64decode, b64encode
from collections.abc import Iterable
from typing import Any, NamedTuple

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from bot.master_keys import SECRET_BYTES, MasterKey
from bot.store.record_key import RecordKey

OF_SLOT, OF_FIELD, OF_BOTH = 1, 2, 3
"""Kinds. No record in the clear begins with such a byte."""

_ID_BYTES = 6
_NONCE_BYTES = 12
"""Random at each write. Two of the same under one data key are to be expected after some 2^48 writes."""
ID_END = 1 + _ID_BYTES
_BODY = ID_END + _NONCE_BYTES
_LENGTH_BYTES = 4
_CHECKED = b"between"
_OF_MARK = b"every record is sealed"


class DataKey(NamedTuple):
    """Of one group, person or workspace, unwrapped. It lives in this process alone, and not for long.

    `opened`: of records that are read again and again, by their address, the sealed bytes and what they opened to.
    No two writes are ever the same bytes, so nothing that is told for them can be old; and it goes with the key."""

    id: bytes
    cipher: AESGCM
    opened: dict[RecordKey, tuple[bytes, Any]]

    def __repr__(self) -> str:
        return f"DataKey({self.id.hex()})"  # no word of what it opened comes into a log


class WrappedKey(msgspec.Struct, frozen=True, kw_only=True):
    """A data key as it lies in Redis: `wrapped` under the master key of that id, in base64. `since_sealed`: it was
    made when nothing lay in the clear any more; whoever changes that word has a key that opens nothing."""

    id: str
    master: str
    wrapped: str
    since_sealed: bool = False


class DataKeys(msgspec.Struct, frozen=True, kw_only=True):
    """Of one group, person or workspace. `newest` seals new writes, and the scripts look for it by that name; the
    others open records that are not sealed anew yet."""

    newest: str = ""
    keys: tuple[WrappedKey, ...] = ()

    def with_newest(self, key: WrappedKey) -> DataKeys:
        """The key comes last, and is the newest from now on."""
        return DataKeys(newest=key.id, keys=(*self.keys, key))


# -- data keys under master keys ---------------------------------------------------------


def new_data_key(master: MasterKey, tag: str, *, since_sealed: bool = False) -> WrappedKey:
    """Drawn by lot, and wrapped for this tag alone."""
    id_, secret = secrets.token_bytes(_ID_BYTES).hex(), secrets.token_bytes(SECRET_BYTES)
    return _wrap(master, tag, id_, secret, since_sealed)


def unwrap(master: MasterKey, tag: str, key: WrappedKey) -> DataKey:
    """InvalidTag for another master key of the same id, and for a key that was moved here from somebody else."""
    return DataKey(bytes.fromhex(key.id), AESGCM(_secret(master, tag, key)), {})


def rewrap(old: MasterKey, new: MasterKey, tag: str, key: WrappedKey) -> WrappedKey:
    """The same data key, so no record is sealed anew. InvalidTag where `old` does not open it."""
    return _wrap(new, tag, key.id, _secret(old, tag, key), key.since_sealed)


def _wrap(master: MasterKey, tag: str, id_: str, secret: bytes, since_sealed: bool) -> WrappedKey:
    body = _encrypted(master, secret, _of_key(tag, id_, since_sealed))
    return WrappedKey(id=id_, master=master.id, wrapped=b64encode(body).decode(), since_sealed=since_sealed)


def _secret(master: MasterKey, tag: str, key: WrappedKey) -> bytes:
    return _decrypted(master, b64decode(key.wrapped), _of_key(tag, key.id, key.since_sealed))


def _of_key(tag: str, id_: str, since_sealed: bool) -> bytes:
    return f"data key {id_} of {tag}{' since all is sealed' if since_sealed else ''}".encode()


def _encrypted(master: MasterKey, plain: bytes, about: bytes) -> bytes:
    nonce = secrets.token_bytes(_NONCE_BYTES)
    return nonce + AESGCM(master.secret).encrypt(nonce, plain, about)


def _decrypted(master: MasterKey, raw: bytes, about: bytes) -> bytes:
    return AESGCM(master.secret).decrypt(raw[:_NONCE_BYTES], raw[_NONCE_BYTES:], about)


def proof_of(master: MasterKey) -> bytes:
    """What only this key opens: kept, so that another of the same id is found out at the start."""
    return _encrypted(master, _CHECKED, master.id.encode())


def proves(master: MasterKey, proof: bytes) -> bool:
    """Whether `proof_of` made it with this very key; False too for what is damaged."""
    try:
        _decrypted(master, proof, master.id.encode())
    except (InvalidTag, ValueError):
        return False
    return True


def mark_of(master: MasterKey) -> str:
    """That no record lies in the clear any more: kept beside the records, and nobody without the key makes one."""
    return f"{master.id}:{b64encode(_encrypted(master, _CHECKED, _OF_MARK)).decode()}"


def marks(masters: Iterable[MasterKey], mark: str) -> bool:
    """Whether one of these made it."""
    id_, _, body = mark.partition(":")
    master = next((one for one in masters if one.id == id_), None)
    try:
        return master is not None and _decrypted(master, b64decode(body), _OF_MARK) == _CHECKED
    except (InvalidTag, ValueError):
        return False


# -- records under data keys -------------------------------------------------------------


def seal(kind: int, key: DataKey, plain: bytes, address: str) -> bytes:
    """For that address alone: moved elsewhere it does not open."""
    head, nonce = bytes((kind,)) + key.id, secrets.token_bytes(_NONCE_BYTES)
    return head + nonce + key.cipher.encrypt(nonce, plain, head + address.encode())


def unseal(key: DataKey, raw: bytes, address: str) -> bytes:
    """InvalidTag where it was sealed for another address, or has been changed since."""
    return key.cipher.decrypt(raw[ID_END:_BODY], raw[_BODY:], raw[:ID_END] + address.encode())


def join(shared: bytes, own: bytes) -> bytes:
    """One that was sealed as OF_BOTH, and what is its author's alone, sealed as OF_FIELD: one record of both."""
    return shared[:_BODY] + (len(shared) - _BODY).to_bytes(_LENGTH_BYTES) + shared[_BODY:] + own


def parted(raw: bytes) -> tuple[bytes, bytes]:
    """What `join` joined."""
    end = _BODY + _LENGTH_BYTES + int.from_bytes(raw[_BODY : _BODY + _LENGTH_BYTES])
    return raw[:_BODY] + raw[_BODY + _LENGTH_BYTES : end], raw[end:]


def own_address(address: str) -> str:
    """Of the author's part of a record, so that neither part opens as the other."""
    return f"{address} own"


def kind_of(raw: bytes) -> int:
    """0 for a record in the clear, or none."""
    return raw[0] if raw and raw[0] in (OF_SLOT, OF_FIELD, OF_BOTH) else 0


def key_id_of(raw: bytes) -> bytes:
    """Of a sealed part: bytes 1 to 6."""
    return raw[1:ID_END]


def key_ids_of(raw: bytes) -> tuple[bytes, ...]:
    """Of all its parts; none of a record in the clear."""
    if kind_of(raw) != OF_BOTH:
        return (key_id_of(raw),) if kind_of(raw) else ()
    return key_id_of(raw), key_id_of(parted(raw)[1])
