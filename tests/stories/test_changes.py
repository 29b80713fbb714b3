"""The group's settings change in the open: announced, objected to, handed over."""

from __future__ import annotations

import pytest

from bot.views.change import OBJECT
from playground.forms import controls
from tests.stage import Stage
from tests.stories.holding import behind_more
from tests.stories.test_convening import look_after


async def settings(stage: Stage, name: str, fields: dict[str, str]) -> None:
    await stage.press(name, "More")
    await stage.person(name).press_in_modal("Change the rhythm")
    assert await stage.send(name, fields) is None
    if stage.person(name).modal:
        await stage.person(name).close(everything=True)


@pytest.mark.slow
async def test_jo_changes_the_rhythm_and_amir_objects_so_it_is_as_before(stage: Stage) -> None:
    await stage.gather("Jo", "Amir")
    await settings(stage, "Jo", {"How often": "Every four weeks"})
    announced = stage.announced()
    assert "Jo (Riverside Hospitals Trust) changed Young carers: We meet every fourth Monday" in announced
    await stage.press("Amir", "Object")
    assert "Amir (Riverside Fire & Rescue) objected, so this is as it was before." in stage.announced()
    await stage.at("2026-12-09 09:00")
    assert stage.dm("Jo").startswith("(Morning Jo. Young carers meets Monday.")


async def test_a_change_stays_under_the_names_it_was_posted_under(stage: Stage) -> None:
    """Drawn anew for an objection, it is not the police who changed it, nor the police who look after it."""
    await stage.gather("Jo", "Amir", "Margaret")
    await settings(stage, "Sam", {"Who looks after the rhythm": "Jo (Riverside Hospitals Trust)"})
    posted = stage.posts()[-1]
    assert "Sam (Riverside Council) changed" in stage.shown(posted)
    for name, fields in (
        ("Sam", {"Your first name": "Samuel", "Your organisation": "Riverside Police"}),
        ("Jo", {"Your organisation": "Riverside Police"}),
    ):
        await stage.press_more(name, "Change my settings")
        assert await stage.send(name, fields) is None
    await stage.person("Amir").press(posted, "Object")
    await stage.settle()
    await stage.press_more("Amir", "Change my settings")
    assert await stage.send("Amir", {"Your organisation": "Riverside Police"}) is None
    await stage.at("2026-11-25 09:00")
    shown = stage.shown(posted)
    assert "Sam (Riverside Council) changed Young carers: Jo (Riverside Hospitals Trust) looks after" in shown
    assert "Amir (Riverside Fire & Rescue) objected" in shown


async def test_who_objects_to_a_change_of_their_own_is_called_there_as_they_were(stage: Stage) -> None:
    """One post does not call one person by two names."""
    await stage.gather("Jo", "Amir")
    await settings(stage, "Jo", {"How often": "Every four weeks"})
    posted = stage.posts()[-1]
    await stage.press_more("Jo", "Change my settings")
    assert await stage.send("Jo", {"Your first name": "Joanna"}) is None
    await stage.person("Jo").press(posted, "Object")
    await stage.settle()
    await stage.at("2026-11-23 10:00")
    shown = stage.shown(next(one for one in stage.posts() if one.ts == posted.ts))
    assert "Jo (Riverside Hospitals Trust) changed Young carers" in shown
    assert "Jo (Riverside Hospitals Trust) objected" in shown
    assert "Joanna (" not in shown


async def test_what_was_changed_since_keeps_nobody_from_objecting_to_what_came_before(stage: Stage) -> None:
    """The role goes to Jo, who pauses the group and leaves two meetings out."""
    await stage.gather("Jo", "Amir")
    await look_after(stage, "Sam", "Hand the role on…")
    await stage.send("Sam", {"To whom": "Jo (Riverside Hospitals Trust)"})
    await look_after(stage, "Jo", "Pause the group until…")
    await stage.send("Jo", {"Start again on": "2026-12-21"})
    for _ in range(2):
        await look_after(stage, "Jo", "We won't meet this time")
        await stage.send("Jo", {})
    for button in ("change_object:0", "change_object:1"):
        await stage.person("Amir").press(stage.posts()[-1], button)
        await stage.settle()
    told = stage.announced()
    assert told.count("\n  Amir (Riverside Fire & Rescue) objected, so this is as it was before.") == 2
    await behind_more(stage, "Amir", "Look after the group…")
    assert "Sam (Riverside Council) looks after the rhythm." in stage.modal("Amir")
    panel = stage.shown(stage.panel())
    assert "Paused until" not in panel
    assert "next Monday 28 December" in panel
    objects = [one["action_id"] for _, one in controls(stage.posts()[-1].blocks) if OBJECT in one["action_id"]]
    await stage.person("Amir").press(stage.posts()[-1], objects[0])
    await stage.settle()
    assert "next Monday 30 November" in stage.shown(stage.panel())


