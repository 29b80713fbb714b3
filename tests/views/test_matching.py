"""Why somebody may have it, in words."""

from __future__ import annotations

from datetime import datetime

import pytest
from inline_snapshot import snapshot
from msgspec.structs import replace

from bot.domain.matching import Reason, Source
from bot.domain.offers import OFFER_LASTS, Offer
from bot.domain.snapshot import GroupSnapshot
from bot.views.matching import near_words, reason_of_them, reason_to_them
from tests.domain.young_carers import at, group

NOW = at("2026-11-24", "09:30")


def reasons() -> list[Reason]:
    quoted = [one for one in Source if one is not Source.UNQUOTED_OFFER]
    all_ = [Reason(source=one, record_id="r1", quote="A {van} <on>\nMondays") for one in quoted]
    return [*all_, Reason(source=Source.UNQUOTED_OFFER, record_id="r1")]


def test_what_is_said_of_them() -> None:
    assert [reason_of_them(one) for one in reasons()] == snapshot(
        [
            "has offered “A {van} <on> Mondays”",
            "has helped with “A {van} <on> Mondays”",
            "said they can help with “A {van} <on> Mondays”",
            "looks after “A {van} <on> Mondays”",
            "shared “A {van} <on> Mondays”",
            "has offered something near it",
        ]
    )


def test_what_is_said_to_them() -> None:
    assert [reason_to_them(one) for one in reasons()] == snapshot(
        [
            "you offered “A {van} <on> Mondays”",
            "you helped with “A {van} <on> Mondays”",
            "you said you can help with “A {van} <on> Mondays”",
            "you look after “A {van} <on> Mondays”",
            "you shared “A {van} <on> Mondays”",
            "you offered something near it",
        ]
    )


def test_a_long_quote_is_cut() -> None:
    assert len(reason_of_them(Reason(source=Source.OFFER, record_id="r1", quote="word " * 600))) < 200


@pytest.mark.parametrize(
    ("source", "shown", "stands"),
    [
        (Source.OFFER, True, "“Ten minutes on cutting call-outs”"),
        (Source.OFFER, False, "has offered something near it"),
        (Source.UNQUOTED_OFFER, True, "has offered something near it"),
    ],
)
def test_near_words__of_an_offer_as_long_as_it_stands(source: Source, shown: bool, stands: str) -> None:
    offer = Offer(id="o1", by="amir", what="Ten minutes on cutting call-outs", at=NOW, renewed_at=NOW, shown=shown)

    def said(one: Offer, when: datetime = NOW) -> str:
        of = GroupSnapshot(group=group(), leaders={}, people={}, offers={"o1": one})
        return near_words(of, f"{source}.o1", None, "who has cut call-outs", "amir", when)

    assert said(offer) == stands
    assert said(replace(offer, ended_at=NOW)) == ""
    assert said(replace(offer, what="A van on Mondays")) == ""
    assert said(offer, NOW + OFFER_LASTS) == ""
