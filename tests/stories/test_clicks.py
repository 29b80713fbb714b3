"""Clicks that come twice, too late, or from somebody else: each is answered in words, and nothing is spoilt."""

from __future__ import annotations

from copy import deepcopy

import pytest

from bot.domain.people import SlackIdentity
from playground.actor import PersonCannot
from tests.stage import Stage

BEDS = {"For Riverside Hospitals Trust": "Beds are full again."}


@pytest.fixture
async def asked(stage: Stage) -> Stage:
    """Wednesday at nine: Sam, Jo and Amir have just been asked."""
    await stage.gather("Jo", "Amir")
    await stage.at("2026-11-25 09:00")
    return stage


async def commitment(stage: Stage, name: str = "Jo", what: str = "Walk the ward") -> None:
    await stage.person(name).command("/commit", "", "young-carers")
    assert await stage.send(name, {"What will you do?": what}) is None


async def sheet(stage: Stage, name: str) -> str:
    """All commitments, as that person sees them."""
    await stage.press(name, "More")
    await stage.person(name).press_in_modal("See commitments")
    shown = stage.modal(name)
    await stage.person(name).close(everything=True)
    return shown


async def test_a_double_click_on_answer_opens_one_form_that_can_be_sent(asked: Stage) -> None:
    await asked.press("Jo", "Answer")
    assert (await asked.again("Jo")).ok
    assert await asked.send("Jo", BEDS) is None
    assert asked.person("Jo").modal is None
    assert "Saved for *Young carers*." in asked.dm("Jo")


async def test_an_answer_sent_twice_is_one_plate(asked: Stage) -> None:
    await asked.press("Jo", "Answer")
    await asked.send("Jo", BEDS)
    assert (await asked.again("Jo")).ok
    await asked.at("2026-11-27 10:00")
    digest = asked.shown(asked.digest())
    assert digest.count("Beds are full again.") == 1


async def test_a_commitment_sent_twice_is_made_once(asked: Stage) -> None:
    await commitment(asked)
    assert (await asked.again("Jo")).ok
    assert (await sheet(asked, "Jo")).count("*Walk the ward*") == 1


@pytest.mark.slow
async def test_a_tap_that_comes_twice_is_one_line_of_progress(asked: Stage) -> None:
    await commitment(asked)
    await asked.at("2026-12-09 09:00")
    message = asked.dms("Jo")[-1]
    await asked.person("Jo").press(message, "Stuck, want help")
    assert (await asked.again("Jo")).ok
    [kept] = (await asked.bot.deps.store.commitments.all(await group_id(asked))).values()
    assert [line.state.value for line in kept.history] == ["moving", "stuck"]


async def group_id(stage: Stage) -> str:
    store = stage.bot.deps.store
    return str((await store.index.groups_of((await person_id(stage, "Jo"))))[0])


async def person_id(stage: Stage, name: str) -> str:
    user = stage.person(name).user
    found = await stage.bot.deps.store.index.person(SlackIdentity(team_id=user.team_id, user_id=user.id))
    assert found
    return str(found)


async def test_two_presses_of_join_give_one_welcome(stage: Stage) -> None:
    await stage.gather()
    jo = stage.person("Jo")
    await jo.press(stage.panel(), "Join")
    await stage.speak_for("Jo", "Riverside Hospitals Trust")
    await jo.submit()
    assert (await stage.again("Jo")).ok
    assert len(stage.dms("Jo")) == 1


async def test_a_button_of_an_old_round_says_that_it_has_closed(asked: Stage) -> None:
    """On a screen that was not drawn anew."""
    old = asked.dms("Jo")[-1]
    before = deepcopy(old.blocks)
    await asked.at("2026-11-27 11:00")
    assert "[Skip this one]" not in asked.shown(old)
    old.blocks = before
    await asked.person("Jo").press(old, "Skip this one")
    await asked.settle()
    assert asked.notes("Jo")[-1].startswith("(That check-in has closed. Nothing to do.)")


@pytest.mark.slow
async def test_answer_on_an_old_message_opens_the_form_of_the_round_that_is_open(asked: Stage) -> None:
    old = asked.dms("Jo")[-1]
    await asked.at("2026-12-02 09:00")
    await asked.person("Jo").press(old, "Answer")
    await asked.send("Jo", BEDS)
    await asked.at("2026-12-11 10:00")
    assert "Beds are full again." in asked.shown(asked.digest())


async def test_a_button_in_jos_message_does_nothing_for_amir(asked: Stage) -> None:
    await asked.press("Jo", "Nothing new")
    before = asked.dm("Jo")
    assert (await asked.again("Jo", by="Amir")).ok
    theirs = "That message is somebody else's, so nothing was changed. Your own check-in comes to you."
    assert asked.notes("Amir")[-1].startswith(f"({theirs})")
    assert asked.dm("Jo") == before
    assert "Two minutes?" in asked.dm("Amir")


async def test_jos_form_sent_by_amir_saves_nothing(asked: Stage) -> None:
    await asked.press("Jo", "Answer")
    await asked.send("Jo", BEDS)
    ack = await asked.again("Jo", by="Amir")
    assert "somebody else's" in str(ack.json["view"])
    await asked.at("2026-11-27 10:00")


