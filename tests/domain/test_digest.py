"""The digest: what it takes, in what order, and what it never shows."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from bot.domain.commitments import Commitment, FirstStep, Progress, State, make
from bot.domain.digest import Digest, compose
from bot.domain.digest_lines import Part
from bot.domain.people import Leader
from bot.domain.plate import Answer, Audience, Plate
from bot.domain.put_to import TakenUp
from bot.domain.rounds import coming_round
from bot.views.digest import digest_message
from tests.domain.young_carers import at, group, leader, person

NOW = at("2026-11-27", "10:00")
SINCE = at("2026-11-13", "10:00")
PEOPLE = {id_: person(id_) for id_ in ("sam", "jo", "amir")}
LEADERS = {
    "sam": leader("sam", organisation="council"),
    "jo": leader("jo", organisation="Trust"),
    "amir": leader("amir", organisation="Brigade"),
}


def plate(who: str, text: str = "Beds.", audience: Audience = Audience.GROUP, **lanes: Any) -> Plate:
    answer = Answer(text=text, audience=audience)
    return Plate(person_id=who, round="2026-W48", organisation=answer, **lanes)


def told(id_: str, state: State = State.MOVING, at_: Any = NOW, may_lead: bool = True, **words: str) -> Commitment:
    c = make(id=id_, by="jo", what=id_, part="", first_step=FirstStep(), benefit="", now=SINCE)
    return replace(c, state=state, history=(Progress(at=at_, by="jo", state=state, may_lead=may_lead, **words),))


def composed(
    plates: Sequence[Plate] = (), commitments: Sequence[Commitment] = (), leaders: dict[str, Leader] = LEADERS
) -> Digest | None:
    return compose(
        group=group(),
        round=coming_round(group(), None, at("2026-11-21")),
        leaders=leaders,
        people=PEOPLE,
        plates=plates,
        commitments=commitments,
        since=SINCE,
        now=NOW,
    )


def sure(made: Digest | None) -> Digest:
    assert made is not None
    return made


def test_plates_stand_by_organisation_whatever_its_case() -> None:
    made = sure(composed([plate("sam"), plate("jo"), plate("amir")]))
    assert [line.organisation for line in made.plates] == ["Brigade", "council", "Trust"]
    assert len(made.plates) == 3


def test_just_me_is_not_there_not_even_as_a_number() -> None:
    quiet = Answer(text="Tired.", audience=Audience.ME)
    made = sure(composed([plate("jo", me=quiet), plate("sam", "Secret.", Audience.ME)]))
    assert len(made.plates) == 1
    assert "Tired." not in str(made)
    assert "Secret." not in str(made)


@pytest.mark.parametrize("gone", [{"sam": LEADERS["sam"]}, LEADERS | {"jo": leader("jo", left_at=NOW)}])
def test_words_of_somebody_who_is_not_in_the_group_are_not_taken(gone: dict[str, Leader]) -> None:
    assert composed([plate("jo")], leaders=gone) is None


def test_a_leader_nobody_knows_any_more_breaks_nothing() -> None:
    ghost = LEADERS | {"ghost": leader("ghost")}
    assert [line.person_id for line in sure(composed([plate("jo"), plate("ghost")], leaders=ghost)).plates] == [
        "jo"
    ]


def test_nothing_said_is_no_digest() -> None:
    assert composed() is None
    assert composed([plate("jo", "Secret.", Audience.ME)]) is None
    assert composed(leaders={}) is None


def test_every_open_commitment_is_in_sight_in_its_part_and_what_ended_before_is_not() -> None:
    before = SINCE - timedelta(days=9)
    new = make(id="new", by="jo", what="n", part="", first_step=FirstStep(), benefit="", now=NOW)
    kept = [
        told("held", at_=before),
        told("stuck", State.STUCK, at_=before),
        told("ended", State.DONE, at_=before),
        told("let go", State.LET_GO),
        told("done", State.DONE),
        told("moved", State.TENDING),
        new,
    ]
    made = sure(composed(commitments=kept))
    assert [(line.commitment_id, line.part) for line in made.commitments] == [
        ("new", Part.NEW),
        ("moved", Part.MOVED),
        ("stuck", Part.STUCK),
        ("done", Part.DONE),
        ("let go", Part.LET_GO),
        ("held", Part.HELD),
    ]
    assert made.commitments[2].since == before


def test_what_is_held_alone_is_no_reason_to_post() -> None:
    assert composed(commitments=[told("held", at_=SINCE - timedelta(days=9))]) is None


@pytest.mark.parametrize(("at_", "there"), [(SINCE, False), (SINCE + timedelta(seconds=1), True), (NOW, True)])
def test_only_what_happened_since_the_last_digest(at_: Any, there: bool) -> None:
    assert (composed(commitments=[told("c1", at_=at_)]) is not None) is there


def test_an_old_note_is_not_said_again_for_a_new_tap() -> None:
    c = told("c1", State.MOVING, note="")
    old = Progress(at=SINCE - timedelta(days=1), by="jo", state=State.STUCK, note="Need keys.")
    assert sure(composed(commitments=[replace(c, history=(old, *c.history))])).commitments[0].note == ""


def test_only_what_its_writer_ticked_opens_it() -> None:
    made = sure(composed(commitments=[told("c1", noticed="Fewer calls.", may_lead=False)]))
    assert made.felt is None
    ticked = told("c2", at_=NOW - timedelta(days=1), noticed="Calmer mornings.")
    made = sure(composed(commitments=[told("c1", noticed="Fewer calls.", may_lead=False), ticked]))
    assert made.felt is not None
    assert made.felt.text == "Calmer mornings."


@pytest.mark.parametrize(
    ("text", "leads"),
    [
        ("Amir's crew rings first now.", False),
        ("They thanked Amir.", False),
        ("Jo has more time.", True),
        ("The admiral, amiral and amir of it.", True),
        ("Fewer calls.", True),
    ],
    ids=["named", "named at the end", "its writer", "in another word", "nobody"],
)
def test_what_names_another_leader_never_opens_it(text: str, leads: bool) -> None:
    assert (sure(composed(commitments=[told("c1", noticed=text)])).felt is not None) == leads


def test_it_opens_with_the_newest_thing_that_somebody_noticed() -> None:
    earlier = told("c1", at_=NOW - timedelta(days=2), noticed="Calmer mornings.")
    older = told("c3", at_=SINCE - timedelta(days=1), noticed="Long ago.")
    made = sure(composed(commitments=[told("c2", noticed="Fewer calls."), earlier, older]))
    assert made.felt is not None
    assert (made.felt.text, made.felt.by) == ("Fewer calls.", "jo")
    assert sure(composed(commitments=[told("c1")])).felt is None


def test_names_are_as_they_were_then_and_of_nobody_who_did_not_speak_in_particular() -> None:
    made = sure(composed([plate("jo")]))
    assert made.names["jo"] == "Jo Tester (Trust)"
    assert set(made.names) == {"sam", "jo", "amir"}


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ({"history": "tending"}, "needs tending"),
        ({"history": "moving", "step": "Ring"}, "a step taken"),
        ({"taken": True}, "taken up"),
        ({"history": "tending", "taken": True}, "taken up"),
    ],
)
def test_what_moved_without_words_says_how(said: dict[str, Any], read: str) -> None:
    held = replace(told("c1", at_=SINCE), made_at=SINCE - timedelta(days=9), history=())
    if "history" in said:
        line = Progress(at=NOW, by="jo", state=State(said["history"]), step=said.get("step", ""))
        held = replace(held, history=(line,))
    if said.get("taken"):
        late = NOW + timedelta(minutes=1)
        held = replace(held, made_by="amir", tenders=("amir",), taken_up=(TakenUp(at=late, by="amir", of="jo"),))
    made = sure(composed(commitments=[held]))
    assert made.commitments[0].stands_under is Part.MOVED
    who = "Amir Tester" if said.get("taken") else "Jo Tester"
    assert f"• c1 — {who}: {read}" in shown(made)


def test_what_another_than_its_maker_once_called_done_has_moved_and_does_not_say_how() -> None:
    """Between let them before December 2026; it is its maker's, and open still."""
    line = Progress(at=NOW, by="amir", state=State.DONE)
    held = replace(
        told("c1", at_=SINCE), made_at=SINCE - timedelta(days=9), tenders=("jo", "amir"), history=(line,)
    )
    made = sure(composed(commitments=[held]))
    assert made.commitments[0].stands_under is Part.MOVED
    assert made.commitments[0].moved is None


def test_what_moved_in_words_says_them_alone() -> None:
    held = replace(told("c1", note="The lead rang back"), made_at=SINCE - timedelta(days=9))
    assert "• c1 — Jo Tester: “The lead rang back”" in shown(sure(composed(commitments=[held])))


def shown(digest: Digest) -> str:
    return json.dumps(digest_message(digest, zone="UTC").blocks, ensure_ascii=False)
