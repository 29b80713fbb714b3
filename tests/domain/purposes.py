"""A purpose, its wordings and who is there, for tests."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta

from msgspec.structs import replace

from bot.domain.drafting import Draft, draft
from bot.domain.people import Absence, AbsenceReason, Leader
from bot.domain.purpose import (
    AskedChange,
    InSlack,
    Purpose,
    Wording,
    can_live,
    change_wording,
    moved_on,
)
from tests.domain.young_carers import A_MESSAGE, leader

PUT = datetime(2026, 11, 24, 9, tzinfo=UTC)
WEEK = PUT + timedelta(days=7)
LONG_AGO = datetime(2026, 1, 5, tzinfo=UTC)
TRUST, COUNCIL = "The Trust", "The Council"


def leaders(*who: str, **more: Leader) -> dict[str, Leader]:
    """Of the Trust, every second of the Council."""
    some = {id_: leader(id_, organisation=(TRUST, COUNCIL)[n % 2]) for n, id_ in enumerate(who)}
    return some | more


def put(*can: str, asked: tuple[AskedChange, ...] = ()) -> Wording:
    """By Sam, a week before `WEEK`; said to be something to live with at once."""
    return Wording(
        id="w1",
        by="sam",
        at=PUT,
        opens_at=PUT,
        sentence="Carers are seen.",
        can_live=dict.fromkeys(can, PUT),
        asked=asked,
        post=InSlack(posted=A_MESSAGE),
    )


def change(by: str = "wei", at: datetime = PUT, withdrawn_at: datetime | None = None) -> AskedChange:
    return AskedChange(id=f"c-{by}", by=by, text="Seen by whom?", at=at, withdrawn_at=withdrawn_at)


SIX = leaders("sam", "jo", "amir", "wei", "aoife", "priya")
FOUR = leaders("sam", "jo", "amir", "wei")


def without(some: Mapping[str, Leader], *gone: str) -> dict[str, Leader]:
    left = {id_: replace(some[id_], left_at=PUT + timedelta(days=1)) for id_ in gone}
    return {**some, **left}


def with_paused(some: Mapping[str, Leader], *who: str, until: date = date(2026, 12, 24)) -> dict[str, Leader]:
    return {**some, **{id_: replace(some[id_], paused_until=until) for id_ in who}}


def of_one(some: Mapping[str, Leader]) -> dict[str, Leader]:
    return {id_: replace(one, organisation=TRUST) for id_, one in some.items()}


JOINED_LATE = leader("new", organisation=COUNCIL, joined_at=PUT + timedelta(days=5))
CAME_AGAIN = replace(FOUR["amir"], joined_at=PUT + timedelta(days=2))
GONE_QUIETLY = replace(
    FOUR["amir"], absence=Absence(reason=AbsenceReason.LEFT_CHANNEL, since=PUT + timedelta(days=1))
)
THREE = ("sam", "jo", "amir")
FOUR_CAN = replace(put(), can_live={**dict.fromkeys(THREE, PUT), "new": PUT + timedelta(days=6)})
CASES: dict[str, tuple[Wording, Mapping[str, Leader], datetime, bool]] = {
    "half of six, of two organisations, after seven days": (put(*THREE), SIX, WEEK, True),
    "a minute before seven days have passed": (put(*THREE), SIX, WEEK - timedelta(minutes=1), False),
    "it could not be posted in the channel yet": (replace(put(*THREE), post=InSlack()), SIX, WEEK, False),
    "two of four are half, and too few": (put("sam", "jo"), FOUR, WEEK, False),
    "three of three": (put(*THREE), leaders(*THREE), WEEK, True),
    "two of two: a group so small has none": (put("sam", "jo"), leaders("sam", "jo"), WEEK, False),
    "three of seven are less than half": (put(*THREE), {**SIX, "new": leader("new")}, WEEK, False),
    "one organisation only": (put(*THREE), of_one(SIX), WEEK, False),
    "two organisations are in, and all who can live with it are of one": (
        put("sam", "amir", "aoife"),
        SIX,
        WEEK,
        False,
    ),
    "somebody whose organisation was objected to speaks for none": (
        put(*THREE),
        {**SIX, "jo": replace(SIX["jo"], organisation="")},
        WEEK,
        False,
    ),
    "one of the three has left since": (put(*THREE), without(SIX, "amir"), WEEK, False),
    "who said nothing have left, so three of four is more than half": (
        put(*THREE),
        without(SIX, "aoife", "priya"),
        WEEK,
        True,
    ),
    "somebody joined late, and is one of whom half must": (put(*THREE), {**SIX, "new": JOINED_LATE}, WEEK, False),
    "who joined late can say so too": (FOUR_CAN, {**SIX, "new": JOINED_LATE}, WEEK, True),
    "who left and came again has not said so yet": (put(*THREE), {**FOUR, "amir": CAME_AGAIN}, WEEK, False),
    "who is gone from the channel does not count": (put(*THREE), {**FOUR, "amir": GONE_QUIETLY}, WEEK, False),
    "of seven, one who is paused is not counted": (
        put(*THREE),
        with_paused({**SIX, "new": leader("new")}, "new"),
        WEEK,
        True,
    ),
    "who can live with it and is paused is not counted": (put(*THREE), with_paused(FOUR, "amir"), WEEK, False),
    "a pause that ends today is over": (
        put(*THREE),
        with_paused(FOUR, "amir", until=date(2026, 12, 1)),
        WEEK,
        True,
    ),
    "a change is open": (put(*THREE, asked=(change(),)), FOUR, WEEK, False),
    "a change was withdrawn": (put(*THREE, asked=(change(withdrawn_at=PUT),)), FOUR, WEEK, True),
    "whoever asked for a change has left": (put(*THREE, asked=(change(),)), without(FOUR, "wei"), WEEK, True),
    "and came again": (
        put(*THREE, asked=(change(),)),
        {**FOUR, "wei": replace(FOUR["wei"], joined_at=PUT + timedelta(days=2))},
        WEEK,
        True,
    ),
    "whoever asked for a change is paused": (put(*THREE, asked=(change(),)), with_paused(FOUR, "wei"), WEEK, False),
    "a change a minute before its fortnight": (
        put(*THREE, asked=(change(),)),
        FOUR,
        PUT + timedelta(days=14, minutes=-1),
        False,
    ),
    "a change lapses after fourteen days": (
        put(*THREE, asked=(change(),)),
        FOUR,
        PUT + timedelta(days=14),
        True,
    ),
    "one lapsed, another is open": (
        put(*THREE, asked=(change(), change("jo", at=PUT + timedelta(days=3)))),
        FOUR,
        PUT + timedelta(days=15),
        False,
    ),
}


def drafted(
    purpose: Purpose | None = None,
    *,
    id: str = "w1",
    by: str = "sam",
    sentence: str = "Carers are seen.",
    aims: tuple[str, ...] = (),
    base: str = "",
    now: datetime = PUT,
    here: Mapping[str, Leader] = FOUR,
) -> Purpose:
    words = Draft(sentence=sentence, aims=aims)
    return draft(purpose or Purpose(), words, id=id, by=by, base=base, opens_at=now, leaders=here, now=now)


def stood(purpose: Purpose) -> Purpose:
    one = purpose.under_way
    assert one is not None
    for id_ in THREE:
        purpose = can_live(purpose, one.id, id_, PUT)
    purpose = change_wording(purpose, one.id, lambda it: replace(it, post=InSlack(posted=A_MESSAGE)))
    done = moved_on(purpose, FOUR, WEEK, WEEK.date())
    assert done.standing
    assert done.standing.id == one.id
    return done


def stood_and_drafted() -> Purpose:
    return drafted(stood(drafted()), id="w2", by="jo", sentence="Carers are heard.", base="w1", now=WEEK)
