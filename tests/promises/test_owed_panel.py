"""The panel is owed every change of what it says, also one that Slack refuses for a while."""

from __future__ import annotations

from tests.stage import Stage


async def test_the_panel_shows_a_change_that_bears_no_later_moment_than_the_one_before_it(stage: Stage) -> None:
    """As by a second bot, whose clock is behind, or by one whose clock was put back."""
    await stage.gather("Jo")
    for name in ("Carers", "Young adult carers", "Carers"):
        await stage.press_more("Jo", "Change the rhythm")
        await stage.send("Jo", {"What you work on together": name})
        await stage.settle()
        assert f"*{name}* meets" in stage.shown(stage.panel())
    await stage.at("2026-11-30 15:00")
    assert "next Monday 14 December" in stage.shown(stage.panel())


async def test_a_panel_that_slack_will_not_have_changed_is_tried_again_each_day(stage: Stage) -> None:
    await stage.gather("Jo")
    workspace = stage.pg.world.workspaces[stage.person("Jo").user.team_id]
    workspace.edit_minutes = 5
    await stage.at("2026-11-23 10:00")
    await stage.press("Jo", "More")
    await stage.person("Jo").press_in_modal("Change the rhythm")
    await stage.send("Jo", {"What you work on together": "Carers"})
    await stage.at("2026-11-23 12:00")
    refused = [one for one in stage.pg.world.traffic.refusals if one.refusal == "edit_window_closed"]
    assert len({one.args["ts"] for one in refused}) == len(refused)
    assert "It is called Carers." in stage.announced()
    await stage.at("2026-11-24 11:00")
    again = [one for one in stage.pg.world.traffic.refusals if one.refusal == "edit_window_closed"][len(refused) :]
    assert [one.args["ts"] for one in again].count(stage.panel().ts) == 1
    assert "*Young carers* meets" in stage.shown(stage.panel())
    workspace.edit_minutes = None
    await stage.at("2026-11-25 12:00")
    assert "*Carers* meets" in stage.shown(stage.panel())
    [group] = [await stage.bot.deps.store.groups.get(id_) for id_ in await stage.bot.deps.store.index.groups()]
    assert group
    assert group.panel_refused_at is None
