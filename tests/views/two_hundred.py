"""A group of two hundred leaders, with all they may write."""

from __future__ import annotations

import re
from datetime import timedelta

from bot.domain.about import About
from bot.domain.commitments import Commitment, FirstStep, Progress, State
from bot.domain.digest import Digest
from bot.domain.groups import ChannelTrouble
from bot.domain.plate import Answer, Audience, Plate
from bot.domain.snapshot import GroupSnapshot
from bot.views import (
    digest_pages,
)
from tests.views.sound import shown
from tests.views.typed import NOW, circle_of, digest_of, group, person, round_

SIZE, KEPT = 200, 300
ARCHIVED = ChannelTrouble(code="is_archived", since=NOW, try_at=NOW)
NEW = About(name="Sam", organisation="", zone="UTC", nation="IE", hour="09:00")
SCRIPTS = {"plain": "word ", "escaped": "&<>&\n", "emoji": "👩🏽‍🚒", "arabic": "كلمة ", "chinese": "字"}


def said(script: str, who: int, lane: str, long: int) -> str:
    """Words that nobody else says, as long as Slack lets them be."""
    own = f"{who}.{lane}."
    return (own + SCRIPTS[script] * long)[: long - len(own)].rstrip() + own


def crowd(organisations: int, size: int = SIZE) -> GroupSnapshot:
    people_ = [person(f"p{n}", f"Leader {n} {'of a long name ' * 4}"[:80].strip()) for n in range(size)]
    names = [f"Organisation {n % organisations} {'of the riverside ' * 4}"[:80].strip() for n in range(size)]
    return circle_of(people_, names, group())


def plate_of(n: int, script: str, long: int = 3000) -> Plate:
    def answer(lane: str) -> Answer:
        return Answer(text=said(script, n, lane, long), audience=Audience.GROUP)

    return Plate(
        person_id=f"p{n}",
        round="2026-W48",
        organisation=answer("o"),
        me=answer("m"),
        question=answer("q"),
    )


def commitment_of(n: int, script: str, tenders: int = SIZE) -> Commitment:
    line = Progress(
        at=NOW,
        by="p0",
        state=list(State)[n % 6],
        note=said(script, n, "n", 500),
        noticed=said(script, n, "s", 500) if n == 7 else "",
        may_lead=n == 7,
    )
    return Commitment(
        id=f"c{n:015}",
        what=said(script, n, "w", 500),
        made_by="p0",
        made_at=NOW + timedelta(seconds=n),
        tenders=tuple(f"p{t}" for t in range(tenders)),
        part=said(script, n, "p", 500),
        first_step=FirstStep(what=said(script, n, "f", 500), when="Thursday", with_whom="Amir"),
        benefit=said(script, n, "b", 500),
        helpers=tuple(f"p{t}" for t in range(1, 50)) if tenders == 1 else (),
        state=list(State)[n % 6],
        history=(line,),
    )


def full_digest(script: str, organisations: int, size: int = SIZE) -> Digest:
    made = digest_of(
        crowd(organisations, size),
        round_(),
        [plate_of(n, script) for n in range(size)],
        [commitment_of(n, script, size) for n in range(KEPT)],
    )
    assert made is not None
    return made


def _pages(made: Digest) -> range:
    return range(int(re.search(r"Page 1 of (\d+)", shown(digest_pages.whole(made, zone="UTC")))[1]))  # type: ignore[index]
