"""Somebody has left the group: who hears what they would have heard, and who takes on their role."""

from __future__ import annotations

import asyncio

import pytest

from playground.forms import controls
from tests.stage import Stage
from tests.stories.holding import behind_more, commit


async def test_help_with_what_margaret_left_is_told_to_who_tends_it_still(stage: Stage) -> None:
    await stage.gather("Jo", "Amir", "Margaret")
    await commit(stage, "Margaret", "Ring the housing lead.")
    await behind_more(stage, "Jo", "See commitments", "Join in")
    await stage.settle()
    await behind_more(stage, "Jo", "See commitments", "Suggest other words")
    await stage.person("Margaret").press(stage.dms("Margaret")[0], "Leave")
    await stage.settle()
    await stage.person("Jo").fill("How would you put it?", "Ring them twice.")
    await stage.person("Jo").submit()
    assert "Whoever made it has left. Press Take it up" in stage.modal("Jo")
    assert "Ring them twice." in stage.modal("Jo"), "the words are safe"
    await stage.person("Jo").close(everything=True)
    assert "[Suggest other words]" not in await behind_more(stage, "Jo", "See commitments")
    await behind_more(stage, "Amir", "See commitments", "I can help")
    await stage.settle()
    await stage.at("2026-11-24 09:10")
    assert stage.newest("Jo", "Amir (Riverside Fire & Rescue) can help with “Ring the housing lead.”")
    told = stage.sent("Margaret")
    assert not [text for text in told if "can help" in text]


@pytest.mark.parametrize("where", ["panel", "home", "news"])
async def test_the_convenors_role_asks_for_somebody_and_jo_takes_it_on(stage: Stage, where: str) -> None:
    await stage.gather("Jo")
    await stage.person("Sam").press(stage.dms("Sam")[0], "Leave")
    await stage.settle()
    await stage.at("2026-11-23 09:10")
    assert "Nobody looks after the rhythm" in stage.shown(stage.panel())
    left = stage.newest("Jo", "Sam (Riverside Council) has left the group.")
    jo = stage.person("Jo")
    if where == "home":
        await jo.open_home()
        await stage.settle()
        await jo.press_home("Take it on")
    else:
        await jo.press(stage.panel() if where == "panel" else left, "Take it on")
    await stage.settle()
    await stage.at("2026-11-23 09:20")
    told = "Jo (Riverside Hospitals Trust) looks after the rhythm."
    assert any(told in stage.shown(post) for post in stage.posts())
    assert not [post for post in stage.posts() if "Nobody looks after the rhythm" in stage.shown(post)]
    assert not [post for post in stage.posts() if "[Take it on]" in stage.shown(post)]


async def test_a_convenor_who_was_taken_out_and_put_back_is_not_said_to_have_the_role_still(stage: Stage) -> None:
    """It fell open as she went: the news says so as long as nobody has taken it on."""
    await stage.gather("Jo", "Margaret")
    stage.pg.world.leave_workspace("Sam")
    await stage.settle()
    await stage.at("2026-11-24 12:00")
    told = stage.newest("Jo", "Sam (Riverside Council) has no Slack account here any more")
    acts = [one["action_id"] for _, one in controls(told.blocks)]
    await stage.person("Jo").press(told, next(one for one in acts if one.startswith("departure_object")))
    await stage.settle()
    post = stage.shown(stage.newest("Jo", "objected, so Sam (Riverside Council)"))
    assert "Jo (Riverside Hospitals Trust) objected, so Sam (Riverside Council) is in the group again." in post
    assert "Nobody looks after the rhythm now: press Take it on." in post
    await stage.person("Margaret").press(stage.newest("Jo", "objected, so Sam"), "Take it on")
    await stage.settle()
    post = stage.shown(stage.newest("Jo", "objected, so Sam (Riverside Council)"))
    assert "Nobody looks after" not in post
    assert "Take it on" not in post


async def test_of_two_who_take_the_role_on_at_once_one_has_it_and_the_other_reads_so(stage: Stage) -> None:
    await stage.gather("Jo", "Amir")
    await stage.person("Sam").press(stage.dms("Sam")[0], "Leave")
    await stage.at("2026-11-23 09:10")
    panel = stage.panel()
    await asyncio.gather(*(stage.person(name).press(panel, "Take it on") for name in ("Jo", "Amir")))
    await stage.settle()
    said = sorted(stage.notes(name)[-1].splitlines()[-1] for name in ("Jo", "Amir"))
    assert said == [
        "Somebody looks after the rhythm already. Press More to see who.",
        "You look after the rhythm of Young carers now. I tell the channel next.",
    ]


async def test_what_a_leaver_held_asks_for_nobody_once_somebody_has_taken_it_up(stage: Stage) -> None:
    await stage.gather("Jo", "Amir")
    await commit(stage, "Amir", "Ring the housing lead.")
    await stage.person("Amir").press(stage.dms("Amir")[0], "Leave")
    await stage.settle()
    await stage.at("2026-11-24 09:10")
    left = stage.newest("Jo", "Amir (Riverside Fire & Rescue) has left the group.")
    assert "Nobody holds one of their commitments now" in stage.shown(left)
    await behind_more(stage, "Jo", "See commitments", "Take it up")
    await stage.at("2026-11-24 09:20")
    assert "Nobody holds" not in stage.shown(left)
    assert "[See commitments]" not in stage.shown(left)
