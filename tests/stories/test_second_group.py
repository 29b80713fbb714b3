"""A leader in two groups: their own clock is theirs, whichever group they set up or join."""

from __future__ import annotations

from copy import deepcopy

import pytest

from bot.domain.people import Person, SlackIdentity
from playground.messages import Channel
from tests.cast import ORGANISATIONS
from tests.stage import Stage

FLOODS = {"What you work on together": "Floods"}
THREE = ("Young carers", "General", "Housing")


async def person(stage: Stage, name: str) -> Person:
    who = stage.person(name).user
    store = stage.bot.deps.store
    found = await store.people.get(
        await store.index.person(SlackIdentity(team_id=who.team_id, user_id=who.id)) or ""
    )
    assert found is not None
    return found


async def opens_set_up(stage: Stage, name: str, channel: str = "general") -> str:
    who = stage.person(name)
    await who.invite_bot(channel)
    await stage.settle()
    await stage.bot.tick()
    await stage.settle()
    await who.press(stage.posts(channel)[-1], "Set up a group")
    return stage.modal(name)


async def test_kasia_sets_up_a_second_group_abroad_and_keeps_her_own_clock(stage: Stage) -> None:
    await stage.gather("Kasia")
    before = await person(stage, "Kasia")
    form = await opens_set_up(stage, "Kasia")
    assert "Your first name *: [Kasia]" in form
    assert "Your organisation *: [Millrace Housing]" in form
    assert "Your time zone" not in form
    abroad = {"The group's time zone": "New York", "Public holidays of": "Wales"}
    assert await stage.send("Kasia", FLOODS | abroad) is None
    assert await person(stage, "Kasia") == before


async def test_priya_sets_up_a_group_on_london_time_and_is_asked_at_nine_in_chennai(
    stage: Stage,
) -> None:
    form = await opens_set_up(stage, "Priya", "young-carers")
    assert "Your time zone *: [Asia/Kolkata]" in form
    fields = {"Your organisation": ORGANISATIONS["Priya"], "The group's time zone": "London"}
    uk = {"Public holidays of": "England"}
    assert await stage.send("Priya", FLOODS | fields | uk) is None
    priya = await person(stage, "Priya")
    assert (priya.zone, priya.nation, priya.hour) == ("Asia/Kolkata", "IN", "09:00")
    assert "at 09:00, Kolkata time" in stage.dm("Priya")


async def test_wei_joins_a_second_group_with_the_settings_he_has(stage: Stage) -> None:
    await stage.gather("Wei")
    await stage.press("Wei", "Change my settings")
    own = {"Ask me at": "11:00", "Your time zone": "Lisbon", "Public holidays of": "Portugal"}
    assert await stage.send("Wei", own) is None
    before = await person(stage, "Wei")
    await opens_set_up(stage, "Sam")
    assert await stage.send("Sam", FLOODS) is None
    wei = stage.person("Wei")
    await wei.press(stage.posts("general")[-1], "Join")
    form = stage.modal("Wei")
    assert "Filled with your own settings." in form
    assert "Your organisation *: [Another organisation… v]\nWhich one? *: [Millrace Housing]" in form
    assert "Ask me at *: [11:00]" in form
    assert await wei.submit() is None
    await stage.settle()
    assert await person(stage, "Wei") == before
    assert "at 11:00, Lisbon time" in stage.dm("Wei")


async def test_who_joins_again_is_offered_the_organisation_they_spoke_for_there(stage: Stage) -> None:
    await stage.gather("Jo")
    jo = stage.person("Jo")
    await jo.press(stage.dms("Jo")[0], "Leave")
    await stage.settle()
    await jo.press(stage.panel(), "Join")
    assert "Your organisation *: [Riverside Hospitals Trust v]" in stage.modal("Jo")


