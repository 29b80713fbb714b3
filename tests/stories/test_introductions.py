"""Sam is stuck, Jo can help: they are put together, find twenty minutes, and say whether they talked."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from icalendar import Calendar

from bot.domain.introductions import Talk, Why, answer, introduce
from playground.faults import Fault
from tests.promises.watch import all_kept, screens_of
from tests.stage import Stage
from tests.stories.data_files import files
from tests.stories.erasing import erase
from tests.stories.introducing import (
    STUCK,
    by_dm,
    groups,
    kept,
    offered_help,
    opens,
    ticks,
    together,
    without_the_scope,
)


@pytest.fixture
async def helped(stage: Stage) -> Stage:
    return await offered_help(stage)


async def test_sam_and_jo_are_put_in_one_conversation(helped: Stage) -> None:
    await helped.press("Sam", "Open a conversation")
    sheet = helped.modal("Sam")
    assert "I try to open one conversation with Jo (Riverside Hospitals Trust) and you" in sheet
    assert "If Slack won't have it, each of you gets a message with how to reach the other." in sheet
    await helped.person("Sam").close(everything=True)
    await helped.at("2026-11-25 10:00")
    (message,) = together(helped)
    channel = helped.pg.world.channels[message.channel_id]
    assert {helped.person(name).id for name in ("Sam", "Jo")} < set(channel.members)
    assert len(channel.members) == 3
    shown = helped.shown(message)
    assert "Sam (Riverside Council), Jo (Riverside Hospitals Trust): Jo offered Sam help" in shown
    assert f"“{STUCK}”" in shown
    assert "To begin with: what has each of you tried so far? Twenty minutes? A walk counts." in shown
    assert "[Find us twenty minutes] [More]" in shown
    assert by_dm(helped, "Sam") == by_dm(helped, "Jo") == []
    await all_kept(helped)


async def test_pressed_again_and_arriving_twice_it_is_there_once(helped: Stage) -> None:
    await helped.press("Sam", "Open a conversation")
    await helped.again("Sam")
    await helped.person("Sam").close(everything=True)
    await helped.at("2026-11-25 10:00")
    await helped.again("Sam")
    assert "It is open already" in helped.modal("Sam")
    await helped.at("2026-11-26 10:00")
    assert len(together(helped)) == 1


async def test_who_ticks_is_asked_no_more_by_the_letter_that_asked(helped: Stage) -> None:
    await opens(helped)
    await ticks(helped, "Sam", "Monday 30 November")
    await helped.at("2026-11-26 09:30")
    assert "has ticked half-days for your twenty minutes. Which could you?" in helped.dm("Jo")
    await ticks(helped, "Jo", "Tuesday 1 December")
    assert helped.dm("Jo") == "(Young carers. You have ticked.)\nYoung carers. You have ticked.\n[More]"


async def both_tick(helped: Stage, day: str) -> None:
    """And it is named to both."""
    await opens(helped)
    for name in ("Sam", "Jo"):
        await ticks(helped, name, day)
        await helped.person(name).close(everything=True)
    await helped.at("2026-11-25 10:30")


async def test_of_who_was_erased_nothing_is_left_in_the_conversation_of_the_two(helped: Stage) -> None:
    await both_tick(helped, "Monday 30 November")
    assert len(together(helped)) == 2
    await erase(helped, "Jo")
    await helped.at("2026-11-25 11:00")
    assert together(helped) == []


@pytest.mark.slow
async def test_pressed_by_a_third_person_nothing_happens(helped: Stage) -> None:
    await helped.press("Sam", "Open a conversation")
    await helped.person("Sam").close(everything=True)
    await helped.again("Sam", by="Margaret")
    assert "somebody else" in helped.notes("Margaret")[-1]
    await helped.at("2026-11-26 10:00")
    assert len(together(helped)) == 1


async def test_each_ticks_alone_and_the_first_half_day_of_both_is_named_to_both(helped: Stage) -> None:
    await opens(helped)
    await ticks(helped, "Sam", "Monday 30 November", "Tuesday 1 December")
    assert "Kept, for you alone. Once Jo has ticked too, I write to you both." in helped.modal("Sam")
    await helped.person("Sam").close(everything=True)
    await helped.press("Jo", "Find us twenty minutes")
    assert "[x]" not in helped.modal("Jo")
    await helped.person("Jo").close(everything=True)
    await ticks(helped, "Jo", "Tuesday 1 December")
    assert "You both have Tuesday 1 December, 09:00 GMT." in helped.modal("Jo")
    await helped.at("2026-11-25 10:30")
    said = helped.shown(together(helped)[-1])
    assert "Sam and Jo, you both have Tuesday 1 December, 09:00 GMT. Your ticks are deleted. A walk counts." in said
    (one,) = [one for group in await groups(helped) for one in (await kept(helped, group)).values()]
    assert one.ticks == {}
    await helped.press("Sam", "For my calendar")
    assert "BEGIN:VCALENDAR" in helped.modal("Sam")
    assert "DTSTART:20261201T090000Z" in helped.modal("Sam")
    await helped.person("Sam").close(everything=True)
    await helped.press("Sam", "Find us twenty minutes")  # in the message from before
    assert "You both have Tuesday 1 December, 09:00 GMT. When else could you talk with Jo" in helped.modal("Sam")
    await all_kept(helped)


async def found(helped: Stage) -> None:
    """Sam and Jo both have Tuesday morning, and Sam opens *For my calendar*."""
    await both_tick(helped, "Tuesday 1 December")
    await helped.press("Sam", "For my calendar")


async def test_sam_gets_the_time_as_a_file_that_a_calendar_opens(helped: Stage) -> None:
    await found(helped)
    await helped.person("Sam").press_in_modal("Send me the file")
    await helped.settle()
    assert "twenty-minutes.ics is in our conversation." in helped.modal("Sam")
    (file,) = files(helped, "Sam").values()
    assert file.name == "twenty-minutes.ics"
    assert file.content is not None
    (event,) = Calendar.from_ical(file.content.decode()).walk("VEVENT")
    assert event.start == datetime(2026, 12, 1, 9, 0, tzinfo=UTC)
    assert event["summary"] == "Sam and Jo"
    assert files(helped, "Jo") == {}
    await all_kept(helped)


async def test_where_slack_takes_no_file_the_lines_are_there_and_none_is_promised(helped: Stage) -> None:
    for install in helped.person("Sam").app("Between").installs.values():
        install.scopes.remove("files:write")
    await found(helped)
    await helped.person("Sam").press_in_modal("Send me the file")
    await helped.settle()
    assert "I couldn't put a file in our conversation. The lines below do the same." in helped.modal("Sam")
    assert "is in our conversation." not in helped.modal("Sam")
    assert "BEGIN:VCALENDAR" in helped.modal("Sam")
    assert files(helped, "Sam") == {}


async def test_where_slacks_answer_is_lost_sam_is_told_to_look(helped: Stage) -> None:
    helped.pg.world.faults.order(Fault("lost"), method="files.completeUploadExternal")
    await found(helped)
    await helped.person("Sam").press_in_modal("Send me the file")
    await helped.settle()
    assert "Slack didn't say whether it took the file. Look in our conversation" in helped.modal("Sam")
    assert list(files(helped, "Sam")) == ["twenty-minutes.ics"]


async def test_no_half_day_in_common_is_said_kindly_and_they_tick_again(helped: Stage) -> None:
    without_the_scope(helped)
    await opens(helped)
    await ticks(helped, "Sam", "Monday 30 November")
    await helped.person("Sam").close(everything=True)
    await ticks(helped, "Jo", "Tuesday 1 December")
    assert "You and Sam had no half-day in common. Your ticks are deleted; tick again" in helped.modal("Jo")
    await helped.person("Jo").close(everything=True)
    await helped.at("2026-11-25 10:30")
    for name in ("Sam", "Jo"):
        assert "you had no half-day in common. Your ticks are deleted." in helped.dm(name)
    await ticks(helped, "Sam", "Tuesday 1 December")
    await helped.person("Sam").close(everything=True)
    await ticks(helped, "Jo", "Tuesday 1 December")
    assert "You both have Tuesday" in helped.modal("Jo")


async def test_nothing_ticked_is_said_at_the_form(helped: Stage) -> None:
    await opens(helped)
    await helped.press("Sam", "Find us twenty minutes")
    errors = await helped.person("Sam").submit()
    assert errors == {"am": "Tick at least one half-day, or close the form."}


@pytest.mark.slow
async def test_ten_days_later_each_is_asked_and_a_yes_of_one_is_enough(helped: Stage) -> None:
    await opens(helped)
    await helped.at("2026-12-09 10:00")
    asked = "Did you and Jo (Riverside Hospitals Trust) get to talk?"
    shown = helped.shown(helped.newest("Sam", asked))
    assert "[We did] [Not yet] [Leave it]" in shown
    await helped.press("Sam", "We did")
    assert "Good to know." in "\n".join([*helped.notes("Sam"), helped.shown(helped.newest("Sam", "Young carers"))])
    await helped.press_more("Jo", "For you")
    assert "get to talk?" not in helped.modal("Jo")


@pytest.mark.slow
async def test_an_answer_in_words_leaves_the_question_below_it(helped: Stage) -> None:
    """Of the two, an answer loads the name of who gives it alone."""
    await opens(helped)
    await helped.at("2026-12-09 10:00")
    await helped.answer("Sam", organisation="The two posts stay.")
    assert "The two posts stay." in helped.dm("Sam")
    assert "Did you and Jo (Riverside Hospitals Trust) get to talk?" in helped.dm("Sam")


async def test_sam_would_rather_not_and_only_sam_knows(helped: Stage) -> None:
    await opens(helped)
    await helped.press("Sam", "Find us twenty minutes")
    sam = helped.person("Sam")
    await sam.press_in_modal("Not with this person")
    await helped.settle()
    assert "Jo (Riverside Hospitals Trust)" in helped.modal("Sam")
    assert "Only you see this. In Young carers I don't put the two of you together" in helped.modal("Sam")
    await sam.close(everything=True)
    await helped.press_more("Jo", "Change my settings")
    await helped.person("Jo").press_in_modal("Not with…")
    assert "Nobody is listed." in helped.modal("Jo")
    await helped.person("Jo").close(everything=True)
    await helped.press_more("Sam", "Change my settings")
    await sam.press_in_modal("Not with…")
    await sam.press_in_modal("Lift")
    await helped.settle()
    assert "Nobody is listed." in helped.modal("Sam")


@pytest.mark.slow
async def test_who_would_rather_not_is_asked_no_more_about_it_and_the_other_as_ever(helped: Stage) -> None:
    await opens(helped)
    await helped.press("Jo", "Find us twenty minutes")
    await helped.person("Jo").press_in_modal("Not with this person")
    await helped.person("Jo").close(everything=True)
    await ticks(helped, "Sam", "Monday 30 November")
    await helped.person("Sam").close(everything=True)
    await helped.at("2026-12-09 10:00")
    assert "Did you and Jo (Riverside Hospitals Trust) get to talk?" in "\n".join(
        map(helped.shown, helped.dms("Sam"))
    )
    assert "Sam (Riverside Council)" not in "\n".join(map(helped.shown, helped.dms("Jo")[1:]))
    await helped.press_more("Jo", "For you")
    assert "Nothing waits for you" in helped.modal("Jo")


async def test_what_sam_ticks_and_whom_sam_would_rather_not_meet_nobody_else_sees(helped: Stage) -> None:
    """What Jo, Amir and whoever reads the channel see is the same as if Sam had done nothing."""
    await opens(helped)
    before = {name: len(screens_of(helped, name)) for name in ("Jo", "Amir", "Margaret")}
    await helped.press("Sam", "More")
    await helped.person("Sam").press_in_modal("Change my settings")
    await helped.person("Sam").press_in_modal("Not with…")
    await helped.person("Sam").choose_in_modal("Not with…", "Amir (Riverside Fire & Rescue)")
    await helped.settle()
    assert "Amir (Riverside Fire & Rescue)\n[Lift]" in helped.modal("Sam")
    await helped.person("Sam").close(everything=True)
    await ticks(helped, "Sam", "Monday 30 November")
    await helped.at("2026-11-25 10:30")
    assert {name: len(screens_of(helped, name)) for name in before} == before
    await helped.press_more("Jo", "For you")
    assert "Sam (Riverside Council) has ticked half-days for your twenty minutes." in helped.modal("Jo")
    assert "Monday" not in helped.modal("Jo")


@pytest.mark.slow
async def test_open_now_says_how_many_talked_from_three_on(helped: Stage) -> None:
    store = helped.bot.deps.store
    (group,) = await store.index.groups()
    now = helped.clock.now()
    for number in range(3):
        await helped.press_more("Margaret", "Open now")
        assert "led to a talk" not in helped.modal("Margaret")
        await helped.person("Margaret").close(everything=True)
        one = introduce(None, why=Why.HELP, subject=f"c{number}", by="p1", to="p2", now=now)
        talked = answer(one, "p1", Talk.WE_DID, now)
        await store.introductions.change(group, one.id, lambda _, talked=talked: talked)
    await helped.press_more("Margaret", "Open now")
    assert "In the past year 3 introductions have led to a talk." in helped.modal("Margaret")


async def test_more_works_in_the_conversation_of_the_two(helped: Stage) -> None:
    await opens(helped)
    (message,) = together(helped)
    await helped.person("Jo").press(message, "More")
    await helped.settle()
    assert "Change my settings" in helped.modal("Jo")
