"""*Why this?* has words for whatever may stand in a leader's week."""

from __future__ import annotations

from datetime import date

import pytest

from bot.domain.ledger import Claim
from bot.domain.outbox import Kind
from bot.domain.why import Explained, Written
from bot.views import why
from scheduler.kinds import KINDS
from tests.views.sound import sound_view
from tests.views.typed import circle_of, group, person


@pytest.mark.parametrize("kind", [kind for kind in KINDS if KINDS[kind].COUNTED])
def test_every_kind_that_counts_in_a_week_has_its_rule(kind: Kind) -> None:
    assert kind in why.RULES


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_counts_by_a_claim_to_a_place_or_not_at_all(kind: Kind) -> None:
    claim = KINDS[kind].COUNTED
    assert claim is None or isinstance(claim, Claim)


@pytest.mark.parametrize("kind", Kind)
def test_what_counted_by_the_rules_of_another_release_is_told_too(kind: Kind) -> None:
    snapshot = circle_of([person("sam", "Sam")], ["Council"], group())
    one = Written(week="2026-W48", kind=kind, group="Young carers")
    explained = Explained(written=(one,), held_back=(one,), waiting=())
    sound_view(why.why(snapshot, explained, date(2026, 11, 28)))
