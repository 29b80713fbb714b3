"""A question to all: each answers alone until its day; then all are shown together, in no order, as each chose."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from playground.messages import BROADCAST
from tests.promises.watch import shown
from tests.stage import Stage
from tests.stories.holding import for_you
from tests.stories.inquiring import (
    AFTER,
    DAY,
    EIGHT,
    MIDWAY,
    QUESTION,
    ask,
    post,
    read,
    stored_texts,
    thread,
    write,
)


@pytest.fixture
async def carers(stage: Stage) -> Stage:
    await stage.gather(*EIGHT)
    await stage.at("2026-11-24 09:00")
    return stage


@pytest.mark.slow
async def test_it_stands_in_the_channel_under_her_name_and_comes_to_each_as_a_matter(carers: Stage) -> None:
    assert "It goes to the channel now" in await ask(carers)
    drawn = carers.shown(post(carers))
    assert f"Jo (Riverside Hospitals Trust) asks everyone: “{QUESTION}”" in drawn
    assert "Each answers alone, until Friday 27 November, 16:00 GMT." in drawn
    await carers.at("2026-11-25 12:00")
    asked = carers.shown(carers.newest("Amir", "nobody sees who has"))
    assert f"“{QUESTION}”" in asked
    await carers.person("Amir").press(carers.newest("Amir", "nobody sees who has"), "Answer the question")
    await carers.person("Amir").fill("Your answer", "Fewer forms.")
    assert await carers.person("Amir").submit() is None
    await carers.settle()
    assert "nobody sees who has" not in carers.dm("Amir")
    assert "Kept." not in carers.dm("Amir"), "his DM does not say that he answered, and Slack may export it"
    assert "Fewer forms." not in "".join(map(carers.shown, carers.dms("Amir")))


@pytest.mark.slow
async def test_who_asks_is_asked_by_no_message_and_answers_as_all_do(carers: Stage) -> None:
    await ask(carers)
    await carers.at("2026-11-25 12:00")
    assert QUESTION in "".join(map(carers.shown, carers.dms("Amir")))
    assert QUESTION not in "".join(map(carers.shown, carers.dms("Jo")))
    assert f"You ask everyone: “{QUESTION}”" in await for_you(carers, "Jo")
    assert "[Answer the question]" in carers.modal("Jo")
    await carers.person("Jo").close(everything=True)
    await write(carers, "Jo", "An hour back each week.")
    assert QUESTION not in await for_you(carers, "Jo")


@pytest.mark.slow
async def test_until_its_day_nobody_sees_an_answer_and_then_all_stand_together(carers: Stage) -> None:
    await ask(carers, until=MIDWAY)
    await write(carers, "Jo", "An hour back each week.")
    await write(carers, "Amir", "To know whom to ring.")
    before = carers.shown(post(carers))
    await write(carers, "Margaret", "One visit fewer.")
    assert carers.shown(post(carers)) == before
    await carers.at(f"{MIDWAY} 16:00")
    assert not carers.replies(post(carers))
    await carers.at(f"{MIDWAY} 16:01")
    for words in ("Jo (Riverside Hospitals Trust)\n", "An hour back", "To know whom", "One visit fewer."):
        assert words.strip() in thread(carers)
    [answers] = carers.replies(post(carers))
    assert answers.subtype == BROADCAST, "the channel notices"
    assert carers.shown(answers).splitlines()[1].strip() == f"Answers to “{QUESTION}”"
    assert "[Read the answers]" in carers.shown(post(carers))
    sheet = await read(carers, "Wei")
    assert "To know whom to ring." in sheet
    assert "[Withdraw my answer]" not in sheet


@pytest.mark.slow
async def test_on_a_day_that_has_its_post_the_answers_stand_in_the_thread_alone(carers: Stage) -> None:
    await ask(carers, until="2026-11-27")
    await write(carers, "Amir", "A room with a door.")
    await carers.at("2026-11-27 11:00")
    await carers.press_more("Sam", "Move a meeting")
    assert await carers.send("Sam", {"New day": "2026-12-04"}) is None
    await carers.settle()
    await carers.at(AFTER)
    [answers] = carers.replies(post(carers))
    assert "A room with a door." in carers.shown(answers)
    assert answers.subtype != BROADCAST


@pytest.mark.slow
async def test_she_edits_her_own_and_sees_no_other(carers: Stage) -> None:
    await ask(carers)
    await write(carers, "Jo", "First words.")
    await write(carers, "Amir", "His words.")
    await carers.person("Jo").press(post(carers), "Answer")
    assert "First words." in carers.modal("Jo")
    assert "His words." not in carers.modal("Jo")
    await carers.person("Jo").close(everything=True)
    await write(carers, "Jo", "Second words.")
    await carers.at(AFTER)
    assert "Second words." in thread(carers)
    assert "First words." not in thread(carers)


@pytest.mark.slow
async def test_she_takes_it_out_before_its_day(carers: Stage) -> None:
    await ask(carers)
    await write(carers, "Jo", "Not for now.")
    await carers.person("Jo").press(post(carers), "Answer")
    await carers.person("Jo").press_in_modal("Take my answer out")
    await carers.settle()
    assert "Taken out, and deleted." in carers.modal("Jo")
    await carers.at(AFTER)
    assert "There is nothing to show." in carers.shown(post(carers))
    assert not carers.replies(post(carers))


@pytest.mark.slow
async def test_three_without_a_name_among_eight_are_shown_so(carers: Stage) -> None:
    await ask(carers)
    await write(carers, "Jo", "Mine.")
    for name in ("Amir", "Margaret", "Wei"):
        await write(carers, name, f"Words {len(name)}.", named=False)
    await carers.at(AFTER)
    assert thread(carers).count("*Without a name*") == 3
    for name in ("Amir", "Margaret", "Wei"):
        assert name not in thread(carers)


@pytest.mark.slow
async def test_two_are_too_few_and_what_each_chose_for_that_happens(carers: Stage) -> None:
    await ask(carers)
    await write(carers, "Amir", "Hold me back.", named=False)
    await write(carers, "Wei", "Put my name.", named=False, otherwise="Put my name to it")
    await carers.at(AFTER)
    assert "Put my name." in thread(carers)
    assert "Wei (Millrace Housing)" in thread(carers)
    assert "Hold me back." not in thread(carers)
    kept = await stored_texts(carers)
    assert kept == {"Put my name."}


@pytest.mark.slow
async def test_who_leaves_before_the_day_takes_their_answer_along(carers: Stage) -> None:
    await ask(carers)
    await write(carers, "Amir", "I am off.")
    await write(carers, "Jo", "I stay.")
    await carers.press_more("Amir", "Leave")
    assert await stored_texts(carers) == {"I stay."}
    await carers.at(AFTER)
    assert "I am off." not in thread(carers)


@pytest.mark.slow
async def test_after_the_day_nothing_is_edited_and_the_words_come_back(carers: Stage) -> None:
    await ask(carers)
    await carers.person("Wei").press(post(carers), "Answer")
    await carers.person("Wei").fill("Your answer", "Too late, perhaps.")
    old = post(carers)
    await carers.at(AFTER)
    await carers.person("Wei").submit()
    await carers.settle()
    assert "Answers to that question have closed" in carers.modal("Wei")
    assert "Too late, perhaps." in carers.modal("Wei")
    assert old.ts == post(carers).ts
    assert await stored_texts(carers) == set()


@pytest.mark.slow
async def test_a_withdrawal_is_gone_from_the_sheet_at_once_and_from_the_thread_with_the_next_digest(
    carers: Stage,
) -> None:
    await ask(carers)
    await write(carers, "Jo", "I did not mean that.")
    await write(carers, "Amir", "I stand by this.")
    await carers.at(AFTER)
    await read(carers, "Jo")
    await carers.person("Jo").press_in_modal("Withdraw my answer")
    await carers.settle()
    assert "I did not mean that." not in carers.modal("Jo")
    assert "I stand by this." in carers.modal("Jo")
    assert await stored_texts(carers) == {"I stand by this."}
    assert "I did not mean that." in thread(carers)
    await carers.at("2026-12-11 10:01")
    assert "I did not mean that." not in thread(carers)
    assert "An answer that stood here was withdrawn." in thread(carers)


@pytest.mark.slow
async def test_answers_are_put_together_by_hand_and_where_they_differ_comes_in_the_brief(carers: Stage) -> None:
    await ask(carers, until="2026-11-25")
    await write(carers, "Jo", "Go faster.")
    await write(carers, "Amir", "Take time for trust.")
    await carers.at("2026-11-26 09:00")
    for heading, text in (("Speed", "Go faster."), ("Trust", "Take time for trust.")):
        await read(carers, "Margaret")
        await carers.person("Margaret").press_in_modal("Put answers together")
        await carers.person("Margaret").fill("These answers", [option(carers, "Margaret", text)])
        await carers.person("Margaret").fill("Or under a new heading", heading)
        assert await carers.person("Margaret").submit() is None
        await carers.settle()
        shown_now = carers.modal("Margaret")
        await carers.person("Margaret").close(everything=True)
    assert "Speed" in shown_now
    assert "Margaret (Riverside Police) put 1 answer under “Trust”" in shown_now
    await carers.at("2026-11-27 16:00")
    brief = carers.shown(carers.briefs()[-1])
    assert "Speed — where we differ" in brief
    assert "Trust — where we differ" in brief


def option(stage: Stage, name: str, text: str) -> str:
    """The value of the choice with those words."""
    view = stage.person(name).modal
    assert view is not None
    element = next(b["element"] for b in view.blocks if b.get("block_id") == "answers")
    return next(str(one["value"]) for one in element["options"] if text in one["text"]["text"])


@pytest.mark.slow
async def test_a_sealed_answer_and_who_gave_it_is_in_no_message_and_no_log(
    carers: Stage, logged: Callable[[], str]
) -> None:
    await ask(carers)
    logged()
    await write(carers, "Wei", "zanzibar", named=False)
    wei = carers.person("Wei").id
    said = logged()
    assert "zanzibar" not in said
    assert wei not in said
    assert "Wei" not in said
    for name in ("Jo", "Sam"):
        await carers.person(name).open_home()
        for sheet in ("The brief so far", "Open now", "For you", "Read digests", "Why this?"):
            await carers.press(name, "More")
            if f"[{sheet}]" in carers.modal(name):
                await carers.person(name).press_in_modal(sheet)
            await carers.person(name).close(everything=True)
        await carers.press_more(name, "What for", "Questions to all")
        await carers.person(name).close(everything=True)
    await carers.at("2026-12-11 12:00")
    assert "zanzibar" not in logged()
    assert {one.to for one in shown(carers) if "zanzibar" in f"{one.text}{one.screen}"} <= {wei}


@pytest.mark.slow
async def test_who_is_too_late_is_sent_to_the_question_since_there_may_be_no_answers(carers: Stage) -> None:
    await ask(carers)
    await carers.person("Wei").press(post(carers), "Answer")
    await carers.person("Wei").fill("Your answer", "A moment late.")
    await carers.at(DAY)
    assert await carers.person("Wei").submit() is None
    assert "Say it in the channel, under the question." in carers.modal("Wei")
    assert "A moment late." in carers.modal("Wei")
    await carers.at(AFTER)
    assert "There is nothing to show." in carers.shown(post(carers))
