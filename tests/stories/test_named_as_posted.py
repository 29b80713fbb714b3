"""A posted line keeps the name it was posted under, though its post is drawn anew once they have another."""

from __future__ import annotations

from playground.messages import Message
from tests.stage import Stage
from tests.stories import inquiring, purposes, reviewing

JO, AMIR = "Jo (Riverside Hospitals Trust)", "Amir (Riverside Fire & Rescue)"
COUNCIL = "Riverside Council"


async def renamed(stage: Stage, *names: str) -> None:
    """Each is called otherwise from now on, and speaks for the council."""
    for name in names:
        await stage.press_more(name, "Change my settings")
        assert await stage.send(name, {"Your first name": f"{name}-Lou", "Your organisation": COUNCIL}) is None
        await stage.settle()


def again(stage: Stage, post: Message) -> str:
    """As it reads by now, besides that they now speak for another."""
    shown = stage.shown(next(one for one in stage.posts() if one.ts == post.ts))
    shown = "\n".join(line for line in shown.splitlines() if "now speaks for" not in line)
    assert "-Lou" not in shown
    return shown


async def asked(stage: Stage) -> Message:
    """Jo's question, which two have answered under their names."""
    await stage.gather(*inquiring.EIGHT)
    await stage.at("2026-11-24 09:00")
    await inquiring.ask(stage)
    await inquiring.write(stage, "Amir", "Fewer forms.")
    await inquiring.write(stage, "Margaret", "I did not mean that.")
    return inquiring.post(stage)


async def test_a_question_and_its_answers(stage: Stage) -> None:
    post = await asked(stage)
    await renamed(stage, "Jo")
    await stage.at(inquiring.AFTER)
    assert f"{JO} asks everyone" in again(stage, post)
    assert AMIR in inquiring.thread(stage)
    await renamed(stage, "Amir")
    await inquiring.read(stage, "Margaret")
    await stage.person("Margaret").press_in_modal("Withdraw my answer")
    await stage.settle()
    await stage.at("2026-12-11 10:01")
    answers = inquiring.thread(stage)
    assert "An answer that stood here was withdrawn." in answers
    assert AMIR in answers
    assert "-Lou" not in answers


async def test_a_question_that_is_taken_back(stage: Stage) -> None:
    post = await asked(stage)
    await renamed(stage, "Jo")
    await stage.press_more("Jo", "What for", "Questions to all")
    await stage.person("Jo").press_in_modal("Take it back")
    await stage.settle()
    assert f"{JO} took this question back." in again(stage, post)


async def test_a_question_that_waited_its_turn_is_posted_under_the_name_of_then(stage: Stage) -> None:
    await asked(stage)
    await inquiring.ask(stage, "Amir", "Who is missing here?")
    await renamed(stage, "Amir")
    await stage.at("2026-11-30 10:01")
    assert f"Amir-Lou ({COUNCIL}) asks everyone" in stage.shown(inquiring.post(stage, "Who is missing here?"))


async def test_words_for_the_purpose_and_what_somebody_would_change(stage: Stage) -> None:
    await stage.gather("Jo", "Priya", "Amir", "Margaret")
    await stage.at("2026-11-24 09:00")
    await purposes.draft(stage)
    await purposes.would_change(stage, "Amir", "Tired is the wrong word.")
    post = purposes.put(stage)
    await renamed(stage, "Jo", "Amir")
    await purposes.would_change(stage, "Amir", "Seen by whom?")
    said = purposes.thread(stage)
    assert f"{AMIR} would change this:" in said
    assert "Seen by whom?" in said
    assert f"{JO} can put other words to all." in said
    await purposes.sheet(stage, "Amir")
    await stage.person("Amir").press_in_modal("Withdraw it")
    await stage.settle()
    await purposes.close(stage, "Amir")
    assert f"{AMIR} withdrew what they would change." in purposes.thread(stage)
    await purposes.sheet(stage, "Jo")
    await stage.person("Jo").press_in_modal("Take it back")
    await stage.settle()
    shown = again(stage, post)
    assert f"{JO} drafts what we are here for:" in shown
    assert f"{JO} took these words back on" in shown
    assert "-Lou" not in purposes.thread(stage)


async def test_a_review(stage: Stage) -> None:
    await stage.gather("Jo", "Amir", "Margaret", "Wei", "Aoife")
    await reviewing.commit(stage, "Jo", reviewing.BREAKFAST)
    await reviewing.commit(stage, "Amir", reviewing.FORMS)
    await stage.at("2026-11-24 09:00")
    await reviewing.start(stage, "Amir")
    post = reviewing.post(stage)
    await renamed(stage, "Amir")
    await stage.at(reviewing.AFTER)
    shown = again(stage, post)
    assert "Its day has come." in shown
    assert f"{AMIR} has started a review." in shown
