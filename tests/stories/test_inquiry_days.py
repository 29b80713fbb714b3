"""A question to all in its time and in bad luck: one at a time, moved, pressed twice, by two bots."""

from __future__ import annotations

import pytest

from tests.stage import Stage, also
from tests.stories.inquiring import AFTER, DAY, EIGHT, QUESTION, ask, post, read, thread, write
from tests.stories.test_convening import look_after


@pytest.fixture
async def carers(stage: Stage) -> Stage:
    await stage.gather(*EIGHT)
    await stage.at("2026-11-24 09:00")
    return stage


@pytest.mark.slow
async def test_one_at_a_time_and_others_wait_their_turn(carers: Stage) -> None:
    await ask(carers)
    assert "Another question has its turn first." in await ask(carers, "Amir", "Who is missing here?")
    await carers.at(AFTER)
    assert not [one for one in carers.posts() if "Who is missing here?" in carers.shown(one)]
    await carers.at("2026-11-30 10:00")
    assert "until Friday 11 December, 16:00 GMT" in carers.shown(post(carers, "Who is missing here?"))


@pytest.mark.slow
async def test_one_that_waits_is_taken_back_by_who_asked_it_alone(carers: Stage) -> None:
    await ask(carers)
    await ask(carers, "Amir", "Who is missing here?")
    await carers.press_more("Wei", "What for", "Questions to all")
    assert "Who is missing here?" in carers.modal("Wei")
    assert "[Take it back]" not in carers.modal("Wei")
    await carers.press_more("Amir", "What for", "Questions to all")
    await carers.person("Amir").press_in_modal("Take it back")
    await carers.settle()
    assert "Who is missing here?" not in carers.modal("Amir")
    await carers.at("2026-11-30 10:00")
    assert not [one for one in carers.posts() if "Who is missing here?" in carers.shown(one)]


@pytest.mark.slow
async def test_its_day_moves_with_the_meeting_where_it_was_the_briefs(carers: Stage) -> None:
    await ask(carers)
    await write(carers, "Jo", "Patience.")
    await carers.press_more("Sam", "Move a meeting")
    assert await carers.send("Sam", {"New day": "2026-12-02"}) is None
    await carers.at("2026-11-24 09:10")
    assert "until Tuesday 1 December, 16:00 GMT" in carers.shown(post(carers))
    await carers.at(AFTER)
    assert "Patience." not in thread(carers)
    await carers.at("2026-12-01 16:01")
    assert "Patience." in thread(carers)


async def test_a_day_that_somebody_chose_stays(carers: Stage) -> None:
    await ask(carers, until="2026-11-26")
    await carers.press_more("Sam", "Move a meeting")
    assert await carers.send("Sam", {"New day": "2026-12-02"}) is None
    await carers.at("2026-11-24 09:10")
    assert "until Thursday 26 November, 16:00 GMT" in carers.shown(post(carers))


@pytest.mark.slow
@pytest.mark.parametrize("asked_on", ["2026-11-24 09:30", "2026-11-25 12:00"], ids=["check-in", "letter"])
@pytest.mark.parametrize("over", ["its day", "taken back"])
async def test_once_it_is_over_no_message_asks_it_any_more(carers: Stage, asked_on: str, over: str) -> None:
    await carers.at(asked_on)
    await ask(carers)
    await carers.at("2026-11-26 12:00")
    put = {name: carers.newest(name, QUESTION) for name in ("Amir", "Wei")}
    assert all("[Answer the question]" in carers.shown(one) for one in put.values())
    await carers.person("Wei").press(put["Wei"], "Not now")
    await carers.at("2026-11-27 15:00" if over == "its day" else "2026-11-26 12:01")
    said = carers.shown(put["Wei"])
    if over == "its day":
        await carers.at(AFTER)
    else:
        await carers.press_more("Jo", "What for", "Questions to all")
        await carers.person("Jo").press_in_modal("Take it back")
        await carers.at("2026-11-26 12:02")
    assert QUESTION not in carers.shown(put["Amir"])
    assert ("[Answer]" in carers.shown(put["Amir"])) is ("[Answer]" in said), "his check-in still asks"
    assert carers.shown(put["Wei"]) == said


