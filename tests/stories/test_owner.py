"""Jo joins in with what Margaret made: Margaret hears of it, and her words stay hers."""

from __future__ import annotations

import pytest

from tests.stage import Stage
from tests.stories.holding import WALK, card, commit, say_more


@pytest.fixture
async def two(stage: Stage) -> Stage:
    """Margaret made one; Jo has joined in on Wednesday."""
    await stage.set_up()
    await stage.join("Margaret", "Northside Parents")
    await stage.join("Jo", "Hospitals Trust")
    await commit(stage, "Margaret")
    await stage.at("2026-11-25 11:00")
    await card(stage, "Jo")
    await stage.person("Jo").press_in_modal("Join in")
    await stage.settle()
    return stage


async def test_margaret_hears_that_jo_joined_in_once_and_at_once(two: Stage) -> None:
    assert f"Jo (Hospitals Trust) has joined in with “{WALK}”." in two.dm("Margaret")
    before = len(two.dms("Margaret"))
    await two.at("2026-11-25 17:00")
    assert len(two.dms("Margaret")) == before


async def ended(stage: Stage, state: str, words: str) -> None:
    await stage.press("Margaret", "Say more…")
    assert await stage.send("Margaret", {"It is": state, "A line on it": words}) is None


async def test_jo_who_joined_in_hears_that_margaret_let_it_go_and_what_was_learnt(two: Stage) -> None:
    """Once it can't have been a slip: ten minutes on."""
    before = len(two.dms("Jo"))
    await ended(two, "Let go", "The ward is asleep by then.")
    await two.at("2026-11-25 11:08")
    assert len(two.dms("Jo")) == before
    await two.at("2026-11-25 11:15")
    assert len(two.dms("Jo")) == before + 1
    told = f"Margaret (Northside Parents) has let go of “{WALK}”. What we learnt: “The ward is asleep by then.”"
    assert told in two.dm("Jo")
    await two.at("2026-11-26 18:00")
    assert not [dm for dm in two.dms("Jo")[before + 1 :] if "let go of" in dm.text]


async def test_jo_hears_that_it_is_done(two: Stage) -> None:
    await ended(two, "Done", "Every night now.")
    await two.at("2026-11-25 11:15")
    assert f"Margaret (Northside Parents) says “{WALK}” is done. “Every night now.”" in two.dm("Jo")


async def test_whoever_tends_it_too_hears_margarets_words_and_not_what_jo_adds_to_them(two: Stage) -> None:
    await two.join("Amir", "Riverside Fire & Rescue")
    await card(two, "Amir")
    await two.person("Amir").press_in_modal("Join in")
    await two.settle()
    await ended(two, "Done", "Every night now.")
    assert await say_more(two, "Jo", **{"A line on it": "Well done."}) is None
    await two.at("2026-11-26 12:00")
    told = two.shown(two.newest("Amir", "is done."))
    assert "“Every night now.”" in told
    assert "Well done." not in told


async def test_what_margaret_takes_back_at_once_jo_never_hears_of(two: Stage) -> None:
    before = len(two.dms("Jo"))
    await ended(two, "Done", "Every night now.")
    await two.press("Margaret", "Undo")
    await two.at("2026-11-25 12:00")
    assert len(two.dms("Jo")) == before


def news(stage: Stage, name: str) -> list[str]:
    return [stage.shown(dm).splitlines()[2] for dm in stage.dms(name) if "about your commitments" in dm.text]


async def test_jo_who_heard_that_it_is_done_hears_that_it_goes_on_after_all(two: Stage) -> None:
    """What she was told is not so any more; once, however often Margaret then says how it is going."""
    await ended(two, "Done", "Every night now.")
    await two.at("2026-11-25 12:00")
    assert len(news(two, "Jo")) == 1
    await two.press("Margaret", "Undo")
    await two.at("2026-11-26 12:00")
    assert news(two, "Jo")[1:] == [f"Margaret (Northside Parents) goes on with “{WALK}” after all."]
    await ended(two, "Moving", "Two wards by now.")
    await two.at("2026-11-27 12:00")
    assert len(news(two, "Jo")) == 2


async def test_jo_does_not_hear_that_it_goes_on_where_it_is_done_again_by_then(two: Stage) -> None:
    await ended(two, "Done", "Every night now.")
    await two.at("2026-11-25 12:00")
    await two.press("Margaret", "Undo")
    await ended(two, "Done", "Every night now.")
    await two.at("2026-11-26 12:00")
    assert "after all" not in "".join(news(two, "Jo"))


