"""What happens in people's lives by the calendar: they go away, they leave, a meeting moves, and somebody of the
nine puts something to all."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from functools import partial
from random import Random

from simulation.cast import Group
from simulation.play import Play
from simulation.player import Player

A_DAY = timedelta(days=1)
MOVED_AFTER = timedelta(weeks=4, hours=4)
"""When a convenor moves the next meeting by a day."""

QUESTION_AFTER = timedelta(weeks=1, days=2, hours=2)
DRAFT_AFTER = timedelta(weeks=4, days=1, hours=3)
REVIEW_AFTER = timedelta(weeks=7, days=2, hours=1)
OTHER_WORDS_AFTER = timedelta(weeks=9, hours=2)
"""When somebody of the nine puts a question to all, drafts a purpose, starts a review, and suggests other words."""


def plan_lives(play: Play, seed: int) -> None:
    """From now on, once the groups are gathered."""
    begun = play.stage.now
    for player in play.players.values():
        habit = player.leader.habit
        if habit.away:
            week, days = habit.away
            at = begun + timedelta(weeks=week, hours=3)
            play.plan(at, partial(_away, play, player, at + timedelta(days=days)))
        if habit.leaves:
            play.plan(begun + timedelta(weeks=habit.leaves, hours=2), partial(_leave, play, player))
    for group in play.groups:
        play.plan(begun + MOVED_AFTER, partial(_move_meeting, play, play.players[group.leaders[0].id]))
        if group.nine:
            _plan_together(play, group, seed, begun)


def _plan_together(play: Play, group: Group, seed: int, begun: datetime) -> None:
    dice, together = Random(f"{seed}:{group.channel}"), play.together  # noqa: S311
    deeds = {
        QUESTION_AFTER: together.ask,
        DRAFT_AFTER: together.draft,
        REVIEW_AFTER: together.review,
        OTHER_WORDS_AFTER: together.draft,
    }
    for after, deed in deeds.items():
        play.plan(begun + after, partial(_begin, play, group, dice, deed))


async def _begin(play: Play, group: Group, dice: Random, deed: Callable[[Player, str], Awaitable[bool]]) -> None:
    """By one of those who are there and would."""
    there = [one for one in group.leaders if one.habit.begins and play.there(one, play.stage.now)]
    if there:
        await deed(play.players[dice.choice(there).id], group.channel)


async def _away(play: Play, player: Player, until: datetime) -> None:
    back = until.date()
    if await player.go_away(play.newest_check_in(player), back.isoformat()):
        play.tally.people[player.leader.id].away.append((play.stage.now, back))


async def _move_meeting(play: Play, convenor: Player) -> None:
    await convenor.move_meeting(play.newest_check_in(convenor), A_DAY)


async def _leave(play: Play, player: Player) -> None:
    if await player.leave(play.newest_check_in(player)):
        play.tally.people[player.leader.id].left = play.stage.now
