"""What the doctor finds: one line each, saying that it is well or what to do."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """`mend`: the bot can't work like this. `note`: it can, but whoever runs it should know."""

    what: str
    mend: bool = False
    note: bool = False

    def __str__(self) -> str:
        return f"{'mend' if self.mend else 'note' if self.note else 'ok':<5} {self.what}"


def well(what: str) -> Finding:
    """Nothing to do."""
    return Finding(what)


def note(what: str) -> Finding:
    """Worth knowing, and nothing to mend: the doctor still says that all is well."""
    return Finding(what, note=True)


def mend(what: str) -> Finding:
    """Something to do, which the sentence says: the doctor's exit code is 1."""
    return Finding(what, mend=True)
