"""Which lines a brief has, in which order and how many; who may strike them, and what follows when words change."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

import pytest
from msgspec.structs import replace

from bot.domain.asks import Ask, AskState
from bot.domain.brief import (
    LONGEST_LINE,
    MOST_WORDS,
    Added,
    Brief,
    BriefLine,
    Why,
    chosen,
    found,
    gathered,
    words_of,
)
from bot.domain.brief_changes import add, drawn, followed, redrawn, strike
from bot.domain.commitments import Commitment, Progress, State
from bot.domain.digest import Digest, PlateLine
from bot.domain.groups import MessageRef
from bot.domain.questions import Question
from tests.domain.young_carers import at, sentence

MET = at("2026-11-19", "14:00")
NOW = at("2026-12-02", "16:00")
NAMES = {"sam": "Sam", "jo": "Jo", "amir": "Amir"}
POSTED = MessageRef(team_id="T1", channel="C1", ts="1.0")


def said(id_: str, by: str, day: int = 24) -> Added:
    return Added(id=id_, by=by, at=at(f"2026-11-{day}"), text=f"Words {id_}")


def brief(*added: Added, **more: object) -> Brief:
    return Brief(group_id="g7", round="2026-W49", added=added, **more)  # type: ignore[arg-type]


def commitment(
    id_: str, state: State, day: int, *, by: str = "jo", maker: str = "jo", note: str = ""
) -> Commitment:
    """Made by one leader; `by` said on that day of November where it stands."""
    line = Progress(at=at(f"2026-11-{day}"), by=by, state=state, note=note)
    return Commitment(
        id=id_,
        what=f"Walk {id_}",
        made_by=maker,
        made_at=at("2026-11-01"),
        tenders=tuple(dict.fromkeys((maker, by))),
        state=state if by == maker else State.MOVING,
        history=(Progress(at=at("2026-11-01"), by=maker, state=State.MOVING), line),
    )


def digest(question: str = Question.ALREADY_AHEAD, *, posted: bool = True, **answers: str) -> Digest:
    return Digest(
        group_id="g7", round="2026-W49", group_name="Young carers", composed_at=NOW, question=question,
        plates=tuple(PlateLine(person_id=id_, name=id_, organisation="", question=q) for id_, q in answers.items()),
        posted=POSTED if posted else None,
    )  # fmt: skip


STUCK = commitment("c1", State.STUCK, 24)
LET_GO = commitment("c2", State.LET_GO, 25, maker="sam", by="sam", note="One ward is enough.")
AHEAD = digest(amir="Leeds has done it.")
MORE = [BriefLine(why=why, id="x", text="…", whose=("sam",)) for why in (Why.PURPOSE, Why.APART)]
ASK = Ask(id="a1", by="amir", what="Who has cut call-outs?", at=at("2026-11-22"), quiet=False)


@pytest.mark.parametrize(
    ("of", "commitments", "last", "more", "expected"),
    [
        (None, [], None, [], []),
        (brief(said("n1", "jo")), [], None, [], ["added.n1"]),
        (brief(said("n1", "jo")), [LET_GO, STUCK], AHEAD, MORE,
         ["added.n1", "stuck.c1", "ask.a1", "apart.x", "purpose.x", "let_go.c2", "ahead.amir"]),
        # each one's first line, the earliest first, before anybody's second
        (brief(said("n1", "jo"), said("n2", "jo"), said("n3", "sam", 25)), [], None, [],
         ["added.n1", "added.n3", "added.n2"]),
        # who has been stuck longest stands first
        (None, [STUCK, commitment("c3", State.STUCK, 20)], None, [], ["stuck.c3", "stuck.c1"]),
        # somebody who joined in is stuck, whatever its maker says
        (None, [commitment("c3", State.STUCK, 20, by="amir")], None, [], ["stuck.c3"]),
        # what moves, is done, or was let go before they last met is not for the brief
        (None, [commitment("c3", State.MOVING, 20), commitment("c4", State.DONE, 20),
                commitment("c5", State.LET_GO, 19)], None, [], []),
        # what was learnt goes before what was let go without a word
        (None, [commitment("c3", State.LET_GO, 20), LET_GO], None, [], ["let_go.c2", "let_go.c3"]),
        # who is ahead: only where that was asked, and the digest that says it is posted
        (None, [], digest(Question.MATTERS_MOST, amir="Leeds has done it."), [], []),
        (None, [], digest(posted=False, amir="Leeds has done it."), [], []),
        # who has left stands in no new brief, with nothing
        (brief(said("n1", "ruth")), [commitment("c3", State.STUCK, 20, by="ruth", maker="ruth"),
                                     commitment("c4", State.LET_GO, 20, by="ruth", maker="ruth")],
         digest(ruth="We are."), [], []),
        # a line that was struck is gone
        (brief(struck={"stuck.c1": NOW, "ahead.amir": NOW}), [STUCK], AHEAD, [], []),
    ],
    ids=["nothing to say", "one line", "one of each", "in turns", "longest stuck first", "stuck in their own name",
         "what is not for it", "what was learnt first", "another question", "not posted", "left", "struck"],
)  # fmt: skip
def test_which_lines_there_are(
    of: Brief | None,
    commitments: list[Commitment],
    last: Digest | None,
    more: list[BriefLine],
    expected: list[str],
) -> None:
    asks = [ASK] if more else []
    assert keys(found(of, commitments, last, NAMES, MET, asks, more)) == expected


def test_only_an_ask_that_is_put_to_everyone_is_in_it() -> None:
    def of(*asks: Ask) -> list[str]:
        return keys(found(None, [], None, NAMES, MET, asks))

    quiet = replace(ASK, id="a2", quiet=True)
    sooner = replace(ASK, id="a3", at=at("2026-11-20"), opened_at=at("2026-11-21"))
    assert of(quiet) == []
    assert of(ASK, quiet, sooner) == ["ask.a3", "ask.a1"]
    assert of(replace(ASK, by="ruth")) == []


@pytest.mark.parametrize(
    ("now_is", "stays"), [(AskState.OPEN, True), (AskState.GOT_IT, True), (AskState.WITHDRAWN, False)]
)
def test_a_withdrawn_ask_is_gone_from_the_post_and_one_that_was_met_stays(now_is: AskState, stays: bool) -> None:
    of = drawn(brief(), chosen(found(None, [], None, NAMES, MET, [ASK])), NOW)
    after = followed(of, {}, {"a1": replace(ASK, state=now_is)}, None, NAMES.keys(), NOW)
    assert keys(after.lines) == (["ask.a1"] if stays else [])


def keys(lines: Iterable[BriefLine]) -> list[str]:
    return [line.key for line in lines]


def line(id_: str, text: str = "Word", why: Why = Why.ADDED) -> BriefLine:
    return BriefLine(why=why, id=id_, text=text, whose=("jo",), name="Jo")


@pytest.mark.parametrize(
    ("lines", "kept"),
    [
        ([line(f"n{n}") for n in range(9)], 7),
        ([line(f"n{n}", "word " * 14) for n in range(9)], 5),
        ([line(f"n{n}", "word " * 300, Why.STUCK) for n in range(9)], 4),
        ([line("n1", "x" * LONGEST_LINE)] * 9, 7),
        ([line("n1"), line("n2", "a " * 100), line("n3")], 1),
    ],
    ids=["seven at most", "an added one whole", "others cut", "of one word", "none before what it stands behind"],
)
def test_a_phone_s_screen_has_room_for_so_many(lines: list[BriefLine], kept: int) -> None:
    assert chosen(lines) == tuple(lines[:kept])
    assert sum(map(words_of, chosen(lines))) <= MOST_WORDS - 20


def test_two_lines_a_person_and_a_form_sent_twice_adds_one() -> None:
    one = add(brief(), said("n1", "jo"))
    assert add(one, said("n1", "jo")) == one
    two = add(one, said("n2", "jo"))
    assert sentence(lambda: add(two, said("n3", "jo"))) == (
        "You have 2 lines in this brief. Strike one, and there is room again."
    )
    assert len(add(two, said("n3", "sam")).added) == 3
    assert sentence(lambda: add(brief(), replace(said("n1", "jo"), text=""))).startswith("Say in a line")
    on_its_way = drawn(one, (), NOW)
    assert sentence(lambda: add(on_its_way, said("n2", "jo"))).startswith("That brief is posted")


def struck(of: Brief, key: str, by: str) -> Brief:
    lines = found(of, [STUCK, LET_GO], AHEAD, NAMES, MET) if not of.drawn_at else of.lines
    return strike(of, next(one for one in lines if one.key == key), by, NOW)


@pytest.mark.parametrize(
    ("key", "may"), [("added.n1", {"jo"}), ("stuck.c1", {"jo"}), ("let_go.c2", {"sam"}), ("ahead.amir", {"amir"})]
)
def test_whoever_s_words_a_line_holds_may_strike_it_and_nobody_else(key: str, may: set[str]) -> None:
    of = brief(said("n1", "jo"))
    for by in NAMES:
        if by in may:
            assert key not in keys(found(struck(of, key, by), [STUCK, LET_GO], AHEAD, NAMES, MET))
        else:
            assert sentence(lambda by=by: struck(of, key, by)) == (  # type: ignore[misc]
                "Only those whose words it holds can strike a line."
            )


def test_what_jo_made_and_amir_is_stuck_with_either_may_strike() -> None:
    [one] = found(None, [commitment("c3", State.STUCK, 20, by="amir")], None, NAMES, MET)
    assert (one.whose, one.name) == (("amir", "jo"), "Amir")


def test_struck_words_are_kept_nowhere_and_there_is_room_for_another() -> None:
    of = struck(brief(said("n1", "jo"), said("n2", "jo")), "added.n1", "jo")
    assert "Words n1" not in str(of)
    assert len(add(of, said("n3", "jo")).added) == 2


def a_post(**more: object) -> Brief:
    of = brief(said("n1", "jo"))
    return replace(drawn(of, chosen(found(of, [STUCK, LET_GO], AHEAD, NAMES, MET)), NOW), posted=POSTED, **more)


def test_a_strike_after_it_is_posted_corrects_the_post() -> None:
    before = a_post()
    assert not before.behind
    after = struck(before, "added.n1", "jo")
    assert (after.behind, after.uncorrected, keys(after.lines)) == (True, ("jo",), keys(before.lines)[1:])
    assert struck(replace(after, lines=before.lines), "added.n1", "jo") == replace(after, lines=before.lines)
    shown = redrawn(after, 0)
    assert (shown.behind, shown.uncorrected) == (False, ())


def follow(of: Brief, *commitments: Commitment, last: Digest | None = AHEAD, here: Iterable[str] = NAMES) -> Brief:
    return followed(of, {one.id: one for one in commitments}, {}, last, set(here), NOW + timedelta(hours=1))


def texts(of: Brief) -> list[str]:
    return [one.text for one in of.lines]


POST = ["Words n1", "Walk c1", "Walk c2", "Leeds has done it."]


@pytest.mark.parametrize(
    ("of", "expected"),
    [
        (follow(a_post(), STUCK, LET_GO), POST),
        (follow(a_post(), replace(STUCK, what="Walk the ward"), LET_GO), [POST[0], "Walk the ward", *POST[2:]]),
        (follow(a_post(), replace(STUCK, history=STUCK.history[:1]), LET_GO), [POST[0], *POST[2:]]),
        (follow(a_post(), replace(STUCK, state=State.DONE), LET_GO), POST),
        (follow(a_post(), STUCK, LET_GO, last=digest(amir="Hull has.")), [*POST[:3], "Hull has."]),
        (follow(a_post(), STUCK, LET_GO, last=digest()), POST[:3]),
        (follow(a_post(), STUCK, LET_GO, last=None), POST),
        (follow(a_post(), replace(STUCK, what="Walk the ward"), LET_GO, last=digest(), here=["sam"]), POST),
    ],
    ids=["as it was", "other words", "taken back", "done since", "another answer", "pulled back", "no digest known",
         "who has left"],
)  # fmt: skip
def test_a_post_follows_the_words_it_was_made_of_and_not_what_has_moved_since(
    of: Brief, expected: list[str]
) -> None:
    assert texts(of) == expected
    assert of.behind is (expected != POST)


def test_one_drawn_again_before_it_is_known_to_be_posted_is_changed_to_its_new_lines() -> None:
    """The first may be in Slack, its answer lost."""
    first = drawn(brief(), (line("n1"),), NOW)
    again = drawn(first, (line("n2"),), NOW + timedelta(minutes=1))
    assert replace(again, posted=POSTED).behind
    assert drawn(first, (line("n1"),), NOW + timedelta(minutes=1)) == first


def test_gathered__what_the_channel_never_had_moves_on_and_what_it_had_or_was_struck_does_not() -> None:
    """The brief that was posted last had no room for *n2*; *n1* is of one before that, and *n6* of a meeting that
    was brought back since."""
    line = BriefLine(why=Why.ADDED, id="n3", text="…", whose=("amir",))
    of = {
        "2026-W45": brief(said("n1", "jo")),
        "2026-W47": brief(said("n2", "jo"), said("n3", "amir"), lines=(line,), drawn_at=NOW, posted=POSTED),
        "2026-W49": brief(said("n4", "jo"), said("n5", "sam")),
        "2026-W51": Brief(group_id="g7", round="2026-W51", added=(said("n7", "sam"),), struck={"added.n5": NOW}),
        "2026-W53": brief(said("n6", "amir")),
    }
    assert [one.id for one in gathered(of["2026-W51"], of, NOW).added] == ["n2", "n4", "n6", "n7"]


def test_gathered__one_that_is_in_two_briefs_since_we_died_in_between_is_one() -> None:
    of = {"2026-W49": brief(said("n1", "jo"))}
    own = Brief(group_id="g7", round="2026-W51", added=(said("n1", "jo"),))
    assert gathered(own, of, NOW).added == own.added


def test_gathered__a_commitment_struck_from_a_brief_that_was_posted_may_stand_in_the_next() -> None:
    """Jo was stuck with *c1* and struck that from the post; a fortnight later she is stuck with it anew. Of a brief
    that never was she struck *c2*."""
    of = {
        "2026-W47": replace(brief(drawn_at=NOW, posted=POSTED), struck={"stuck.c1": NOW, "ahead.jo": NOW}),
        "2026-W49": replace(brief(), struck={"stuck.c2": NOW}),
    }
    assert gathered(Brief(group_id="g7", round="2026-W51"), of, NOW).struck == {"stuck.c2": NOW}


def test_gathered__a_line_that_waited_for_a_quarter_is_let_go() -> None:
    own, of = Brief(group_id="g7", round="2027-W09"), {"2026-W49": brief(said("n1", "jo"))}
    added = of["2026-W49"].added[0].at
    assert gathered(own, of, added + timedelta(weeks=12)).added
    assert not gathered(own, of, added + timedelta(weeks=14)).added
