"""A line for a meeting whose brief the channel never has goes into the next brief."""

from __future__ import annotations

import pytest

from tests.stage import Stage
from tests.stories.asking import the_group
from tests.stories.holding import behind_more, digested_on_friday

pytestmark = pytest.mark.timeout(120)

LINE, SECOND = "The schools close on the 18th.", "Ask the police to come."
ITS_OWN, THE_NEXT = "the brief, for Monday 30 November", "the brief, for Monday 14 December"


@pytest.fixture
async def added(stage: Stage) -> Stage:
    """It is Friday noon, the digest went at ten, they meet on Monday at two, and Jo has added a line."""
    await digested_on_friday(stage)
    await add(stage, "Jo", LINE)
    return stage


async def add(stage: Stage, name: str, line: str) -> str:
    """What the sheet says then."""
    await behind_more(stage, name, "The brief so far", "Add a line")
    await stage.person(name).fill("What should the meeting hear?", line)
    assert await stage.person(name).submit() is None
    await stage.settle()
    shown = stage.modal(name)
    await stage.person(name).close(everything=True)
    return shown


async def so_far(stage: Stage, name: str) -> str:
    shown = await behind_more(stage, name, "The brief so far")
    await stage.person(name).close(everything=True)
    return shown


async def look_after(stage: Stage, button: str, **fields: str) -> str:
    said = await behind_more(stage, "Sam", "Look after the group…", button)
    assert await stage.send("Sam", fields) is None
    await stage.settle()
    return said


async def skip(stage: Stage) -> str:
    return await look_after(stage, "We won't meet this time")


def holding(stage: Stage, line: str = LINE) -> list[str]:
    """The briefs in the channel that the line stands in, by the meeting they are for."""
    shown = [stage.shown(one) for one in stage.briefs()]
    return [text[text.index("the brief, for") : text.index(".)")] for text in shown if line in text]


async def test_of_a_meeting_that_wont_be_it_stands_in_the_next_brief_and_once(added: Stage) -> None:
    assert "What was added to a brief that is not posted yet moves on to the next one." in await skip(added)
    assert f"{THE_NEXT}." in await so_far(added, "Jo")
    assert f"{LINE} — added by Jo\n[Strike]" in await so_far(added, "Jo")
    await added.at("2026-12-09 10:00")
    await added.answer("Amir", organisation="Ladders.")
    await added.at("2026-12-11 17:00")
    assert holding(added) == [THE_NEXT]
    await added.at("2026-12-25 17:00")
    assert holding(added) == [THE_NEXT]


async def test_where_amir_objects_the_meeting_has_its_brief_with_the_line(added: Stage) -> None:
    await skip(added)
    await add(added, "Amir", SECOND)
    await added.press("Amir", "Object")
    assert f"{ITS_OWN}." in await so_far(added, "Amir")
    await added.at("2026-11-27 16:05")
    assert (holding(added), holding(added, SECOND)) == ([ITS_OWN], [ITS_OWN])


async def test_jo_strikes_it_while_it_waits_and_it_stands_nowhere(added: Stage) -> None:
    await skip(added)
    await behind_more(added, "Jo", "The brief so far", "Strike")
    await added.settle()
    assert LINE not in added.modal("Jo")
    await added.person("Jo").close(everything=True)
    await added.press("Amir", "Object")
    await added.at("2026-12-11 17:00")
    assert holding(added) == []
    briefs = await added.bot.deps.store.briefs.all(await the_group(added))
    assert not any(one.added for one in briefs.values())


async def test_the_sheet_she_had_open_strikes_it_all_the_same(added: Stage) -> None:
    await behind_more(added, "Jo", "The brief so far")
    await skip(added)
    await added.person("Jo").press_in_modal("Strike")
    await added.settle()
    assert LINE not in added.modal("Jo")
    assert THE_NEXT in added.modal("Jo")


async def test_the_form_she_had_open_adds_to_the_next_and_the_sheet_says_for_which_day(stage: Stage) -> None:
    await stage.gather("Jo")
    await stage.at("2026-11-27 12:00")
    await behind_more(stage, "Jo", "The brief so far", "Add a line")
    assert "today at 16:00 GMT. Where no brief comes then, in the next one." in stage.modal("Jo")
    await skip(stage)
    await stage.person("Jo").fill("What should the meeting hear?", LINE)
    assert await stage.person("Jo").submit() is None
    await stage.settle()
    assert THE_NEXT in stage.modal("Jo")
    assert LINE in stage.modal("Jo")


async def test_two_lines_that_wait_are_the_two_that_she_has_in_the_next(added: Stage) -> None:
    await add(added, "Jo", SECOND)
    await skip(added)
    await behind_more(added, "Jo", "The brief so far", "Add a line")
    assert "You have 2 lines in this brief. Strike one, and there is room again." in added.modal("Jo")
    await added.person("Jo").close(everything=True)
    await added.at("2026-12-11 17:00")
    assert (holding(added), holding(added, SECOND)) == ([THE_NEXT], [THE_NEXT])


async def test_struck_from_the_next_brief_in_the_channel_its_words_are_kept_nowhere(added: Stage) -> None:
    await skip(added)
    await added.at("2026-12-11 17:00")
    await added.press("Jo", "Strike a line")
    await added.person("Jo").press_in_modal("Strike")
    await added.settle()
    assert holding(added) == []
    briefs = await added.bot.deps.store.briefs.all(await the_group(added))
    assert not any(one.added or one.lines for one in briefs.values())


@pytest.mark.slow
@pytest.mark.parametrize(
    ("button", "fields"),
    [("Move a meeting", {"New day": "2026-12-07"}), ("Change the rhythm", {"Next meeting": "2026-12-07"})],
)
async def test_where_the_meeting_is_in_another_week_by_now_it_stands_in_that_ones_brief(
    added: Stage, button: str, fields: dict[str, str]
) -> None:
    await behind_more(added, "Sam", button)
    assert await added.send("Sam", fields) is None
    await added.settle()
    assert f"{LINE} — added by Jo" in await so_far(added, "Jo")
    await added.at("2026-12-04 17:00")
    assert holding(added) == ["the brief, for Monday 7 December"]


@pytest.mark.slow
async def test_while_the_group_is_paused_she_reads_and_strikes_it_and_else_it_comes_after(added: Stage) -> None:
    await add(added, "Amir", SECOND)
    await look_after(added, "Pause the group until…", **{"Start again on": "2026-12-20"})
    await behind_more(added, "Jo", "The brief so far")
    assert "No brief is to come just now; these lines wait for the next." in added.modal("Jo")
    assert SECOND in added.modal("Jo")
    await added.person("Jo").press_in_modal("Strike")
    await added.settle()
    assert LINE not in added.modal("Jo")
    assert "[Add a line]" not in added.modal("Jo")
    await added.person("Jo").close(everything=True)
    await added.at("2026-12-25 17:00")
    assert holding(added, SECOND) == ["the brief, for Monday 28 December"]
    assert holding(added) == []


@pytest.mark.slow
async def test_where_slack_would_not_have_the_brief_it_stands_in_the_next(added: Stage) -> None:
    await added.person("Sam").archive("young-carers")
    await added.at("2026-11-30 15:00")
    await added.person("Sam").unarchive("young-carers")
    assert f"{LINE} — added by Jo" in await so_far(added, "Jo")
    await added.at("2026-12-11 17:00")
    assert holding(added) == [THE_NEXT]
