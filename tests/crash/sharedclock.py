"""One clock that several processes read and only the test moves: eight bytes in a file that all of them map."""

from __future__ import annotations

import mmap
import struct
from datetime import UTC, datetime, timedelta
from pathlib import Path

_MS = struct.Struct("<q")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class SharedClock:
    """Stands still until moved. `ms` is for whoever takes the time as the server tells it."""

    def __init__(self, file: Path, begin: datetime | None = None) -> None:
        if begin is not None:
            file.write_bytes(_MS.pack(0))
        with file.open("r+b") as open_:
            self._shared = mmap.mmap(open_.fileno(), _MS.size)
        if begin is not None:
            self.move_to(begin)

    def ms(self) -> int:
        found: int = _MS.unpack_from(self._shared)[0]
        return found

    def now(self) -> datetime:
        return _EPOCH + timedelta(milliseconds=self.ms())

    def move_to(self, at: datetime) -> None:
        _MS.pack_into(self._shared, 0, (at - _EPOCH) // timedelta(milliseconds=1))

    def move_by(self, span: timedelta) -> None:
        self.move_to(self.now() + span)
