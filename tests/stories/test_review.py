"""A review: each places up to three commitments alone; on its day bands are shown, and who placed what is gone."""

from __future__ import annotations

import pytest

from playground.messages import BROADCAST
from tests.promises.watch import shown
from tests.stage import Stage, also
from tests.stories.holding import commit, for_you, say_more
from tests.stories.inquiring import MIDWAY, QUESTION, ask
from tests.stories.reviewing import (
    AFTER,
    BREAKFAST,
    DAY,
    FORMS,
    SIX,
    all_place,
    fill,
    gather,
    kept,
    place,
    post,
    start,
    thread,
)


@pytest.fixture
async def carers(stage: Stage) -> Stage:
    return await gather(stage)


async def test_it_stands_in_the_channel_and_comes_to_each_as_a_matter(carers: Stage) -> None:
    assert "Open until Friday 27 November, 16:00 GMT" in await start(carers)
    drawn = carers.shown(post(carers))
    assert "Margaret (Riverside Police) has started a review." in drawn
    assert "Each places up to three, alone, until Friday 27 November, 16:00 GMT." in drawn
    await carers.at("2026-11-25 12:00")
    asked = carers.newest("Wei", "nobody sees who has")
    await carers.person("Wei").press(asked, "Place them")
    await fill(carers, "Wei", forms="Grow")
    assert await carers.person("Wei").submit() is None
    await carers.settle()
    assert "nobody sees who has" not in carers.dm("Wei")
    assert "Kept." not in carers.dm("Wei"), "his DM does not say that he placed any, and Slack may export it"
    assert await kept(carers) == 1


async def test_placed_in_by_the_channels_post_it_is_asked_no_more_in_the_check_in(carers: Stage) -> None:
    await start(carers)
    await carers.at("2026-11-25 12:00")
    assert "nobody sees who has" in carers.dm("Wei")
    await place(carers, "Wei", forms="Grow")
    assert "nobody sees who has" not in carers.dm("Wei")
    assert "[Nothing new]" in carers.dm("Wei"), "his check-in still asks"


@pytest.mark.parametrize(("to", "how"), [("Let go", "let go"), ("Done", "done")])
async def test_what_ended_while_his_form_was_open_is_named_and_the_rest_is_saved_with_another(
    carers: Stage, to: str, how: str
) -> None:
    await commit(carers, "Margaret", "Walk the ward")
    await start(carers)
    await carers.person("Wei").press(post(carers), "Place them")
    await fill(carers, "Wei", breakfast="Grow", forms="Weed")
    assert await say_more(carers, "Amir", **{"It is": to}) is None
    said = (
        f"This one was {how} while the form was open. The rest of what you placed is still here: choose another in "
        "its place, or clear both, and press Save."
    )
    assert await carers.person("Wei").submit() == {"commitment_2": said}
    await carers.person("Wei").choose_in_modal("Commitment 2", "Walk the ward")
    assert await carers.person("Wei").submit() is None
    await carers.settle()
    assert await kept(carers) == 1


async def test_once_its_day_has_come_no_check_in_asks_it_any_more(carers: Stage) -> None:
    await start(carers, until="2026-11-26")
    await carers.at("2026-11-25 12:00")
    asked = carers.newest("Wei", "nobody sees who has")
    await carers.at("2026-11-26 16:01")
    assert "nobody sees who has" not in carers.shown(asked)
    assert "[Nothing new]" in carers.shown(asked)


async def test_too_late_below_a_check_in_it_goes_from_there(carers: Stage) -> None:
    await start(carers, until="2026-11-26")
    await carers.at("2026-11-25 12:00")
    asked = carers.newest("Wei", "nobody sees who has")
    await carers.at("2026-11-26 16:00")
    await carers.person("Wei").press(asked, "Place them")
    await carers.settle()
    assert "nobody sees who has" not in carers.shown(asked)
    assert "[Nothing new]" in carers.shown(asked)


