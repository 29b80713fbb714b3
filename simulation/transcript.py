"""Who did what, what each then saw, and when: to be read like a play."""

from __future__ import annotations

import re
from datetime import datetime
from zoneinfo import ZoneInfo

from playground.as_text import Names
from simulation.cast import Group
from simulation.shown import SOMEBODY, Shown, Way

LONDON = ZoneInfo("Europe/London")


class Transcript:
    """Whole screens the first time; after that, what reads the same but for names is told by its first line."""

    def __init__(self, groups: tuple[Group, ...], names: Names) -> None:
        self.lines: list[str] = []
        self._names = names
        leaders = {leader.id: leader for group in groups for leader in group.leaders}
        self._who = {id_: one.name.split()[0] for id_, one in leaders.items()}
        self._places = {group.channel: names[group.channel] for group in groups}
        self._zones = {id_: ZoneInfo(one.zone) for id_, one in leaders.items()}
        every = sorted({*self._who.values(), *(one.organisation for one in leaders.values())}, key=len)
        self._called = re.compile("|".join(map(re.escape, reversed(every))))
        self._told: set[str] = set()
        self._moment = ""
        self._doer = ""

    @property
    def text(self) -> str:
        return "\n".join(self.lines) + "\n"

    def did(self, at: datetime, who: str, what: str) -> None:
        self._at(at)
        self._doer = self._who.get(who, who)
        self.lines.append(f"{self._doer} {what}")

    def saw(self, shown: Shown) -> None:
        self._at(shown.at)
        screen = shown.screen(self._names)
        like = f"{shown.way}: {self._called.sub('…', screen)}"
        head = f"  {self._head(shown)}:"
        if like in self._told:
            self.lines.append(f"{head} as before: {self._first(shown, screen)}")
            return
        self._told.add(like)
        self.lines += [head, *(f"    | {line}".rstrip() for line in screen.splitlines())]

    def _first(self, shown: Shown, screen: str) -> str:
        first = screen.splitlines()[0]
        return first[1:-1] if shown.in_message else first

    def _head(self, shown: Shown) -> str:
        if shown.to in self._places:
            changed = f", {shown.way}" if shown.way is not Way.POST else ""
            return f"In {self._places[shown.to]}{changed}"
        if shown.to == SOMEBODY:
            return f"To {self._doer} alone"
        if shown.to not in self._zones:
            return "To two together"
        wall = shown.at.astimezone(self._zones[shown.to])
        own = f" ({wall:%H:%M %Z})" if wall.utcoffset() != shown.at.astimezone(LONDON).utcoffset() else ""
        way = {Way.DM: "", Way.CHANGED: ", changed to", Way.NOTE: " alone", Way.FORM: ", a form"}
        return f"To {self._who[shown.to]}{own}{way.get(shown.way, f', {shown.way}')}"

    def _at(self, at: datetime) -> None:
        moment = f"{at.astimezone(LONDON):%A %-d %B, %H:%M %Z}"
        if moment != self._moment:
            self.lines += ["", f"——— {moment}"]
            self._moment = moment
