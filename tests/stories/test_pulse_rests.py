"""A pulse while it is put to nobody: a meeting called off, a pause, a group that is too small by now. Whoever
answered can change it or take it out for as long as it is kept, and nothing is lost to what can be objected to."""

from __future__ import annotations

from datetime import timedelta

import pytest
from msgspec.structs import replace

from tests.stage import Stage
from tests.stories.inquiring import EIGHT
from tests.stories.pulsing import CLOSED, DIGEST, FIVE, OPEN, answers, choose, digests, newest_digest, open_sheet
from tests.stories.test_pulse_of_bot import press_on_digest, share

pytestmark = pytest.mark.slow

SHOWN = "Nearly all: in parts."
NO_DIGEST_ANY_MORE = "2026-12-12 10:01"


@pytest.fixture
async def carers(stage: Stage) -> Stage:
    """Eight leaders, five of whom answered; Sam shared a word, so that there is a digest."""
    await stage.gather(*EIGHT)
    await stage.at(OPEN)
    for name in FIVE:
        await choose(stage, name, "In parts")
    await share(stage)
    return stage


async def call_off(stage: Stage) -> None:
    await stage.press_more("Sam", "Look after the group…")
    await stage.person("Sam").press_in_modal("We won't meet this time")
    assert await stage.send("Sam", {}) is None


async def pause(stage: Stage, until: str) -> None:
    await stage.press_more("Sam", "Look after the group…")
    await stage.person("Sam").press_in_modal("Pause the group until…")
    assert await stage.send("Sam", {"Start again on": until}) is None


async def take_out(stage: Stage, name: str) -> None:
    await open_sheet(stage, name)
    await stage.person(name).press_in_modal("Take my answer out")
    await stage.settle()
    assert "You said" not in stage.modal(name)
    await stage.person(name).close(everything=True)


async def test_a_skip_that_jo_objects_to_leaves_the_pulse_as_it_was(carers: Stage) -> None:
    await call_off(carers)
    assert "[Choose]" not in carers.dm("Kasia")
    await carers.at("2026-12-09 12:05")
    await carers.press("Jo", "Object")
    assert "so this is as it was before" in carers.announced()
    await choose(carers, "Kasia", "In parts")
    await take_out(carers, "Kasia")
    await carers.at(DIGEST)
    assert SHOWN in newest_digest(carers)


@pytest.mark.parametrize("objected_at", [CLOSED, "2026-12-11 12:00"], ids=["once closed", "when it was due"])
async def test_a_skip_objected_to_while_the_digest_can_still_go_shows_the_pulse_in_it(
    carers: Stage, objected_at: str
) -> None:
    await call_off(carers)
    await carers.at(objected_at)
    await carers.press("Jo", "Object")
    await carers.at("2026-12-11 12:01")
    assert SHOWN in newest_digest(carers)
    assert await answers(carers) == {}


async def test_while_a_skip_can_be_objected_to_amir_can_take_his_answer_out(carers: Stage) -> None:
    await call_off(carers)
    await open_sheet(carers, "Amir")
    sheet = carers.modal("Amir")
    assert "The meeting is called off. All answers are deleted" in sheet
    assert "Open until" not in sheet
    await carers.person("Amir").close(everything=True)
    await take_out(carers, "Amir")
    await carers.at("2026-12-11 12:00")
    await take_out(carers, "Wei")
    assert len(await answers(carers)) == 3
    await carers.press_more("Aoife", "What for")
    assert "really working" not in carers.modal("Aoife"), "she had not answered, and it is put to nobody"


async def test_a_skip_that_nobody_objects_to_deletes_the_answers(carers: Stage) -> None:
    await call_off(carers)
    await carers.at(NO_DIGEST_ANY_MORE)
    assert await answers(carers) == {}
    await carers.press_more("Amir", "What for")
    assert "really working" not in carers.modal("Amir")
    await carers.at("2026-12-16 12:00")
    assert not digests(carers)


async def test_in_a_pause_the_pulse_is_answered_changed_and_taken_out_until_it_closes(carers: Stage) -> None:
    await pause(carers, "2027-01-11")
    asked = carers.newest("Aoife", "[Choose]")
    assert "Two taps, until Thursday" in carers.shown(asked)
    await choose(carers, "Aoife", "In parts")
    await take_out(carers, "Amir")
    await choose(carers, "Amir", "In parts")
    await take_out(carers, "Wei")
    assert len(await answers(carers)) == 5
    await carers.at(DIGEST)
    assert SHOWN in newest_digest(carers)
    await carers.press_more("Kasia", "What for")
    assert "really working" not in carers.modal("Kasia")


async def test_a_pause_that_jo_objects_to_leaves_the_pulse_as_it_was(carers: Stage) -> None:
    await pause(carers, "2027-01-11")
    await carers.press("Jo", "Object")
    assert len(await answers(carers)) == 5
    await carers.at(DIGEST)
    assert SHOWN in newest_digest(carers)


async def test_an_end_that_jo_objects_to_leaves_the_pulse_as_it_was(carers: Stage) -> None:
    await carers.press_more("Sam", "Look after the group…")
    await carers.person("Sam").press_in_modal("End the group…")
    assert await carers.send("Sam", {}) is None
    await carers.press("Jo", "Object")
    await choose(carers, "Kasia", "In parts")
    await carers.at(DIGEST)
    assert SHOWN in newest_digest(carers)


async def test_what_jo_said_of_the_bot_can_be_changed_in_a_pause(carers: Stage) -> None:
    store = carers.bot.deps.store
    (group,) = await store.index.groups()
    long_ago = carers.clock.now() - timedelta(days=100)
    await store.groups.change(group, lambda one: one and replace(one, set_up_at=long_ago))
    await carers.at(DIGEST)
    await press_on_digest(carers, "Jo", "Weed")
    await pause(carers, "2027-01-18")
    await press_on_digest(carers, "Jo", "Keep")
    assert "Kept." in carers.notes("Jo")[-1]
    assert list((await answers(carers)).values()) == ["keep"]


async def test_where_fewer_than_seven_are_left_what_they_said_is_theirs_until_it_is_deleted(
    carers: Stage,
) -> None:
    for name in ("Aoife", "Kasia"):
        await carers.press_more(name, "Leave")
    await choose(carers, "Amir", "No")
    await take_out(carers, "Amir")
    await carers.press_more("Amir", "What for")
    assert "really working" not in carers.modal("Amir"), "it is put to nobody any more"
    await carers.person("Amir").close(everything=True)
    assert len(await answers(carers)) == 4
    await choose(carers, "Wei", "No")
    await carers.at(CLOSED)
    assert await answers(carers) == {}


async def test_of_six_who_are_left_nothing_is_shown(carers: Stage) -> None:
    for name in ("Aoife", "Kasia"):
        await carers.press_more(name, "Leave")
    await carers.at(DIGEST)
    assert "really working" not in newest_digest(carers)
    assert await answers(carers) == {}
