"""Consent: nobody is sent a DM who has not joined by pressing a button, and the first one says what it is about."""

from __future__ import annotations

from tests.stage import Stage


async def test_whatever_wei_does_short_of_joining_nothing_is_sent_to_wei(stage: Stage) -> None:
    await stage.gather("Jo")
    wei = stage.person("Wei")
    for button in ("Share my plate", "Add a commitment", "Read the digest", "More", "Join"):
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
    assert "Sam (Riverside Council) set up Between for *Young carers*" in first
    assert "*What I ask:* what's on your plate" in first
    assert "*How often:* once a round (you meet every second Monday at 14:00, London time)" in first
    assert "Never more than two messages a week." in first
    assert "*Who sees it:* you choose for each answer" in first
    assert "Everyone is Sam (Riverside Council) and Jo (Riverside Hospitals Trust)." in first
    assert "*How to stop:* press Leave" in first
    assert "[Leave]" in first


async def test_before_an_answer_is_sent_it_says_who_will_see_it(stage: Stage) -> None:
    await stage.gather("Jo")
    await stage.press("Jo", "Share my plate")
    form = stage.modal("Jo")
    assert form.count("[Everyone: 2 leaders, 2 organisations v]") == 2
    assert "For me: []\nWho sees this *: [Just me v]" in form
    assert "Organisations: Riverside Council and Riverside Hospitals Trust." in form
    assert "Whoever runs the server could reach what is stored" in form
