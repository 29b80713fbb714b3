"""Who leaves: the group by a press, its channel, or Slack; and what the others and they themselves then read."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from playground.faults import Fault
from playground.forms import controls
from tests.stage import Stage

ASKED = "you're no longer in its channel. Do you leave the group too?"


def news(stage: Stage, words: str) -> list[str]:
    return [shown for post in stage.posts() if words in (shown := stage.shown(post))]


async def everyone_is(stage: Stage, name: str = "Sam") -> str:
    """Who sees an answer for everyone, as a leader is shown it."""
    await stage.press(name, "Answer")
    await stage.person(name).press_in_modal("Who is that?")
    shown = stage.modal(name)
    await stage.person(name).close(everything=True)
    return shown


async def test_the_channel_is_told_once_that_margaret_has_left_and_no_reason(stage: Stage) -> None:
    await stage.gather("Jo", "Margaret")
    await stage.person("Margaret").press(stage.dms("Margaret")[0], "Leave")
    await stage.settle()
    await stage.at("2026-11-23 12:00")
    [post] = news(stage, "has left the group")
    assert "Margaret (Riverside Police) has left the group." in post
    assert "Margaret" not in await everyone_is(stage)


async def test_who_leaves_and_joins_again_at_once_is_no_news(stage: Stage) -> None:
    await stage.gather("Jo", "Margaret")
    stage.pg.world.faults.order(Fault("ratelimited", seconds=120), method="chat.postMessage")
    margaret = stage.person("Margaret")
    await margaret.press(stage.dms("Margaret")[0], "Leave")
    await stage.join("Margaret", "Riverside Police")
    await stage.at("2026-11-24 12:00")
    assert news(stage, "has left the group") == []


@pytest.mark.slow
async def test_removed_from_the_channel_amir_reads_nothing_hears_nothing_and_is_asked_once(stage: Stage) -> None:
    """In this story a digest was posted before; he had read it in the channel."""
    await stage.gather("Jo", "Amir")
    await stage.at("2026-11-25 09:00")
    await stage.answer("Jo", organisation="Beds are full again.")
    await stage.at("2026-11-30 09:00")
    await stage.person("Sam").remove("young-carers", "Amir")
    await stage.settle()
    assert "Amir" not in await everyone_is(stage)
    await stage.at("2026-11-30 09:30")
    assert ASKED in stage.dm("Amir")
    for button in ("Answer", "Change my settings"):
        await stage.person("Amir").press(stage.dms("Amir")[0], button)
        await stage.settle()
        assert stage.person("Amir").modal is None
    await stage.person("Amir").command("/between", "digest last", stage.person("Amir").dm())
    await stage.settle()
    assert "Beds are full" not in "\n".join(stage.notes("Amir"))
    await stage.person("Amir").open_home()
    await stage.settle()
    assert "You're no longer in its channel" in stage.home("Amir")
    before = len(stage.dms("Amir"))
    await stage.at("2026-12-18 12:00")
    assert len(stage.dms("Amir")) == before
    assert news(stage, "left the group") == []


async def test_asked_amir_leaves_the_group_too(stage: Stage) -> None:
    await stage.gather("Jo", "Amir")
    await stage.person("Amir").leave("young-carers")
    await stage.settle()
    await stage.at("2026-11-23 09:30")
    await stage.press("Amir", "Leave the group")
    await stage.at("2026-11-23 09:40")
    assert "You've left Young carers." in stage.dm("Amir")
    assert len(news(stage, "Amir (Riverside Fire & Rescue) has left the group.")) == 1


@pytest.mark.parametrize("back", [False, True])
async def test_the_question_asks_no_more_once_it_is_answered_elsewhere(stage: Stage, back: bool) -> None:
    await stage.gather("Jo", "Amir")
    await stage.person("Amir").leave("young-carers")
    await stage.settle()
    await stage.at("2026-11-23 09:30")
    question = stage.dms("Amir")[-1]
    if back:
        await stage.person("Sam").invite("young-carers", "Amir")
    else:
        await stage.person("Amir").press(stage.dms("Amir")[0], "Leave")
    await stage.settle()
    assert ASKED not in stage.shown(question)
    assert "[I'm back in the channel]" not in stage.shown(question)
    assert ("you're in it as before" if back else "You've left Young carers.") in stage.shown(question)


async def test_back_in_the_channel_amir_is_in_the_group_as_before(stage: Stage) -> None:
    await stage.gather("Jo", "Amir")
    await stage.person("Amir").leave("young-carers")
    await stage.settle()
    await stage.at("2026-11-23 09:30")
    await stage.press("Amir", "I'm back in the channel")
    assert "You're not in the channel." in stage.notes("Amir")[-1]
    stage.person("Sam").app().events.remove("member_joined_channel")
    await stage.person("Sam").invite("young-carers", "Amir")
    await stage.settle()
    await stage.press("Amir", "I'm back in the channel")
    assert "you're in it as before" in stage.dm("Amir")
    assert "Amir" in await everyone_is(stage)
    await stage.at("2026-11-27 12:00")
    assert stage.sent("Amir")[-1].startswith("Morning Amir.")


async def test_who_comes_straight_back_is_asked_nothing(stage: Stage) -> None:
    await stage.gather("Jo", "Amir")
    await stage.person("Amir").leave("young-carers")
    await stage.settle()
    await stage.person("Amir").join("young-carers")
    await stage.settle()
    await stage.at("2026-11-24 12:00")
    assert ASKED not in stage.dm("Amir")


@pytest.mark.slow
@pytest.mark.parametrize("heard", [True, False])
async def test_who_left_slack_is_taken_out_and_the_channel_may_object(stage: Stage, heard: bool) -> None:
    """By the event where the app hears it, else by the daily look."""
    await stage.gather("Jo", "Margaret")
    if not heard:
        stage.person("Sam").app().events.remove("user_change")
    stage.pg.world.leave_workspace("Margaret")
    await stage.settle()
    await stage.at("2026-11-24 12:00")
    [post] = news(stage, "Margaret (Riverside Police) has no Slack account here any more")
    assert "Anyone in the group can object." in post
    assert "Margaret" not in await everyone_is(stage)
    told = stage.newest("Jo", "has no Slack account here any more")
    acts = [one["action_id"] for _, one in controls(told.blocks)]
    await stage.person("Jo").press(told, next(one for one in acts if one.startswith("departure_object")))
    await stage.settle()
    [post] = news(stage, "Margaret (Riverside Police)")
    assert (
        "Jo (Riverside Hospitals Trust) objected, so Margaret (Riverside Police) is in the group as before." in post
    )
    await stage.at("2026-12-04 12:00")
    assert len(news(stage, "Margaret (Riverside Police)")) == 1


async def test_an_account_that_is_open_again_before_anybody_was_told_is_looked_for(stage: Stage) -> None:
    """Closed by mistake: Margaret is back in Slack and in the channel before the question could be put."""
    await stage.gather("Jo", "Margaret")
    await stage.person("Sam").remove("young-carers", "Margaret")
    await stage.settle()
    assert "Margaret" not in await everyone_is(stage)
    stage.person("Sam").app().events.remove("member_joined_channel")
    await stage.person("Sam").invite("young-carers", "Margaret")
    stage.pg.world.return_to_workspace("Margaret")
    await stage.settle()
    assert "Margaret" in await everyone_is(stage)


async def test_a_closed_account_that_slack_leaves_among_the_members_is_found_by_the_daily_look(
    stage: Stage,
) -> None:
    await stage.gather("Jo", "Margaret")
    stage.pg.world.user("Margaret").deleted = True
    await stage.at("2026-11-24 12:00")
    assert len(news(stage, "Margaret (Riverside Police) has no Slack account here any more")) == 1


@pytest.mark.slow
async def test_an_objection_for_a_closed_account_holds_though_slack_leaves_it_among_the_members(
    stage: Stage,
) -> None:
    """Named in the channel is not seen again; who is back in Slack is."""
    await stage.gather("Jo", "Margaret")
    stage.pg.world.user("Margaret").deleted = True
    await stage.at("2026-11-24 12:00")
    told = stage.newest("Jo", "has no Slack account here any more")
    acts = [one["action_id"] for _, one in controls(told.blocks)]
    await stage.person("Jo").press(told, next(one for one in acts if one.startswith("departure_object")))
    await stage.at("2026-12-04 12:00")
    assert news(stage, "Margaret (Riverside Police) has no Slack account here any more") == []
    assert len(news(stage, "Margaret (Riverside Police) is in the group as before.")) == 1
    stage.pg.world.user("Margaret").deleted = False
    await stage.at("2026-12-06 12:00")
    stage.pg.world.user("Margaret").deleted = True
    await stage.at("2026-12-08 12:00")
    assert len(news(stage, "Margaret (Riverside Police) has no Slack account here any more")) == 1


async def test_a_closed_account_is_found_as_we_write_to_it_where_the_daily_look_has_not_come(stage: Stage) -> None:
    """No event told of it. Slack says so as her conversation is opened anew."""
    await stage.gather("Jo", "Margaret")
    await stage.at("2026-11-25 08:00")
    store = stage.bot.deps.store
    [id_] = [
        one.id for one in (await store.people.many(await store.index.people())).values() if one.name == "Margaret"
    ]
    await store.people.change(id_, lambda one: one and replace(one, reach=replace(one.reach, dm_channel=None)))
    [group] = await store.index.groups_of(id_)
    later = stage.clock.now().replace(year=2027)
    await store.groups.change(group, lambda one: one and replace(one, members_due_at=later))
    stage.pg.world.user("Margaret").deleted = True
    await stage.at("2026-11-25 09:30")
    assert len(news(stage, "Margaret (Riverside Police) has no Slack account here any more")) == 1


async def test_who_cannot_be_asked_is_taken_out_with_an_announcement(stage: Stage) -> None:
    await stage.gather("Jo", "Amir")
    stage.person("Sam").app().events.remove("member_left_channel")
    await stage.person("Amir").leave("young-carers")
    amir = stage.pg.world.user("Amir")
    amir.team_id = "T0ELSEWHERE"
    await stage.at("2026-11-25 12:00")
    assert (
        len(news(stage, "Amir (Riverside Fire & Rescue) is no longer in this channel and I can't reach them")) == 1
    )


async def test_a_day_on_which_slack_tells_nothing_takes_nobody_out(stage: Stage) -> None:
    await stage.gather("Jo", "Amir")
    stage.pg.world.faults.order(Fault("outage", seconds=3 * 86400), method="conversations.members")
    stage.pg.world.faults.order(Fault("outage", seconds=3 * 86400), method="users.info")
    await stage.at("2026-11-25 18:00")
    assert "Amir" in await everyone_is(stage)


async def test_anybody_points_at_a_leader_who_is_gone_and_is_shown_what_follows(stage: Stage) -> None:
    await stage.gather("Jo", "Amir")
    app = stage.person("Sam").app()
    app.events.remove("member_left_channel")
    await stage.person("Amir").leave("young-carers")
    await stage.settle()
    await stage.press("Jo", "More")
    await stage.person("Jo").press_in_modal("Somebody has gone…")
    assert "I ask Slack whether they are in the channel." in stage.modal("Jo")
    await stage.person("Jo").fill("Who", "Amir (Riverside Fire & Rescue)")
    assert await stage.person("Jo").submit() is None
    assert "is not in the channel. I ask them whether they leave the group too" in stage.modal("Jo")
    await stage.person("Jo").close(everything=True)
    assert "Amir" not in await everyone_is(stage)
    await stage.at("2026-11-23 09:30")
    assert ASKED in stage.dm("Amir")


async def test_pointing_at_somebody_who_is_here_changes_nothing_and_tells_nobody(stage: Stage) -> None:
    await stage.gather("Jo", "Amir")
    await stage.at("2026-11-23 11:00")
    before = len(stage.posts())
    await stage.press("Jo", "More")
    await stage.person("Jo").press_in_modal("Somebody has gone…")
    await stage.person("Jo").fill("Who", "Amir (Riverside Fire & Rescue)")
    assert await stage.person("Jo").submit() is None
    assert "is in the channel, so nothing has changed" in stage.modal("Jo")
    await stage.at("2026-11-23 12:00")
    assert len(stage.posts()) == before
    assert ASKED not in stage.dm("Amir")


async def test_what_margaret_made_is_held_by_nobody_until_jo_takes_it_up(stage: Stage) -> None:
    await stage.gather("Jo", "Margaret")
    await stage.press("Margaret", "Add a commitment")
    await stage.send("Margaret", {"What will you do?": "Ring the housing lead."})
    await stage.person("Margaret").press(stage.dms("Margaret")[0], "Leave")
    await stage.settle()
    [post] = news(stage, "Margaret (Riverside Police) has left the group.")
    assert "Nobody holds one of their commitments now: press Take it up beside it." in post
    await stage.press("Jo", "See commitments")
    assert "Margaret (Riverside Police), who made it, has left. Held by nobody." in stage.modal("Jo")
    await stage.person("Jo").press_in_modal("Take it up")
    await stage.settle()
    assert "Tended by Jo (Riverside Hospitals Trust)." in stage.modal("Jo")
    assert "[Take it up]" not in stage.modal("Jo")
