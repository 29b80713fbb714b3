"""Two people turn out to be one: whose records are whose then, and what stays where both have one."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from msgspec.structs import replace

from bot.domain.asks import Ask, Yes
from bot.domain.attention import Attention
from bot.domain.checkins import CheckIn, CheckInState, Drawn
from bot.domain.commitments import Commitment
from bot.domain.exclusions import Exclusions
from bot.domain.groups import MessageRef
from bot.domain.identity import LETTERS, as_code, combined, renamed, say_code, tidied
from bot.domain.introductions import Introduction, Why, introduction_id
from bot.domain.people import Leader
from bot.domain.plate import LONGEST, Answer, Audience, Plate

AT = datetime(2026, 11, 23, 9, tzinfo=UTC)
LATER = AT + timedelta(hours=1)


def test_an_id_is_changed_wherever_it_stands_and_nothing_else_is() -> None:
    record = {"p1": ("p1", "p12"), "ask.p1.c3": ["p1 wrote p1x"]}
    assert renamed(record, "p1", "p9") == {"p9": ("p9", "p12"), "ask.p9.c3": ["p9 wrote p1x"]}


def test_a_code_is_not_an_id() -> None:
    assert renamed(CheckIn(person_id="waiting", round="r"), "waiting", "p9").state is CheckInState.WAITING


def test_somebody_named_twice_stands_once() -> None:
    made = Commitment(
        id="c", what="x", made_by="p1", made_at=AT, tenders=("p1", "p2"), helpers=("p3", "p2"), glad=("p2", "p1")
    )
    after = tidied(renamed(made, "p2", "p1"))
    assert (after.tenders, after.helpers, after.glad) == (("p1",), ("p3",), ("p1",))


def test_nobody_is_introduced_to_themselves_nor_answers_their_own_ask() -> None:
    both = Introduction(id="x", asked_by="p1", to="p2", why=Why.HELP, subject="c", at=AT)
    assert tidied(renamed(both, "p2", "p1")) is None
    third = tidied(renamed(replace(both, to="p3"), "p1", "p9"))
    assert third.id == introduction_id(Why.HELP, "c", "p9", "p3")
    ask = Ask(id="a", by="p1", what="x", at=AT, yeses=(Yes(by="p2", at=AT), Yes(by="p3", at=AT)))
    assert [one.by for one in tidied(renamed(ask, "p2", "p1")).yeses] == ["p3"]


def test_whom_either_would_rather_not_meet_stays_so() -> None:
    one = Exclusions(person_id="p1", of={"p3": AT, "p2": AT})
    other = tidied(renamed(Exclusions(person_id="p2", of={"p4": AT, "p1": AT}), "p2", "p1"))
    assert set(combined(tidied(renamed(one, "p2", "p1")), other).of) == {"p3", "p4"}


def answer(text: str, audience: Audience = Audience.GROUP) -> Answer:
    return Answer(text=text, audience=audience)


def test_nothing_said_is_lost_and_nothing_private_is_shown() -> None:
    one = Plate(person_id="p", round="r", organisation=answer("Beds"), me=answer("Tired", Audience.ME))
    two = Plate(person_id="p", round="r", organisation=answer("Flats"), me=answer("Glad"), question=answer("Yes"))
    both = combined(one, two)
    assert both.organisation == answer("Beds\nFlats")
    assert both.me == answer("Tired\nGlad", Audience.ME)
    assert both.question == answer("Yes")
    assert combined(both, two) == both, "twice is once"


def test_what_would_be_too_long_stays_as_it_was() -> None:
    one = Plate(person_id="p", round="r", me=answer("x" * LONGEST))
    assert combined(one, Plate(person_id="p", round="r", me=answer("y"))) == one


def leader(joined: datetime, **more: object) -> Leader:
    return replace(Leader(person_id="p", organisation="Trust", joined_at=joined), **more)


@pytest.mark.parametrize("left", [True, False])
def test_who_is_in_the_group_with_either_is_in_it(left: bool) -> None:
    one, two = leader(LATER, left_at=LATER if left else None), leader(AT, organisation="Council")
    both = combined(one, two)
    assert both.in_group
    assert both.joined_at == AT
    assert both.organisation == ("Council" if left else "Trust")
    assert combined(both, two) == both


def test_who_was_asked_with_either_was_asked_and_who_answered_has_answered() -> None:
    ref = MessageRef(team_id="T", channel="D", ts="1.0")
    drawn = Drawn(closes_at=LATER, at=AT)
    one = CheckIn(person_id="p", round="r")
    two = replace(one, state=CheckInState.ANSWERED, asked_at=AT, messages=(ref,), drawn=(drawn,))
    assert combined(one, two) == two
    assert combined(two, replace(two, asked_at=LATER)) == two


def test_what_either_wants_no_more_of_comes_no_more() -> None:
    one, two = Attention(person_id="p", no_more=("asks",)), Attention(person_id="p", no_more=("news", "asks"))
    assert combined(one, two).no_more == ("asks", "news")


def test_a_code_is_read_however_it_is_typed() -> None:
    assert say_code("ABCDEFGH") == "ABCD-EFGH"
    assert as_code(" abcd-efgh ") == "ABCDEFGH"
    assert not set("IO01L") & set(LETTERS)
