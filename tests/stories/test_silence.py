"""Two silent rounds, the one message, and what each of its buttons does; then silence."""

from __future__ import annotations

from copy import deepcopy

import pytest
from msgspec.structs import replace

from tests.stage import Stage
from tests.stories.asking import person_id
from tests.stories.holding import commit
from tests.stories.test_convening import look_after
from tests.stories.typing_to_between import group_id

pytestmark = pytest.mark.slow


@pytest.fixture
def opens() -> str:
    """Nothing but ordinary weeks follow, in all four countries."""
    return "2027-01-04 09:00"


def counts(stage: Stage, *names: str) -> dict[str, int]:
    return {name: len(stage.dms(name)) for name in names}


async def asked_since(stage: Stage, when: str, before: dict[str, int]) -> set[str]:
    """Who was sent anything by then that they had not been sent before."""
    await stage.at(when)
    return {name for name, count in counts(stage, *before).items() if count > before[name]}


async def test_after_two_silent_rounds_each_says_what_suits_and_gets_that(stage: Stage) -> None:
    everyone = ("Sam", "Jo", "Priya", "Amir", "Margaret", "Aoife")
    await stage.gather(*everyone[1:])
    await stage.at("2027-02-03 10:00")
    said = (
        "(Young carers: I've not been much use lately. What suits? Press nothing, or Skip, and I'll stay silent.)"
    )
    assert {stage.dm(name).splitlines()[0] for name in everyone} == {said}
    before = counts(stage, *everyone)
    await stage.press("Jo", "Every other round: next on 3 March")
    await stage.press("Amir", "Keep asking: next on 17 February")
    assert stage.dm("Amir").startswith("(Young carers. As it was, then. I'll ask next on 17 February.)")
    await stage.press("Priya", "Pause until…")
    await stage.send("Priya", {"Start again on": "2027-02-22"})
    await stage.press("Margaret", "Take me off")
    await stage.press("Aoife", "Skip")
    assert counts(stage, *everyone) == before
    assert await asked_since(stage, "2027-02-16 18:00", before) == set()
    assert await asked_since(stage, "2027-02-17 18:00", before) == {"Amir"}
    before = counts(stage, *everyone)
    await stage.press("Sam", "Answer")
    await stage.send("Sam", {"For me": "Back from leave."})
    await stage.at("2027-02-19 18:00")
    before = counts(stage, *everyone)
    assert await asked_since(stage, "2027-03-03 10:00", before) == {"Sam", "Jo", "Priya", "Amir"}


async def test_after_skip_the_message_names_its_group_whatever_that_is_called(stage: Stage) -> None:
    await stage.gather("Jo", **{"What you work on together": "fine"})
    await stage.at("2027-02-03 10:00")
    await stage.press("Jo", "Skip")
    assert stage.dm("Jo").startswith("(fine. That's fine. I'll stay silent until you share something.)")


async def test_the_two_choices_name_two_days_whichever_round_it_is(stage: Stage) -> None:
    await stage.gather("Jo")
    await stage.at("2027-01-06 10:00")
    await stage.answer("Jo", organisation="Beds are full again.")
    await stage.at("2027-02-17 10:00")
    assert "[Keep asking: next on 3 March] [Every other round: next on 17 March]" in stage.dm("Jo")
    await stage.press("Jo", "Every other round: next on 17 March")
    assert "Every other round, then. I'll ask next on 17 March." in stage.dm("Jo")
    before = counts(stage, "Jo")
    assert await asked_since(stage, "2027-03-16 18:00", before) == set()
    assert await asked_since(stage, "2027-03-17 10:00", before) == {"Jo"}


async def test_a_nudge_comes_once_and_only_to_who_has_not_answered_skipped_or_gone_away(stage: Stage) -> None:
    await stage.gather("Jo", "Amir", "Wei")
    await stage.at("2027-01-20 09:00")
    await stage.answer("Jo", organisation="Beds are full again.")
    await stage.press("Amir", "Skip this one")
    await stage.press_more("Wei", "I'm away until…")
    await stage.send("Wei", {"Back on": "2027-01-25"})
    before = counts(stage, "Sam", "Jo", "Amir", "Wei")
    await stage.at("2027-01-22 18:00")
    after = counts(stage, *before)
    assert {name: after[name] - before[name] for name in before} == {"Sam": 1, "Jo": 0, "Amir": 0, "Wei": 0}
    assert stage.sent("Sam")[-1].startswith("Young carers: still time before Monday, if useful.")


async def test_who_is_back_early_is_asked_again(stage: Stage) -> None:
    await stage.gather("Wei")
    await stage.press("Wei", "More")
    wei = stage.person("Wei")
    await wei.press_in_modal("I'm away until…")
    await wei.fill("Back on", "2027-03-01")
    await wei.submit()
    await stage.at("2027-01-07 10:00")
    assert len(stage.dms("Wei")) == 1
    await wei.press_in_modal("I'm back")
    await wei.close(everything=True)
    await stage.at("2027-01-20 10:00")
    assert stage.dm("Wei").startswith("(Morning Wei.")


async def test_after_a_pause_that_message_says_until_when_and_offers_nothing_else(stage: Stage) -> None:
    await stage.gather("Priya")
    await stage.at("2027-02-03 10:00")
    before = deepcopy(stage.dms("Priya")[-1].blocks)
    await stage.press("Priya", "Pause until…")
    await stage.send("Priya", {"Start again on": "2027-02-22"})
    words = "Nothing about Young carers until Monday 22 February."
    assert stage.dm("Priya") == f"({words})\n{words}\n[Change my settings] [More]"
    stage.dms("Priya")[-1].blocks = before  # as where Slack had not shown it anew yet
    await stage.press("Priya", "Skip")
    assert stage.dm("Priya").startswith("(Young carers. As it was, then. I'll ask next on 3 March.)")
    assert await asked_since(stage, "2027-03-03 10:00", counts(stage, "Priya")) == {"Priya"}