async def test_a_form_that_was_open_as_the_round_closed_still_counts(asked: Stage) -> None:
    await asked.press("Jo", "Answer")
    await asked.at("2026-11-26 19:00")
    assert await asked.send("Jo", BEDS) is None
    assert "Saved for *Young carers*." in asked.dm("Jo")
    await asked.at("2026-11-27 10:00")
    assert "Beds are full again." in asked.shown(asked.digest())


async def test_a_form_that_was_open_as_the_digest_went_out_corrects_it(asked: Stage) -> None:
    await asked.answer("Sam", organisation="The budget closes on the 9th.")
    await asked.press("Jo", "Answer")
    await asked.at("2026-11-27 10:05")
    assert "Beds" not in asked.shown(asked.digest())
    assert await asked.send("Jo", BEDS) is None
    assert "Beds are full again." in asked.shown(asked.digest())


async def test_words_too_late_for_a_digest_that_never_was_bring_it(asked: Stage) -> None:
    """Nobody else had said anything, so there is no post to correct: there is one now."""
    await asked.press("Jo", "Answer")
    await asked.at("2026-11-27 10:05")
    assert await asked.send("Jo", BEDS) is None
    assert "Still welcome. I post the digest in the channel next." in asked.dm("Jo")
    assert "Beds are full again." in asked.shown(asked.digest())


@pytest.mark.slow
async def test_words_too_late_for_one_check_in_answer_the_next_and_both_are_said(asked: Stage) -> None:
    await asked.press("Jo", "Answer")
    await asked.at("2026-12-09 09:05")
    jo = asked.person("Jo")
    await jo.fill("For Riverside Hospitals Trust", "Beds are full again.")
    assert await jo.submit() is None
    await asked.settle()
    assert "is over, so your words are in the next one." in asked.modal("Jo")
    await jo.close(everything=True)
    assert asked.dm("Jo").startswith("(Saved for Young carers.)")


async def test_a_press_after_leaving_offers_to_join_and_changes_nothing(asked: Stage) -> None:
    """On a screen that was not drawn anew."""
    check_in = asked.dms("Jo")[-1]
    before = deepcopy(check_in.blocks)
    await asked.person("Jo").press(asked.dms("Jo")[0], "Leave")
    await asked.settle()
    assert "[Skip this one]" not in asked.shown(check_in)
    check_in.blocks = before
    await asked.person("Jo").press(check_in, "Skip this one")
    await asked.settle()
    assert "Join" in asked.modal("Jo")
    await asked.person("Jo").close()
    assert "Two minutes?" in asked.shown(check_in)


async def test_a_form_sent_after_leaving_comes_back_with_its_words(asked: Stage) -> None:
    jo = asked.person("Jo")
    await asked.press("Jo", "Answer")
    await jo.fill("For Riverside Hospitals Trust", "Beds are full again.")
    await jo.press(asked.dms("Jo")[0], "Leave")
    await asked.settle()
    assert await jo.submit() is None
    assert "You're not in this group." in asked.modal("Jo")
    assert "[Beds are full again.]" in asked.modal("Jo")


async def test_pulling_back_twice_is_pulling_back_once(asked: Stage) -> None:
    await asked.answer("Jo", organisation="Beds are full again.")
    await asked.press("Jo", "Pull it back")
    once = asked.dm("Jo")
    assert once.startswith("(Young carers. Pulled back, Jo. None of it goes into the digest.)")
    assert "One answer just for you.\n[Read it]" in once
    assert (await asked.again("Jo")).ok
    assert asked.dm("Jo") == once


async def test_the_sheet_under_a_form_shows_what_was_just_said(asked: Stage) -> None:
    await commitment(asked)
    jo = asked.person("Jo")
    await asked.press("Jo", "More")
    await jo.press_in_modal("See commitments")
    await jo.press_in_modal("Say how it's going")
    await jo.fill("A line on it", "Two wards now.")
    assert await jo.submit() is None
    await asked.settle()
    assert "Last said: Two wards now." in asked.modal("Jo")


async def test_offering_help_twice_is_offering_once(asked: Stage) -> None:
    await commitment(asked)
    await asked.press("Amir", "More")
    await asked.person("Amir").press_in_modal("See commitments")
    await asked.person("Amir").press_in_modal("I can help")
    assert (await asked.again("Amir")).ok
    assert (await sheet(asked, "Jo")).count("Amir (Riverside Fire & Rescue) can help.") == 1


async def test_a_button_nobody_can_read_says_where_a_fresh_one_is(asked: Stage) -> None:
    jo, message = asked.person("Jo"), asked.dms("Jo")[-1]
    row = next(block for block in message.blocks if block["type"] == "actions")
    row["elements"][0]["value"] = "{"
    await jo.press(message, "Answer")
    await asked.settle()
    assert "older message and no longer works. Press More in the channel" in asked.notes("Jo")[-1]


async def test_skip_is_gone_once_pressed(asked: Stage) -> None:
    """The message says what stands instead, so there is no second press to make."""
    await asked.press("Jo", "Skip this one")
    assert asked.dm("Jo").startswith("(Young carers. Skipped. No reminder for this one.)")
    with pytest.raises(PersonCannot):
        await asked.person("Jo").press(asked.dms("Jo")[-1], "Skip this one")
