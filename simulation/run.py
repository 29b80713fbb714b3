"""From nothing to figures: a Redis of its own, the stage, the play."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from simulation.cast import DEFAULT, Group
from simulation.figures import Figures, figures
from simulation.lives import plan_lives
from simulation.play import Play
from simulation.stage import Stage, staged
from simulation.transcript import LONDON, Transcript

OPENS = datetime(2026, 9, 7, 10, tzinfo=LONDON)
"""A Monday whose quarter has the end of summer time in it, and holidays of India, Ireland and the US."""


class Meets(StrEnum):
    """How often the groups meet."""

    WEEKLY = "weekly"
    FORTNIGHTLY = "fortnightly"

    @property
    def option(self) -> str:
        """In the form that sets a group up."""
        return {Meets.WEEKLY: "Every week", Meets.FORTNIGHTLY: "Every two weeks"}[self]


def ends(begun: datetime, weeks: float) -> datetime:
    """When a play that has begun then ends."""
    return begun + timedelta(weeks=weeks)


@dataclass(frozen=True)
class Played:
    figures: Figures
    transcript: str


async def played(
    redis_url: str,
    *,
    weeks: float,
    seed: int,
    groups: tuple[Group, ...] = DEFAULT,
    meets: Meets = Meets.FORTNIGHTLY,
    told: bool = True,
) -> Played:
    """Plays on an empty Redis. `told`: with a transcript, which grows with the groups."""
    async with staged(redis_url, groups, OPENS) as stage:
        return await _played(stage, weeks, seed, groups, meets, told)


async def _played(
    stage: Stage, weeks: float, seed: int, groups: tuple[Group, ...], meets: Meets, told: bool
) -> Played:
    transcript = Transcript(groups, stage.names()) if told else None
    play = Play(stage, groups, seed, transcript)
    await play.gather(meets.option)
    plan_lives(play, seed)
    await play.live(ends(stage.now, weeks))
    return Played(await figures(play, weeks), transcript.text if transcript else "")
