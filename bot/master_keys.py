"""Master keys, which come from outside: as text, from a file, or from a command that prints them."""

from __future__ import annotations

import os
import re
import secrets
import shlex
import stat
import subprocess
from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

SECRET_BYTES = 32
COMMAND_TIMEOUT_S = 30.0
HOW = "`between keys new` prints one"
_ID = re.compile(r"[A-Za-z0-9_.\-]{1,40}")


class BadKeys(ValueError):
    """What was given holds no keys, or bad ones; in a sentence that shows none of it."""


@dataclass(frozen=True)
class MasterKey:
    """`id` is said in sentences; `secret`, 32 bytes, never is."""

    id: str
    secret: bytes = field(repr=False)

    def line(self) -> str:
        """As it stands in a setting or a file."""
        return f"{self.id}:{b64encode(self.secret).decode()}"


@dataclass(frozen=True)
class MasterKeys:
    """Every master key that was given, the newest first. `source` says where they came from; `beside` is the file
    beside the data that holds some, where there is one."""

    keys: tuple[MasterKey, ...]
    source: str = ""
    beside: Path | None = None

    @property
    def newest(self) -> MasterKey:
        """What wraps from now on. IndexError where none was given."""
        return self.keys[0]

    def get(self, id_: str) -> MasterKey | None:
        """None where the key of that id was not given."""
        return next((key for key in self.keys if key.id == id_), None)

    def __iter__(self) -> Iterator[MasterKey]:
        return iter(self.keys)


def new_master(id_: str) -> MasterKey:
    """Drawn by lot; it is kept by nobody yet."""
    return MasterKey(id_, secrets.token_bytes(SECRET_BYTES))


def read_text(text: str, source: str) -> MasterKeys:
    """Keys as `id:base64`, the newest first, with commas or line breaks between. BadKeys."""
    lines = [line for line in re.split(r"[\s,]+", text) if line]
    found = tuple(_key(line, number, source) for number, line in enumerate(lines, 1))
    if not found:
        raise BadKeys(f"There is no key in {source}; {HOW}.")
    if len({key.id for key in found}) < len(found):
        raise BadKeys(f"Two keys in {source} have the same id. Each needs its own; {HOW}.")
    return MasterKeys(found, source)


def _key(line: str, number: int, source: str) -> MasterKey:
    id_, colon, encoded = line.partition(":")
    try:
        secret = b64decode(encoded.replace("-", "+").replace("_", "/"), validate=True)
    except (NotBase64, ValueError):
        secret = b""
    if not colon or not _ID.fullmatch(id_) or len(secret) != SECRET_BYTES:
        raise BadKeys(f"Key {number} in {source} is not id:base64 of {SECRET_BYTES} bytes; {HOW}.")
    return MasterKey(id_, secret)


def read_file(path: Path, source: str) -> MasterKeys:
    """BadKeys, also where it can't be read."""
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is no text"
        raise BadKeys(f"{source} can't be read: {path}: {why}.") from None
    return read_text(text, source)


def read_command(command: str, source: str) -> MasterKeys:
    """What a command prints, such as one that asks a vault. BadKeys where it fails, or takes too long; what it says
    of that may hold anything, so it is not repeated."""
    try:
        done = subprocess.run(  # noqa: S603
            shlex.split(command), capture_output=True, text=True, timeout=COMMAND_TIMEOUT_S, check=False
        )
    except subprocess.TimeoutExpired:
        raise BadKeys(f"{source} printed no key within {COMMAND_TIMEOUT_S:.0f} seconds.") from None
    except (OSError, ValueError) as error:
        raise BadKeys(f"{source} can't be run: {getattr(error, 'strerror', None) or error}.") from None
    if done.returncode:
        raise BadKeys(f"{source} ended with code {done.returncode}. Run it by hand to see what it says.")
    return read_text(done.stdout, f"what {source} prints")


def open_to_others(path: Path) -> bool:
    """Whether others than its owner may read the file."""
    try:
        return bool(stat.S_IMODE(path.stat().st_mode) & 0o077)
    except OSError:
        return False


def write_file(path: Path, key: MasterKey) -> None:
    """Made whole or not at all, for its owner alone, and on disk before anything is sealed with it. OSError."""
    draft = path.with_name(f"{path.name}.new")
    draft.unlink(missing_ok=True)  # of one who died here; the folder is ours alone
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(key.line() + "\n")
        file.flush()
        os.fsync(file.fileno())
    draft.rename(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
