"""A question to all: each answers alone until its day; then all are shown together, in no order, as each chose."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator

import pytest
import structlog

from bot import logs
from bot.settings import Settings
from playground.messages import Message
from tests.promises.watch import shown
from tests.stage import Stage, also

QUESTION = "What would make this worth your Thursday?"
DAY = "2026-11-27 16:00"
AFTER = "2026-11-27 16:01"
EIGHT = ("Jo", "Amir", "Margaret", "Wei", "Aoife", "Priya", "Kasia")


async def ask(stage: Stage, name: str = "Jo", question: str = QUESTION, until: str = "") -> str:
    await stage.person(name).command("/between", f"inquiry {question}", "young-carers")
    if until:
        until_field = next(line for line in stage.modal(name).splitlines() if "Answered until" in line)
        await stage.person(name).fill(until_field.partition(":")[0].strip(), until)
    assert await stage.person(name).submit() is None
    await stage.settle()
    said = stage.modal(name)
    await stage.person(name).close(everything=True)
    return said


async def write(
    stage: Stage, name: str, text: str, *, named: bool = True, otherwise: str = "Hold it back: delete it unshown"
) -> None:
    """From the post in the channel."""
    await stage.person(name).press(post(stage), "Answer")
    who = stage.person(name)
    await who.fill("Your answer", text)
    await who.choose_in_modal("Shown", "With my name" if named else "Without my name")
    await who.choose_in_modal("If too few are without a name", otherwise)
    assert await who.submit() is None
    await stage.settle()
    assert "Kept. Nobody sees it before its day" in stage.modal(name)
    await who.close(everything=True)


def post(stage: Stage, question: str = QUESTION) -> Message:
    return [one for one in stage.posts() if question in stage.shown(one)][-1]


def thread(stage: Stage) -> str:
    return "\n".join(map(stage.shown, stage.replies(post(stage))))


async def read(stage: Stage, name: str) -> str:
    await stage.person(name).press(post(stage), "Read the answers")
    return stage.modal(name)


@pytest.fixture
async def carers(stage: Stage) -> Stage:
    await stage.gather(*EIGHT)
    await stage.at("2026-11-24 09:00")
    return stage


async def test_it_stands_in_the_channel_under_her_name_and_comes_to_each_as_a_matter(carers: Stage) -> None:
    assert "It goes to the channel now" in await ask(carers)
    drawn = carers.shown(post(carers))
    assert f"Jo (Riverside Hospitals Trust) asks everyone: “{QUESTION}”" in drawn
    assert "Each answers alone, until Friday 27 November, 16:00 GMT." in drawn
    await carers.at("2026-11-25 12:00")
    asked = carers.shown(carers.newest("Amir", "nobody sees who has"))
    assert f"“{QUESTION}”" in asked
    await carers.person("Amir").press(carers.newest("Amir", "nobody sees who has"), "Answer")
    await carers.person("Amir").fill("Your answer", "Fewer forms.")
    assert await carers.person("Amir").submit() is None
    await carers.settle()
    assert "nobody sees who has" not in carers.dm("Amir")
    assert "Kept." not in carers.dm("Amir"), "his DM does not say that he answered, and Slack may export it"
    assert "Fewer forms." not in "".join(map(carers.shown, carers.dms("Amir")))


async def test_until_its_day_nobody_sees_an_answer_and_then_all_stand_together(carers: Stage) -> None:
    await ask(carers)
    await write(carers, "Jo", "An hour back each week.")
    await write(carers, "Amir", "To know whom to ring.")
    before = carers.shown(post(carers))
    await write(carers, "Margaret", "One visit fewer.")
    assert carers.shown(post(carers)) == before
    await carers.at(DAY)
    assert not carers.replies(post(carers))
    await carers.at(AFTER)
    for words in ("Jo (Riverside Hospitals Trust)\n", "An hour back", "To know whom", "One visit fewer."):
        assert words.strip() in thread(carers)
    assert len(carers.replies(post(carers))) == 1
    assert "[Read the answers]" in carers.shown(post(carers))
    sheet = await read(carers, "Wei")
    assert "To know whom to ring." in sheet
    assert "[Withdraw my answer]" not in sheet


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


async def test_three_without_a_name_among_eight_are_shown_so(carers: Stage) -> None:
    await ask(carers)
    await write(carers, "Jo", "Mine.")
    for name in ("Amir", "Margaret", "Wei"):
        await write(carers, name, f"Words {len(name)}.", named=False)
    await carers.at(AFTER)
    assert thread(carers).count("*Without a name*") == 3
    for name in ("Amir", "Margaret", "Wei"):
        assert name not in thread(carers)


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


async def stored_texts(stage: Stage) -> set[str]:
    store = stage.bot.deps.store
    (group,) = await store.index.groups()
    found = set()
    for id_ in await store.inquiries.all(group):
        found |= {one.text for one in (await store.inquiry_answers.all(group, round=id_)).values()}
    return found


async def test_who_leaves_before_the_day_takes_their_answer_along(carers: Stage) -> None:
    await ask(carers)
    await write(carers, "Amir", "I am off.")
    await write(carers, "Jo", "I stay.")
    await carers.press_more("Amir", "Leave")
    assert await stored_texts(carers) == {"I stay."}
    await carers.at(AFTER)
    assert "I am off." not in thread(carers)


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
    brief = [carers.shown(one) for one in carers.posts() if "the brief" in carers.shown(one)][-1]
    assert "Speed — where we differ" in brief
    assert "Trust — where we differ" in brief


def option(stage: Stage, name: str, text: str) -> str:
    """The value of the choice with those words."""
    view = stage.person(name).modal
    assert view is not None
    element = next(b["element"] for b in view.blocks if b.get("block_id") == "answers")
    return next(str(one["value"]) for one in element["options"] if text in one["text"]["text"])


async def test_one_at_a_time_and_others_wait_their_turn(carers: Stage) -> None:
    await ask(carers)
    assert "Another question has its turn first." in await ask(carers, "Amir", "Who is missing here?")
    await carers.at(AFTER)
    assert not [one for one in carers.posts() if "Who is missing here?" in carers.shown(one)]
    await carers.at("2026-11-30 10:00")
    assert "until Friday 11 December, 16:00 GMT" in carers.shown(post(carers, "Who is missing here?"))


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


async def test_its_day_moves_with_the_meeting_where_it_was_the_briefs(carers: Stage) -> None:
    await ask(carers)
    await write(carers, "Jo", "Patience.")
    await carers.press_more("Sam", "Move a meeting")
    assert await carers.send("Sam", {"New day": "2026-12-02"}) is None
    await carers.at("2026-11-24 09:10")
    assert "until Tuesday 1 December, 16:00 GMT" in carers.shown(post(carers))
    await carers.at(AFTER)
    assert not carers.replies(post(carers))
    await carers.at("2026-12-01 16:01")
    assert "Patience." in thread(carers)


async def test_a_day_that_somebody_chose_stays(carers: Stage) -> None:
    await ask(carers, until="2026-11-26")
    await carers.press_more("Sam", "Move a meeting")
    assert await carers.send("Sam", {"New day": "2026-12-02"}) is None
    await carers.at("2026-11-24 09:10")
    assert "until Thursday 26 November, 16:00 GMT" in carers.shown(post(carers))


async def test_a_press_of_the_matter_by_somebody_else_changes_nothing(carers: Stage) -> None:
    await ask(carers)
    await carers.at("2026-11-25 12:00")
    await carers.person("Amir").press(carers.newest("Amir", "nobody sees who has"), "Answer")
    await carers.again("Amir", by="Wei")
    assert carers.person("Wei").modal is None or "Your answer" not in carers.modal("Wei")


async def test_a_form_sent_twice_answers_once_and_3001_characters_stay_in_the_form(carers: Stage) -> None:
    await ask(carers)
    await write(carers, "Jo", "Once.")
    await carers.again("Jo")
    await carers.at(AFTER)
    assert thread(carers).count("Once.") == 1
    assert len(carers.replies(post(carers))) == 1


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


async def test_long_answers_of_all_are_whole_in_the_thread(carers: Stage) -> None:
    await ask(carers)
    for name in EIGHT:
        await write(carers, name, f"{name} " + "word " * 190 + f"end of {name}.")
    await carers.at("2026-11-27 16:05")
    for name in EIGHT:
        assert f"end of {name}." in thread(carers)
        assert f"end of {name}." in await read(carers, name)
        await carers.person(name).close(everything=True)


async def test_in_the_third_round_the_bot_offers_a_question_to_who_looks_after_the_rhythm(carers: Stage) -> None:
    for day in ("2026-11-25 12:00", "2026-12-09 12:00"):
        await carers.at(day)
        await carers.press("Sam", "Nothing new")
    await carers.at("2026-12-24 12:00")
    found = carers.shown(carers.newest("Sam", "[Ask it]"))
    assert "Would you put this to everyone: “What are we actually trying to achieve together?”" in found
    await carers.person("Sam").press(carers.newest("Sam", "[Ask it]"), "Ask it")
    assert await carers.person("Sam").submit() is None
    await carers.settle()
    assert "Sam (Riverside Council) asks everyone" in carers.shown(
        post(carers, "What are we actually trying to achieve together?")
    )


@pytest.fixture
def logged(capsys: pytest.CaptureFixture[str]) -> Iterator[Callable[[], str]]:
    """All that the bot logs, at its most talkative; everything is as before afterwards."""
    root, before = logging.getLogger(), structlog.get_config()
    handlers, level = root.handlers[:], root.level
    levels = {name: logging.getLogger(name).level for name in logs.TALKATIVE}
    logs.configure(Settings(slack_bot_token="xoxb-1", slack_app_token="xapp-1", log_level="debug"))  # type: ignore[arg-type]
    yield lambda: "".join(capsys.readouterr())
    structlog.configure(**before)
    root.handlers, root.level = handlers, level
    for name, known in levels.items():
        logging.getLogger(name).setLevel(known)


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
