"""The brief over Slack: a line is added and struck, read before it is posted, and corrected after."""

from __future__ import annotations

from datetime import timedelta

import pytest
from inline_snapshot import snapshot

from tests.stage import Stage
from tests.stories.asking import WISH, jo_asks
from tests.stories.holding import WALK, behind_more, commit, digested_on_friday
from tests.stories.holding import say as say_how

POLICE, SCHOOLS = "Ask the police to come.", "The schools close on the 18th."


@pytest.fixture
async def digested(stage: Stage) -> Stage:
    """It is Friday noon. The digest went at ten, and they meet on Monday at two."""
    await digested_on_friday(stage)
    return stage


async def so_far(stage: Stage, name: str) -> str:
    await stage.press_more(name, "The brief so far")
    return stage.modal(name)


async def say(stage: Stage, name: str, text: str) -> str:
    """From the sheet, which shows the line then."""
    await so_far(stage, name)
    await stage.person(name).press_in_modal("Add a line")
    await stage.person(name).fill("What should the meeting hear?", text)
    assert await stage.person(name).submit() is None
    await stage.settle()
    shown = stage.modal(name)
    await stage.person(name).close(everything=True)
    return shown


def briefs(stage: Stage) -> list[str]:
    """As they stand in the channel, oldest first."""
    return [*map(stage.shown, stage.briefs())]


async def test_a_line_is_added_read_by_others_and_stands_in_the_brief(digested: Stage) -> None:
    assert await so_far(digested, "Jo") == (
        "== The brief so far ==\n"
        "  Young carers: the brief, for Monday 30 November. Posted in the channel today at 16:00 GMT, if there is "
        "something to say.\n"
        "Nothing yet. What should the meeting hear?\n"
        "[Add a line]\n"
        "[Close]"
    )
    await digested.person("Jo").close(everything=True)
    assert f"{POLICE} — added by Jo\n[Strike]" in await say(digested, "Jo", POLICE)
    digested.clock.advance(timedelta(minutes=1))
    await say(digested, "Sam", SCHOOLS)
    shown = await so_far(digested, "Amir")
    assert f"{POLICE} — added by Jo\n{SCHOOLS} — added by Sam\n[Add a line]" in shown
    await digested.at("2026-11-27 15:59")
    assert briefs(digested) == []
    await digested.at("2026-11-27 16:00")
    [brief] = briefs(digested)
    assert brief == snapshot("""\
(Young carers: the brief, for Monday 30 November.)
# Young carers: the brief, for Monday 30 November
• Ask the police to come. — added by Jo
• The schools close on the 18th. — added by Sam
[Strike a line] [More]\
""")


async def test_a_line_is_struck_before_it_is_posted(digested: Stage) -> None:
    await say(digested, "Jo", POLICE)
    await so_far(digested, "Jo")
    await digested.person("Jo").press_in_modal("Strike")
    await digested.settle()
    assert POLICE not in digested.modal("Jo")
    await digested.at("2026-11-30 13:00")
    assert briefs(digested) == []


async def test_a_line_is_struck_after_it_is_posted_from_the_post_itself(digested: Stage) -> None:
    await say(digested, "Jo", POLICE)
    await say(digested, "Sam", SCHOOLS)
    await digested.at("2026-11-27 16:30")
    await digested.press("Sam", "Strike a line")
    assert digested.modal("Sam").count("[Strike]") == 1
    assert "None of these holds yours." not in digested.modal("Sam")
    await digested.person("Sam").close(everything=True)
    await digested.press("Amir", "Strike a line")
    assert "[Strike]" not in digested.modal("Amir")
    assert "Whoever's words a line holds can strike it. None of these holds yours." in digested.modal("Amir")
    await digested.person("Amir").close(everything=True)
    await digested.press("Jo", "Strike a line")
    await digested.person("Jo").press_in_modal("Strike")
    await digested.settle()
    [brief] = briefs(digested)
    assert POLICE not in brief
    assert f"{SCHOOLS} — added by Sam" in brief
    assert "Corrected Friday 27 November." in brief