async def test_a_review_that_waits_for_a_day_of_its_own_is_put_to_nobody_before_that(carers: Stage) -> None:
    await ask(carers)
    await start(carers)
    await carers.at("2026-11-25 09:30")
    assert QUESTION in "".join(map(carers.shown, carers.dms("Wei")))
    assert "has started a review" not in "".join(map(carers.shown, carers.dms("Wei")))
    await carers.at("2026-11-25 10:01")
    assert "has started a review" in carers.shown(post(carers))
    assert "has started a review" in await for_you(carers, "Wei")


async def test_who_starts_it_is_asked_by_no_message_and_places_as_all_do(carers: Stage) -> None:
    await start(carers)
    await carers.at("2026-11-25 12:00")
    assert "started a review" in "".join(map(carers.shown, carers.dms("Wei")))
    assert "started a review" not in "".join(map(carers.shown, carers.dms("Margaret")))
    assert "You have started a review: which of our commitments" in await for_you(carers, "Margaret")


@pytest.mark.slow
async def test_on_its_day_bands_are_shown_and_who_placed_what_is_gone(carers: Stage) -> None:
    await start(carers, until=MIDWAY)
    await all_place(carers)
    before = carers.shown(post(carers))
    assert await kept(carers) == 5
    await carers.at(f"{MIDWAY} 16:00")
    assert not carers.replies(post(carers))
    assert carers.shown(post(carers)) == before
    await carers.at(f"{MIDWAY} 16:01")
    assert await kept(carers) == 0
    said = thread(carers)
    assert f"{FORMS}" in said
    assert [one.subtype for one in carers.replies(post(carers))] == [BROADCAST], "the channel notices"
    assert "About half: grow. About half: weed." in said
    assert "too early" not in said, "one alone chose it"
    assert BREAKFAST not in said, "two placed it, which is too few"
    assert not [name for name in SIX if name in said]
    assert not [digit for digit in "0123456789" if digit in said]
    assert "[Read what it showed]" in carers.shown(post(carers))
    await carers.person("Sam").press(post(carers), "Read what it showed")
    assert "About half: weed." in carers.modal("Sam")


@pytest.mark.slow
async def test_where_it_showed_us_apart_comes_in_the_brief_after(carers: Stage) -> None:
    await start(carers, until="2026-11-25")
    await all_place(carers)
    await carers.at("2026-11-27 16:00")
    brief = carers.shown(carers.briefs()[-1])
    assert f"{FORMS} — where we differ" in brief
    assert BREAKFAST not in brief


@pytest.mark.slow
async def test_all_alike_reads_as_nearly_all_and_so_does_all_but_one(carers: Stage) -> None:
    await start(carers)
    for name in ("Jo", "Margaret", "Wei"):
        await place(carers, name, forms="Weed", breakfast="Grow")
    await place(carers, "Aoife", forms="Weed", breakfast="Nurture")
    await carers.at(AFTER)
    assert "Nearly all: weed." in thread(carers)
    assert "Nearly all: grow." in thread(carers)
    assert "nurture" not in thread(carers)


async def test_she_changes_hers_and_sees_no_other_and_takes_it_out(carers: Stage) -> None:
    await start(carers)
    await place(carers, "Jo", forms="Weed")
    await place(carers, "Amir", breakfast="Grow")
    await carers.person("Jo").press(post(carers), "Place them")
    assert "Weed" in carers.modal("Jo")
    assert "Commitment 2: (" in carers.modal("Jo") or "Commitment 2:" in carers.modal("Jo")
    await fill(carers, "Jo", forms="Nurture")
    assert await carers.person("Jo").submit() is None
    await carers.person("Jo").press_in_modal("Change mine")
    assert "Nurture" in carers.modal("Jo")
    await carers.person("Jo").press_in_modal("Take mine out")
    await carers.settle()
    assert "Taken out, and deleted." in carers.modal("Jo")
    assert await kept(carers) == 1


async def test_half_a_pair_and_one_twice_are_said_at_their_field(carers: Stage) -> None:
    await start(carers)
    await carers.person("Jo").press(post(carers), "Place them")
    await carers.person("Jo").choose_in_modal("Commitment 1", FORMS)
    errors = await carers.person("Jo").submit()
    assert errors == {"placing_1": "Choose both: which commitment, and how you would place it."}
    await fill(carers, "Jo", forms="Weed")
    await carers.person("Jo").choose_in_modal("Commitment 2", FORMS)
    await carers.person("Jo").choose_in_modal("Place 2", "Grow")
    assert await carers.person("Jo").submit() == {"commitment_2": "That one is placed above already."}
    assert await kept(carers) == 0


