"""What the messages that ask show: drawn with a close and a meeting's day, out of date where one has moved."""

from __future__ import annotations

from collections.abc import Container, Iterator
from datetime import date, datetime

from msgspec.structs import replace

from bot.domain.checkins import CheckIn, Drawn
from bot.domain.groups import MessageRef


def drawn(
    checkin: CheckIn,
    index: int,
    closes_at: datetime | None,
    now: datetime,
    meets_on: date | None = None,
    *,
    resting: bool = False,
    owed_at: datetime | None = None,
) -> CheckIn:
    """The message in that place has been drawn, with that close and meeting; what those before it show may not be
    known. `owed_at`: it is owed what a press did meanwhile."""
    new = Drawn(closes_at=closes_at, at=now, first=closes_at, meets_on=meets_on, owed_at=owed_at, resting=resting)
    known = [*checkin.drawn, *[new] * (index + 1 - len(checkin.drawn))]
    if index < len(checkin.drawn):
        known[index] = replace(new, first=known[index].first)
    return replace(checkin, drawn=tuple(known))


def owe(checkin: CheckIn, messages: Container[MessageRef], now: datetime) -> CheckIn:
    """Slack would not have these redrawn after a press: they are to say where it stands all the same. What is not
    known to be drawn stays so."""
    known = zip(checkin.drawn, checkin.messages, strict=False)
    return replace(
        checkin,
        drawn=tuple(replace(shows, owed_at=now) if message in messages else shows for shows, message in known),
    )


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
    checkin: CheckIn,
    closes_at: datetime | None,
    meets_on: date | None = None,
    later_holds: bool | None = None,
    asked_until: datetime | None = None,
) -> Iterator[tuple[int, datetime | None]]:
    """The messages that show another close than this, name another day, promise a *Later today* that won't be kept
    (or none where it will: `later_holds` says which), were drawn before `asked_until`, or are owed what a press
    did, by their place; and since when they are so. Of one whose close is not known it is only said that it still
    asks.
    """
    for index in range(len(checkin.messages)):
        if index >= len(checkin.drawn):  # an earlier Between did not note what it shows
            if closes_at is None:
                yield index, None
            continue
        shows = checkin.drawn[index]
        another_close = shows.closes_at != closes_at
        # once answers have closed, a meeting moves without them
        another_day = shows.closes_at and None not in (shows.meets_on, meets_on) and shows.meets_on != meets_on
        asks_still = asked_until and shows.at < asked_until
        another_promise = shows.resting is later_holds
        if shows.owed_at:
            yield index, shows.owed_at
        elif another_close or another_day or asks_still or another_promise:
            yield index, shows.at