@pytest.mark.slow
async def test_a_press_of_the_matter_by_somebody_else_changes_nothing(carers: Stage) -> None:
    await ask(carers)
    await carers.at("2026-11-25 12:00")
    await carers.person("Amir").press(carers.newest("Amir", "nobody sees who has"), "Answer the question")
    await carers.again("Amir", by="Wei")
    assert carers.person("Wei").modal is None or "Your answer" not in carers.modal("Wei")


@pytest.mark.slow
async def test_a_form_sent_twice_answers_once_and_3001_characters_stay_in_the_form(carers: Stage) -> None:
    await ask(carers)
    await write(carers, "Jo", "Once.")
    await carers.again("Jo")
    await carers.at(AFTER)
    assert thread(carers).count("Once.") == 1
    assert len(carers.replies(post(carers))) == 1


@pytest.mark.slow
async def test_two_bots_close_it_once_in_one_order(carers: Stage) -> None:
    await ask(carers)
    for name in EIGHT:
        await write(carers, name, f"The words of {name}.")
    async with also(carers) as other:
        await carers.at(DAY)
        await other.at(AFTER)
        first = thread(carers)
        await carers.at("2026-11-27 16:05")
    assert thread(carers) == first
    assert len(carers.replies(post(carers))) == 1


@pytest.mark.slow
async def test_long_answers_of_all_are_whole_in_the_thread(carers: Stage) -> None:
    await ask(carers)
    for name in EIGHT:
        await write(carers, name, f"{name} " + "word " * 190 + f"end of {name}.")
    await carers.at("2026-11-27 16:05")
    for name in EIGHT:
        assert f"end of {name}." in thread(carers)
        assert f"end of {name}." in await read(carers, name)
        await carers.person(name).close(everything=True)


async def in_the_third_round(carers: Stage) -> None:
    for day in ("2026-11-25 12:00", "2026-12-09 12:00"):
        await carers.at(day)
        await carers.press("Sam", "Nothing new")
    await carers.at("2026-12-22 12:00")


@pytest.mark.slow
async def test_in_the_third_round_the_bot_offers_a_question_to_who_looks_after_the_rhythm(carers: Stage) -> None:
    await in_the_third_round(carers)
    found = carers.shown(carers.newest("Sam", "[Ask it]"))
    assert "Would you put this to everyone: “What are we actually trying to achieve together?”" in found
    await carers.person("Sam").press(carers.newest("Sam", "[Ask it]"), "Ask it")
    assert await carers.person("Sam").submit() is None
    await carers.settle()
    assert "Sam (Riverside Council) asks everyone" in carers.shown(
        post(carers, "What are we actually trying to achieve together?")
    )


@pytest.mark.slow
async def test_asked_by_the_command_it_is_offered_no_more_in_the_check_in(carers: Stage) -> None:
    await in_the_third_round(carers)
    check_in = carers.newest("Sam", "[Ask it]")
    await ask(carers, "Sam")
    assert "[Ask it]" not in carers.shown(check_in)
    assert "[Answer]" in carers.shown(check_in)


@pytest.mark.slow
async def test_where_sam_has_been_silent_it_is_offered_to_who_has_been_in_longest_of_those_that_answer(
    carers: Stage,
) -> None:
    for day in ("2026-11-25 12:00", "2026-12-09 12:00"):
        await carers.at(day)
        for name in EIGHT[2:]:
            await carers.press(name, "Nothing new")
    await carers.at("2026-12-22 12:00")
    offered = [name for name in EIGHT if any("[Ask it]" in carers.shown(dm) for dm in carers.dms(name))]
    assert offered == [EIGHT[2]]


async def test_the_form_says_by_whose_clock_it_closes(carers: Stage) -> None:
    await carers.person("Priya").command("/between", "inquiry", "young-carers")
    assert "until that day at 16:00, London time, nobody sees others' answers" in carers.modal("Priya")


async def test_the_form_names_the_hour_of_the_brief_where_the_group_chose_another(carers: Stage) -> None:
    await look_after(carers, "Sam", "When I write…")
    assert await carers.send("Sam", {"The brief, the working day before, at": "13:00"}) is None
    await carers.person("Priya").command("/between", "inquiry", "young-carers")
    assert "until that day at 16:00 (of a brief: 13:00), London time" in carers.modal("Priya")
