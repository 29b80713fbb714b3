"""Whoever is erased is called nothing in what was posted under their name; others are called there as they were."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest

from bot.domain.groups import NowSpeaks, OrganisationsPost
from bot.domain.inquiry import Inquiry, Shown
from bot.domain.people import AbsenceReason, DataRequest, Departure, Leader
from bot.domain.personal_data import RECORDS
from bot.domain.purpose import AskedChange, Purpose, Wording
from bot.domain.review import Review
from bot.domain.second_account import SecondAccount
from tests.domain.young_carers import group

AT = datetime(2026, 11, 24, 9, tzinfo=UTC)
SAM, JO = {"sam": "Sam (Riverside Council)"}, {"jo": "Jo (Riverside Hospitals Trust)"}


def of(by: str, called: dict[str, str]) -> list[Any]:
    """What is posted under one's name."""
    objected: dict[str, Any] = {"objected_by": by, "called": called}
    line = NowSpeaks(person_id="amir", name="Amir", before="", after="Fire", **objected)
    account = SecondAccount(id="a1", at=AT, person_id="amir", name="Amir", team_id="T1", user_id="U9", **objected)
    out = Departure(at=AT, reason=AbsenceReason.LEFT_SLACK, **objected)
    asked = AskedChange(id="c1", by=by, text="Why?", at=AT, called=called)
    words = Wording(id="w1", by=by, at=AT, opens_at=AT, sentence="Rest.", asked=(asked,), called=called)
    answers = (Shown(id="x1", by=by, called=called),)
    return [
        OrganisationsPost(id="o1", at=AT, lines=(line,)),
        msgspec.structs.replace(group(), second_accounts=(account,)),
        Leader(person_id="amir", organisation="Fire", joined_at=AT, departure=out),
        Inquiry(id="i1", by=by, question="Why?", at=AT, opened_at=AT, answers=answers, called=called),
        Purpose(wordings=(words,)),
        Review(id="r1", at=AT, closes_at=AT, by=by, called=called),
        Leader(person_id=by, organisation="", joined_at=AT, data_request=DataRequest(at=AT, called=called)),
    ]


@pytest.mark.parametrize("left", [False, True])
@pytest.mark.parametrize("record", of("sam", SAM), ids=lambda one: type(one).__name__)
def test_who_is_erased_is_called_nothing(record: Any, left: bool) -> None:
    assert b"Sam (" in msgspec.json.encode(record)
    after = RECORDS[type(record)].erase(record, "sam", left, AT)
    assert b"Sam (" not in msgspec.json.encode(after)
    assert b'"sam"' not in msgspec.json.encode(after)


@pytest.mark.parametrize("left", [False, True])
@pytest.mark.parametrize("record", of("jo", JO), ids=lambda one: type(one).__name__)
def test_others_are_called_as_they_were(record: Any, left: bool) -> None:
    after = RECORDS[type(record)].erase(record, "sam", left, AT)
    assert msgspec.json.encode(after).count(b"Jo (") == msgspec.json.encode(record).count(b"Jo (")
