"""Sam's weeks in several groups, lived by the planner's own pure functions; and the page that shows a quarter."""

from __future__ import annotations

import random
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path

from msgspec.structs import replace

from bot.domain.asks import Ask, Routed, Wave
from bot.domain.attention import Attention, end, put
from bot.domain.checkins import answered
from bot.domain.groups import Group, MessageRef, Place
from bot.domain.hours import to_local
from bot.domain.ledger import Ledger, Wish, choose, noted, week_of
from bot.domain.outbox import Entry, Kind
from bot.domain.people import Person
from bot.domain.snapshot import GroupSnapshot
from bot.views.why import RULES
from scheduler.asking import matters_of
from scheduler.kinds import KINDS, coming_check_ins, plan
from tests.domain.young_carers import FIRST_THURSDAYS, THURSDAYS, Life, at, group, leader, person

PAGE = Path(__file__).parents[2] / "docs" / "attention.md"
ABOVE = "<!-- a quarter of Sam's: written by make counts -->\n"

BEGIN = at("2027-03-01", "06:00")
"""A Monday; Easter falls into what follows."""


class Weeks(Life):
    """A group of Sam's that puts asks to him. `presses`: whether he answers, and says *Not me*, as soon as he is
    asked."""

    def __init__(self, of: Group, sam: Person, asks: list[Ask], *, presses: bool) -> None:
        super().__init__(of, [sam, person("jo")], [leader(), leader("jo")])
        self.asks = {one.id: one for one in asks}
        self.attention: dict[str, Attention] = {}
        self.presses = presses
        self.put: list[str] = []

    def snapshot(self) -> GroupSnapshot:
        return replace(super().snapshot(), asks=self.asks, attention=self.attention)

    def post(self, entry: Entry, now: datetime) -> None:
        """What the sender does: the message goes, and what it puts is noted."""
        self._send(entry, now)
        if entry.kind is Kind.CHECK_IN and entry.person_id == "sam" and self.presses:
            self.checkins["sam"] = answered(self.checkins["sam"])
        if entry.kind in (Kind.CHECK_IN, Kind.LETTER) and entry.subject:
            ids = matters_of(entry)
            self.put += ids
            message = MessageRef(team_id="T1", channel="D1", ts=f"{len(self.sent)}.0")
            self.attention["sam"] = put(self.attention.get("sam"), "sam", ids, message, now)
            for id_ in ids if self.presses else ():
                self.attention["sam"] = end(self.attention["sam"], "sam", id_, now)


@dataclass
class Lives:
    """Sam in several groups at once, by the same pure functions as the planner: wishes, ledger, choice."""

    weeks: dict[str, Weeks]
    ledger: Ledger = field(default_factory=Ledger)
    taken: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    sent: list[tuple[datetime, str, Entry]] = field(default_factory=list)
    away: tuple[date, date] | None = None

    def live(self, weeks: int) -> None:
        now, until = BEGIN, BEGIN + timedelta(weeks=weeks)
        while now < until:
            self._be_away(now)
            looks = [self._look(id_, now) for id_ in self.weeks]
            now = min([*looks, now + timedelta(hours=6)])

    def sam(self) -> Person:
        return next(iter(self.weeks.values())).people["sam"]

    def _be_away(self, now: datetime) -> None:
        if self.away and self.away[0] <= now.date() < self.away[1]:
            for life in self.weeks.values():
                life.people["sam"] = replace(life.people["sam"], away_until=self.away[1])

    def _look(self, id_: str, now: datetime) -> datetime:
        life = self.weeks[id_]
        life._close(now)
        life._open(now)
        found, sam = plan(life.snapshot(), now), self.sam()
        week = week_of(sam, now)
        taken = self.taken[week] | self.taken[week_of(sam, now - timedelta(weeks=1))]
        self.ledger = noted(
            self.ledger, id_, self._wishes(life, found.occurrences, now), groups=list(self.weeks), taken=taken
        )
        for entry in found.entries:
            if entry.person_id != "sam" or not KINDS[entry.kind].COUNTED:
                life.post(entry, now)
            elif entry.name in choose(self.ledger, sam, self.taken[week], now) and entry.name not in life.sent:
                life.post(entry, now)
                self.taken[week].add(entry.name)
                self.sent.append((now, id_, entry))
        return found.look_again_at

    def _wishes(self, life: Weeks, occurrences: object, now: datetime) -> tuple[Wish, ...]:
        sam = {"sam": life.people["sam"]}
        wishes = {}
        for one in (*occurrences, *coming_check_ins(life.snapshot(), sam, now)):  # type: ignore[misc]
            entry = one.entry
            if entry and entry.person_id == "sam" and (claim := KINDS[entry.kind].COUNTED):
                moment = one.at if one.at > now else entry.due_at
                wishes[entry.name] = Wish(name=entry.name, claim=claim, at=moment, until=entry.expires_at)
        return tuple(wish for name, wish in wishes.items() if name not in life.sent)


def lives(of: list[Group], seed: int, *, away: tuple[date, date] | None = None) -> Lives:
    """Each group puts some asks to Sam, at moments that the seed chooses."""
    dice, found = random.Random(seed), {}
    for number, one in enumerate(of):
        id_ = f"g{number}"
        asks = [_ask(f"a{number}x{each}", dice) for each in range(dice.randrange(4))]
        own = replace(one, id=id_, name=f"Group {number}", place=Place(team_id="T1", channel=f"C{number}"))
        found[id_] = Weeks(own, person(), asks, presses=dice.random() < 0.5)
    return Lives(found, away=away)


def _ask(id_: str, dice: random.Random) -> Ask:
    moment = BEGIN + timedelta(minutes=dice.randrange(60 * 24 * 60))
    wave = Wave(at=moment, routed=(Routed(to="sam"),))
    return Ask(id=id_, by="jo", what="A van.", at=moment, waves=(wave, Wave(at=moment, routed=())))


def quarter() -> str:
    """The table of the page: three groups, thirteen weeks, what Sam was sent and why."""
    weekly = replace(THURSDAYS, interval=1, weekday=1)
    lived = lives([group(), group(weekly), group(FIRST_THURSDAYS)], 7)
    for number, (name, life) in enumerate(zip(NAMES, lived.weeks.values(), strict=True)):
        life.group = replace(life.group, name=name)
        life.presses = number != 1
    lived.live(13)
    rows = ["| Week from | When | Group | What, and why | With it |", "|---|---|---|---|---|"]
    for now, id_, entry in lived.sent:
        wall = to_local(now, lived.sam().zone)
        monday = wall.date() - timedelta(days=wall.weekday())
        with_it = ", ".join(one.partition(".")[0] for one in matters_of(entry))
        name = lived.weeks[id_].group.name
        rows.append(
            f"| {monday:%d %b} | {wall:%a %d %b %H:%M} | {name} | {RULES.get(entry.kind, '')} | {with_it} |"
        )
    return "\n".join(rows) + "\n"


NAMES = ("Young carers", "Repeat callers", "Winter beds")


def page() -> str:
    """The page as it should read: what is written by hand, and the table."""
    return PAGE.read_text("utf-8").partition(ABOVE)[0] + ABOVE + quarter()


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
