"""Consent: nobody is sent a DM who has not joined by pressing a button, and the first one says what it is about."""

from __future__ import annotations

import pytest

from tests.stage import Stage


@pytest.mark.slow
async def test_whatever_wei_does_short_of_joining_nothing_is_sent_to_wei(stage: Stage) -> None:
    await stage.gather("Jo")
    wei = stage.person("Wei")
    for button in ("Answer", "Add a commitment", "Read the digest", "More", "Join"):
        await wei.press(stage.panel(), button)
        await stage.settle()
        if wei.modal:
            await wei.close(everything=True)
    for typed in ("/plate", "/commit", "/between"):
        await wei.command(typed, "", "young-carers")
        await stage.settle()
        if wei.modal:
            await wei.close(everything=True)
    await wei.open_home()
    await wei.say("young-carers", "Morning all, what is @Between?")
    await stage.at("2026-11-25 09:00")
    await stage.answer("Jo", organisation="Wei should see this.")
    await stage.at("2026-12-11 12:00")
    assert stage.dms("Wei") == []
    assert stage.dms("Jo")


async def test_the_first_dm_says_who_what_how_often_who_sees_it_and_how_to_stop(stage: Stage) -> None:
    await stage.gather("Jo")
    first = stage.shown(stage.dms("Jo")[0])
    assert "*Young carers*. Hello Jo. Sam (Riverside Council) set up Between for it in #young-carers." in first
    assert "*What I ask:* what's on your plate" in first
    assert "before each meeting, at 09:00, London time" in first
    assert "at most two unasked messages a week." in first
    assert "*Who sees it:* you choose for each answer" in first
    assert "Everyone: 2 leaders of 2 organisations, and whoever reads #young-carers" in first
    assert "*How to stop:* press Leave" in first
    assert "[Leave]" in first
    await stage.press("Jo", "Tell me more")
    more = stage.modal("Jo")
    assert "*Young carers* meets every second Monday at 14:00, London time." in more
    assert "Whoever runs the server could reach what is stored" in more


async def test_before_an_answer_is_sent_it_says_who_will_see_it(stage: Stage) -> None:
    await stage.gather("Jo")
    await stage.press("Jo", "Answer")
    form = stage.modal("Jo")
    assert "[x] Riverside Hospitals Trust [ ] me [x] the question" in form
    assert "Everyone: 2 leaders of 2 organisations, and whoever reads #young-carers" in form
    await stage.person("Jo").press_in_modal("Who is that?")
    assert "*Riverside Council*: Sam" in stage.modal("Jo")
    assert "Whoever runs the server could reach what is stored" in stage.modal("Jo")
