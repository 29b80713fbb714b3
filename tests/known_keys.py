"""Every key that Between writes. One that no pattern here knows belongs to nobody, and would never be cleared
away."""

from __future__ import annotations

import re

_ID = r"[A-Za-z0-9_.\-]+"
PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"b:\{{g:{_ID}\}}:(group|leaders|rounds|commitments|digests|changes|organisation_posts|attention)",
        rf"b:\{{g:{_ID}\}}:(asks|offers|introductions|exclusions|briefs|inquiries|reviews|learnt|purposes|pulses)",
        rf"b:\{{g:{_ID}\}}:(sealed)",
        rf"b:\{{g:{_ID}\}}:(plates|checkins|inquiry_answers|placings):{_ID}",
        rf"b:\{{p:{_ID}\}}:(person|ledger|typed|groups|groups_ever|identities)",
        r"b:\{all\}:(groups|people|layout|masters)",
        rf"b:\{{p:{_ID}\}}:dms:{_ID}",
        rf"b:\{{[ic]:{_ID}:{_ID}\}}",
        rf"b:\{{w:{_ID}\}}:(gate|shut):{_ID}",
        r"b:\{o\d+\}:.+",
        r"b:\{due\}(:held)?",
        r"b:\{[^}]+\}:mark",
        r"b:\{all\}:installations",
        rf"b:\{{t:{_ID}\}}:(state|invitation|identity|second|my_data|renamed)",
        rf"b:\{{l:{_ID}\}}",
        rf"b:\{{(all|[a-z]+:{_ID})\}}:keys",
        r"b:\{all\}:wholly_sealed",
    )
)
"""Every key that may stand in the store matches one of these in full."""


def known(key: str) -> bool:
    """Whether a key is one that we write."""
    return any(pattern.fullmatch(key) for pattern in PATTERNS)
