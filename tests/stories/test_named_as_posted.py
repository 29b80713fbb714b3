"""A posted line keeps the name it was posted under, though its post is drawn anew once they have another."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from playground.messages import Message
from tests.stage import Stage
from tests.stories import inquiring, purposes, reviewing
from tests.stories.test_organisation_data import ask as ask_for_files

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


@pytest.mark.slow
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


@pytest.mark.slow
async def test_a_question_that_is_taken_back(stage: Stage) -> None:
    post = await asked(stage)
    await renamed(stage, "Jo")
    await stage.press_more("Jo", "What for", "Questions to all")
    await stage.person("Jo").press_in_modal("Take it back")
    await stage.settle()
    assert f"{JO} took this question back." in again(stage, post)


@pytest.mark.slow
async def test_a_question_that_waited_its_turn_is_posted_under_the_name_of_then(stage: Stage) -> None:
    await asked(stage)
    await inquiring.ask(stage, "Amir", "Who is missing here?")
    await renamed(stage, "Amir")
    await stage.at("2026-11-30 10:01")
    assert f"Amir-Lou ({COUNCIL}) asks everyone" in stage.shown(inquiring.post(stage, "Who is missing here?"))


@pytest.mark.slow
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


@pytest.mark.slow
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


async def test_who_objected_to_whom_somebody_speaks_for(stage: Stage) -> None:
    await stage.gather("Jo", "Amir", "Margaret")
    await stage.at("2026-11-23 09:30")
    post = stage.posts()[-1]
    await stage.person("Amir").choose(post, "organisation_object", "Margaret: Riverside Police")
    await stage.settle()
    await renamed(stage, "Amir")
    await stage.person("Sam").choose(post, "organisation_object", "Jo: Riverside Hospitals Trust")
    await stage.settle()
    shown = again(stage, post)
    assert f"{AMIR} objected: *Margaret*" in shown
    assert "Sam (Riverside Council) objected: *Jo*" in shown


async def test_who_was_taken_out_and_who_objected(stage: Stage) -> None:
    """Jo, whom nobody could ask, is in the group again; the day's post grows, and is drawn anew."""
    await stage.gather("Jo", "Amir", "Margaret")
    await stage.at("2026-11-24 09:30")
    stage.person("Sam").app().events.remove("member_left_channel")
    await stage.person("Jo").leave("young-carers")
    stage.pg.world.user("Jo").team_id = "T0ELSEWHERE"
    await stage.at("2026-11-25 12:00")
    post = next(one for one in stage.posts() if "I've taken them out" in stage.shown(one))
    await stage.person("Amir").press(post, "Object")
    await stage.settle()
    assert f"{AMIR} objected, so {JO} is in the group as before." in again(stage, post)
    await renamed(stage, "Amir")
    store = stage.bot.deps.store
    for id_, one in (await store.people.many(await store.index.people())).items():
        if one.name == "Jo":  # in another group of hers
            await store.people.change(id_, lambda stored: stored and replace(stored, name="Jo-Lou"))
    await stage.person("Margaret").press(stage.dms("Margaret")[0], "Leave")
    await stage.settle()
    shown = again(stage, post)
    assert "Margaret (Riverside Police) has left the group." in shown
    assert f"{AMIR} objected, so {JO} is in the group as before." in shown


async def test_who_asked_for_what_an_organisation_has_shared(stage: Stage) -> None:
    await stage.gather("Jo", "Amir", "Margaret")
    await stage.at("2026-11-24 09:30")
    await ask_for_files(stage)
    await stage.at("2026-11-24 09:40")
    post = next(one for one in stage.posts() if "has asked for a file" in stage.shown(one))
    await renamed(stage, "Jo")
    await stage.person("Margaret").press(stage.dms("Margaret")[0], "Leave")
    await stage.settle()
    shown = again(stage, post)
    assert "Margaret (Riverside Police) has left the group." in shown
    assert f"{JO} has asked for a file" in shown