@pytest.mark.parametrize(
    ("open_form", "sam", "jo"),
    [
        (("Move a meeting",), {"New day": "2026-12-01"}, {"New time": "15:00"}),
        (("Change the rhythm",), {"How often": "Every four weeks"}, {"What you work on together": "Carers"}),
        (
            ("Look after the group…", "When I write…"),
            {"The digest comes at": "12:00"},
            {"The brief, the working day before, at": "15:00"},
        ),
        (
            ("Look after the group…", "Our questions…"),
            {"One a line": "Who is missing?"},
            {"One a line": "And who?"},
        ),
    ],
)
async def test_a_form_that_was_open_while_sam_changed_something_undoes_nothing_in_jos_name(
    stage: Stage, open_form: tuple[str, ...], sam: dict[str, str], jo: dict[str, str]
) -> None:
    await stage.gather("Jo")
    for name in ("Sam", "Jo"):
        await behind_more(stage, name, *open_form)
    assert await stage.send("Sam", sam) is None
    told = len(stage.posts())
    for label, value in jo.items():
        await stage.person("Jo").fill(label, value)
    assert await stage.person("Jo").submit() is None
    assert "Somebody changed the settings meanwhile, so nothing of this was saved." in stage.modal("Jo")
    assert all(value in stage.modal("Jo") for value in jo.values()), "the words are safe"
    await stage.person("Jo").close(everything=True)
    await behind_more(stage, "Jo", *open_form)
    assert await stage.send("Jo", jo) is None
    assert len(stage.posts()) == told
    said = stage.announced()
    assert "Jo (Riverside Hospitals Trust) changed" in said
    assert "every second Monday" not in said
    assert "is that day" not in said
    assert "The digest comes at 10:00" not in said


async def test_sam_hands_the_rhythm_over_to_jo(stage: Stage) -> None:
    await stage.gather("Jo")
    await settings(stage, "Sam", {"Who looks after the rhythm": "Jo (Riverside Hospitals Trust)"})
    announced = stage.announced()
    assert "Jo (Riverside Hospitals Trust) looks after the rhythm." in announced


async def test_when_the_convenor_leaves_the_role_is_open_and_the_group_goes_on(stage: Stage) -> None:
    await stage.gather("Jo")
    await stage.person("Sam").press(stage.dms("Sam")[0], "Leave")
    await stage.settle()
    await stage.at("2026-11-25 09:00")
    assert len(stage.dms("Sam")) == 1
    assert stage.dm("Jo").startswith("(Morning Jo.")
    await settings(stage, "Jo", {"Who looks after the rhythm": "Jo (Riverside Hospitals Trust)"})
    assert "looks after the rhythm." in stage.announced()


@pytest.mark.slow
async def test_a_meeting_that_moves_after_the_prompts_asks_nobody_again(stage: Stage) -> None:
    await stage.gather("Jo")
    await stage.at("2026-12-09 12:00")
    before = len(stage.dms("Jo"))
    await stage.press("Sam", "More")
    await stage.person("Sam").press_in_modal("Move a meeting")
    await stage.send("Sam", {"New day": "2026-12-17"})
    assert "moves to Thursday 17 December at 14:00 GMT." in stage.announced()
    await stage.at("2026-12-16 12:00")
    assert ["Morning" in m.text for m in stage.dms("Jo")[before:]] == [False], "the nudge alone"


@pytest.mark.slow
async def test_a_move_that_somebody_objects_to_leaves_no_trace_in_the_check_in(stage: Stage) -> None:
    await stage.gather("Jo", "Amir")
    await stage.at("2026-12-09 12:00")
    asked, own = stage.dm("Jo"), stage.dms("Jo")[-1].ts
    for _ in range(2):
        await stage.press_more("Sam", "Move a meeting")
        assert await stage.send("Sam", {"New day": "2026-12-17"}) is None
        assert "The meeting has moved; you can answer until 18:00 GMT on Tuesday." in stage.dm("Jo")
        await stage.press("Amir", "Object")
        assert stage.dm("Jo").replace("Afternoon", "Morning") == asked
    await stage.at("2026-12-23 12:00")
    assert "[Nothing new]" not in next(stage.shown(one) for one in stage.dms("Jo") if one.ts == own)


async def test_who_leaves_and_joins_again_is_welcomed_again_and_asked(stage: Stage) -> None:
    await stage.gather("Jo")
    await stage.person("Jo").press(stage.dms("Jo")[0], "Leave")
    await stage.settle()
    assert stage.dm("Jo").startswith("(You've left Young carers. No more messages about it.")
    await stage.at("2026-12-07 09:00")
    assert len(stage.dms("Jo")) == 1
    await stage.join("Jo", "Riverside Hospitals Trust")
    assert stage.dm("Jo").startswith("(Young carers. Hello Jo.")
    await stage.at("2026-12-09 09:00")
    assert stage.dm("Jo").startswith("(Morning Jo.")


@pytest.mark.slow
async def test_where_meetings_are_monthly_the_group_is_asked_every_week(stage: Stage) -> None:
    await stage.gather("Jo", **{"How often": "Every month, on that weekday", "Next meeting": "2026-12-17"})
    asked = []
    for monday, friday in (("11-30", "12-04"), ("12-07", "12-11"), ("12-14", "12-18")):
        await stage.at(f"2026-{monday} 09:00")
        asked.append(stage.dm("Jo").splitlines()[0])
        await stage.answer("Jo", organisation=f"The week of {monday}.")
        await stage.at(f"2026-{friday} 10:00")
        assert f"The week of {monday}." in stage.shown(stage.digest())
    this_week = "(Morning Jo. Young carers: what's on your plate this week? Two minutes?)"
    assert asked == [this_week, this_week, "(Morning Jo. Young carers meets Thursday. Two minutes?)"]
