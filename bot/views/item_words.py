"""What is kept of a person, in words: codes, days and rounds as people say them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime

from bot.domain.checkins import CheckInState
from bot.domain.commitments import State
from bot.domain.hours import to_local
from bot.domain.introductions import Talk
from bot.domain.items import Item, What
from bot.domain.matters import MatterCode
from bot.domain.nations import nation_name
from bot.domain.people import Guest
from bot.domain.review import Placing
from bot.domain.twenty_minutes import half_day
from bot.views.commitments import named
from bot.views.dates import WEEKDAYS, say_date, say_zone
from bot.views.pulse import ANSWERS
from bot.views.review import PLACING_WORDS
from bot.views.twenty_minutes import LABELS
from bot.views.why import RULES

_ROUND = re.compile(r"(\d{4})-W(\d\d)")

CHECK_INS: Mapping[str, str] = {
    CheckInState.WAITING: "Not answered",
    CheckInState.REMIND_LATER: "Put off to later that day",
    CheckInState.ANSWERED: "Answered",
    CheckInState.SKIPPED: "Skipped",
    CheckInState.AWAY: "You were away",
}
TALKS: Mapping[str, str] = {Talk.WE_DID: "We did", Talk.NOT_YET: "Not yet"}
GUESTS: Mapping[str, str] = {Guest.MULTI: "a guest there", Guest.SINGLE: "a guest there, in one channel"}
MATTERS: Mapping[str, str] = {
    MatterCode.ASK: "An ask that may be for you",
    MatterCode.UNHELD: "A commitment that nobody holds",
    MatterCode.OFFER_ENDS: "An offer of yours that ends",
    MatterCode.TALK: "Whether you two talked",
    MatterCode.TWENTY: "Finding twenty minutes",
    MatterCode.FIRST_STEP: "A first step whose day had come",
    MatterCode.PASSED_ON: "A commitment that was passed on",
    MatterCode.STUCK: "Somebody who was stuck",
    MatterCode.GLAD: "News you might be glad to hear",
    MatterCode.INQUIRY: "A question to all",
    MatterCode.INQUIRY_OFFER: "A question you could put to all",
    MatterCode.REVIEW: "A review",
    MatterCode.REVIEW_STOP: "Stopping a commitment of yours",
    MatterCode.PURPOSE: "Words for what we are here for",
    MatterCode.STOP_OFFER: "Whether Between is to stop",
    MatterCode.PULSE: "A pulse",
}
WAITING: Mapping[str, str] = {kind: f"{rule[:1].upper()}{rule[1:]}" for kind, rule in RULES.items()}


def in_words(item: Item, zone: str) -> str:
    """Its text. A code of another release stands as it is, without its underlines."""
    found = _WORDS.get(item.what)
    return found(item.text, zone) if found else item.text


def about_in_words(item: Item) -> str:
    """A round by its week: “the week of 23 November 2026”."""
    if item.what is What.SLACK_ID:
        return GUESTS.get(item.about, item.about)
    found = _ROUND.fullmatch(item.about)
    if found is None:
        return item.about
    try:
        monday = date.fromisocalendar(int(found[1]), int(found[2]), 1)
    except ValueError:
        return item.about
    return f"the week of {_day(monday)}"


def say_moment(at: datetime | None, zone: str) -> str:
    """“24 November 2026, 09:00” on the clock of that zone."""
    if at is None:
        return ""
    local = to_local(at, zone)
    return f"{_day(local.date())}, {local:%H:%M}"


def _day(day: date) -> str:
    return f"{say_date(day, day)} {day.year}"


def _one_of(words: Mapping[str, str]) -> Callable[[str, str], str]:
    return lambda code, _: words.get(code, code.replace("_", " "))


def _iso_day(text: str, _: str) -> str:
    try:
        return _day(date.fromisoformat(text))
    except ValueError:
        return text


def _progress(text: str, _: str) -> str:
    """Its state, and what was said of it."""
    code, colon, note = text.partition(": ")
    return f"{named(State(code))}{colon}{note}" if code in [*State] else text


def _half_days(text: str, _: str) -> str:
    found = [half for code in text.split() if (half := half_day(code))]
    said = [f"{WEEKDAYS[half.day.weekday()]} {_day(half.day)}, {LABELS[half.part].lower()[:-1]}" for half in found]
    return "; ".join(said) or text


def _slack_time(text: str, zone: str) -> str:
    try:
        return say_moment(datetime.fromtimestamp(float(text), UTC), zone)
    except (ValueError, OverflowError, OSError):
        return text


_WORDS: Mapping[What, Callable[[str, str], str]] = {
    What.NATION: lambda code, _: nation_name(code),
    What.ZONE: lambda name, _: say_zone(name),
    What.AWAY: _iso_day,
    What.PAUSED: _iso_day,
    What.WAITING: _one_of(WAITING),
    What.TYPED: _slack_time,
    What.CHECK_IN: _one_of(CHECK_INS),
    What.PUT: _one_of(MATTERS),
    What.NOT_NOW: _one_of(MATTERS),
    What.NO_MORE: _one_of(MATTERS),
    What.TALKED: _one_of(TALKS),
    What.TICKED: _half_days,
    What.PULSE_ANSWER: _one_of({code: said for words in ANSWERS.values() for code, said in words.items()}),
    What.PLACED: lambda code, _: PLACING_WORDS[Placing(code)] if code in [*Placing] else code.replace("_", " "),
    What.PROGRESS: _progress,
}
