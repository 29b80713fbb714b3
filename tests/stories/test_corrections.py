"""Words pulled back or changed, before the digest and after it."""

from __future__ import annotations

import pytest

from tests.stage import Stage

BEDS, BUDGET = "Beds are full again.", "The budget closes on the 9th."


@pytest.fixture
async def answered(stage: Stage) -> Stage:
    await stage.gather("Jo")
    await stage.at("2026-11-25 09:00")
    await stage.answer("Jo", organisation="Beds are full again.")
    await stage.answer("Sam", organisation="The budget closes on the 9th.")
    return stage


async def last_digest(stage: Stage, name: str) -> str:
    await stage.person(name).command("/between", "digest last", "young-carers")
    await stage.settle()
    return stage.notes(name)[-1]


async def test_what_is_pulled_back_before_the_digest_is_not_in_it(answered: Stage) -> None:
    await answered.press("Jo", "Pull it back")
    await answered.at("2026-11-27 10:00")
    digest = answered.shown(answered.posts()[-1])
    assert BEDS not in digest
    assert BUDGET in digest


async def test_what_is_pulled_back_after_it_is_gone_from_the_channel_and_from_the_kept_digest(
    answered: Stage,
) -> None:
    await answered.at("2026-11-27 10:00")
    assert BEDS in await last_digest(answered, "Sam")
    await answered.press("Jo", "Pull it back")
    assert answered.dm("Jo").startswith(
        "(Young carers. Pulled back, Jo. I correct the digest in the channel next; if Slack won't let me, I write "
        "to you.)"
    )
    assert "One answer just for you.\n[Read it]" in answered.dm("Jo")
    for shown in (answered.shown(answered.posts()[-1]), await last_digest(answered, "Sam")):
        assert "Beds are full" not in shown
        assert BUDGET in shown
        assert "Corrected" in shown


async def test_when_everything_is_pulled_back_the_post_says_only_that(answered: Stage) -> None:
    await answered.at("2026-11-27 10:00")
    await answered.press("Jo", "Pull it back")
    await answered.press("Sam", "Pull it back")
    assert "everything in this digest was pulled back by its authors" in answered.shown(answered.posts()[-1])


async def test_words_changed_after_the_digest_are_changed_in_it(answered: Stage) -> None:
    await answered.at("2026-11-27 10:00")
    await answered.press("Jo", "Change")
    await answered.send("Jo", {"organisation": "Two wards have beds."})
    digest = answered.shown(answered.posts()[-1])
    assert "Two wards have beds." in digest
    assert BEDS not in digest


async def test_what_was_pulled_back_is_not_given_to_everyone_again_by_the_next_rounds_form(
    answered: Stage,
) -> None:
    """Its box would be ticked, and Jo came to write something for herself."""
    await answered.press("Jo", "Pull it back")
    await answered.at("2026-12-09 10:00")
    await answered.press("Jo", "Answer")
    assert "For Riverside Hospitals Trust: []" in answered.modal("Jo")
    assert "Filled with what you said" not in answered.modal("Jo")
    assert await answered.send("Jo", {"For me": "I'm tired."}) is None
    await answered.at("2026-12-11 10:00")
    assert not [post for post in answered.posts() if BEDS in answered.shown(post)]


async def test_digests_are_asked_for_by_date_and_the_first_is_still_there(answered: Stage) -> None:
    await answered.at("2026-12-09 10:00")
    await answered.answer("Jo", organisation="Two wards have beds.")
    await answered.at("2026-12-11 10:00")
    assert "Two wards have beds." in await last_digest(answered, "Jo")
    await answered.person("Jo").command("/between", "digest 2026-11-30", "young-carers")
    assert BEDS in answered.notes("Jo")[-1]
    await answered.person("Jo").command("/between", "digest 2026-11-01", "young-carers")
    assert answered.notes("Jo")[-1].startswith("(There was no digest by then. The first is of Friday 27 November.)")


async def test_words_pulled_back_from_a_form_are_said_to_be_in_the_form(stage: Stage) -> None:
    await stage.gather("Jo")
    await stage.press("Jo", "Share my plate")
    jo = stage.person("Jo")
    await jo.fill("organisation", "Beds are full again.")
    assert await jo.submit() is None
    await jo.press_in_modal("Pull it back")
    await stage.settle()
    assert "Pulled back, Jo. None of it goes into the digest." in stage.modal("Jo")
    assert "Seen by you and nobody else." in stage.modal("Jo")


async def test_who_leaves_is_told_of_what_is_not_posted_yet_and_it_is_not(answered: Stage) -> None:
    await answered.person("Jo").press(answered.dms("Jo")[0], "Leave")
    await answered.settle()
    assert "what is not posted yet stays out of the next." in answered.shown(answered.dms("Jo")[0])
    await answered.at("2026-11-27 10:00")
    digest = answered.shown(answered.posts()[-1])
    assert BEDS not in digest
    assert BUDGET in digest


async def test_what_was_posted_of_who_left_stays_when_another_changes_their_words(answered: Stage) -> None:
    await answered.at("2026-11-27 10:00")
    await answered.person("Jo").press(answered.dms("Jo")[0], "Leave")
    await answered.settle()
    await answered.press("Sam", "Pull it back")
    [digest] = [shown for post in answered.posts() if ": the digest," in (shown := answered.shown(post))]
    assert BEDS in digest
    assert BUDGET not in digest
