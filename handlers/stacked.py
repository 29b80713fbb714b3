"""The forms that lie under others, as this process saw them when something was opened on top of them.

Slack tells what stands in the form that was pressed, and of the one below it no more than an id. Only a hint:
another process, or one that began anew, knows nothing, and one step less leads back.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.ports.blocks import View

MOST_FORMS = 300
KEPT_FOR = timedelta(hours=1)
"""Half-typed words may stand in them, so they are held no longer than somebody has a form open."""


@dataclass(eq=False)
class SeenForms:
    """`ports.Stacked`."""

    _seen: dict[str, tuple[datetime, View]] = field(default_factory=dict)
    """By the form's id in Slack, the one that was seen longest ago first."""

    def keep(self, view_id: str, view: View, now: datetime) -> None:
        """`view`: with what was typed by then. What is older than an hour goes; where nothing is, the oldest beyond
        300."""
        self._seen.pop(view_id, None)
        self._seen[view_id] = now, view
        old = [id_ for id_, (at, _) in self._seen.items() if at <= now - KEPT_FOR]
        for id_ in old or [*self._seen][:-MOST_FORMS]:
            del self._seen[id_]

    def forget(self, view_id: str) -> None:
        """It may read otherwise by now."""
        self._seen.pop(view_id, None)

    def find(self, view_id: str, now: datetime) -> View | None:
        """As it was kept last, within the hour; None where this process saw it on no press."""
        at, view = self._seen.get(view_id, (None, None))
        return view if at and now < at + KEPT_FOR else None
