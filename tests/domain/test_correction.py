"""A posted digest as it should read after words in it were changed or pulled back: nothing more, nothing less."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from bot.domain.commitments import Commitment, Progress, State
from bot.domain.correction import corrected
from bot.domain.digest import Digest, PlateLine
from bot.domain.digest_lines import Part
from bot.domain.groups import MessageRef
from bot.domain.posted import next_reply, of_reply, owed, reply_given_up, reply_posted
from tests.domain.test_digest import NOW, SINCE, composed, plate, sure, told
from tests.domain.young_carers import group, snapshot_of

LATER = NOW + timedelta(hours=1)
POSTED = MessageRef(team_id="T1", channel="C1", ts="1.0")
HERE = ("sam", "jo", "amir")
EMPTY = snapshot_of(group(), {}, {}, None, {})


def posted(*commitments: Commitment, plates: Sequence[Any] = ()) -> Digest:
    return replace(sure(composed(plates, commitments)), posted=POSTED)


def now_reads(digest: Digest, *commitments: Commitment, plates: Sequence[PlateLine] | None = None) -> Digest:
    kept = {one.id: one for one in commitments}
    fresh = digest.plates if plates is None else plates
    return corrected(digest, fresh, HERE, LATER, replace(EMPTY, commitments=kept), since=SINCE)


def test_what_happened_after_the_digest_is_no_correction_of_it() -> None:
    before = told("c1", State.STUCK, note="No keys.")
    digest = posted(before)
    done = Progress(at=LATER, by="jo", state=State.DONE, note="Found them.", noticed="Calm.")
    after = replace(before, state=State.DONE, history=(*before.history, done), helpers=("amir",))
    assert now_reads(digest, after) is digest


def test_a_line_of_progress_pulled_back_is_gone_and_its_author_is_owed_it() -> None:
    before = told("c1", State.STUCK, note="No keys.")
    digest = now_reads(posted(before), replace(before, history=(replace(before.history[0], note=""),)))
    assert (digest.commitments[0].note, digest.commitments[0].part) == ("", Part.STUCK)
    assert digest.corrections == 1
    assert digest.uncorrected == ("jo",)
    assert digest.behind


@pytest.mark.parametrize("state", [State.STUCK, State.DONE, State.LET_GO, State.TENDING])
def test_what_was_undone_stands_where_it_stood(state: State) -> None:
    before = told("c1", state)
    digest = now_reads(posted(before), replace(before, state=State.MOVING, history=()))
    assert [(line.part, line.state, line.since) for line in digest.commitments] == [(Part.HELD, State.MOVING, None)]


def test_stuck_again_by_what_is_left_says_since_when() -> None:
    stuck = Progress(at=SINCE - timedelta(days=3), by="jo", state=State.STUCK)
    moving = told("c1", State.TENDING)
    before = replace(moving, history=(stuck, *moving.history))
    digest = now_reads(posted(before), replace(before, state=State.STUCK, history=(stuck,)))
    assert (digest.commitments[0].part, digest.commitments[0].since) == (Part.STUCK, stuck.at)


def test_words_that_its_maker_changed_are_changed() -> None:
    before = told("c1")
    digest = now_reads(posted(before), replace(before, what="Walk both wards"))
    assert digest.commitments[0].what == "Walk both wards"


def test_what_people_noticed_and_was_pulled_back_gives_way_to_what_still_stands() -> None:
    older = told("c1", at_=NOW - timedelta(days=1), noticed="Calmer mornings.")
    newer = told("c2", noticed="Fewer calls.")
    gone = replace(newer, history=(replace(newer.history[0], noticed=""),))
    digest = posted(older, newer)
    assert digest.felt
    assert digest.felt.text == "Fewer calls."
    after = now_reads(digest, older, gone)
    assert after.felt
    assert after.felt.text == "Calmer mornings."
    assert now_reads(posted(newer), gone).felt is None
    assert after.uncorrected == ("jo",)


def test_who_offered_help_and_took_it_back_is_not_named_any_more() -> None:
    before = replace(told("c1", State.STUCK), helpers=("amir", "sam"))
    digest = now_reads(posted(before), replace(before, helpers=("amir",)))
    assert digest.commitments[0].helpers == ("amir",)


def test_a_commitment_that_is_gone_is_gone_from_it() -> None:
    digest = now_reads(posted(told("c1"), told("c2")), told("c2"))
    assert [line.commitment_id for line in digest.commitments] == ["c2"]


def test_the_line_keeps_who_tended_it_and_the_name_it_was_posted_under() -> None:
    before = told("c1")
    digest = posted(before, plates=[plate("jo")])
    renamed = replace(digest.plates[0], name="Somebody", organisation="Elsewhere", organisation_lane="Other.")
    after = now_reads(digest, replace(before, tenders=("amir",), what="Other"), plates=[renamed])
    assert after.commitments[0].tenders == ("jo",)
    assert (after.plates[0].name, after.plates[0].organisation) == ("Jo Tester", "Trust")
    assert after.names == digest.names


def test_a_digest_of_before_parts_were_kept_keeps_its_headings() -> None:
    before = told("c1", State.STUCK)
    old = replace(posted(before), since=None, threaded=False, replies=())
    old = replace(old, commitments=(replace(old.commitments[0], part=None),))
    assert now_reads(old, replace(before, state=State.MOVING, history=())).commitments == old.commitments


# -- replies -------------------------------------------------------------------------------


def test_replies_stand_in_the_order_of_organisations_and_the_next_waits_for_the_one_before() -> None:
    digest = posted(plates=[plate("sam"), plate("jo"), plate("amir")])
    assert [one.organisation for one in digest.replies] == ["Brigade", "council", "Trust"]
    assert next_reply(digest, NOW) == (0, digest.replies[0])
    digest = reply_posted(digest, 0, POSTED, 0)
    assert next_reply(digest, NOW) == (1, digest.replies[1])
    digest = reply_given_up(digest, 1, "thread_not_found")
    assert next_reply(digest, NOW) == (2, digest.replies[2])
    assert owed(digest, NOW)
    assert not owed(digest, NOW + timedelta(days=10))
    assert not owed(reply_posted(digest, 2, POSTED, 0), NOW)


def test_nothing_is_owed_before_the_digest_itself_is_posted() -> None:
    assert next_reply(sure(composed([plate("jo")])), NOW) is None


def test_only_the_reply_whose_words_changed_is_to_be_corrected() -> None:
    digest = posted(plates=[plate("sam"), plate("jo")])
    for number in (0, 1):
        digest = reply_posted(digest, number, POSTED, 0)
    after = now_reads(digest, plates=[line for line in digest.plates if line.person_id != "jo"])
    assert [one.behind for one in after.replies] == [False, True]
    assert of_reply(after, after.replies[1]) == []


def test_a_second_posting_of_a_reply_changes_nothing() -> None:
    digest = reply_posted(posted(plates=[plate("jo")]), 0, POSTED, 0)
    assert reply_posted(digest, 0, replace(POSTED, ts="2.0"), 0) is digest


def test_a_late_organisation_comes_last_and_an_old_digest_gets_none() -> None:
    digest = posted(plates=[plate("sam"), plate("jo")])
    late = replace(digest.plates[0], person_id="amir", name="Amir Tester", organisation="Brigade")
    after = now_reads(digest, plates=[*digest.plates, late])
    assert [(one.organisation, one.since) for one in after.replies] == [
        ("council", NOW),
        ("Trust", NOW),
        ("Brigade", LATER),
    ]
    old = replace(digest, threaded=False, replies=())
    assert now_reads(old, plates=[*old.plates, late]).replies == ()