async def test_no_day_is_named_that_comes_after_the_groups_end(stage: Stage) -> None:
    """It is to end on Wednesday 10 February, a week before the next round opens."""
    await stage.gather("Jo")
    await stage.at("2027-02-03 10:00")
    await look_after(stage, "Sam", "End the group…")
    assert await stage.send("Sam", {}) is None
    await stage.press("Jo", "Keep asking: next on 17 February")
    assert "As it was, then. The group ends before I'd ask again." in stage.dm("Jo")


async def test_answered_from_that_message_it_says_so_and_asks_no_more(stage: Stage) -> None:
    await stage.gather("Jo")
    await stage.at("2027-02-03 10:00")
    await stage.press("Jo", "Answer")
    await stage.send("Jo", {"For Riverside Hospitals Trust": "Beds are full again."})
    await stage.settle()
    shown = stage.shown(stage.dms("Jo")[-1])
    assert "Beds are full again." in shown
    assert "[Answer]" not in shown
    assert "[Change]" in shown


async def test_who_stays_silent_is_told_so_once_the_round_is_over_and_not_that_another_one_comes(
    stage: Stage,
) -> None:
    await stage.gather("Jo", "Amir")
    await stage.at("2027-02-03 10:00")
    before = counts(stage, "Jo", "Amir")
    await stage.press("Amir", "Skip")
    assert await asked_since(stage, "2027-02-17 18:00", before) == set()
    for name in ("Jo", "Amir"):
        assert stage.dm(name).splitlines() == [
            f"(Young carers. I'll stay silent until you share something, {name}.)",
            f"Young carers. I'll stay silent until you share something, {name}.",
            "[Answer] [More]",
        ]
    await stage.press("Jo", "Answer")
    await stage.send("Jo", {"For me": "Back from leave."})
    assert await asked_since(stage, "2027-03-03 10:00", counts(stage, "Jo", "Amir")) == {"Jo"}


def posted(stage: Stage, words: str) -> list[str]:
    return [stage.shown(post) for post in stage.posts() if words in stage.shown(post)]


async def gone_silent(stage: Stage) -> None:
    """Jo called hers stuck in the first week, and nobody does anything from then on."""
    await stage.gather("Jo", "Amir")
    await commit(stage, "Jo", "Cut repeat call-outs")
    await stage.at("2027-01-06 10:00")
    await stage.press("Jo", "Stuck, want help")


async def test_a_group_that_went_silent_reads_no_capture_and_not_the_same_brief_again(stage: Stage) -> None:
    """Until Amir does something, in April."""
    await gone_silent(stage)
    await stage.at("2027-04-01 10:00")
    captures, briefs = posted(stage, "Anything you said"), posted(stage, "the brief, for")
    assert (len(captures), len(briefs)) == (3, 3)
    await stage.at("2027-04-01 10:10")
    await commit(stage, "Amir", "Ring the housing lead")
    await stage.at("2027-04-30 18:00")
    assert (len(posted(stage, "Anything you said")), len(posted(stage, "the brief, for"))) == (5, 6)


async def about_again(stage: Stage, name: str) -> None:
    """As after a press that saves nothing else, and so asks nobody to look at the group."""
    store = stage.bot.deps.store
    await store.leaders.change(
        await group_id(stage), await person_id(stage, name), lambda one: one and replace(one, quiet=False)
    )


async def test_who_is_about_again_brings_the_brief_and_the_capture_back_at_their_hours(stage: Stage) -> None:
    await gone_silent(stage)
    await stage.at("2027-04-02 11:00")
    captures, briefs = posted(stage, "Anything you said"), posted(stage, "the brief, for")
    await about_again(stage, "Amir")
    await stage.at("2027-04-02 15:55")
    assert posted(stage, "the brief, for") == briefs
    await stage.at("2027-04-02 16:05")
    assert len(posted(stage, "the brief, for")) == len(briefs) + 1
    await stage.at("2027-04-06 12:00")
    assert len(posted(stage, "Anything you said")) == len(captures) + 1


async def test_when_the_meeting_moves_the_one_message_goes_on_asking_what_suits(stage: Stage) -> None:
    await stage.gather("Jo")
    await stage.at("2027-02-03 10:00")
    await stage.press_more("Sam", "Move a meeting")
    await stage.send("Sam", {"New day": "2027-02-10"})
    await stage.settle()
    await stage.at("2027-02-03 12:00")
    assert "What suits?" in stage.dm("Jo")
    assert "[Answer] [Keep asking" in stage.dm("Jo")


async def test_sam_who_was_told_so_hears_nothing_of_a_meeting_on_a_holiday_until_he_shares_something(
    stage: Stage,
) -> None:
    """He looks after the rhythm; Monday 3 May is a holiday, of which he'd hear as the round before closes."""
    await stage.gather("Jo")
    await stage.at("2027-02-18 10:00")
    assert "I'll stay silent until you share something, Sam." in stage.dm("Sam")
    before = counts(stage, "Sam")
    assert await asked_since(stage, "2027-04-20 12:00", before) == set()
    await stage.answer("Sam", **{"For Riverside Council": "A new rota."})
    assert await asked_since(stage, "2027-04-21 12:00", before) == {"Sam"}
    assert any("Monday 3 May, a public holiday here. What suits?" in one.text for one in stage.dms("Sam"))
