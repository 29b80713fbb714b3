"""Faults on order: what may go wrong between an app and Slack, when it shall, and when it did.

    world.faults.order(Fault("lost"), times=2, method="chat.postMessage", channel="C0OPEN")
    world.faults.order(Fault("ratelimited", seconds=3600), team="T0MILL")

Those in `LASTING` hold for `seconds` of the playground's clock; every other strikes a number of times.
"""

from __future__ import annotations

from collections import Counter, deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from typing import Any

from playground.clock import Clock
from playground.traffic import ApiCall, Delivery

Json = dict[str, Any]

#: Every kind of fault, in words.
ON_CALLS = {
    "lost": "The deed is done, then the connection drops before the answer.",
    "closed": "The connection drops before anything is done.",
    "error_before": "HTTP 500, and nothing is done.",
    "error_after": "HTTP 500, though the deed is done.",
    "fatal_before": "`fatal_error` with HTTP 200, and nothing is done.",
    "fatal_after": "`fatal_error` with HTTP 200, though the deed is done.",
    "slow": "The deed is done; the answer takes `seconds` of real time.",
    "garbled": "The deed is done; the answer breaks off in the middle of its JSON.",
    "ratelimited": "HTTP 429 for `seconds` of the playground's clock.",
    "outage": "HTTP 503 for `seconds` of the playground's clock.",
}
ON_EVENTS = {
    "event_twice": "An event is delivered twice, with one event id.",
    "event_late": "An event is delivered `seconds` late, on the playground's clock.",
}
ON_DELIVERIES = {"socket_dropped": "The app's socket connections drop with the next delivery on them, unanswered."}
KINDS = ON_CALLS | ON_EVENTS | ON_DELIVERIES
LASTING = {"ratelimited", "outage"}
LONGEST = timedelta(days=366).total_seconds()
MOST_TIMES = 1_000_000
SECONDS = {"ratelimited": 3600.0, "outage": 60.0, "event_late": 60.0, "slow": 1.0}


class NoSuchFault(ValueError):
    """The order cannot be taken; the words say why."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What goes wrong. `seconds` are real for `slow`, the playground's for all others; 0 takes the usual time."""

    kind: str
    seconds: float = 0.0

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise NoSuchFault(f"There is no fault {self.kind!r}. There are: {', '.join(KINDS)}.")
        if self.seconds < 0:
            raise NoSuchFault("A fault cannot last less than no time.")
        if not self.seconds <= LONGEST:  # NaN is not, either.
            raise NoSuchFault("A fault lasts a year at most.")

    @property
    def length(self) -> float:
        return self.seconds or SECONDS.get(self.kind, 0.0)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a fault may strike: a method (or an event's type, a delivery's kind), an app, a team, a channel."""

    method: str = ""
    app: str = ""
    team: str = ""
    channel: str = ""

    def covers(self, other: Place) -> bool:
        """Whether `other` lies within this place, where an empty name stands for any."""
        pairs = (
            (self.method, other.method),
            (self.app, other.app),
            (self.team, other.team),
            (self.channel, other.channel),
        )
        return all(wanted in ("", found) for wanted, found in pairs)


@dataclass(slots=True)
class Order:
    """A fault that waits for its place, `left` times or (a lasting one, None) up to `until`."""

    id: str
    fault: Fault
    place: Place
    left: int | None
    until: datetime | None = None

    def json(self) -> Json:
        place = {key: getattr(self.place, key) for key in ("method", "app", "team", "channel")}
        shape: Json = {"id": self.id, "kind": self.fault.kind, "seconds": self.fault.length, "left": self.left}
        return shape | place | {"until": self.until.isoformat() if self.until else None}


@dataclass(slots=True)
class Strike:
    """A fault that struck: what, when, where, and the call or delivery it spoiled."""

    at: datetime
    kind: str
    order_id: str
    place: Place
    spoiled: ApiCall | Delivery | None = None

    def json(self) -> Json:
        shape: Json = {"at": self.at.isoformat(), "kind": self.kind, "order": self.order_id}
        place = {key: getattr(self.place, key) for key in ("method", "app", "team", "channel")}
        return shape | place | {"call": self.spoiled.id if self.spoiled else None}


@dataclass
class Faults:
    """What was ordered and what struck, for one world."""

    clock: Clock
    orders: list[Order] = field(default_factory=list)
    strikes: deque[Strike] = field(default_factory=lambda: deque(maxlen=5000))
    counts: Counter[str] = field(default_factory=Counter)
    """How often each kind struck since the beginning."""
    _numbers: count[int] = field(default_factory=lambda: count(1))

    def order(
        self, fault: Fault, times: int = 1, method: str = "", team: str = "", channel: str = "", app: str = ""
    ) -> Order:
        """Let `fault` strike the next `times` that something happens in the place named; empty names mean any."""
        if not 1 <= times <= MOST_TIMES:
            raise NoSuchFault(f"A fault strikes at least once, and at most {MOST_TIMES:,} times.")
        lasting = fault.kind in LASTING
        until = self.clock.now() + timedelta(seconds=fault.length) if lasting else None
        order = Order(
            f"F{next(self._numbers)}", fault, Place(method, app, team, channel), None if lasting else times, until
        )
        self.orders.append(order)
        return order

    def cancel(self, order_id: str | None = None) -> int:
        """Withdraw one order, or all of them; what struck is kept. Returns how many there were."""
        before = len(self.orders)
        self.orders = [one for one in self.orders if order_id not in (None, one.id)]
        return before - len(self.orders)

    def strike(self, kinds: Json, place: Place, spoiled: ApiCall | Delivery | None = None) -> Order | None:
        """The oldest order for one of `kinds` here, counted as struck; None if all goes well."""
        if not self.orders:
            return None
        now = self.clock.now()
        self.orders = [one for one in self.orders if one.until is None or now < one.until]
        for order in self.orders:
            if order.fault.kind in kinds and order.place.covers(place):
                self._count(order, place, spoiled, now)
                return order
        return None

    def _count(self, order: Order, place: Place, spoiled: ApiCall | Delivery | None, now: datetime) -> None:
        self.strikes.append(Strike(now, order.fault.kind, order.id, place, spoiled))
        self.counts[order.fault.kind] += 1
        if order.left is not None:
            order.left -= 1
        if order.left == 0:
            self.orders.remove(order)

    def json(self) -> Json:
        """Everything, as the page and `GET /faults` show it."""
        return {
            "kinds": KINDS,
            "orders": [one.json() for one in self.orders],
            "strikes": [one.json() for one in self.strikes],
            "counts": dict(self.counts),
        }
