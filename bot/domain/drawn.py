"""What the messages that ask show: drawn with a close and a meeting's day, out of date where one has moved."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from msgspec.structs import replace

from bot.domain.checkins import CheckIn, Drawn


def drawn(
    checkin: CheckIn, index: int, closes_at: datetime | None, now: datetime, meets_on: date | None = None
) -> CheckIn:
    """The message in that place has been drawn, with that close and meeting; what those before it show may not be
    known."""
    new = Drawn(closes_at=closes_at, at=now, first=closes_at, meets_on=meets_on)
    known = [*checkin.drawn, *[new] * (index + 1 - len(checkin.drawn))]
    if index < len(checkin.drawn):
        known[index] = replace(new, first=known[index].first)
    return replace(checkin, drawn=tuple(known))


def asks_no_more(checkin: CheckIn, now: datetime) -> CheckIn:
    """What asked says that they have left: out of date once they are back before the round is over."""
    for index in range(len(checkin.messages)):
        checkin = drawn(checkin, index, None, now)
    return checkin


def moved(checkin: CheckIn, index: int, closes_at: datetime) -> bool:
    """Whether answers to the message in that place count until another time than it said at first; where that is
    not known, they do."""
    return not (index < len(checkin.drawn) and checkin.drawn[index].first == closes_at)


def out_of_date(
    checkin: CheckIn, closes_at: datetime | None, meets_on: date | None = None
) -> Iterator[tuple[int, datetime | None]]:
    """The messages that show another close than this, or name another day, by their place; and since when they do.
    Of one whose close is not known it is only said that it still asks.
    """
    for index in range(len(checkin.messages)):
        shows = checkin.drawn[index] if index < len(checkin.drawn) else None
        if shows is None and closes_at is None:
            yield index, None
        elif shows is not None and (shows.closes_at != closes_at or _elsewhen(shows, meets_on)):
            yield index, shows.at


def _elsewhen(shows: Drawn, meets_on: date | None) -> bool:
    """Once answers have closed, a meeting moves without them."""
    return shows.closes_at is not None and None not in (shows.meets_on, meets_on) and shows.meets_on != meets_on
