"""What others did in the evening is told the next morning: as it is by then, and once."""

from __future__ import annotations

import pytest

from tests.stage import Stage
from tests.stories.asking import WISH, gathered, jo_asks
from tests.stories.holding import (
    WALK,
    behind_more,
    commit,
    joined_in,
    news_to,
    press_on_card,
    reword,
    say,
    suggest,
)

pytestmark = pytest.mark.slow


@pytest.fixture
async def evening(stage: Stage) -> Stage:
    """Jo has made a commitment; it is after hours."""
    await stage.gather("Jo", "Amir", "Margaret")
    await stage.at("2026-11-24 09:30")
    await commit(stage, "Jo")
    await stage.at("2026-11-24 19:00")
    return stage


async def test_amir_who_stepped_back_is_not_said_to_have_joined_in(evening: Stage) -> None:
    await press_on_card(evening, "Amir", "Join in")
    await press_on_card(evening, "Amir", "Step back")
    await evening.at("2026-11-25 10:00")
    assert news_to(evening, "Jo") == []


async def test_amir_who_joins_in_after_all_is_said_so_once(evening: Stage) -> None:
    for button in ("Join in", "Step back", "Join in"):
        await press_on_card(evening, "Amir", button)
    await evening.at("2026-11-25 10:00")
    assert "".join(news_to(evening, "Jo")).count("has joined in with") == 1


@pytest.mark.parametrize("button", ["Join in", "I can help"])
async def test_of_amir_who_left_the_group_it_is_not_told_what_he_pressed(evening: Stage, button: str) -> None:
    await press_on_card(evening, "Amir", button)
    await evening.person("Amir").press(evening.dms("Amir")[0], "Leave")
    await evening.settle()
    await evening.at("2026-11-25 10:00")
    assert news_to(evening, "Jo") == []


async def test_what_amir_took_up_and_margaret_has_by_the_morning_is_said_to_be_hers(evening: Stage) -> None:
    await say(evening, "Jo", **{"Pass it on": "Whoever can take it"})
    await press_on_card(evening, "Amir", "Take it up")
    await evening.at("2026-11-24 19:02")
    await say(evening, "Amir", **{"Pass it on": "Margaret (Riverside Police)"})
    await press_on_card(evening, "Margaret", "Take it up")
    await evening.at("2026-11-25 10:00")
    (told,) = news_to(evening, "Jo")
    assert f"has taken up “{WALK}”. Margaret (Riverside Police) has it by now." in told
    assert "It is theirs now." not in told


async def test_what_amir_took_up_before_he_left_is_said_to_be_nobodys(evening: Stage) -> None:
    await say(evening, "Jo", **{"Pass it on": "Whoever can take it"})
    await press_on_card(evening, "Amir", "Take it up")
    await evening.person("Amir").press(evening.dms("Amir")[0], "Leave")
    await evening.settle()
    await evening.at("2026-11-25 10:00")
    (told,) = news_to(evening, "Jo")
    assert "Nobody holds it by now." in told
    assert "It is theirs now." not in told


async def test_what_jo_has_again_is_not_said_to_be_amirs(evening: Stage) -> None:
    await say(evening, "Jo", **{"Pass it on": "Whoever can take it"})
    await press_on_card(evening, "Amir", "Take it up")
    await say(evening, "Amir", **{"Pass it on": "Whoever can take it"})
    await press_on_card(evening, "Jo", "Take it up")
    await evening.at("2026-11-25 10:00")
    assert news_to(evening, "Jo") == []
    assert "Jo (Riverside Hospitals Trust) has taken up" in news_to(evening, "Amir")[0]


async def test_who_has_it_by_the_morning_hears_what_its_maker_was_to_hear(evening: Stage) -> None:
    await press_on_card(evening, "Sam", "I can help")
    await say(evening, "Jo", **{"Pass it on": "Whoever can take it"})
    await press_on_card(evening, "Amir", "Take it up")
    await evening.at("2026-11-25 10:00")
    assert f"Sam (Riverside Council) can help with “{WALK}”." in news_to(evening, "Amir")[0]
    assert "can help" not in "".join(news_to(evening, "Jo"))