async def test_where_all_of_a_posted_brief_is_struck_nobody_is_asked_for_a_line(
    digested: Stage,
) -> None:
    await say(digested, "Jo", POLICE)
    await digested.at("2026-11-27 16:30")
    await digested.press("Jo", "Strike a line")
    await digested.person("Jo").press_in_modal("Strike")
    await digested.settle()
    assert "Nothing is left in this brief: what it held was struck, or has changed since." in digested.modal("Jo")
    assert "What should the meeting hear?" not in digested.modal("Jo")


async def test_where_jos_ask_was_all_of_it_and_she_takes_that_back_nobody_is_said_to_have_struck_it(
    digested: Stage,
) -> None:
    await jo_asks(digested, "Put it to everyone")
    await digested.person("Jo").close(everything=True)
    await digested.at("2026-11-27 16:05")
    assert f"{WISH} — Jo asks" in briefs(digested)[-1]
    await behind_more(digested, "Jo", "Open now", "Take it back")
    await digested.settle()
    [brief] = briefs(digested)
    assert "Young carers: nothing is left in this brief: what it held was struck, or has changed since." in brief


@pytest.mark.slow
async def test_after_its_hour_the_first_line_names_no_hour_that_is_over(digested: Stage) -> None:
    await digested.at("2026-11-27 16:30")
    await so_far(digested, "Jo")
    await digested.person("Jo").press_in_modal("Add a line")
    assert "It stands in the channel under your name, today at 16:30 GMT." in digested.modal("Jo")
    await digested.person("Jo").close(everything=True)
    await say(digested, "Jo", POLICE)
    assert POLICE in briefs(digested)[-1]


async def test_three_lines_are_one_too_many_and_nobody_adds_to_one_that_is_posted(digested: Stage) -> None:
    for text in (POLICE, SCHOOLS):
        await say(digested, "Jo", text)
    await so_far(digested, "Jo")
    await digested.person("Jo").press_in_modal("Add a line")
    assert "You have 2 lines in this brief. Strike one, and there is room again." in digested.modal("Jo")
    await digested.person("Jo").close(everything=True)
    await so_far(digested, "Amir")
    await digested.person("Amir").press_in_modal("Add a line")
    await digested.at("2026-11-27 16:00")
    await digested.person("Amir").fill("What should the meeting hear?", "Too late?")
    await digested.person("Amir").submit()
    await digested.settle()
    assert "That brief is posted" in digested.modal("Amir")
    assert "Too late?" in digested.modal("Amir")
    assert "Too late?" not in briefs(digested)[-1]


@pytest.mark.slow
async def test_the_brief_so_far_is_behind_more_from_the_digest_until_they_meet(digested: Stage) -> None:
    async def offered() -> bool:
        await digested.press("Amir", "More")
        shown = digested.modal("Amir")
        await digested.person("Amir").close(everything=True)
        return "[The brief so far]" in shown

    assert await offered()
    await digested.at("2026-11-30 14:00")
    assert not await offered()
    await digested.at("2026-12-11 09:59")
    assert not await offered()


async def test_it_is_not_offered_before_the_digest(stage: Stage) -> None:
    await stage.gather("Jo")
    await stage.at("2026-11-27 09:59")
    await stage.press("Jo", "More")
    assert "brief" not in stage.modal("Jo")


async def test_a_meeting_that_is_skipped_has_no_brief(digested: Stage) -> None:
    await say(digested, "Jo", POLICE)
    await digested.press_more("Sam", "Look after the group…")
    await digested.person("Sam").press_in_modal("We won't meet this time")
    await digested.person("Sam").submit()
    await digested.person("Sam").close(everything=True)
    await digested.settle()
    await digested.at("2026-11-30 18:00")
    assert not [one for one in digested.posts() if "the brief" in digested.shown(one)]


