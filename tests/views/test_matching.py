"""Why somebody may have it, in words."""

from __future__ import annotations

from inline_snapshot import snapshot

from bot.domain.matching import Reason, Source
from bot.views.matching import reason_of_them, reason_to_them


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
