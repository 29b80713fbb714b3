"""Zones: IANA names, what people type for them, and what people call them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from babel import Locale
from babel.core import get_global

from bot.domain.problems import Problem
from bot.domain.spelling import did_you_mean, nearest, quoted, tidy

Zone = str | ZoneInfo
"""A zone by IANA name, or already looked up."""

_CLOCKS = {
    "bst": ("Europe/London",),
    "gmt": ("Europe/London", "Europe/Dublin", "UTC"),
    "ist": ("Asia/Kolkata", "Europe/Dublin", "Asia/Jerusalem"),
    "wet": ("Europe/Lisbon",),
    "cet": ("Europe/Paris", "Europe/Berlin", "Europe/Madrid"),
    "cest": ("Europe/Paris", "Europe/Berlin", "Europe/Madrid"),
    "eet": ("Europe/Athens", "Europe/Helsinki", "Africa/Cairo"),
    "eest": ("Europe/Athens", "Europe/Helsinki"),
    "est": ("America/New_York", "America/Toronto"),
    "edt": ("America/New_York", "America/Toronto"),
    "cst": ("America/Chicago", "Asia/Shanghai"),
    "cdt": ("America/Chicago",),
    "mst": ("America/Denver", "America/Phoenix"),
    "mdt": ("America/Denver",),
    "pst": ("America/Los_Angeles", "America/Vancouver"),
    "pdt": ("America/Los_Angeles", "America/Vancouver"),
    "aest": ("Australia/Sydney", "Australia/Brisbane"),
    "aedt": ("Australia/Sydney", "Australia/Melbourne"),
    "nzst": ("Pacific/Auckland",),
    "nzdt": ("Pacific/Auckland",),
}
"""Abbreviations that people type: half of them name one season only, so a place is asked for instead."""

_PLACES = {
    "Europe/London": (
        "uk britain great_britain gb england scotland wales northern_ireland manchester birmingham leeds "
        "sheffield liverpool bristol cardiff swansea edinburgh glasgow aberdeen dundee newcastle nottingham "
        "leicester york hull derby plymouth southampton portsmouth oxford cambridge norwich bradford"
    ),
    "Asia/Kolkata": "delhi new_delhi mumbai chennai bengaluru bangalore hyderabad pune",
    "America/New_York": "washington boston philadelphia atlanta miami",
    "America/Los_Angeles": "san_francisco seattle san_diego",
}
"""Places people name that have no zone of their own in the IANA list."""

_MAIN = {
    "US": ("America/New_York", "America/Chicago", "America/Los_Angeles"),
    "CA": ("America/Toronto", "America/Vancouver", "America/Halifax"),
    "AU": ("Australia/Sydney", "Australia/Perth", "Australia/Adelaide"),
}
_NOT_PLACES = ("Etc/", "US/", "Canada/", "Brazil/", "Mexico/", "Chile/", "SystemV/", "Antarctica/")
_ASK = "Name a city, such as London, Belfast or New York."


def zone(name: str) -> ZoneInfo:
    """The zone of that exact IANA name. Raises Problem where there is none."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise Problem(f"I don't know the zone {quoted(name)}. {_ASK}") from None


def as_zone(where: Zone) -> ZoneInfo:
    return where if isinstance(where, ZoneInfo) else zone(where)


def find_zone(typed: str, field: str | None = None) -> str:
    """The IANA name for what somebody typed: a name in any case, a city, or a country with one zone.

    Raises Problem with a sentence and up to three suggestions where that is not one zone.
    """
    word = _key(typed)
    if not word:
        raise Problem(f"Which zone? {_ASK}", field)
    if word in _CLOCKS:
        start = f"{quoted(typed)} names a clock, not a place."
        raise Problem(did_you_mean(start, _CLOCKS[word]), field)
    found = _exact().get(word) or _spellings().get(word) or _spellings().get(word.split(",")[0].strip("_"))
    return found or _by_country(typed, word, field)


def say_zone(name: str) -> str:
    """What people call a zone all year round: “London time”, “New York time”, “UTC”."""
    return f"{name.rsplit('/', 1)[-1].replace('_', ' ')} time" if "/" in name else name


def zone_label(moment: datetime, where: Zone) -> str:
    """What people call the zone's clock at that moment: “GMT”, “IST”, or “UTC+5:45” where it has no name."""
    local = moment.astimezone(as_zone(where))
    name = local.tzname() or ""
    return name if name.isalpha() else _offset_label(local.utcoffset() or timedelta())


def _offset_label(offset: timedelta) -> str:
    minutes = round(offset / timedelta(minutes=1))
    if minutes == 0:
        return "UTC"
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{'+' if minutes > 0 else '−'}{hours}" + (f":{rest:02}" if rest else "")


def _key(typed: str) -> str:
    return tidy(typed).replace(" / ", "/").replace(" ", "_")


@cache
def _exact() -> Mapping[str, str]:
    names = {name.casefold(): name for name in available_timezones() if "/" in name}
    return {"utc": "UTC"} | names


@cache
def _spellings() -> Mapping[str, str]:
    """Cities and countries by what people type. Where two zones share a city's name, the shorter name wins,
    Europe's first: such pairs are links to each other or keep the same clock today."""
    places = [name for name in _exact().values() if "/" in name and not name.startswith(_NOT_PLACES)]
    places.sort(key=lambda name: (name.count("/"), not name.startswith("Europe/"), name), reverse=True)
    cities = {name.rsplit("/", 1)[-1].casefold(): name for name in places}
    countries = {_key(name): zones[0] for name, zones in _countries().values() if len(zones) == 1}
    also = {word: name for name, words in _PLACES.items() for word in words.split()}
    return countries | cities | also


@cache
def _countries() -> Mapping[str, tuple[str, tuple[str, ...]]]:
    """Country code → its English name and its zones."""
    names = Locale("en", "GB").territories
    zones: Mapping[str, list[str]] = get_global("territory_zones")
    return {code: (str(names[code]), tuple(own)) for code, own in zones.items() if code in names}


def _by_country(typed: str, word: str, field: str | None) -> str:
    for code, (name, zones) in _countries().items():
        if word == _key(name) or (word in ("us", "usa", "america") and code == "US"):
            start = f"{name} has more than one zone."
            raise Problem(did_you_mean(start, _MAIN.get(code, zones[:3])), field)
    start = f"I don't know the zone {quoted(typed)}."
    close = nearest(word, dict(_exact()) | dict(_spellings()))
    raise Problem(did_you_mean(start, close, _ASK), field)
