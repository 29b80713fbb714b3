"""Who plays: nine leaders with habits in one group, one of them in two more; or many plain groups of nine."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from simulation.habits import (
    AWAY,
    EXTERNAL,
    IN_THREE_GROUPS,
    LATE,
    LEAVING,
    PROMPT,
    SILENT,
    Habit,
)

HOME, ELSEWHERE = "T0RIVER", "T0CARERS"
"""The workspace where the app is installed, and one that shares the channel by Slack Connect."""

PLAIN = (PROMPT, PROMPT, PROMPT, PROMPT, LATE, LATE, SILENT, AWAY, LEAVING)


@dataclass(frozen=True)
class Leader:
    """Somebody of the playground, and what they are like. `team` is their workspace's id, `nation` whose public
    holidays they keep: asked of people of other workspaces."""

    id: str
    name: str
    organisation: str
    habit: Habit
    zone: str = "Europe/London"
    team: str = HOME
    nation: str = "England"


@dataclass(frozen=True)
class Group:
    """Leaders around one channel; the first sets the group up. `nine` is whether the wanted figures are meant for
    it."""

    name: str
    channel: str
    leaders: tuple[Leader, ...]
    nine: bool = True


SAM = Leader("U0SAM", "Sam Okafor", "Riverside Council", PROMPT)
AMIR = Leader("U0AMIR", "Amir Haddad", "Riverside Fire & Rescue", IN_THREE_GROUPS)
NINE = (
    SAM,
    Leader("U0JO", "Jo Lindqvist", "Riverside Hospitals Trust", PROMPT),
    Leader("U0PRIYA", "Priya Raman", "Riverside Hospitals Trust", LATE, "Asia/Kolkata"),
    AMIR,
    Leader("U0MARGARET", "Margaret Whitcombe", "Riverside Police", PROMPT),
    Leader("U0AOIFE", "Aoife Brennan", "Young Carers Together", EXTERNAL, "Europe/Dublin", ELSEWHERE, "Ireland"),
    Leader("U0DESMOND", "Desmond Clarke", "Riverside Council", AWAY, "America/New_York"),
    Leader("U0WEI", "Wei Zhang", "Millrace Housing", SILENT),
    Leader("U0KASIA", "Kasia Nowak", "Millrace Housing", LEAVING),
)
"""In the order in which they join."""

DEFAULT = (
    Group("Young carers", "C0CARERS", NINE),
    Group(
        "Warm homes",
        "C0HOMES",
        (
            Leader("U0NADIA", "Nadia Rahimi", "Millrace Housing", PROMPT),
            AMIR,
            Leader("U0TOMOS", "Tomos Rees", "Citizens Advice", LATE),
        ),
        nine=False,
    ),
    Group(
        "Winter beds",
        "C0BEDS",
        (
            Leader("U0GRACE", "Grace Mensah", "Riverside Hospitals Trust", PROMPT),
            AMIR,
            Leader("U0LEO", "Leo Barnes", "Riverside Council", SILENT),
        ),
        nine=False,
    ),
)


def plain_groups(count: int) -> tuple[Group, ...]:
    """So many groups of nine, each with people of its own, all at home; nobody is in two."""
    return tuple(_plain(number) for number in range(1, count + 1))


def _plain(number: int) -> Group:
    leaders = [
        replace(one, id=f"U{number}X{place}", habit=habit, zone="Europe/London", team=HOME)
        for place, (one, habit) in enumerate(zip(NINE, PLAIN, strict=True))
    ]
    return Group(f"Group {number}", f"C0G{number}", tuple(leaders))


def world_of(groups: tuple[Group, ...], app: dict[str, Any]) -> dict[str, Any]:
    """What the playground is furnished with: see `playground/people.yaml`, whose `app` it is."""
    return {
        "workspaces": [
            {"id": HOME, "name": "Riverside Partnership", "domain": "riverside-partnership"},
            {"id": ELSEWHERE, "name": "Young Carers Together", "domain": "young-carers-together"},
        ],
        "people": [*_people(groups)],
        "apps": [copy.deepcopy(app)],
        "channels": [_channel(group) for group in groups],
    }


def _people(groups: tuple[Group, ...]) -> Iterator[dict[str, Any]]:
    for one in {leader.id: leader for group in groups for leader in group.leaders}.values():
        handle = f"{one.name.lower().replace(' ', '.')}.{one.id.lower()}" if "X" in one.id else ""
        yield {
            "id": one.id,
            "team_id": one.team,
            "name": handle or one.name.lower().replace(" ", "."),
            "real_name": one.name,
            "tz": one.zone,
            "organisation": one.organisation,
        }


def _channel(group: Group) -> dict[str, Any]:
    return {
        "id": group.channel,
        "name": group.name.lower().replace(" ", "-"),
        "teams": list(dict.fromkeys([HOME, *(one.team for one in group.leaders)])),
        "members": [one.id for one in group.leaders],
    }
