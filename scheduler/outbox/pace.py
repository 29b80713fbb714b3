"""How fast we speak: our own pace, which keeps us inside Slack's limits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True)
class Pace:
    """How fast we speak: `burst` messages at once in a workspace, then one each `every`; `gap` between two in one
    channel or to one person. Slack allows one a second a channel and “several hundred” a minute a workspace.
    """

    every: timedelta = timedelta(milliseconds=250)
    burst: int = 10
    gap: timedelta = timedelta(seconds=1)


OUR_PACE = Pace()
NO_PACE = Pace(every=timedelta(0), burst=1, gap=timedelta(0))
