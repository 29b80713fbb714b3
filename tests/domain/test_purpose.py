"""What a group is here for: drafted, said of, and the rule by which it stands."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta

import pytest
from msgspec.structs import replace

from bot.domain import erased, exported
from bot.domain.drafting import Draft, aims_of, base_for, draft
from bot.domain.groups import Group
from bot.domain.people import Absence, AbsenceReason, Leader
from bot.domain.problems import Problem, ProblemCode
from bot.domain.purpose import (
    Aim,
    AskedChange,
    Ended,
    InSlack,
    Purpose,
    Wording,
    ask_change,
    can_live,
    change_wording,
    moved_on,
    open_changes,
    stands,
    take_back,
    withdraw_change,
    without_asked,
)
from bot.domain.purpose_days import brief_lines, opens_at, still_in_brief
from tests.domain.young_carers import A_MESSAGE, group, leader

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


@pytest.mark.parametrize(("wording", "here", "now", "expected"), CASES.values(), ids=CASES.keys())
def test_stands__by_the_rule(wording: Wording, here: Mapping[str, Leader], now: datetime, expected: bool) -> None:
    assert stands(wording, here, now, now.date()) is expected


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


def test_who_drafts_it_can_live_with_it_and_who_could_is_not_kept_once_it_stands() -> None:
    one = drafted().under_way
    assert one is not None
    assert one.can_live == {"sam": PUT}
    done = stood(drafted()).standing
    assert done is not None
    assert (done.can_live, done.stood_at, done.post.changes) == ({}, WEEK, 1)


def test_other_words_begin_afresh_and_every_wording_is_kept() -> None:
    first = can_live(drafted(), "w1", "jo", PUT)
    second = drafted(first, id="w2", sentence="Carers are heard.", base="w1", now=PUT + timedelta(days=1))
    assert [one.sentence for one in second.wordings] == ["Carers are seen.", "Carers are heard."]
    assert second.under_way
    assert second.under_way.can_live == {"sam": PUT + timedelta(days=1)}
    assert (second.wordings[0].ended, second.wordings[0].can_live) == (Ended.REPLACED, {})
    assert not stands(second.under_way, FOUR, WEEK, WEEK.date())


def test_a_second_draft_of_somebody_else_waits_for_the_first() -> None:
    with pytest.raises(Problem) as raised:
        drafted(drafted(), id="w2", by="jo", sentence="Mine.")
    assert (raised.value.code, raised.value.field) == (ProblemCode.PURPOSE_UNDER_WAY, "sentence")
    after = drafted(drafted(), id="w2", by="jo", sentence="Mine.", here=without(FOUR, "sam"))
    assert after.under_way
    assert after.under_way.by == "jo"
    assert base_for(stood(drafted()), "jo", FOUR) == stood(drafted()).standing


def test_the_same_form_twice_drafts_once_and_the_same_words_are_refused() -> None:
    assert drafted(drafted()) == drafted()
    with pytest.raises(Problem) as raised:
        drafted(stood(drafted()), id="w2", by="jo")
    assert raised.value.code is ProblemCode.PURPOSE_SAME
    with pytest.raises(Problem) as raised:
        drafted(sentence="")
    assert raised.value.code is ProblemCode.PURPOSE_EMPTY


AIMS = (Aim(id="a1", text="Seen"), Aim(id="a2", text="Heard"), Aim(id="a3", text="Rested"))
BASE = Wording(id="w0", by="sam", at=PUT, opens_at=PUT, sentence="For carers.", aims=AIMS)


@pytest.mark.parametrize(
    ("texts", "ids"),
    [
        (("Seen", "Heard", "Rested"), ["a1", "a2", "a3"]),
        (("Seen early", "Heard", "Rested"), ["a1", "a2", "a3"]),
        (("", "Heard", "Rested"), ["a2", "a3"]),
        (("Heard", "Rested", ""), ["a2", "a3"]),
        (("Heard", "Fed", "Rested"), ["a2", "w1-2", "a3"]),
        (("Seen", "", "Rested", "Fed"), ["a1", "a3", "w1-4"]),
        (("Seen", "Seen", "Rested"), ["a1", "a3"]),
        (("Fed", "", "", "Seen"), ["w1-1", "a1"]),
    ],
)
def test_an_aim_keeps_its_id_with_its_words_or_with_its_field(texts: tuple[str, ...], ids: list[str]) -> None:
    assert [aim.id for aim in aims_of("w1", texts, BASE)] == ids


def test_five_aims_and_no_more_and_two_never_share_an_id() -> None:
    found = aims_of("w1", tuple("abcdefg"), BASE)
    assert [aim.text for aim in found] == list("abcde")
    assert len({aim.id for aim in found}) == 5


def test_who_would_change_it_can_not_live_with_it_until_they_say_so_and_that_withdraws_it() -> None:
    first = can_live(drafted(), "w1", "jo", PUT)
    asked = ask_change(first, "w1", key="c1", by="jo", text="By whom?", now=PUT)
    one = asked.under_way
    assert one is not None
    assert "jo" not in one.can_live
    assert [each.text for each in open_changes(one, FOUR, PUT)] == ["By whom?"]
    again = can_live(asked, "w1", "jo", WEEK).under_way
    assert again is not None
    assert "jo" in again.can_live
    assert (again.asked[0].text, again.asked[0].withdrawn_at, again.asked[0].reply.changes) == ("", WEEK, 1)


def test_asking_again_and_again_holds_it_up_for_a_fortnight_and_no_longer() -> None:
    purpose = ask_change(drafted(), "w1", key="c1", by="jo", text="By whom?", now=PUT)
    purpose = withdraw_change(purpose, "w1", "jo", WEEK)
    later = PUT + timedelta(days=13)
    purpose = ask_change(purpose, "w1", key="c2", by="jo", text="And when?", now=later)
    one = purpose.under_way
    assert one is not None
    assert [(each.id, each.text, each.at) for each in one.asked] == [("c1", "And when?", PUT)]
    assert open_changes(one, FOUR, later)
    assert not open_changes(one, FOUR, PUT + timedelta(days=14))
    same = ask_change(purpose, "w1", key="c3", by="jo", text="And when?", now=later)
    assert same == purpose


def test_a_late_press_changes_nothing() -> None:
    after = drafted(drafted(), id="w2", sentence="Carers are heard.", base="w1")
    for press in (
        lambda: can_live(after, "w1", "jo", WEEK),
        lambda: ask_change(after, "w1", key="c", by="jo", text="No.", now=WEEK),
        lambda: withdraw_change(after, "w1", "jo", WEEK),
        lambda: take_back(after, "w1", "sam", WEEK),
        lambda: can_live(stood(drafted()), "w1", "wei", WEEK),
        lambda: can_live(after, "never", "jo", WEEK),
    ):
        with pytest.raises(Problem) as raised:
            press()
        assert raised.value.code is ProblemCode.PURPOSE_SETTLED


def test_its_author_alone_takes_it_back() -> None:
    with pytest.raises(Problem) as raised:
        take_back(drafted(), "w1", "jo", WEEK)
    assert raised.value.code is ProblemCode.NOT_YOURS
    after = take_back(drafted(), "w1", "sam", WEEK)
    assert (after.under_way, after.standing, after.wordings[0].ended) == (None, None, Ended.TAKEN_BACK)


def test_after_six_weeks_it_is_laid_aside_and_what_stood_stands() -> None:
    purpose = drafted(stood(drafted()), id="w2", by="jo", sentence="Carers are heard.", now=WEEK)
    before = WEEK + timedelta(days=42, minutes=-1)
    assert moved_on(purpose, FOUR, before, before.date()) == purpose
    done = moved_on(purpose, FOUR, WEEK + timedelta(days=42), WEEK.date())
    assert done.standing
    assert (done.standing.id, done.wordings[1].ended) == ("w1", Ended.LAID_ASIDE)


def test_what_people_would_have_changed_goes_after_its_time_and_the_wordings_stay() -> None:
    purpose = ask_change(drafted(), "w1", key="c1", by="jo", text="By whom?", now=PUT)
    assert without_asked(purpose, WEEK) == purpose
    settled = take_back(purpose, "w1", "sam", WEEK)
    assert without_asked(settled, PUT) == settled
    assert [(one.sentence, one.asked) for one in without_asked(settled, WEEK).wordings] == [
        ("Carers are seen.", ())
    ]


def test_the_second_draft_of_a_day_is_put_to_all_on_the_next_working_day() -> None:
    here: Group = group()
    assert opens_at(Purpose(), here, PUT) == PUT
    later = PUT + timedelta(hours=5)
    assert opens_at(drafted(), here, later) == datetime(2026, 11, 25, 10, tzinfo=UTC)
    assert opens_at(drafted(), here, WEEK) == WEEK


def test_the_brief_has_what_is_under_way_until_it_is_taken_back() -> None:
    purpose = drafted()
    (line,) = brief_lines(purpose, PUT)
    assert (line.why, line.text, line.whose) == ("purpose", "Carers are seen.", ("sam",))
    assert not [*brief_lines(purpose, PUT - timedelta(hours=1))]
    assert not [*brief_lines(stood(purpose), WEEK)]
    assert still_in_brief(stood(purpose), line)
    assert not still_in_brief(take_back(purpose, "w1", "sam", WEEK), line)


def test_my_data_has_what_is_hers_and_erasing_her_leaves_what_stood_without_a_name() -> None:
    purpose = ask_change(stood_and_drafted(), "w2", key="c1", by="wei", text="Shorter.", now=WEEK)
    assert [one.what for one in exported.purpose(purpose, "jo")] == ["purpose_draft", "purpose_can_live"]
    assert [(one.text, one.private) for one in exported.purpose(purpose, "wei")] == [("Shorter.", False)]
    without_jo = erased.purpose(purpose, "jo", False)
    assert [(one.by, one.sentence) for one in without_jo.wordings] == [
        ("sam", "Carers are seen."),
        (erased.NOBODY, erased.NO_WORDS),
    ]
    assert without_jo.under_way is None
    assert erased.purpose(without_jo, "jo", False) == without_jo
    assert erased.purpose(purpose, "jo", True).wordings[1].sentence == "Carers are heard."
    gone = erased.purpose(erased.purpose(purpose, "wei", False), "sam", False)
    assert (gone.wordings[0].by, gone.wordings[0].sentence) == (erased.NOBODY, "Carers are seen.")
    assert [(one.by, one.text) for one in gone.wordings[1].asked] == [(erased.NOBODY, "")]


def stood_and_drafted() -> Purpose:
    return drafted(stood(drafted()), id="w2", by="jo", sentence="Carers are heard.", base="w1", now=WEEK)