async def test_of_two_suggestions_margaret_is_told_the_last(stage: Stage) -> None:
    await joined_in(stage)
    await stage.at("2026-11-24 19:00")
    await suggest(stage, "Jo", "Walk both")
    await stage.at("2026-11-24 19:02")
    await suggest(stage, "Jo", "Walk both wards")
    await stage.at("2026-11-25 09:30")
    told = news_to(stage, "Margaret")[-1]
    assert told.count("suggests other words") == 1
    assert "“Walk both wards”" in told
    shown = stage.shown(stage.newest("Margaret", "suggests other words"))
    assert shown.count("[Use these words]") == 1


async def test_jos_words_are_those_that_jo_suggested_whatever_they_are_by_now(stage: Stage) -> None:
    await joined_in(stage)
    await stage.at("2026-11-24 11:00")
    await suggest(stage, "Jo", "Walk both wards")
    await stage.at("2026-11-24 19:00")
    await stage.press("Margaret", "Use these words")
    await reword(stage, "Margaret", "Phone the schools")
    await stage.at("2026-11-25 12:30")
    (told,) = news_to(stage, "Jo")
    assert "took your words: “Walk both wards”. It reads otherwise by now." in told
    assert "Phone the schools" not in told


async def test_a_line_that_was_sent_in_other_words_is_told_once(stage: Stage) -> None:
    await gathered(stage)
    await jo_asks(stage, "Put it to everyone")
    await stage.person("Jo").close(everything=True)
    await stage.at("2026-11-25 19:00")
    for words in ("Ask Ben.", "Ask Ben Lowe at the depot."):
        await behind_more(stage, "Amir", "Open now", "I know someone")
        await stage.send("Amir", {"A line to them, in your name": words})
    await stage.at("2026-11-26 12:30")
    (told,) = news_to(stage, "Jo")
    assert told.count("Ask Ben Lowe at the depot.") == 1


async def test_a_yes_that_jo_answered_before_she_was_told_is_no_news(stage: Stage) -> None:
    await gathered(stage)
    await jo_asks(stage, "Put it to everyone")
    await stage.person("Jo").close(everything=True)
    await stage.at("2026-11-25 19:00")
    await behind_more(stage, "Amir", "Open now", "I can help")
    await stage.person("Amir").close(everything=True)
    await behind_more(stage, "Jo", "Open now", "Introduce us")
    await stage.person("Jo").close(everything=True)
    await stage.at("2026-11-26 12:30")
    assert news_to(stage, "Jo") == []


async def test_a_yes_of_amirs_who_left_since_is_no_news(stage: Stage) -> None:
    await gathered(stage)
    await jo_asks(stage, "Put it to everyone")
    await stage.person("Jo").close(everything=True)
    await stage.at("2026-11-25 19:00")
    await behind_more(stage, "Amir", "Open now", "I can help")
    await stage.person("Amir").close(everything=True)
    await stage.person("Amir").press(stage.dms("Amir")[0], "Leave")
    await stage.settle()
    await stage.at("2026-11-26 12:30")
    assert news_to(stage, "Jo") == []


async def test_nobody_has_said_yes_is_told_only_while_it_is_so(stage: Stage) -> None:
    """The fourteenth day ends at night for Jo; Amir says yes before she is told."""
    await gathered(stage)
    await stage.at("2026-11-25 19:00")
    await jo_asks(stage, wish=WISH)
    await stage.person("Jo").close(everything=True)
    await stage.at("2026-12-09 19:30")
    await behind_more(stage, "Amir", "For you", "Yes, introduce us")
    await stage.person("Amir").close(everything=True)
    await stage.at("2026-12-10 12:30")
    told = "".join(news_to(stage, "Jo"))
    assert "may have it" in told
    assert "Nobody has said yes" not in told


async def test_amir_who_comes_back_weeks_later_keeps_no_newer_news_from_jo(evening: Stage) -> None:
    await press_on_card(evening, "Amir", "I can help")
    await evening.person("Amir").press(evening.dms("Amir")[0], "Leave")
    await evening.settle()
    await evening.at("2026-12-08 10:00")
    await evening.join("Amir", "Fire & Rescue")
    await evening.at("2026-12-08 11:00")
    await press_on_card(evening, "Margaret", "Join in")
    await evening.at("2026-12-09 11:00")
    assert "Margaret (Riverside Police) has joined in with" in "".join(news_to(evening, "Jo"))
