"""The list of erasures, in a file of its own: outside of what backups hold, so that a restore brings nobody back.

A line for each: who, as a hash of an id that was drawn by lot; the day; and whether they left their commitments.
"""

from __future__ import annotations

import asyncio
import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path


@dataclass(eq=False)
class ErasureFile:
    """`ports.ErasureList`. Lines are only ever added; a line twice is as one. A line that can't be read is left
    aside: it was cut off while it was written, and is written again by whoever goes on with that erasure."""

    _path: Path

    async def note(self, hashed: str, *, left: bool, at: datetime) -> None:
        """On the disk when this returns. Raises OSError."""
        await asyncio.to_thread(self._note, hashed, left, at)

    async def all(self) -> dict[str, bool]:
        """In a thread, since it reads a file. OSError where that can't be read; empty where there is none yet."""
        return await asyncio.to_thread(self._all)

    def _note(self, hashed: str, left: bool, at: datetime) -> None:
        # Two at once may both pass this look: then the line stands twice, which is as one.
        if hashed in self._all():
            return
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with self._path.open("a", encoding="ascii") as file:
            os.chmod(file.fileno(), 0o600)
            # A line break before it as well: what a crash cut off ends there, and does not swallow this line.
            file.write(f"\n{hashed} {at:%Y-%m-%d} {'left' if left else 'all'}\n")
            # Before anything is deleted in Redis: who dies right after this has the erasure on its list, and
            # finishes it after a restore too.
            file.flush()
            os.fsync(file.fileno())

    def _all(self) -> dict[str, bool]:
        try:
            lines = self._path.read_text("ascii", errors="replace").splitlines()
        except FileNotFoundError:
            return {}
        parts = [line.split() for line in lines]
        return {one[0]: one[2] == "left" for one in parts if len(one) == 3 and len(one[0]) == 64}
