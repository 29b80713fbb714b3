"""A Home that is drawn anew shows what is true now, and not what its press had read before it waited for Slack."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bot.domain.commitments import CommitmentWords, FirstStep
from bot.usecases import commitments
from handlers.incoming import Incoming, origin, read_command
from handlers.open_homes import Homes
from tests.usecases.conftest import MONDAY, House, house, who

__all__ = ["house"]


class Shown:
    """What Slack was told to show, as one text each."""

    def __init__(self) -> None:
        self.homes: list[str] = []

    async def show_home(self, team_id: str, user_id: str, view: dict[str, Any]) -> None:  # noqa: ARG002
        self.homes.append(str(view))


GRID = {
    "user": {"id": "U-Jo", "team_id": "T1"},
    "team": {"id": "T1", "enterprise_id": "E1"},
    "enterprise": {"id": "E1", "name": "The county"},
}


async def test_on_enterprise_grid_too_a_press_finds_the_home_of_whoever_pressed(house: House) -> None:
    """What a press says of its enterprise is not in the event that opened the Home."""
    slack: Any = Shown()
    press, homes = replace(house.deps, messenger=slack), Homes()
    await homes.opened(press, "T1", who("Jo"))
    typed = read_command({"team_id": "T1", "user_id": "U-Jo", "enterprise_id": "E1"})
    for incoming in (origin(GRID), typed):
        await homes.redraw(press, incoming)
    assert len(slack.homes) == 3


async def test_what_another_press_saved_meanwhile_is_shown(house: House) -> None:
    slack: Any = Shown()
    press, homes = replace(house.deps, messenger=slack), Homes()
    await homes.opened(press, "T1", who("Jo"))
    words = CommitmentWords(what="Walk the ward", part="", first_step=FirstStep(), benefit="")
    await commitments.add(house.deps, await house.member("Jo"), "c1", words, MONDAY)
    await homes.redraw(press, Incoming(who=who("Jo"), team_id="T1"))
    assert ["Walk the ward" in home for home in slack.homes] == [False, True]
