"""What we are here for: drafted, put to all, said of, and standing by its rule; and what serves which aim."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.promises.watch import shown
from tests.stage import Stage
from tests.stories.purposes import (
    AIM,
    BETTER,
    CAN,
    CHANGE,
    RULE,
    SENTENCE,
    close,
    commit,
    draft,
    gathered,
    live_with,
    put,
    sheet,
    stored,
    thread,
    told,
    would_change,
)


@pytest.fixture
async def carers(stage: Stage) -> Stage:
    return await gathered(stage)


@pytest.mark.slow
async def test_three_leaders_of_two_organisations_from_a_draft_to_other_words(carers: Stage) -> None:
    """Drafted, pressed, a change asked for and withdrawn, standing after seven days, and reworded."""
    assert "It goes to the channel now" in await draft(carers, Aim_1=AIM)
    first = carers.shown(put(carers))
    assert "Jo (Riverside Hospitals Trust) drafts what we are here for:" in first
    assert SENTENCE in first
    assert AIM in first
    assert RULE in first
    await live_with(carers, "Sam", "Amir")
    await would_change(carers, "Priya", "Tired is the wrong word.")
    assert "Priya (Riverside Hospitals Trust) would change this:" in thread(carers)
    assert "Tired is the wrong word." in thread(carers)
    await carers.at("2026-12-01 10:05")
    assert not told(carers)
    await sheet(carers, "Priya")
    assert "Priya (Riverside Hospitals Trust) would change: Tired is the wrong word." in carers.modal("Priya")
    await carers.person("Priya").press_in_modal("Withdraw it")
    await carers.settle()
    await close(carers, "Priya")
    assert "Tired is the wrong word." not in thread(carers)
    assert "Priya (Riverside Hospitals Trust) withdrew what they would change." in thread(carers)
    (said,) = told(carers)
    assert "since Tuesday 1 December 2026:" in said
    assert SENTENCE in said
    assert f"[{CAN}]" not in carers.shown(put(carers))
    assert "This became what we are here for on Tuesday 1 December 2026." in carers.shown(put(carers))
    await carers.at("2026-12-02 09:00")
    assert len(told(carers)) == 1
    await draft(carers, "Amir", BETTER)
    assert "Amir (Riverside Fire & Rescue) suggests other words" in carers.shown(put(carers, BETTER))
    now = await sheet(carers, "Sam")
    assert SENTENCE in now
    assert "Other words by Amir (Riverside Fire & Rescue), under way" in now
    await close(carers, "Sam")
    await live_with(carers, "Sam", "Jo", sentence=BETTER)
    await carers.at("2026-12-09 09:01")
    assert len(told(carers)) == 2
    history = await sheet(carers, "Sam")
    assert "From Tuesday 1 December 2026 to Wednesday 9 December 2026:" in history
    assert "It has stood since Wednesday 9 December 2026." in history
    assert BETTER in history
    assert SENTENCE in history


@pytest.mark.slow
async def test_too_few_or_of_one_organisation_and_it_waits_until_another_can(carers: Stage) -> None:
    await draft(carers)
    await live_with(carers, "Priya")
    await carers.at("2026-12-01 10:05")
    assert not told(carers)
    assert "It stands as soon as enough of us can live with it" in await sheet(carers, "Sam")
    await close(carers, "Sam")
    await live_with(carers, "Amir")
    assert len(told(carers)) == 1


async def test_nobody_is_shown_who_pressed_and_the_post_stays_as_it_is(carers: Stage) -> None:
    await draft(carers)
    before = carers.shown(put(carers))
    await live_with(carers, "Sam")
    assert carers.shown(put(carers)) == before
    assert "Kept. Nobody is shown who pressed, or who did not." in carers.notes("Sam")[-1]
    mine = await sheet(carers, "Sam")
    assert "You can live with it. Only you are shown that." in mine
    await close(carers, "Sam")
    other = await sheet(carers, "Amir")
    assert "Sam" not in other
    assert "You can live with it." not in other
    for number in ("2 of", "2 leaders", "1 of", "1 leader"):
        assert number not in other


@pytest.mark.slow
async def test_it_comes_to_each_who_has_said_nothing_once_and_pressing_there_ends_it(carers: Stage) -> None:
    await draft(carers, Aim_1=AIM)
    await live_with(carers, "Sam")
    await carers.at("2026-11-25 12:00")
    asked = carers.newest("Amir", "[Not now]")  # its post in the channel, of the same moment, has no such button
    assert f"drafts what we are here for: “{SENTENCE}” Aims: {AIM}." in carers.shown(asked)
    assert f"[{CAN}]" not in carers.dm("Sam")
    await carers.person("Amir").press(asked, CAN)
    await carers.settle()
    assert f"[{CAN}]" not in carers.dm("Amir")
    assert "Kept." not in carers.dm("Amir"), "his DM does not say what he pressed, and Slack may export it"
    assert "Kept. Nobody is shown who pressed" in carers.notes("Amir")[-1]
    await carers.again("Amir", by="Sam")
    one = (await stored(carers)).under_way
    assert one is not None
    assert len(one.can_live) == 3
    await carers.at("2026-12-09 12:00")
    assert f"[{CAN}]" not in carers.dm("Amir")


async def test_what_was_put_to_him_and_is_answered_in_the_channel_is_asked_no_more(carers: Stage) -> None:
    await draft(carers)
    await carers.at("2026-11-25 12:00")
    assert f"[{CAN}]" in carers.shown(carers.newest("Amir", f"[{CAN}]"))
    await live_with(carers, "Amir")
    assert not [one for one in carers.dms("Amir") if f"[{CAN}]" in carers.shown(one)]


@pytest.mark.slow
async def test_answered_weeks_later_an_old_check_in_stays_as_it_is(stage: Stage) -> None:
    """It shows no matter any more, and where what was said in it is."""
    await stage.gather("Jo", "Priya", "Amir", **{"How often": "Every week"})
    await stage.at("2026-11-24 09:00")
    await draft(stage)
    await stage.at("2026-11-25 12:00")
    asked = {name: stage.dms(name)[1] for name in ("Amir", "Priya")}
    await stage.answer("Amir", **{"For Riverside Fire & Rescue": "New rota."})
    await stage.answer("Priya", **{"For Riverside Hospitals Trust": "New ward."})
    for day, name in (("2026-12-02 12:00", "Amir"), ("2026-12-09 12:00", "Priya")):
        await stage.at(day)
        before = stage.shown(asked[name])
        assert "This check-in is over. What you said in it:" in before
        await live_with(stage, name)
        assert stage.shown(asked[name]) == before


async def test_the_matter_can_be_answered_in_words_and_ends_by_that(carers: Stage) -> None:
    await draft(carers)
    await carers.at("2026-11-25 12:00")
    await carers.person("Amir").press(carers.newest("Amir", f"[{CHANGE}]"), CHANGE)
    assert await carers.send("Amir", {"What would you change?": "Name the age."}) is None
    assert f"[{CHANGE}]" not in carers.dm("Amir")
    assert "Name the age." not in carers.dm("Amir")
    assert "Name the age." in thread(carers)


async def test_while_a_draft_is_under_way_another_says_what_she_would_change(carers: Stage) -> None:
    await carers.person("Amir").command("/between", "purpose", "young-carers")
    await carers.person("Amir").press_in_modal("Draft a purpose")
    await carers.person("Amir").fill("What are we here for?", "Mine.")
    await draft(carers)
    refused = await carers.person("Amir").submit()
    assert refused is not None, "his form stays, and his words in it"
    assert "A draft of somebody else's is under way" in refused["sentence"]
    await close(carers, "Amir")
    other = await sheet(carers, "Amir")
    assert "[Draft a purpose]" not in other
    assert "[Suggest other words]" not in other
    assert f"[{CHANGE}]" in other


async def test_the_author_takes_it_back_and_the_post_says_so(carers: Stage) -> None:
    await draft(carers)
    await sheet(carers, "Jo")
    await carers.person("Jo").press_in_modal("Take it back")
    await carers.settle()
    assert "[Draft a purpose]" in carers.modal("Jo")
    assert "took these words back on Tuesday 24 November 2026." in carers.shown(put(carers))
    await close(carers, "Jo")
    assert SENTENCE in await sheet(carers, "Sam"), "every wording is kept"


@pytest.mark.slow
async def test_an_external_leader_does_all_of_it_by_button(carers: Stage) -> None:
    """Margaret is of another workspace: no command and no Home there."""
    await carers.join("Margaret", "Riverside Police")
    await carers.press_more("Margaret", "What for", "Draft a purpose")
    await carers.person("Margaret").fill("What are we here for?", SENTENCE)
    await carers.person("Margaret").fill("Aim 1", AIM)
    assert await carers.person("Margaret").submit() is None
    await carers.settle()
    await close(carers, "Margaret")
    await carers.at("2026-11-25 10:01")
    await live_with(carers, "Sam", "Jo")
    await carers.at("2026-12-02 10:05")
    assert len(told(carers)) == 1
    await commit(carers, "Margaret", "Ring each school", serves=AIM, better="Pupils in year 7")
    await carers.press_more("Margaret", "What for", "Line of sight")
    assert f"Ring each school → {AIM} → Pupils in year 7" in carers.modal("Margaret")


@pytest.mark.slow
async def test_the_brief_has_a_draft_that_is_under_way(carers: Stage) -> None:
    await draft(carers)
    await carers.at("2026-11-27 16:00")
    brief = carers.shown(carers.briefs()[-1])
    assert f"{SENTENCE} — our purpose, as Jo drafts it" in brief


@pytest.mark.slow
async def test_who_joins_on_the_last_day_may_make_it_wait(carers: Stage) -> None:
    await draft(carers)
    await live_with(carers, "Sam", "Amir")
    for name, organisation in (("Wei", "Millrace Housing"), ("Kasia", "Millrace Housing"), ("Margaret", "Police")):
        await carers.join(name, organisation)
    await carers.at("2026-12-01 10:05")
    assert not told(carers)
    await live_with(carers, "Wei")
    assert len(told(carers)) == 1


async def test_who_can_live_with_it_is_in_no_message_or_log(carers: Stage, logged: Callable[[], str]) -> None:
    await draft(carers)
    seen, id_ = len([*shown(carers)]), carers.person("Amir").id
    logged()
    await live_with(carers, "Amir")
    said = logged()
    assert id_ not in said
    assert "Amir" not in said
    for name in ("Jo", "Sam"):
        await carers.person(name).open_home()
        await sheet(carers, name)
        await close(carers, name)
    since = [*shown(carers)][seen:]
    assert not [one.screen for one in since if one.to != id_ and "Amir" in one.screen and "can live" in one.screen]