async def test_jo_is_not_offered_to_change_its_words_and_margaret_is(two: Stage) -> None:
    assert "[Change its words]" not in await card(two, "Jo")
    assert "[Suggest other words]" in two.modal("Jo")
    assert "[Change its words]" in await card(two, "Margaret")


async def test_jo_suggests_and_margaret_uses_the_words(two: Stage) -> None:
    await card(two, "Jo")
    await two.person("Jo").press_in_modal("Suggest other words")
    await two.person("Jo").fill("How would you put it?", "Walk both wards")
    assert await two.person("Jo").submit() is None
    assert "The words are theirs" in two.modal("Jo").replace("the words", "The words")
    await two.at("2026-11-26 09:00")
    assert WALK in two.shown(two.newest("Margaret", "suggests other words"))
    assert WALK in await card(two, "Margaret")
    await two.person("Margaret").close(everything=True)
    await two.press("Margaret", "Use these words")
    shown = await card(two, "Margaret")
    assert "Walk both wards" in shown
    await two.person("Margaret").press_in_modal("History")
    assert f"changed its words. They were: “{WALK}”" in two.modal("Margaret")


async def test_who_is_stuck_hears_at_once_who_can_help_and_finds_them(two: Stage) -> None:
    await two.join("Amir", "Riverside Fire & Rescue")
    await two.at("2026-11-26 10:00")
    await card(two, "Jo")
    await two.person("Jo").press_in_modal("Say how it's going")
    assert await two.send("Jo", {"It is": "Stuck, want help"}) is None
    await card(two, "Amir")
    await two.person("Amir").press_in_modal("I can help")
    await two.settle()
    assert two.newest("Jo", f"Amir (Riverside Fire & Rescue) can help with “{WALK}”.")
    await two.press("Jo", "Open a conversation")
    assert "Amir (Riverside Fire & Rescue)" in two.modal("Jo")


async def stuck_between_two_words(two: Stage) -> None:
    """Jo taps in her check-in that she is stuck; after her Margaret says that it goes well."""
    await two.press("Jo", "Stuck, want help")
    await two.press("Margaret", "Say more…")
    assert await two.send("Margaret", {"A line on it": "The sister says yes."}) is None


@pytest.mark.slow
async def test_jos_tap_is_undone_though_margaret_has_spoken_since(two: Stage) -> None:
    await two.at("2026-12-09 09:00")
    await stuck_between_two_words(two)
    assert "Jo is stuck with it." in await card(two, "Margaret")
    await two.press("Jo", "Undo")
    shown = await card(two, "Margaret")
    assert "is stuck with it." not in shown
    assert "Last said: The sister says yes." in shown


@pytest.mark.slow
async def test_who_is_stuck_and_who_said_it_stand_under_their_own_names(two: Stage) -> None:
    await two.at("2026-12-09 09:00")
    await stuck_between_two_words(two)
    await two.at("2026-12-11 10:00")
    digest = two.shown(two.digest())
    assert "— Margaret, with Jo: “The sister says yes.”" in digest
    assert "Jo, since Wednesday 9 December" in digest
    await two.press("Jo", "Read it all")
    assert "and Jo (Hospitals Trust). Margaret (Northside Parents):" in two.modal("Jo")
    await two.at("2026-12-23 09:00")
    assert two.newest("Jo", "So far: stuck, want help.")
    assert two.newest("Margaret", "So far: moving.\nJo is stuck with it.")
    await two.press("Jo", "Say more…")
    assert "(o) As before: stuck, want help" in two.modal("Jo")
    assert await two.send("Jo", {"A line on it": "The door is shut after five."}) is None
    assert "Last said, by Jo: The door is shut after five." in await card(two, "Margaret")


async def test_what_margaret_left_behind_is_said_to_be_held_by_nobody_on_home_too(two: Stage) -> None:
    await card(two, "Jo")
    await two.person("Jo").press_in_modal("Step back")
    await two.person("Jo").close(everything=True)
    await two.person("Margaret").press(two.dms("Margaret")[0], "Leave")
    await two.settle()
    await two.person("Jo").open_home()
    await two.settle()
    assert "Moving. Held by nobody." in two.home("Jo")