@pytest.mark.slow
async def test_every_prompt_says_which_group_it_is_for(stage: Stage) -> None:
    await stage.gather("Jo", "Amir")
    await stage.at("2026-12-09 09:30")
    assert stage.dm("Jo").startswith("(Morning Jo. Young carers meets Monday.")
    await stage.press_more("Jo", "Later today")
    await stage.at("2026-12-10 17:59")
    for name, words in (("Jo", "you asked me to come back later, Jo."), ("Amir", "still time before Monday")):
        assert stage.dm(name).startswith(f"(Young carers: {words}")


@pytest.mark.slow
async def test_jo_joins_three_groups_in_one_morning_and_each_greets_her_and_asks_in_its_turn(stage: Stage) -> None:
    """They meet on the same Mondays. Each joining is answered at once; nothing counts what answers a press."""
    await stage.gather("Jo")
    jo, housing = stage.person("Jo"), deepcopy(channel(stage, "general"))
    housing.id, housing.name = "C0HOUSING", "housing"
    stage.pg.world.channels[housing.id] = housing
    for name in ("general", "housing"):
        await opens_set_up(stage, "Sam", name)
        assert await stage.send("Sam", {"What you work on together": name.capitalize()}) is None
        await jo.press(stage.posts(name)[-1], "Join")
        assert await stage.send("Jo", {}) is None
    greeted = [stage.shown(message) for message in stage.dms("Jo")]
    assert [sum(f"*{name}*" in said for said in greeted) for name in THREE] == [1, 1, 1]
    asked: list[list[str]] = []
    for friday in ("2026-11-27", "2026-12-11", "2026-12-25"):
        before = len(stage.sent("Jo"))
        await stage.at(f"{friday} 18:00")
        new = stage.sent("Jo")[before:]
        asked.append([name for name in THREE for said in new if f"{name} meets" in said])
        assert len(new) <= 4, "two in each of two weeks"
    assert {name for names in asked[:2] for name in names} == set(THREE), asked


def channel(stage: Stage, name: str) -> Channel:
    return next(one for one in stage.pg.world.channels.values() if one.name == name)


async def test_a_message_that_begins_a_commitment_of_one_of_two_groups_keeps_its_words(stage: Stage) -> None:
    await stage.gather("Jo")
    await opens_set_up(stage, "Sam")
    assert await stage.send("Sam", FLOODS) is None
    sam = stage.person("Sam")
    said = await sam.say(sam.group("Jo"), "Ring the lead")
    await sam.shortcut("Make this a commitment", said)
    assert "With which group? *" in stage.modal("Sam")
    await sam.fill("With which group?", "Floods")
    assert await sam.submit() is None
    assert "What will you do? *: [Ring the lead]" in stage.modal("Sam")
    assert "Everyone: 1 leader of 1 organisation" in stage.modal("Sam"), "of Floods, which Jo has not joined"
    assert await sam.submit() is None
    assert "Tended by Sam" in stage.modal("Sam")


@pytest.mark.parametrize(
    ("command", "words", "field"),
    [
        ("/plate", "", "For Riverside Council"),
        ("/commit", "", "What will you do?"),
        ("/between", "ask ", "I'm after"),
        ("/between", "inquiry ", "Your question"),
    ],
)
async def test_what_is_typed_after_a_command_elsewhere_goes_on_to_the_form_of_the_group_that_is_chosen(
    stage: Stage, command: str, words: str, field: str
) -> None:
    await stage.gather("Jo")
    await opens_set_up(stage, "Sam")
    assert await stage.send("Sam", FLOODS) is None
    sam = stage.person("Sam")
    ack = await sam.command(command, f"{words}Ring the lead", sam.dm())
    assert ack.ok
    assert not ack.body
    assert "With which group? *" in stage.modal("Sam")
    assert "[Ring the lead]" in stage.modal("Sam")
    await sam.fill("With which group?", "Floods")
    assert await sam.submit() is None
    assert f"{field}" in stage.modal("Sam")
    assert "[Ring the lead]" in stage.modal("Sam")
    assert "Everyone: 1 leader of 1 organisation" in stage.modal("Sam") or command == "/between"
