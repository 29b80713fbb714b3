"""The faults panel: what can be ordered, what waits and what struck, in words."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice

from playground.actor import PersonCannot
from playground.faults import (
    KINDS,
    LASTING,
    ON_CALLS,
    ON_DELIVERIES,
    ON_EVENTS,
    SECONDS,
    Fault,
    NoSuchFault,
    Order,
    Place,
    Strike,
)
from playground.world import World

SHOWN = 30
"""How many of the newest strikes the panel lists."""
LONGEST_NUMBER = 12
"""Digits of a number that somebody may type."""
OFFERED = (
    ("When the app calls Slack", ON_CALLS),
    ("When Slack tells of an event", ON_EVENTS),
    ("When Slack delivers anything", ON_DELIVERIES),
)


@dataclass(frozen=True, slots=True)
class Line:
    """An order that waits, or something that struck."""

    key: str
    what: str
    more: str


@dataclass(frozen=True, slots=True)
class Trouble:
    """Everything the panel shows. `offered` are groups of (kind, words); `counts` are (words, times)."""

    offered: list[tuple[str, list[tuple[str, str]]]]
    methods: list[str]
    channels: list[tuple[str, str]]
    teams: list[tuple[str, str]]
    waiting: list[Line]
    struck: list[Line]
    counts: list[tuple[str, int]]


def read(world: World) -> Trouble:
    faults = world.faults
    return Trouble(
        offered=[(group, [(kind, words(kind)) for kind in kinds]) for group, kinds in OFFERED],
        methods=sorted({call.method for call in world.traffic.calls}),
        channels=[(one.id, f"#{one.name}") for one in world.channels.values() if one.is_named],
        teams=[(one.id, one.name) for one in world.workspaces.values()] if len(world.workspaces) > 1 else [],
        waiting=[_waiting(world, one) for one in faults.orders],
        struck=[_struck(world, one) for one in islice(reversed(faults.strikes), SHOWN)],
        counts=[(plain(KINDS[kind]), times) for kind, times in faults.counts.most_common()],
    )


def words(kind: str) -> str:
    """What a kind of fault does, and how long it lasts if nobody says."""
    usual = SECONDS.get(kind)
    return plain(KINDS[kind]) + (f" (Usually {usual:g} s.)" if usual else "")


def plain(sentence: str) -> str:
    """A sentence from the list without its marks for code."""
    return sentence.replace("`seconds`", "some seconds").replace("`", "")


def order(world: World, form: dict[str, str]) -> None:
    """Take the order that was filled in. Raises PersonCannot with what is wrong with it."""
    if not form.get("kind"):
        raise PersonCannot("Choose what shall go wrong.")
    try:
        fault = Fault(form.get("kind", ""), _number("How many seconds", form.get("seconds", ""), 0))
        times = _number("How often", form.get("times", ""), 1)
        place = {name: form.get(name, "").strip() for name in ("method", "team", "channel")}
        world.faults.order(fault, int(times), **place)
    except NoSuchFault as fault_:
        raise PersonCannot(str(fault_)) from None
    world.touch()


def _number(what: str, typed: str, otherwise: float) -> float:
    if not typed.strip():
        return otherwise
    if not typed.strip().isdecimal() or len(typed) > LONGEST_NUMBER:
        raise PersonCannot(f"{what} has to be a whole number, not {typed!r}.")
    return float(typed)


def _waiting(world: World, one: Order) -> Line:
    left = (
        f"until {one.until:%H:%M:%S} UTC"
        if one.until
        else f"{one.left} more {'time' if one.left == 1 else 'times'}"
    )
    lasts = f", {one.fault.length:g} seconds" if one.fault.length and one.fault.kind not in LASTING else ""
    return Line(one.id, plain(KINDS[one.fault.kind]), f"{left}{lasts}{_where(world, one.place)}")


def _struck(world: World, one: Strike) -> Line:
    return Line(one.order_id, plain(KINDS[one.kind]), f"{one.at:%H:%M:%S}{_where(world, one.place)}")


def _where(world: World, place: Place) -> str:
    """`, chat.postMessage in #tea`, with nothing for what may be any."""
    channel, team = world.channels.get(place.channel), world.workspaces.get(place.team)
    inside = f"#{channel.name}" if channel and channel.name else place.channel
    named = [
        place.method,
        inside and f"in {inside}",
        f"at {team.name}" if team and len(world.workspaces) > 1 else "",
    ]
    said = " ".join(one for one in named if one)
    return f", {said}" if said else ""
