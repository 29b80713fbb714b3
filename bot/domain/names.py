"""Names: whether two of them can be told apart, by somebody who glances at a digest on a phone."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

_DRAWN_LIKE = {
    # Cyrillic: capitals, small letters
    "АВЕЅІЈКМНОРСТУХЬԌԚԜҮЗ": "ABESIJKMHOPCTYXbGQWY3",
    "авеѕіјкмнорстухһԁԛԝӏүзгп": "abesijkmhopctyxhdqwly3rn",
    # Greek
    "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧϹϳ": "ABEZHIKMNOPTYXCj",
    "αβεηικνορστυχγωϲ": "abenikvopotuxywc",
    # Armenian, Cherokee
    "ՕՍՏԼՈօսոռհյցզա": "OUSLNounnhjgqw",
    "ᎠᎡᎢᎥᎩᎪᎫᎬᎳᎷᎻᎽᏀᏃᏒᏔᏕᏙᏚᏞᏟᏢᏦᏴᏳ": "DRTiYAJEWMHYGZRWSVSLCPKBG",
    # Lisu
    "ꓐꓑꓒꓓꓔꓖꓗꓙꓚꓜꓝꓟꓠꓡꓢꓣꓦꓧꓪꓫꓬꓮꓰꓲꓳꓴ": "BPdDTGKJCZFMNLSRVHWXYAEIOU",
    # Capitals in a square or a circle, and those that flags are made of
    "🅐🅑🅒🅓🅔🅕🅖🅗🅘🅙🅚🅛🅜🅝🅞🅟🅠🅡🅢🅣🅤🅥🅦🅧🅨🅩": "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "🅰🅱🅲🅳🅴🅵🅶🅷🅸🅹🅺🅻🅼🅽🅾🅿🆀🆁🆂🆃🆄🆅🆆🆇🆈🆉": "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "🇦🇧🇨🇩🇪🇫🇬🇭🇮🇯🇰🇱🇲🇳🇴🇵🇶🇷🇸🇹🇺🇻🇼🇽🇾🇿": "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
    # Small capitals
    "ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢ": "abcdefghijkmnoprstuvwyz",
    # Latin letters that no decomposition leads back to the plain one
    "ıȷɑɡłŁøØđĐħĦŧŦƖǀʟɩ|@": "ijaglLoOdDhHtTlllila",
}
"""Letters that are drawn like another: what Unicode calls confusable, of the scripts that leaders' names mix."""

_LATIN = str.maketrans({a: b for odd, plain in _DRAWN_LIKE.items() for a, b in zip(odd, plain, strict=True)})
_UNSEEN = frozenset("\u115f\u1160\u3164\uffa0")
"""Letters that draw nothing."""

NOBODYS = (
    *("Between", "Slackbot", "Everyone", "Everybody", "Anyone", "Anybody", "Somebody", "Nobody"),
    *("Convenor", "The convenor", "The group"),
)
"""What no leader may be called: it is ours or Slack's, or says who else it was."""

_SET_OFF = re.compile(r"[,;:/|–—―]|\s[-·•]\s")
"""What stands between a name and what is said of it. A hyphen alone is part of a name, and in Catalan a dot is."""

_DIGITS = str.maketrans("01", "ol")
_STROKES = str.maketrans("I10", "llO")
_INITIALS = "HKMRTW"


def alike(name: str, other: str) -> bool:
    """Whether one looks like the other: case, spaces, marks, accents, letters of no width, letters of another
    script and the digits 0 and 1 make no difference."""
    return bool(_forms(name) & _forms(other))


def taken(name: str, others: Iterable[str]) -> str | None:
    """The name among `others` that it looks like, if any."""
    return next((other for other in others if alike(name, other)), None)


def bare(name: str) -> str:
    """Without what follows in brackets, after a comma or a dash, as an organisation does in *Margaret (Riverside
    Police)*: where a line is short, what stands before them is all that is shown."""
    within = next((at for at, char in enumerate(name) if at and unicodedata.category(char) == "Ps"), len(name))
    return _SET_OFF.split(name[:within], maxsplit=1)[0].strip() or name


def apart(name: str, others: Iterable[str]) -> str:
    """An example of how to tell them apart: the first name, with an initial that nobody has."""
    first, known = name.split()[0], list(others)
    free = (f"{first} {initial}." for initial in _INITIALS if not taken(f"{first} {initial}", known))
    return next(free, f"{first} {_INITIALS}")


def _forms(name: str) -> frozenset[str]:
    """What it may be taken for: as it is read, whatever its case; and as it is drawn, where a capital i, a small l
    and the digit 1 are one stroke, and r and n side by side an m. Two names are alike where they share a form.

    Not one form in which i and l are the same: Ian and Lan are two people.
    """
    # its letters and digits alone, each as the Latin one it is drawn like; where it has none, all that is seen
    latin = unicodedata.normalize("NFKD", name.replace("&", " and ")).translate(_LATIN)
    seen = [char for char in latin if unicodedata.category(char)[0] not in "CMZ" and char not in _UNSEEN]
    plain = "".join(char for char in seen if unicodedata.category(char)[0] in "LN") or "".join(seen)
    drawn = plain.translate(_STROKES).replace("rn", "m").replace("vv", "w")
    return frozenset({f"read {plain.translate(_DIGITS).casefold()}", f"drawn {drawn}"})
