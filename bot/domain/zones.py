"""Zones: IANA names, what people type for them, and what people call them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from babel import Locale
from babel.core import get_global

from bot.domain.problems import Problem, ProblemCode
from bot.domain.spelling import nearest, tidy

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


def zone(name: str) -> ZoneInfo:
    """The zone of that exact IANA name. Raises Problem where there is none."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise Problem(ProblemCode.ZONE_UNKNOWN, typed=name, near=()) from None


def as_zone(where: Zone) -> ZoneInfo:
    """Of a name as `zone`, whose Problem it raises; a zone as it is."""
    return where if isinstance(where, ZoneInfo) else zone(where)


def find_zone(typed: str, field: str | None = None) -> str:
    """The IANA name for what somebody typed: a name in any case, a city, or a country with one zone.

    Raises Problem with up to three suggestions where that is not one zone.
    """
    word = _key(typed)
    if not word:
        raise Problem(ProblemCode.ZONE_MISSING, field)
    if word in _CLOCKS:
        raise Problem(ProblemCode.ZONE_OF_A_CLOCK, field, typed=typed, near=_CLOCKS[word])
    # “Leeds, UK” is Leeds
    found = _exact().get(word) or _spellings().get(word) or _spellings().get(word.split(",")[0].strip("_"))
    if found:
        return found
    for code, (name, zones) in _countries().items():
        if word == _key(name) or (word in ("us", "usa", "america") and code == "US"):
            raise Problem(ProblemCode.ZONES_OF_COUNTRY, field, country=name, near=_MAIN.get(code, zones[:3]))
    close = nearest(word, dict(_exact()) | dict(_spellings()))
    raise Problem(ProblemCode.ZONE_UNKNOWN, field, typed=typed, near=close)


def _key(typed: str) -> str:
    return tidy(typed).replace(" / ", "/").replace(" ", "_")


@cache
def _exact() -> Mapping[str, str]:
    # those without a slash are clocks, such as EST, and not places
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