@pytest.mark.slow
async def test_too_late_nothing_is_kept_and_the_form_says_so(carers: Stage) -> None:
    await start(carers)
    await carers.person("Wei").press(post(carers), "Place them")
    await fill(carers, "Wei", forms="Weed")
    await carers.at(AFTER)
    await carers.person("Wei").submit()
    await carers.settle()
    assert "That review has had its day." in carers.modal("Wei")
    assert await kept(carers) == 0


async def test_who_leaves_takes_along_what_they_placed(carers: Stage) -> None:
    await start(carers)
    await place(carers, "Jo", forms="Weed")
    await place(carers, "Wei", forms="Weed")
    await carers.press_more("Wei", "Leave")
    assert await kept(carers) == 1


async def test_somebody_who_is_not_in_the_group_places_nothing(carers: Stage) -> None:
    await start(carers)
    await carers.person("Desmond").press(post(carers), "Place them")
    assert "Place commitments" not in carers.modal("Desmond")
    assert await kept(carers) == 0


async def test_started_twice_one_runs(carers: Stage) -> None:
    await carers.press_more("Wei", "What for", "Start a review")
    await start(carers)
    assert await carers.person("Wei").submit() is None
    await carers.settle()
    assert "Margaret (Riverside Police) has started a review." in carers.modal("Wei")
    await carers.again("Wei")
    await carers.press_more("Jo", "What for", "Start a review")
    assert "Margaret (Riverside Police) has started a review." in carers.modal("Jo")
    await carers.at("2026-11-24 12:00")
    assert len([one for one in carers.posts() if "should grow" in carers.shown(one)]) == 1


async def test_a_form_sent_twice_places_once(carers: Stage) -> None:
    await start(carers)
    await place(carers, "Jo", forms="Weed")
    await carers.again("Jo")
    assert await kept(carers) == 1


@pytest.mark.slow
async def test_two_bots_show_it_once(carers: Stage) -> None:
    await start(carers)
    await all_place(carers)
    async with also(carers) as other:
        await carers.at(DAY)
        await other.at(AFTER)
        await carers.at("2026-11-27 16:05")
    assert len(carers.replies(post(carers))) == 1
    assert await kept(carers) == 0


async def test_its_day_moves_with_the_meeting(carers: Stage) -> None:
    await start(carers)
    await carers.press_more("Sam", "Move a meeting")
    assert await carers.send("Sam", {"New day": "2026-12-02"}) is None
    await carers.at("2026-11-24 09:10")
    assert "until Tuesday 1 December, 16:00 GMT" in carers.shown(post(carers))


@pytest.mark.slow
async def test_placings_are_in_no_message_and_on_nobody_elses_screen(carers: Stage) -> None:
    await start(carers)
    await place(carers, "Wei", forms="Too early to say")
    for name in ("Jo", "Margaret"):
        await carers.person(name).open_home()
        for buttons in (["For you"], ["Open now"], ["Why this?"], ["What for", "Reviews"]):
            await carers.press_more(name, *buttons)
            await carers.person(name).close(everything=True)
        await carers.person(name).press(post(carers), "Place them")
        await carers.person(name).close(everything=True)
    await carers.at("2026-12-04 12:00")
    wei = carers.person("Wei").id
    told = [one for one in shown(carers) if "Kept. Nobody sees it" in f"{one.text}{one.screen}"]
    assert {one.to for one in told} == {wei}
    assert not carers.replies(post(carers)), "one alone is shown to nobody"


@pytest.mark.slow
async def test_a_quarter_after_the_group_began_it_comes_by_itself(carers: Stage) -> None:
    await carers.at("2027-02-20 12:00")
    assert not [one for one in carers.posts() if "should grow" in carers.shown(one)]
    await carers.at("2027-03-05 12:00")
    assert "It is time for a review." in carers.shown(post(carers))
