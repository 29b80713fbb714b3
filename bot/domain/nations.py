"""Nations: whose public holidays a person or a group keeps, and which days are working days there."""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache

import holidays
from babel import Locale
from babel.core import get_global

from bot.domain.problems import Problem, ProblemCode
from bot.domain.spelling import nearest, tidy

_UK = {"GB-ENG": "England", "GB-SCT": "Scotland", "GB-WLS": "Wales", "GB-NIR": "Northern Ireland"}
_ALSO = {
    "uk": "GB",
    "britain": "GB",
    "great britain": "GB",
    "usa": "US",
    "america": "US",
    "eire": "IE",
    "republic of ireland": "IE",
}


def find_nation(typed: str, field: str | None = None) -> str:
    """The code for what somebody typed: `Scotland`, `gb-sct`, `UK`, `India`. Raises Problem with suggestions."""
    word = tidy(typed)
    if not word:
        raise Problem(ProblemCode.NATION_MISSING, field)
    if found := _spellings().get(word):
        return found
    country, _, part = word.upper().partition("-")
    if part in _codes().get(country, ()):
        return f"{country}-{part}"
    names = {spelling: nation_name(code) for spelling, code in _spellings().items() if len(spelling) > 3}
    raise Problem(ProblemCode.NATION_UNKNOWN, field, typed=typed, near=nearest(word, names))


def nation_name(nation: str) -> str:
    """What people call it: “Scotland”; the code itself where there is no name for it."""
    country, _, part = nation.partition("-")
    name = str(Locale("en", "GB").territories.get(country, country))
    return _UK.get(nation) or (f"{name} ({part})" if part else name)


def nation_of(zone: str) -> str:
    """The nation most people in that zone live in, to begin with until they say; empty where it is not known."""
    # countries are listed by one name of each zone, and people have the others too
    name = get_global("zone_aliases").get(zone, zone)
    code = str(get_global("zone_territories").get(name, ""))
    return code if code in _codes() else ""


def working_day(day: date, nation: str) -> bool:
    """Neither the weekend, which is Friday and Saturday in some nations, nor a public holiday."""
    return _calendar(nation, day.year).is_working_day(day) if nation else day.weekday() < 5


def public_holiday(day: date, nation: str) -> bool:
    """Whether it is one on a weekday: whoever meets at a weekend chose that."""
    return day.weekday() < 5 and not working_day(day, nation)


def next_working_day(day: date, nation: str) -> date:
    """The first working day after `day`."""
    return working_day_from(day + timedelta(days=1), nation)


def previous_working_day(day: date, nation: str) -> date:
    """The last working day before `day`."""
    return working_day_until(day - timedelta(days=1), nation)


def working_day_from(day: date, nation: str) -> date:
    """`day` itself, or the first working day after it."""
    while not working_day(day, nation):
        day += timedelta(days=1)
    return day


def working_day_until(day: date, nation: str) -> date:
    """`day` itself, or the last working day before it."""
    while not working_day(day, nation):
        day -= timedelta(days=1)
    return day


@cache
def _calendar(nation: str, year: int) -> holidays.HolidayBase:
    """`nation` is ISO 3166 with or without a subdivision (`GB-SCT`); plain `GB` keeps England's holidays. Raises
    Problem for one that is not known."""
    country, _, part = nation.partition("-")
    if country == "GB" and not part:
        part = "ENG"  # holidays that all four nations share leave out Easter Monday, which most people have
    if country not in _codes() or (part and part not in _codes()[country]):
        raise Problem(ProblemCode.HOLIDAYS_UNKNOWN, nation=nation)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # some moon calendars are known to 2035 only: later years have fewer days
        return holidays.country_holidays(country, subdiv=part or None, years=year, expand=False)


@cache
def _codes() -> Mapping[str, list[str]]:
    """Country code → its subdivisions, for every country whose holidays are known."""
    return dict(holidays.list_supported_countries(include_aliases=False))


@cache
def _spellings() -> Mapping[str, str]:
    names = Locale("en", "GB").territories
    countries = {tidy(str(names[code])): code for code in _codes() if code in names}
    parts = {tidy(name): code for code, name in _UK.items()}
    return {code.casefold(): code for code in _codes()} | countries | parts | _ALSO