async def test_slack_keeps_the_post_as_it_was_and_its_author_hears(digested: Stage) -> None:
    await say(digested, "Jo", POLICE)
    await digested.at("2026-11-27 16:30")
    digested.pg.world.workspaces[digested.person("Jo").user.team_id].edit_minutes = 5
    await digested.press("Jo", "Strike a line")
    await digested.person("Jo").press_in_modal("Strike")
    await digested.settle()
    assert "Slack would not let me change the brief" in digested.dm("Jo")


async def test_the_meeting_moves_and_the_brief_so_far_names_its_new_day(digested: Stage) -> None:
    await say(digested, "Jo", POLICE)
    await digested.press_more("Amir", "Move a meeting")
    assert await digested.send("Amir", {"New day": "2026-12-04"}) is None
    shown = await so_far(digested, "Sam")
    assert "the brief, for Friday 4 December. Posted in the channel on Thursday at 16:00 GMT" in shown
    assert POLICE in shown


async def test_moved_to_where_no_brief_comes_before_it_nobody_is_told_that_one_is_posted(digested: Stage) -> None:
    """The digest went at ten, so the brief would come at two, as they meet."""
    await digested.press_more("Amir", "Move a meeting")
    assert await digested.send("Amir", {"New day": "2026-11-27"}) is None
    await so_far(digested, "Jo")
    await digested.person("Jo").press_in_modal("Add a line")
    said = "so it stands under The brief so far with your name, and goes into the next brief."
    assert f"You meet before it could be posted, {said}" in digested.modal("Jo")
    await digested.person("Jo").close(everything=True)
    shown = await say(digested, "Jo", POLICE)
    assert (
        "for Friday 27 November. You meet before it could be posted: what people add goes into the next." in shown
    )
    await digested.at("2026-11-27 18:00")
    assert "the brief" not in "".join(map(digested.shown, digested.posts()))
    await digested.at("2026-12-11 17:00")
    assert POLICE in briefs(digested)[-1]


@pytest.mark.slow
async def test_the_meeting_moves_after_the_brief_and_the_brief_names_its_new_day(digested: Stage) -> None:
    await say(digested, "Jo", POLICE)
    await digested.at("2026-11-27 16:05")
    await digested.press_more("Amir", "Move a meeting")
    assert await digested.send("Amir", {"New day": "2026-12-04"}) is None
    await digested.at("2026-11-27 16:30")
    brief = digested.shown(digested.newest("Jo", POLICE))
    assert "the brief, for Friday 4 December" in brief
    assert "Corrected Friday 27 November." in brief
    assert "for Friday 4 December" in await so_far(digested, "Jo")
    await digested.at("2026-12-05 12:00")
    assert digested.shown(digested.newest("Jo", POLICE)) == brief  # the next meeting is another


@pytest.mark.slow
async def test_what_jo_struck_from_one_brief_stands_in_the_next_where_she_is_stuck_with_it_anew(
    stage: Stage,
) -> None:
    await stage.gather("Jo", "Amir")
    await stage.at("2026-11-24 09:30")
    await commit(stage, "Jo")
    await say_how(stage, "Jo", **{"It is": "Stuck, want help"})
    await stage.at("2026-11-27 17:00")
    await stage.press("Jo", "Strike a line")
    await stage.person("Jo").press_in_modal("Strike")
    await stage.settle()
    await stage.at("2026-12-02 10:00")
    await say_how(stage, "Jo", **{"It is": "Moving"})
    await stage.at("2026-12-08 10:00")
    await say_how(stage, "Jo", **{"It is": "Stuck, want help"})
    await stage.at("2026-12-11 17:00")
    first, second = briefs(stage)
    assert WALK not in first
    assert f"{WALK} — Jo, stuck since Tuesday" in second
