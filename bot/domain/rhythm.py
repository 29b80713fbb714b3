"""Rhythm: a group's settings of time, as records. What follows from them is in `meetings` and `rounds`."""

from __future__ import annotations

from datetime import date
from typing import Literal

import msgspec


class Recurrence(msgspec.Struct, frozen=True, kw_only=True):
    """When a group meets, on the wall clock of the group's zone.

    `weeks`: every `interval` weeks on `weekday` (Monday is 0), counted from the week of `anchor`.
    `months`: the `nth` `weekday` (1 to 4, or -1 for the last) of every `interval` months from `anchor`'s.
    `at` is `HH:MM`. No meeting falls before `anchor`.
    """

    every: Literal["weeks", "months"]
    interval: int
    weekday: int
    at: str
    anchor: date
    nth: int | None = None


class Moved(msgspec.Struct, frozen=True, kw_only=True):
    """One meeting that moved: the day it was planned for, and where it went (group's wall clock)."""

    planned: date
    to: date
    at: str


class Rhythm(msgspec.Struct, frozen=True, kw_only=True):
    """A group's settings of time. Hours are wall clock: `hours_from` and `hours_to` in each leader's zone, the rest
    in the group's. `checkin_weekday` is used only for weekly rounds, where meetings are over a fortnight apart.
    `skipped` are the days of meetings that won't be; `nudge` says whether there is a reminder, and `nudge_percent`
    how much of the time to answer has gone by then. `brief_at` is on the working day before a meeting.
    """

    meeting: Recurrence
    moved: tuple[Moved, ...] = ()
    skipped: tuple[date, ...] = ()
    nudge: bool = True
    nudge_percent: int = 60
    checkin_days_before: int = 5
    checkin_weekday: int = 0
    digest_at: str = "10:00"
    brief_at: str = "16:00"
    hours_from: str = "08:00"
    hours_to: str = "18:00"
